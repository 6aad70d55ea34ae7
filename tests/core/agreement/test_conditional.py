"""The model of leniency, held match by match to its formula, without any of its shortcuts."""

from collections.abc import Iterator

import numpy as np
import pytest

from observe.core.agreement import conditional
from observe.core.agreement.conditional import (
    PENALTY,
    Matches,
    penalised,
    spread_of_lessons,
    strata_of,
    surprises,
)
from observe.core.agreement.ratings import Floats

LEVELS = (4, 2, 5)
OBSERVERS = 4


@pytest.fixture
def matches() -> Matches:
    draw = np.random.default_rng(7)
    n = 60
    criterion = draw.integers(0, len(LEVELS), n)
    highest = np.array(LEVELS)[criterion]
    first_by = draw.integers(0, OBSERVERS, n)
    return Matches(
        criterion=criterion,
        lesson=draw.integers(0, 9, n),
        first_by=first_by,
        second_by=(first_by + draw.integers(1, OBSERVERS, n)) % OBSERVERS,
        first=draw.integers(0, highest),
        second=draw.integers(0, highest),
        weight=draw.choice([1.0, 0.5], n),
        observers=OBSERVERS,
        levels=LEVELS,
    )


@pytest.fixture
def theta(matches: Matches) -> Floats:
    return np.random.default_rng(8).normal(0, 0.7, matches.parameters)


def chances(matches: Matches, row: int, theta: Floats) -> tuple[list[int], Floats]:
    """The first levels that the sum of a match allows, and how probable each is."""
    criterion = int(matches.criterion[row])
    K = LEVELS[criterion]
    before = OBSERVERS + sum(max(levels - 2, 0) for levels in LEVELS[:criterion])
    psi = [0.0, *theta[before : before + K - 2], 0.0]
    c_r, c_s = theta[matches.first_by[row]], theta[matches.second_by[row]]
    total = int(matches.first[row] + matches.second[row])
    allowed = [a for a in range(K) if 0 <= total - a < K]
    log = [-a * c_r - (total - a) * c_s - psi[a] - psi[total - a] for a in allowed]
    share = np.exp(log)
    return allowed, share / share.sum()


def likelihood(matches: Matches, theta: Floats, lesson: int | None = None) -> float:
    """The log likelihood of all matches, or of those of a lesson."""
    return sum(
        float(matches.weight[row] * np.log(share[allowed.index(int(matches.first[row]))]))
        for row in range(matches.first.size)
        if lesson in (None, int(matches.lesson[row]))
        for allowed, share in [chances(matches, row, theta)]
    )


def moved(theta: Floats, by: float = 1e-5) -> Iterator[tuple[Floats, Floats, float]]:
    """Theta with each parameter a little higher, a little lower, and how far these are apart."""
    for place in range(theta.size):
        away = by * np.eye(theta.size)[place]
        yield theta + away, theta - away, 2 * by


def slope_of(matches: Matches, theta: Floats, lesson: int | None = None) -> Floats:
    return np.array(
        [
            (likelihood(matches, up, lesson) - likelihood(matches, down, lesson)) / apart
            for up, down, apart in moved(theta)
        ]
    )


def test_the_slope_is_that_of_the_likelihood_less_the_penalty(
    matches: Matches, theta: Floats
) -> None:
    slope, _information = penalised(strata_of(matches), theta)
    assert slope == pytest.approx(slope_of(matches, theta) - 2 * PENALTY * theta, abs=1e-6)


def test_the_information_is_how_the_slope_falls(matches: Matches, theta: Floats) -> None:
    strata = strata_of(matches)
    _slope, information = penalised(strata, theta)
    falls = [
        (penalised(strata, down)[0] - penalised(strata, up)[0]) / apart
        for up, down, apart in moved(theta)
    ]
    np.testing.assert_allclose(information, falls, atol=1e-6)


def test_the_sandwich_adds_the_squared_slope_of_each_lesson(
    matches: Matches, theta: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    slopes = np.array([slope_of(matches, theta, lesson) for lesson in range(9)])
    strata = strata_of(matches)
    np.testing.assert_allclose(
        spread_of_lessons(matches, strata, theta), slopes.T @ slopes, atol=1e-6
    )
    for entries in (1, 2 * theta.size):
        monkeypatch.setattr(conditional, "ENTRIES_AT_ONCE", entries)
        in_parts = spread_of_lessons(matches, strata, theta)
        np.testing.assert_allclose(in_parts, slopes.T @ slopes, atol=1e-6)


def test_surprises_are_squared_gaps_beside_their_variance(matches: Matches, theta: Floats) -> None:
    squared, variance = np.zeros(OBSERVERS), np.zeros(OBSERVERS)
    for row in range(matches.first.size):
        allowed, share = chances(matches, row, theta)
        mean = float(share @ np.array(allowed))
        for by in (matches.first_by[row], matches.second_by[row]):
            squared[by] += matches.weight[row] * (matches.first[row] - mean) ** 2
            variance[by] += matches.weight[row] * float(share @ (np.array(allowed) - mean) ** 2)
    found = surprises(matches, strata_of(matches), theta)
    np.testing.assert_allclose(found[0], squared)
    np.testing.assert_allclose(found[1], variance)


def test_a_sum_that_leaves_no_choice_is_in_no_stratum(matches: Matches) -> None:
    top = 2 * (np.array(LEVELS)[matches.criterion] - 1)
    total = matches.first + matches.second
    taken = np.sort(np.concatenate([each.rows for each in strata_of(matches)]))
    np.testing.assert_array_equal(taken, np.flatnonzero((total > 0) & (total < top)))
