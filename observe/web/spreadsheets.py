"""Lines as a file for a spreadsheet: CSV for any program, Excel with one sheet a question."""

import csv
import io
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from numbers import Real
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Line = Sequence[Hashable]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
IN_A_NEW_CELL = re.compile(r"([;\t\r\n])(?=\s*[=+\-@])")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LINES = 1_048_576
WIDTH = 18
AT_NO_TIME = datetime(
    1980, 1, 1, tzinfo=UTC
)  # as the files within; the same lines make the same workbook
PLAIN_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet, the first of them its head."""

    name: str
    lines: Iterable[Line]


def as_csv(lines: Iterable[Line], *, name: str) -> Response:
    """A CSV file to be kept, in UTF-8 with a mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in line] for line in lines)
    return _kept("\ufeff" + text.getvalue(), f"{_file_name(name)}.csv", "text/csv")


def as_workbook(sheets: Iterable[Sheet], *, name: str) -> Response:
    """An Excel file to be kept; every text in it is text, whatever sign it begins with."""
    from xlsxwriter import Workbook

    held = io.BytesIO()
    with Workbook(held, PLAIN_TEXT) as book:
        book.set_properties({"created": AT_NO_TIME})
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            _add(book, sheet, head)
    return _kept(held.getvalue(), f"{_file_name(name)}.xlsx", EXCEL)


def _add(book: "Workbook", sheet: Sheet, head: "Format") -> None:
    """One sheet; where a sheet cannot hold all lines, they go on in the next under the same head."""
    lines = iter(sheet.lines)
    first, number = next(lines, ()), 1
    part = list(islice(lines, MOST_LINES - 1))
    while part or number == 1:
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        _fill(book.add_worksheet(name), head, first, part)
        part, number = list(islice(lines, MOST_LINES - 1)), number + 1


def _fill(page: "Worksheet", head: "Format", first: Line, lines: Iterable[Line]) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(first) - 1, 0), WIDTH)
    _write(page, 0, first, head)
    for number, line in enumerate(lines, start=1):
        _write(page, number, line)


def _write(page: "Worksheet", number: int, line: Line, style: "Format | None" = None) -> None:
    for column, cell in enumerate(line):
        if isinstance(cell, Real):
            page.write_number(number, column, float(cell), style)
        elif cell not in ("", None):
            page.write_string(number, column, str(cell), style)


def _kept(body: str | bytes, file_name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(body, mimetype=mimetype, headers=headers)


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "figures"


@lru_cache(maxsize=4096, typed=True)
def _safe(cell: Hashable) -> Hashable:
    """A text that a spreadsheet would take for a formula, as text.

    Some spreadsheets begin a new cell at a semicolon, whatever stands between the lines' commas.
    """
    if not isinstance(cell, str):
        return cell
    told = IN_A_NEW_CELL.sub(r"\1'", cell)
    return f"'{told}" if told.startswith(FORMULA) else told
