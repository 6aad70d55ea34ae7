"""The report of very many lessons from counts that were kept: how often each kind of cell is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from observe.core.agreement.counts import Counted
from observe.core.agreement.criterion import criterion_report
from observe.core.agreement.figures import Report
from observe.core.agreement.gaps import Gaps
from observe.core.agreement.intraclass import (
    MeanSquares,
    mean_squares_of_sums,
    sums_of_clusters,
    sums_of_table,
)
from observe.core.agreement.pooled import pooled_over, why_not_pooled
from observe.core.agreement.ratings import (
    NOBODY_ALONE,
    Floats,
    Integers,
    PairedRatings,
    RatedCriterion,
    numbered,
    part_of_cell,
)
from observe.core.agreement.shrinking import partially_pooled

MeanGap = tuple[int, int, int]
Cells = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, eq=False, slots=True)
class KeptCells:
    """Kinds of paired cells, one array entry a kind: `times` of them are there.

    `criterion` points into the criteria, `block` is one of 200, `first` and `second` are positions of
    levels, `weight` is 1/(m - 1); `signed` of the `times` have a difference with a sign.
    """

    criterion: Integers
    block: Integers
    first: Integers
    second: Integers
    weight: Floats
    times: Floats
    signed: Floats

    def only(self, rows: Integers) -> KeptCells:
        """The kinds at these places, in this order."""
        return KeptCells(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, eq=False, slots=True)
class KeptLessons:
    """How many lessons have a rating, and their mean differences: (sum, cells, lessons) of each mean."""

    lessons: int
    gaps: Sequence[MeanGap] = ()


NONE = KeptLessons(0)


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """All that is kept of a group: cells as rated, cells with one level a lesson, and lessons."""

    criteria: tuple[RatedCriterion, ...]
    observers: int
    rated: KeptCells
    one_a_lesson: KeptCells
    whole: KeptLessons
    pooled: KeptLessons
    by_criterion: Mapping[str, KeptLessons]


@dataclass(frozen=True, eq=False)
class KeptCounted(Counted):
    """A criterion whose lessons are known by how many they are; its clusters are their blocks."""

    kinds: KeptCells
    known: KeptLessons

    @property
    def by_lesson(self) -> bool:
        """Whether one can ask what a single lesson gave."""
        return False

    @cached_property
    def lessons(self) -> int:
        """How many lessons were rated by two observers or more."""
        return self.known.lessons

    @cached_property
    def weights(self) -> Floats:
        """1/(m - 1) for each pair of ratings, added up over the cells of a kind."""
        return self.kinds.weight * self.kinds.times

    @cached_property
    def cell_weights(self) -> Floats:
        """2/(m(m - 1)) for each pair of ratings, added up over the cells of a kind."""
        return self.ratings.cell_weights * self.kinds.times

    @property
    def one_pair_a_cluster(self) -> bool:
        """A block has many."""
        return False

    @cached_property
    def squares(self) -> MeanSquares | None:
        """Of lessons x two observers; of more the ratings would have to be known one by one."""
        if not (self.one_cell_a_lesson and self.two_observers):
            return None
        if not self.criterion.has_levels:
            return mean_squares_of_sums(self.cell_sums.sum(axis=0))
        return mean_squares_of_sums(sums_of_table(self.total.pairs, self.criterion.values))

    @cached_property
    def cell_sums(self) -> Floats:
        """Sums over the cells of each block for the analysis of two observers: blocks x 5."""
        if not self.criterion.has_levels:
            return self._sums_of_numbers()
        tables = self._tables(self.cluster, slice(None), self.clusters)
        return sums_of_table(tables.pairs, self.criterion.values)

    def _sums_of_numbers(self) -> Floats:
        """The same of open numbers, of which no table could be held for each block."""
        values, kinds = self.criterion.values, self.kinds
        both = values[kinds.first], values[kinds.second]
        return sums_of_clusters(*both, self.cluster, self.clusters, times=kinds.times)

    @cached_property
    def gaps(self) -> Gaps:
        """The signed differences of the two levels."""
        return _gaps(self.kinds, self.known)


def report_of_kept(kept: Kept, *, seed: int | None = None) -> Report:
    """The same report as from the ratings themselves, the jackknife by blocks of lessons."""
    singles = [
        _counted(kept, kept.rated, place, kept.by_criterion.get(criterion.key, NONE))
        for place, criterion in enumerate(kept.criteria)
    ]
    criteria = tuple(criterion_report(each, seed=seed) for each in singles)
    return Report(
        lessons=kept.whole.lessons,
        observers=kept.observers,
        ratings=round(2 * float(kept.rated.weight @ kept.rated.times)),
        criteria=partially_pooled(criteria),
        pooled=pooled_over(
            _together(kept), criteria, lessons=kept.pooled.lessons, gaps=_pooled_gaps(kept)
        ),
    )


def tables_of(kept: Kept) -> Mapping[str, tuple[tuple[int, ...], ...]]:
    """Level by level for each criterion of levels, K x K, every two observers of a lesson once."""
    both = enumerate(kept.criteria)
    return {each.key: _table(kept, place) for place, each in both if each.has_levels}


def cells_of(kept: Kept) -> Mapping[str, Cells]:
    """(one number, the other, how often) of each criterion of open numbers."""
    both = enumerate(kept.criteria)
    return {each.key: _cells(kept.rated, place) for place, each in both if not each.has_levels}


def _cells(rated: KeptCells, place: int) -> Cells:
    found = Counter[tuple[int, int]]()
    mine = rated.only(np.flatnonzero(rated.criterion == place))
    levels = zip(mine.first.tolist(), mine.second.tolist(), strict=True)
    for both, times in zip(levels, mine.times.tolist(), strict=True):
        found[both] += round(times)
    return tuple((first, second, times) for (first, second), times in sorted(found.items()))


def _table(kept: Kept, place: int) -> tuple[tuple[int, ...], ...]:
    K, mine = len(kept.criteria[place].levels), kept.rated.criterion == place
    cell = kept.rated.first[mine] * K + kept.rated.second[mine]
    added = np.bincount(cell, kept.rated.times[mine], minlength=K * K).astype(np.int64)
    return tuple(tuple(row) for row in added.reshape(K, K).tolist())


def _together(kept: Kept) -> list[Counted]:
    """The criteria that are pooled, their blocks numbered alike."""
    cells = _poolable(kept)
    common = numbered(cells.block)
    return [
        _counted(kept, cells, place, kept.by_criterion.get(criterion.key, NONE), common)
        for place, criterion in enumerate(kept.criteria)
    ]


def _poolable(kept: Kept) -> KeptCells:
    taken = np.array([why_not_pooled(each) is None for each in kept.criteria], dtype=np.bool_)
    return kept.one_a_lesson.only(np.flatnonzero(taken[kept.one_a_lesson.criterion]))


def _counted(
    kept: Kept,
    cells: KeptCells,
    place: int,
    lessons: KeptLessons,
    common: Integers | None = None,
) -> KeptCounted:
    mine = np.flatnonzero(cells.criterion == place)
    cluster = numbered(cells.block[mine]) if common is None else common[mine]
    inner = np.argsort(cluster, kind="stable")
    kinds = cells.only(mine[inner])
    return KeptCounted(
        criterion=kept.criteria[place],
        ratings=_as_ratings(kept.criteria, kinds),
        lesson=kinds.block,
        cluster=cluster[inner],
        clusters=int((cluster if common is None else common).max(initial=-1)) + 1,
        alone=np.zeros(len(kept.criteria[place].levels)),
        alone_lessons=0,
        kinds=kinds,
        known=lessons,
    )


def _as_ratings(criteria: tuple[RatedCriterion, ...], kinds: KeptCells) -> PairedRatings:
    """One pair of ratings for each kind."""
    nobody = np.zeros_like(kinds.block)
    return PairedRatings(
        criteria=criteria,
        criterion=kinds.criterion,
        lesson=kinds.block,
        first=kinds.first,
        second=kinds.second,
        weight=kinds.weight,
        first_by=nobody,
        second_by=nobody,
        alone=NOBODY_ALONE,
    )


def _pooled_gaps(kept: Kept) -> Gaps:
    ordered = np.array([each.scale == "ordinal" for each in kept.criteria], dtype=np.bool_)
    cells = _poolable(kept)
    return _gaps(cells.only(np.flatnonzero(ordered[cells.criterion])), kept.pooled)


def _gaps(kinds: KeptCells, known: KeptLessons) -> Gaps:
    """Differences in levels; lessons by the mean of theirs."""
    told = np.array(known.gaps, dtype=np.float64).reshape(-1, 3)
    signed = kinds.signed > 0
    return Gaps(
        means=told[:, 0] / told[:, 1],
        lessons=told[:, 2].astype(np.int64),
        of_cells=(kinds.first - kinds.second)[signed].astype(np.float64),
        weight=(part_of_cell(kinds.weight) * kinds.signed)[signed],
        roles=True,
        rated=kinds.times.size > 0,
    )
