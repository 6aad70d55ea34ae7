"""How probable it is that the true value of a figure is at or above a threshold.

Each kind keeps what its limits were made from, small enough to stand in a report that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from observe.core.agreement.intraclass import MeanSquares, f_share_at_least
from observe.core.agreement.limits import UPPER, Limits, proportion_at_least
from observe.core.agreement.quantiles import t_quantile, t_share
from observe.core.agreement.ratings import Floats, Integers

POINTS = 200
MOST = 0.999


def atanh(coefficient: Floats) -> Floats:
    """atanh of coefficients, held within .999 of 0."""
    return np.asarray(np.arctanh(np.clip(coefficient, -MOST, MOST)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A coefficient's draws: the points (4 bytes each) that part them into 200 equal shares.

    `dropped` draws were 0/0.
    """

    points: bytes
    dropped: int = 0

    def at_least(self, threshold: float) -> float:
        """The share of draws that reach the threshold."""
        points = np.frombuffer(self.points, np.float32)
        return float(np.mean(points >= np.float32(threshold)))

    @property
    def variance(self) -> float:
        """The variance of atanh of the draws."""
        return float(atanh(np.frombuffer(self.points, np.float32).astype(np.float64)).var())


def drawn_from(ordered: Floats, *, dropped: int = 0) -> Drawn:
    """From the draws that are known, in order (draws)."""
    return Drawn(ordered[_middles(ordered.size)].astype(np.float32).tobytes(), dropped)


@lru_cache
def _middles(size: int) -> Integers:
    """The places in the middle of 200 equal parts."""
    return np.asarray((np.arange(POINTS) + 0.5) / POINTS * size, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Student:
    """A value with its standard error by lessons, by t; `above` it another where limits are held."""

    value: float
    error: float
    degrees: int
    above: float | None = None

    def at_least(self, threshold: float) -> float:
        """The share of t above the threshold."""
        upwards = self.above is not None and threshold > self.value
        error = (self.above or 0.0) if upwards else self.error
        if error == 0:
            return float(self.value >= threshold)
        return t_share((self.value - threshold) / error, self.degrees)

    @property
    def variance(self) -> float:
        """The variance of atanh of a coefficient, by its slope."""
        held = min(max(self.value, -MOST), MOST)
        above = self.error if self.above is None else self.above
        return ((self.error + above) / 2 / (1 - held**2)) ** 2


def student(value: float, limits: Limits, degrees: int) -> Student:
    """From 95 % limits around the value, before they are clipped."""
    t = t_quantile(UPPER, degrees)
    return Student(value, max((value - limits[0]) / t, 0), degrees, max((limits[1] - value) / t, 0))


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share seen on n lessons, or on as many as several cells a lesson are worth."""

    share: float
    n: float

    def at_least(self, threshold: float) -> float:
        """By Beta(k + 1, n - k + 1); never by draws, whose prior is about coefficients."""
        return proportion_at_least(self.share * self.n, self.n, threshold)


@dataclass(frozen=True, slots=True)
class Intraclass:
    """An ICC(A,1) with the mean squares it was made from."""

    MSR: float
    MSC: float
    MSE: float
    n: float
    k: int

    def at_least(self, threshold: float) -> float:
        """By the same F as the limits."""
        MSR, MSC, MSE, n = (np.asarray(x) for x in (self.MSR, self.MSC, self.MSE, self.n))
        return f_share_at_least(MeanSquares(MSR, MSC, MSE, n, self.k), threshold)


def of_squares(squares: MeanSquares) -> Intraclass:
    """From the mean squares of one criterion."""
    s = squares
    return Intraclass(float(s.MSR), float(s.MSC), float(s.MSE), float(s.n), s.k)


Certainty = Drawn | Student | Proportion | Intraclass
