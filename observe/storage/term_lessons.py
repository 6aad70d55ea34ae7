"""The lessons of a term: which there are, how many stand where, and who observes with somebody."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from observe.core.observation import RecordState
from observe.storage.database import NetworkSession
from observe.storage.lessons import Reach
from observe.storage.seats import TAKES_PART
from observe.storage.tables.lessons import Lesson, Observation, Pair

SINGLE, CANCELLED = "single", "cancelled"
FEW = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lessons are asked for: those of a stretch, of one school, of one person."""

    since: datetime
    until: datetime
    school_id: UUID | None = None
    person_id: UUID | None = None


def ids(session: NetworkSession, reach: Reach, asked: Asked, *, most: int) -> set[UUID]:
    """Lessons within reach, cancelled ones too, at most about so many.

    Each way to a lesson is asked for by itself, since each has an index of its own.
    """
    found: set[UUID] = set()
    for way in _ways(reach, asked):
        query = way.where(_among(asked)).order_by(Lesson.starts_at).limit(most)
        found.update(session.scalars(query))
    return found


def _ways(reach: Reach, asked: Asked) -> Iterator[Select[UUID]]:
    lessons = select(Lesson.id)
    if asked.person_id is not None:
        near = true() if reach.everywhere else _near(reach)
        yield lessons.where(Lesson.teacher_id == asked.person_id, near)
        yield _observed_by(asked.person_id).where(near)
    elif reach.everywhere:
        yield lessons
    else:
        yield lessons.where(Lesson.school_id.in_(reach.schools))
        yield lessons.where(Lesson.team_id.in_(reach.teams))
        yield _observed_by(reach.observer_id)


def _observed_by(person_id: UUID) -> Select[UUID]:
    return (
        select(Lesson.id)
        .join(Observation, Observation.lesson_id == Lesson.id)
        .where(Observation.observer_id == person_id, Observation.state != RecordState.WITHDRAWN)
    )


def _near(reach: Reach) -> ColumnElement[bool]:
    own = select(Observation.lesson_id).where(
        Observation.observer_id == reach.observer_id, Observation.state != RecordState.WITHDRAWN
    )
    return or_(
        Lesson.school_id.in_(reach.schools), Lesson.team_id.in_(reach.teams), Lesson.id.in_(own)
    )


def _among(asked: Asked) -> ColumnElement[bool]:
    return and_(
        Lesson.starts_at >= asked.since,
        Lesson.starts_at < asked.until,
        Lesson.alias_of.is_(None),
        true() if asked.school_id is None else Lesson.school_id == asked.school_id,
    )


def counts(session: NetworkSession, asked: Asked) -> Mapping[UUID, Mapping[str, int]]:
    """By school, how many lessons stand where: by state of their pair, `single`, or `cancelled`."""
    there = case(
        (Lesson.cancelled_at.is_not(None), CANCELLED), else_=func.coalesce(Pair.state, SINGLE)
    )
    query = (
        select(Lesson.school_id, there, func.count())
        .outerjoin(Pair, Pair.lesson_id == Lesson.id)
        .where(_among(asked))
        .group_by(Lesson.school_id, there)
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for school_id, state, times in session.execute(query):
        found[school_id][state] = times
    return found


def paired(
    session: NetworkSession, since: datetime, until: datetime, among: Collection[UUID]
) -> set[UUID]:
    """Who of these people observes a lesson of this stretch with somebody else.

    Few people are looked up one by one; of many it is quicker to go through the lessons.
    """
    shared = and_(_among(Asked(since, until)), Lesson.cancelled_at.is_(None))
    way = _one_by_one(shared, among) if len(among) <= FEW else _through_lessons(shared)
    return set(session.scalars(way.where(TAKES_PART).distinct())) & set(among)


def _one_by_one(shared: ColumnElement[bool], among: Collection[UUID]) -> Select[UUID]:
    return (
        select(Observation.observer_id)
        .join(Lesson, Lesson.id == Observation.lesson_id)
        .join(Pair, Pair.lesson_id == Lesson.id)
        .where(Observation.observer_id.in_(among), shared)
    )


def _through_lessons(shared: ColumnElement[bool]) -> Select[UUID]:
    lessons = select(Lesson.id).join(Pair, Pair.lesson_id == Lesson.id).where(shared)
    return select(Observation.observer_id).where(Observation.lesson_id.in_(lessons))
