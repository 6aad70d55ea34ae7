"""Every phrase that ships makes a sentence a teacher can read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest

from observe.core.feedback import grade_words
from observe.core.feedback.checks import Context, check
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, Part
from observe.core.rubric import Criterion, Domain, Rubric
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.core.feedback.school import DUE, a_lesson
from tests.core.feedback.sentences import faults_of

RUBRICS = {path.stem: path for path in sorted(folder("rubrics").glob("*.yaml"))}


def a_shipped(name: str) -> Rubric:
    return read_rubric(RUBRICS[name].read_text(encoding="utf-8"), name)


def notes(criterion: Criterion, mark: str) -> list[Evidence]:
    told = (("a", "four pupils answer, the rest wait", 14), ("b", "“Why?” three times", 16))
    return [
        Evidence(who, who, text, (criterion.criterion,), time(10, minute), mark)
        for who, text, minute in told
    ]


def with_one(rubric: Rubric, criterion: Criterion, **phrases: object) -> Rubric:
    """The rubric as if it had this criterion alone, with these phrases."""
    only = replace(criterion, **{"strengths": (), "next_steps": (), **phrases})  # type: ignore[arg-type]
    return replace(rubric, domains=(Domain("only", "Only", (only,)),))


def phrase_by_phrase(rubric: Rubric) -> Iterator[tuple[str, Draft]]:
    """Each phrase with the draft in which it stands, each under another lesson."""
    for criterion in rubric.criteria():
        for phrase in criterion.strengths:
            alone = with_one(rubric, criterion, strengths=(phrase,))
            yield phrase.text, draft_on(alone, "+", max(phrase.levels, default=4))
        for phrase in criterion.next_steps:
            alone = with_one(rubric, criterion, next_steps=(phrase,))
            yield phrase.text, draft_on(alone, "-", min(phrase.levels, default=1))


def draft_on(rubric: Rubric, mark: str, level: int) -> Draft:
    (criterion,) = rubric.criteria()
    agreed = Agreement(criterion.criterion, level, levels=(level, level))
    lesson = a_lesson(f"{criterion.criterion}{mark}{level}", kind=rubric.kind)
    return compose(lesson, rubric, [agreed], notes(criterion, mark), due=DUE)


def drafts(rubric: Rubric) -> Iterator[Draft]:
    """A draft for each criterion on each side and level."""
    for criterion in rubric.criteria():
        alone = replace(rubric, domains=(Domain("only", "Only", (criterion,)),))
        for level in [level.value for level in criterion.scale.levels] or [0]:
            for mark in "+-":
                yield draft_on(alone, mark, level)


@pytest.mark.parametrize("name", list(RUBRICS))
def test_every_phrase_makes_whole_sentences_that_pass_the_checks(name: str) -> None:
    rubric = a_shipped(name)
    context = Context(graded=rubric.graded, level_labels=grade_words.labels(rubric))
    for phrase, draft in phrase_by_phrase(rubric):
        said = " ".join(line.text for line in draft.lines).lower()
        assert phrase.partition(":")[0].strip(".").lower() in said
        for told in draft.sentences:
            assert not faults_of(told.text), told.text
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
