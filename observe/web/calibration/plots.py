"""Where things stand in a drawing, in per cent of its width: rows of plots as data for the macros."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from observe.core.agreement.figures import CriterionReport, Difference, Figure, Report
from observe.core.rubric import Domain, Rubric
from observe.services.rated import codes_of

Table = tuple[tuple[int, ...], ...]

NORM = (0.39, 0.89)
NORM_LEVELS = 4
SHADES = 5
MOST_DIFFERENCES = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers drawn from left to right, with the ticks that are written below."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float) -> float:
        """Where a number stands, 0 to 100, held inside the drawing."""
        place = 100 * (value - self.low) / (self.high - self.low)
        return round(min(max(place, 0.0), 100.0), 2)


SHARE = Axis(0.0, 1.0, ((0.0, "0"), (0.25, "25"), (0.5, "50\u202f%"), (0.75, "75"), (1.0, "100")))


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion in a plot."""

    key: str
    code: str
    title: str
    report: CriterionReport
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one domain."""

    title: str
    rows: tuple[Row, ...]


def forest(
    report: Report, rubric: Rubric, tables: Mapping[str, Table] = MappingProxyType({})
) -> list[Group]:
    """Criteria that somebody rated, by domain, in the rubric's order.

    `tables` are shown where a report has none, because some lessons had a third observer.
    """
    codes = codes_of(rubric)
    rows = [
        Row(key, codes[key], each.criterion.title, each, each.table or tables.get(key))
        for each in report.criteria
        if each.n and (key := each.criterion.key)
    ]
    groups = (Group(domain.title, tuple(_rows(domain, rows))) for domain in rubric.domains)
    return [group for group in groups if group.rows]


def _rows(domain: Domain, rows: Iterable[Row]) -> Iterator[Row]:
    mine = {criterion.criterion for criterion in domain.criteria}
    return (row for row in rows if row.key.partition(":")[0] in mine)


def rows_of(groups: Iterable[Group]) -> list[Row]:
    """Every row, in the rubric's order."""
    return [row for group in groups for row in group.rows]


def norm_of(report: Report) -> tuple[float, float] | None:
    """The band of trained observers, where the levels are as many as theirs."""
    pooled = [each.criterion for each in report.criteria if each.criterion.pooled and each.n]
    alike = pooled and all(len(criterion.levels) == NORM_LEVELS for criterion in pooled)
    return NORM if alike else None


def weakest(rows: Sequence[Row], pooled: Figure, *, most: int = 2) -> list[Row]:
    """The criteria with the least of the same level, if that is less than over all."""
    known = [row for row in rows if row.report.exact.value is not None]
    below = [row for row in known if _value(row) < (pooled.value or 0.0)]
    found = sorted(below, key=_value)[:most]
    return [row for row in rows if row in found]


def _value(row: Row) -> float:
    return row.report.exact.value or 0.0


def chosen(rows: Sequence[Row], key: str) -> Row | None:
    """The criterion asked for, else the one with the least of the same level."""
    tabled = [row for row in rows if row.table]
    asked = [row for row in tabled if row.key == key]
    return next(iter(asked or sorted(tabled, key=_value)), None)


def shade(count: int, most: int) -> int:
    """The step of colour for a count, 0 for none to 5 for the largest."""
    return 0 if not count else max(1, math.ceil(SHADES * count / most))


def differences(rows: Sequence[Row], *, most: int = MOST_DIFFERENCES) -> list[Row]:
    """The criteria on which the levels differ most in one direction, in the rubric's order."""
    known = [row for row in rows if row.report.mean_difference.value is not None]
    largest = sorted(known, key=lambda row: -abs(row.report.mean_difference.value or 0.0))[:most]
    return [row for row in rows if row in largest]


def difference_axis(drawn: Iterable[Difference]) -> Axis:
    """As wide as the limits need, the same to both sides, in halves of a level."""
    ends = [abs(end) for each in drawn for end in (each.low, each.high) if end is not None]
    reach = max(1.0, math.ceil(2 * max(ends, default=1.0)) / 2)
    marks = [math.floor(reach), 0, -math.floor(reach)]
    ticks = tuple((float(m), f"{m:+d}".replace("-", "\u2212") if m else "0") for m in sorted(marks))
    return Axis(-reach, reach, ticks)


def grid(axis: Axis) -> list[float]:
    """Where the thin lines stand: at the ticks, and halfway where these are few."""
    if len(axis.ticks) > 3:
        return [axis.at(value) for value, _ in axis.ticks]
    steps = round(4 * axis.high)
    return [axis.at(axis.low + number / 2) for number in range(steps + 1)]


def spread_out(number: int, *, left: float = 15.0, right: float = 97.0) -> list[float]:
    """Places for so many dots from left to right."""
    if number < 2:
        return [(left + right) / 2] * number
    return [round(left + (right - left) * i / (number - 1), 2) for i in range(number)]


def height(share: float, *, top: float = 8.0, bottom: float = 92.0) -> float:
    """How far down a share stands in a drawing from 0 to 100 %."""
    return round(bottom - (bottom - top) * min(max(share, 0.0), 1.0), 2)
