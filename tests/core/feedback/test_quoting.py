from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.feedback.quoting import Quotation, clause, ended, filled, quotation
from observe.core.rubric import LessonKind

TYPED = [
    ("four questions answered by the same three.", "“Four questions answered by the same three”."),
    ("“It’s nearer.” T: “Who can build on that?”", "“‘It’s nearer.’ T: ‘Who can build on that?’”."),
    (
        "- chn w/ partner\n- books open & quiet...",
        "“Children with partner; books open and quiet …”.",
    ),
    ('5" ruler used', "“5″ ruler used”."),
    ('asks "why', "“Asks ‘why’”."),
    ("y = mx + c on board", "“y = mx + c on board”."),
    ("iPads out", "“iPads out”."),
    ("He said 'don't' twice", "“He said ‘don’t’ twice”."),
    ("Waits...  then picks", "“Waits … then picks”."),
    ("{evidence} on board", "“{evidence} on board”."),
    ("10:14 - pens down", "“Pens down”."),
    ("« Pourquoi ? » twice;", "“‘ Pourquoi ? ’ twice”."),
]


def told(text: str, speaker: str | None = None) -> str:
    quoted = quotation("n", text, at=time(10, 14), speaker=speaker)
    assert quoted is not None
    return filled("We saw this: {evidence}.", clause([quoted]))


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_a_note_is_quoted_so_that_the_sentence_stays_whole(typed: str, expected: str) -> None:
    assert told(typed) == f"We saw this: at 10:14, {expected}"


@pytest.mark.parametrize("typed", ["Who can build on that?", '"Who can build on that?"'])
def test_what_the_teacher_asked_is_told_as_asked(typed: str) -> None:
    assert told(typed, "T") == "We saw this: at 10:14 you asked, “Who can build on that?”"


def test_a_speaker_who_was_typed_counts_as_one() -> None:
    assert told('P1: "it is nearer"') == "We saw this: at 10:14 a pupil said, “It is nearer”."


def test_what_was_not_clearly_spoken_is_nobodys_speech() -> None:
    assert told("circulates while pupils write", "T").startswith("We saw this: at 10:14, “Circ")


@pytest.mark.parametrize("typed", ["", "  \n ", "...", "??", "—", "T:", "\u200b"])
def test_a_note_without_a_word_is_not_quoted(typed: str) -> None:
    quoted = quotation("n", typed, at=None, speaker=None)
    assert quoted is None or quoted.words == "T"


def test_a_long_note_ends_at_a_sentence_or_with_an_ellipsis() -> None:
    assert told("Pens down. " + "word " * 60) == "We saw this: at 10:14, “Pens down”."
    assert told("word " * 60).endswith("word …”.")


def test_two_notes_of_one_minute_share_their_time() -> None:
    first, second = (Quotation(id, id, time(9, 5)) for id in ("One", "Two"))
    assert clause([first, second]) == "at 9:05, “One” and “Two”"


def test_notes_of_two_minutes_each_have_their_own() -> None:
    first, second = Quotation("1", "One", time(9, 5)), Quotation("2", "Why?", time(9, 7), "P")
    assert clause([first, second]) == "at 9:05, “One”, and at 9:07 a pupil asked, “Why?”"


def test_in_a_talk_the_leader_is_addressed_and_no_pupil_speaks() -> None:
    talk = LessonKind.FEEDBACK_TALK
    first = Quotation("1", "I waited", time(9, 5), "T", talk)
    second = Quotation("2", "Why?", time(9, 7), "P", talk)
    assert (
        clause([first, second])
        == "at 9:05 the teacher said, “I waited”, and at 9:07 you asked, “Why?”"
    )


def test_a_note_without_a_time_is_in_our_notes() -> None:
    assert clause([Quotation("1", "One")], our="my") == "in my notes, “One”"


def test_evidence_at_the_beginning_of_a_sentence_is_capitalised() -> None:
    assert filled("{evidence} showed it", "at 10:14, “A”") == "At 10:14, “A” showed it."


def test_a_sentence_has_exactly_one_end() -> None:
    assert [ended(text) for text in ("So", "So.", "So?", "So,", "“So?”.")] == [
        *("So.", "So.", "So?", "So.", "“So?”"),
    ]


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from(["T", "P", None]))
def test_whatever_is_typed_the_sentence_has_one_line_and_pairs_of_marks(
    typed: str, speaker: str | None
) -> None:
    quoted = quotation("n", typed, at=time(10, 14), speaker=speaker)
    if quoted is None:
        return
    sentence = filled("We saw this: {evidence}.", clause([quoted]))
    assert sentence.count("“") == sentence.count("”") == 1
    assert "  " not in sentence
    assert "\n" not in sentence
    assert sentence[-1] in ".?!”"


@settings(deadline=None)
@given(st.text(alphabet="ab \"'“”«».,!?…", max_size=60))
def test_marks_inside_a_quotation_are_single(typed: str) -> None:
    quoted = quotation("n", typed, at=None, speaker=None)
    assert quoted is None or not set(quoted.words) & set('"“”«»')
