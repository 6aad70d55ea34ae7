"""Tables of paired levels: of a whole, of its lessons, and of the whole without each lesson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from observe.core.agreement.gaps import Gaps, gaps_of
from observe.core.agreement.intraclass import MeanSquares, mean_squares, sums_of_clusters
from observe.core.agreement.ratings import Floats, Integers, PairedRatings, RatedCriterion, numbered

MANY_LESSONS = 10_000
BLOCKS = 200
ENTRIES_AT_ONCE = 250_000


@dataclass(frozen=True, eq=False, slots=True)
class Tables:
    """One or many tables of paired levels; all coefficients of levels are functions of these.

    `pairs` (... x K x K) adds 1/(m - 1) for each pair of ratings, so that a cell adds m/2; `cells`
    (... x K x K) adds one a cell; `alone` (... x K) holds levels that nobody else gave. `spread` is
    what a drawn table needs so that its chance agreement is not too low (1 for a counted table).
    """

    pairs: Floats
    cells: Floats
    alone: Floats
    spread: float = 1.0

    def without(self, part: Tables) -> Tables:
        """What is left when the part is taken away."""
        pairs, alone = self.pairs - part.pairs, self.alone - part.alone
        one_pair_a_cell = self.cells is self.pairs and part.cells is part.pairs
        return Tables(pairs, pairs if one_pair_a_cell else self.cells - part.cells, alone)


def of_two_observers(table: Floats, *, spread: float = 1.0) -> Tables:
    """The same for tables (... x K x K) in which each cell has exactly two ratings."""
    return Tables(table, table, np.zeros(table.shape[:-1]), spread)


@dataclass(frozen=True, eq=False)
class Counted:
    """The paired ratings of one criterion.

    `lesson` and `cluster` have one entry a pair of ratings and count from 0; the ratings are sorted
    by `cluster`, which is the lesson, or its block where there are more than 10,000 lessons.
    `clusters` may count some without a rating of this criterion. `alone` (K) counts single ratings.
    """

    criterion: RatedCriterion
    ratings: PairedRatings
    lesson: Integers
    cluster: Integers
    clusters: int
    alone: Floats
    alone_lessons: int

    @cached_property
    def lessons(self) -> int:
        """How many lessons were rated by two observers or more."""
        return int(np.count_nonzero(np.bincount(self.lesson)))

    @cached_property
    def cells(self) -> int:
        """How many lessons times occasions were rated by two observers or more."""
        return round(float(self.cell_weights.sum()))

    @property
    def by_lesson(self) -> bool:
        """Whether one can ask what a single lesson gave."""
        return True

    @cached_property
    def weights(self) -> Floats:
        """1/(m - 1) for each pair of ratings."""
        return self.ratings.weights

    @cached_property
    def cell_weights(self) -> Floats:
        """2/(m(m - 1)) for each pair of ratings."""
        return self.ratings.cell_weights

    @cached_property
    def two_observers(self) -> bool:
        """Whether no cell has more than two ratings."""
        return bool((self.ratings.weights == 1).all())

    @property
    def one_cell_a_lesson(self) -> bool:
        """Whether no lesson has two occasions."""
        return self.cells == self.lessons

    @cached_property
    def squares(self) -> MeanSquares | None:
        """Of lessons x observers, where each lesson has one cell that all of them rated."""
        every = self._every_rating()
        return None if every is None else mean_squares(every)

    @cached_property
    def cell_sums(self) -> Floats:
        """The same for two observers with several cells a lesson, as sums: clusters x 5."""
        values = self.criterion.values
        first, second = values[self.ratings.first], values[self.ratings.second]
        return sums_of_clusters(first, second, self.cluster, self.clusters)

    @cached_property
    def gaps(self) -> Gaps:
        """The signed differences of the two values."""
        values = self.criterion.values
        return gaps_of(self.ratings, values[self.ratings.first] - values[self.ratings.second])

    @property
    def size(self) -> int:
        """K, the number of levels."""
        return len(self.criterion.levels)

    @cached_property
    def total(self) -> Tables:
        """The tables of all lessons together; single ratings count beyond two observers only."""
        whole = self._tables(np.zeros_like(self.cluster), slice(None), 1)
        if self.two_observers:
            return of_two_observers(whole.pairs[0])
        return Tables(whole.pairs[0], whole.cells[0], self.alone)

    def without_each(self) -> Iterator[Tables]:
        """The tables without each cluster in turn, some clusters at a time: clusters x K x K."""
        at_once = max(1, ENTRIES_AT_ONCE // self.size**2)
        for start in range(0, self.clusters, at_once):
            stop = min(start + at_once, self.clusters)
            rows = slice(*np.searchsorted(self.cluster, (start, stop)).tolist())
            part = self._tables(self.cluster[rows] - start, rows, stop - start)
            yield self.total.without(part)

    @property
    def one_pair_a_cluster(self) -> bool:
        """Whether no cluster has two pairs of ratings, so that few tables without one are unlike."""
        return self.two_observers and bool((np.diff(self.cluster) > 0).all())

    def without_each_kind(self) -> tuple[Tables, Integers]:
        """The tables without one pair of each two levels, and last the whole: K x K + 1 of them.

        Where nobody gave two levels, their table is the whole as well. And for each cluster, where it
        has one pair of ratings at most, the place of its table.
        """
        kinds = self.size**2
        place = np.full(self.clusters, kinds)
        place[self.cluster] = self.ratings.first * self.size + self.ratings.second
        given = np.bincount(place, minlength=kinds + 1)[:kinds] > 0
        one = (np.eye(kinds + 1, kinds) * given).reshape(-1, self.size, self.size)
        return self.total.without(of_two_observers(one)), place

    def _every_rating(self) -> Floats | None:
        """Ratings as lessons x observers, where each lesson has one cell rated by all of them."""
        ratings, values = self.ratings, self.criterion.values
        if not self.one_cell_a_lesson:
            return None
        if self.two_observers:
            return np.column_stack([values[ratings.first], values[ratings.second]])
        if ratings.first_by is None or ratings.second_by is None:
            return None
        both = np.concatenate([ratings.first_by, ratings.second_by])
        who, column = np.unique(both, return_inverse=True)
        matrix = np.full((self.lessons, who.size), np.nan)
        given = values[np.concatenate([ratings.first, ratings.second])]
        matrix[np.tile(self.lesson, 2), column] = given
        return None if np.isnan(matrix).any() else matrix

    def _tables(self, cluster: Integers, rows: slice, clusters: int) -> Tables:
        first, second = self.ratings.first[rows], self.ratings.second[rows]
        place = (cluster * self.size + first) * self.size + second
        pairs = self._added(place, self.weights[rows], clusters)
        if self.two_observers:
            return of_two_observers(pairs)
        cells = self._added(place, self.cell_weights[rows], clusters)
        return Tables(pairs, cells, np.zeros(pairs.shape[:-1]))

    def _added(self, place: Integers, weight: Floats, clusters: int) -> Floats:
        added = np.bincount(place, weight, minlength=clusters * self.size**2)
        return np.asarray(added.reshape(clusters, self.size, self.size), dtype=np.float64)


def count(paired: PairedRatings, *, together: bool = False) -> tuple[Counted, ...]:
    """The pairs of each criterion, in the order of the criteria.

    `together` numbers the lessons alike for all criteria, so that one can be left out of all.
    """
    common = _clusters(paired, paired.lesson) if together else None
    order = np.argsort(paired.criterion, kind="stable")
    bounds = np.searchsorted(paired.criterion[order], np.arange(len(paired.criteria) + 1))
    return tuple(
        _counted(paired, place, order[start:stop], common)
        for place, (start, stop) in enumerate(pairwise(bounds.tolist()))
    )


def _counted(paired: PairedRatings, place: int, rows: Integers, common: Integers | None) -> Counted:
    cluster = _clusters(paired, paired.lesson[rows]) if common is None else common[rows]
    inner = np.argsort(cluster, kind="stable")
    mine = paired.only(rows[inner])
    given_alone = np.flatnonzero(paired.alone.criterion == place)
    levels = len(paired.criteria[place].levels)
    return Counted(
        criterion=paired.criteria[place],
        ratings=mine,
        lesson=numbered(mine.lesson),
        cluster=cluster[inner],
        clusters=int((cluster if common is None else common).max(initial=-1)) + 1,
        alone=np.bincount(paired.alone.level[given_alone], minlength=levels).astype(np.float64),
        alone_lessons=_others(paired.alone.lesson[given_alone], mine.lesson),
    )


def _others(lessons: Integers, known: Integers) -> int:
    """How many lessons are not among the known; without any, the known are not even looked at."""
    return int(np.setdiff1d(lessons, known).size) if lessons.size else 0


def _clusters(paired: PairedRatings, lesson: Integers) -> Integers:
    """The lesson of each entry, or the block of that lesson where there are very many."""
    own = numbered(lesson)
    if own.max(initial=-1) < MANY_LESSONS:
        return own
    return numbered(lesson % BLOCKS if paired.block is None else paired.block[lesson])
