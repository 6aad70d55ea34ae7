"""95 % limits that cover with five lessons: Dirichlet draws, Wilson, the lesson jackknife, t."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from observe.core.agreement.counts import Tables, of_two_observers
from observe.core.agreement.quantiles import beta_share, normal_quantile, t_quantile
from observe.core.agreement.ratings import Floats, Integers

DRAWS_EACH = 1000
TAIL = 0.04
MORE_LESSONS = 4
UPPER = 0.975

Limits = tuple[float, float]
ANYTHING: Limits = (-1.0, 1.0)


def drawn(table: Floats, *, seed: int | None = None) -> Tables:
    """2,000 tables (2,000 x K x K) that could stand behind this one, each scaled to its n lessons.

    `table` is K x K with one cell a lesson. One half adds four lessons on which the observers agreed
    by chance, the other four on which they agreed exactly: each limit is left to the half that
    reaches that way. Without `seed` the table itself seeds the draws, so that a page repeats itself
    and changing the observers' places changes nothing.
    """
    turned = in_either_order(table)
    n, K = float(turned.sum()), turned.shape[-1]
    q = _middling_levels(turned)
    halves = turned + MORE_LESSONS * np.stack([np.outer(q, q), np.diag(q)])
    tables = _gammas(halves.reshape(2, K * K), _seed_of(turned) if seed is None else seed)
    tables *= (n / tables.sum(axis=1))[:, np.newaxis]
    return of_two_observers(tables.reshape(-1, K, K), spread=2 * n / (2 * n - 1))


def _gammas(shapes: Floats, seed: int) -> Floats:
    """1,000 draws for each shape (halves x cells), draws of both halves x cells.

    Drawn cell by cell, which takes two thirds of the time of drawing table by table.
    """
    generator = np.random.default_rng(seed)
    drawn = np.empty((*shapes.shape, DRAWS_EACH), np.float32)
    for half, cell in np.ndindex(shapes.shape):
        generator.standard_gamma(shapes[half, cell], dtype=np.float32, out=drawn[half, cell])
    return drawn.swapaxes(1, 2).reshape(-1, shapes.shape[1]).astype(np.float64)


def in_either_order(table: Floats) -> Floats:
    """The table or its mirror image, whichever is larger in reading order."""
    return max(table, table.T, key=lambda each: each.ravel().tolist())


def _seed_of(table: Floats) -> int:
    written = np.ascontiguousarray(table, dtype="<f8").tobytes()
    return int.from_bytes(hashlib.sha256(written).digest()[:8], "little")


def _middling_levels(table: Floats) -> Floats:
    """q: how often each level is given, three quarters as seen and one quarter evenly."""
    n, K = table.sum(), table.shape[-1]
    seen = (table.sum(axis=0) + table.sum(axis=1) + 1) / (2 * n + K)
    return np.asarray(0.75 * seen + 0.25 / K)


def of_draws(values: Floats, point: float) -> Limits:
    """The 4 and 96 % points of a coefficient's draws (draws), stretched to the point; 0/0 dropped."""
    return of_ordered(np.sort(values[np.isfinite(values)]), point)


def of_ordered(known: Floats, point: float) -> Limits:
    """The same from the draws that are known, in order."""
    if known.size == 0:
        return ANYTHING
    return min(_at(known, TAIL), point), max(_at(known, 1 - TAIL), point)


def _at(ordered: Floats, share: float) -> float:
    """The value below which this share lies, on a straight line between neighbours."""
    below, rest = divmod(share * (ordered.size - 1), 1)
    low, high = ordered[int(below)], ordered[min(int(below) + 1, ordered.size - 1)]
    return float(low + rest * (high - low))


def proportion_at_least(k: float, n: float, threshold: float) -> float:
    """The probability that a proportion seen as k of n reaches the threshold: Beta(k+1, n-k+1)."""
    return 1 - beta_share(k + 1, n - k + 1, below=threshold)


def wilson(p: float, n: float, *, quantile: float | None = None) -> Limits:
    """Limits of a proportion seen on n lessons (Wilson 1927, J. Am. Stat. Assoc. 22:209)."""
    z = normal_quantile(UPPER) if quantile is None else quantile
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return min(max(middle - half, 0.0), p), max(min(middle + half, 1.0), p)


@dataclass(frozen=True, slots=True)
class Jackknife:
    """The standard error of a figure when one lesson after the other is left out."""

    error: float
    lessons: int

    @property
    def still(self) -> bool:
        """Whether no lesson moves the figure, which then says nothing about its error."""
        return self.error < 1e-12

    def around(self, point: float) -> Limits:
        """Limits by t with one degree less than lessons."""
        half = t_quantile(UPPER, self.lessons - 1) * self.error
        return point - half, point + half


def jackknife(left_out: Floats) -> Jackknife | None:
    """From the figure without each of n lessons (n); None if one lesson alone makes it possible.

    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, 11.5.
    """
    n = left_out.size
    if n < 2 or not np.isfinite(left_out).all():
        return None
    spread = float(((left_out - left_out.mean()) ** 2).sum())
    return Jackknife(math.sqrt((n - 1) / n * spread), n)


def clipped(limits: Limits) -> Limits:
    """Limits of a coefficient, which lies between -1 and 1."""
    low, high = limits
    return max(low, -1.0), min(high, 1.0)


def held(limits: Limits, *, within: Limits, around: Limits) -> Limits:
    """The limits, each drawn in to the wide ones (`within`) and then out to the narrow (`around`).

    A jackknife that rests on the few lessons where observers differ may be far off either way.
    """
    low, high = max(limits[0], within[0]), min(limits[1], within[1])
    return min(low, around[0]), max(high, around[1])


def of_proportion(p: float, left_out: Floats, *, lessons: int, cells: int) -> Limits:
    """Wilson on lessons; where they have several cells, on what these are worth, by t.

    `left_out` is the share without each cluster (n).
    """
    worth = lessons_worth(p, left_out, lessons=lessons, cells=cells)
    return wilson(p, worth, quantile=_quantile_of(left_out, lessons=lessons, cells=cells))


def _quantile_of(left_out: Floats, *, lessons: int, cells: int) -> float | None:
    return None if cells == lessons else t_quantile(UPPER, left_out.size - 1)


def lessons_worth(p: float, left_out: Floats, *, lessons: int, cells: int) -> float:
    """How many lessons of one cell tell as much as these: p(1 - p)/se^2 of the jackknife.

    Held between lessons and cells; the lessons themselves where no lesson moves the share.
    """
    leave = None if cells == lessons else jackknife(left_out)
    if leave is None or leave.still:
        return lessons
    return min(max(p * (1 - p) / leave.error**2, lessons), cells)


def of_mean(values: Floats, lessons: Integers | None = None) -> Limits:
    """Limits of the mean of one value a lesson, by t; or of values of so many lessons each."""
    times = np.ones(values.size, np.int64) if lessons is None else lessons
    n = int(times.sum())
    mean = float(times @ values / n)
    spread = math.sqrt(float(times @ (values - mean) ** 2) / (n - 1))
    half = t_quantile(UPPER, n - 1) * spread / math.sqrt(n)
    return mean - half, mean + half
