"""What one alone of the observers of a lesson rated: counted beside the figures of a group, in none."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from observe.core.agreement.figures import CriterionReport, Report
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import levels_in
from observe.core.rubric import Rubric, ScaleType
from observe.storage import group_lessons
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import RatedPair, Selection

Rating = tuple[str, str]


def told(
    session: NetworkSession,
    rubric: Rubric,
    selection: Selection,
    pairs: Sequence[RatedPair],
    report: Report,
    *,
    held_back: Set[str],
) -> Report:
    """The report with the lessons on which one alone rated a criterion; of none that is held back."""
    both = {(pair.lesson, key) for pair in pairs for key in pair.rated.criteria}
    given = group_lessons.given_by_one(session, selection)
    found = {each for each in _ratings(rubric, given) if each not in both}
    times = Counter(key for _lesson, key in found)
    silent = held_back | _of_few(found, pairs, report)
    return replace(report, criteria=tuple(_with(each, times, silent) for each in report.criteria))


def _with(report: CriterionReport, times: Mapping[str, int], silent: Set[str]) -> CriterionReport:
    key = report.criterion.key
    return report if key in silent or not times.get(key) else replace(report, alone=times[key])


def _ratings(rubric: Rubric, given: Sequence[tuple[str, str, str]]) -> Iterator[Rating]:
    """(lesson, criterion as rated) of each level; who tapped nothing counted none, so no count is alone."""
    for lesson, field, value in given:
        criterion = rubric.find(field.split("/")[1])
        if criterion and criterion.scale.type is not ScaleType.COUNT:
            yield from ((lesson, key) for key, _level in levels_in(criterion, json.loads(value)))


def _of_few(found: Set[Rating], pairs: Sequence[RatedPair], report: Report) -> set[str]:
    """The criteria that nobody rated together, and fewer than five people observed who rated them alone."""
    observers: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        observers[pair.lesson] |= {pair.observer_a, pair.observer_b}
    people: dict[str, set[str]] = defaultdict(set)
    for lesson, key in found:
        people[key] |= observers[lesson]
    unpaired = {each.criterion.key for each in report.criteria if not each.n}
    return {key for key in unpaired if len(people[key]) < FEWEST_PEOPLE}
