"""Rows for tests: each factory names only what matters and fills in a believable rest."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from observe.core.canonical import digest
from observe.core.ids import new_id
from observe.core.observation import Capacity
from observe.core.permissions import Person, Role, RoleKind
from observe.core.rubric_json import as_json
from observe.services.rubrics import shipped
from observe.storage.database import Database, NetworkSession
from observe.storage.tables import lessons, people, rubrics

NOW = datetime(2026, 11, 17, 9, 42, tzinfo=UTC)


@dataclass
class School:
    """A network with one school, one team and people by first name."""

    database: Database
    network_id: UUID
    school_id: UUID
    team_id: UUID
    class_id: UUID
    people: dict[str, Person] = field(default_factory=dict)
    rubrics: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, first_name: str) -> Person:
        return self.people[first_name]


CAST = {
    "Sion": ("Siôn Prydderch", RoleKind.HEAD),
    "Ruth": ("Ruth Adeyemi", RoleKind.ADVISER),
    "Helen": ("Helen Marsh", RoleKind.LEADER),
    "Catrin": ("Catrin Morley", RoleKind.TEACHER),
    "Aisha": ("Aisha Rahman", RoleKind.TEACHER),
    "Margaret": ("Margaret Obi", RoleKind.FACILITATOR),
}


def a_network(database: Database, *, name: str) -> School:
    """A network with a head, an adviser, a leader, two teachers and a facilitator."""
    network_id, school_id, team_id, class_id = (new_id(NOW) for _ in range(4))
    with database.outside(writes=True) as session:
        session.add(people.Network(id=network_id, name=name, epoch=new_id(NOW), created_at=NOW))
    made = School(database, network_id, school_id, team_id, class_id)
    with database.write(network_id) as session:
        session.add(people.School(id=school_id, name="Thornbeck Primary"))
        session.flush()
        session.add(people.Team(id=team_id, school_id=school_id, name="Upper school"))
        session.add(people.SchoolClass(id=class_id, school_id=school_id, name="Year 5"))
        session.flush()
        for first, (full, kind) in CAST.items():
            made.people[first] = _person(session, made, full, kind)
        made.rubrics = _shipped(session)
    return made


def a_person(school: School, name: str, kind: RoleKind) -> Person:
    """One more person of this school, in its team where the role has one."""
    with school.database.write(school.network_id) as session:
        person = _person(session, school, name, kind)
    school.people[name.split()[0]] = person
    return person


def a_sign_in(school: School, first_name: str, password: str = "plum boat lantern 7") -> str:
    """A password for one of these people, set through a one-time link; their e-mail address."""
    from observe.services import links

    person = school[first_name]
    with school.database.write(school.network_id) as session:
        token = links.make(session, person.id, by=None, at=NOW)
        email = session.get_one(people.Person, (school.network_id, person.id)).email
    links.redeem(school.database, token, password, password, label="test", at=NOW)
    return email or ""


def _person(session: NetworkSession, school: School, name: str, kind: RoleKind) -> Person:
    person_id = new_id(NOW)
    email = f"{name.split()[0].lower()}.{school.network_id.hex[-6:]}.{person_id.hex[-6:]}@school.example"
    session.add(people.Person(id=person_id, name=name, email=email, created_at=NOW))
    session.flush()
    in_school = kind != RoleKind.FACILITATOR
    in_team = kind in (RoleKind.LEADER, RoleKind.TEACHER)
    role = Role(kind, school.school_id if in_school else None, school.team_id if in_team else None)
    row = people.Role(
        id=new_id(NOW),
        person_id=person_id,
        kind=kind,
        school_id=role.school_id,
        team_id=role.team_id,
    )
    session.add(row)
    session.flush()
    return Person(person_id, school.network_id, name, (role,))


@cache
def _shipped_bodies() -> dict[str, dict[str, Any]]:
    """The shipped rubrics as JSON, by id; read once."""
    return {rubric.rubric: as_json(rubric) for rubric in shipped()}


@cache
def _shipped_digests() -> dict[str, str]:
    return {key: digest(body) for key, body in _shipped_bodies().items()}


def _shipped(session: NetworkSession) -> dict[str, str]:
    for key, body in _shipped_bodies().items():
        session.add(
            rubrics.RubricVersion(
                digest=_shipped_digests()[key],
                rubric=body["rubric"],
                version=body["version"],
                language=body["language"],
                title=body["title"],
                kind=body["kind"],
                graded=body["graded"],
                body=body,
                published_at=NOW,
            )
        )
    session.flush()
    return {**_shipped_digests()}


@dataclass(frozen=True)
class PlannedLesson:
    """A planned lesson with the observations made for it, by observer's first name."""

    id: UUID
    observations: dict[str, UUID]


def a_lesson(
    school: School,
    *,
    teacher: str = "Catrin",
    observers: tuple[str, ...] = ("Sion", "Ruth"),
    rubric: str = "teaching-framework",
    starts_at: datetime = NOW + timedelta(minutes=23),
) -> PlannedLesson:
    """A lesson planned with these observers; a pair where there are two or more."""
    lesson_id = new_id(NOW)
    planned = PlannedLesson(lesson_id, {name: new_id(NOW) for name in observers})
    with school.database.write(school.network_id) as session:
        session.add(
            lessons.Lesson(
                id=lesson_id,
                kind=_shipped_bodies().get(rubric, {"kind": "lesson"})["kind"],
                school_id=school.school_id,
                team_id=school.team_id,
                teacher_id=school[teacher].id,
                school_subject="Maths",
                class_id=school.class_id,
                room="7",
                starts_at=starts_at,
                rubric_digest=school.rubrics[rubric],
                planned_by=school[observers[0]].id,
                planned_at=NOW,
            )
        )
        session.flush()
        for name, observation_id in planned.observations.items():
            session.add(
                lessons.Observation(
                    id=observation_id,
                    lesson_id=lesson_id,
                    observer_id=school[name].id,
                    capacity=_capacity(school[name]),
                )
            )
        if len(observers) > 1:
            session.add(lessons.Pair(lesson_id=lesson_id))
    return planned


def _capacity(person: Person) -> Capacity:
    kinds = {"head": Capacity.HEAD, "adviser": Capacity.ADVISER, "leader": Capacity.LEADER}
    return kinds.get(person.roles[0].kind, Capacity.OTHER)
