import pytest

from observe.core.feedback.checks import Context, Kind, blocking, check, kinds_of
from observe.core.feedback.days import says_when
from observe.core.feedback.facts import Part
from observe.core.feedback.plain_letter import read_plain
from observe.core.feedback.proposals import proposes

LETTER = """Dear Rose,

Thank you for having me.

By 9:05 all had begun. You could give out the sheets first. That saves time.

What do you think?

Best wishes,
Grace
"""
HEADED = """What worked
- At 9:05 all had begun.
- At 9:20 you asked "Why?"

Next steps
1. Give out the sheets first.

Target: a quiet start by Friday.

Question
What do you think?
"""


def parts(text: str) -> list[tuple[Part, str]]:
    return [(placed.line.part, placed.line.text) for placed in read_plain(text).lines]


def found(text: str, **context: object) -> list[Kind]:
    letter = read_plain(text)
    told = Context(graded=False, staff=letter.staff, linked=False, **context)  # type: ignore[arg-type]
    return [one.kind for one in check([placed.line for placed in letter.lines], told)]


def test_without_headings_the_words_say_what_a_sentence_is_for() -> None:
    assert parts(LETTER)[1:-2] == [
        (Part.OPENING, "Thank you for having me."),
        (Part.STRENGTH, "By 9:05 all had begun."),
        (Part.NEXT_STEP, "You could give out the sheets first. That saves time."),
        (Part.QUESTION, "What do you think?"),
    ]


def test_headings_say_what_follows_and_a_label_what_its_paragraph_is() -> None:
    assert [part for part, _ in parts(HEADED)] == [
        Part.STRENGTH,
        Part.STRENGTH,
        Part.NEXT_STEP,
        Part.TARGET,
        Part.QUESTION,
    ]


def test_a_line_says_where_it_begins() -> None:
    for text in (LETTER, HEADED):
        for placed in read_plain(text).lines:
            assert text[placed.start :].startswith(placed.line.text)


def test_who_is_greeted_and_who_signs_is_no_pupil() -> None:
    assert Kind.PUPIL_NAMED not in found(LETTER, pupils=("Rose Lee", "Grace May"))
    third = LETTER.replace("By 9:05 all had begun", "At 9:05 you asked Rose why")
    assert Kind.PUPIL_NAMED in found(third, pupils=("Rose Lee", "Grace May"))


def test_a_letter_that_proposes_nothing_has_no_next_step_and_no_target_to_date() -> None:
    assert found("By 9:05 all had begun. Thank you.") == [Kind.NO_NEXT_STEP]


def test_a_target_needs_a_day_and_a_plan_to_meet_gives_it_one() -> None:
    step = "By 9:05 all had begun. Try giving out the sheets first."
    assert found(step) == [Kind.TARGET_NO_DATE]
    assert found(f"{step}\n\nLet's look at it again on 9 December.") == []


@pytest.mark.parametrize(
    "text",
    ["by 12 December", "before half term", "by the end of next week", "on Tuesday 3rd", "w/b 8 Dec",
     "by Friday", "in our meeting on 4/12", "2026-12-11", "within two weeks", "in three weeks’ time", "from Monday",
     "until Christmas", "in May", "by the 5th", "Thursday’s lesson", "the first week back"],
)  # fmt: skip
def test_a_day_or_week_ahead_says_when(text: str) -> None:
    assert says_when(text)


@pytest.mark.parametrize(
    "text",
    ["soon", "next time", "over the coming weeks", "in the future", "at 10:12", "in Year 5", "it may help",
     "as you did on 12 November", "every week", "for five minutes", "by the end of the lesson", "on Mondays",
     "3/4 of the class", "when you can", "from now on"],
)  # fmt: skip
def test_a_vague_time_or_a_day_gone_by_does_not(text: str) -> None:
    assert not says_when(text)


def test_what_is_proposed_is_told_from_what_was_seen() -> None:
    assert proposes("Try waiting for five seconds.")
    assert proposes("I wonder whether you might begin later.")
    assert not proposes("Pupils tried to wait.")
    assert not proposes("At 9:10 you asked, “Could you try again?”")
    assert not proposes("Keep up the good work.")


def test_a_network_makes_kinds_blocking() -> None:
    lines = [placed.line for placed in read_plain("You asked Zoe at 9:10.").lines]
    findings = check(lines, Context(graded=True, pupils=("Zoe",), linked=False))
    assert [one.kind for one in blocking(findings, kinds_of(["pupil_named", "unknown"]))] == [
        Kind.PUPIL_NAMED
    ]
    assert blocking(findings, kinds_of([])) == ()
