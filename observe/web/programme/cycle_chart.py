"""A run chart as a drawing: where points, median and steps stand, in per cent of its width and height."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from observe.core.improving import Step, value_told
from observe.core.run_chart import RunChart
from observe.web.dates import day_short
from observe.web.words import gettext as _

LEFT, RIGHT = 7.0, 97.0
TOP, BOTTOM = 8.0, 90.0
MOST_TICKS = 6
ROOM = 0.08


@dataclass(frozen=True, slots=True)
class Mark:
    """One point: across, down, whether it is part of a shift or of a trend, and read aloud."""

    x: float
    y: float
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The chart; `line` is for a shape 100 by 100, `fixed` is where the points of the median end."""

    marks: Sequence[Mark]
    line: str
    median: float
    ticks: Sequence[tuple[float, str]]
    steps: Sequence[tuple[float, int]]
    fixed: float | None
    first: str
    last: str


def drawn(chart: RunChart, steps: Sequence[Step]) -> Drawing:
    """The drawing of a chart with the days on which something was tried."""
    scale = _scale([*(point.value for point in chart.points), chart.median])
    days = _days(chart, steps)
    marks = list(_marks(chart, scale, days))
    return Drawing(
        marks=marks,
        line=" ".join(f"{mark.x:g},{mark.y:g}" for mark in marks),
        median=_down(chart.median, scale),
        ticks=[(_down(value, scale), value_told(value)) for value in _ticks(scale)],
        steps=[(_across(each.tried_on, days), each.number) for each in steps if each.tried_on],
        fixed=_fixed(chart, days),
        first=day_short(days[0]),
        last=day_short(days[1]),
    )


def _marks(chart: RunChart, scale: tuple[float, float], days: tuple[date, date]) -> Iterator[Mark]:
    for place, point in enumerate(chart.points):
        words = _("%(day)s: %(value)s", day=day_short(point.day), value=value_told(point.value))
        sign = sign_at(chart, place)
        yield Mark(_across(point.day, days), _down(point.value, scale), sign, words)


def sign_at(chart: RunChart, place: int) -> str:
    """`shift`, `trend` or nothing: what a point is part of."""
    if any(each.first <= place <= each.last for each in chart.shifts):
        return "shift"
    return "trend" if any(e.first <= place <= e.last for e in chart.trends) else ""


def _days(chart: RunChart, steps: Sequence[Step]) -> tuple[date, date]:
    every = [point.day for point in chart.points]
    every += [each.tried_on for each in steps if each.tried_on]
    return min(every), max(every)


def _fixed(chart: RunChart, days: tuple[date, date]) -> float | None:
    if not chart.is_fixed:
        return None
    last, following = chart.points[chart.baseline - 1 : chart.baseline + 1]
    return round((_across(last.day, days) + _across(following.day, days)) / 2, 2)


def _across(day: date | None, days: tuple[date, date]) -> float:
    if day is None or days[0] == days[1]:
        return (LEFT + RIGHT) / 2
    share = (day - days[0]).days / (days[1] - days[0]).days
    return round(LEFT + 2 + (RIGHT - LEFT - 4) * share, 2)


def _down(value: float, scale: tuple[float, float]) -> float:
    share = (value - scale[0]) / (scale[1] - scale[0])
    return round(BOTTOM - (BOTTOM - TOP) * share, 2)


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """The least and the largest with some room; around a single value as much as it is itself."""
    low, high = min(values), max(values)
    room = ROOM * (high - low) or abs(high) * ROOM or 1.0
    return (low - room if low < 0 or low - room >= 0 else 0.0), high + room


def _ticks(scale: tuple[float, float]) -> list[float]:
    """Round numbers inside the scale, six at most: steps of 1, 2 or 5 times a power of ten."""
    rough = (scale[1] - scale[0]) / MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough)
    first = math.ceil(scale[0] / step)
    return [n * step for n in range(first, math.floor(scale[1] / step) + 1)]
