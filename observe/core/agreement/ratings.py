"""What goes in: criteria with their levels, single ratings, and pairs of ratings, all as arrays."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Level = int | float | str

MOST_KEYS = 2**62
SPARSE = 8

PairedRow = tuple[str, Hashable, int, int, float]


@dataclass(frozen=True, slots=True)
class RatedCriterion:
    """A criterion as the statistics see it; levels as the rubric declares them, lowest first."""

    key: str
    title: str
    levels: tuple[Level, ...]
    scale: Scale = "ordinal"
    pooled: bool = True

    @property
    def has_levels(self) -> bool:
        """Whether ratings are levels to be tabled, not numbers."""
        return self.scale in ("nominal", "ordinal")

    @property
    def has_order(self) -> bool:
        """Whether one can say how far apart two levels are; two levels always can."""
        return self.scale != "nominal" or len(self.levels) == 2

    @property
    def has_neighbours(self) -> bool:
        """Whether "within one" says more than "any two levels"."""
        return self.scale == "ordinal" and len(self.levels) > 2

    @property
    def values(self) -> Floats:
        """The number each level stands for, K: its position, or itself where ratings are numbers."""
        if self.has_levels:
            return np.arange(len(self.levels), dtype=np.float64)
        return np.array([float(level) for level in self.levels])


@dataclass(frozen=True, eq=False, slots=True)
class AloneRatings:
    """Levels that one observer gave where nobody else gave one, one array entry a rating."""

    criterion: Integers
    lesson: Integers
    level: Integers


NOBODY_ALONE = AloneRatings(*(np.empty(0, np.int64) for _ in range(3)))


@dataclass(frozen=True, eq=False, slots=True)
class PairedRatings:
    """Every two ratings of one lesson, criterion and occasion, one array entry a pair of ratings.

    `criterion` points into `criteria`, `lesson` counts from 0, `first` and `second` are positions of
    levels from 0. `weight` is 1/(m - 1) where m observers gave that criterion and occasion a level;
    left out, m is 2 throughout. `first_by` and `second_by` point into `observers`; without them each
    lesson has one and the same pair. `signed` marks the pairs whose difference has a meaning (a head
    and an adviser). `block` is the block of each lesson, for more than 10,000 of them.
    """

    criteria: tuple[RatedCriterion, ...]
    criterion: Integers
    lesson: Integers
    first: Integers
    second: Integers
    weight: Floats | None = None
    first_by: Integers | None = None
    second_by: Integers | None = None
    observers: tuple[str, ...] = ()
    signed: Booleans | None = None
    alone: AloneRatings = NOBODY_ALONE
    block: Integers | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.first_by is None and self.weight is not None and (self.weight < 1).any():
            raise ValueError("more than two observers a lesson: say who gave each rating")

    @property
    def weights(self) -> Floats:
        """1/(m - 1) for each pair of ratings."""
        return np.ones(self.first.size) if self.weight is None else self.weight

    @property
    def cell_weights(self) -> Floats:
        """2/(m(m - 1)) for each pair of ratings, so that each cell adds up to one."""
        return part_of_cell(self.weights)

    @property
    def gap(self) -> Floats:
        """First minus second for each pair of ratings, in levels."""
        return (self.first - self.second).astype(np.float64)

    @property
    def lessons(self) -> int:
        """How many lessons have a level from anybody."""
        return int(np.union1d(self.lesson, self.alone.lesson).size)

    @property
    def ratings(self) -> int:
        """How many levels were given, those of an observer alone among them."""
        return round(float(self.weights.sum() * 2)) + int(self.alone.level.size)

    def of_criteria(self, wanted: Iterable[bool]) -> PairedRatings:
        """The pairs on those criteria of which this is so (criteria), and nobody's single ratings."""
        taken = np.array(tuple(wanted), np.bool_)
        return self.only(np.flatnonzero(taken[self.criterion]))

    def only(self, rows: Integers) -> PairedRatings:
        """The pairs at these places, in this order, and nobody's single ratings."""
        return replace(
            self,
            criterion=self.criterion[rows],
            lesson=self.lesson[rows],
            first=self.first[rows],
            second=self.second[rows],
            weight=self.weights[rows],
            first_by=None if self.first_by is None else self.first_by[rows],
            second_by=None if self.second_by is None else self.second_by[rows],
            signed=None if self.signed is None else self.signed[rows],
            alone=NOBODY_ALONE,
        )


def part_of_cell(weight: Floats) -> Floats:
    """2/(m(m - 1)), the part of its cell that a pair of ratings is, from its weight 1/(m - 1)."""
    return 2 * weight**2 / (1 + weight)


