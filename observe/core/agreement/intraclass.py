"""ICC(A,1): how much of the variance of single ratings lies between lessons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.coefficients import share
from observe.core.agreement.quantiles import f_quantile, f_share
from observe.core.agreement.ratings import Floats, Integers


@dataclass(frozen=True, eq=False, slots=True)
class MeanSquares:
    """Mean squares of lessons (MSR), observers (MSC) and error (MSE), n lessons by k observers."""

    MSR: Floats
    MSC: Floats
    MSE: Floats
    n: Floats
    k: int


def mean_squares(ratings: Floats) -> MeanSquares:
    """Two-way analysis of variance of a complete table of ratings, lessons x observers."""
    n, k = ratings.shape
    grand, lessons, observers = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    rest = ratings - lessons[:, np.newaxis] - observers + grand
    return MeanSquares(
        MSR=k * ((lessons - grand) ** 2).sum() / (n - 1),
        MSC=n * ((observers - grand) ** 2).sum() / (k - 1),
        MSE=(rest**2).sum() / ((n - 1) * (k - 1)),
        n=np.asarray(float(n)),
        k=k,
    )


def sums_of_table(table: Floats, values: Floats) -> Floats:
    """Sums over cells of 1, m, m^2, d, d^2 from tables of two observers: ... x K x K in, ... x 5 out.

    m is the mean of a cell's two ratings from the middle of `values` (K), d their difference.
    """
    away = values - values.mean()
    middle = (away[:, np.newaxis] + away[np.newaxis, :]) / 2
    gap = away[:, np.newaxis] - away[np.newaxis, :]
    terms = np.stack([np.ones_like(gap), middle, middle**2, gap, gap**2], axis=-1)
    return np.asarray(table.reshape(*table.shape[:-2], -1) @ terms.reshape(-1, 5))


def sums_of_clusters(
    first: Floats,
    second: Floats,
    cluster: Integers,
    clusters: int,
    *,
    times: Floats | float = 1.0,
) -> Floats:
    """The same sums for each cluster of cells: one rating of each observer a cell, clusters x 5 out.

    `times` says how often each cell is there.
    """
    away = (first.mean() + second.mean()) / 2
    middle, gap = (first + second) / 2 - away, first - second
    terms = (np.ones_like(gap), middle, middle**2, gap, gap**2)
    sums = [np.bincount(cluster, term * times, minlength=clusters) for term in terms]
    return np.stack(sums, axis=-1)


def mean_squares_of_sums(sums: Floats) -> MeanSquares:
    """The analysis of variance of two observers from those sums (... x 5)."""
    n, m, m_squared, d, d_squared = np.moveaxis(sums, -1, 0)
    return MeanSquares(
        MSR=share(2 * np.maximum(m_squared - m**2 / n, 0), n - 1),
        MSC=d**2 / n / 2,
        MSE=share(np.maximum(d_squared - d**2 / n, 0) / 2, n - 1),
        n=n,
        k=2,
    )


def icc_a1(squares: MeanSquares) -> Floats:
    """(MSR - MSE) / (MSR + (k - 1) MSE + k/n (MSC - MSE)); NaN where nothing varies.

    Source: McGraw and Wong 1996, Psychological Methods 1:30; ICC(2,1) of Shrout and Fleiss 1979.
    """
    s = squares
    below = s.MSR + (s.k - 1) * s.MSE + s.k / s.n * (s.MSC - s.MSE)
    return share(s.MSR - s.MSE, below)


def f_limits(squares: MeanSquares) -> tuple[float, float] | None:
    """95 % limits of ICC(A,1) by F with Satterthwaite's degrees; None where no error is left.

    Source: McGraw and Wong 1996, table 7.
    """
    MSR, MSC, MSE, n = (float(x) for x in (squares.MSR, squares.MSC, squares.MSE, squares.n))
    k = squares.k
    if MSE <= 0 or MSR <= 0:
        return None
    v = _degrees(squares)
    F_low, F_high = f_quantile(0.975, n - 1, v), f_quantile(0.975, v, n - 1)
    shared = k * MSC + (k * n - k - n) * MSE
    low = n * (MSR - F_low * MSE) / (F_low * shared + n * MSR)
    high = n * (F_high * MSR - MSE) / (shared + n * F_high * MSR)
    return low, high


def f_share_at_least(squares: MeanSquares, rho: float) -> float:
    """The probability that ICC(A,1) is at least rho, at which its lower limit by F would lie."""
    MSR, MSC, MSE, n = (float(x) for x in (squares.MSR, squares.MSC, squares.MSE, squares.n))
    if rho >= 1:
        return 0.0
    k = squares.k
    below = n * MSE + rho * (k * MSC + (k * n - k - n) * MSE)
    if below <= 0:
        return 1.0
    return f_share(n * MSR * (1 - rho) / below, n - 1, _degrees(squares))


def _degrees(squares: MeanSquares) -> float:
    """v, Satterthwaite's degrees of the error; a negative rho would let them fall below 1."""
    MSC, MSE, n = (float(x) for x in (squares.MSC, squares.MSE, squares.n))
    k, rho = squares.k, float(icc_a1(squares))
    a = k * rho / (n * (1 - rho))
    b = 1 + k * rho * (n - 1) / (n * (1 - rho))
    v = (a * MSC + b * MSE) ** 2 / ((a * MSC) ** 2 / (k - 1) + (b * MSE) ** 2 / ((n - 1) * (k - 1)))
    return max(v, 1.0)
