"""Every address, asked for by every role of the school, another school, another network, and nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from observe.core.ids import new_id
from observe.core.mail import Mail, MailKind
from observe.core.permissions import Person, RoleKind
from observe.services import devices, free_times, links, passwords, third_reading, visits
from observe.services.free_times import TaughtWish
from observe.settings import Settings
from observe.storage import outbox, third_readings
from observe.storage.database import Database, NetworkSession
from observe.storage.schema import upgrade
from observe.storage.tables import people
from observe.web.app import create_app
from tests import exercising, letters, postgres
from tests.assessed import looked
from tests.coaching import coached
from tests.erasures import an_erasure
from tests.factories import NOW, School, a_lesson, a_network, a_person
from tests.improving import a_cycle, a_newsletter, a_step
from tests.oneroster_files import brought
from tests.precedents import a_rule
from tests.programmes import a_planned_workshop, begun
from tests.rounds import leading
from tests.talks import a_talk, same
from tests.web.access import TABLE, Access, World

OWN = {
    "head": "Sion",
    "adviser": "Ruth",
    "leader": "Helen",
    "teacher": "Catrin",
    "facilitator": "Margaret",
    "deputy": "Dilys",
    "data protection": "Rhian",
}
BESIDE = {"another teacher": "Aisha", "leader of another team": "Owen"}
ELSEWHERE = {"head": "Nia", "adviser": "Amina", "leader": "Bronwen", "teacher": "Llyr"}
REFUSED = (401, 403, 404)
A_LESSON_A_WEEK = TaughtWish(
    weekday=2, begins_at=time(10, 5), minutes=60, class_id=None, school_subject="Maths"
)


class Visitor:
    """Somebody who asks for every address, and what they are."""

    def __init__(self, name: str, role: str, person: Person | None, token: str = "") -> None:
        self.name, self.role, self.person, self.token = name, role, person, token

    def expected_in(self, access: Access) -> bool:
        """Whether the table lets this visitor in."""
        if self.person is None:
            return access.permission is None
        about_a_thing = access.of and not access.everywhere
        return (self.name if about_a_thing else self.role) in access.who

    def ask(self, app: Flask, access: Access, world: World) -> TestResponse:
        """Ask for the address as this visitor."""
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["visit"] = self.token
        names = access.of(world) if access.of else {}
        with app.test_request_context():
            url = app.url_for(access.endpoint, **names)
        method = method_of(app, access.endpoint)
        sends = access.sends(world)
        if "/api/" in url and method != "GET":
            return client.open(url, method=method, json=sends)
        return client.open(url, method=method, data=sends)


def method_of(app: Flask, endpoint: str) -> str:
    (rule,) = app.url_map.iter_rules(endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return method


@pytest.fixture(scope="module")
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Database]]:
    """One database for all of these tests: nothing that they ask for is kept."""
    if request.config.getoption("--postgres"):
        with postgres.fresh_database() as url:
            yield from opened(url)
    else:
        yield from opened(f"sqlite:///{tmp_path_factory.mktemp('world') / 'observe.sqlite3'}")


def opened(url: str) -> Iterator[tuple[str, Database]]:
    upgrade(url)
    made = Database(url)
    yield url, made
    made.engine.dispose()


@pytest.fixture(scope="module")
def app(database: tuple[str, Database]) -> Iterator[Flask]:
    made = create_app(Settings(database_url=database[0], secret_key="for tests only", https=False))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield made
    made.extensions["observe_database"].engine.dispose()


@pytest.fixture(scope="module")
def world(database: tuple[str, Database]) -> World:
    school = a_network(database[1], name="Dales learning group")
    a_person(school, "Dilys Deputy", RoleKind.DEPUTY)
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    with school.database.write(school.network_id) as session:
        visits.begin(session, school["Sion"].id, label="tablet", at=datetime.now(UTC))
        registered = devices.register(session, "iPad", by=school["Sion"], at=NOW)
        link = links.make(session, school["Aisha"].id, by=None, at=NOW)
        day = (NOW + timedelta(days=9)).date()
        away = free_times.go_away(session, day, day, by=school["Sion"], at=NOW)
        taught = free_times.teach(session, A_LESSON_A_WEEK, by=school["Catrin"], at=NOW)
        session.flush()
        visit = session.scalars(select(people.Visit.id)).one()
        role = session.scalars(
            select(people.Role.id).where(people.Role.person_id == school["Aisha"].id)
        ).one()
    talk = a_talk(school, {"Sion": same(), "Ruth": same()})
    return World(
        school=school,
        planned=a_lesson(school),
        revealed=talk,
        draft=letters.a_draft(school),
        submitted=(submitted := letters.submitted(school)),
        remark=letters.a_remark(school, submitted),
        phrase=letters.a_phrase(school, by="Sion"),
        holidays=letters.two_holidays(school),
        coached=coached(school),
        cycle=(cycle := a_cycle(school, of_group=True)),
        step=a_step(school, cycle),
        newsletter=a_newsletter(school),
        looked=looked(school),
        led=leading(school),
        programme=(programme := begun(school)),
        workshop=a_planned_workshop(school, programme),
        brought=brought(school),
        erasure=an_erasure(school),
        released=letters.released(school),
        visit=visit,
        device=registered.device_id,
        role=role,
        link=link,
        away=away,
        taught=taught,
        rule=a_rule(school, talk.id, "Quick recall does not count against it."),
        mail=a_mail(school),
        **exercises_of(school),
    )


def a_mail(school: School) -> UUID:
    """A mail to the head that waits."""
    mail_id, whom = new_id(NOW), school["Sion"].id
    mail = Mail(
        kind=MailKind.PLANNED,
        person_id=whom,
        address="sion@school.example",
        subject="A lesson",
        body="You observe a lesson.",
    )
    with school.database.write(school.network_id) as session:
        outbox.put(session, mail_id, mail, at=NOW)
    return mail_id


def exercises_of(school: School) -> dict[str, UUID]:
    """An exercise that the head took, one that head and adviser rated as experts, and a group."""
    offered = exercising.published(school)
    experts = {"Ada": school["Sion"], "Ben": school["Ruth"]}
    of_two = replace(school, people={**school.people, **experts})
    settled = exercising.made(of_two)
    exercising.rated_by_experts(of_two, settled)
    return {
        "exercise": offered.id,
        "settled": settled.id,
        "taking": exercising.taken(school, offered, "Sion", exercising.LEVELS),
        "group": exercising.a_group(school, offered, {"Sion": exercising.LEVELS}, revealed=True),
    }


@pytest.fixture(scope="module")
def visitors(world: World) -> list[Visitor]:
    """Every role here, beside, in another school and in another network; and nobody."""
    here = [*of_this_network(world.school), *of_another_network(world)]
    ask_a_third_reader(world)
    return [*here, Visitor("nobody", "", None)]


def ask_a_third_reader(world: World) -> None:
    """One criterion that the two leave to the adviser of another school."""
    school, lesson = world.school, world.revealed
    with school.database.write(school.network_id) as session:
        third_readings.ask(session, lesson.id, "routines", by=school["Sion"].id, at=NOW)
        reader = school["Amina"].id
        by = school["Margaret"]
        third_reading.assign(session, lesson.id, "routines", reader, by=by, at=NOW)
        third_reading.take(session, lesson.id, "routines", by=school["Amina"], at=NOW)


def of_this_network(school: School) -> Iterator[Visitor]:
    for role, first_name in OWN.items():
        yield signed_in(role, role, school, first_name)
    beside = replace(school, team_id=another_team(school))
    a_person(beside, "Owen Leader", RoleKind.LEADER)
    for name, first_name in BESIDE.items():
        yield signed_in(name, name.split()[0 if "leader" in name else 1], school, first_name)
    elsewhere = another_school(school)
    for role, first_name in ELSEWHERE.items():
        a_person(elsewhere, f"{first_name} Elsewhere", RoleKind(role))
        yield signed_in(f"{role} of another school", role, elsewhere, first_name)


def of_another_network(world: World) -> Iterator[Visitor]:
    other = a_network(world.school.database, name="Coast partnership")
    a_person(other, "Dilys Deputy", RoleKind.DEPUTY)
    a_person(other, "Rhian Data", RoleKind.DATA_PROTECTION)
    for role, first_name in OWN.items():
        yield signed_in(f"{role} of another network", role, other, first_name)


def another_team(school: School) -> UUID:
    team_id = new_id(NOW)
    with school.database.write(school.network_id) as session:
        session.add(people.Team(id=team_id, school_id=school.school_id, name="Lower school"))
    return team_id


def another_school(school: School) -> School:
    made = replace(school, school_id=new_id(NOW), team_id=new_id(NOW))
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=made.school_id, name="Ysgol Tŵr Gwyn"))
        session.flush()
        session.add(people.Team(id=made.team_id, school_id=made.school_id, name="Upper school"))
    return made


def signed_in(name: str, role: str, school: School, first_name: str) -> Visitor:
    person = school[first_name]
    with school.database.write(school.network_id) as session:
        token = visits.begin(session, person.id, label="test", at=datetime.now(UTC))
    return Visitor(name, role, person, token)


@pytest.fixture
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request runs for real up to its commit, and is then undone."""

    @contextmanager
    def undone(self: Database, network_id: UUID) -> Iterator[NetworkSession]:
        with self._connection(writes=False) as connection:
            session = self._entered(connection, network_id, writes=True)
            yield session
            session.flush()

    monkeypatch.setattr(Database, "write", undone)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))


def test_every_address_has_a_line(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == {line.endpoint for line in TABLE}


def test_every_view_says_which_permission_it_asks_for(app: Flask) -> None:
    for line in TABLE:
        view = app.view_functions[line.endpoint]
        assert getattr(view, "permission", "none is said") == line.permission, line.endpoint


@pytest.mark.usefixtures("_nothing_is_kept")
@pytest.mark.parametrize("access", TABLE, ids=str)
def test_an_address_is_open_to_those_of_its_line_and_to_nobody_else(
    app: Flask, world: World, visitors: list[Visitor], access: Access
) -> None:
    wrong = {}
    for visitor in visitors:
        answer = visitor.ask(app, access, world)
        assert answer.status_code < 500
        if access.permission and got_in(visitor, answer) != visitor.expected_in(access):
            wrong[visitor.name] = answer.status
    assert not wrong


def got_in(visitor: Visitor, answer: TestResponse) -> bool:
    """Whether the view ran, whatever it thought of an empty form."""
    asked_to_sign_in = visitor.person is None and (answer.location or "").startswith("/sign-in")
    return answer.status_code not in REFUSED and not asked_to_sign_in
