"""Exercises as a rule of certification looks at them: each beside its reference, as a lesson is."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import numpy as np

from observe.core.agreement.counts import count
from observe.core.agreement.ratings import PairedRatings, RatedCriterion
from observe.core.certification_rule import Rule
from observe.core.certifying import Cell, LessonSeen, counting
from observe.core.exercises import Exercise, Use
from observe.services import exercise_results, rated
from observe.services.exercise_results import ExerciseResult
from observe.services.luck_alone import luck_alone
from observe.storage import exercises, shelf
from observe.storage.database import NetworkSession


def asked(session: NetworkSession, rule: Rule) -> list[Exercise]:
    """The exercises that a rule asks for: published as tests of its rubric's newest version with any."""
    offered = [each for each in exercises.every(session) if _is_test(session, rule, each)]
    newest = max(offered, key=lambda each: (each.published_at, each.id), default=None)
    return [each for each in offered if newest and each.rubric_digest == newest.rubric_digest]


def _is_test(session: NetworkSession, rule: Rule, exercise: Exercise) -> bool:
    fits = exercise.is_offered and exercise.use is Use.TEST
    return fits and _in_scope(session, rule, exercise.rubric_digest)


def _in_scope(session: NetworkSession, rule: Rule, digest: str) -> bool:
    wanted = rule.scope.rubric
    return not wanted or shelf.rubric(session, digest).rubric == wanted


def seen(session: NetworkSession, rule: Rule, person_id: UUID) -> list[LessonSeen]:
    """Somebody's exercises in the scope of a rule, the earliest first, with the gaps to the reference."""
    return [
        LessonSeen(each.exercise_id, each.at.date(), each.rubric_digest, _cells(session, each))
        for each in _counting(session, rule, person_id)
    ]


def _counting(session: NetworkSession, rule: Rule, person_id: UUID) -> list[ExerciseResult]:
    """The first time that somebody finished each one, unless they knew its reference."""
    first: dict[UUID, ExerciseResult] = {}
    for result in exercise_results.results_of(session, person_id):
        first.setdefault(result.exercise_id, result)
    every = {each.id for each in asked(session, rule)} if rule.scope.every_exercise else None
    return [
        each
        for each in first.values()
        if not each.knew and each.cells and _in_scope(session, rule, each.rubric_digest)
        if every is None or each.exercise_id in every
    ]


def _cells(session: NetworkSession, result: ExerciseResult) -> tuple[Cell, ...]:
    pooled = _pooled(session, result.rubric_digest)
    return tuple(
        Cell(key, abs(mine - reference), len(pooled[key].levels))
        for key, mine, reference in result.cells
        if key in pooled
    )


def _pooled(session: NetworkSession, digest: str) -> Mapping[str, RatedCriterion]:
    criteria = rated.rated_criteria(shelf.rubric(session, digest))
    return {each.key: each for each in criteria if each.pooled and each.has_order}


def chance(
    session: NetworkSession, rule: Rule, person_id: UUID, lessons: Collection[LessonSeen]
) -> float:
    """What luck alone would give on these exercises, as a share of 0 to 1."""
    ids = [each.lesson_id for each in lessons]
    keys = {cell.criterion for each in lessons for cell in each.cells}
    found = [each for each in _counting(session, rule, person_id) if each.exercise_id in ids]
    criteria = tuple(_pooled(session, found[0].rubric_digest).values())
    return luck_alone(rule, count(_ratings(found, criteria, keys), together=True))


def _ratings(
    found: Sequence[ExerciseResult], criteria: Sequence[RatedCriterion], keys: Collection[str]
) -> PairedRatings:
    """The person first, the reference second."""
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    cells = [
        (place[key], number, mine, reference)
        for number, each in enumerate(found)
        for key, mine, reference in each.cells
        if key in keys
    ]
    columns = np.array(cells, dtype=np.int64).reshape(-1, 4).T
    return PairedRatings(tuple(criteria), *columns)


def cells_an_exercise(session: NetworkSession, rule: Rule) -> int:
    """How many criteria of an exercise the rule asks about, on average; 0 where none is offered."""
    sizes = [_size(session, rule, each) for each in asked(session, rule)]
    return round(sum(sizes) / len(sizes)) if sizes else 0


def _size(session: NetworkSession, rule: Rule, exercise: Exercise) -> int:
    pooled = _pooled(session, exercise.rubric_digest)
    known = [pooled[key] for key in exercise.criteria if key in pooled]
    return len(counting(rule, [Cell(each.key, 0, len(each.levels)) for each in known]))
