"""What a lesson adds to the kept counts: kinds of cells, kinds of lessons, and who stands behind.

All counts are whole numbers and each lesson's share is a function of its own rows, so that counts
can be added to and taken from in any order, on any database, and stay what a fresh count gives.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property
from math import gcd
from typing import NamedTuple
from uuid import UUID

from observe.core.observation import Capacity
from observe.core.pairing import LeftOut
from observe.core.rubric import Criterion, OccasionKind, Rubric
from observe.core.terms import term_of

POOLED_OCCASIONS = (OccasionKind.WHOLE, OccasionKind.SEGMENT)
BY_ROLE = (Capacity.HEAD, Capacity.ADVISER)
ALL = ""
SMALLEST_SHARE = 10_000

Capacities = tuple[str, str]
Cell = tuple[float, int, int]


class Part(StrEnum):
    """What a cell is to its lesson: a criterion has one there, or several that are also made one."""

    ONLY = "only"
    ONE_OF_SEVERAL = "one of several"
    SEVERAL_IN_ONE = "several in one"


class Kind(StrEnum):
    """What is said of a lesson that is counted."""

    RATED = "rated"
    POOLED = "pooled"
    CRITERION = "criterion"
    LEFT_OUT = "left out"
    OWN = "own"
    IMPORTED = "imported"


class CellKind(NamedTuple):
    """Cells that are counted together; `term` is the key of a term, or empty for all terms."""

    term: str
    capacity_a: str
    capacity_b: str
    criterion: str
    block: int
    part: Part
    level_a: int
    level_b: int
    weight: float


class LessonKind(NamedTuple):
    """Lessons that are counted together, of all observers or of two capacities ("head-adviser").

    `of` is a criterion, or why a lesson is left out. The mean of its signed differences is
    `gap_sum` / `gap_cells` in lowest terms; nought cells where no difference has a sign.
    """

    term: str
    capacities: str
    kind: Kind
    of: str = ""
    gap_sum: int = 0
    gap_cells: int = 0


class ObserverKind(NamedTuple):
    """Lessons that are counted together because one person observed them in one capacity of two."""

    school_id: UUID
    term: str
    capacity_a: str
    capacity_b: str
    person_id: UUID


class RaterKind(NamedTuple):
    """Lessons that are counted together because one person rated a criterion in them."""

    criterion: str
    school_id: UUID
    term: str
    capacity_a: str
    capacity_b: str
    person_id: UUID


@dataclass(frozen=True)
class RatedTogether:
    """What two observers gave in one lesson, one entry a cell: positions of levels from 0."""

    observers: tuple[UUID, UUID]
    capacities: Capacities
    school_id: UUID
    block: int
    observed_on: date
    left_out: str | None
    criteria: Sequence[str]
    weights: Sequence[float]
    first: Sequence[int]
    second: Sequence[int]

    @cached_property
    def by_criterion(self) -> Mapping[str, Sequence[Cell]]:
        """(weight, first level, second level) of each cell, by criterion."""
        found: dict[str, list[Cell]] = defaultdict(list)
        given = zip(self.criteria, self.weights, self.first, self.second, strict=True)
        for criterion, weight, first, second in given:
            found[criterion].append((weight, first, second))
        return found

    @cached_property
    def terms(self) -> tuple[str, str]:
        """All terms, and the key of the one in which the lesson was observed."""
        return ALL, term_of(self.observed_on).key


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each kind is there; of two, what one has more than the other may be below nought."""

    cells: Counter[CellKind] = field(default_factory=Counter)
    lessons: Counter[LessonKind] = field(default_factory=Counter)
    observers: Counter[ObserverKind] = field(default_factory=Counter)
    raters: Counter[RaterKind] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        """Take in what another counted."""
        self.cells.update(other.cells)
        self.lessons.update(other.lessons)
        self.observers.update(other.observers)
        self.raters.update(other.raters)

    def take(self, other: "Counts") -> None:
        """Take away what another counted."""
        self.cells.subtract(other.cells)
        self.lessons.subtract(other.lessons)
        self.observers.subtract(other.observers)
        self.raters.subtract(other.raters)


def pooled_keys(rubric: Rubric) -> frozenset[str]:
    """The criteria that stand in pooled figures."""
    return frozenset(each.criterion for each in rubric.criteria() if is_pooled(each))


def is_pooled(criterion: Criterion) -> bool:
    """Whether a criterion stands in pooled figures: levels, no sub-behaviour, one a lesson or segment."""
    whole = criterion.part_of is None and criterion.occasion in POOLED_OCCASIONS
    return whole and criterion.scale.has_levels


def capacities_key(capacities: Capacities) -> str:
    """How two capacities are named, "head-adviser"."""
    return "-".join(capacities)


