"""The conditional Rasch model of two observers: likelihood, fit and errors, in arrays.

Given a + b, log P(a, b) = -a c_r - b c_s - psi_i(a) - psi_i(b) - log Z, with psi_i 0 at both ends.
The parameters stand in one array theta: the severity c of each observer, then for each criterion of
K levels its K - 2 inner steps psi. All ratings of one criterion, two observers and one sum share
their Z and are one pattern; a sum that leaves no choice says nothing and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.ratings import Floats, Integers, joined, numbered

PENALTY = 0.05
MOST_STEPS = 100
CLOSE = 1e-7  # the next of Newton's steps would be its square
LONGEST_STEP = 3.0
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

    @property
    def parameters(self) -> int:
        """How many parameters theta has."""
        return self.observers + sum(max(levels - 2, 0) for levels in self.levels)


@dataclass(frozen=True, eq=False, slots=True)
class Stratum:
    """The patterns of all criteria with K levels where the two levels add up to one sum.

    `rows` are the places of its matches, `pattern` the pattern of each, `choice` which of the
    possible first levels was given. The choices are the first levels `a` (choices); log P multiplies
    the K parameters of a pattern (places in theta: `parameters`, patterns x K; both observers, then
    the criterion's inner steps) by `x` (choices x K). `given` (patterns x choices) counts.
    """

    rows: Integers
    pattern: Integers
    choice: Integers
    parameters: Integers
    given: Floats
    x: Floats
    a: Floats

    def shares(self, theta: Floats) -> Floats:
        """P(a | sum) of each pattern, patterns x choices."""
        log = theta[self.parameters] @ self.x.T
        share = np.exp(log - log[:, :1])  # the penalty keeps theta too small to overflow
        return np.asarray(share / _across(share)[:, np.newaxis])

    def log_likelihood(self, theta: Floats) -> float:
        """The log likelihood of what was given."""
        return float((self.given * np.log(self.shares(theta))).sum())

    def derivatives(self, theta: Floats) -> tuple[Floats, Floats]:
        """The slope of the log likelihood (parameters) and its information (parameters squared)."""
        shares, times = self.shares(theta), _across(self.given)
        surprise = (self.given - shares * times[:, np.newaxis]) @ self.x
        covariance = self._covariance(shares) * times[:, np.newaxis, np.newaxis]
        place = self.parameters[:, :, np.newaxis] * theta.size + self.parameters[:, np.newaxis, :]
        return (
            _added(self.parameters, surprise, theta.size),
            _added(place, covariance, theta.size**2).reshape(theta.size, theta.size),
        )

    def _covariance(self, shares: Floats) -> Floats:
        """The covariance of x in each pattern: patterns x K x K."""
        K, mean = self.x.shape[1], shares @ self.x
        products = (self.x[:, :, np.newaxis] * self.x[:, np.newaxis, :]).reshape(-1, K * K)
        whole = (shares @ products).reshape(-1, K, K)
        return np.asarray(whole - mean[:, :, np.newaxis] * mean[:, np.newaxis, :])


def strata_of(matches: Matches) -> tuple[Stratum, ...]:
    """The matches by number of levels and by sum, where the sum leaves a choice."""
    levels = np.array(matches.levels, dtype=np.int64)
    inner = np.maximum(levels - 2, 0)
    steps_at = matches.observers + np.cumsum(inner) - inner
    mine, sums = levels[matches.criterion], matches.first + matches.second
    return tuple(
        _stratum(matches, rows, int(K), total, steps_at)
        for K in np.unique(mine).tolist()
        for total in range(1, 2 * int(K) - 2)
        if (rows := np.flatnonzero((mine == K) & (sums == total))).size
    )


def _stratum(matches: Matches, rows: Integers, K: int, total: int, steps_at: Integers) -> Stratum:
    criterion, first_by = matches.criterion[rows], matches.first_by[rows]
    pattern = numbered(joined((criterion, first_by, matches.second_by[rows])))
    of = np.empty(int(pattern.max()) + 1, np.int64)
    of[pattern] = rows
    a = np.arange(max(0, total - K + 1), min(K - 1, total) + 1)
    choice = matches.first[rows] - a[0]
    given = _added(pattern * a.size + choice, matches.weight[rows], of.size * a.size)
    steps = steps_at[matches.criterion[of]][:, np.newaxis] + np.arange(K - 2)
    return Stratum(
        rows=rows,
        pattern=pattern,
        choice=choice,
        parameters=np.column_stack([matches.first_by[of], matches.second_by[of], steps]),
        given=given.reshape(-1, a.size),
        x=_multipliers(a, total - a, K),
        a=a.astype(np.float64),
    )


def _multipliers(a: Integers, b: Integers, K: int) -> Floats:
    """What log P(a, b) multiplies c_r, c_s and the inner steps by: choices x K."""
    inner = np.arange(1, K - 1)
    steps = (a[:, np.newaxis] == inner).astype(np.float64) + (b[:, np.newaxis] == inner)
    return -np.column_stack([a, b, steps]).astype(np.float64)


def fitted(matches: Matches, strata: tuple[Stratum, ...]) -> Floats:
    """The theta with the highest log likelihood less .05 of its squares, by Newton's steps.

    The penalty is a normal prior of 3.2 logits; without it an observer who was never above the
    partner would get an infinite value that looks precise.
    """
    theta = np.zeros(matches.parameters)
    for _ in range(MOST_STEPS):
        slope, information = penalised(strata, theta)
        step = np.linalg.solve(information, slope)
        longest = float(np.abs(step).max())
        theta = theta + step * min(1.0, LONGEST_STEP / max(longest, CLOSE))
        if longest < CLOSE:
            break
    return theta


def penalised(strata: tuple[Stratum, ...], theta: Floats) -> tuple[Floats, Floats]:
    """Slope (parameters) and information (parameters squared) with the penalty's share."""
    slope, information = -2 * PENALTY * theta, 2 * PENALTY * np.eye(theta.size)
    for stratum in strata:
        own_slope, own_information = stratum.derivatives(theta)
        slope, information = slope + own_slope, information + own_information
    return slope, information


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
    expected = (stratum.shares(theta) @ stratum.x)[stratum.pattern]
    weight = matches.weight[stratum.rows]
    return np.asarray(weight[:, np.newaxis] * (stratum.x[stratum.choice] - expected))


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
        shares, weight = stratum.shares(theta), matches.weight[stratum.rows]
        mean = shares @ stratum.a
        spread = (shares @ stratum.a**2 - mean**2)[stratum.pattern] * weight
        gap = (stratum.a[stratum.choice] - mean[stratum.pattern]) ** 2 * weight
        for by in (matches.first_by[stratum.rows], matches.second_by[stratum.rows]):
            squared += _added(by, gap, matches.observers)
            variance += _added(by, spread, matches.observers)
    return squared, variance


def _across(value: Floats) -> Floats:
    """Sums along the last axis, quick where it is short."""
    return np.asarray(value @ np.ones(value.shape[-1]))


def _added(place: Integers, value: Floats, size: int) -> Floats:
    """Values added up at their places, an array of this size."""
    return np.asarray(np.bincount(place.ravel(), value.ravel(), minlength=size), dtype=np.float64)
