"""Which strength and which next step each observer of a lesson would give the teacher."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.tables.lessons import Observation
from observe.storage.tables.talk import FeedbackChoice

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """The strength and the next step that one observer would give, as criteria."""

    strength: str
    next_step: str


def of_lesson(session: NetworkSession, lesson_id: UUID) -> dict[UUID, Choice]:
    """What each observer chose who has chosen, by person."""
    query = select(FeedbackChoice).where(FeedbackChoice.lesson_id == lesson_id)
    return {row.person_id: Choice(row.strength, row.next_step) for row in session.scalars(query)}


def keep(
    session: NetworkSession, lesson_id: UUID, person_id: UUID, choice: Choice, *, at: datetime
) -> None:
    """Write or replace what somebody chose."""
    session.merge(
        FeedbackChoice(
            network_id=session.network_id,
            lesson_id=lesson_id,
            person_id=person_id,
            strength=choice.strength,
            next_step=choice.next_step,
            at=at,
        )
    )


def forget(session: NetworkSession, lesson_id: UUID, person_id: UUID) -> bool:
    """Take back what somebody chose; False where there was nothing."""
    row = session.get(FeedbackChoice, (session.network_id, lesson_id, person_id))
    if row is None:
        return False
    session.delete(row)
    return True


def in_lessons(
    session: NetworkSession, lesson_ids: Iterable[UUID], person_ids: Collection[UUID]
) -> list[tuple[UUID, UUID, Choice]]:
    """(lesson, person, choice) of these people in those lessons where all observers have chosen."""
    wanted, found = list(lesson_ids), []
    for start in range(0, len(wanted), AT_ONCE):
        query = select(FeedbackChoice).where(
            FeedbackChoice.lesson_id.in_(wanted[start : start + AT_ONCE]),
            FeedbackChoice.person_id.in_(person_ids),
            ~_still_to_choose().exists(),
        )
        found += [
            (row.lesson_id, row.person_id, Choice(row.strength, row.next_step))
            for row in session.scalars(query)
        ]
    return found


def _still_to_choose() -> Select[UUID]:
    """Observers of the same lesson who take part and have not chosen."""
    theirs = aliased(FeedbackChoice)
    chosen = select(theirs.person_id).where(
        theirs.network_id == Observation.network_id,
        theirs.lesson_id == Observation.lesson_id,
        theirs.person_id == Observation.observer_id,
    )
    return select(Observation.id).where(
        Observation.network_id == FeedbackChoice.network_id,
        Observation.lesson_id == FeedbackChoice.lesson_id,
        TAKES_PART,
        ~chosen.exists(),
    )
