"""The talk: criteria by how far two records lie apart, and what each observer saw on one time axis."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from observe.core.observation import NOT_APPLICABLE, NOT_SEEN, Note, Observer, Record
from observe.core.rubric import Criterion, Rubric, ScaleType
from observe.core.tapped import Given, counted_in

SAME_MOMENT = timedelta(minutes=2)


class Finding(StrEnum):
    """How the observers' ratings of one criterion stand to each other."""

    APART = "apart"
    ONE_SAW = "one saw it, the other did not"
    ONE_NOT_APPLICABLE = "one said not applicable"
    OTHER_VALUE = "not the same"
    SAME = "the same"
    UNRATED = "rated by nobody"


@dataclass(frozen=True, slots=True)
class Script:
    """One observer's record, when its clock was started, and how far its lines are moved in time."""

    observer: Observer
    begun_at: datetime
    record: Record
    shift_minutes: int = 0

    def at(self, note: Note) -> datetime:
        """When a note is laid beside the others' notes."""
        return note.made_at(self.begun_at) + timedelta(minutes=self.shift_minutes)


@dataclass(frozen=True, slots=True)
class Cell:
    """What each observer gave a criterion on one occasion, in the observers' order; None is blank.

    `cut_short` holds the places of observers for whom this occasion ended before its time.
    """

    occasion: str
    values: tuple[Any, ...]
    finding: Finding
    gap: int = 0
    cut_short: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What was noted at about one time, or of one book: for each observer in order, a note or None."""

    at: datetime
    notes: tuple[Note | None, ...]

    @property
    def only(self) -> int | None:
        """The place of the one observer who noted this; None if others did too."""
        noted = [place for place, note in enumerate(self.notes) if note]
        return noted[0] if len(noted) == 1 else None

    @property
    def book(self) -> int | None:
        """The book for which this was written, where books were read."""
        return next((note.book for note in self.notes if note), None)


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion in the talk: what was given, how far apart that is, and the evidence."""

    criterion: Criterion
    cells: tuple[Cell, ...]
    moments: tuple[Moment, ...]

    @property
    def worst(self) -> Cell:
        """The occasion on which the observers are furthest apart."""
        return min(self.cells, key=_order)

    @property
    def finding(self) -> Finding:
        """How the ratings stand to each other on the occasion furthest apart."""
        return self.worst.finding

    @property
    def gap(self) -> int:
        """How many levels lie between the highest and the lowest; 0 where that is no question."""
        return self.worst.gap

    @property
    def is_open(self) -> bool:
        """Whether there is something to talk about."""
        return self.finding not in (Finding.SAME, Finding.UNRATED)

    @property
    def shared(self) -> int | None:
        """The level that all gave on every occasion, or None where there is no such level."""
        given = {value for cell in self.cells for value in _hashable(cell.values)}
        first = next(iter(given), None)
        alike = len(given) == 1 and self.criterion.scale.has_levels
        return first if alike and self.criterion.scale.position(first) is not None else None


def compare(rubric: Rubric, scripts: Sequence[Script]) -> list[Compared]:
    """Every criterion, the largest gap first; ties stand in the rubric's order.

    Where one of them tapped, whoever was there and did not tap counted 0.
    """
    given = [counted_in(rubric, script.record) for script in scripts]
    found = [_compared(criterion, scripts, given) for criterion in rubric.criteria()]
    return sorted(found, key=lambda each: _order(each.worst))


def _compared(criterion: Criterion, scripts: Sequence[Script], given: Sequence[Given]) -> Compared:
    rated = {
        occasion
        for script in scripts
        for key, occasion in script.record.ratings
        if key == criterion.criterion
    }
    cells = [_cell(criterion, each, scripts, given) for each in sorted(rated, key=_by_number)]
    nobody = Cell(criterion.occasion, (None,) * len(scripts), Finding.UNRATED)
    return Compared(criterion, tuple(cells) or (nobody,), moments(criterion.criterion, scripts))


def _cell(
    criterion: Criterion, occasion: str, scripts: Sequence[Script], given: Sequence[Given]
) -> Cell:
    values = tuple(each.get((criterion.criterion, occasion)) for each in given)
    finding, gap = judge(criterion, values)
    short = [n for n, s in enumerate(scripts) if s.record.sitting.partial == occasion]
    return Cell(occasion, values, finding, gap, tuple(short))


