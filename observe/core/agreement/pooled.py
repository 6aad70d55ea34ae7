"""Figures over criteria: never one table for all, which invents agreement, but strata added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from observe.core.agreement import limits
from observe.core.agreement.certainty import student
from observe.core.agreement.counts import Counted, count
from observe.core.agreement.criterion import criterion_report, difference_of, proportion
from observe.core.agreement.figures import (
    LEFT_OUT,
    NO_ORDER,
    NOT_LEVELS,
    NOT_PAIRED,
    NOT_POOLED,
    ONE_LEVEL,
    TWO_LEVELS,
    CriterionReport,
    Figure,
    PooledReport,
    figure,
    lessons_missing,
)
from observe.core.agreement.gaps import Gaps, gaps_of
from observe.core.agreement.ratings import (
    Floats,
    Integers,
    PairedRatings,
    RatedCriterion,
    joined,
    numbered,
)
from observe.core.agreement.strata import (
    Sums,
    chance_of,
    expected_of_each,
    sums_of,
    sums_without_each,
)


def pooled_report(paired: PairedRatings, single: Iterable[CriterionReport]) -> PooledReport:
    """The figures over all criteria that can be pooled; `single` are the reports of each."""
    reports = tuple(single)
    pooled = paired.of_criteria(reason is None for reason in refusals(reports))
    whole = one_level_a_lesson(pooled)
    lessons, gaps = int(np.unique(whole.lesson).size), _gaps(whole)
    return pooled_over(count(whole, together=True), reports, lessons=lessons, gaps=gaps)


def pooled_over(
    counted: Iterable[Counted], reports: tuple[CriterionReport, ...], *, lessons: int, gaps: Gaps
) -> PooledReport:
    """The same from the criteria as counted together, one level a lesson, and their differences."""
    refused = refusals(reports)
    strata = tuple(each for each in counted if each.cells)
    missing = lessons_missing(lessons) if strata else _nothing_pooled(refused)
    alpha, ac2, exact, within_one = (
        _figures(strata, lessons, reports) if missing is None else [Figure(reason=missing)] * 4
    )
    return PooledReport(
        criteria=len(strata),
        left_out=_left_out(reports, refused),
        n=lessons,
        n_cells=sum(each.cells for each in strata),
        alpha_stratified=alpha,
        ac2_mean=ac2,
        exact=exact,
        within_one=within_one,
        mean_difference=difference_of(gaps),
    )


def refusals(reports: Iterable[CriterionReport]) -> tuple[str | None, ...]:
    """Why each criterion is not pooled; None for those that are."""
    return tuple(_why_not(each) for each in reports)


def _left_out(
    reports: tuple[CriterionReport, ...], refused: tuple[str | None, ...]
) -> tuple[tuple[str, str], ...]:
    both = zip(reports, refused, strict=True)
    return tuple((each.criterion.key, reason) for each, reason in both if reason is not None)


def why_not_pooled(criterion: RatedCriterion) -> str | None:
    """Why a criterion is in no pooled figure; None if it can be."""
    if not criterion.has_levels:
        return NOT_LEVELS
    if not criterion.has_order:
        return NO_ORDER if len(criterion.levels) > 1 else ONE_LEVEL
    return None if criterion.pooled else LEFT_OUT


def _why_not(report: CriterionReport) -> str | None:
    return why_not_pooled(report.criterion) or (None if report.n else NOT_PAIRED)


def _nothing_pooled(refused: Iterable[str | None]) -> str:
    return NOT_PAIRED if NOT_PAIRED in refused else NOT_POOLED


def one_level_a_lesson(paired: PairedRatings) -> PairedRatings:
    """Occasions of a lesson made one: the mean of each observer's levels, rounded half up."""
    keys = [paired.criterion, paired.lesson]
    if paired.first_by is not None and paired.second_by is not None:
        keys += [paired.first_by, paired.second_by]
    group = numbered(joined(keys))
    size = np.bincount(group)
    if size.size == group.size:
        return paired
    seen_at = np.zeros(size.size, np.int64)
    seen_at[group] = np.arange(group.size)
    return replace(
        paired.only(seen_at),
        first=_half_up(np.bincount(group, paired.first) / size),
        second=_half_up(np.bincount(group, paired.second) / size),
        weight=np.bincount(group, paired.weights) / size,
    )


