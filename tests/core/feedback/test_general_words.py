"""A sentence that names things of its own lesson is no claim in general."""

import pytest

from observe.core.feedback.claims import unproven
from observe.core.feedback.general_words import particular

GENERAL = (
    "Questioning is used effectively to probe and deepen understanding.",
    "Pupils of all abilities make strong progress in your lessons.",
    "The kids are making loads of progress.",
    "Provision for EAL is a strength.",
)
OF_A_LESSON = (
    "There's a rich range of pencils in the tray.",
    "Each of them was clear which beaker held the acid.",
    "Snack was the best language session of the morning.",
    "Good circuits, with the tuner at hand.",
)


@pytest.mark.parametrize("sentence", GENERAL)
def test_the_general_words_of_teaching_show_nothing(sentence: str) -> None:
    assert not particular(sentence)
    assert [each.text for each in unproven(sentence)] == [sentence]


@pytest.mark.parametrize("sentence", OF_A_LESSON)
def test_words_of_one_lesson_show_it(sentence: str) -> None:
    assert particular(sentence)
    assert not list(unproven(sentence))


def test_forms_of_a_word_are_one_word() -> None:
    assert not particular("supported supportive supports supporting support")
    assert not particular("embed embedded embedding")
