"""The rows of a OneRoster set as they stand in its files, and what is wrong with any of them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from observe.core.oneroster import (
    ACTIVE,
    GONE,
    LONGEST_KEY,
    ONE_OF,
    SHAPES,
    STATUSES,
    WORDS,
    in_words,
)
from observe.core.oneroster_zip import Package
from observe.core.roster import Choices, Mode
from observe.core.table_file import Fault, Table


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a file by the names of its columns."""

    file: str
    line: int
    cells: Mapping[str, str]
    gone: bool

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def key(self) -> str:
        """Its number in the other system."""
        return self["sourcedId"]

    def listed(self, column: str) -> list[str]:
        """The numbers in a cell that holds several, separated by commas."""
        return [part for each in self[column].split(",") if (part := each.strip())]


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers that came with earlier sets of the same system; of a team with that of its school."""

    schools: Collection[str] = ()
    teams: Mapping[str, str] = field(default_factory=dict)
    people: Collection[str] = ()
    posts: Collection[str] = ()


@dataclass(slots=True)
class Reading:
    """A set while it is read."""

    package: Package
    choices: Choices
    known: Known
    faults: list[Fault] = field(default_factory=list)
    told: dict[str, list[Told]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def version(self) -> str:
        """1.1 or 1.2."""
        return self.package.manifest.version

    def blame(self, row: Told, words: str) -> None:
        """Keep a fault of a row, unless it is empty."""
        self.faults += [Fault(row.file, row.line, words)] if words else []

    def mode(self, name: str) -> Mode:
        """How a file is meant."""
        return self.package.manifest.mode(name)

    def of(self, name: str) -> list[Told]:
        """The rows of a file."""
        return self.told.get(name, [])


def begin(package: Package, choices: Choices, known: Known) -> Reading:
    """Every file of a set read row by row, each number looked for where it leads."""
    reading = Reading(package, choices, known, [*package.faults])
    for name, table in package.tables.items():
        reading.told[name] = _told(reading, name, table)
    _check_references(reading)
    return reading


def _told(reading: Reading, name: str, table: Table) -> list[Told]:
    """The rows of a file whose columns are there; faults of its header, its keys and its empty cells."""
    shape = SHAPES[reading.version][name]
    columns = [_column(shape.columns, cell) for cell in table.header]
    lacking = [each for each in shape.needed if each not in columns]
    if table.header and lacking:
        words = f"There is no column {', '.join(map(in_words, lacking))}."
        reading.faults.append(Fault(table.file, 1, words))
    if not table.header or lacking:
        return []
    is_delta = reading.mode(name) is Mode.DELTA
    rows = []
    for line in table.lines:
        cells = {k: _spelt(k, cell) for k, cell in zip(columns, line.cells, strict=False) if k}
        row = Told(table.file, line.number, cells, cells.get("status", "").lower() == GONE)
        _check_status(reading, row, is_delta=is_delta)
        if not (is_delta and row.gone):
            _check_filled(reading, row, shape.needed)
        rows.append(row)
    _check_keys(reading, rows)
    return rows


def _column(known: Sequence[str], cell: str) -> str:
    """The published name of a column, however it is spelt in capitals; empty for others."""
    return next((name for name in known if name.lower() == cell.lower()), "")


def _spelt(column: str, cell: str) -> str:
    """A word of a list as it was published, however it is spelt in capitals; anything else as it is."""
    return WORDS.get(cell.lower(), cell) if column in ONE_OF else cell


def _check_status(reading: Reading, row: Told, *, is_delta: bool) -> None:
    status = row["status"]
    if is_delta and not status:
        reading.blame(row, "A row of what changed must say its status: active or tobedeleted.")
    elif status and status.lower() not in STATUSES:
        reading.blame(row, f"The status is “{status}”: it must be {ACTIVE} or {GONE}.")


def _check_filled(reading: Reading, row: Told, needed: Sequence[str]) -> None:
    for column in needed:
        if not row[column]:
            reading.blame(row, f"There is nothing under {in_words(column)}.")


def _check_keys(reading: Reading, rows: Sequence[Told]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if len(row.key) > LONGEST_KEY:
            reading.blame(row, f"The sourcedId has more than {LONGEST_KEY} characters.")
        elif row.key in first:
            reading.blame(row, f"The sourcedId {row.key} stands on line {first[row.key]} already.")
        elif row.key:
            first[row.key] = row.line
        elif row.gone:
            reading.blame(row, "There is nothing under sourcedId.")


def unused(package: Package) -> Iterator[str]:
    """Columns that this version does not have."""
    shapes = SHAPES[package.manifest.version]
    for name, table in package.tables.items():
        known = shapes[name].columns
        strange = [cell for cell in table.header if cell and not _column(known, cell)]
        if strange:
            yield f"{table.file}: columns that are not used: {', '.join(strange)}."


# what leads from one file to another

OWN_WORD = "ext:"
REFERENCES = (
    ("orgs", "parentSourcedId", "orgs", False),
    ("courses", "orgSourcedId", "orgs", False),
    ("classes", "schoolSourcedId", "orgs", False),
    ("classes", "courseSourcedId", "courses", False),
    ("classes", "termSourcedIds", "academicSessions", True),
    ("users", "orgSourcedIds", "orgs", True),
    ("roles", "userSourcedId", "users", False),
    ("roles", "orgSourcedId", "orgs", False),
    ("enrollments", "classSourcedId", "classes", False),
    ("enrollments", "userSourcedId", "users", False),
    ("enrollments", "schoolSourcedId", "orgs", False),
)


def _check_references(reading: Reading) -> None:
    """Every number that leads elsewhere leads somewhere, where the other file holds everything."""
    whole = [name for name in reading.told if reading.mode(name) is Mode.BULK]
    there = {name: {row.key for row in reading.of(name)} for name in whole}
    for name, column, to, several in REFERENCES:
        for row in reading.of(name) if to in there else ():
            if row.gone or (not several and row[column] in there[to]):
                continue
            for key in row.listed(column) if several else filter(None, [row[column]]):
                if key not in there[to]:
                    words = f"{in_words(column)} is {key}, which is not in {to}.csv."
                    reading.blame(row, words)


def is_now(reading: Reading, row: Told) -> bool:
    """Whether a role holds on the day the set is brought; a fault where its days are no days."""
    begin, end = (_day(reading, row, column) for column in ("beginDate", "endDate"))
    today = reading.choices.today
    return today is None or ((begin or today) <= today <= (end or today))


def _day(reading: Reading, row: Told, column: str) -> date | None:
    """The day in a cell, of which a time is not read; None for an empty one."""
    cell = row[column]
    try:
        return date.fromisoformat(cell[:10]) if cell else None
    except ValueError:
        words = (
            f"{in_words(column)} is “{cell}”: write a day as year-month-day, such as 2026-09-01."
        )
        reading.blame(row, words)
        return None


def is_word(reading: Reading, row: Told, column: str, known: Sequence[str]) -> bool:
    """Whether a cell holds one of the known words; a fault where it holds another.

    In 1.2 a system may add words of its own, which begin with `ext:`: they mean nothing here.
    """
    word = row[column]
    is_own = reading.version != "1.1" and word.startswith(OWN_WORD)
    if word and word not in known and not is_own:
        words = f"{in_words(column)} is “{word}”: it must be one of {', '.join(known)}."
        reading.blame(row, words)
    return word in known
