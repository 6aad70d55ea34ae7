"""What people did that a programme may count, in few queries for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from observe.core.feedback.review import State
from observe.core.observation import RecordState
from observe.core.pairing import OPEN, PairState
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Summary
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.programme import Programme, ProgrammeMember
from observe.storage.tables.rubrics import RubricVersion

MARGIN = timedelta(days=60)
Company = Mapping[UUID, frozenset[tuple[UUID, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLesson:
    """A lesson that somebody observed, once nobody's record of it is open any more.

    `beside` are the capacities of the others; `released` says that they wrote a summary that is out.
    """

    lesson_id: UUID
    person_id: UUID
    kind: str
    rubric: str
    school_id: UUID
    day: date
    beside: frozenset[str]
    blind: bool
    closed: bool
    released: bool


def sealed_lessons(
    session: NetworkSession, person_ids: Collection[UUID], *, since: date
) -> list[SealedLesson]:
    """All that these people observed since a day and sealed, the earliest first; of pairs the revealed.

    A lesson that was cancelled counts for nobody, and one that was joined with another once.
    """
    company = _company(session, person_ids, since)
    return [_sealed(row, company) for row in session.execute(_lessons(person_ids, since))]


def _lessons(person_ids: Collection[UUID], since: date) -> Any:
    own = Observation
    return (
        select(
            *(Lesson.id, own.observer_id, Lesson.kind, RubricVersion.rubric, Lesson.school_id),
            *(
                own.observed_on,
                Lesson.starts_at,
                Pair.state,
                Pair.blind,
                Summary.id.label("summary"),
            ),
        )
        .join(Lesson, Lesson.id == own.lesson_id)
        .join(RubricVersion, RubricVersion.digest == Lesson.rubric_digest)
        .outerjoin(Pair, Pair.lesson_id == Lesson.id)
        .outerjoin(Summary, _written())
        .where(own.observer_id.in_(person_ids), own.state == RecordState.SEALED, _from(since))
        .where(Lesson.cancelled_at.is_(None), or_(Pair.state.is_(None), Pair.state.in_(OPEN)))
        .order_by(Lesson.starts_at, own.id)
    )


def _from(since: date) -> Any:
    """Two months earlier, for a lesson may be observed long after it was planned."""
    return Lesson.starts_at >= datetime.combine(since, time(), UTC) - MARGIN


def _written() -> Any:
    return and_(
        Summary.lesson_id == Lesson.id,
        Summary.author_id == Observation.observer_id,
        Summary.state == State.RELEASED,
    )


def _company(session: NetworkSession, person_ids: Collection[UUID], since: date) -> Company:
    """Who sealed a record of these people's lessons, and in which capacity, by lesson."""
    own, others = aliased(Observation), aliased(Observation)
    query = (
        select(others.lesson_id, others.observer_id, others.capacity)
        .join(own, own.lesson_id == others.lesson_id)
        .join(Lesson, Lesson.id == own.lesson_id)
        .where(own.observer_id.in_(person_ids), others.state == RecordState.SEALED, _from(since))
    )
    found = defaultdict[UUID, set[tuple[UUID, str]]](set)
    for lesson_id, observer_id, capacity in session.execute(query):
        found[lesson_id].add((observer_id, capacity))
    return {lesson_id: frozenset(those) for lesson_id, those in found.items()}


def _sealed(row: Any, company: Company) -> SealedLesson:
    there = company[row.id]
    return SealedLesson(
        lesson_id=row.id,
        person_id=row.observer_id,
        kind=row.kind,
        rubric=row.rubric,
        school_id=row.school_id,
        day=row.observed_on or row.starts_at.date(),
        beside=frozenset(capacity for who, capacity in there if who != row.observer_id),
        blind=row.blind is not False,
        closed=row.state == PairState.CLOSED,
        released=row.summary is not None,
    )


@dataclass(frozen=True, slots=True)
class Led:
    """A programme that somebody leads, with members in it."""

    programme_id: UUID
    person_id: UUID
    starts_on: date


def led(session: NetworkSession, person_ids: Collection[UUID], *, until: date) -> Iterator[Led]:
    """The programmes that these people lead, that began and have a member, the earliest first."""
    query = (
        select(Programme.id, Programme.led_by, Programme.starts_on)
        .join(ProgrammeMember, ProgrammeMember.programme_id == Programme.id)
        .where(Programme.led_by.in_(person_ids), Programme.starts_on <= until)
        .where(ProgrammeMember.left_at.is_(None))
        .group_by(Programme.id, Programme.led_by, Programme.starts_on)
        .order_by(Programme.starts_on)
    )
    return (Led(*row) for row in session.execute(query))
