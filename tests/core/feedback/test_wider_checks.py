"""Turns of phrase that a check of a text has to know, whatever letter they stand in."""

import pytest

from observe.core.errors import Invalid
from observe.core.feedback import grade_words, person_labels, reading
from observe.core.feedback.names_file import NamesFaults, read_names
from observe.core.feedback.no_proposal import proposes_nothing
from observe.core.feedback.plain_letter import read_plain
from observe.core.feedback.proposals import proposes


@pytest.mark.parametrize(
    "words",
    [
        "level 3 today pupils talk",
        "Thinking time: 2/4",
        "Rated ‘Secure’ for modelling",
        "Your band has gone up from B to A",
        "For pace you have moved from amber to green.",
    ],
)
def test_a_level_is_told_in_many_ways(words: str) -> None:
    assert any(grade_words.told(words))


@pytest.mark.parametrize("words", ["The answer: 3/4", "You counted from 1 to 5"])
def test_a_number_is_not_yet_a_level(words: str) -> None:
    assert not any(grade_words.told(words))


@pytest.mark.parametrize(
    "words",
    [
        "You’re a born storyteller.",
        "You’re a bit of a worrier.",
        "You are clearly one of life’s enthusiasts.",
        "I think of you as a safe pair of hands.",
    ],
)
def test_what_somebody_is_by_nature_is_a_label(words: str) -> None:
    assert any(person_labels.found(words))


@pytest.mark.parametrize(
    "words", ["None.", "-", "Carry on as you are.", "I wouldn't change a thing."]
)
def test_some_words_propose_nothing(words: str) -> None:
    assert proposes_nothing(words)


@pytest.mark.parametrize(
    "words",
    [
        "Could they move nearer the board?",
        "A pause after each question would help.",
        "Something to add: a place for their drawings.",
        "Standing at the door would let you greet everyone.",
    ],
)
def test_a_proposal_may_be_a_question_or_say_what_would_help(words: str) -> None:
    assert proposes(words)
    assert not proposes_nothing(words)


def test_a_target_keeps_the_day_in_its_heading() -> None:
    (placed,) = read_plain("Target for 30 April: plan where each explanation stops.").lines
    assert "30 April" in placed.line.text


def test_a_name_at_the_end_is_no_next_step() -> None:
    told = read_plain("Next step\nNone.\n\nGwen")
    assert {placed.line.part.value for placed in told.lines} == {"opening"}


def test_what_is_quoted_keeps_its_stop() -> None:
    assert reading.without_quotations("You asked “Why?” Six knew.") == "You asked “···?” Six knew."


@pytest.mark.parametrize("raw", [b'["Ann", "Bo"]', b'name\n"' + b"x" * 200_000])
def test_a_list_that_is_no_list_of_names_is_refused_in_plain_words(raw: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read_names(raw)
    assert isinstance(refusal.value, NamesFaults)
    assert "limit" not in str(refusal.value.faults)