def paired(criteria: Iterable[RatedCriterion], rows: Iterable[PairedRow]) -> PairedRatings:
    """Paired ratings of one pair of people, or of a query over heads and advisers.

    A row is (key of the criterion, the lesson's id, first position, second position, weight).
    """
    known = tuple(criteria)
    index = {criterion.key: place for place, criterion in enumerate(known)}
    lessons: dict[Hashable, int] = {}
    columns = [
        (index[key], lessons.setdefault(lesson, len(lessons)), first, second, weight)
        for key, lesson, first, second, weight in rows
    ]
    table = np.array(columns, dtype=np.float64).reshape(-1, 5)
    whole = table[:, :4].astype(np.int64)
    criterion, place, first, second = whole.T.copy()
    return PairedRatings(known, criterion, place, first, second, weight=table[:, 4])


@dataclass(frozen=True, eq=False, slots=True)
class LongRatings:
    """Single ratings, one array entry each, every one with a level.

    `criterion` and `observer` point into `criteria` and `observers`; `lesson` and `occasion` count
    from 0; `level` is a position from 0; `capacity` is the place of the observer's role in the order
    head, leader, other, adviser, or None where roles are unknown. Entries stand in the file's order.
    `block`, `teacher` and `day` (an ordinal; 0 for none) are those of each lesson, where they are known.
    """

    criteria: tuple[RatedCriterion, ...]
    observers: tuple[str, ...]
    lesson: Integers
    observer: Integers
    criterion: Integers
    occasion: Integers
    level: Integers
    capacity: Integers | None = None
    block: Integers | None = None
    teacher: Integers | None = None
    day: Integers | None = None
    warnings: tuple[str, ...] = ()


def pair_up(ratings: LongRatings) -> PairedRatings:
    """Every two ratings of one lesson, criterion and occasion; heads first, else as in the file."""
    cell = joined((ratings.criterion, ratings.lesson, ratings.occasion))
    capacity = ratings.capacity if ratings.capacity is not None else np.zeros_like(cell)
    order = np.lexsort((_turn(ratings), capacity, cell))
    cell = numbered(cell[order])
    size = np.bincount(cell)[cell] if cell.size else cell
    firsts, seconds = _pairs_within(cell)
    first, second = order[firsts], order[seconds]
    alone = order[size == 1]
    return PairedRatings(
        criteria=ratings.criteria,
        criterion=ratings.criterion[first],
        lesson=ratings.lesson[first],
        first=ratings.level[first],
        second=ratings.level[second],
        weight=1.0 / (size[firsts] - 1),
        first_by=ratings.observer[first],
        second_by=ratings.observer[second],
        observers=ratings.observers,
        signed=_across_roles(ratings, first, second),
        alone=AloneRatings(ratings.criterion[alone], ratings.lesson[alone], ratings.level[alone]),
        block=ratings.block,
        warnings=ratings.warnings,
    )


def numbered(keys: Integers) -> Integers:
    """The keys (from 0) counted from 0 without holes, in their own order."""
    if not _is_dense(keys):
        return np.asarray(np.unique(keys, return_inverse=True)[1], dtype=np.int64)
    present = np.bincount(keys) > 0
    return np.asarray((np.cumsum(present) - 1)[keys], dtype=np.int64)


def _is_dense(keys: Integers) -> bool:
    """Whether an array with a place for each key is not much larger than the keys."""
    return int(keys.max(initial=0)) <= SPARSE * (keys.size + 1)


def joined(columns: Sequence[Integers]) -> Integers:
    """One key (from 0) for each row of some columns (from 0), ordered as the columns are."""
    key, most = np.zeros_like(columns[0]), 1
    for column in columns:
        size = int(column.max(initial=0)) + 1
        if most * size >= MOST_KEYS:
            key = numbered(key)
            most = int(key.max(initial=0)) + 1
        key, most = key * size + column, most * size
    return key


def _turn(ratings: LongRatings) -> Integers:
    """Who comes first: two observers in all keep their places, more stand as each lesson has them."""
    who = ratings.observer
    if np.count_nonzero(np.bincount(who)) > 2:
        who = joined((ratings.lesson, who))
    number = who if _is_dense(who) else numbered(who)
    seen_at = np.zeros(int(number.max(initial=-1)) + 1, np.int64)
    seen_at[number[::-1]] = np.arange(number.size)[::-1]  # the first entry is written last
    return np.asarray(seen_at[number])


def _pairs_within(cell: Integers) -> tuple[Integers, Integers]:
    """Places of every two entries of one cell; `cell` is sorted."""
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for apart in range(1, int(np.bincount(cell).max(initial=1)) if cell.size else 1):
        together = np.flatnonzero(cell[:-apart] == cell[apart:])
        firsts.append(together)
        seconds.append(together + apart)
    return np.concatenate(firsts), np.concatenate(seconds)


def _across_roles(ratings: LongRatings, first: Integers, second: Integers) -> Booleans | None:
    if ratings.capacity is None:
        return None
    return np.asarray(ratings.capacity[first] != ratings.capacity[second])
