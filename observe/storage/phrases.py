"""Words that somebody keeps for later summaries, and those that are shared in the network."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update

from observe.core.errors import Missing
from observe.core.feedback.facts import Part, Plan
from observe.core.feedback.lines import plan_as_json, plan_from_json
from observe.core.ids import new_id
from observe.core.permissions import Thing
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables
from observe.storage.tables.people import Pupil, SchoolClass

NONE = "There is no such phrase. It may have been deleted."


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words for a line of one part, of a target with its plan; `person_id` is whose they are."""

    id: UUID
    person_id: UUID
    part: Part
    criterion: str | None
    text: str
    plan: Plan | None = None
    shared: bool = False
    times_used: int = 0


def open_to(session: NetworkSession, person_id: UUID) -> list[Phrase]:
    """A person's own phrases and those that others share, the most used first."""
    theirs = or_(tables.Phrase.person_id == person_id, tables.Phrase.shared)
    order = (tables.Phrase.times_used.desc(), tables.Phrase.made_at, tables.Phrase.id)
    return [
        _told(row) for row in session.scalars(select(tables.Phrase).where(theirs).order_by(*order))
    ]


def find(session: NetworkSession, phrase_id: UUID) -> Phrase:
    """One phrase; Missing where there is none."""
    return _told(row(session, phrase_id))


def row(session: NetworkSession, phrase_id: UUID) -> tables.Phrase:
    """The row of a phrase, to be changed; Missing where there is none."""
    found = session.get(tables.Phrase, (session.network_id, phrase_id))
    if found is None:
        raise Missing(NONE)
    return found


def thing(session: NetworkSession, phrase_id: UUID) -> Thing:
    """The phrase as permissions see it; Missing where there is none."""
    found = row(session, phrase_id)
    return Thing(network_id=session.network_id, author_id=found.person_id)


def keep(
    session: NetworkSession,
    part: Part,
    text: str,
    *,
    criterion: str | None,
    plan: Plan | None,
    person_id: UUID,
    at: datetime,
) -> UUID:
    """Keep words; those that the person has already are not kept twice."""
    same = select(tables.Phrase.id).where(
        tables.Phrase.person_id == person_id,
        tables.Phrase.part == part.value,
        tables.Phrase.text == text,
    )
    before = session.scalar(same)
    if before:
        return before
    made = tables.Phrase(
        id=new_id(at),
        person_id=person_id,
        part=part.value,
        criterion=criterion,
        text=text,
        plan=plan_as_json(plan) if plan else None,
        made_at=at,
    )
    session.add(made)
    session.flush()
    return made.id


def used(session: NetworkSession, phrase_ids: list[UUID], *, by: UUID) -> None:
    """Count that these phrases went into a summary, as far as the person may use them."""
    theirs = or_(tables.Phrase.person_id == by, tables.Phrase.shared)
    for phrase_id in phrase_ids:
        session.execute(
            update(tables.Phrase)
            .where(tables.Phrase.id == phrase_id, theirs)
            .values(times_used=tables.Phrase.times_used + 1)
        )


def pupils(session: NetworkSession, schools: Collection[UUID]) -> tuple[str, ...]:
    """Every name on a class list of these schools."""
    query = (
        select(Pupil.name)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(SchoolClass.school_id.in_(schools))
        .distinct()
        .order_by(Pupil.name)
    )
    return tuple(session.scalars(query))


def _told(row: tables.Phrase) -> Phrase:
    return Phrase(
        id=row.id,
        person_id=row.person_id,
        part=Part(row.part),
        criterion=row.criterion,
        text=row.text,
        plan=plan_from_json(row.plan) if row.plan else None,
        shared=row.shared,
        times_used=row.times_used,
    )
