"""How somebody is named, and what stands there afterwards."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.erasing import IN_TEXT, spellings
from observe.core.operations import Kind
from observe.core.record_words import emptied, frame_alone, private_notes, without_words

CATRIN = spellings(["Catrin Môr-O’Dea"], ["catrin@school.example"], ["Cat", "CM", "Will"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Catrin Môr-O’Dea asked", "{} asked"),
        ("as CATRIN  MOR-O'DEA's class", "as {}'s class"),
        ("Mrs. Catrin Mo\u0302r-O'Dea said", "{} said"),
        ("Ms Môr-O'Dea and Dr Môr\u2011O’Dea", "{} and {}"),
        ("write to Catrin@School.example.", "write to {}."),
        ("Cat (CM) waited", "{} ({}) waited"),
        ("a cat will concatenate Catrina", None),
        ("Môr-O’Dea alone may be another", None),
    ],
)
def test_a_name_goes_in_every_spelling_and_nothing_like_it(before: str, after: str | None) -> None:
    told = CATRIN.scrubbed(before)
    assert told == (before if after is None else after.format(IN_TEXT, IN_TEXT))


def test_a_name_goes_from_whatever_lies_in_json() -> None:
    told = {"Cat": ["by CM", 3, None, {"to": "catrin@school.example"}], "level": 2}
    assert CATRIN.scrubbed(told) == {
        IN_TEXT: [f"by {IN_TEXT}", 3, None, {"to": IN_TEXT}],
        "level": 2,
    }
    untouched = ["nobody", {"level": 2}]
    assert CATRIN.scrubbed(untouched) is untouched


@given(st.text(), st.text(), st.booleans())
def test_what_is_not_read_for_a_name_holds_none(before: str, after: str, ascii_: bool) -> None:
    for name in ("Catrin Môr-O’Dea", "Cat", "catrin@school.example"):
        spelled = json.dumps(f"{before} {name} {after}", ensure_ascii=ascii_)
        assert CATRIN.may_stand_in(spelled)


def test_nobody_at_all_is_named_by_no_name() -> None:
    nobody = spellings([], [], [])
    assert nobody.scrubbed("Anybody, anywhere") == "Anybody, anywhere"


def test_words_go_from_a_record_and_levels_codes_and_marks_stay() -> None:
    for field in ("note/n1/text", "context/room", "rating/told/whole"):
        assert emptied(field, "What was seen", {"told"}) == ""
    kept = (("rating/told/whole", "not_seen"), ("rating/asked/whole", 3), ("note/n1/mark", "+"))
    for field, value in (*kept, ("rating/seating/whole", "rows"), ("clock/started", "2026-11-21")):
        assert emptied(field, value, {"told"}) == value


def test_an_operation_keeps_its_frame_and_says_nothing() -> None:
    sent = {
        "op_id": "1",
        "kind": Kind.SET.value,
        "field": "note/n1/text",
        "value": "x",
        "more": "x",
    }
    assert without_words(sent, ()) == {
        "op_id": "1",
        "kind": "set",
        "field": "note/n1/text",
        "value": "",
    }
    withdrawn = {"op_id": "2", "kind": "withdraw", "value": {"reason": "x"}}
    assert without_words(withdrawn, ())["value"] == {"reason": ""}
    assert frame_alone(sent) == {"op_id": "1", "kind": "set"}


def test_a_note_that_was_private_for_a_moment_is_private() -> None:
    told = [("note/a/private", True), ("note/a/private", False), ("note/b/private", False)]
    assert private_notes([*told, ("note/c/safeguarding", True), ("rating/x/whole", True)]) == {
        "a",
        "c",
    }
