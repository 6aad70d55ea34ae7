"""Where things stand in a drawing, in per cent of its width: rows of plots as data for the macros."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from observe.core.agreement.figures import CriterionReport, Difference, Figure, Report
from observe.core.agreement.kept import Cells
from observe.core.agreement.ratings import RatedCriterion
from observe.core.rubric import Domain, Rubric
from observe.services.rated import codes_of

Table = tuple[tuple[int, ...], ...]

NORM = (0.39, 0.89)
NORM_LEVELS = 4
SHADES = 5
MOST_DIFFERENCES = 6
MOST_TABLED = 8
MOST_MARKS = 13
MOST_HALVES = 4


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
    cells: Cells = ()

    @property
    def is_counted(self) -> bool:
        """Whether taps were counted, which have no level and no share of the same level."""
        return not self.report.criterion.has_levels

    @property
    def same(self) -> int | None:
        """How often both gave the same level, or counted as many."""
        if not self.is_counted:
            return self.report.same
        return sum(times for first, second, times in self.cells if first == second)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one domain."""

    title: str
    rows: tuple[Row, ...]


def forest(
    report: Report, rubric: Rubric, tables: Mapping[str, Table] = MappingProxyType({})
) -> list[Group]:
    """Criteria of which somebody gave a level, by domain, in the rubric's order.

    `tables` are shown where a report has none, because some lessons had a third observer.
    """
    rows = [row for row in every_row(report, rubric, tables) if row.report.n and not row.is_counted]
    groups = (Group(domain.title, tuple(_rows(domain, rows))) for domain in rubric.domains)
    return [group for group in groups if group.rows]


def taps(report: Report, rubric: Rubric, cells: Mapping[str, Cells]) -> list[Row]:
    """Criteria of which two counted taps, in the rubric's order."""
    rows = every_row(report, rubric, cells=cells)
    return [row for row in rows if row.report.n and row.is_counted]


def every_row(
    report: Report,
    rubric: Rubric,
    tables: Mapping[str, Table] = MappingProxyType({}),
    cells: Mapping[str, Cells] = MappingProxyType({}),
) -> list[Row]:
    """Every criterion that can be counted, rated or not, in the rubric's order."""
    codes = codes_of(rubric)
    return [
        Row(
            key=key,
            code=codes[key],
            title=each.criterion.title,
            report=each,
            table=each.table or tables.get(key) or small_table(each.criterion, cells.get(key, ())),
            cells=cells.get(key, ()),
        )
        for each in report.criteria
        if (key := each.criterion.key)
    ]


def small_table(criterion: RatedCriterion, cells: Cells) -> Table | None:
    """Counts as a table, where they are few and not one went far."""
    size = len(criterion.levels)
    if not cells or size > MOST_TABLED:
        return None
    times = {(first, second): number for first, second, number in cells}
    return tuple(tuple(times.get((i, j), 0) for j in range(size)) for i in range(size))


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


def least_alike(rows: Sequence[Row]) -> Row | None:
    """The criterion with the least of the same level, of those that have a table."""
    return min((row for row in rows if row.table), key=_value, default=None)


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
    if len(axis.ticks) > 3 or axis.high > MOST_HALVES:
        return [axis.at(value) for value, _ in axis.ticks]
    steps = round(4 * axis.high)
    return [axis.at(axis.low + number / 2) for number in range(steps + 1)]


