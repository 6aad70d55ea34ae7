"""Tables as schools paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.pasted_table import MOST_LINES, read_table
from observe.core.permissions import RoleKind

ADA = "Ada Obi;ada@thornbeck.example;head;Thornbeck"


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_cells_are_kept_apart_by_tabs_semicolons_or_commas(separator: str) -> None:
    text = f"name;email;role;school\n{ADA}".replace(";", separator)
    (line,) = read_table(text).lines
    assert (line.name, line.role, line.school) == ("Ada Obi", RoleKind.HEAD, "Thornbeck")


@pytest.mark.parametrize(
    "header",
    [
        "Full name;E-Mail Address;Job title;School name",
        "NAME ;e-mail;Position*;Academy",
        "\ufeffName;EMAIL;Role:;Site",
    ],
)
def test_columns_are_known_by_their_common_names(header: str) -> None:
    (line,) = read_table(f"{header}\n{ADA}").lines
    assert (line.email, line.role, line.school) == (
        "ada@thornbeck.example",
        RoleKind.HEAD,
        "Thornbeck",
    )


def test_a_name_may_stand_in_two_columns() -> None:
    (line,) = read_table("Surname,First name,email,role\nObi,Ada,a@b.example,facilitator").lines
    assert line.name == "Ada Obi"


def test_columns_that_are_not_used_are_named() -> None:
    assert read_table("name,email,room\nAda,a@b.example,7").unused == ("room",)


def test_lines_are_counted_with_the_header_and_empty_ones() -> None:
    table = read_table("name,email\n\n , \nAda,a@b.example\n")
    assert [line.number for line in table.lines] == [4]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Ada Obi,,head,Thornbeck,", "Add the e-mail address of Ada Obi"),
        (",a@b.example,head,Thornbeck,", "Enter the name"),
        ("Ada,ada at b,head,Thornbeck,", "“ada at b” is not an e-mail"),
        ("Ada,a@b.example,wizard,Thornbeck,", "“wizard” is not a role here"),
        ("Ada,a@b.example,head,,", "Add the school: this role"),
        ("Ada,a@b.example,leader,Thornbeck,", "Add the team"),
        ("Ada,a@b.example,head,,Upper", "Add the school that “Upper”"),
        (",,head,Thornbeck,", "Say who has this role"),
        ("Obi, Ada,a@b.example,head,Thornbeck,Upper", "6 cells and the first row 5"),
        ('"Ada,a@b.example,head\nBen,b@b.example,head', "quotation mark"),
        (f"{'x' * 121},a@b.example,head,Thornbeck,", "at most 120"),
    ],
)
def test_a_fault_says_what_to_do_about_it(line: str, says: str) -> None:
    (read,) = read_table(f"name,email,role,school,team\n{line}").lines
    assert any(says in fault for fault in read.faults), read.faults


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Paste a table"),
        ("Ada Obi,a@b.example,head", "must name the columns"),
        ("name,email", "nothing under the first row"),
        ("name,email,E-mail\nAda,a@b.example,x", "Two columns look like"),
        ("name,email\n" + "Ada,a@b.example\n" * (MOST_LINES + 1), "at most 2000 lines"),
        ("name,email\n" + "x" * 500_000, "at most 2000 lines"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, says: str) -> None:
    table = read_table(text)
    assert says in table.fault
    assert not table.lines


@given(st.text())
def test_no_paste_breaks_the_reader(text: str) -> None:
    read_table(text)
    read_table("name,email,role,school,team,class\n" + text)
