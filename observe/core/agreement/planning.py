"""How many more lessons it takes until limits are as narrow as one wants."""

from __future__ import annotations

import math
from bisect import bisect_left

from observe.core.agreement.figures import Figure
from observe.core.agreement.limits import UPPER
from observe.core.agreement.quantiles import t_quantile

MOST_LESSONS = 1_000_000


def lessons_needed(half_width: float, *, now: float, lessons: int) -> int | None:
    """The least number of lessons that brings limits of half-width `now` down to `half_width`.

    The least n with t(n-1)/sqrt(n) <= (half_width / now) t(lessons-1)/sqrt(lessons), never fewer
    than there are; None where no number of lessons a network can make would do.
    """
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


def _reach(lessons: int) -> float:
    return t_quantile(UPPER, lessons - 1) / math.sqrt(lessons)
