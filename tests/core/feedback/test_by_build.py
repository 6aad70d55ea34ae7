"""Steps and labels that are known by how they are built, whatever the verb or the noun."""

import pytest

from observe.core.feedback.labels_by_build import built
from observe.core.feedback.proposals import proposes


@pytest.mark.parametrize(
    "step",
    [
        "Laminate the cards so that they last.",
        "Pre-tie one corner, and let them find the knot.",
        "Number the benches, please.",
        "Clipboards for the substitutes, I reckon.",
        "The meters want testing beforehand.",
        "The board should go round the neck of whoever leads.",
        "It is suggested that the drawing be done again.",
        "One out at a time, and write it on the sheet.",
        "Next: the timer goes on the big screen, from tomorrow.",
        "We agreed that Tuesday’s lesson begins with it.",
        "Any chance of moving the carpet?",
        "Perhaps their partners could read it first.",
    ],
)
def test_a_step_is_known_by_how_it_is_built(step: str) -> None:
    assert proposes(step)


@pytest.mark.parametrize(
    "told",
    [
        "They should have been at the pool by ten, but the coach was late.",
        "The plenary asked whether you could live without metal.",
        "You stopped, waited, and put the ruler down.",
        "Half the class had a card.",
        "Love the new pegs.",
        "Keep up the good work.",
        "I should like to see it in a board meeting.",
        "Second go: 27 of 30.",
        "You asked them to say please.",
    ],
)
def test_what_was_seen_or_wished_is_no_step(told: str) -> None:
    assert not proposes(told)


@pytest.mark.parametrize(
    "label",
    [
        "You’re a proper maths geek.",
        "You come across as a bit of a cold fish.",
        "They are non-readers, basically.",
        "Child B is a biter.",
        "Half of them are clock-watchers.",
        "Table 3 is where your chatterboxes are.",
        "The low attainers needed it.",
        "Some of them are frankly not A-level material.",
        "Those are your typical switched-off lads.",
    ],
)
def test_a_label_is_known_by_how_it_is_built(label: str) -> None:
    assert built(label)


@pytest.mark.parametrize(
    "fact",
    [
        "You’re a term into the job.",
        "They are partners until Christmas.",
        "Two of them are brothers.",
        "He is over by the door.",
        "They are quieter now.",
        "You are a small team.",
    ],
)
def test_who_somebody_is_to_others_is_no_label(fact: str) -> None:
    assert not built(fact)
