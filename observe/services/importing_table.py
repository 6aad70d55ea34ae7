"""A file of ratings made elsewhere → lessons with their records, or every fault with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from observe.core.observation import Capacity
from observe.services.ratings_table import Fault, Rows, read_rows

NEEDED = ("lesson", "teacher", "school", "observer", "observed_on", "criterion", "rating")
OPTIONAL = ("occasion", "role")
NAMED = ("lesson", "teacher", "school", "observer", "criterion")
NO_RATING = frozenset({"", "NA"})
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as it stands in the file, and on which line."""

    value: str
    line: int


@dataclass(slots=True)
class RecordRead:
    """What one observer gave in one lesson, by (code of the criterion, occasion)."""

    observer: str
    line: int
    observed_on: date | None
    capacity: Capacity | None
    ratings: dict[tuple[str, str], Given] = field(default_factory=dict)


@dataclass(slots=True)
class LessonRead:
    """One lesson of the file with the records that were made of it, by observer."""

    school: str
    lesson: str
    teacher: str
    line: int
    records: dict[str, RecordRead] = field(default_factory=dict)

    @property
    def on(self) -> date | None:
        """The earliest day on which it was observed; None where no row names one."""
        days = [each.observed_on for each in self.records.values() if each.observed_on]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as words."""

    line: int
    words: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.words.get(name, "")


def read_lessons(path: Path) -> tuple[list[LessonRead], list[Fault]]:
    """The lessons of a file in its order and the faults of its rows; Invalid if it is no such table."""
    table, faults = read_rows(path, needed=NEEDED, optional=OPTIONAL)
    reading = _Reading(faults)
    for row in _rows(table):
        reading.take(row)
    reading.finish()
    return list(reading.lessons.values()), reading.faults


def _rows(table: Rows) -> Iterator[RowRead]:
    """The rows that hold a rating."""
    columns = {name: table.columns[name] for name in (*NEEDED, *OPTIONAL) if name in table}
    for place, line in enumerate(table.lines.tolist()):
        words = {name: column.at(place) for name, column in columns.items()}
        if words["rating"] not in NO_RATING:
            yield RowRead(line, words)


class _Reading:
    """The lessons as they grow, row by row, with what is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.lessons: dict[tuple[str, str], LessonRead] = {}

    def take(self, row: RowRead) -> None:
        """Put one rating in its place, or note what stands against it."""
        found = [*_blanks(row), *_too_long(row)]
        self.faults += found
        if found:
            return
        lesson = self._lesson(row)
        record = self._record(lesson, row)
        key = (row["criterion"], row["occasion"] or "whole")
        if before := record.ratings.get(key):
            told = (
                f"{row['observer']} rated {row['criterion']} of this lesson on line {before.line}"
            )
            self._fault(row, f"{told} already")
        else:
            record.ratings[key] = Given(row["rating"], row.line)

    def _lesson(self, row: RowRead) -> LessonRead:
        key = (row["school"], row["lesson"])
        new = LessonRead(row["school"], row["lesson"], row["teacher"], row.line)
        lesson = self.lessons.setdefault(key, new)
        if lesson.teacher != row["teacher"]:
            self._fault(
                row,
                f"lesson {lesson.lesson} has the teacher {lesson.teacher} on line {lesson.line}",
            )
        if row["observer"] == row["teacher"]:
            self._fault(row, f"{row['observer']} is the teacher, and nobody observes themselves")
        return lesson

    def _record(self, lesson: LessonRead, row: RowRead) -> RecordRead:
        """The record of this observer; its first row says the day and the role."""
        record = lesson.records.get(row["observer"])
        if record is None:
            day, capacity = self._day(row), self._capacity(row)
            record = RecordRead(row["observer"], row.line, day, capacity)
            lesson.records[row["observer"]] = record
        elif row["observed_on"] and self._day(row) != record.observed_on:
            self._fault(row, f"{record.observer} observed on another day on line {record.line}")
        return record

    def _day(self, row: RowRead) -> date | None:
        if not row["observed_on"]:
            return None
        try:
            return date.fromisoformat(row["observed_on"])
        except ValueError:
            self._fault(row, f"{row['observed_on'][:40]} is no day; write it as 2026-11-17")
            return None

    def _capacity(self, row: RowRead) -> Capacity | None:
        if not row["role"]:
            return None
        known = {capacity.value: capacity for capacity in Capacity}
        if row["role"].casefold() not in known:
            self._fault(row, f"the role {row['role'][:40]} is none of {', '.join(known)}")
        return known.get(row["role"].casefold())

    def finish(self) -> None:
        """A lesson without any day cannot be kept; where its first row is at fault, that was said."""
        told = {fault.line for fault in self.faults}
        for lesson in self.lessons.values():
            if lesson.on is None and lesson.line not in told:
                what = f"no row of lesson {lesson.lesson} says on which day it was observed"
                self.faults.append(Fault(lesson.line, what))

    def _fault(self, row: RowRead, what: str) -> None:
        self.faults.append(Fault(row.line, what))


def _blanks(row: RowRead) -> Iterator[Fault]:
    for name in NAMED:
        if not row[name]:
            yield Fault(row.line, f"{name} is blank")


def _too_long(row: RowRead) -> Iterator[Fault]:
    for name in NAMED:
        if len(row[name]) > LONGEST:
            yield Fault(row.line, f"{name} is longer than {LONGEST} letters")
