from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.feedback.quoting import Quotation, clause, ended, filled, quotation
from observe.core.rubric import LessonKind

TYPED = [
    ("four questions answered by the same three.", "“Four questions answered by the same three”."),
    ("“It’s nearer.” T: “Who can build on that?”", "“‘It’s nearer.’ T: ‘Who can build on that?’”"),
    ("- chn w/ partner\n- books open & quiet...", "“Pupils with partner; books open and quiet …”."),
    ('5" ruler used', "“5″ ruler used”."),
    ('asks "why', "“Asks ‘why’”."),
    ("y = mx + c on board", "“y = mx + c on board”."),
    ("iPads out", "“iPads out”."),
    ("He said 'don't' twice", "“He said ‘don’t’ twice”."),
    ("Waits...  then picks", "“Waits … then picks”."),
    ("{evidence} on board", "“(evidence) on board”."),
    ("10:14 - pens down", "“Pens down”."),
    ("« Pourquoi ? » twice;", "“‘Pourquoi?’ twice”."),
    ("WHOLE CLASS UP IN 5 SECS, TA READY!!!", "“Whole class up in 5 secs, TA ready!”"),
    ("waits . nobody answers: ", "“Waits. Nobody answers”."),
    ("T asks why , b/c unclear —", "“Teacher asks why, because unclear”."),
    ("gives 3 e.g. two halves", "“Gives 3 e.g. two halves”."),
    ("great 👍🏽 talk \u202e\x07(pairs", "“Great talk (pairs”."),
    ('puts it up - "what now?"', "“Puts it up – ‘what now?’”"),
    ("‘half a quotation", "“Half a quotation”."),
    ("'why?' x3", "“‘Why?’ x3”."),
    ("t asks q's on wbs, P answers 4", "“Teacher asks questions on whiteboards, pupil answers 4”."),
    ("مرحبا يا أصدقاء", "“مرحبا يا أصدقاء”."),
]
SPOKEN = [
    ("Who can build on that?", "T", "you asked, “Who can build on that?”"),
    ('"Who can build on that?"', "T", "you asked, “Who can build on that?”"),
    ("No, anybody else", "T", "you said, “No, anybody else”."),
    ('P1: "it is nearer"', None, "a pupil said, “It is nearer”."),
    ("T: pens down, eyes here", None, "you said, “Pens down, eyes here”."),
    ("T: why? P: cos it’s odd.", None, "you asked, “Why?”, and a pupil said, “Cos it’s odd”."),
    ("T: 3 + 4? P: 7! T: Good. P: yes", None, "you asked, “3 + 4?”, and a pupil said, “7!”"),
    ("why? P: cos it’s odd.", "T", "you asked, “Why?”, and a pupil said, “Cos it’s odd”."),
]
NOT_SPOKEN = [
    ("circulates while pupils write", "T"),
    ("Asks who agrees?", "T"),
    ("‘Brave try’ to a wrong answer", "T"),
    ("T: listens to a pupil", None),
]


def told(text: str, speaker: str | None = None) -> str:
    quoted = quotation("n", text, at=time(10, 14), speaker=speaker)
    assert quoted is not None
    return filled("We saw this: {evidence}.", [quoted])


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_a_note_is_quoted_so_that_the_sentence_stays_whole(typed: str, expected: str) -> None:
    assert told(typed) == f"We saw this: at 10:14 we noted {expected}"


@pytest.mark.parametrize(("typed", "speaker", "expected"), SPOKEN)
def test_what_was_said_is_told_as_said(typed: str, speaker: str | None, expected: str) -> None:
    assert told(typed, speaker) == f"We saw this: at 10:14 {expected}"


@pytest.mark.parametrize(("typed", "speaker"), NOT_SPOKEN)
def test_what_was_not_clearly_spoken_is_nobodys_speech(typed: str, speaker: str | None) -> None:
    assert told(typed, speaker).startswith("We saw this: at 10:14 we noted “")


