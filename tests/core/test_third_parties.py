"""In words that somebody is given, nobody else is named."""

import pytest

from observe.core.third_parties import others

NAMED = (
    ("Ruth Adeyemi", "an adviser"),
    ("Siôn Prydderch", "a head"),
    ("Helen Marsh", "a team leader"),
    ("Will O’Brien-Jones", "a teacher"),
    ("Dafydd Rees", "a pupil"),
)
LEFT_OUT = others(NAMED, ("Catrin Morley", "catrin@school.example"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ruth Adeyemi sat at the back.", "an adviser sat at the back."),
        ("I agree with Ruth's view.", "I agree with an adviser's view."),
        ("SION  PRYDDERCH, then sion prydderch", "a head, then a head"),
        ("Mrs Marsh and Mrs. Marsh", "a team leader and a team leader"),
        ("the marsh behind the school, and Marsh", "the marsh behind the school, and Marsh"),
        ("Mr Will O'Brien\u2011Jones spoke", "a teacher spoke"),
        ("will you try this?", "will you try this?"),
        ("Will O’Brien-Jones’s class", "a teacher’s class"),
        ("Dafydd answered at once", "a pupil answered at once"),
        ("Catrin Morley said so herself", "Catrin Morley said so herself"),
        ("write to ruth@school.example", "write to (an e-mail address)"),
        ("write to Catrin@school.example", "write to Catrin@school.example"),
        ("Nobody is named here: 3a, 10:05.", "Nobody is named here: 3a, 10:05."),
    ],
)
def test_others_are_named_by_what_they_are(text: str, told: str) -> None:
    assert LEFT_OUT.left_out(text) == told


def test_names_are_left_out_of_whatever_holds_words() -> None:
    held = {"plan": ["Ask Ruth", 3, None], "shared": True}
    assert LEFT_OUT.left_out(held) == {"plan": ["Ask an adviser", 3, None], "shared": True}


def test_a_namesake_of_the_person_stays() -> None:
    same = others([("Catrin Morley", "a teacher"), ("Catrin Bevan", "a head")], ["Catrin Morley"])
    assert same.left_out("Catrin Morley asked Catrin Bevan.") == "Catrin Morley asked a head."
    assert same.left_out("Catrin asked.") == "Catrin asked."
