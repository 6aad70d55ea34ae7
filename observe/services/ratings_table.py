"""Read a table of a million rows into numbered columns; every fault with its line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, TextIO

import numpy as np

from observe.core.agreement.ratings import Booleans, Integers, numbered
from observe.core.errors import Invalid

ROWS_AT_ONCE = 256  # few enough that Python does not look for rubbish among them
LETTERS_AT_ONCE = 16_384
MARKS = ",;\t"
BLANK = frozenset({""})
WORKBOOK = b"PK\x03\x04"


class Reader(Protocol):
    """What csv.reader makes: rows, and how many lines it has read."""

    @property
    def line_num(self) -> int:
        """The last line that was read."""

    def __iter__(self) -> Iterator[list[str]]:
        """Row by row."""

    def __next__(self) -> list[str]:
        """The next row."""


class Fault(NamedTuple):
    """What is wrong on a line of a file."""

    line: int
    what: str


class Codes(dict[str, int]):
    """A number for each word, in order of first sight."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """A column as numbers, one a row, that point into its words; spaces at the ends are gone."""

    codes: Integers
    words: tuple[str, ...]

    def is_one_of(self, words: frozenset[str]) -> Booleans:
        """The rows that hold one of these words."""
        among = np.array([word in words for word in self.words], dtype=np.bool_)
        return np.asarray(among[self.codes], dtype=np.bool_)

    def at(self, row: int) -> str:
        """The word in a row."""
        return self.words[int(self.codes[row])]

    def spelt(self, spell: Callable[[str], str]) -> Column:
        """The same rows with each word spelt so; words that come to be alike are one."""
        book = Codes()
        places = np.array([book[spell(word)] for word in self.words], dtype=np.int64)
        return Column(places[self.codes], tuple(book))

    def only(self, rows: Integers | Booleans) -> Column:
        """Some rows, with only the words that they hold, in their order."""
        codes = self.codes[rows]
        held = np.flatnonzero(np.bincount(codes, minlength=len(self.words)))
        return Column(numbered(codes), tuple(self.words[place] for place in held.tolist()))


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """The columns of a file by name, the line of each row, and the mark between columns."""

    columns: Mapping[str, Column]
    lines: Integers
    mark: str

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def without_blanks(self) -> Rows:
        """The rows that have a word in any column."""
        blank = [column.is_one_of(BLANK) for column in self.columns.values()]
        if not (nothing := np.logical_and.reduce(blank)).any():
            return self
        kept = {name: column.only(~nothing) for name, column in self.columns.items()}
        return Rows(kept, self.lines[~nothing], self.mark)


def refuse(path: Path, faults: Sequence[Fault]) -> None:
    """Raise Invalid with one line `file:line: what` for each fault; nothing if there is none."""
    if faults:
        raise _refusal(path, faults)


def _refusal(path: Path, faults: Sequence[Fault]) -> Invalid:
    lines = (f"{path.name}:{fault.line}: {fault.what}" for fault in sorted(set(faults)))
    return Invalid("\n".join(lines))


def read_rows(
    path: Path, *, needed: Sequence[str], optional: Sequence[str]
) -> tuple[Rows, list[Fault]]:
    """The columns asked for, and the faults of rows; Invalid if it is no such table at all."""
    with path.open("rb") as file:
        source = file if file.seekable() else BytesIO(file.read())
        encoding = _encoding(path, source)
        text = TextIOWrapper(source, encoding, newline="")
        try:
            return _read(path, text, _delimiter(text, needed), needed, optional)
        except UnicodeDecodeError:
            fault = Fault(_undecodable_line(source, encoding), "this is not UTF-8 text")
            raise _refusal(path, [fault]) from None


def _encoding(path: Path, source: BinaryIO) -> str:
    """UTF-8, or the UTF-16 that a spreadsheet writes as "Unicode text"; a workbook is refused."""
    head = source.read(len(WORKBOOK))
    source.seek(0)
    if head == WORKBOOK:
        raise Invalid(f"{path.name}:1: this is a workbook: save its sheet as CSV UTF-8")
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if wide else "utf-8-sig"


def _delimiter(file: TextIO, needed: Sequence[str]) -> str:
    """A comma, or the semicolon or tab of a spreadsheet: the one that finds most columns by name."""
    head = next(filter(str.strip, file), "")
    file.seek(0)
    return max(MARKS, key=lambda mark: len(set(needed).intersection(_names(head.split(mark)))))


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip().strip('"').strip().casefold() for name in header]


def _undecodable_line(source: BinaryIO, encoding: str) -> int:
    source.seek(0)
    content = source.read()
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return content[: error.start].decode(encoding, "replace").count("\n") + 1
    return 1


def _read(
    path: Path, file: TextIO, mark: str, needed: Sequence[str], optional: Sequence[str]
) -> tuple[Rows, list[Fault]]:
    reader = csv.reader(file, delimiter=mark)
    with _said(path, reader):
        header = _names(next(filter(any, reader), []))
    refuse(path, _header_faults(header, reader.line_num, needed, optional))
    wanted = {name: header.index(name) for name in (*needed, *optional) if name in header}
    gather = _Gather(wanted, len(header))
    rest, line = _take_plain_lines(file, mark, gather, reader.line_num)
    reader = csv.reader(rest, delimiter=mark)
    with _said(path, reader, after=line):
        _take_rows(reader, gather, line)
    return gather.rows(mark), gather.faults


def _take_rows(reader: Reader, gather: _Gather, line: int) -> None:
    """Take all rows there are, of which the first begins after this line."""
    before = 0
    while some := list(islice(reader, ROWS_AT_ONCE)):
        gather.take(line + before, some, line + reader.line_num)
        before = reader.line_num


@contextmanager
def _said(path: Path, reader: Reader, *, after: int = 0) -> Iterator[None]:
    """Where csv cannot go on, that it cannot, with the line; `after` lines were read before."""
    try:
        yield
    except csv.Error as error:
        what = f"this cannot be read as CSV ({error})"
        raise _refusal(path, [Fault(after + reader.line_num, what)]) from None


def _take_plain_lines(
    file: TextIO, mark: str, gather: _Gather, line: int
) -> tuple[Iterator[str], int]:
    """Take all lines up to where csv is needed; the lines from there on, and how many went before."""
    block = ""
    while block := file.read(LETTERS_AT_ONCE):
        block += file.readline()
        columns = _plain_columns(block, mark, gather.width)
        if columns is None:
            break
        gather.keep(np.arange(len(columns[0])) + line + 1, columns)
        line += len(columns[0])
    return chain(StringIO(block, newline=""), file), line


def _plain_columns(block: str, mark: str, width: int) -> list[list[str]] | None:
    """The columns of some lines, quicker than by csv; None where csv has to look.

    It has to where a field is in quotes or very long, or a line is not `width` fields wide.
    """
    text = block.replace("\r\n", "\n").removesuffix("\n")
    if '"' in text or "\r" in text or len(text) > csv.field_size_limit():
        return None
    fields = text.replace("\n", f"{mark}\n{mark}").split(mark)
    ends = fields[width :: width + 1]
    if len(fields) != (len(ends) + 1) * (width + 1) - 1 or ends.count("\n") != len(ends):
        return None
    return [fields[place :: width + 1] for place in range(width)]


def _header_faults(
    header: Sequence[str], line: int, needed: Sequence[str], optional: Sequence[str]
) -> list[Fault]:
    if not any(header):
        return [Fault(1, f"the file is empty; its first line names {_listed(needed)}")]
    missing = [Fault(line, f"there is no column {name}") for name in needed if name not in header]
    twice = [
        Fault(line, f"there are two columns {name}")
        for name in (*needed, *optional)
        if header.count(name) > 1
    ]
    return missing + twice


def _listed(names: Sequence[str]) -> str:
    return f"the columns {', '.join(names)}"


def _lines(before: int, rows: list[list[str]]) -> list[int]:
    """The line on which each row begins; a field in quotes may go over several lines."""
    lines = []
    for row in rows:
        lines.append(before + 1)
        before += 1 + sum(map(_breaks, row))
    return lines


def _breaks(field: str) -> int:
    return field.count("\n") + field.count("\r") - field.count("\r\n")


def _fields(row: list[str]) -> str:
    return "1 field" if len(row) == 1 else f"{len(row)} fields"


class _Gather:
    """The columns as they grow, chunk by chunk."""

    def __init__(self, wanted: Mapping[str, int], width: int) -> None:
        self.wanted, self.width = wanted, width
        self.faults: list[Fault] = []
        self._books = {name: Codes() for name in wanted}
        self._parts: dict[str, list[Integers]] = {name: [] for name in wanted}
        self._lines: list[Integers] = []

    def take(self, before: int, rows: list[list[str]], after: int) -> None:
        """Keep the rows that are as wide as the header; note the others, but not empty lines."""
        lines = np.arange(before + 1, after + 1)
        if lines.size != len(rows):
            lines = np.array(_lines(before, rows))
        if set(map(len, rows)) != {self.width}:
            lines, rows = self._whole(lines, rows)
        self.keep(lines, list(zip(*rows, strict=True)) or [()] * self.width)

    def keep(self, lines: Integers, columns: Sequence[Sequence[str]]) -> None:
        """Keep whole columns, and the line of each row."""
        self._lines.append(lines)
        for name, place in self.wanted.items():
            codes = map(self._books[name].__getitem__, columns[place])
            self._parts[name].append(np.fromiter(codes, np.int64, lines.size))

    def _whole(self, lines: Integers, rows: list[list[str]]) -> tuple[Integers, list[list[str]]]:
        """The rows without those of another width, which are faults unless they are empty."""
        self.faults += [
            Fault(line, f"{_fields(row)} where the first line has {self.width}")
            for line, row in zip(lines.tolist(), rows, strict=True)
            if len(row) != self.width and any(map(str.strip, row))
        ]
        whole = np.array([len(row) == self.width for row in rows])
        return lines[whole], [row for row in rows if len(row) == self.width]

    def rows(self, mark: str) -> Rows:
        """All that was kept, without rows that are blank; spaces at the ends of words are gone."""
        columns = {
            name: Column(_joined(parts), tuple(self._books[name])).spelt(str.strip)
            for name, parts in self._parts.items()
        }
        return Rows(columns, _joined(self._lines), mark).without_blanks()


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.empty(0, np.int64), *parts])
