"""Schools, teams and classes, as the facilitator keeps them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from observe.core.contact import name_of, sort_key
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.storage import history, register
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables.people import Network, School, SchoolClass, Team

WEEKDAYS = range(5)


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One school with its teams and classes."""

    id: UUID
    name: str
    zone: str
    review_needed: bool
    tells_teachers: bool
    release_weekday: int | None
    teams: tuple[Named, ...]
    classes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school in the list of schools, with the names of its teams."""

    id: UUID
    name: str
    teams: tuple[Named, ...]


def listed(session: NetworkSession) -> tuple[SchoolLine, ...]:
    """The schools of the network by name."""
    rows = sorted(register.schools(session), key=lambda row: sort_key(row.name))
    teams: dict[UUID, list[Team]] = defaultdict(list)
    for team in register.teams(session, (row.id for row in rows)):
        teams[team.school_id].append(team)
    return tuple(SchoolLine(row.id, row.name, _named(teams[row.id])) for row in rows)


def page(session: NetworkSession, school_id: UUID) -> SchoolPage:
    """One school; Missing for a stranger's."""
    row = _school(session, school_id)
    return SchoolPage(
        row.id,
        row.name,
        row.zone,
        row.review_needed,
        row.tells_teachers,
        row.release_weekday,
        _named(register.teams(session, [school_id])),
        _named(register.classes(session, school_id)),
    )


def _named(rows: Iterable[Team | SchoolClass]) -> tuple[Named, ...]:
    return tuple(Named(row.id, row.name) for row in rows)


def _school(session: NetworkSession, school_id: UUID) -> School:
    row = session.get(School, (session.network_id, school_id))
    if row is None:
        raise Missing("There is no such school among yours.")
    return row


def add(session: NetworkSession, name: str, *, by: Person, at: datetime) -> UUID:
    """A new school in the network's time zone; its id."""
    name = name_of(name, of="the name of the school")
    _refuse_double(name, register.schools(session))
    zone = session.get_one(Network, session.network_id).zone
    school = School(id=new_id(at), name=name, zone=zone)
    session.add(school)
    history.wrote(session, "added", "school", school.id, by=by.id, at=at, name=name)
    return school.id


def change(
    session: NetworkSession,
    school_id: UUID,
    *,
    name: str,
    zone: str,
    review_needed: bool,
    tells_teachers: bool,
    release_weekday: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Another name or zone, how summaries go out, whether teachers hear of visits.

    `release_weekday` is 0 for Monday to 4 for Friday, None for at once.
    """
    school, name = _school(session, school_id), name_of(name, of="the name of the school")
    _refuse_double(name, register.schools(session), but=school_id)
    if zone not in available_timezones():
        raise Invalid("Choose a time zone from the list.", field="zone")
    after: dict[str, object] = {"name": name, "zone": zone, "review_needed": review_needed}
    if release_weekday not in (None, *WEEKDAYS):
        raise Invalid("Choose a day from the list.", field="release")
    after |= {"tells_teachers": tells_teachers, "release_weekday": release_weekday}
    before = {field: getattr(school, field) for field in after}
    if before != after:
        for field, value in after.items():
            setattr(school, field, value)
        history.wrote(
            session, "changed", "school", school_id, by=by.id, at=at, before=before, after=after
        )


def _refuse_double(
    name: str, rows: Iterable[School | Team | SchoolClass], *, but: UUID | None = None
) -> None:
    if any(sort_key(row.name) == sort_key(name) and row.id != but for row in rows):
        raise Conflict(f"There is one called {name} already. Give another name.", field="name")


def add_team(
    session: NetworkSession, school_id: UUID, name: str, *, by: Person, at: datetime
) -> UUID:
    """A new team of a school; its id."""
    _school(session, school_id)
    name = name_of(name, of="the name of the team")
    _refuse_double(name, register.teams(session, [school_id]))
    return _added(session, Team(id=new_id(at), school_id=school_id, name=name), by=by, at=at)


def add_class(
    session: NetworkSession, school_id: UUID, name: str, *, by: Person, at: datetime
) -> UUID:
    """A new class of a school; its id."""
    _school(session, school_id)
    name = name_of(name, of="the name of the class")
    _refuse_double(name, register.classes(session, school_id))
    return _added(session, SchoolClass(id=new_id(at), school_id=school_id, name=name), by=by, at=at)


def _added(session: NetworkSession, row: Team | SchoolClass, *, by: Person, at: datetime) -> UUID:
    session.add(row)
    history.wrote(session, "added", row.__tablename__, row.id, by=by.id, at=at, name=row.name)
    return row.id


def rename_team(
    session: NetworkSession, school_id: UUID, team_id: UUID, name: str, *, by: Person, at: datetime
) -> None:
    """Give a team another name, free in its school."""
    team = session.get(Team, (session.network_id, team_id))
    if team is None or team.school_id != school_id:
        raise Missing("There is no such team in this school.")
    name = name_of(name, of="the name of the team")
    _refuse_double(name, register.teams(session, [school_id]), but=team_id)
    _renamed(session, team, name, by=by, at=at)


def rename_class(
    session: NetworkSession, school_id: UUID, class_id: UUID, name: str, *, by: Person, at: datetime
) -> None:
    """Give a class another name, free in its school."""
    school_class = session.get(SchoolClass, (session.network_id, class_id))
    if school_class is None or school_class.school_id != school_id:
        raise Missing("There is no such class in this school.")
    name = name_of(name, of="the name of the class")
    _refuse_double(name, register.classes(session, school_id), but=class_id)
    _renamed(session, school_class, name, by=by, at=at)


def _renamed(
    session: NetworkSession, row: Team | SchoolClass, name: str, *, by: Person, at: datetime
) -> None:
    if row.name != name:
        before, row.name = row.name, name
        history.wrote(
            session,
            "renamed",
            row.__tablename__,
            row.id,
            by=by.id,
            at=at,
            before=before,
            after=name,
        )
