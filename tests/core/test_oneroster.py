"""OneRoster as it is published, and the sets and tables that come near it."""

from dataclasses import replace

import pytest

from observe.core import column_mapping
from observe.core.column_mapping import ColumnMapping
from observe.core.oneroster import SHAPES, role_of
from observe.core.oneroster_reading import Known
from observe.core.oneroster_rows import read_sent
from observe.core.oneroster_zip import open_package
from observe.core.permissions import RoleKind
from observe.core.roster import Choices, Kind, Mode, Sent, packed, unpacked
from observe.core.roster_deeds import Here
from observe.core.roster_difference import compare, is_many
from observe.core.table_file import read_table, text_of
from tests.oneroster_files import COLUMNS_1_1, COLUMNS_1_2, Set, a_set, written

PUBLISHED = {"1.1": COLUMNS_1_1, "1.2": COLUMNS_1_2}
ALL = Choices(RoleKind.HEAD, pupils=True)


def read(made: Set, choices: Choices = ALL) -> Sent:
    package = open_package(made.zipped(), file="set.zip")
    sent, faults = read_sent(package, choices, known=Known())
    assert faults == ()
    return sent


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_columns_are_the_published_ones_in_their_order(version: str) -> None:
    for name, shape in SHAPES[version].items():
        assert shape.columns == tuple(PUBLISHED[version][name].split()), name
        assert set(shape.needed) <= set(shape.columns)


def test_only_teachers_and_heads_of_schools_have_a_part() -> None:
    heads = {"administrator", "siteAdministrator", "principal"}
    words = (
        *PUBLISHED,
        "aide",
        "districtAdministrator",
        "systemAdministrator",
        "student",
        "parent",
    )
    assert [role_of(word, RoleKind.HEAD) for word in words] == [None] * len(words)
    assert {role_of(word, RoleKind.HEAD) for word in heads} == {RoleKind.HEAD}
    assert role_of("administrator", None) is None
    assert role_of("teacher", None) is RoleKind.TEACHER


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_was_read_is_the_same_after_it_has_waited(version: str) -> None:
    sent = read(a_set(version))
    assert unpacked(packed(sent)) == sent
    assert {row.kind for row in sent.rows} == set(Kind)
    assert set(sent.modes.values()) == {Mode.BULK}


def test_both_versions_say_the_same_of_the_same_schools() -> None:
    first, second = read(a_set("1.1")), read(a_set("1.2"))
    for kind in (Kind.SCHOOL, Kind.TEAM, Kind.CLASS, Kind.PERSON):
        assert first.of(kind) == second.of(kind)
    posts = [
        {(p.person, p.role, p.school, p.team) for p in s.of(Kind.POST)} for s in (first, second)
    ]
    assert posts[0] <= posts[1]


def test_names_of_pupils_are_by_class_and_nowhere_else() -> None:
    sent = read(a_set())
    assert sent.lists["c1"] == ("Maisie Owen", "Owen Price")
    assert "Maisie" not in repr(sent.rows)
    assert read(a_set(), replace(ALL, pupils=False)).lists == {}


def test_a_set_on_an_empty_network_is_all_new() -> None:
    found = compare(read(a_set()), Here(), oneself=None)
    assert not found.faults
    assert {str(change.effect) for change in found.changes} == {"new", "changed"}


@pytest.mark.parametrize(
    ("leaving", "known", "many"), [(4, 5, False), (5, 25, True), (5, 26, False), (9, 10, True)]
)
def test_five_and_a_fifth_are_many(leaving: int, known: int, many: bool) -> None:
    assert is_many(leaving, known) is many


@pytest.mark.parametrize(
    "content",
    [
        "Môr".encode(),
        "Môr".encode("utf-8-sig"),
        "Môr".encode("utf-16"),
        "Môr".encode("cp1252"),
    ],
)
def test_text_is_read_however_it_is_spelt(content: bytes) -> None:
    assert text_of(content) == "Môr"


def test_a_row_with_more_cells_than_columns_is_told_by_line() -> None:
    table = read_table(b"a,b\r\n1,2\r\n\r\n1,2,3\r\n", file="t.csv", most=10)
    assert [str(fault) for fault in table.faults] == [
        "t.csv, line 4: This row has 3 cells and the first row 2. "
        "Put a text that holds the separator in quotation marks."
    ]


def test_too_many_rows_are_not_read() -> None:
    (fault,) = read_table(b"a\r\n1\r\n2\r\n3\r\n", file="t.csv", most=2).faults
    assert "more than 2 rows" in fault.words


def test_columns_are_guessed_from_their_headings_and_what_was_chosen_stays() -> None:
    header = ("Staff code", "Forename", "Surname", "E-mail address", "Site", "Grade")
    found = column_mapping.guessed(header, ColumnMapping(columns={"role": "Grade", "team": "Gone"}))
    assert found.columns == {
        "role": "Grade",
        "number": "Staff code",
        "first": "Forename",
        "last": "Surname",
        "email": "E-mail address",
        "school": "Site",
    }


def test_a_teacher_of_a_school_in_two_teams_is_a_fault() -> None:
    rows = [
        ("name", "email", "role", "school", "team"),
        ("Nia Bevan", "n@dales.example", "teacher", "Môr", "Lower"),
        ("Nia Bevan", "n@dales.example", "teacher", "Môr", "Upper"),
    ]
    table = read_table(written(rows), file="staff.csv", most=10)
    _, faults = column_mapping.read_people(
        table, column_mapping.guessed(table.header, ColumnMapping())
    )
    assert [fault.line for fault in faults] == [3]
    assert "A teacher is in one team of a school" in faults[0].words
