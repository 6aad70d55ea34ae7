"""The coefficients, each from tables of paired levels: ... x K x K in, ... out.

Row: the level of the first observer; column: the level of the second. Where a coefficient is 0/0
(one level only, no lesson) the array holds NaN; the figures made from it say `None` and why.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from observe.core.agreement.ratings import Floats, Scale


def share(part: Floats, whole: Floats) -> Floats:
    """part / whole, NaN where both are nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(part / whole)


def total(table: Floats) -> Floats:
    """How many cells the tables hold."""
    return _weighted_sum(table, _ones(table.shape[-1]))


def margins(table: Floats) -> Floats:
    """n_c, how often both observers together gave each level: ... x K."""
    return _weighted_sum(table, _both_margins(table.shape[-1]))


def within(table: Floats, *, apart: int) -> Floats:
    """Share of cells on which the two levels are at most so many levels apart."""
    return share(_weighted_sum(table, _near(table.shape[-1], apart)), total(table))


def within_by_chance(table: Floats, *, apart: int) -> Floats:
    """The same share if both drew from all ratings without putting back: n_c n_k / (N(N - 1)).

    The expectation within Krippendorff's alpha; the product of margins is biased up at 5 lessons.
    """
    n = margins(table)
    N = 2 * total(table)
    together = dot(n @ _near(n.shape[-1], apart), n) - N
    return share(together, N * (N - 1))


def alpha(table: Floats, scale: Scale, values: Floats) -> Floats:
    """Krippendorff's alpha, 1 - (N - 1) sum o_ck d_ck / sum n_c n_k d_ck, d the squared distance.

    `table` adds 1/(m - 1) for each pair of ratings of a cell with m; `values` (K) are the numbers of
    interval and ratio scales. Source: Krippendorff 2018, Content Analysis, ch. 12.
    """
    observed, expected = disagreements(table, scale, values)
    return 1 - share(observed, expected)


def disagreements(table: Floats, scale: Scale, values: Floats) -> tuple[Floats, Floats]:
    """D_o and D_e of alpha, each a mean squared distance of two ratings."""
    n = margins(table)
    N = 2 * total(table)
    if scale == "ordinal":
        observed, expected = _ordinal_sums(table, n, N)
    else:
        distance = squared_distances(scale, values)
        observed = 2 * _weighted_sum(table, distance)
        expected = dot(n @ distance, n)
    return share(observed, N), share(expected, N * (N - 1))


def _ordinal_sums(table: Floats, n: Floats, N: Floats) -> tuple[Floats, Floats]:
    """Sums over o_ck and over n_c n_k; the ordinal distance is a difference of mean ranks."""
    rank = n @ _ranks(n.shape[-1])
    together = rank[..., :, np.newaxis] * rank[..., np.newaxis, :]
    squares = dot(n * rank, rank)
    observed = 2 * (squares - 2 * dot(_flat(table), _flat(together)))
    return np.maximum(observed, 0), 2 * N * squares


def squared_distances(scale: Scale, values: Floats) -> Floats:
    """Krippendorff's metric difference of every two values, K x K, for all scales but the ordinal."""
    first, second = values[:, np.newaxis], values[np.newaxis, :]
    if scale == "nominal":
        return np.asarray(first != second, dtype=np.float64)
    if scale == "interval":
        return np.asarray((first - second) ** 2)
    return np.asarray(np.nan_to_num(share(first - second, first + second)) ** 2)


def kappa(table: Floats, *, power: int) -> Floats:
    """Cohen's weighted kappa, 1 - sum v_ij p_ij / sum v_ij p_i. p_.j, v = |i - j| to the power.

    Source: Cohen 1968, Psychological Bulletin 70:213. With two levels it is his kappa of 1960.
    """
    v = _apart(table.shape[-1]).astype(np.float64) ** power
    rows, columns = (_weighted_sum(table, each) for each in _margin_weights(table.shape[-1]))
    expected = dot(rows @ v, columns)
    return 1 - share(_weighted_sum(table, v) * total(table), expected)


def identity_weights(levels: int) -> Floats:
    """The weights that make Gwet's coefficient AC1: only the same level counts, K x K."""
    return np.eye(levels)


def quadratic_weights(levels: int) -> Floats:
    """The weights of AC2: 1 - (k - l)^2 / (K - 1)^2, K x K."""
    return np.asarray(1 - (_apart(levels) / max(levels - 1, 1)) ** 2)


def gwet(
    cells: Floats, weights: Floats, *, alone: Floats | float = 0.0, spread: float = 1.0
) -> Floats:
    """Gwet's AC: (p_a - p_e) / (1 - p_e), p_e = T_w / (K(K - 1)) sum pi_k (1 - pi_k).

    `cells` adds one a cell, `alone` (... x K) the levels given by one observer only, which count in
    pi_k beyond two observers. `spread` multiplies the sum, which stays at most 1 - 1/K.
    Source: Gwet 2008, Br. J. Math. Stat. Psychol. 61:29; 2014, Handbook of Inter-Rater Reliability.
    """
    K = cells.shape[-1]
    p_a = share(_weighted_sum(cells, weights), total(cells))
    mass = margins(cells) / 2 + alone
    pi = share(mass, (mass @ np.ones(K))[..., np.newaxis])
    variety = np.minimum(dot(pi, 1 - pi) * spread, 1 - 1 / K)
    p_e = share(weights.sum() * variety, np.asarray(K * (K - 1.0)))
    return share(p_a - p_e, 1 - p_e)


def dot(first: Floats, second: Floats) -> Floats:
    """Sum of products along the last axis."""
    return np.asarray(np.einsum("...k,...k->...", first, second))


def _weighted_sum(table: Floats, weights: Floats) -> Floats:
    """Tables (... x K x K) times weights (K x K, or K x K x anything): one product for all."""
    flat = _flat(table)
    return np.asarray(flat @ weights.reshape(flat.shape[-1], *weights.shape[2:]))


def _flat(table: Floats) -> Floats:
    return table.reshape(*table.shape[:-2], -1)


@cache
def _ones(levels: int) -> Floats:
    return np.ones((levels, levels))


@cache
def _both_margins(levels: int) -> Floats:
    """What sums a table to the levels of both observers, K x K x K."""
    rows, columns = _margin_weights(levels)
    return rows + columns


@cache
def _near(levels: int, apart: int) -> Floats:
    """1 where two levels are at most so many apart, K x K."""
    return (_apart(levels) <= apart).astype(np.float64)


@cache
def _margin_weights(levels: int) -> tuple[Floats, Floats]:
    """What sums a table to the first observer's levels and to the second's, K x K x K each."""
    same, all_levels = np.eye(levels), np.ones(levels)
    return np.multiply.outer(same, all_levels).swapaxes(1, 2), np.multiply.outer(all_levels, same)


@cache
def _ranks(levels: int) -> Floats:
    """What turns how often each level was given into its mean rank, counted from the middle rank."""
    return np.triu(np.ones((levels, levels))) - np.eye(levels) / 2 - 0.5


@cache
def _apart(levels: int) -> Floats:
    place = np.arange(levels, dtype=np.float64)
    return np.abs(place[:, np.newaxis] - place[np.newaxis, :])
