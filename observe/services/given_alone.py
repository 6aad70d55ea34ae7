"""What one alone of the observers of a lesson rated: counted beside the figures of a group, in none."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from observe.core.agreement.figures import CriterionReport, Report
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import levels_in
from observe.core.rubric import Rubric
from observe.services import rated
from observe.storage import group_lessons
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import RatedPair

Rating = tuple[str, str]


def told(
    session: NetworkSession,
    rubric: Rubric,
    pairs: Sequence[RatedPair],
    report: Report,
    *,
    held_back: Set[str],
) -> Report:
    """The report with the lessons on which one alone rated a criterion; of none that is held back."""
    observers, lacking = _observers(pairs), _not_together(rubric, pairs)
    found = set(_alone(session, rubric, lacking, observers))
    times = Counter(key for _lesson, key in found)
    silent = held_back | _of_few(found, observers, report)
    return replace(report, criteria=tuple(_with(each, times, silent) for each in report.criteria))


def _observers(pairs: Sequence[RatedPair]) -> Mapping[str, Set[str]]:
    """Who observed each lesson together with somebody."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        found[pair.lesson] |= {pair.observer_a, pair.observer_b}
    return found


def _not_together(rubric: Rubric, pairs: Sequence[RatedPair]) -> Mapping[str, Set[str]]:
    """The criteria of levels that no two rated, by lesson; whoever tapped nothing counted none."""
    has_levels = _criteria(tuple(each.key for each in rated.rated_criteria(rubric)))
    found: dict[str, Set[str]] = defaultdict(lambda: has_levels)
    for pair in pairs:
        found[pair.lesson] -= _criteria(pair.rated.criteria)
    return {lesson: criteria for lesson, criteria in found.items() if criteria}


def _alone(
    session: NetworkSession,
    rubric: Rubric,
    lacking: Mapping[str, Set[str]],
    observers: Mapping[str, Set[str]],
) -> Iterator[Rating]:
    """(lesson, criterion as rated) of each level that one alone of the observers of a lesson gave."""
    every = group_lessons.records(session, lacking)
    lesson_of = {each.id: each.lesson for each in every if each.observer in observers[each.lesson]}
    for criterion in rubric.criteria():
        asked = [i for i, lesson in lesson_of.items() if criterion.criterion in lacking[lesson]]
        values: dict[Rating, list[str]] = defaultdict(list)
        for record_id, field, value in group_lessons.given(session, criterion, asked):
            values[lesson_of[record_id], field].append(value)
        for (lesson, _field), given in values.items():
            levels = levels_in(criterion, json.loads(given[0])) if len(given) == 1 else ()
            yield from ((lesson, key) for key, _level in levels)


@lru_cache(maxsize=1024)
def _criteria(keys: tuple[str, ...]) -> frozenset[str]:
    """The criteria that were rated, of which each of several codes is named."""
    return frozenset(key.partition(":")[0] for key in keys)


def _with(report: CriterionReport, times: Mapping[str, int], silent: Set[str]) -> CriterionReport:
    key = report.criterion.key
    return report if key in silent or not times.get(key) else replace(report, alone=times[key])


def _of_few(found: Set[Rating], observers: Mapping[str, Set[str]], report: Report) -> set[str]:
    """The criteria that nobody rated together, and fewer than five people observed who rated them alone."""
    people: dict[str, set[str]] = defaultdict(set)
    for lesson, key in found:
        people[key] |= observers[lesson]
    unpaired = {each.criterion.key for each in report.criteria if not each.n}
    return {key for key in unpaired if len(people[key]) < FEWEST_PEOPLE}
