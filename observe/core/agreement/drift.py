"""Whether two sides grow apart over time: windows of ten lessons, and a slope on the date."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from observe.core.agreement import coefficients, limits
from observe.core.agreement.criterion import signed_difference
from observe.core.agreement.figures import Difference, Figure, figure, lessons_missing
from observe.core.agreement.gaps import lesson_means
from observe.core.agreement.pooled import one_level_a_lesson, why_not_pooled
from observe.core.agreement.quantiles import t_quantile
from observe.core.agreement.ratings import Floats, Integers, PairedRatings, numbered

WINDOW = 10
FEWEST_WINDOWS = 3
A_MONTH = 30

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
class Drift:
    """The windows in order of time, and by how many levels the difference grows in 30 days.

    Without enough lessons there is no window, and `reason` says so. `waiting` lessons came after the
    last full window: they are in the slope, and in a window once there are ten of them.
    """

    windows: tuple[Window, ...]
    slope: Figure
    lessons: int = 0
    waiting: int = 0
    reason: str | None = None


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
    return Drift(
        windows=_windows(mine, window, day[turn][: full * WINDOW].reshape(full, WINDOW)),
        slope=_slope(mine, day),
        lessons=day.size,
        waiting=day.size - full * WINDOW,
    )


def _compared(paired: PairedRatings) -> PairedRatings:
    """One level a lesson of the criteria that are pooled, of pairs whose difference has a sign."""
    pooled = np.array(
        [each.scale == "ordinal" and why_not_pooled(each) is None for each in paired.criteria],
        np.bool_,
    )
    taken = pooled[paired.criterion]
    if paired.signed is not None:
        taken = taken & paired.signed
    return one_level_a_lesson(paired.only(np.flatnonzero(taken)))


def _windows(mine: PairedRatings, window: Integers, days: Integers) -> tuple[Window, ...]:
    order = np.argsort(window, kind="stable")
    bounds = np.searchsorted(window[order], np.arange(len(days) + 1)).tolist()
    chances = _chances(mine, window, len(days))
    return tuple(
        _window(mine.only(order[bounds[at] : bounds[at + 1]]), day, float(chances[at]))
        for at, day in enumerate(days)
    )


def _window(mine: PairedRatings, day: Integers, chance: float) -> Window:
    gap = (mine.first - mine.second).astype(np.float64)
    return Window(
        first_day=int(day[0]),
        last_day=int(day[-1]),
        lessons=day.size,
        difference=signed_difference(mine, gap),
        exact=_exact(mine, gap, chance),
    )


def _exact(mine: PairedRatings, gap: Floats, chance: float) -> Figure:
    """The share of cells with the same level, with the limits of pooled figures."""
    lesson, weight = numbered(mine.lesson), mine.cell_weights
    cells = np.bincount(lesson, weight)
    same = np.bincount(lesson, weight * (gap == 0))
    value, others = float(same.sum() / cells.sum()), np.maximum(cells.sum() - cells, 1e-9)
    held = limits.of_proportion(
        value,
        (same.sum() - same) / others,
        lessons=cells.size,
        cells=max(round(float(cells.sum())), cells.size),
    )
    return figure(value, held, chance=chance)


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


def _slope(mine: PairedRatings, day: Integers) -> Figure:
    """Least squares of each lesson's mean difference on its day, in levels for 30 days.

    A lesson counts once, so it is the cluster; its error is HC3, which leaves each lesson out in
    turn, by t with lessons - 2 degrees. Source: MacKinnon and White 1985, J. Econometrics 29:305.
    """
    gap = (mine.first - mine.second).astype(np.float64)
    y = lesson_means(numbered(mine.lesson), gap, mine.cell_weights)
    x = (day - day.mean()) / A_MONTH
    squares = float(x @ x)
    if squares == 0:
        return Figure(reason=ONE_DAY)
    slope = float(x @ y) / squares
    leverage = 1 / y.size + x**2 / squares
    rest = (y - y.mean() - slope * x) / np.maximum(1 - leverage, 1e-9)
    half = t_quantile(limits.UPPER, y.size - 2) * float(np.sqrt((x**2 * rest**2).sum())) / squares
    return figure(slope, (slope - half, slope + half))
