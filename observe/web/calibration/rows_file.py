"""Rows as a file for a spreadsheet: the very rows from which figures are counted."""

import csv
import io
import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache

from flask import Response

from observe.core.rubric import Rubric
from observe.services.figures import PairFigures
from observe.services.group_figures import GroupFigures
from observe.services.rated import codes_of, numbered, rated_criteria
from observe.storage.group_ratings import RatedPair

Line = Sequence[Hashable]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def of_pair(found: PairFigures, *, me: str) -> Iterable[Line]:
    """A line for each two levels of two people, in order of time."""
    yield ("lesson", "observed_on", "teacher", "criterion", "occasion", "title", me, found.partner)
    levels, titles = levels_of(found.rubric), codes_of(found.rubric)
    place = {key: number for number, key in enumerate(levels)}
    ordered = sorted(found.rows, key=lambda r: (r.observed_on, r.lesson_id, place[r.criterion]))
    for row in ordered:
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


def levels_of(rubric: Rubric) -> dict[str, Sequence[Hashable]]:
    """The rubric's own levels of each criterion, for rows hold positions."""
    return {rated.key: rated.levels for rated in rated_criteria(rubric)}


def answer(lines: Iterable[Line], *, name: str) -> Response:
    """A CSV file to be kept, in UTF-8 with a mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in line] for line in lines)
    file_name = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "figures"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}.csv"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


@lru_cache(maxsize=4096, typed=True)
def _safe(cell: Hashable) -> Hashable:
    """A text that a spreadsheet would take for a formula, as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def of_group(found: GroupFigures, pairs: Sequence[RatedPair]) -> Iterable[Line]:
    """A line for each two levels, lessons by number and nobody named; else a line a criterion."""
    return _group_rows(found, pairs) if pairs else _group_figures(found)


def _group_rows(found: GroupFigures, pairs: Sequence[RatedPair]) -> Iterable[Line]:
    yield (
        *("lesson", "criterion", "occasion", "capacity_first", "capacity_second"),
        *("level_first", "level_second", "weight"),
    )
    levels = levels_of(found.rubric)
    for number, pair in zip(numbered(pair.lesson for pair in pairs), pairs, strict=True):
        cells = zip(*pair.rated, pair.first, pair.second, strict=True)
        for criterion, occasion, weight, first, second in cells:
            yield (
                *(number + 1, criterion, occasion, pair.capacity_a, pair.capacity_b),
                *(levels[criterion][first], levels[criterion][second], weight),
            )


def _group_figures(found: GroupFigures) -> Iterable[Line]:
    names = ("exact", "within_one", "alpha", "ac2")
    columns = [f"{name}{part}" for name in names for part in ("", "_low", "_high")]
    yield ("criterion", "lessons", "same_level", "luck_alone", *columns)
    for each in found.report.criteria if found.report else ():
        figures = [getattr(each, name) for name in names]
        limits = [number for f in figures for number in (f.value, f.low, f.high)]
        numbers = [each.same, each.exact.chance, *limits]
        yield (each.criterion.key, each.n, *("" if n is None else round(n, 4) for n in numbers))
