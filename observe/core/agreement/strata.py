"""Sums over criteria, each a stratum of its own: what the pooled figures are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from observe.core.agreement import coefficients
from observe.core.agreement.counts import Counted, Tables
from observe.core.agreement.ratings import Floats

FEW_LEVELS = 20  # with more, the kinds of pairs would be more than the lessons


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """What the pooled figures are made of, each an array over wholes, or wholes without a lesson.

    `observed` and `expected` add up D_o,c and D_e,c, each over N_c^2, of the criteria c with
    D_e,c > 0; `ac2` adds up AC2 over the `ac2_known` criteria that have one. `same` of `cells` have
    the same level; `near` of `near_cells` (of criteria with neighbours) are at most one apart.
    """

    observed: Floats
    expected: Floats
    ac2: Floats
    ac2_known: Floats
    same: Floats
    cells: Floats
    near: Floats
    near_cells: Floats

    def __add__(self, other: Sums) -> Sums:
        names = self.__slots__
        return Sums(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def alpha(self) -> Floats:
        """1 - sum of D_o,c / sum of D_e,c over criteria c."""
        return 1 - coefficients.share(self.observed, self.expected)

    @property
    def ac2_mean(self) -> Floats:
        """The mean of AC2 over the criteria that have one."""
        return coefficients.share(self.ac2, self.ac2_known)

    @property
    def exact(self) -> Floats:
        """Share of cells with the same level."""
        return coefficients.share(self.same, self.cells)

    @property
    def within_one(self) -> Floats:
        """Share of cells of ordered criteria with more than two levels at most one level apart."""
        return coefficients.share(self.near, self.near_cells)


def sums_of(strata: Sequence[Counted]) -> Sums:
    """The sums over the whole of each criterion (no axis)."""
    return reduce(add, (_sums(_stacked(each.total for each in alike)) for alike in _alike(strata)))


def sums_without_each(strata: Sequence[Counted]) -> Sums:
    """The sums without each lesson, or block of lessons, in turn (clusters)."""
    return reduce(add, (_sums_without_each(alike) for alike in _alike(strata)))


def expected_of_each(strata: Sequence[Counted]) -> Floats:
    """What each criterion adds to the expected disagreement of stratified alpha (criteria)."""
    return _of_each(strata, lambda tables: _terms(tables)[1])


def chance_of(strata: Sequence[Counted], *, apart: int) -> float:
    """The criteria's chances to be so near, weighted by their cells."""
    counted = [each for each in strata if apart == 0 or each.criterion.has_neighbours]
    chances = _of_each(
        counted, lambda tables: coefficients.within_by_chance(tables.pairs, apart=apart)
    )
    return float(np.average(chances, weights=[each.cells for each in counted]))


def _of_each(strata: Sequence[Counted], statistic: Callable[[Tables], Floats]) -> Floats:
    """A statistic of the whole of each criterion (criteria)."""
    found = np.empty(len(strata))
    sizes = np.array([each.size for each in strata], dtype=np.int64)
    for size in np.unique(sizes):
        places = np.flatnonzero(sizes == size).tolist()
        found[places] = statistic(_stacked(strata[place].total for place in places))
    return found


def _alike(strata: Sequence[Counted]) -> list[list[Counted]]:
    """The criteria by number of levels, whose tables can be laid on one another."""
    sizes = sorted({each.size for each in strata})
    return [[each for each in strata if each.size == size] for size in sizes]


def _sums_without_each(alike: Sequence[Counted]) -> Sums:
    few = alike[0].size <= FEW_LEVELS
    if few and all(each.one_pair_a_cluster for each in alike):
        return _sums_without_each_pair(alike)
    together = zip(*(each.without_each() for each in alike), strict=True)
    parts = [_sums(_stacked(tables)) for tables in together]
    names = Sums.__slots__
    return Sums(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _sums_without_each_pair(alike: Sequence[Counted]) -> Sums:
    """The same where a cluster has one pair of ratings at most: each table is worked out once."""
    kinds = [each.without_each_kind() for each in alike]
    places = np.stack([place for _, place in kinds])
    terms = _terms(_stacked(tables for tables, _ in kinds))
    return Sums(*(np.take_along_axis(term, places, axis=1).sum(axis=0) for term in terms))


def _stacked(tables: Iterable[Tables]) -> Tables:
    """Tables of criteria with as many levels, the criterion first: criteria x ... x K x K."""
    each = list(tables)
    pairs = np.stack([t.pairs for t in each])
    one_pair_a_cell = all(t.cells is t.pairs for t in each)
    cells = pairs if one_pair_a_cell else np.stack([t.cells for t in each])
    alone = [np.broadcast_to(t.alone, t.pairs.shape[:-1]) for t in each]
    return Tables(pairs, cells, np.stack(alone))


def _sums(tables: Tables) -> Sums:
    """The terms of all criteria added up."""
    return Sums(*(np.asarray(term.sum(axis=0)) for term in _terms(tables)))


def _terms(tables: Tables) -> tuple[Floats, ...]:
    """What each criterion adds to the sums; one without a rating or with one level adds nothing."""
    K = tables.pairs.shape[-1]
    n, cells = coefficients.total(tables.pairs), coefficients.total(tables.cells)
    observed, expected = coefficients.disagreements(tables.pairs, "ordinal", np.arange(float(K)))
    spread = np.nan_to_num(expected) > 0
    N_squared = np.where(spread, (2 * n) ** 2, 1.0)
    weights = coefficients.quadratic_weights(K)
    ac2 = coefficients.gwet(tables.cells, weights, alone=tables.alone)
    near = cells if K > 2 else np.zeros_like(cells)
    return (
        np.where(spread, observed, 0.0) / N_squared,
        np.where(spread, expected, 0.0) / N_squared,
        np.nan_to_num(ac2),
        np.isfinite(ac2).astype(np.float64),
        cells * np.nan_to_num(coefficients.within(tables.cells, apart=0)),
        cells,
        near * np.nan_to_num(coefficients.within(tables.cells, apart=1)),
        near,
    )
