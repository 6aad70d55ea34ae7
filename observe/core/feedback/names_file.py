"""A class list as a file → names: one a line, or a table with a heading; every fault by its line."""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observe.core.errors import Invalid

MOST_NAMES = 5000
LONGEST_NAME = 120
NO_TABLE = "a cell never ends here; look for a quotation mark without its other half"
WHOLE = (
    "name",
    "full name",
    "pupil",
    "pupil name",
    "student",
    "student name",
    "child",
    "legal name",
)
GIVEN = ("first name", "firstname", "forename", "forenames", "given name", "first", "preferred name",
         "preferred forename", "chosen name", "known as")  # fmt: skip
FAMILY = (
    "surname",
    "last name",
    "lastname",
    "family name",
    "last",
    "preferred surname",
    "legal surname",
)


class NamesFaults(Invalid):
    """A list of names cannot be used; `faults` holds every reason, with its line."""

    code = "names_faults"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("The list of names cannot be used.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]


def read_names(raw: bytes) -> tuple[str, ...]:
    """The names in a file in UTF-8, with or without its mark; NamesFaults with every fault in it.

    The first line is a heading if it names a column such as `name`, `first name` or `surname`.
    """
    text = _text(raw)
    if text.lstrip()[:1] in ("[", "{"):
        raise NamesFaults(
            ["line 1: this looks like JSON; write one name a line, or CSV with a heading"]
        )
    rows = [row for row in _rows(text) if any(row.cells)]
    if not rows:
        raise NamesFaults(["line 1: the list is empty; write one name a line"])
    columns = [_word(cell) for cell in rows[0].cells]
    if _is_heading(columns):
        names, faults = _of_table(columns, rows)
    else:
        names, faults = _of_lines(rows)
    if faults:
        raise NamesFaults(faults)
    return tuple(dict.fromkeys(names))


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise NamesFaults(
            [f"line {line}: this is not UTF-8; save the file as UTF-8 (CSV UTF-8 in a spreadsheet)"]
        ) from None


def _rows(text: str) -> Iterator[_Row]:
    begun = 1
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_separator(text))
    try:
        for cells in reader:
            yield _Row(begun, tuple(cell.strip() for cell in cells))
            begun = reader.line_num + 1
    except csv.Error:
        raise NamesFaults([f"line {reader.line_num}: {NO_TABLE}"]) from None


def _separator(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _word(cell: str) -> str:
    return " ".join(cell.casefold().replace("_", " ").split()).strip(" *:")


def _is_heading(columns: Sequence[str]) -> bool:
    return any(column in (*WHOLE, *GIVEN, *FAMILY) for column in columns)


def _of_table(columns: Sequence[str], rows: Sequence[_Row]) -> tuple[list[str], list[str]]:
    names, faults = [], list(_of_heading(columns))
    for row in rows[1:]:
        name = _named(columns, row)
        fault = _shape_fault(row, len(columns)) or _fault(name)
        faults += [f"line {row.number}: {fault}"] if fault else []
        names.append(name)
    if len(rows) == 1:
        faults.append("line 2: there is no name under the heading")
    return names, faults + _too_many(names)


def _of_heading(columns: Sequence[str]) -> Iterator[str]:
    for known in (WHOLE, GIVEN, FAMILY):
        twice = [
            column
            for column in dict.fromkeys(columns)
            if column in known and columns.count(column) > 1
        ]
        yield from (f"line 1: two columns are called “{column}”; leave one out" for column in twice)


def _named(columns: Sequence[str], row: _Row) -> str:
    """The name of a row: the whole one where there is a column for it, else first name and surname."""
    cells = dict(zip(columns, row.cells, strict=False))
    whole = next((cells[column] for column in WHOLE if cells.get(column)), "")
    given = next((cells[column] for column in GIVEN if cells.get(column)), "")
    family = next((cells[column] for column in FAMILY if cells.get(column)), "")
    return whole or f"{given} {family}".strip()


def _shape_fault(row: _Row, expected: int) -> str:
    if any(row.cells[expected:]):
        return f"there are {len(row.cells)} cells here and {expected} in the heading"
    return ""


def _of_lines(rows: Sequence[_Row]) -> tuple[list[str], list[str]]:
    """Names one a line; `Surname, First` is one name, more commas are too many."""
    names = [", ".join(cell for cell in row.cells if cell) for row in rows]
    faults = [
        f"line {row.number}: {fault}"
        for row, name in zip(rows, names, strict=True)
        if (fault := _line_fault(row) or _fault(name))
    ]
    return names, faults + _too_many(names)


def _line_fault(row: _Row) -> str:
    many = len([cell for cell in row.cells if cell]) > 2
    return "write one name a line, or a heading such as “first name, surname”" if many else ""


def _fault(name: str) -> str:
    if not name:
        return "the name is empty"
    if len(name) > LONGEST_NAME:
        return f"a name of {len(name)} characters is too long; the most is {LONGEST_NAME}"
    if any(unicodedata.category(letter) in ("Cc", "Co", "Cs") or letter == "�" for letter in name):
        return f"“{name}” holds a character that no name has"
    return "" if any(letter.isalpha() for letter in name) else f"“{name}” is not a name"


def _too_many(names: Sequence[str]) -> list[str]:
    return (
        [f"there are {len(names)} names; the most is {MOST_NAMES}"]
        if len(names) > MOST_NAMES
        else []
    )
