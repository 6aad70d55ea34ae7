"""Who assesses how somebody observes: a head's advisers, and a team leader's heads."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from observe.core.observation import RecordState
from observe.core.pairing import OPEN
from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.staff import Named
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.people import Person, Role, School

ASSESSES = ((RoleKind.HEAD, RoleKind.ADVISER), (RoleKind.LEADER, RoleKind.HEAD))
MOST_LESSONS = 24


@dataclass(frozen=True, slots=True)
class Observed:
    """Somebody whose observing is looked at, with the names of their schools."""

    id: UUID
    name: str
    schools: str


def of(session: NetworkSession, person_id: UUID) -> list[Named]:
    """Who may assess somebody, by name: nobody else is told what comes of it."""
    theirs, role = aliased(Role), aliased(Role)
    query = (
        select(Person.id, Person.name)
        .join(role, role.person_id == Person.id)
        .join(theirs, theirs.school_id == role.school_id)
        .where(theirs.person_id == person_id, Person.id != person_id, Person.left_at.is_(None))
        .where(_assesses(theirs, role))
        .distinct()
        .order_by(Person.name)
    )
    return [Named(row.id, row.name) for row in session.execute(query)]


def assessed_by(session: NetworkSession, person_id: UUID) -> list[Observed]:
    """Whom somebody may assess, by name."""
    theirs, role = aliased(Role), aliased(Role)
    query = (
        select(Person.id, Person.name, School.name.label("school"))
        .join(theirs, theirs.person_id == Person.id)
        .join(role, role.school_id == theirs.school_id)
        .join(School, School.id == theirs.school_id)
        .where(role.person_id == person_id, Person.id != person_id, Person.left_at.is_(None))
        .where(_assesses(theirs, role))
        .distinct()
        .order_by(Person.name, School.name)
    )
    return _together((row.id, row.name, row.school) for row in session.execute(query))


def observed(session: NetworkSession, kinds: Collection[RoleKind]) -> list[Observed]:
    """Everybody of the network in one of these roles, by name."""
    query = (
        select(Person.id, Person.name, School.name.label("school"))
        .join(Role, Role.person_id == Person.id)
        .join(School, School.id == Role.school_id)
        .where(Role.kind.in_(kinds), Person.left_at.is_(None))
        .distinct()
        .order_by(Person.name, School.name)
    )
    return _together((row.id, row.name, row.school) for row in session.execute(query))


def _together(rows: Iterable[tuple[UUID, str, str]]) -> list[Observed]:
    """Somebody at several schools stands there once."""
    places = defaultdict[tuple[UUID, str], list[str]](list)
    for person_id, name, school in rows:
        places[person_id, name].append(school)
    return [Observed(*who, ", ".join(schools)) for who, schools in places.items()]


def _assesses(theirs: type[Role], role: type[Role]) -> ColumnElement[bool]:
    both = (and_(theirs.kind == one, role.kind == other) for one, other in ASSESSES)
    return or_(*both)


def paired_lessons(session: NetworkSession, *observers: UUID) -> list[UUID]:
    """The latest lessons that all of these sealed and whose records are open to them, latest first."""
    query = (
        select(Lesson.id)
        .join(Pair, Pair.lesson_id == Lesson.id)
        .where(Pair.state.in_(OPEN), Lesson.cancelled_at.is_(None), Lesson.alias_of.is_(None))
        .order_by(Lesson.starts_at.desc(), Lesson.id)
        .limit(MOST_LESSONS)
    )
    for observer in observers:
        seat = select(Observation.lesson_id).where(
            Observation.observer_id == observer,
            Observation.state == RecordState.SEALED,
            TAKES_PART,
        )
        query = query.where(Lesson.id.in_(seat))
    return list(session.scalars(query))
