"""What waits for a third reader: criteria on which those who observed a lesson still differ."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from observe.core.pairing import OPEN
from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables import people
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.talk import ThirdReading

READS = (RoleKind.ADVISER, RoleKind.HEAD)


def find(session: NetworkSession, lesson_id: UUID, criterion: str) -> ThirdReading | None:
    """What was asked about one criterion of a lesson; None if nothing was."""
    return session.get(ThirdReading, (session.network_id, lesson_id, criterion))


def hold(session: NetworkSession, lesson_id: UUID, criterion: str) -> ThirdReading | None:
    """The same, which nobody else changes until this transaction ends."""
    key = (session.network_id, lesson_id, criterion)
    return session.get(ThirdReading, key, with_for_update=True, populate_existing=True)


def of_lesson(session: NetworkSession, lesson_id: UUID) -> dict[str, ThirdReading]:
    """By criterion, what was asked about a lesson."""
    query = select(ThirdReading).where(ThirdReading.lesson_id == lesson_id)
    return {row.criterion: row for row in session.scalars(query)}


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading in the queue, with what decides who may take it."""

    row: ThirdReading
    school_id: UUID
    teacher_id: UUID


def queue(session: NetworkSession, *, reader_id: UUID) -> list[Asked]:
    """Every reading that waits and those that this person answered, the oldest first.

    Only of lessons whose records are open.
    """
    query = (
        select(ThirdReading, Lesson.school_id, Lesson.teacher_id)
        .join(Lesson, Lesson.id == ThirdReading.lesson_id)
        .join(Pair, Pair.lesson_id == ThirdReading.lesson_id)
        .where(
            Pair.state.in_(OPEN),
            or_(ThirdReading.answered_at.is_(None), ThirdReading.taken_by == reader_id),
        )
        .order_by(ThirdReading.asked_at, ThirdReading.lesson_id, ThirdReading.criterion)
    )
    return [Asked(*found) for found in session.execute(query)]


def ever_observed(session: NetworkSession, lesson_id: UUID) -> frozenset[UUID]:
    """Everybody who was ever to observe a lesson, also who withdrew or was waived."""
    query = select(Observation.observer_id).where(Observation.lesson_id == lesson_id)
    return frozenset(session.scalars(query))


def ever_to_observe(
    session: NetworkSession, lesson_ids: Collection[UUID]
) -> Mapping[UUID, Collection[UUID]]:
    """The same of several lessons, by lesson."""
    table, found = Observation, defaultdict[UUID, set[UUID]](set)
    query = select(table.lesson_id, table.observer_id).where(table.lesson_id.in_(lesson_ids))
    for lesson_id, observer_id in session.execute(query):
        found[lesson_id].add(observer_id)
    return found


def lessons_observed(session: NetworkSession, person_id: UUID) -> frozenset[UUID]:
    """The lessons that somebody was ever to observe."""
    query = select(Observation.lesson_id).where(Observation.observer_id == person_id)
    return frozenset(session.scalars(query))


def advisers_of(session: NetworkSession, school_id: UUID) -> frozenset[UUID]:
    """Who advises a school and has not left."""
    role = people.Role
    query = (
        select(role.person_id)
        .join(people.Person, people.Person.id == role.person_id)
        .where(
            role.school_id == school_id,
            role.kind == RoleKind.ADVISER,
            people.Person.left_at.is_(None),
        )
    )
    return frozenset(session.scalars(query))


def readers(session: NetworkSession) -> Sequence[Named]:
    """Every adviser and head who has not left, by name."""
    query = (
        select(people.Person.id, people.Person.name)
        .join(people.Role, people.Role.person_id == people.Person.id)
        .where(people.Role.kind.in_(READS), people.Person.left_at.is_(None))
        .distinct()
        .order_by(people.Person.name, people.Person.id)
    )
    return [Named(*found) for found in session.execute(query)]


def ask(
    session: NetworkSession, lesson_id: UUID, criterion: str, *, by: UUID, at: datetime
) -> None:
    """Put one criterion into the queue."""
    session.add(ThirdReading(lesson_id=lesson_id, criterion=criterion, asked_by=by, asked_at=at))
    session.flush()