@pytest.mark.parametrize(
    "typed", ["", "  \n ", "...", "??", "—", "\u200b", "👍👍", "3", "27/30", "✓"]
)
def test_a_note_without_a_word_is_not_quoted(typed: str) -> None:
    assert quotation("n", typed, at=None, speaker=None) is None


def test_a_long_note_ends_at_a_sentence_or_a_comma_or_with_an_ellipsis() -> None:
    assert told("Pens down. " + "word " * 60) == "We saw this: at 10:14 we noted “Pens down”."
    assert told("word " * 60).endswith("word …”.")
    assert told("word " * 9 + "end, " + "more " * 60).endswith("end …”.")


def test_two_notes_of_one_minute_share_their_time() -> None:
    first, second = (Quotation(id, id, time(9, 5)) for id in ("One", "Two"))
    assert clause([first, second]) == "at 9:05 we noted “One” and “Two”"


def test_notes_of_two_minutes_each_have_their_own() -> None:
    first, second = Quotation("1", "One", time(9, 5)), Quotation("2", "Why?", time(9, 7), "P")
    assert clause([first, second]) == "at 9:05 we noted “One”, and at 9:07 a pupil asked, “Why?”"


def test_in_a_talk_the_leader_is_addressed_and_no_pupil_speaks() -> None:
    talk = LessonKind.FEEDBACK_TALK
    first = Quotation("1", "I waited", time(9, 5), "T", talk)
    second = Quotation("2", "Why?", time(9, 7), "P", talk)
    assert (
        clause([first, second])
        == "at 9:05 the teacher said, “I waited”, and at 9:07 you asked, “Why?”"
    )


@pytest.mark.parametrize(
    ("minute", "expected"),
    [(None, "I noted"), (0, "at the start I noted"), (1, "after one minute I noted"),
     (14, "after 14 minutes I noted")],
)  # fmt: skip
def test_without_a_time_of_day_the_minutes_are_told(minute: int | None, expected: str) -> None:
    assert clause([Quotation("1", "One", minute=minute)], we="I") == f"{expected} “One”"


def test_what_another_line_quotes_is_not_quoted_twice() -> None:
    again = Quotation("1", "One", time(9, 5), again=True)
    assert filled("Pupils think: {evidence}.", [again]) == (
        "Pupils think: what we noted at 9:05 shows this as well."
    )


PLACES = [
    ("{evidence} showed it", "What we noted at 10:14, “A”, showed it."),
    ("{evidence}.", "At 10:14 we noted “A”."),
    ("because of {evidence} pupils spoke", "Because of what we noted at 10:14, “A”, pupils spoke."),
    ("You made a {evidence}", "You made what we noted at 10:14, “A”."),
    ("It helped when {evidence}", "It helped when at 10:14 we noted “A”."),
    ("This worked: {evidence}, and well", "This worked: at 10:14 we noted “A”, and well."),
    ("This worked ({evidence}).", "This worked (at 10:14 we noted “A”)."),
]


@pytest.mark.parametrize(("phrase", "expected"), PLACES)
def test_evidence_fits_wherever_a_rubric_puts_it(phrase: str, expected: str) -> None:
    assert filled(phrase, [Quotation("1", "A", time(10, 14))]) == expected


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
    sentence = filled("We saw this: {evidence}.", [quoted])
    assert sentence.count("“") == sentence.count("”") == 1 + len(quoted.replies)
    assert "  " not in sentence
    assert "\n" not in sentence
    assert sentence[-1] in ".?!”"


@settings(deadline=None)
@given(st.text(alphabet="ab \"'“”«».,!?…", max_size=60))
def test_marks_inside_a_quotation_are_single(typed: str) -> None:
    quoted = quotation("n", typed, at=None, speaker=None)
    assert quoted is None or not set(quoted.words) & set('"“”«»')
