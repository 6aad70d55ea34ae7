"""Steps and labels that are known by how they are built, whatever the verb or the noun."""

import pytest

from observe.core.feedback.grade_words import spots
from observe.core.feedback.labels_by_build import built
from observe.core.feedback.names import named
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
        "On Thursday, might the class start with the hardest one?",
        "It is my request that the boxes be tested by Friday.",
        "Fewer slides, more talk.",
        "Pupils to self-mark in green.",
        "We wondered about showing the first four minutes only.",
        "Cut it down to ten and let them make up three, will you, for Monday?",
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
        "Do tell the class how much we laughed at the penguin.",
        "Could you send me the recipe?",
        "You set up a challenge: carry it to the tray without a spade.",
        "Pupils then sorted eight cards, and every pair could give a reason.",
        "- Set the mixed exercise at 10:25.",
        "Against the old grid this lesson was long.",
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


@pytest.mark.parametrize(
    "level",
    [
        "The lesson sat comfortably at a 2 against the framework.",
        "Definitely top-band coaching for me.",
        "Grade awarded: B+.",
        "Your practice here is at the “embedded” stage.",
        "Behaviour strand – amber; routines strand – green.",
        "Myself and Gareth had you down for an upper Good.",
    ],
)
def test_a_level_of_the_teaching_is_found_in_the_frame_of_a_verdict(level: str) -> None:
    assert list(spots(level))


@pytest.mark.parametrize(
    "level",
    [
        "BTEC Level 3 Business, Year 12.",
        "All eight had passed the Level 2 hygiene certificate.",
        "They got 7 out of 10 and then fought about number 4.",
        "At 10.20 two students tried the GCSE grade 7 question.",
        "A pupil moved her name from amber to green.",
    ],
)
def test_a_level_of_a_pupil_or_a_course_is_none_of_the_teaching(level: str) -> None:
    assert not list(spots(level))


def test_brothers_and_sisters_are_named_by_their_surname_and_a_double_name_in_two_words() -> None:
    pupils = ("Adaeze Okafor", "Ana-Maria Popescu", "Lola Reading")
    told = "The Okafor twins moved up, and Ana Maria sat with the children reading."
    assert [one.written for one in named(told, pupils)] == ["Okafor", "Ana"]
