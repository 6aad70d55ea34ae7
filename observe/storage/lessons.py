"""Lessons and who observes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select, true
from sqlalchemy.orm import aliased

from observe.core.errors import Missing
from observe.core.lesson import Lesson, Seat
from observe.core.observation import CAPACITY_ORDER, Capacity, RecordState
from observe.core.pairing import OPEN, PairState
from observe.core.permissions import Thing
from observe.storage.database import NetworkSession
from observe.storage.tables import lessons as tables
from observe.storage.tables import people, rubrics
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.records import ObservationAlias

OPEN_RECORDS = (RecordState.PLANNED, RecordState.WAITING, RecordState.DRAFT)
PLANNED = "lesson planned"
CHANGED = "lesson changed"
CANCELLED = "lesson cancelled"
JOINED = "lessons joined"
SEPARATED = "lessons separated"
WAIVED = "partner waived"
EXPECTED = "partner expected again"
OPENED_EARLY = "pair opened early"
TOLD = (PLANNED, CHANGED, CANCELLED, JOINED, SEPARATED, WAIVED, EXPECTED, OPENED_EARLY)
LONGEST = timedelta(hours=12)
NO_LESSON = "There is no such lesson. It may have been joined with another."


def find(session: NetworkSession, lesson_id: UUID) -> Lesson:
    """One lesson with its observers; Missing where there is none."""
    found = by_ids(session, [lesson_id])
    if not found:
        raise Missing(NO_LESSON)
    return found[0]


def by_ids(session: NetworkSession, ids: Iterable[UUID]) -> list[Lesson]:
    """These lessons with their observers, the earliest first."""
    wanted = list(ids)
    if not wanted:
        return []
    query = _lessons().where(tables.Lesson.id.in_(wanted)).order_by(tables.Lesson.starts_at)
    seats = seats_of(session, wanted)
    return [_lesson(row, tuple(seats[row.Lesson.id])) for row in session.execute(query)]


def seats_of(session: NetworkSession, ids: Sequence[UUID]) -> dict[UUID, list[Seat]]:
    """Who observes each of these lessons, heads first and advisers last; nobody where none does."""
    query = (
        select(tables.Observation, people.Person.name)
        .join(people.Person, people.Person.id == tables.Observation.observer_id)
        .where(tables.Observation.lesson_id.in_(ids))
        .order_by(people.Person.name)
    )
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for row, name in session.execute(query):
        seats[row.lesson_id].append(_seat(row, name))
    for placed in seats.values():
        placed.sort(key=lambda seat: CAPACITY_ORDER.index(seat.capacity))
    return seats


def lesson_of(session: NetworkSession, observation_id: UUID) -> UUID:
    """The lesson that an observation belongs to; Missing where there is no such observation."""
    query = select(tables.Observation.lesson_id).where(tables.Observation.id == observation_id)
    lesson_id = session.scalar(query)
    if lesson_id is None:
        raise Missing("There is no such record.")
    return lesson_id


def observes_beside(
    session: NetworkSession, person_id: UUID, observation_ids: Collection[UUID]
) -> bool:
    """Whether this person observes a lesson that one of these records is of, under any of its ids."""
    alias = ObservationAlias
    folded = select(alias.observation_id).where(alias.alias_id.in_(list(observation_ids)))
    meant = {*observation_ids, *session.scalars(folded)}
    own, others = aliased(tables.Observation), aliased(tables.Observation)
    beside = (
        select(own.id)
        .join(others, (others.network_id == own.network_id) & (others.lesson_id == own.lesson_id))
        .where(own.observer_id == person_id, others.id.in_(meant))
    )
    return session.scalar(beside.limit(1)) is not None


def row(session: NetworkSession, lesson_id: UUID) -> tables.Lesson:
    """The row of a lesson, to be changed; Missing where there is none."""
    found = session.get(tables.Lesson, (session.network_id, lesson_id))
    if found is None:
        raise Missing(NO_LESSON)
    return found


def thing(session: NetworkSession, lesson_id: UUID) -> Thing:
    """The lesson as permissions see it, also under its other name; Missing where there is none."""
    lesson = row(session, lesson_id)
    if lesson.alias_of:
        return thing(session, lesson.alias_of)
    watching = select(tables.Observation.observer_id).where(
        tables.Observation.lesson_id == lesson_id,
        tables.Observation.state != RecordState.WITHDRAWN,
    )
    state = select(tables.Pair.state).where(tables.Pair.lesson_id == lesson_id)
    return Thing(
        network_id=session.network_id,
        school_id=lesson.school_id,
        team_id=lesson.team_id,
        teacher_id=lesson.teacher_id,
        observer_ids=frozenset(session.scalars(watching)),
        planned_by=lesson.planned_by,
        revealed=session.scalar(state) in OPEN,
    )


def record_thing(session: NetworkSession, observation_id: UUID) -> Thing:
    """One observer's record as permissions see it; Missing where there is none."""
    found = session.get(tables.Observation, (session.network_id, observation_id))
    if found is None:
        raise Missing("There is no such record.")
    return Thing(network_id=session.network_id, author_id=found.observer_id)


