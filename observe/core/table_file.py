"""A CSV file as bytes → its rows with the lines on which they begin, and what is wrong with them."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from observe.core.contact import plain

LONGEST_CELL = 4000
LONGEST_LINE = 1_000_000
MOST_COLUMNS = 500
NEVER = "\0"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))


@dataclass(frozen=True, slots=True)
class Fault:
    """What to mend in which line of which file; line 0 is the file as a whole."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.words}"


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a row, and the line of the file on which it begins, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with the names of its columns; `faults` where it is no table."""

    file: str
    header: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


def text_of(content: bytes) -> str:
    """The text of a file: what its byte-order mark says, else UTF-8, else Windows-1252."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_table(content: bytes, *, file: str, separator: str = ",", most: int) -> Table:
    """The table in a CSV file, whose first row names the columns; empty rows are left out."""
    text = text_of(content)
    if NEVER in text:
        return _no_table(file, 0, "This is no CSV file: it holds signs that no text has.")
    lines: list[Line] = []
    try:
        for line in _rows(text, separator):
            if len(lines) > most:
                return _no_table(file, 0, f"It has more than {most:,} rows. Send it in parts.")
            lines.append(line)
    except csv.Error as fault:
        return _no_table(file, 0, f"It cannot be read as CSV ({fault}).")
    if not lines:
        return _no_table(file, 0, "It is empty. Its first row must name the columns.")
    header, *others = lines
    if len(header.cells) > MOST_COLUMNS:
        return _no_table(file, header.number, f"It has more than {MOST_COLUMNS} columns.")
    names = tuple(cell.strip("\ufeff *") for cell in header.cells)
    faults = (*_doubled(file, names), *_misshapen(file, others, len(names)))
    return Table(file, names, tuple(others), faults)


def _no_table(file: str, line: int, words: str) -> Table:
    return Table(file, faults=(Fault(file, line, words),))


def _rows(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(_bounded(io.StringIO(text, newline="")), delimiter=separator)
    began = 1
    for cells in reader:
        if any(cells):
            found = tuple(map(_cell, cells))
            if any(found):
                yield Line(began, found)
        began = reader.line_num + 1


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a text; a row of a million cells would take the room of all who read."""
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise csv.Error(f"a line has more than {LONGEST_LINE:,} signs")
        yield line


def _cell(text: str) -> str:
    """The text of a cell; an end of a line within it stays, so that it can be told."""
    if "\n" in text or "\r" in text:
        return "\n".join(map(plain, text.splitlines())).strip()
    return plain(text)


def _doubled(file: str, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        if name and names.count(name) > 1:
            yield Fault(file, 1, f"Two columns are called “{name}”. Leave one of them out.")


def _misshapen(file: str, lines: list[Line], expected: int) -> Iterator[Fault]:
    """Rows with cells that no column has, or with a line's end inside a cell."""
    for line in lines:
        if any(line.cells[expected:]):
            yield Fault(
                file,
                line.number,
                f"This row has {len(line.cells)} cells and the first row {expected}. "
                "Put a text that holds the separator in quotation marks.",
            )
        elif any("\n" in cell for cell in line.cells):
            yield Fault(
                file,
                line.number,
                "A cell goes on over the end of the line. Is a quotation mark opened and not closed?",
            )
        elif any(len(cell) > LONGEST_CELL for cell in line.cells):
            yield Fault(file, line.number, f"A cell has more than {LONGEST_CELL} characters.")
