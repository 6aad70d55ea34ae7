"""Who works where: schools, their teachers and classes, and those who may observe."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from observe.core.permissions import OBSERVERS, RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import people

TAUGHT_BY = (RoleKind.TEACHER, RoleKind.LEADER, RoleKind.HEAD)
VISIT = (RoleKind.HEAD, RoleKind.ADVISER)
IN_WORDS = {RoleKind.HEAD: "head", RoleKind.ADVISER: "adviser", RoleKind.LEADER: "team leader"}


class Named(NamedTuple):
    """Something that one picks by its name."""

    id: UUID
    name: str


class Planner(NamedTuple):
    """Somebody who plans lessons, and as what."""

    id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Place:
    """A school, with the zone in which it tells the time."""

    id: UUID
    name: str
    zone: str


def schools(session: NetworkSession, ids: Collection[UUID] | None = None) -> list[Place]:
    """Schools by name; all of the network without `ids`."""
    query = select(people.School).order_by(people.School.name)
    if ids is not None:
        query = query.where(people.School.id.in_(ids))
    return [Place(school.id, school.name, school.zone) for school in session.scalars(query)]


def teachers(
    session: NetworkSession, school_id: UUID, *, teams: Collection[UUID] | None = None
) -> list[Named]:
    """Who is taught by in a school, by name; only teachers of `teams` where these are given."""
    query = _people_with(TAUGHT_BY if teams is None else (RoleKind.TEACHER,))
    query = query.where(people.Role.school_id == school_id)
    return _named(session, query if teams is None else query.where(people.Role.team_id.in_(teams)))


def observers_at(session: NetworkSession, school_id: UUID) -> list[Named]:
    """Head, leaders and advisers of a school, by name."""
    return _named(session, _people_with(OBSERVERS).where(people.Role.school_id == school_id))


def planners(
    session: NetworkSession, school_id: UUID, *, team_id: UUID | None = None
) -> list[Planner]:
    """Who plans lessons at a school: its heads, the leaders of that team, its advisers, by name each."""
    role, person = people.Role, people.Person
    query = (
        select(person.id, person.name, role.kind)
        .join(role, role.person_id == person.id)
        .where(role.school_id == school_id, person.left_at.is_(None))
        .where(or_(role.kind.in_(VISIT), and_(_leads, role.team_id == team_id)))
        .order_by(person.name)
    )
    found = [Planner(row.id, row.name, IN_WORDS[row.kind]) for row in session.execute(query)]
    return sorted(found, key=lambda each: ("head", "team leader", "adviser").index(each.role))


_leads = people.Role.kind == RoleKind.LEADER


def of_schools(
    session: NetworkSession, kinds: Collection[RoleKind], school_ids: Collection[UUID] | None
) -> list[Named]:
    """Who holds one of these roles at one of these schools, or anywhere, by name."""
    query = _people_with(kinds)
    if school_ids is not None:
        query = query.where(people.Role.school_id.in_(school_ids))
    return _named(session, query)


def visitors(session: NetworkSession, *, but: Iterable[UUID]) -> list[Named]:
    """Heads and advisers of the network's other schools, by name."""
    return _named(session, _people_with(VISIT).where(people.Person.id.not_in(list(but))))


def observers(session: NetworkSession) -> list[Named]:
    """Everybody in the network who observes, by name."""
    return _named(session, _people_with(OBSERVERS))


def classes(session: NetworkSession, school_id: UUID) -> list[Named]:
    """The classes of a school, by name."""
    query = (
        select(people.SchoolClass.id, people.SchoolClass.name)
        .where(people.SchoolClass.school_id == school_id)
        .order_by(people.SchoolClass.name)
    )
    return [Named(row.id, row.name) for row in session.execute(query)]


def team_of(session: NetworkSession, person_id: UUID, school_id: UUID) -> UUID | None:
    """The team that somebody teaches in at a school."""
    query = select(people.Role.team_id).where(
        people.Role.person_id == person_id,
        people.Role.school_id == school_id,
        people.Role.kind == RoleKind.TEACHER,
    )
    return session.scalar(query)


def teaches(
    session: NetworkSession,
    person_id: UUID,
    school_id: UUID,
    *,
    teams: Collection[UUID] | None = None,
) -> bool:
    """Whether a school is taught by somebody; in one of `teams` where these are given."""
    role = people.Role
    query = select(role.id).where(
        role.person_id == person_id, role.school_id == school_id, role.kind.in_(TAUGHT_BY)
    )
    if teams is not None:
        query = query.where(role.team_id.in_(teams))
    return session.scalar(query.limit(1)) is not None


def has_class(session: NetworkSession, school_id: UUID, class_id: UUID) -> bool:
    """Whether a class is one of this school."""
    found = session.get(people.SchoolClass, (session.network_id, class_id))
    return found is not None and found.school_id == school_id


def _people_with(kinds: Collection[RoleKind]) -> Select[UUID, str]:
    return (
        select(people.Person.id, people.Person.name)
        .join(people.Role, people.Role.person_id == people.Person.id)
        .where(people.Role.kind.in_(kinds), people.Person.left_at.is_(None))
        .group_by(people.Person.id, people.Person.name)
        .order_by(people.Person.name)
    )


def _named(session: NetworkSession, query: Select[UUID, str]) -> list[Named]:
    return [Named(row.id, row.name) for row in session.execute(query)]
