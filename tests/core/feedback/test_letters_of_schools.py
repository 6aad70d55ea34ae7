"""What a leader's letter holds besides claims: titles, thanks, farewells, steps, verdicts, pupils."""

import pytest

from observe.core.feedback import claims, grade_words, person_labels, praise
from observe.core.feedback.facts import Part
from observe.core.feedback.names import named
from observe.core.feedback.plain_letter import read_plain
from observe.core.feedback.proposals import proposes

PUPILS = ("Rose Tanner", "Daisy Frith", "Jack Rudd", "Bill Yates", "Tadhg Byrne", "May Chen")


@pytest.mark.parametrize(
    "title",
    [
        "Y2 – Great Fire of London",
        "Pupil premium learning walk, feedback to Year 9 tutor team",
        "Year 10 Food – practical assessment run-through",
    ],
)
def test_a_title_is_no_claim(title: str) -> None:
    letter = read_plain(f"{title}\n\nAt 10:15 sixteen put a finger on the line.\n")
    assert letter.lines[0].line.part is Part.OPENING


def test_a_text_of_one_row_is_no_title() -> None:
    assert read_plain("Questioning, on the whole, is weak").lines[0].line.part is Part.STRENGTH


@pytest.mark.parametrize("farewell", ["All best,", "With much respect,", "In friendship,"])
def test_a_farewell_tells_nothing_of_the_lesson(farewell: str) -> None:
    letter = read_plain(f"Dear Ros,\n\nAt 9:05 all sat.\n\n{farewell}\nMartin\n")
    told = [placed.line.part for placed in letter.lines if farewell in placed.line.text]
    assert told == [Part.OPENING]


@pytest.mark.parametrize(
    "sentence",
    [
        "Really enjoyed Year 9 circuits today, thanks.",
        "First, thanks for letting your class be the guinea pig.",
        "Good things first!",
    ],
)
def test_thanks_and_openings_claim_nothing(sentence: str) -> None:
    assert not claims.is_claim(sentence)


@pytest.mark.parametrize(
    "step",
    [
        "A copy each, or a big one on their table, would sort that.",
        "Please do it for Tuesday's write.",
        "I'd put all readings into one table.",
        "We'd like every teacher to look for reversed digits.",
        "Can you act out one exchange before they write?",
        "If I may suggest one thing, it is a moment at the end.",
        "There is room for a bit more fun.",
        "What I'd do is plan for the end.",
    ],
)
def test_a_step_is_proposed_in_many_ways(step: str) -> None:
    assert proposes(step)


@pytest.mark.parametrize(
    "sentence",
    [
        "You will remember that the projector died at ten past two.",
        "One girl told you it would work for any two numbers.",
        "You asked what I would do differently.",
        "Can you recall what he said?",
    ],
)
def test_what_is_told_proposes_nothing(sentence: str) -> None:
    assert not proposes(sentence)


@pytest.mark.parametrize(
    "verdict",
    [
        "That's well on the way to exceptional.",
        "This was not yet up to standard.",
        "I'm sorry to say it was a weak lesson.",
        "Judgement: met in full.",
        "It was a pass, but only just.",
        "That was easily a 2.",
        "On our form you'd be in the 'Developing' column.",
        "You've met the benchmark.",
    ],
)
def test_a_verdict_is_a_level(verdict: str) -> None:
    assert any(grade_words.told(verdict))


@pytest.mark.parametrize(
    "sentence",
    [
        "They argued over whether it was a 6 or a 9.",
        "Of the class, 14 scored full marks.",
        "You arrived at 8.40 for a 9.00 start.",
    ],
)
def test_a_number_that_pupils_met_is_no_level(sentence: str) -> None:
    assert not any(grade_words.told(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "He's not the sharpest.",
        "The one exception is a boy who is a bit of a madam.",
        "You were born for this job.",
        "It's in your DNA.",
        "Your lot are a delight.",
        "The lad just isn't an academic.",
        "One girl, who's clearly gifted, told you.",
        "You handled the pushy father.",
    ],
)
def test_what_somebody_is_said_to_be_is_a_label(sentence: str) -> None:
    assert any(person_labels.found(sentence))


def test_a_lesson_that_was_a_joy_labels_nobody() -> None:
    assert not any(person_labels.found("Drama on Thursday was a joy to watch."))


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The pin was too tight; Rose worked that out.", "Rose"),
        ("Daisy, who had a feather, put it in the bag.", "Daisy"),
        ("Jack's drop got stuck in a glacier.", "Jack"),
        ("It's Bill’s answer I keep thinking of.", "Bill"),
        ("Tadhgs group put the grape in.", "Tadhg"),
    ],
)
def test_a_pupil_is_found_by_what_is_said_of_them(sentence: str, who: str) -> None:
    assert [one.written for one in named(sentence, PUPILS)] == [who]


@pytest.mark.parametrize(
    "sentence", ["May's lessons are short.", "Roses are red.", "Bills were paid"]
)
def test_a_month_and_a_word_are_nobody(sentence: str) -> None:
    assert not list(named(sentence, ("May Chen", "Rose Tanner")))


def test_a_hope_is_no_example_of_what_was_praised() -> None:
    told = "You did an absolutely cracking job with that lot. I hope you went home happy."
    assert any(praise.vague(told))


def test_words_left_out_of_a_quotation_do_not_end_the_sentence() -> None:
    assert not any(claims.unproven('Feedback had the frame "When you … I thought …".'))
