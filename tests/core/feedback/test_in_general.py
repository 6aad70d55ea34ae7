"""Claims, cheers and natures are known by how they are said, whatever the words."""

import pytest

from observe.core.feedback import person_labels, praise
from observe.core.feedback.claims import unproven
from observe.core.feedback.general_words import is_judged, particular
from observe.core.feedback.word_forms import compared, forms

ELSEWHERE = " The torch went round the ring at 10:05."


@pytest.mark.parametrize(
    "claim",
    [
        "Confidence is growing.",
        "Safety was well looked after.",
        "Your voice carries authority.",
        "Timings went a bit awry.",
        "The climate for learning is first-rate.",
    ],
)
def test_a_sentence_in_general_words_is_a_claim_whatever_is_told_next(claim: str) -> None:
    assert [one.text for one in unproven(claim + ELSEWHERE)] == [claim]


@pytest.mark.parametrize(
    "told",
    [
        "Your questioning went deep. “Why might she lie?” stayed on the board.",
        "There was good talk about the beaver. At 10:05 a pair argued over its tail.",
        "It was a settled start. Pupils came in at 9:00 and took a card.",
        "You stopped, knelt down and put the ruler away.",
        "The register was taken in French.",
    ],
)
def test_a_claim_that_is_taken_up_is_borne_out(told: str) -> None:
    assert not list(unproven(told))


def test_the_time_that_begins_a_row_shows_nothing() -> None:
    assert list(unproven("1:20 Transitions ran smoothly today."))


@pytest.mark.parametrize(
    "cheer",
    ["You rock!", "What can I say but wow?", "I thought it was terrific.", "Da iawn ti, tidy!"],
)
def test_a_cheer_is_vague_whatever_follows(cheer: str) -> None:
    assert list(praise.vague(cheer + ELSEWHERE))


@pytest.mark.parametrize("words", ["With love,", "Best", "Was it any good?"])
def test_a_farewell_or_a_doubt_is_no_cheer(words: str) -> None:
    assert not list(praise.vague(words))


@pytest.mark.parametrize(
    "label",
    [
        "You’re simply magic with little ones.",
        "You have an infectious personality and an artistic temperament.",
        "You’ve got a heart of gold and bags of charisma.",
        "You are inclined to be a control freak in rehearsal.",
        "You are too proud to ask for help.",
        "You are, if I may say so, something of a worrier.",
    ],
)
def test_a_nature_is_a_label_in_whatever_words(label: str) -> None:
    assert list(person_labels.found(label))


@pytest.mark.parametrize(
    "fact",
    [
        "You are ready.",
        "You have a heart model on the bench.",
        "A boy said he was no good at maths.",
    ],
)
def test_what_stands_somewhere_at_present_is_no_nature(fact: str) -> None:
    assert not list(person_labels.found(fact))


def test_words_built_as_abstract_words_are_general_and_those_of_a_topic_are_not() -> None:
    assert particular("The readiness of the germination") == ["germination"]


def test_a_word_that_is_turned_round_judges_too() -> None:
    assert is_judged("It was unproductive.")
    assert not is_judged("You came in by the side door.")


def test_forms_follow_the_spelling() -> None:
    assert {"planned", "tries", "cared"} <= forms(("plan", "try", "care"))
    assert {"calmly", "happier", "bigger"} <= compared(("calm", "happy", "big"))
