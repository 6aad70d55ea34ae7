"""Every phrase that ships makes a sentence a teacher can read."""

from collections.abc import Iterator
from datetime import time

import pytest

from observe.core.feedback import grade_words
from observe.core.feedback.checks import Context, check
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, Part
from observe.core.rubric import Criterion, Rubric
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.core.feedback.school import DUE, a_lesson

RUBRICS = {path.stem: path for path in sorted(folder("rubrics").glob("*.yaml"))}
LESSONS = 12


def a_shipped(name: str) -> Rubric:
    return read_rubric(RUBRICS[name].read_text(encoding="utf-8"), name)


def notes(criterion: Criterion, mark: str) -> list[Evidence]:
    told = (("a", "four pupils answer, the rest wait", 14), ("b", "“Why?” three times", 16))
    return [
        Evidence(who, who, text, (criterion.criterion,), time(10, minute), mark)
        for who, text, minute in told
    ]


def drafts(rubric: Rubric) -> Iterator[Draft]:
    """A draft for each criterion on each side and level, under several lessons."""
    for criterion in rubric.criteria():
        levels = [level.value for level in criterion.scale.levels] or [0]
        for level in levels:
            for mark in "+-":
                for number in range(LESSONS):
                    yield compose(
                        a_lesson(f"{rubric.rubric}-{number}", kind=rubric.kind),
                        rubric,
                        [Agreement(criterion.criterion, level, levels=(level, level))],
                        notes(criterion, mark),
                        due=DUE,
                    )


@pytest.mark.parametrize("name", list(RUBRICS))
def test_every_phrase_makes_whole_sentences_that_pass_the_checks(name: str) -> None:
    rubric = a_shipped(name)
    context = Context(graded=rubric.graded, level_labels=grade_words.labels(rubric))
    for draft in drafts(rubric):
        for line in draft.lines:
            assert "  " not in line.text
            assert "{" not in line.text
            assert line.text[0].isupper() or line.text[0] == "“"
            assert line.text[-1] in ".?!”"
        alarms = {(found.kind, found.quote) for found in check(draft.lines, context)}
        assert {kind for kind, _ in alarms} <= {"no_next_step"}, alarms


@pytest.mark.parametrize("name", list(RUBRICS))
def test_every_criterion_with_notes_can_be_a_strength_and_a_next_step(name: str) -> None:
    rubric = a_shipped(name)
    said = {
        (line.part, line.criterion)
        for draft in drafts(rubric)
        for line in draft.lines
        if line.part in (Part.STRENGTH, Part.NEXT_STEP)
    }
    told = [one for one in rubric.criteria() if one.scale.has_levels or not rubric.graded]
    for criterion in told:
        if rubric.graded and criterion.scale.strength_from is None:
            continue
        assert (Part.STRENGTH, criterion.criterion) in said