def booked(
    session: NetworkSession,
    observer_ids: Iterable[UUID],
    starts_at: datetime,
    ends_at: datetime,
    *,
    but: UUID | None = None,
) -> dict[UUID, Lesson]:
    """By observer, a lesson that each already observes in this stretch; `but` is not looked at."""
    query = (
        select(tables.Observation.observer_id, tables.Lesson.id)
        .join(tables.Lesson, tables.Lesson.id == tables.Observation.lesson_id)
        .where(
            tables.Observation.observer_id.in_(set(observer_ids)),
            tables.Observation.state != RecordState.WITHDRAWN,
            tables.Lesson.starts_at.between(starts_at - LONGEST, ends_at),
            tables.Lesson.cancelled_at.is_(None),
            tables.Lesson.alias_of.is_(None),
            tables.Lesson.id != but,
        )
    )
    near = [(row.observer_id, row.id) for row in session.execute(query)]
    meeting = {
        lesson.id: lesson
        for lesson in by_ids(session, {lesson_id for _, lesson_id in near})
        if lesson.starts_at < ends_at and starts_at < lesson.ends_at
    }
    return {observer: meeting[lesson] for observer, lesson in near if lesson in meeting}


def singles_between(
    session: NetworkSession, school_id: UUID, starts: datetime, ends: datetime
) -> list[Lesson]:
    """Lessons of a school in this stretch that one person observes, neither cancelled nor joined."""
    query = (
        select(tables.Lesson.id)
        .join(tables.Observation, tables.Observation.lesson_id == tables.Lesson.id)
        .where(
            tables.Lesson.school_id == school_id,
            tables.Lesson.starts_at >= starts,
            tables.Lesson.starts_at < ends,
            tables.Lesson.cancelled_at.is_(None),
            tables.Lesson.alias_of.is_(None),
            tables.Observation.state != RecordState.WITHDRAWN,
        )
        .group_by(tables.Lesson.id)
        .having(func.count() == 1)
    )
    return by_ids(session, session.scalars(query))


