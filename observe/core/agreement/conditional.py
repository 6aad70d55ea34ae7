"""The conditional Rasch model of two observers: likelihood, fit and errors, in arrays.

Given a + b, log P(a, b) = -a c_r - b c_s - psi_i(a) - psi_i(b) - log Z, with psi_i 0 at both ends.
The parameters stand in one array theta: the severity c of each observer, then for each criterion of
K levels its K - 2 inner steps psi. All ratings of one criterion, two observers and one sum share
their Z and are one pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.ratings import Floats, Integers

PENALTY = 0.05
MOST_STEPS = 100
CLOSE = 1e-10
LONGEST_STEP = 2.0
ENTRIES_AT_ONCE = 5_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Matches:
    """Pairs of ratings of ordered criteria, one array entry a pair.

    `first` and `second` are levels from 0 by the observers `first_by` and `second_by` (of
    `observers` in all), `levels` the number of levels of each criterion.
    """

    criterion: Integers
    lesson: Integers
    first_by: Integers
    second_by: Integers
    first: Integers
    second: Integers
    weight: Floats
    observers: int
    levels: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Stratum:
    """The patterns of all criteria that have K levels.

    `rows` are the places of its matches and `pattern` the pattern of each. A pattern has its `sums`
    (patterns), the places of its K `parameters` in theta (patterns x K: both observers, then the
    criterion's inner steps) and how often each first level was `given` (patterns x K). For each sum
    and first level a, `x` (2K - 1 x K x K) is what log P multiplies the parameters by, and `possible`
    (2K - 1 x K) says whether a can be.
    """

    rows: Integers
    pattern: Integers
    sums: Integers
    parameters: Integers
    given: Floats
    x: Floats
    possible: Floats

    def shares(self, theta: Floats) -> Floats:
        """P(a | sum) of each pattern, patterns x K."""
        log = np.einsum("pak,pk->pa", self.x[self.sums], theta[self.parameters])
        log -= log.max(axis=1, keepdims=True)
        share = np.exp(log) * self.possible[self.sums]
        return np.asarray(share / share.sum(axis=1, keepdims=True))

    def mean_x(self, shares: Floats) -> Floats:
        """What each pattern expects of x, patterns x K."""
        return np.asarray(np.einsum("pa,pak->pk", shares, self.x[self.sums]))

    def log_likelihood(self, theta: Floats) -> float:
        """The log likelihood of what was given."""
        shares = np.where(self.given > 0, self.shares(theta), 1.0)
        return float((self.given * np.log(shares)).sum())

    def slope(self, theta: Floats) -> Floats:
        """The derivative of the log likelihood (parameters)."""
        expected = self.mean_x(self.shares(theta)) * self.given.sum(axis=1, keepdims=True)
        found = np.einsum("pa,pak->pk", self.given, self.x[self.sums])
        return _added(self.parameters, found - expected, theta.size)

    def information(self, theta: Floats) -> Floats:
        """Minus the second derivative of the log likelihood (parameters x parameters)."""
        shares = self.shares(theta)
        mean, x = self.mean_x(shares), self.x[self.sums]
        covariance = np.einsum("pa,paj,pak->pjk", shares, x, x, optimize=True)
        covariance -= mean[:, :, np.newaxis] * mean[:, np.newaxis, :]
        covariance *= self.given.sum(axis=1)[:, np.newaxis, np.newaxis]
        place = self.parameters[:, :, np.newaxis] * theta.size + self.parameters[:, np.newaxis, :]
        return _added(place, covariance, theta.size**2).reshape(theta.size, theta.size)


def strata_of(matches: Matches) -> tuple[Stratum, ...]:
    """The matches by number of levels; a criterion with one level says nothing."""
    levels = np.array(matches.levels, dtype=np.int64)
    inner = np.maximum(levels - 2, 0)
    steps_at = matches.observers + np.cumsum(inner) - inner
    mine = levels[matches.criterion]
    return tuple(
        _stratum(matches, np.flatnonzero(mine == K), int(K), steps_at)
        for K in np.unique(mine).tolist()
        if K > 1
    )


def _stratum(matches: Matches, rows: Integers, K: int, steps_at: Integers) -> Stratum:
    first, sums = matches.first[rows], matches.first[rows] + matches.second[rows]
    key = matches.criterion[rows]
    for part, size in (
        (matches.first_by, matches.observers),
        (matches.second_by, matches.observers),
    ):
        key = key * size + part[rows]
    _, seen_at, pattern = np.unique(
        key * (2 * K - 1) + sums, return_index=True, return_inverse=True
    )
    of = rows[seen_at]
    steps = steps_at[matches.criterion[of]][:, np.newaxis] + np.arange(K - 2)
    given = _added(pattern * K + first, matches.weight[rows], seen_at.size * K)
    x, possible = _design(K)
    return Stratum(
        rows=rows,
        pattern=pattern.astype(np.int64),
        sums=sums[seen_at],
        parameters=np.column_stack([matches.first_by[of], matches.second_by[of], steps]),
        given=given.reshape(-1, K),
        x=x,
        possible=possible,
    )


def _design(K: int) -> tuple[Floats, Floats]:
    """x (2K - 1 x K x K) and possible (2K - 1 x K) for each sum and first level."""
    sums, a = np.arange(2 * K - 1)[:, np.newaxis], np.arange(K)[np.newaxis, :]
    b = sums - a
    possible = (b >= 0) & (b < K)
    inner = [(a == level).astype(float) + (b == level) for level in range(1, K - 1)]
    x = -np.stack(np.broadcast_arrays(a, b, *inner), axis=-1).astype(np.float64)
    return x * possible[..., np.newaxis], possible.astype(np.float64)


def parameters_of(matches: Matches) -> int:
    """How many parameters theta has."""
    return matches.observers + sum(max(levels - 2, 0) for levels in matches.levels)


def fitted(matches: Matches, strata: tuple[Stratum, ...]) -> Floats:
    """The theta with the highest log likelihood less .05 of its squares, by Newton's steps.

    The penalty is a normal prior of 3.2 logits; without it an observer who was never above the
    partner would get an infinite value that looks precise.
    """
    theta = np.zeros(parameters_of(matches))
    for _ in range(MOST_STEPS):
        slope = sum((each.slope(theta) for each in strata), np.zeros(theta.size))
        step = np.linalg.solve(penalised(strata, theta), slope - 2 * PENALTY * theta)
        theta = theta + step * min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), CLOSE))
        if np.abs(step).max() < CLOSE:
            break
    return theta


def penalised(strata: tuple[Stratum, ...], theta: Floats) -> Floats:
    """The information with the penalty's share (parameters x parameters)."""
    own = 2 * PENALTY * np.eye(theta.size)
    return sum((each.information(theta) for each in strata), own)


def spread_of_lessons(matches: Matches, strata: tuple[Stratum, ...], theta: Floats) -> Floats:
    """The sum over lessons of the slope's square, the middle of the sandwich."""
    lessons = int(matches.lesson.max(initial=-1)) + 1
    at_once = max(1, ENTRIES_AT_ONCE // theta.size)
    spread = np.zeros((theta.size, theta.size))
    residuals = [(each, _residuals(matches, each, theta)) for each in strata]
    for start in range(0, lessons, at_once):
        slopes = np.zeros((min(at_once, lessons - start), theta.size))
        for stratum, residual in residuals:
            _add_slopes(slopes, matches.lesson[stratum.rows] - start, stratum, residual)
        spread += slopes.T @ slopes
    return spread


def _residuals(matches: Matches, stratum: Stratum, theta: Floats) -> Floats:
    """Given less expected x of each match, weighted: rows x K."""
    expected = stratum.mean_x(stratum.shares(theta))[stratum.pattern]
    sums, first = stratum.sums[stratum.pattern], matches.first[stratum.rows]
    weight = matches.weight[stratum.rows]
    return np.asarray(weight[:, np.newaxis] * (stratum.x[sums, first] - expected))


def _add_slopes(slopes: Floats, lesson: Integers, stratum: Stratum, residual: Floats) -> None:
    here = (lesson >= 0) & (lesson < len(slopes))
    places = stratum.parameters[stratum.pattern[here]] + lesson[here, np.newaxis] * slopes.shape[1]
    slopes += _added(places, residual[here], slopes.size).reshape(slopes.shape)


def surprises(
    matches: Matches, strata: tuple[Stratum, ...], theta: Floats
) -> tuple[Floats, Floats]:
    """For each observer, the squared surprises and their variances, added up (observers each)."""
    squared, variance = np.zeros(matches.observers), np.zeros(matches.observers)
    for stratum in strata:
        a = np.arange(stratum.given.shape[1], dtype=np.float64)
        shares = stratum.shares(theta)
        mean = shares @ a
        spread = shares @ a**2 - mean**2
        weight = matches.weight[stratum.rows]
        gap = (matches.first[stratum.rows] - mean[stratum.pattern]) ** 2 * weight
        for by in (matches.first_by[stratum.rows], matches.second_by[stratum.rows]):
            squared += _added(by, gap, matches.observers)
            variance += _added(by, spread[stratum.pattern] * weight, matches.observers)
    return squared, variance


def _added(place: Integers, value: Floats, size: int) -> Floats:
    """Values added up at their places, an array of this size."""
    return np.asarray(np.bincount(place.ravel(), value.ravel(), minlength=size), dtype=np.float64)
