"""From rubrics and rows to what the statistics take: criteria with their levels, ratings as arrays."""

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

import numpy as np

from observe.core.agreement.counts import count
from observe.core.agreement.figures import CriterionReport, Difference, Figure
from observe.core.agreement.kept import Cells
from observe.core.agreement.pooled import pooled_report
from observe.core.agreement.ratings import AloneRatings, Integers, PairedRatings, RatedCriterion
from observe.core.counting import is_pooled
from observe.core.pairing import code_key, levels_in
from observe.core.rubric import Criterion, Rubric, ScaleType
from observe.storage.paired_ratings import Between

FIGURES = (
    "exact",
    "within_one",
    "alpha",
    "ac1",
    "ac2",
    "kappa_quadratic",
    "kappa_linear",
    "icc_a1",
)
NOT_ASKED = Figure(reason="not asked for")
T = TypeVar("T")


class Remembered(Generic[T]):
    """The latest results by key: the same ratings give the same figures, so they are kept a while."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for this key, made now if need be."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            self._held[key] = made
            if len(self._held) > self.most:
                self._held.popitem(last=False)
        return made


def rated_criteria(
    rubric: Rubric, largest: Mapping[str, int] | None = None
) -> tuple[RatedCriterion, ...]:
    """What of a rubric can be counted, in its order; codes of several become one criterion each.

    Tap counts are among them where `largest` tells how far they went, by criterion: their values run
    from 0 to the largest. Whatever is about levels leaves it out, and them.
    """
    every = (rated for each in rubric.criteria() for rated in _rated(each, largest or {}))
    return tuple(each for each in every if each.has_levels or largest is not None)


def largest_of(rubric: Rubric, given: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The largest of these counts of each counted criterion; 0 for one of which there are none."""
    found = dict.fromkeys(counted_keys(rubric), 0)
    for key, taps in given if found else ():
        if key in found:
            found[key] = max(found[key], taps)
    return found


def counted_keys(rubric: Rubric) -> list[str]:
    """The criteria of which taps are counted."""
    return [c.criterion for c in rubric.criteria() if c.scale.type is ScaleType.COUNT]


def _rated(criterion: Criterion, largest: Mapping[str, int]) -> Iterator[RatedCriterion]:
    scale, key, title = criterion.scale, criterion.criterion, criterion.title
    if scale.has_levels:
        levels = tuple(level.value for level in scale.levels)
        yield RatedCriterion(key, title, levels, "ordinal", pooled=is_pooled(criterion))
    elif scale.type is ScaleType.NOMINAL:
        yield RatedCriterion(key, title, tuple(scale.codes), "nominal", pooled=False)
    elif scale.type is ScaleType.CODES:
        for code, label in scale.codes.items():
            both = f"{title}: {label}"
            yield RatedCriterion(code_key(key, code), both, (0, 1), "nominal", pooled=False)
    elif scale.type is ScaleType.COUNT:
        counts = tuple(range(largest.get(key, 0) + 1))
        yield RatedCriterion(key, title, counts, "ratio", pooled=False)


def codes_of(rubric: Rubric) -> dict[str, str]:
    """The short code of each criterion as rated, `3a`."""
    return {
        rated.key: criterion.code
        for criterion in rubric.criteria()
        for rated in _rated(criterion, {})
    }


@dataclass(frozen=True, slots=True)
class Alone:
    """A level that only one of two people gave a criterion and occasion."""

    lesson_id: UUID
    criterion: str
    level: int


def ratings_between(
    rubric: Rubric, rows: Sequence[Between], alone: Sequence[Alone] = ()
) -> PairedRatings:
    """The ratings of two people, the one who asks first; a third observer's do not count here."""
    criteria = rated_criteria(rubric, largest_of(rubric, _given(rows, alone)))
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    known = [row for row in rows if row.criterion in place]
    lesson = numbered([*(row.lesson_id for row in known), *(each.lesson_id for each in alone)])
    return PairedRatings(
        criteria=criteria,
        criterion=integers(place[row.criterion] for row in known),
        lesson=integers(lesson[: len(known)]),
        first=integers(row.mine for row in known),
        second=integers(row.theirs for row in known),
        alone=AloneRatings(
            integers(place[each.criterion] for each in alone),
            integers(lesson[len(known) :]),
            integers(each.level for each in alone),
        ),
    )