def own_singles(
    session: NetworkSession, person_id: UUID, starts: datetime, ends: datetime, *, most: int
) -> list[Lesson]:
    """Lessons of this stretch that somebody was to observe alone, the latest first."""
    mine, other = tables.Observation, aliased(tables.Observation)
    beside = select(other.id).where(
        other.network_id == mine.network_id, other.lesson_id == mine.lesson_id, other.id != mine.id
    )
    query = (
        select(tables.Lesson.id)
        .join(mine, mine.lesson_id == tables.Lesson.id)
        .where(
            mine.observer_id == person_id,
            mine.state != RecordState.WITHDRAWN,
            mine.waived_at.is_(None),
            tables.Lesson.starts_at.between(starts, ends),
            tables.Lesson.cancelled_at.is_(None),
            tables.Lesson.alias_of.is_(None),
            ~beside.exists(),
        )
        .order_by(tables.Lesson.starts_at.desc(), tables.Lesson.id)
        .limit(most)
    )
    return by_ids(session, session.scalars(query))[::-1]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose lessons are meant: of these schools, of these teams, and of this observer; or all."""

    schools: frozenset[UUID]
    teams: frozenset[UUID]
    observer_id: UUID
    everywhere: bool = False


def within(
    session: NetworkSession,
    reach: Reach,
    starts: datetime,
    ends: datetime,
    *,
    unfinished: bool,
    most: int,
) -> list[Lesson]:
    """Lessons of this stretch, the earliest first; only those that somebody has still to seal."""
    lesson, seat = tables.Lesson, tables.Observation
    seats = select(seat.lesson_id).where(seat.lesson_id == lesson.id)
    open_ = seats.where(seat.state.in_(OPEN_RECORDS), seat.waived_at.is_(None))
    mine = seats.where(seat.observer_id == reach.observer_id)
    near = or_(lesson.school_id.in_(reach.schools), lesson.team_id.in_(reach.teams), mine.exists())
    query = select(lesson.id).where(
        lesson.starts_at >= starts,
        lesson.starts_at < ends,
        lesson.cancelled_at.is_(None),
        lesson.alias_of.is_(None),
        true() if reach.everywhere else near,
        open_.exists() if unfinished else true(),
    )
    return by_ids(session, session.scalars(query.order_by(lesson.starts_at, lesson.id).limit(most)))


def _lessons() -> Select[tables.Lesson, str, str, str, str, str]:
    return (
        select(
            tables.Lesson,
            people.School.name.label("school"),
            people.School.zone.label("zone"),
            people.Person.name.label("teacher"),
            people.SchoolClass.name.label("class_name"),
            rubrics.RubricVersion.title.label("rubric_title"),
        )
        .join(people.School, people.School.id == tables.Lesson.school_id)
        .join(people.Person, people.Person.id == tables.Lesson.teacher_id)
        .join(rubrics.RubricVersion, rubrics.RubricVersion.digest == tables.Lesson.rubric_digest)
        .outerjoin(people.SchoolClass, people.SchoolClass.id == tables.Lesson.class_id)
    )


def _lesson(found: Row[tables.Lesson, str, str, str, str, str], seats: tuple[Seat, ...]) -> Lesson:
    lesson: tables.Lesson = found.Lesson
    return Lesson(
        id=lesson.id,
        kind=lesson.kind,
        school_id=lesson.school_id,
        school=found.school,
        zone=found.zone,
        team_id=lesson.team_id,
        teacher_id=lesson.teacher_id,
        teacher=found.teacher,
        class_id=lesson.class_id,
        class_name=found.class_name or "",
        school_subject=lesson.school_subject,
        room=lesson.room,
        starts_at=lesson.starts_at,
        minutes=lesson.minutes,
        rubric_digest=lesson.rubric_digest,
        rubric_title=found.rubric_title,
        planned_by=lesson.planned_by,
        revision=lesson.revision,
        cancelled_at=lesson.cancelled_at,
        cancel_reason=lesson.cancel_reason,
        alias_of=lesson.alias_of,
        seats=seats,
    )


def _seat(observation: tables.Observation, name: str) -> Seat:
    return Seat(
        observation_id=observation.id,
        person_id=observation.observer_id,
        name=name,
        capacity=Capacity(observation.capacity),
        state=RecordState(observation.state),
        waived=observation.waived_at is not None,
    )


def known(session: NetworkSession, ids: Collection[UUID]) -> set[UUID]:
    """Those of these lessons that are here."""
    return set(session.scalars(select(tables.Lesson.id).where(tables.Lesson.id.in_(ids))))


def pair_states(session: NetworkSession, ids: Collection[UUID]) -> dict[UUID, PairState]:
    """How far the pairs of these lessons are; nothing for a lesson that has none."""
    query = select(tables.Pair.lesson_id, tables.Pair.state).where(tables.Pair.lesson_id.in_(ids))
    return {lesson_id: PairState(state) for lesson_id, state in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a lesson; `details` hold what became of what."""

    at: datetime
    by: str
    did: str
    details: dict[str, Any]


def events(session: NetworkSession, lesson_id: UUID) -> list[Event]:
    """What was planned, changed, cancelled and joined, and who was waived, the oldest first."""
    line = HistoryLine
    query = (
        select(line.at, people.Person.name, line.did, line.details)
        .outerjoin(people.Person, people.Person.id == line.by)
        .where(line.thing == "lesson", line.thing_id == str(lesson_id), line.did.in_(TOLD))
        .order_by(line.at, line.id)
    )
    return [Event(at, by or "", did, said) for at, by, did, said in session.execute(query)]