def counts_of(
    lesson: Sequence[RatedTogether], pooled: Collection[str], *, imported: bool
) -> Counts:
    """What one lesson adds, of which every two observers gave these levels."""
    if not lesson:
        return Counts()
    found = Counts()
    counting = [pair for pair in lesson if pair.left_out is None]
    found.cells.update(kind for pair in counting for kind in _cells(pair, pooled))
    found.lessons.update(dict.fromkeys(_lessons(counting, pooled), 1))
    found.lessons.update(dict.fromkeys(_left_out(lesson), 1))
    found.lessons[LessonKind(ALL, ALL, Kind.IMPORTED if imported else Kind.OWN)] = 1
    behind = (kind for pair in counting for kind in _observers(pair))
    found.observers.update(dict.fromkeys(behind, 1))
    raters = (kind for pair in counting for kind in _raters(pair))
    found.raters.update(dict.fromkeys(raters, 1))
    return found


def _cells(pair: RatedTogether, pooled: Collection[str]) -> Iterator[CellKind]:
    for criterion, cells in pair.by_criterion.items():
        for part, (weight, first, second) in _parts(cells, pooled=criterion in pooled):
            for term in pair.terms:
                yield CellKind(
                    *(term, *pair.capacities, criterion, pair.block, part),
                    *(first, second, weight),
                )


def _parts(cells: Sequence[Cell], *, pooled: bool) -> Iterator[tuple[Part, Cell]]:
    if len(cells) == 1:
        yield Part.ONLY, cells[0]
        return
    for cell in cells:
        yield Part.ONE_OF_SEVERAL, cell
    if pooled:
        yield Part.SEVERAL_IN_ONE, _in_one(cells)


def _in_one(cells: Sequence[Cell]) -> Cell:
    """The mean of each observer's levels, rounded half up, as pooled figures have it."""
    if len(cells) == 1:
        return cells[0]
    n, weights = len(cells), sum(_exact(weight) for weight, _, _ in cells)
    first, second = sum(cell[1] for cell in cells), sum(cell[2] for cell in cells)
    return float(weights / n), (2 * first + n) // (2 * n), (2 * second + n) // (2 * n)


def _groups(
    pairs: Iterable[RatedTogether],
) -> Mapping[tuple[str, str], Sequence[RatedTogether]]:
    """By (term, capacities), all terms and all capacities among them."""
    found: dict[tuple[str, str], list[RatedTogether]] = defaultdict(list)
    for pair in pairs:
        for term in pair.terms:
            for capacities in (ALL, capacities_key(pair.capacities)):
                found[term, capacities].append(pair)
    return found


def _lessons(counting: Sequence[RatedTogether], pooled: Collection[str]) -> Iterator[LessonKind]:
    by_role = capacities_key(BY_ROLE)
    for (term, capacities), pairs in _groups(counting).items():
        signed = capacities == by_role
        yield LessonKind(term, capacities, Kind.RATED)
        for criterion, cells in _together(pairs).items():
            yield LessonKind(term, capacities, Kind.CRITERION, criterion, *_gap(cells, signed))
        in_one = [
            _in_one(cells)
            for pair in pairs
            for criterion, cells in pair.by_criterion.items()
            if criterion in pooled
        ]
        if in_one:
            yield LessonKind(term, capacities, Kind.POOLED, "", *_gap(in_one, signed))


def _together(pairs: Sequence[RatedTogether]) -> Mapping[str, Sequence[Cell]]:
    """The cells of each criterion, of every two observers of the lesson."""
    if len(pairs) == 1:
        return pairs[0].by_criterion
    found: dict[str, list[Cell]] = defaultdict(list)
    for pair in pairs:
        for criterion, cells in pair.by_criterion.items():
            found[criterion] += cells
    return found


def _gap(cells: Sequence[Cell], signed: bool) -> tuple[int, int]:
    """The mean of first minus second, each cell of a lesson once, as a fraction."""
    if not signed:
        return 0, 0
    if all(weight == 1 for weight, _, _ in cells):
        whole = sum(first - second for _, first, second in cells)
        shared = gcd(whole, len(cells))
        return whole // shared, len(cells) // shared
    gaps = (_share(weight) * (first - second) for weight, first, second in cells)
    mean = sum(gaps) / sum((_share(weight) for weight, _, _ in cells), Fraction(0))
    return mean.numerator, mean.denominator


def _share(weight: float) -> Fraction:
    """2/(m(m - 1)), what a pair of ratings is of its cell."""
    exact = _exact(weight)
    return 2 * exact**2 / (1 + exact)


@cache
def _exact(weight: float) -> Fraction:
    """1/(m - 1), or a mean of such, without the error of a float."""
    return Fraction(weight).limit_denominator(SMALLEST_SHARE)


def _left_out(lesson: Iterable[RatedTogether]) -> Iterator[LessonKind]:
    for (term, capacities), pairs in _groups(lesson).items():
        for reason in {LeftOut(pair.left_out) for pair in pairs if pair.left_out is not None}:
            yield LessonKind(term, capacities, Kind.LEFT_OUT, reason)


def _observers(pair: RatedTogether) -> Iterator[ObserverKind]:
    _, term = pair.terms
    for person_id in pair.observers:
        yield ObserverKind(pair.school_id, term, *pair.capacities, person_id)


def _raters(pair: RatedTogether) -> Iterator[RaterKind]:
    for kind in _observers(pair):
        for criterion in pair.by_criterion:
            yield RaterKind(criterion, *kind)