def _given(rows: Sequence[Between], alone: Sequence[Alone]) -> Iterator[tuple[str, int]]:
    """Every position that was given, with its criterion."""
    yield from ((row.criterion, max(row.mine, row.theirs)) for row in rows)
    yield from ((each.criterion, each.level) for each in alone)


Given = Mapping[tuple[str, str], Any]


def alone_in(rubric: Rubric, lesson_id: UUID, one: Given, other: Given) -> list[Alone]:
    """The levels that one of two people gave where the other gave none."""
    sides = [_levels(rubric, given) for given in (one, other)]
    apart = sides[0].keys() ^ sides[1].keys()
    found = [(key, side[key]) for side in sides for key in side if key in apart]
    return [Alone(lesson_id, criterion, level) for (criterion, _occasion), level in found]


def _levels(rubric: Rubric, given: Given) -> dict[tuple[str, str], int]:
    return {
        (rated_key, occasion): level
        for (key, occasion), value in given.items()
        if (criterion := rubric.find(key))
        for rated_key, level in levels_in(criterion, value)
    }


def integers(values: Iterable[int]) -> Integers:
    """Whole numbers as an array."""
    return np.fromiter(values, dtype=np.int64)


def numbered(things: Iterable[Hashable]) -> list[int]:
    """Each thing's number in the order of first sight."""
    seen: dict[Hashable, int] = {}
    return [seen.setdefault(thing, len(seen)) for thing in things]


def fingerprint(digest: str, ratings: PairedRatings) -> str:
    """The same for the same ratings of the same rubric version."""
    told = hashlib.sha256(digest.encode())
    alone = ratings.alone
    columns = (ratings.criterion, ratings.lesson, ratings.first, ratings.second)
    for column in (*columns, alone.criterion, alone.lesson, alone.level):
        told.update(column.size.to_bytes(8) + np.ascontiguousarray(column).tobytes())
    return told.hexdigest()


def cells_of(ratings: PairedRatings) -> Mapping[str, Cells]:
    """(one count, the other, how often) of each counted criterion, every two observers once."""
    return {
        each.key: _cells(ratings, number)
        for number, each in enumerate(ratings.criteria)
        if not each.has_levels
    }


def on_criterion(ratings: PairedRatings, key: str) -> PairedRatings:
    """The ratings of one criterion."""
    of_this = np.array([each.key == key for each in ratings.criteria], dtype=np.bool_)
    return ratings.only(np.flatnonzero(of_this[ratings.criterion]).astype(np.int64))


def without(ratings: PairedRatings, keys: Set[str]) -> PairedRatings:
    """The ratings of all criteria but these."""
    others = np.array([each.key not in keys for each in ratings.criteria], dtype=np.bool_)
    return ratings.only(np.flatnonzero(others[ratings.criterion]).astype(np.int64))


def _cells(ratings: PairedRatings, number: int) -> Cells:
    mine = ratings.criterion == number
    both = Counter(zip(ratings.first[mine].tolist(), ratings.second[mine].tolist(), strict=True))
    return tuple((first, second, times) for (first, second), times in sorted(both.items()))


@dataclass(frozen=True, slots=True)
class SameLevel:
    """How often two people gave the same level over pooled criteria, of so many lessons."""

    n: int
    exact: Figure


def same_level(ratings: PairedRatings) -> SameLevel:
    """The one figure that a list shows, as the page of two has it, without the work for all others."""
    every = [_shell(counted.criterion, counted.lessons) for counted in count(ratings)]
    pooled = pooled_report(ratings, every)
    return SameLevel(pooled.n, pooled.exact)


def _shell(criterion: RatedCriterion, lessons: int) -> CriterionReport:
    return CriterionReport(
        criterion=criterion,
        n=lessons,
        n_cells=lessons,
        alone=0,
        table=None,
        mean_difference=Difference(reason=NOT_ASKED.reason),
        flags=(),
        mcnemar=None,
        **dict.fromkeys(FIGURES, NOT_ASKED),
    )
