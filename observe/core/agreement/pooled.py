"""Figures over criteria: never one table for all, which invents agreement, but strata added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from observe.core.agreement import coefficients, limits
from observe.core.agreement.counts import Counted, Tables, count
from observe.core.agreement.criterion import signed_difference
from observe.core.agreement.figures import (
    LEFT_OUT,
    NO_ORDER,
    NOT_LEVELS,
    NOT_PAIRED,
    NOT_POOLED,
    ONE_LEVEL,
    TWO_LEVELS,
    CriterionReport,
    Difference,
    Figure,
    PooledReport,
    figure,
    lessons_missing,
)
from observe.core.agreement.ratings import (
    Floats,
    Integers,
    PairedRatings,
    RatedCriterion,
    joined,
    numbered,
)


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """What the pooled figures are made of, each an array over wholes, or wholes without a lesson."""

    observed: Floats
    expected: Floats
    ac2: Floats
    ac2_known: Floats
    same: Floats
    cells: Floats
    near: Floats
    near_cells: Floats

    def __add__(self, other: Sums) -> Sums:
        names = self.__slots__
        return Sums(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def alpha(self) -> Floats:
        """1 - sum of D_o,c / sum of D_e,c over criteria c."""
        return 1 - coefficients.share(self.observed, self.expected)

    @property
    def ac2_mean(self) -> Floats:
        """The mean of AC2 over the criteria that have one."""
        return coefficients.share(self.ac2, self.ac2_known)

    @property
    def exact(self) -> Floats:
        """Share of cells with the same level."""
        return coefficients.share(self.same, self.cells)

    @property
    def within_one(self) -> Floats:
        """Share of cells of ordered criteria with more than two levels at most one level apart."""
        return coefficients.share(self.near, self.near_cells)


def pooled_report(paired: PairedRatings, single: Iterable[CriterionReport]) -> PooledReport:
    """The figures over all criteria that can be pooled; `single` are the reports of each."""
    reports = tuple(single)
    refused = tuple(_why_not(each) for each in reports)
    whole = one_level_a_lesson(paired.only(_rows_of(paired, refused)))
    strata = tuple(each for each in count(whole, together=True) if each.cells)
    lessons = int(np.unique(whole.lesson).size)
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
        mean_difference=_mean_difference(whole),
    )


def _left_out(
    reports: tuple[CriterionReport, ...], refused: tuple[str | None, ...]
) -> tuple[tuple[str, str], ...]:
    both = zip(reports, refused, strict=True)
    return tuple((each.criterion.key, reason) for each, reason in both if reason is not None)


def _why_not(report: CriterionReport) -> str | None:
    """Why a criterion is not pooled; None if it is."""
    criterion = report.criterion
    if not criterion.pooled:
        return LEFT_OUT
    if not criterion.has_levels:
        return NOT_LEVELS
    if not criterion.has_order:
        return NO_ORDER if len(criterion.levels) > 1 else ONE_LEVEL
    return None if report.n else NOT_PAIRED


def _nothing_pooled(refused: Iterable[str | None]) -> str:
    return NOT_PAIRED if NOT_PAIRED in refused else NOT_POOLED


def _rows_of(paired: PairedRatings, refused: tuple[str | None, ...]) -> Integers:
    taken = np.array([reason is None for reason in refused], dtype=np.bool_)
    return np.flatnonzero(taken[paired.criterion]).astype(np.int64)


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
    whole = _added(_sums(each.criterion, each.total) for each in strata)
    without = _added(_sums_without_each(each) for each in strata)
    cells = sum(each.cells for each in strata)

    def proportion(of: Callable[[Sums], Floats], apart: int) -> Figure:
        value = float(of(whole))
        if np.isnan(value):
            return Figure(reason=TWO_LEVELS)
        held = limits.of_proportion(value, of(without), lessons=lessons, cells=cells)
        return figure(value, held, chance=_chance(strata, apart))

    return [
        _coefficient(whole.alpha, without.alpha, [each.alpha for each in reports]),
        _coefficient(whole.ac2_mean, without.ac2_mean, [each.ac2 for each in reports]),
        proportion(lambda sums: sums.exact, 0),
        proportion(lambda sums: sums.within_one, 1),
    ]


def _coefficient(whole: Floats, without: Floats, single: list[Figure]) -> Figure:
    value = float(whole)
    if np.isnan(value):
        return Figure(reason=ONE_LEVEL)
    return figure(value, _limits(value, without, single))


def _limits(value: float, without: Floats, single: list[Figure]) -> limits.Limits:
    """The lesson jackknife; where no lesson moves the figure, as wide as the widest criterion."""
    moved = limits.jackknife(without)
    if moved is not None and not moved.still:
        return limits.clipped(moved.around(value))
    lows = [each.low for each in single if each.low is not None]
    highs = [each.high for each in single if each.high is not None]
    return (min(lows), max(highs)) if lows and highs else limits.ANYTHING


def _added(sums: Iterable[Sums]) -> Sums:
    first, *rest = sums
    for each in rest:
        first = first + each
    return first


def _sums_without_each(counted: Counted) -> Sums:
    parts = [_sums(counted.criterion, tables) for tables in counted.without_each()]
    return Sums(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Sums.__slots__)
    )


def _sums(criterion: RatedCriterion, tables: Tables) -> Sums:
    """The terms of one criterion; one without a rating or with one level only adds nothing."""
    levels = len(criterion.levels)
    n = coefficients.margins(tables.pairs).sum(axis=-1, keepdims=True)
    observed, expected = coefficients.disagreements(tables.pairs, "ordinal", criterion.values)
    ac2 = coefficients.gwet(
        tables.cells, coefficients.quadratic_weights(levels), alone=tables.alone
    )
    cells = coefficients.total(tables.pairs)
    scale = n[..., 0] ** 2
    spread = np.nan_to_num(expected) > 0
    near = cells if criterion.has_neighbours else np.zeros_like(cells)
    return Sums(
        observed=np.where(spread, coefficients.share(observed, scale), 0.0),
        expected=np.where(spread, coefficients.share(expected, scale), 0.0),
        ac2=np.nan_to_num(ac2),
        ac2_known=np.isfinite(ac2).astype(np.float64),
        same=np.asarray(np.trace(tables.pairs, axis1=-2, axis2=-1)),
        cells=cells,
        near=near * np.nan_to_num(coefficients.within(tables.pairs, apart=1)),
        near_cells=near,
    )


def _chance(strata: tuple[Counted, ...], apart: int) -> float:
    """The criteria's chances, weighted by their cells."""
    counted = [each for each in strata if apart == 0 or each.criterion.has_neighbours]
    chances = [
        float(coefficients.within_by_chance(each.total.pairs, apart=apart)) for each in counted
    ]
    return float(np.average(chances, weights=[each.cells for each in counted]))


def _mean_difference(whole: PairedRatings) -> Difference:
    ordered = np.array([each.scale == "ordinal" for each in whole.criteria], dtype=np.bool_)
    mine = whole.only(np.flatnonzero(ordered[whole.criterion]).astype(np.int64))
    return signed_difference(mine, (mine.first - mine.second).astype(np.float64))
