"""The export of everything holds what a network owns, in open formats, and nothing that is private or hides."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest

from observe.core.permissions import RoleKind
from observe.services import network_export
from observe.storage.network_rows import LEFT_OUT, SECRET, VEILED
from observe.storage.tables import Base
from observe.storage.tables.rubrics import RubricVersion
from observe.storage.tenancy import tenants_tables
from tests.coaching import coached
from tests.factories import NOW, School, a_lesson, a_network, a_person
from tests.letters import read
from tests.planting import MARK, Planter
from tests.rounds import leading
from tests.talks import Noted, a_talk, begun, recorded, same, seal

NOTES = [Noted("ZEBRAFINCH in the corner"), Noted("QUETZALCOATL alone", private=True)]


def exported(school: School) -> ZipFile:
    file = BytesIO()
    with school.database.read(school.network_id) as session:
        network_export.write(session, file, at=NOW)
    return ZipFile(file)


def rows(packed: ZipFile, table: str) -> list[dict[str, Any]]:
    lines = packed.read(f"tables/{table}.jsonl").decode().splitlines()
    return [json.loads(line) for line in lines]


def everything(packed: ZipFile) -> str:
    return "".join(packed.read(name).decode() for name in packed.namelist())


def test_each_table_is_there_twice_with_a_description_or_said_to_be_left_out(
    school: School,
) -> None:
    read(school)
    packed = exported(school)
    schema = json.loads(packed.read("schema.json"))
    for table in tenants_tables():
        if table.name in LEFT_OUT:
            assert f"tables/{table.name}.csv" not in packed.namelist()
            assert f"- {table.name}: " in packed.read("README.txt").decode()
            continue
        told = rows(packed, table.name)
        lines = list(csv.reader(StringIO(packed.read(f"tables/{table.name}.csv").decode())))
        assert lines[0] == list(schema["tables"][table.name]["columns"])
        assert len(lines) - 1 == len(told)
    assert {each["name"] for each in rows(packed, "person")} == {
        each.name for each in school.people.values()
    }
    assert rows(packed, "summary_version")[0]["letter"]["lines"]
    assert schema["tables"]["role"]["leads_to"]["person_id"] == "person.id"


def test_what_is_named_as_left_out_is_there() -> None:
    known = Base.metadata.tables
    assert set(LEFT_OUT) | set(SECRET) | set(VEILED) <= set(known)
    for table, columns in [*SECRET.items(), *((name, each) for name, (_, each) in VEILED.items())]:
        assert set(columns) <= set(known[table].columns.keys()), table
    secrets = {
        (table.name, column.name)
        for table in tenants_tables()
        for column in table.columns
        if column.name.endswith("_hash") and table.name not in LEFT_OUT
    }
    assert secrets <= {(table, name) for table, names in SECRET.items() for name in names}


def test_nothing_private_is_in_it(school: School) -> None:
    zoe = a_person(school, "Zoë Müllerova", RoleKind.TEACHER)
    with school.database.write(school.network_id) as session:
        Planter(session, zoe.id, zoe.name, own=True).plant()
    coached(school)
    leading(school)
    told = everything(exported(school))
    for table in LEFT_OUT:
        assert f"{MARK}-{table}-" not in told, table
    for place in ("outbox-body", "summary_comment-nothing", "leadership_round-told"):
        assert f"{MARK}-{place}" not in told
    assert f"{MARK}-reply-text" in told
    assert "leadership asked" not in told


def test_a_record_is_in_it_once_it_is_open_without_private_notes(school: School) -> None:
    lesson = a_lesson(school)
    with school.database.write(school.network_id) as session:
        for who, observation_id in lesson.observations.items():
            begun(session, observation_id)
            recorded(session, observation_id, same(), NOTES if who == "Sion" else [])
        seal(session, lesson, "Sion")
    before = exported(school)
    assert "ZEBRAFINCH" not in everything(before)
    assert rows(before, "record_field") == []
    assert {each["state"] for each in rows(before, "observation")} == {None}
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Ruth")
    after = exported(school)
    assert "ZEBRAFINCH" in everything(after)
    assert "QUETZALCOATL" not in everything(after)
    assert {each["state"] for each in rows(after, "observation")} == {"sealed"}


@pytest.mark.parametrize("graded", [True, False])
def test_levels_leave_only_by_a_rubric_with_grades(school: School, graded: bool) -> None:
    with school.database.write(school.network_id) as session:
        rubric = session.get_one(
            RubricVersion, (school.network_id, school.rubrics["teaching-framework"])
        )
        rubric.graded = graded
    a_talk(school, {"Sion": same(), "Ruth": same()})
    packed = exported(school)
    levels = [each["level_a"] for each in rows(packed, "paired_rating")]
    fields = [each["field"] for each in rows(packed, "record_field")]
    assert levels
    assert all((level is not None) == graded for level in levels)
    assert any(field.startswith("rating/") for field in fields) == graded


def test_nothing_of_another_network_is_in_it(school: School) -> None:
    other = a_network(school.database, name="Elsewhere")
    told = everything(exported(school))
    assert str(other["Sion"].id) not in told
    assert "Elsewhere" not in told


def test_a_spreadsheet_takes_no_text_for_a_formula(school: School) -> None:
    a_person(school, "=HYPERLINK(1)", RoleKind.TEACHER)
    packed = exported(school)
    assert "'=HYPERLINK(1)" in packed.read("tables/person.csv").decode()
    assert any(each["name"] == "=HYPERLINK(1)" for each in rows(packed, "person"))
