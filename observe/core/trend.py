"""Whether a figure changes from lesson to lesson: a straight line, and how sure its slope is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from observe.core.agreement.quantiles import t_quantile

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Trend:
    """Change a lesson with 95 % limits, and the line's value at the first and the last lesson.

    `band` holds the 95 % limits of the line itself, one pair a lesson.
    """

    slope: float
    low: float
    high: float
    first: float
    last: float
    band: tuple[tuple[float, float], ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether the limits leave no doubt about the direction."""
        return self.low > 0 or self.high < 0


def trend(values: Sequence[float]) -> Trend | None:
    """The least-squares line through one value a lesson, in order; None for fewer than 5 lessons."""
    n = len(values)
    if n < FEWEST:
        return None
    y, x = np.array(values, dtype=np.float64), np.arange(n) - (n - 1) / 2
    slope, middle = float(x @ y / (x @ x)), float(y.mean())
    rest = float(((y - middle - slope * x) ** 2).sum())
    error = t_quantile(0.975, n - 2) * math.sqrt(rest / (n - 2))
    half, reach = error / math.sqrt(float(x @ x)), slope * (n - 1) / 2
    line, wide = middle + slope * x, error * np.sqrt(1 / n + x**2 / float(x @ x))
    band = tuple(zip((line - wide).tolist(), (line + wide).tolist(), strict=True))
    return Trend(slope, slope - half, slope + half, middle - reach, middle + reach, band)