def judge(criterion: Criterion, values: Sequence[Any]) -> tuple[Finding, int]:
    """How values of one criterion and occasion stand to each other, and how many levels apart.

    Of three, two that lie apart do so whatever the third said.
    """
    silent = [value is None or value == NOT_SEEN for value in values]
    if all(silent):
        return Finding.UNRATED, 0
    rated = [v for v, says_nothing in zip(values, silent, strict=True) if not says_nothing]
    apart = _levels_apart(criterion, [v for v in rated if v != NOT_APPLICABLE])
    if apart[0] is not Finding.SAME:
        return apart
    if NOT_APPLICABLE in values:
        alone = any(value != NOT_APPLICABLE for value in values)
        return (Finding.ONE_NOT_APPLICABLE if alone else Finding.SAME), 0
    return (Finding.ONE_SAW if any(silent) else Finding.SAME), 0


def _levels_apart(criterion: Criterion, values: Sequence[Any]) -> tuple[Finding, int]:
    if criterion.scale.has_levels:
        places = [place for v in values if (place := criterion.scale.position(v)) is not None]
        gap = max(places, default=0) - min(places, default=0)
        return (Finding.APART if gap else Finding.SAME), gap
    if criterion.scale.type is ScaleType.TEXT or len(set(_hashable(values))) < 2:
        return Finding.SAME, 0
    return Finding.OTHER_VALUE, 0


def _hashable(values: Iterable[Any]) -> list[Any]:
    """Lists of codes as sets, for their order says nothing."""
    return [frozenset(value) if isinstance(value, list) else value for value in values]


def _order(cell: Cell) -> tuple[int, int]:
    """Gaps of two and more, then what only one saw or rated, then gaps of one, then the same."""
    if cell.finding is Finding.APART and cell.gap > 1:
        return 0, -cell.gap
    order = list(Finding)
    last = {Finding.APART: len(order), Finding.OTHER_VALUE: len(order)}
    late = {Finding.SAME: 2 * len(order), Finding.UNRATED: 2 * len(order) + 1}
    return 1 + (last | late).get(cell.finding, order.index(cell.finding)), 0


def _by_number(occasion: str) -> tuple[str, tuple[int, ...]]:
    """`segment-2` before `segment-10`."""
    kind, *numbers = occasion.split("-")
    return kind, tuple(int(number) for number in numbers)


def moments(criterion: str, scripts: Sequence[Script]) -> tuple[Moment, ...]:
    """The notes on a criterion in order of time; notes within two minutes share a moment.

    Of books that were read, notes on the same one do. Private notes stay with their author.
    """
    noted = ((at, place, n) for at, place, n in _noted(scripts) if criterion in n.criteria)
    return _laid_beside(noted, len(scripts), _together)


def all_moments(scripts: Sequence[Script]) -> tuple[Moment, ...]:
    """All notes of all scripts in order of time, as `moments` has those of one criterion.

    Two notes share a moment only where they may speak of the same: they have a criterion in common,
    or one of them has none.
    """
    return _laid_beside(_noted(scripts), len(scripts), _of_the_same)


Noted = tuple[datetime, int, Note]


def _laid_beside(
    noted: Iterable[Noted], observers: int, belongs: Callable[[Moment, datetime, Note], bool]
) -> tuple[Moment, ...]:
    """Each note in the latest moment to which it belongs and that its observer has not filled."""
    found: list[Moment] = []
    for at, place, note in sorted(noted, key=lambda each: (each[0], each[1])):
        near = (n for n in reversed(range(len(found))) if found[n].notes[place] is None)
        home = next((n for n in near if belongs(found[n], at, note)), len(found))
        if home == len(found):
            found.append(Moment(at, (None,) * observers))
        notes = found[home].notes
        found[home] = Moment(found[home].at, (*notes[:place], note, *notes[place + 1 :]))
    return tuple(sorted(found, key=lambda moment: (moment.book or 0, moment.at)))


def _together(moment: Moment, at: datetime, note: Note) -> bool:
    if note.book is not None or moment.book is not None:
        return note.book == moment.book
    return at - moment.at <= SAME_MOMENT


def _of_the_same(moment: Moment, at: datetime, note: Note) -> bool:
    there = {criterion for other in moment.notes if other for criterion in other.criteria}
    spoken = not there or not note.criteria or bool(there & set(note.criteria))
    return spoken and _together(moment, at, note)


def _noted(scripts: Sequence[Script]) -> Iterator[Noted]:
    for place, script in enumerate(scripts):
        for note in script.record.notes:
            if not note.private:
                yield script.at(note), place, note


def tally(compared: Sequence[Compared]) -> Mapping[tuple[Finding, int], int]:
    """How many criteria were found how far apart, by (finding, gap)."""
    counts: dict[tuple[Finding, int], int] = {}
    for each in compared:
        key = (each.finding, each.gap)
        counts[key] = counts.get(key, 0) + 1
    return counts
