"""Schools and people as they are and as a table would make them; rows wait until they are written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from observe.core.contact import sort_key
from observe.core.ids import new_id
from observe.core.pasted_table import PastedLine
from observe.core.permissions import Person, Role, RoleKind
from observe.storage import history
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables

Place = tuple[UUID | None, str]
NETWORK_WIDE = (RoleKind.FACILITATOR, RoleKind.DEPUTY, RoleKind.DATA_PROTECTION)


@dataclass(slots=True)
class OnRoll:
    """Somebody as the table leaves them."""

    id: UUID
    name: str
    left: bool = False
    roles: set[Role] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Did:
    """A line of history that waits for its change."""

    did: str
    thing: str
    thing_id: UUID
    details: dict[str, Any]


class Roll:
    """What is there, what is to come, and in which order it must be written."""

    def __init__(self, session: NetworkSession, *, by: Person, at: datetime) -> None:
        self._session, self._by, self._at = session, by, at
        self._zone = session.get_one(tables.Network, session.network_id).zone
        self._schools: dict[str, UUID] = {
            sort_key(row.name): row.id for row in self._all(tables.School)
        }
        self._teams: dict[tuple[UUID, str], UUID] = {
            (row.school_id, sort_key(row.name)): row.id for row in self._all(tables.Team)
        }
        self._classes = {
            (row.school_id, sort_key(row.name)) for row in self._all(tables.SchoolClass)
        }
        self.people = self._people()
        self.named_on: dict[str, int] = {}
        self.new_places: list[str] = []
        self._waiting: list[tables.School | tables.Team | tables.SchoolClass] = []
        self._persons: list[tables.Person] = []
        self._roles: list[tables.Role] = []
        self._renamed: dict[UUID, str] = {}
        self._moved: dict[tuple[UUID, UUID | None], UUID | None] = {}
        self._did: list[Did] = []

    def _all(self, table: type[Any]) -> Iterator[Any]:
        return iter(self._session.scalars(select(table)))

    def _people(self) -> dict[str, OnRoll]:
        rows = [row for row in self._all(tables.Person) if row.email]
        found = {row.id: OnRoll(row.id, row.name, row.left_at is not None) for row in rows}
        for row in self._all(tables.Role):
            if row.person_id in found:
                role = Role(RoleKind(row.kind), row.school_id, row.team_id)
                found[row.person_id].roles.add(role)
        return {row.email: found[row.id] for row in rows}

    def is_oneself(self, person: OnRoll) -> bool:
        """Whether this is who pastes the table."""
        return person.id == self._by.id

    def holds(self, person: OnRoll, line: PastedLine) -> bool:
        """Whether somebody has the role of a line already."""
        school_id = self._schools.get(sort_key(line.school))
        team_id = self._teams.get((school_id, sort_key(line.team))) if school_id else None
        return line.role is not None and role_for(line.role, school_id, team_id) in person.roles

    def school(self, name: str) -> UUID:
        """The school of that name, new if there is none."""
        key = sort_key(name)
        if key not in self._schools:
            row = tables.School(id=new_id(self._at), name=name, zone=self._zone)
            self._schools[key] = self._wait(row, "school", f"school {name}")
        return self._schools[key]

    def team(self, school_id: UUID, name: str) -> UUID:
        """The team of that name in a school, new if there is none."""
        key = school_id, sort_key(name)
        if key not in self._teams:
            row = tables.Team(id=new_id(self._at), school_id=school_id, name=name)
            self._teams[key] = self._wait(row, "team", f"team {name}")
        return self._teams[key]

    def add_class(self, school_id: UUID, name: str) -> bool:
        """Put a class on the roll; False when it is there."""
        key = school_id, sort_key(name)
        if key in self._classes:
            return False
        self._classes.add(key)
        row = tables.SchoolClass(id=new_id(self._at), school_id=school_id, name=name)
        self._wait(row, "class", f"class {name}")
        return True

    def _wait(
        self, row: tables.School | tables.Team | tables.SchoolClass, thing: str, words: str
    ) -> UUID:
        self._waiting.append(row)
        self.new_places.append(words)
        self._did.append(Did("added", thing, row.id, {"name": row.name}))
        return row.id

    def person(self, email: str, name: str, *, line: int) -> tuple[OnRoll, str]:
        """The person of that address, new if there is none, and the name they had if it changes."""
        known = self.people.get(email)
        before = known.name if known and known.name != name else ""
        if known is None:
            known = self.people[email] = self._new_person(email, name)
        elif before:
            known.name = self._renamed[known.id] = name
            self._did.append(Did("renamed", "person", known.id, {"from": before, "to": name}))
        self.named_on[email] = line
        return known, before

    def _new_person(self, email: str, name: str) -> OnRoll:
        row = tables.Person(id=new_id(self._at), name=name, email=email, created_at=self._at)
        self._persons.append(row)
        self._did.append(Did("added", "person", row.id, {"name": name}))
        return OnRoll(row.id, name)

    def add_role(
        self, person: OnRoll, kind: RoleKind, school_id: UUID | None, team_id: UUID | None
    ) -> bool:
        """Give somebody a role; False when they have it."""
        role = role_for(kind, school_id, team_id)
        taught = taught_in(person.roles, role)
        if role in person.roles or (taught and role.team_id is None):
            return False
        person.roles.add(role)
        if taught:
            return self._move(person, taught, role)
        row = tables.Role(id=new_id(self._at), person_id=person.id, kind=kind.value)
        row.school_id, row.team_id = role.school_id, role.team_id
        self._roles.append(row)
        self._did.append(Did("gave a role", "person", person.id, {"role": kind.value}))
        return True

    def _move(self, person: OnRoll, old: Role, new: Role) -> bool:
        """Somebody teaches in one team of a school at a time."""
        person.roles.discard(old)
        self._moved[person.id, new.school_id] = new.team_id
        self._did.append(Did("moved to a team", "person", person.id, {"team": str(new.team_id)}))
        return True

    def write(self) -> None:
        """Write what waits, each kind after what it belongs to, with its history."""
        schools = [row for row in self._waiting if isinstance(row, tables.School)]
        inside = [row for row in self._waiting if not isinstance(row, tables.School)]
        for rows in (schools, inside, self._persons, self._roles):
            self._session.add_all(rows)
            self._session.flush()
        for person_id, name in self._renamed.items():
            key = self._session.network_id, person_id
            self._session.get_one(tables.Person, key).name = name
        for (person_id, school_id), team_id in self._moved.items():
            teaches(self._session, person_id, school_id, team_id)
        for line in self._did:
            self._wrote(line)

    def _wrote(self, line: Did) -> None:
        by, at = self._by.id, self._at
        history.wrote(
            self._session, line.did, line.thing, line.thing_id, by=by, at=at, **line.details
        )


def role_for(kind: RoleKind, school_id: UUID | None, team_id: UUID | None) -> Role:
    """A role with the places that count for its kind."""
    in_school = kind not in NETWORK_WIDE
    in_team = kind in (RoleKind.LEADER, RoleKind.TEACHER)
    return Role(kind, school_id if in_school else None, team_id if in_team else None)


def taught_in(held: Iterable[Role], role: Role) -> Role | None:
    """The role of teacher that somebody holds in the school of a role of teacher."""
    if role.kind is not RoleKind.TEACHER:
        return None
    same = (old for old in held if (old.kind, old.school_id) == (role.kind, role.school_id))
    return next(same, None)


def teaches(
    session: NetworkSession, person_id: UUID, school_id: UUID | None, team_id: UUID | None
) -> None:
    """Put a teacher into another team of the school."""
    query = select(tables.Role).where(
        tables.Role.person_id == person_id,
        tables.Role.school_id == school_id,
        tables.Role.kind == RoleKind.TEACHER.value,
    )
    for row in session.scalars(query):
        row.team_id = team_id
