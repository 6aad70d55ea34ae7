"""Whether two sides grow apart over time: windows of ten lessons, and a slope on the date."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from observe.core.agreement import coefficients, limits
from observe.core.agreement.criterion import proportion, signed_difference
from observe.core.agreement.figures import Difference, Figure, figure, lessons_missing
from observe.core.agreement.gaps import lesson_means
from observe.core.agreement.pooled import one_level_a_lesson, why_not_pooled
from observe.core.agreement.quantiles import t_quantile
from observe.core.agreement.ratings import Floats, Integers, PairedRatings, numbered

WINDOW = 10
FEWEST_WINDOWS = 3
A_MONTH = 30
POINTS = 25

FEWER_THAN_THREE_WINDOWS = "fewer than 30 lessons"
ONE_DAY = "all lessons were on one day"


@dataclass(frozen=True, slots=True)
class Window:
    """Ten lessons in a row, from the first day to the last (proleptic ordinals).

    `difference` is first minus second in levels, `exact` the share of criteria with the same level.
    """

    first_day: int
    last_day: int
    lessons: int
    difference: Difference
    exact: Figure


@dataclass(frozen=True, slots=True)
class LinePoint:
    """Where the line of the slope stands on a day (an ordinal), and its 95 % limits there, in levels."""

    day: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drift:
    """The windows in order of time, and by how many levels the difference grows in 30 days.

    Without enough lessons there is no window, and `reason` says so. `waiting` lessons came after the
    last full window: they are in the slope, and in a window once there are ten of them. `line` runs
    from the first day to the last, to be drawn with its limits as a band.
    """

    windows: tuple[Window, ...]
    slope: Figure
    lessons: int = 0
    waiting: int = 0
    reason: str | None = None
    line: tuple[LinePoint, ...] = ()


def drift(paired: PairedRatings, days: Integers) -> Drift:
    """How the signed difference and the agreement on pooled criteria went from window to window.

    `days` is the day of each lesson (lessons; proleptic ordinals, as `date.toordinal` gives them).
    Only pairs with a signed difference count where roles are known. Lessons of one day stand in
    their own order.
    """
    mine = _compared(paired)
    day = np.asarray(days[np.unique(mine.lesson)], dtype=np.int64)
    if day.size < WINDOW * FEWEST_WINDOWS:
        reason = lessons_missing(day.size) or FEWER_THAN_THREE_WINDOWS
        return Drift((), Figure(reason=reason), day.size, reason=reason)
    turn = np.argsort(day, kind="stable")
    place = np.empty_like(turn)
    place[turn] = np.arange(turn.size)
    window = place[numbered(mine.lesson)] // WINDOW
    full = day.size // WINDOW
    straight = _straight(mine, day)
    return Drift(
        windows=_windows(mine, window, day[turn][: full * WINDOW].reshape(full, WINDOW)),
        slope=Figure(reason=ONE_DAY) if straight is None else straight.slope,
        lessons=day.size,
        waiting=day.size - full * WINDOW,
        line=() if straight is None else straight.points(day),
    )


def _compared(paired: PairedRatings) -> PairedRatings:
    """One level a lesson of the criteria that are pooled, of pairs whose difference has a sign."""
    pooled = paired.of_criteria(
        each.scale == "ordinal" and why_not_pooled(each) is None for each in paired.criteria
    )
    if pooled.signed is not None:
        pooled = pooled.only(np.flatnonzero(pooled.signed))
    return one_level_a_lesson(pooled)


def _windows(mine: PairedRatings, window: Integers, days: Integers) -> tuple[Window, ...]:
    order = np.argsort(window, kind="stable")
    bounds = np.searchsorted(window[order], np.arange(len(days) + 1)).tolist()
    chances = _chances(mine, window, len(days))
    return tuple(
        _window(mine.only(order[bounds[at] : bounds[at + 1]]), day, float(chances[at]))
        for at, day in enumerate(days)
    )


def _window(mine: PairedRatings, day: Integers, chance: float) -> Window:
    return Window(
        first_day=int(day[0]),
        last_day=int(day[-1]),
        lessons=day.size,
        difference=signed_difference(mine, mine.gap),
        exact=_exact(mine, chance),
    )


def _exact(mine: PairedRatings, chance: float) -> Figure:
    """The share of cells with the same level, with the limits of pooled figures."""
    lesson, weight = numbered(mine.lesson), mine.cell_weights
    cells = np.bincount(lesson, weight)
    same = np.bincount(lesson, weight * (mine.gap == 0))
    value, others = float(same.sum() / cells.sum()), np.maximum(cells.sum() - cells, 1e-9)
    return proportion(
        value,
        (same.sum() - same) / others,
        lessons=cells.size,
        cells=max(round(float(cells.sum())), cells.size),
        chance=chance,
    )


def _chances(mine: PairedRatings, window: Integers, windows: int) -> Floats:
    """The share of the same level that chance would give in each window (windows).

    Each criterion's own chance in that window, weighted by its cells.
    """
    K = max(len(each.levels) for each in mine.criteria)
    shape = (windows + 1, len(mine.criteria), K, K)
    place = np.ravel_multi_index((window, mine.criterion, mine.first, mine.second), shape)
    added = np.bincount(place, mine.weights, minlength=math.prod(shape)).astype(np.float64)
    tables = added.reshape(shape)[:windows]
    cells = coefficients.total(tables)
    chance = np.nan_to_num(coefficients.within_by_chance(tables, apart=0))
    return np.asarray((chance * cells).sum(axis=1) / cells.sum(axis=1))


@dataclass(frozen=True, eq=False, slots=True)
class _Straight:
    """The line through lessons: their days in months from the middle one, and by how much each misses.

    `rest` is each lesson's residual as it is when that lesson is left out, for errors of HC3.
    """

    x: Floats
    middle: float
    rise: float
    rest: Floats

    @property
    def slope(self) -> Figure:
        """Levels in 30 days."""
        half = self._half(self.x / float(self.x @ self.x))
        return figure(self.rise, (self.rise - half, self.rise + half))

    def points(self, day: Integers) -> tuple[LinePoint, ...]:
        """The line from the first day to the last, with its limits."""
        days = np.unique(np.linspace(day.min(), day.max(), POINTS).round().astype(np.int64))
        return tuple(self._point(int(each), float(day.mean())) for each in days)

    def _point(self, day: int, mean: float) -> LinePoint:
        x = (day - mean) / A_MONTH
        value = self.middle + self.rise * x
        half = self._half(1 / self.x.size + x * self.x / float(self.x @ self.x))
        return LinePoint(day, value, value - half, value + half)

    def _half(self, weight: Floats) -> float:
        """Half the width of the limits of a weighted sum of the lessons (weights of lessons)."""
        error = float(np.sqrt((weight**2 * self.rest**2).sum()))
        return t_quantile(limits.UPPER, self.x.size - 2) * error


def _straight(mine: PairedRatings, day: Integers) -> _Straight | None:
    """Least squares of each lesson's mean difference on its day; None where all were on one day.

    A lesson counts once, so it is the cluster; its error is HC3, which leaves each lesson out in
    turn, by t with lessons - 2 degrees. Source: MacKinnon and White 1985, J. Econometrics 29:305.
    """
    y = lesson_means(numbered(mine.lesson), mine.gap, mine.cell_weights)
    x = (day - day.mean()) / A_MONTH
    squares = float(x @ x)
    if squares == 0:
        return None
    rise, middle = float(x @ y) / squares, float(y.mean())
    leverage = 1 / y.size + x**2 / squares
    rest = (y - middle - rise * x) / np.maximum(1 - leverage, 1e-9)
    return _Straight(x, middle, rise, rest)