@dataclass(frozen=True, slots=True)
class Bubble:
    """How often two levels with this mean lay so many levels apart; drawn with the count inside."""

    mean: float
    apart: int
    count: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Bubbles:
    """The difference of two levels over their mean, counted, with the mean difference and its limits."""

    dots: tuple[Bubble, ...]
    reach: int
    levels: int
    height: int
    mean: float | None = None
    limits: tuple[float, float] | None = None
    counted: bool = False

    @property
    def marks(self) -> list[int]:
        """The differences that are written at the side, from the lowest up."""
        step = _step(2 * self.reach + 1)
        most = step * (self.reach // step)
        return list(range(-most, most + 1, step))

    @property
    def step(self) -> int:
        """Every which level or count is written below."""
        return _step(self.levels)

    @property
    def is_crowded(self) -> bool:
        """Whether there are so many places that not each bubble has room for its count."""
        return max(self.levels, 2 * self.reach + 1) > MOST_MARKS

    def across(self, level: float) -> float:
        """Where a mean level stands, in per cent from the left."""
        return round(LEFT + (RIGHT - LEFT) * (level + 0.5) / self.levels, 2)

    def down(self, apart: float) -> float:
        """Where a difference stands, in per cent from the top; held inside the drawing."""
        share = (apart + self.reach + 0.5) / (2 * self.reach + 1)
        return round(100 - 100 * min(max(share, 0.0), 1.0), 2)


LEFT, RIGHT = 8.0, 86.0
ROW = 52
MOST_ROWS = 9
LARGEST, LETTER = 22.0, 4.0
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def _step(places: int) -> int:
    """How many places lie from mark to mark, so that not too many are written."""
    return next(step for step in STEPS if places <= MOST_MARKS * step or step == STEPS[-1])


def bubbles(table: Table, difference: Difference) -> Bubbles | None:
    """The difference plot of one table, first observer down; None where nothing was counted."""
    cells = [(i, j, n) for i, row in enumerate(table) for j, n in enumerate(row) if n]
    return _drawn(cells, len(table), difference, counted=False)


def bubbles_of_taps(row: Row) -> Bubbles | None:
    """The difference plot of counts, however far they went."""
    levels = len(row.report.criterion.levels)
    return _drawn(row.cells, levels, row.report.mean_difference, counted=True)


def _drawn(
    cells: Sequence[tuple[int, int, int]], levels: int, difference: Difference, *, counted: bool
) -> Bubbles | None:
    if not cells:
        return None
    reach = max(1, *(abs(i - j) for i, j, _ in cells), *_whole_levels(difference))
    height = ROW * min(2 * reach + 1, MOST_ROWS)
    empty = Bubbles(
        *((), reach, levels, height), difference.value, difference.limits, counted=counted
    )
    most = max(n for _, _, n in cells)
    dots = tuple(_bubble(empty, i, j, n, most) for i, j, n in cells)
    return replace(empty, dots=tuple(sorted(dots, key=lambda dot: (-dot.apart, dot.mean))))


def _whole_levels(difference: Difference) -> list[int]:
    """How far the limits of agreement reach, so that both lines stand in the drawing."""
    return [round(abs(end)) for end in difference.limits or ()]


def _bubble(into: Bubbles, first: int, second: int, count: int, most: int) -> Bubble:
    mean, apart = (first + second) / 2, first - second
    alone = into.is_crowded and count == 1
    room = LETTER if alone else LETTER * (1 + len(str(count)))
    largest = min(LARGEST, 4 * LARGEST / into.levels)
    radius = round(max(largest * math.sqrt(count / most), room), 1)
    return Bubble(mean, apart, count, into.across(mean), into.down(apart), radius)


def added_up(rows: Sequence[Row]) -> Table | None:
    """The tables of pooled criteria added up, for a picture only; None where levels differ in number."""
    tables = [row.table for row in rows if row.table and row.report.criterion.pooled]
    if not tables or len({len(table) for table in tables}) > 1:
        return None
    places = range(len(tables[0]))
    return tuple(tuple(sum(table[i][j] for table in tables) for j in places) for i in places)


def spread_out(number: int, *, left: float = 15.0, right: float = 97.0) -> list[float]:
    """Places for so many dots from left to right."""
    if number < 2:
        return [(left + right) / 2] * number
    return [round(left + (right - left) * i / (number - 1), 2) for i in range(number)]


def height(share: float, *, top: float = 8.0, bottom: float = 92.0) -> float:
    """How far down a share stands in a drawing from 0 to 100 %."""
    return round(bottom - (bottom - top) * min(max(share, 0.0), 1.0), 2)


def band_path(across: Sequence[float], band: Sequence[tuple[float, float]]) -> str:
    """The stretch between two lines as a path in a drawing of 100 by 100, from left to right and back."""
    upper = [(x, height(high)) for x, (_, high) in zip(across, band, strict=True)]
    lower = [(x, height(low)) for x, (low, _) in zip(across, band, strict=True)]
    return "M" + "L".join(f"{x} {y}" for x, y in (*upper, *reversed(lower))) + "Z"
