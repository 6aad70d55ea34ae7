"""The schools and people that a file names: found by name, or made without a sign-in."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.ids import new_id
from observe.core.lesson import capacity_in
from observe.core.observation import Capacity
from observe.core.permissions import OBSERVERS, Person, Role, RoleKind
from observe.services.importing_table import LessonRead, RecordRead
from observe.services.ratings_table import Fault
from observe.storage.database import NetworkSession
from observe.storage.rows import Rows
from observe.storage.staff import TAUGHT_BY
from observe.storage.tables import people as tables

ZONE = "Europe/London"


class Register:
    """Who and what there is in a network; whoever is missing is made, once."""

    def __init__(self, session: NetworkSession, at: datetime) -> None:
        self.session, self.at = session, at
        self.rows = Rows()
        self.made: Counter[str] = Counter()
        self.zones: dict[UUID, str] = {}
        self.schools: dict[str, UUID] = {}
        self.people: dict[str, list[tuple[Person, bool]]] = defaultdict(list)
        self._look()

    def _look(self) -> None:
        for school in self.session.scalars(select(tables.School)):
            self.schools[school.name.casefold()] = school.id
            self.zones[school.id] = school.zone
        roles: dict[UUID, list[Role]] = defaultdict(list)
        for role in self.session.scalars(select(tables.Role)):
            roles[role.person_id].append(Role(RoleKind(role.kind), role.school_id, role.team_id))
        for row in self.session.scalars(
            select(tables.Person).where(tables.Person.left_at.is_(None))
        ):
            person = Person(row.id, row.network_id, row.name, tuple(roles[row.id]))
            self.people[row.name.casefold()].append((person, row.imported))

    def faults(self, lessons: Sequence[LessonRead]) -> Iterator[Fault]:
        """Names that several people of the network have, so that nobody can say who is meant."""
        for lesson in lessons:
            school_id = self.schools.get(lesson.school.casefold())
            if school_id and len(self._teachers(school_id, lesson.teacher)) > 1:
                yield Fault(lesson.line, _several(lesson.teacher))
            for record in lesson.records.values():
                if len(self._observers(record.observer)) > 1:
                    yield Fault(record.line, _several(record.observer))

    def school(self, name: str) -> UUID:
        """The school of that name."""
        found = self.schools.get(name.casefold())
        if found is None:
            found = self.schools[name.casefold()] = new_id(self.at)
            self.zones[found] = ZONE
            self.made["school"] += 1
            self.rows.add("school", id=found, name=name, zone=ZONE)
        return found

    def teacher(self, school_id: UUID, name: str) -> UUID:
        """Who teaches at that school under this name."""
        found = self._teachers(school_id, name)
        if found:
            return found[0].id
        role = Role(RoleKind.TEACHER, school_id)
        person = self._new(name, role)
        self.rows.add(
            "role", id=new_id(self.at), person_id=person.id, kind=role.kind, school_id=school_id
        )
        return person.id

    def observer(self, name: str) -> Person:
        """Who observes under this name."""
        found = self._observers(name)
        return found[0] if found else self._new(name)

    def capacity(self, record: RecordRead, observer: Person, school_id: UUID) -> Capacity:
        """As what somebody observed: as the file says, else as what they are at that school."""
        return record.capacity or capacity_in(observer, school_id)

    def _teachers(self, school_id: UUID, name: str) -> list[Person]:
        named = (person for person, _ in self.people[name.casefold()])
        return [person for person in named if school_id in person.schools(*TAUGHT_BY)]

    def _observers(self, name: str) -> list[Person]:
        """Heads, advisers and leaders, and imported people who teach nowhere."""
        return [
            person
            for person, imported in self.people[name.casefold()]
            if person.has(*OBSERVERS) or (imported and not person.has(RoleKind.TEACHER))
        ]

    def _new(self, name: str, *roles: Role) -> Person:
        person = Person(new_id(self.at), self.session.network_id, name, roles)
        self.people[name.casefold()].append((person, True))
        self.made["person"] += 1
        self.rows.add("person", id=person.id, name=name, imported=True, created_at=self.at)
        return person


def _several(name: str) -> str:
    return f"several people here are called {name}; give each a name of their own first"
