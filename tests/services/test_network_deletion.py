"""A network is deleted for good, after some days in which anybody who may can keep it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from observe.core.errors import Conflict, Invalid
from observe.core.permissions import RoleKind
from observe.services import chores, network_deletion
from observe.storage.tables import Base
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Network, SignIn
from observe.storage.tenancy import tenants_tables
from tests.factories import NOW, School, a_network, a_person, a_sign_in
from tests.mailbox import writes_mails
from tests.planting import Planter

NAME = "Dales learning group"
DUE = NOW + network_deletion.WAITS
MARKS = ("Müllerova", "OWNMARK")


@pytest.fixture
def asked(school: School) -> School:
    """Every table holds rows, and the deletion was asked for."""
    zoe = a_person(school, "Zoë Müllerova", RoleKind.TEACHER)
    with school.database.write(school.network_id) as session:
        Planter(session, zoe.id, zoe.name, own=True).plant()
    a_sign_in(school, "Sion")
    with school.database.write(school.network_id) as session:
        session.execute(
            Base.metadata.tables["network_end"]
            .delete()
            .where(Base.metadata.tables["network_end"].c.network_id == school.network_id)
        )
        network_deletion.ask(session, typed=NAME, by=school["Margaret"], at=NOW)
    return school


def left(school: School) -> dict[str, int]:
    """How many rows of the network are left, by table."""
    with school.database.read(school.network_id) as session:
        counts = {
            table.name: session.scalars(
                select(func.count())
                .select_from(table)
                .where(table.c.network_id == school.network_id)
            ).one()
            for table in tenants_tables()
        }
    return {name: number for name, number in counts.items() if number}


def test_it_waits_and_can_be_taken_back(asked: School) -> None:
    early = DUE - timedelta(minutes=1)
    assert network_deletion.carry_out(asked.database, asked.network_id, at=early) is None
    with asked.database.write(asked.network_id) as session:
        assert network_deletion.ending(session) is not None
        network_deletion.keep(session, by=asked["Margaret"], at=NOW)
        network_deletion.keep(session, by=asked["Margaret"], at=NOW)
    assert network_deletion.carry_out(asked.database, asked.network_id, at=DUE) is None
    assert left(asked)["person"] == 7


def test_then_no_row_no_sign_in_and_no_byte_is_left(asked: School) -> None:
    other = a_network(asked.database, name="Elsewhere")
    a_sign_in(other, "Ruth")
    with asked.database.outside() as session:
        ended = session.scalars(select(SignIn.email)).all()
    assert len(left(asked)) == len(tenants_tables())
    assert asked.network_id not in chores.everywhere(asked.database, clock=lambda: DUE)
    assert left(asked) == {}
    assert left(other)["person"] == 6
    with asked.database.outside() as session:
        assert session.get(Network, asked.network_id) is None
        kept = session.scalars(select(SignIn.email)).all()
    assert len(kept) == len(ended) - 1
    if asked.database.engine.dialect.name == "sqlite":
        file = Path(asked.database.engine.url.database or "")
        held = file.read_bytes()
        for mark in MARKS:
            assert mark.encode() not in held
        with closing(sqlite3.connect(file)) as raw:
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_certificate_outlives_it_and_tells_no_name(asked: School) -> None:
    with asked.database.read(asked.network_id) as session:
        ending = network_deletion.ending(session)
    made = network_deletion.carry_out(asked.database, asked.network_id, at=DUE)
    assert ending
    assert made == ending.certificate_id
    found = network_deletion.certificate(asked.database, made)
    assert (found.asked_at, found.at, found.washed_at) == (NOW, DUE, DUE)
    assert found.counts["person"] == 7
    assert all(isinstance(number, int) for number in found.counts.values())


def test_a_sign_in_that_another_network_shares_stays(asked: School) -> None:
    with asked.database.outside(writes=True) as session:
        row = session.scalars(select(SignIn)).first()
        assert row
        row.people = {**row.people, "another": "somebody"}
        email = row.email
    network_deletion.carry_out(asked.database, asked.network_id, at=DUE)
    with asked.database.outside() as session:
        row = session.scalars(select(SignIn).where(SignIn.email == email)).one()
        assert row.people == {"another": "somebody"}


def test_its_name_is_typed_and_it_is_asked_for_once(asked: School) -> None:
    with asked.database.write(asked.network_id) as session, pytest.raises(Invalid, match=NAME):
        network_deletion.ask(session, typed="Dales", by=asked["Margaret"], at=NOW)
    with asked.database.write(asked.network_id) as session, pytest.raises(Conflict):
        network_deletion.ask(session, typed=NAME, by=asked["Margaret"], at=NOW)


def test_all_who_could_keep_it_are_written_to_and_again_once_it_is_kept(school: School) -> None:
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    writes_mails(school, "Margaret", "Rhian", "Sion")
    with school.database.write(school.network_id) as session:
        network_deletion.ask(session, typed=NAME, by=school["Rhian"], at=NOW)
        session.flush()
        network_deletion.keep(session, by=school["Margaret"], at=NOW)
        session.flush()
        mails = session.scalars(select(OutboxMail)).all()
    keepers = {school["Margaret"].id, school["Rhian"].id}
    subjects = sorted(mail.subject or "" for mail in mails)
    assert subjects == [f"{NAME} goes on"] * 2 + [f"{NAME} is to be deleted"] * 2
    assert {mail.person_id for mail in mails} == keepers
    body = next(mail.body or "" for mail in mails if "deleted" in (mail.subject or ""))
    assert "Rhian Data asked to delete everything" in body
    assert f"{DUE:%A} {DUE.day} {DUE:%B} {DUE.year}" in body
    assert "https://observe.example/people/network" in body
