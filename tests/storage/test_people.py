"""Each query about people stays in its network."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from observe.core.permissions import RoleKind
from observe.services import links, people_register, rubrics, schools, visits
from observe.services.people_register import Asked
from observe.storage import devices, people, register, sign_ins
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.people import Network, Visit
from observe.storage.tables.records import Device
from tests.factories import NOW, School, a_lesson, a_network, a_person, a_sign_in


@pytest.fixture
def empty(database: Database) -> Iterator[NetworkSession]:
    """A network with nothing in it, beside one with something in every table."""
    full = a_network(database, name="Dales learning group")
    a_sign_in(full, "Sion")
    a_lesson(full)
    with database.write(full.network_id) as session:
        session.add(a_tablet(full))
        links.make(session, full["Ruth"].id, by=None, at=NOW)
    empty_id = UUID(int=7)
    with database.outside(writes=True) as session:
        session.add(Network(id=empty_id, name="Nobody yet", epoch=empty_id, created_at=NOW))
    with database.read(empty_id) as session:
        session.info["full"] = full
        yield session


def a_tablet(school: School) -> Device:
    return Device(
        id=UUID(int=9),
        person_id=school["Sion"].id,
        label="iPad",
        grant_hash="x",
        registered_at=NOW,
        seen_at=NOW,
    )


def test_the_register_of_an_empty_network_is_empty(empty: NetworkSession) -> None:
    counts = register.counts(empty)
    assert (counts.schools, counts.teams, counts.people, counts.able_to_sign_in) == (0, 0, 0, 0)
    assert (counts.rubrics, counts.lessons) == (0, 0)
    assert not people_register.listed(empty, Asked(), at=NOW).lines
    assert not schools.listed(empty)
    assert not rubrics.published(empty)


def test_people_of_another_network_are_not_found(empty: NetworkSession) -> None:
    full: School = empty.info["full"]
    ids = [person.id for person in full.people.values()]
    assert people.find(empty, full["Sion"].id) is None
    assert not people.held_by(empty, ids)
    assert not people.names(empty, ids)
    assert not register.everybody(empty, school_id=full.school_id)
    assert not register.teams(empty, [full.school_id])
    assert not register.classes(empty, full.school_id)


def test_visits_links_and_tablets_of_another_network_are_not_found(empty: NetworkSession) -> None:
    full: School = empty.info["full"]
    assert not sign_ins.open_visits(empty, full["Sion"].id)
    assert not sign_ins.links_of(empty, [full["Ruth"].id])
    assert not devices.in_use(empty, full["Sion"].id)
    assert devices.find(empty, UUID(int=9)) is None


def test_a_token_of_one_network_opens_nothing_in_another(
    database: Database, school: School
) -> None:
    other = a_network(database, name="Coast partnership")
    with database.write(school.network_id) as session:
        token = visits.begin(session, school["Sion"].id, label="", at=datetime.now(UTC))
    _network, _dot, secret = token.partition(".")
    assert visits.resume(database, f"{other.network_id}.{secret}", at=datetime.now(UTC)) is None
    assert visits.resume(database, token, at=datetime.now(UTC))


def test_a_link_of_one_network_is_not_spent_from_another(
    database: Database, school: School
) -> None:
    other = a_network(database, name="Coast partnership")
    with database.write(school.network_id) as session:
        token = links.make(session, school["Sion"].id, by=None, at=NOW)
        link = sign_ins.links_of(session, [school["Sion"].id])[0]
    with database.write(other.network_id) as session:
        assert not sign_ins.spend(session, link.id, at=NOW)
    assert links.look(database, token, at=NOW).name == "Siôn Prydderch"


def test_a_visit_ends_by_itself_after_fourteen_idle_days(
    database: Database, school: School
) -> None:
    with database.write(school.network_id) as session:
        token = visits.begin(session, school["Sion"].id, label="", at=NOW)
    assert visits.resume(database, token, at=NOW + visits.IDLE)
    with database.write(school.network_id) as session:
        visit = session.get_one(Visit, (school.network_id, visit_ids(session)[0]))
        visit.seen_at = NOW
    assert visits.resume(database, token, at=NOW + 2 * visits.IDLE) is None


def visit_ids(session: NetworkSession) -> list[UUID]:
    from sqlalchemy import select

    return list(session.scalars(select(Visit.id)))


def test_somebody_in_schools_of_two_zones_reads_the_networks_clock(
    database: Database, school: School
) -> None:
    person = a_person(school, "Margaux Facilitator", RoleKind.FACILITATOR)
    with database.read(school.network_id) as session:
        assert people.zone_of(session, person) == "Europe/London"
