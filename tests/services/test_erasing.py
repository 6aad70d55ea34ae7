"""Erasing a person: nothing of theirs is left anywhere, and nobody else loses a level."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from observe.core.erasing import FORMER
from observe.core.errors import Conflict, Invalid
from observe.core.fold import state_hash
from observe.core.permissions import RoleKind
from observe.services import backups, erasing, people, washing
from observe.storage import fields
from observe.storage.tables import Base
from observe.storage.tables.lessons import Observation
from observe.storage.tables.people import SignIn
from observe.storage.tables.reflections import Reflection
from tests.erasures import SECRET
from tests.factories import NOW, School, a_person, a_sign_in
from tests.planting import MARK, Planter, everything

NAME = 'Zoë "Zo" Müllerova'
NAMED = ("Müllerova", '"Zo"', "zoë.")
AFTER = NOW + timedelta(days=30)


@pytest.fixture
def zoe(school: School) -> School:
    """Zoë has left; every table holds rows of hers, and rows of others in which she is named."""
    zoe = a_person(school, NAME, RoleKind.TEACHER)
    school.people["Zoe"] = zoe
    a_sign_in(school, "Zoe")
    with school.database.write(school.network_id) as session:
        people.leave(session, zoe.id, by=school["Margaret"], at=NOW)
        Planter(session, zoe.id, NAME, own=True).plant()
        Planter(session, school["Helen"].id, NAME, own=False).plant()
    return school


def erased(school: School, **told: Any) -> None:
    """Zoë is erased by whoever may, and the file is written anew."""
    with school.database.write(school.network_id) as session:
        named: dict[str, Any] = {"typed": NAME, "by": school["Margaret"], "at": AFTER} | told
        erasing.erase(session, school["Zoe"].id, secret=SECRET, **named)
    assert washing.wash(school.database, school.network_id, at=AFTER)


def test_no_table_holds_a_word_of_somebody_who_was_erased(zoe: School) -> None:
    with zoe.database.read(zoe.network_id) as session:
        before = everything(session)
    assert before.count(MARK) > 40
    assert before.count("Müllerova") > 60
    assert "zoë." in before
    erased(zoe)
    with zoe.database.read(zoe.network_id) as session:
        after = everything(session).splitlines()
    assert [line for line in after if MARK in line] == []
    assert [line for line in after if any(each in line for each in NAMED)] == []
    assert any(FORMER in line for line in after)
    assert any("a former colleague" in line for line in after)


def test_neither_the_file_nor_its_log_nor_a_backup_holds_a_byte_of_it(
    zoe: School, tmp_path: Path
) -> None:
    if zoe.database.engine.dialect.name != "sqlite":
        pytest.skip("the bytes of PostgreSQL are its server's")
    file = Path(zoe.database.engine.url.database or "")
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert MARK.encode() in file.read_bytes()
    erased(zoe)
    copy = tmp_path / "copy.sqlite3"
    backups.backup(f"sqlite:///{file}", copy)
    for each in (file, file.with_name(f"{file.name}-wal"), copy):
        held = each.read_bytes() if each.exists() else b""
        for mark in (MARK, "Müllerova", "M\\u00fcllerova", "zoë.", "zo\\u00eb."):
            assert mark.encode() not in held, f"{mark} in {each.name}"


def test_every_sealed_record_has_the_hash_of_what_it_says(zoe: School) -> None:
    erased(zoe)
    with zoe.database.read(zoe.network_id) as session:
        for row in session.scalars(select(Observation).where(Observation.state == "sealed")):
            assert row.state_hash == state_hash(fields.values(session, row.id))


def test_a_certificate_says_how_much_and_nothing_of_what(zoe: School) -> None:
    erased(zoe)
    table = Base.metadata.tables["erasure"]
    with zoe.database.read(zoe.network_id) as session:
        mine = table.c.network_id == zoe.network_id
        rows = session.execute(select(table).where(mine, table.c.at == AFTER)).all()
    assert [row.what for row in rows] == ["person"]
    counts = rows[0].counts
    assert counts["summary"] >= 1
    assert counts["name"] >= 20
    assert all(isinstance(number, int) for number in counts.values())
    assert "ller" not in json.dumps(counts)
    assert rows[0].washed_at == AFTER


def test_who_is_erased_cannot_sign_in_any_more(zoe: School) -> None:
    erased(zoe)
    with zoe.database.outside() as session:
        found = session.scalars(select(SignIn)).all()
    assert str(zoe["Zoe"].id) not in json.dumps([each.people for each in found])


def test_only_a_leaver_is_erased_by_somebody_else_who_types_the_name(zoe: School) -> None:
    with pytest.raises(Invalid, match="Type the name"):
        erased(zoe, typed="Zoe")
    with pytest.raises(Conflict, match="yourself"):
        erased(zoe, by=zoe["Zoe"])
    with zoe.database.write(zoe.network_id) as session, pytest.raises(Conflict, match="still here"):
        who = zoe["Helen"]
        erasing.erase(session, who.id, typed=who.name, secret=SECRET, by=zoe["Margaret"], at=AFTER)
    erased(zoe)
    with pytest.raises(Conflict, match="already"):
        erased(zoe, typed=FORMER)


def test_a_nickname_is_taken_out_too_where_it_is_given(zoe: School) -> None:
    with zoe.database.write(zoe.network_id) as session:
        row = session.get_one(Reflection, _reflection(zoe))
        row.missed = "Zozo waited; zozology did not."
    with zoe.database.read(zoe.network_id) as session:
        seen = erasing.look(session, zoe["Zoe"].id, ["Zozo"], by=zoe["Margaret"])
    assert dict(seen.mentions)["Zozo"] == 1
    assert dict(seen.mentions)[NAME] > 20
    erased(zoe, others=["Zozo"])
    with zoe.database.read(zoe.network_id) as session:
        told = everything(session)
    assert "a former colleague waited; zozology did not." in told


def _reflection(school: School) -> Any:
    table = Base.metadata.tables["reflection"]
    with school.database.read(school.network_id) as session:
        here = table.c.network_id == school.network_id
        found = session.execute(
            select(table.c.network_id, table.c.person_id, table.c.lesson_id).where(
                here, table.c.person_id == school["Helen"].id
            )
        ).one()
    return tuple(found)
