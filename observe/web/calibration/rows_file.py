"""Rows as a file for a spreadsheet: the very rows from which figures are counted."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

from observe.core.rubric import Rubric
from observe.services.figures import PairFigures
from observe.services.rated import codes_of, rated_criteria

Line = Sequence[object]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def of_pair(found: PairFigures, *, me: str) -> Iterable[Line]:
    """A line for each two levels of two people, in order of time."""
    yield ("lesson", "observed_on", "teacher", "criterion", "occasion", "title", me, found.partner)
    levels, titles = levels_of(found.rubric), codes_of(found.rubric)
    for row in found.rows:
        lesson = found.lessons.get(row.lesson_id)
        yield (
            lesson.title if lesson else "",
            row.observed_on.isoformat(),
            lesson.teacher if lesson else "",
            row.criterion,
            row.occasion,
            titles.get(row.criterion, ""),
            levels[row.criterion][row.mine],
            levels[row.criterion][row.theirs],
        )


def levels_of(rubric: Rubric) -> dict[str, Sequence[object]]:
    """The rubric's own levels of each criterion, for rows hold positions."""
    return {rated.key: rated.levels for rated in rated_criteria(rubric)}


def answer(lines: Iterable[Line], *, name: str) -> Response:
    """A CSV file to be kept, in UTF-8 with a mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in line] for line in lines)
    file_name = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "figures"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}.csv"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _safe(cell: object) -> object:
    """A text that a spreadsheet would take for a formula, as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
