"""How many more lessons it takes until limits are as narrow as one wants, and where chance lies."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from observe.core.agreement.figures import Figure
from observe.core.agreement.limits import UPPER
from observe.core.agreement.quantiles import t_quantile

MOST_LESSONS = 1_000_000


def lessons_needed(half_width: float, *, now: float, lessons: int) -> int | None:
    """The least number of lessons that brings limits of half-width `now` down to `half_width`.

    The least n with t(n-1)/sqrt(n) <= (half_width / now) t(lessons-1)/sqrt(lessons), never fewer
    than there are; None where no number of lessons a network can make would do. Half-widths are in
    the units of the figure. Raises ValueError for fewer than two lessons, which have no half-width.
    """
    if lessons < 2:
        raise ValueError("fewer than two lessons have no half-width")
    if now <= half_width:
        return lessons
    aim = half_width / now * _reach(lessons)
    found = bisect_left(range(lessons, MOST_LESSONS), -aim, key=lambda n: -_reach(n))
    return lessons + found if lessons + found < MOST_LESSONS else None


def more_lessons(figure: Figure, *, lessons: int, half_width: float) -> int | None:
    """How many lessons more bring a figure's limits down to this half-width; None without limits."""
    if figure.low is None or figure.high is None:
        return None
    needed = lessons_needed(half_width, now=(figure.high - figure.low) / 2, lessons=lessons)
    return None if needed is None else needed - lessons


@dataclass(frozen=True, slots=True)
class ChanceLine:
    """The shares of lessons (0 to 1) on which two would be so near without looking at them."""

    exact: float
    within_one: float


def chance_line(use: Sequence[float]) -> ChanceLine:
    """What chance alone gives two observers who use the levels as often as this, lowest first.

    `use` (K; any unit) is how often each level is given; evenly, say, is [1, 1, 1, 1]. Before any
    lesson is seen that is the line to plan by; beside a figure stands its own. Raises ValueError
    where no level is used.
    """
    given = np.asarray(use, dtype=np.float64)
    if given.size == 0 or (given < 0).any() or given.sum() == 0:
        raise ValueError("no level is used")
    share = given / given.sum()
    exact = float(share @ share)
    return ChanceLine(exact, exact + 2 * float(share[1:] @ share[:-1]))


def _reach(lessons: int) -> float:
    return t_quantile(UPPER, lessons - 1) / math.sqrt(lessons)
