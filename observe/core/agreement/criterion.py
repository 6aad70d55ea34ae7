"""Every figure of one criterion, each with the limits that suit how its lessons were rated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from observe.core.agreement import coefficients, limits
from observe.core.agreement.certainty import Proportion, drawn_from, of_squares, student
from observe.core.agreement.counts import Counted, Tables
from observe.core.agreement.figures import (
    MORE_OBSERVERS,
    NO_ORDER,
    NO_ROLES,
    NOT_LEVELS,
    ONE_LEVEL,
    SEVERAL_CELLS,
    TWO_LEVELS,
    CriterionReport,
    Difference,
    Figure,
    figure,
    lessons_missing,
)
from observe.core.agreement.gaps import Gaps, gaps_of
from observe.core.agreement.gwet_error import gwet_error
from observe.core.agreement.intraclass import (
    f_limits,
    icc_a1,
    mean_squares_of_sums,
    sums_of_table,
)
from observe.core.agreement.mcnemar import McNemar, mcnemar
from observe.core.agreement.numbers import alpha_of_numbers
from observe.core.agreement.ratings import Floats, PairedRatings

MOST_LEVELS_TO_DRAW = 20
MUCH_OF_ONE_LEVEL = 80

Statistic = Callable[[Tables], Floats]


@dataclass(frozen=True, eq=False)
class Evidence:
    """The counts of one criterion and what says how far chance may have moved its figures."""

    counted: Counted
    seed: int | None

    @property
    def is_drawn(self) -> bool:
        """Whether limits come from draws: one cell a lesson, two observers, not too many levels."""
        counted = self.counted
        return self._few_levels and counted.two_observers and counted.one_cell_a_lesson

    @property
    def _few_levels(self) -> bool:
        """Whether tables of these levels can be drawn at all."""
        return self.counted.size <= MOST_LEVELS_TO_DRAW

    @cached_property
    def draws(self) -> Tables:
        """Tables drawn around the counted one, each lesson taken as one cell."""
        scale = self.counted.lessons / self._table.sum()
        return limits.drawn(self._table * scale, seed=self.seed)

    @cached_property
    def draws_by_cell(self) -> Tables:
        """The same, each cell (and each observer beyond two) taken as a lesson of its own."""
        return limits.drawn(self._table, seed=self.seed)

    @cached_property
    def _table(self) -> Floats:
        """The pairs (K x K); of more than two observers nobody is the first, and thirds are rounded."""
        pairs = self.counted.total.pairs
        return pairs if self.counted.two_observers else np.round((pairs + pairs.T) / 2, 9)

    @cached_property
    def left_out(self) -> tuple[Tables, ...]:
        """The tables without each lesson or block."""
        return tuple(self.counted.without_each())

    def without_each(self, statistic: Statistic) -> Floats:
        """The statistic without each lesson or block (clusters)."""
        return np.concatenate([statistic(tables) for tables in self.left_out])

    def coefficient(self, statistic: Statistic, *, error: float | None = None) -> Figure:
        """A coefficient with limits by draws, else by the lesson jackknife."""
        value = float(statistic(self.counted.total))
        if np.isnan(value):
            return Figure(reason=ONE_LEVEL)
        if self.is_drawn:
            return self.by_draws(value, statistic, error=error)
        return self.by_jackknife(value, self.without_each(statistic), statistic, error=error)

    def by_draws(self, value: float, statistic: Statistic, *, error: float | None = None) -> Figure:
        """Limits by draws, each lesson taken as one cell."""
        if not self._few_levels:
            return figure(value, limits.ANYTHING, error=error)
        values = statistic(self.draws)
        ordered = np.sort(values[np.isfinite(values)])
        certainty = drawn_from(ordered, dropped=values.size - ordered.size)
        return figure(value, limits.of_ordered(ordered, value), error=error, certainty=certainty)

    def by_jackknife(
        self, value: float, without: Floats, statistic: Statistic, *, error: float | None = None
    ) -> Figure:
        """Limits by t, held; where no lesson moves the figure, those of one cell a lesson."""
        moved = limits.jackknife(without)
        if moved is None:
            return figure(value, limits.ANYTHING, error=error)
        if moved.still:
            return self.by_draws(value, statistic, error=error)
        held = self._held(moved.around(value), value, statistic)
        certainty = student(value, held, moved.lessons - 1)
        return figure(value, held, error=error, certainty=certainty)

    def _held(self, by_t: limits.Limits, value: float, statistic: Statistic) -> limits.Limits:
        """No wider than if each lesson had one cell, no narrower than if each cell were a lesson."""
        if not self._few_levels:
            return limits.clipped(by_t)
        wide, narrow = (
            limits.of_draws(statistic(drawn), value) for drawn in (self.draws, self.draws_by_cell)
        )
        return limits.held(by_t, within=wide, around=narrow)


def criterion_report(counted: Counted, *, seed: int | None = None) -> CriterionReport:
    """Every figure of one criterion; each None with its reason where it cannot be had."""
    missing = lessons_missing(counted.lessons)
    evidence = Evidence(counted, seed)

    def given(make: Callable[[Evidence], Figure], refusal: str | None) -> Figure:
        reason = missing or refusal
        return make(evidence) if reason is None else Figure(reason=reason)

    return CriterionReport(
        criterion=counted.criterion,
        n=counted.lessons,
        n_cells=counted.cells,
        alone=counted.alone_lessons,
        table=_shown_table(counted),
        exact=given(_exact, _no_levels(counted)),
        within_one=given(_within_one, _no_neighbours(counted)),
        alpha=given(_alpha, None),
        ac1=given(_ac1, _no_levels(counted)),
        ac2=given(_ac2, _no_levels(counted) or _no_order(counted)),
        kappa_quadratic=given(_kappa_quadratic, _no_kappa(counted)),
        kappa_linear=given(_kappa_linear, _no_kappa(counted)),
        icc_a1=given(_icc, _no_order(counted)),
        mean_difference=mean_difference(counted),
        flags=_flags(counted),
        mcnemar=_mcnemar(counted),
    )


def _no_levels(counted: Counted) -> str | None:
    return None if counted.criterion.has_levels else NOT_LEVELS


def _no_order(counted: Counted) -> str | None:
    return None if counted.criterion.has_order else NO_ORDER


def _no_neighbours(counted: Counted) -> str | None:
    if counted.criterion.has_neighbours:
        return None
    return (
        _no_levels(counted) or _no_order(counted) or (ONE_LEVEL if counted.size < 2 else TWO_LEVELS)
    )


def _no_kappa(counted: Counted) -> str | None:
    more = None if counted.two_observers else MORE_OBSERVERS
    return _no_levels(counted) or _no_order(counted) or more


def _exact(evidence: Evidence) -> Figure:
    return _near(evidence, apart=0)


def _within_one(evidence: Evidence) -> Figure:
    return _near(evidence, apart=1)


def _near(evidence: Evidence, *, apart: int) -> Figure:
    """Share of cells at most so far apart, by Wilson, with the share that chance would give.

    Each cell counts once, however many rated it: beyond two observers this is Gwet's p_a.
    """
    counted, tables = evidence.counted, evidence.counted.total
    value = float(coefficients.within(tables.cells, apart=apart))
    chance = float(coefficients.within_by_chance(tables.pairs, apart=apart))
    if counted.one_cell_a_lesson:
        certainty = Proportion(value, counted.lessons)
        return figure(
            value, limits.wilson(value, counted.lessons), chance=chance, certainty=certainty
        )
    without = evidence.without_each(lambda t: coefficients.within(t.cells, apart=apart))
    return proportion(value, without, lessons=counted.lessons, cells=counted.cells, chance=chance)


def proportion(value: float, without: Floats, *, lessons: int, cells: int, chance: float) -> Figure:
    """A share of cells, of which a lesson may have several; `without` is it without each cluster (n)."""
    held = limits.of_proportion(value, without, lessons=lessons, cells=cells)
    worth = limits.lessons_worth(value, without, lessons=lessons, cells=cells)
    return figure(value, held, chance=chance, certainty=Proportion(value, worth))


def _alpha(evidence: Evidence) -> Figure:
    criterion = evidence.counted.criterion

    def statistic(tables: Tables) -> Floats:
        return coefficients.alpha(tables.pairs, criterion.scale, criterion.values)

    if criterion.has_levels or evidence.is_drawn:
        return evidence.coefficient(statistic)
    value, without = alpha_of_numbers(evidence.counted)
    if np.isnan(value):
        return Figure(reason=ONE_LEVEL)
    return evidence.by_jackknife(value, without, statistic)


def _ac1(evidence: Evidence) -> Figure:
    return _gwet(evidence, coefficients.identity_weights(evidence.counted.size))


def _ac2(evidence: Evidence) -> Figure:
    return _gwet(evidence, coefficients.quadratic_weights(evidence.counted.size))


def _gwet(evidence: Evidence, weights: Floats) -> Figure:
    return evidence.coefficient(
        lambda t: coefficients.gwet(t.cells, weights, alone=t.alone, spread=t.spread),
        error=gwet_error(evidence.counted, weights),
    )


def _kappa_quadratic(evidence: Evidence) -> Figure:
    return evidence.coefficient(lambda t: coefficients.kappa(t.pairs, power=2))


def _kappa_linear(evidence: Evidence) -> Figure:
    return evidence.coefficient(lambda t: coefficients.kappa(t.pairs, power=1))


def _icc(evidence: Evidence) -> Figure:
    counted = evidence.counted
    squares = counted.squares
    if squares is None and not counted.two_observers:
        return Figure(reason=MORE_OBSERVERS)
    if squares is None:
        return _icc_of_several_cells(evidence)
    value = float(icc_a1(squares))
    if np.isnan(value):
        return Figure(reason=ONE_LEVEL)
    by_f = f_limits(squares)
    if by_f is None:
        return evidence.by_draws(value, _icc_of(evidence))
    return figure(value, by_f, certainty=of_squares(squares))


def _icc_of_several_cells(evidence: Evidence) -> Figure:
    sums = evidence.counted.cell_sums
    value = float(icc_a1(mean_squares_of_sums(sums.sum(axis=0))))
    if np.isnan(value):
        return Figure(reason=ONE_LEVEL)
    without = icc_a1(mean_squares_of_sums(sums.sum(axis=0) - sums))
    return evidence.by_jackknife(value, without, _icc_of(evidence))


def _icc_of(evidence: Evidence) -> Statistic:
    values = evidence.counted.criterion.values
    return lambda t: icc_a1(mean_squares_of_sums(sums_of_table(t.pairs, values)))


def mean_difference(counted: Counted) -> Difference:
    """First minus second over lessons, with limits by t on lesson means (Bland and Altman 1986)."""
    if not counted.criterion.has_order or counted.criterion.scale == "nominal":
        return Difference(reason=NO_ORDER)
    return difference_of(counted.gaps)


def signed_difference(ratings: PairedRatings, gap: Floats) -> Difference:
    """The mean of these differences (one a pair of ratings), of pairs across roles where known."""
    return difference_of(gaps_of(ratings, gap))


def difference_of(gaps: Gaps) -> Difference:
    """The mean of signed differences over lessons."""
    lessons = int(gaps.lessons.sum())
    missing = lessons_missing(lessons)
    if missing is not None:
        no_roles = lessons == 0 and gaps.rated
        return Difference(reason=NO_ROLES if no_roles else missing, lessons=lessons)
    mean, sd = float(np.average(gaps.means, weights=gaps.lessons)), _spread(gaps, lessons)
    low, high = limits.of_mean(gaps.means, gaps.lessons) if np.ptp(gaps.means) else _alike(gaps)
    return Difference(
        value=mean,
        low=low,
        high=high,
        sd=sd,
        limits=(mean - 2 * sd, mean + 2 * sd),
        roles=gaps.roles,
        lessons=lessons,
        certainty=student(mean, (low, high), lessons - 1),
    )


def _alike(gaps: Gaps) -> limits.Limits:
    """All lessons differ alike: on as many as Wilson leaves open one cell might differ by a level."""
    lessons, mean = int(gaps.lessons.sum()), float(gaps.means[0])
    reach = limits.wilson(0.0, lessons)[1] * lessons / max(float(gaps.weight.sum()), lessons)
    return mean - reach, mean + reach


def _spread(gaps: Gaps, lessons: int) -> float:
    """Standard deviation of values that count once a cell."""
    weight, whole = gaps.weight, float(gaps.weight.sum())
    mean = (weight * gaps.of_cells).sum() / whole
    cells = max(whole, lessons)
    return float(
        np.sqrt((weight * (gaps.of_cells - mean) ** 2).sum() / whole * cells / (cells - 1))
    )


def _mcnemar(counted: Counted) -> McNemar | None:
    """On lessons of one cell; several cells of a lesson are not so many answers."""
    if counted.size != 2 or not (counted.two_observers and counted.criterion.has_levels):
        return None
    several = None if counted.one_cell_a_lesson else SEVERAL_CELLS
    return mcnemar(counted.total.pairs, missing=lessons_missing(counted.lessons) or several)


def _shown_table(counted: Counted) -> tuple[tuple[int, ...], ...] | None:
    if not counted.criterion.has_levels or not counted.two_observers:
        return None
    return tuple(tuple(round(count) for count in row) for row in counted.total.pairs.tolist())


def _flags(counted: Counted) -> tuple[str, ...]:
    return tuple(flag for flag in (_commonest(counted), _alone(counted)) if flag)


def _commonest(counted: Counted) -> str | None:
    if lessons_missing(counted.lessons) or not counted.criterion.has_levels:
        return None
    n = coefficients.margins(counted.total.pairs)
    most = round(100 * float(n.max() / n.sum()))
    return f"one level takes {most} % of ratings" if most >= MUCH_OF_ONE_LEVEL else None


def _alone(counted: Counted) -> str | None:
    if counted.alone_lessons == 0:
        return None
    lessons = (
        "1 lesson was" if counted.alone_lessons == 1 else f"{counted.alone_lessons} lessons were"
    )
    return f"{lessons} rated by one observer only"
