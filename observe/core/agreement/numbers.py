"""Krippendorff's alpha of open numbers (counts, minutes), where no K x K table could be held."""

from __future__ import annotations

import numpy as np

from observe.core.agreement.coefficients import share, squared_distances
from observe.core.agreement.counts import Counted
from observe.core.agreement.ratings import Floats, Integers

ROWS_AT_ONCE = 256


def alpha_of_numbers(counted: Counted) -> tuple[float, Floats]:
    """Alpha of an interval or ratio scale, and alpha without each cluster of lessons (clusters)."""
    observed, given, expected, lost = _sums(counted)
    whole = _alpha(observed.sum(), given.sum(), expected)
    without = _alpha(observed.sum() - observed, given.sum() - given, expected - lost)
    return float(whole), without


def _alpha(observed: Floats, given: Floats, expected: Floats) -> Floats:
    return 1 - share((given - 1) * observed, expected)


def _sums(counted: Counted) -> tuple[Floats, Floats, Floats, Floats]:
    """Sum of o_ck d_ck and N for each cluster; sum of n_c n_k d_ck, and what each cluster adds."""
    first, second, weight = counted.ratings.first, counted.ratings.second, counted.weights
    values = counted.criterion.values
    n = _given(first, weight, values.size) + _given(second, weight, values.size)
    reach = _reach(counted, n)
    observed = 2 * weight * _distances(counted, values[first], values[second])
    lost = 2 * weight * (reach[first] + reach[second])
    return (
        _by_cluster(counted, observed),
        _by_cluster(counted, 2 * weight),
        np.asarray(n @ reach),
        _by_cluster(counted, lost) - _within_clusters(counted),
    )


def _reach(counted: Counted, n: Floats) -> Floats:
    """For each value, the sum of n_k d_ck over all others, some values at a time."""
    values = counted.criterion.values
    return np.concatenate(
        [
            _distances(counted, values[start : start + ROWS_AT_ONCE, np.newaxis], values) @ n
            for start in range(0, values.size, ROWS_AT_ONCE)
        ]
    )


def _within_clusters(counted: Counted) -> Floats:
    """For each cluster, the sum of n_c n_k d_ck over its own ratings."""
    bounds = np.searchsorted(counted.cluster, np.arange(counted.clusters + 1))
    spans = zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    return np.array([_within_cluster(counted, slice(*span)) for span in spans])


def _within_cluster(counted: Counted, rows: slice) -> float:
    given = np.concatenate([counted.ratings.first[rows], counted.ratings.second[rows]])
    places, back = np.unique(given, return_inverse=True)
    n = np.bincount(back, np.tile(counted.weights[rows], 2))
    values = counted.criterion.values[places]
    return float(n @ squared_distances(counted.criterion.scale, values) @ n)


def _distances(counted: Counted, first: Floats, second: Floats) -> Floats:
    apart = (first - second) ** 2
    if counted.criterion.scale == "interval":
        return np.asarray(apart)
    return np.nan_to_num(share(apart, (first + second) ** 2))


def _by_cluster(counted: Counted, value: Floats) -> Floats:
    return _given(counted.cluster, value, counted.clusters)


def _given(place: Integers, weight: Floats, places: int) -> Floats:
    return np.asarray(np.bincount(place, weight, minlength=places), dtype=np.float64)
