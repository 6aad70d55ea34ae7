"""Notes as they are typed in a hurry, and what a draft makes of them."""

from datetime import time

import pytest

from observe.core.feedback.bare import points_elsewhere
from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Part
from observe.core.feedback.phrasing import phrase_for
from observe.core.feedback.pupil_names import without_names
from observe.core.feedback.quoting import Quotation, clause, quotation, told_in
from observe.core.feedback.untold import Discretion
from observe.core.rubric import Phrase
from tests.core.feedback.school import criterion

AT = time(10, 39)


def said(note: str) -> str:
    told = quotation("n", note, at=AT, speaker=None)
    assert told
    return clause([told])


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("T: Why not? [9 secs] P: Nobody asked.", "you asked, “Why not?”, and a pupil said, “Nobody asked”"),
        ("hw not looked at", "we noted “Homework not looked at”"),
        ("q comes bk at end of pg", "we noted “Question comes back at end of page”"),
        ("asks chn what they r doing", "we noted “Asks pupils what they are doing”"),
        ("notes T's words", "we noted “Notes teacher’s words”"),
        ("reads bk aloud", "we noted “Reads book aloud”"),
        ("wrong on purpose; P: 'go next door first'", "we noted “Wrong on purpose; a pupil: ‘go next door first’”"),
        ("both look @ 2 bks", "we noted “Both look at 2 books”"),
    ],
)  # fmt: skip
def test_shorthand_is_told_in_whole_words(note: str, told: str) -> None:
    assert said(note) == f"at 10:39 {told}"


def test_a_minute_is_told_once_for_what_was_noted_and_said_in_it() -> None:
    noted, heard = Quotation("a", "Waits", AT), Quotation("b", "Why?", AT, "T")
    assert clause([noted, heard]) == "at 10:39 we noted “Waits”, and you asked, “Why?”"


def test_a_second_sentence_on_the_same_minute_does_not_tell_it_again() -> None:
    told = [Quotation(each, " ".join([each] * 18), AT) for each in ("one", "two")]
    assert told_in("This helped: {evidence}.", told, we="we")[1].startswith("We also noted “two")


@pytest.mark.parametrize("note", ["Same – 6 heard", "ditto", "As above", "same here"])
def test_a_note_that_points_at_another_is_not_quoted(note: str) -> None:
    assert points_elsewhere(note)


@pytest.mark.parametrize(
    "note", ["Same hands. No wait", "Same three answer", "Dittos on the board"]
)
def test_a_note_that_begins_so_and_goes_on_tells_something(note: str) -> None:
    assert not points_elsewhere(note)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Then Ellie M sits out", "Then one pupil sits out"),
        ("Then Ellie T sits out", "Then one pupil T sits out"),
        ("'Thank you Ellie' at the door", "'Thank you …' at the door"),
    ],
)
def test_no_rest_of_a_name_is_left(note: str, told: str) -> None:
    assert without_names(note, ("Ellie Marsh",)) == told


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Waits ten seconds each time, pace drops", "Choose one moment and plan it."),
        ("Does not wait", "Wait three seconds before you take an answer."),
        ("Waits only one second", "Wait three seconds before you take an answer."),
    ],
)
def test_what_is_done_already_is_not_proposed(note: str, text: str) -> None:
    phrases = (
        Phrase("Choose one moment and plan it."),
        Phrase("Wait three seconds before you take an answer."),
        Phrase("Let pairs talk."),
    )
    candidate = Candidate(criterion("wait", "Time", next_steps=phrases), Part.NEXT_STEP, ())
    chosen = phrase_for(
        candidate, [Quotation("n", note)], lesson_id="l", aim="", keeps=Discretion(graded=True)
    )
    assert chosen.text == text
