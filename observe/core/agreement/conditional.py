"""The conditional Rasch model of two observers: likelihood, fit and errors, in arrays.

Given a + b, log P(a, b) = -a c_r - b c_s - psi_i(a) - psi_i(b) - log Z, with psi_i 0 at both ends.
The parameters stand in one array theta: the severity c of each observer, then for each criterion of
K levels its K - 2 inner steps psi. All ratings of one criterion, two observers and one sum share
their Z and are one pattern; a sum that leaves no choice says nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from observe.core.agreement.ratings import Floats, Integers, joined, numbered

PENALTY = 0.05
MOST_STEPS = 100
CLOSE = 1e-7  # the next of Newton's steps would be its square
LONGEST_STEP = 3.0
ENTRIES_AT_ONCE = 5_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Matches:
    """Pairs of ratings of ordered criteria, one array entry a pair; a pair counts by its `weight`.

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
    c_r - c_s and the criterion's inner steps by `x` (K - 1 x choices), for c_s stands for the sum less
    a. The K parameters of a pattern (`parameters`, K x patterns, places in theta) are both observers
    and the inner steps. `given` (choices x patterns) counts. Patterns stand last, so that sums over
    them run through memory in its order.
    """

    rows: Integers
    pattern: Integers
    choice: Integers
    parameters: Integers
    given: Floats
    x: Floats
    a: Floats

    def shares(self, theta: Floats) -> Floats:
        """P(a | sum) of each pattern, choices x patterns."""
        first, second, *steps = theta[self.parameters]
        log = self.x.T @ np.stack([first - second, *steps])
        share = np.exp(log - log[0])  # the penalty keeps theta too small to overflow
        return np.asarray(share / share.sum(axis=0))

    def derivatives(self, theta: Floats) -> tuple[Floats, Floats]:
        """The slope of the log likelihood (parameters) and its information (parameters squared)."""
        shares, times = self.shares(theta), self.given.sum(axis=0)
        surprise = self.x @ (self.given - shares * times)
        slope = _added(self.parameters, for_both(surprise), theta.size)
        return slope, self._information(self._covariance(shares) * times, theta.size)

    def _covariance(self, shares: Floats) -> Floats:
        """The covariance of each two of x in each pattern, each two once: K(K - 1)/2 x patterns."""
        mean, (one, other) = self.x @ shares, np.triu_indices(len(self.x))
        return np.asarray((self.x[one] * self.x[other]) @ shares - mean[one] * mean[other])

    def _information(self, covariance: Floats, size: int) -> Floats:
        """The covariances added up at the places of what they stand for (size x size)."""
        added = np.zeros(size**2)
        for number, sign, one, other in _stands_for(len(self.x)):
            place = self.parameters[one] * size + self.parameters[other]
            added += sign * _added(place, covariance[number], added.size)
        half = added.reshape(size, size)
        return np.asarray(half + half.T - np.diag(np.diag(half)))


@cache
def _stands_for(columns: int) -> tuple[tuple[int, int, int, int], ...]:
    """For each two of x: their number, the sign, and the two of the K parameters, lower one first.

    The first of x stands for c_r and, its sign turned, for c_s; each other for one inner step.
    """
    meant = {0: ((0, 1), (1, -1))} | {n: ((n + 1, 1),) for n in range(1, columns)}
    return tuple(
        (number, one_sign * other_sign, one, other)
        for number, (first, second) in enumerate(zip(*np.triu_indices(columns), strict=True))
        for one, one_sign in meant[int(first)]
        for other, other_sign in meant[int(second)]
        if one <= other
    )


def for_both(value: Floats) -> Floats:
    """What stands for c_r - c_s and the steps (K - 1 x ...), for c_r, c_s and the steps (K x ...)."""
    return np.concatenate([value[:1], -value[:1], value[1:]])


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
    given = _added(choice * of.size + pattern, matches.weight[rows], a.size * of.size)
    steps = steps_at[matches.criterion[of]] + np.arange(K - 2)[:, np.newaxis]
    return Stratum(
        rows=rows,
        pattern=pattern,
        choice=choice,
        parameters=np.vstack([matches.first_by[of], matches.second_by[of], steps]),
        given=given.reshape(a.size, -1),
        x=_multipliers(a, total - a, K),
        a=a.astype(np.float64),
    )


def _multipliers(a: Integers, b: Integers, K: int) -> Floats:
    """What log P(a, b) multiplies c_r - c_s and the inner steps by: K - 1 x choices."""
    inner = np.arange(1, K - 1)[:, np.newaxis]
    return -np.vstack([a, (a == inner).astype(np.float64) + (b == inner)]).astype(np.float64)


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
    told = [_residuals(matches, each, theta) for each in strata]
    for start in range(0, lessons, at_once):
        slopes = _slopes(told, start, min(at_once, lessons - start), theta.size)
        spread += slopes.T @ slopes
    return spread


Residuals = tuple[Integers, Integers, Floats]


def _residuals(matches: Matches, stratum: Stratum, theta: Floats) -> Residuals:
    """The lesson of each match, its K parameters, and given less expected x for these, weighted."""
    expected = (stratum.x @ stratum.shares(theta))[:, stratum.pattern]
    surprise = matches.weight[stratum.rows] * (stratum.x[:, stratum.choice] - expected)
    parameters = stratum.parameters[:, stratum.pattern]
    return matches.lesson[stratum.rows], parameters, for_both(surprise)


def _slopes(told: Sequence[Residuals], start: int, lessons: int, size: int) -> Floats:
    """The slope of each of these lessons, lessons x parameters."""
    slopes = np.zeros(lessons * size)
    for lesson, parameters, residual in told:
        here = np.flatnonzero((lesson >= start) & (lesson < start + lessons))
        places = (lesson[here] - start) * size + parameters[:, here]
        for place, value in zip(places, residual[:, here], strict=True):
            np.add.at(slopes, place, value)
    return slopes.reshape(lessons, size)


def surprises(
    matches: Matches, strata: tuple[Stratum, ...], theta: Floats
) -> tuple[Floats, Floats]:
    """For each observer, the squared surprises and their variances, added up (observers each)."""
    squared, variance = np.zeros(matches.observers), np.zeros(matches.observers)
    for stratum in strata:
        shares, weight = stratum.shares(theta), matches.weight[stratum.rows]
        mean = stratum.a @ shares
        spread = (stratum.a**2 @ shares - mean**2)[stratum.pattern] * weight
        gap = (stratum.a[stratum.choice] - mean[stratum.pattern]) ** 2 * weight
        for by in (matches.first_by[stratum.rows], matches.second_by[stratum.rows]):
            squared += _added(by, gap, matches.observers)
            variance += _added(by, spread, matches.observers)
    return squared, variance


def _added(place: Integers, value: Floats, size: int) -> Floats:
    """Values added up at their places, an array of this size."""
    return np.asarray(np.bincount(place.ravel(), value.ravel(), minlength=size), dtype=np.float64)