def _half_up(mean: Floats) -> Integers:
    return np.floor(mean + 0.5 + 1e-9).astype(np.int64)


def _figures(
    strata: tuple[Counted, ...], lessons: int, reports: tuple[CriterionReport, ...]
) -> list[Figure]:
    whole, without = sums_of(strata), sums_without_each(strata)
    single = _one_level_reports(strata, reports)
    in_alpha = expected_of_each(strata)
    alike = np.ones_like(in_alpha)
    cells = sum(each.cells for each in strata)

    def share(of: Callable[[Sums], Floats], apart: int) -> Figure:
        value = float(of(whole))
        if np.isnan(value):
            return Figure(reason=TWO_LEVELS)
        chance = chance_of(strata, apart=apart)
        return proportion(value, of(without), lessons=lessons, cells=cells, chance=chance)

    return [
        _coefficient(whole.alpha, without.alpha, [each.alpha for each in single], in_alpha),
        _coefficient(whole.ac2_mean, without.ac2_mean, [each.ac2 for each in single], alike),
        share(lambda sums: sums.exact, 0),
        share(lambda sums: sums.within_one, 1),
    ]


def _one_level_reports(
    strata: tuple[Counted, ...], reports: tuple[CriterionReport, ...]
) -> list[CriterionReport]:
    """The report of each criterion as it is pooled: with one level a lesson."""
    known = {each.criterion.key: each for each in reports if each.n == each.n_cells}
    return [known.get(each.criterion.key) or criterion_report(each) for each in strata]


def _coefficient(whole: Floats, without: Floats, single: list[Figure], weights: Floats) -> Figure:
    """With limits by the lesson jackknife, if any lesson moves the figure."""
    value, moved = float(whole), limits.jackknife(without)
    if np.isnan(value):
        return Figure(reason=ONE_LEVEL)
    if moved is None or moved.still:
        return figure(value, _widest(single))
    held = _held(moved.around(value), value, single, weights)
    certainty = student(value, held, moved.lessons - 1)
    return figure(value, limits.clipped(held), certainty=certainty)


def _held(
    by_t: limits.Limits, value: float, single: list[Figure], weights: Floats
) -> limits.Limits:
    """No wider than if all criteria erred together, no narrower than if each erred for itself.

    Source: the square root of added squares of each limit's distance is that of Zou and Donner 2008,
    Statistics in Medicine 27:1693.
    """
    below, above = _reaches(single, weights)
    if not below.size:
        return by_t
    wide = value - below.sum(), value + above.sum()
    narrow = value - float(np.linalg.norm(below)), value + float(np.linalg.norm(above))
    return limits.held(by_t, within=wide, around=narrow)


def _reaches(single: list[Figure], weights: Floats) -> tuple[Floats, Floats]:
    """How far the limits of each criterion reach down and up, by its weight (criteria each)."""
    known = [
        (each.value - each.low, each.high - each.value, weight)
        for each, weight in zip(single, weights.tolist(), strict=True)
        if each.value is not None and each.low is not None and each.high is not None
    ]
    below, above, weight = np.array(known, dtype=np.float64).reshape(-1, 3).T
    return below * weight / weight.sum(), above * weight / weight.sum()


def _widest(single: list[Figure]) -> limits.Limits:
    """As wide as the widest criterion."""
    lows = [each.low for each in single if each.low is not None]
    highs = [each.high for each in single if each.high is not None]
    return (min(lows), max(highs)) if lows and highs else limits.ANYTHING


def _gaps(whole: PairedRatings) -> Gaps:
    """The signed differences, in levels, of criteria whose levels have an order."""
    mine = whole.of_criteria(each.scale == "ordinal" for each in whole.criteria)
    return gaps_of(mine, mine.gap)
