"""Windows of ten lessons as a drawing: where the dots stand, their limits, the line and its band."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from observe.core.agreement.drift import Drift, Window
from observe.core.agreement.figures import Difference, Figure
from observe.web.calibration.figure_words import percent, signed
from observe.web.calibration.over_time_words import MOST_DRAWN, window_days
from observe.web.calibration.plots import height
from observe.web.dates import day_short
from observe.web.words import gettext as _

LEFT, RIGHT = 15.0, 97.0
SMALLEST_REACH = 0.5
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One window in a drawing: across, down, down to both limits (per cent), and read aloud."""

    x: float
    y: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Windows over time; `band` and `line` are points for a shape 100 by 100.

    `moved` says that windows of nearly the same days were set side by side.
    """

    dots: Sequence[Dot]
    ticks: Sequence[tuple[float, str]]
    zero: float | None
    band: str
    line: str
    first: str
    last: str
    moved: bool = False

    @property
    def words(self) -> str:
        """What the drawing says, read aloud."""
        return "; ".join(dot.words for dot in self.dots)


def latest(drift: Drift) -> Drift:
    """The latest windows, as many as one can tell apart in a drawing, and the line above them."""
    windows = drift.windows[-MOST_DRAWN:]
    began = windows[0].first_day if len(windows) < len(drift.windows) else 0
    return replace(
        drift, windows=windows, line=tuple(point for point in drift.line if point.day >= began)
    )


def drawn_differences(drift: Drift) -> Drawing:
    """The signed difference of each window in levels, with the line and its band."""
    reach = _reach(drift)

    def down(levels: float) -> float:
        return height((levels + reach) / (2 * reach))

    return _drawing(
        drift,
        [
            _dot(x, each, each.difference, down, signed)
            for x, each in zip(_places(drift), drift.windows, strict=True)
        ],
        ticks=[(down(mark), signed(mark) if mark else "0") for mark in _marks(reach)],
        zero=down(0.0),
        down=down,
    )


def _marks(reach: float) -> tuple[float, ...]:
    return (reach, reach / 2, 0.0, -reach / 2, -reach)


def drawn_same(drift: Drift) -> Drawing:
    """The share of the same level in each window."""
    dots = [
        _dot(x, each, each.exact, height, percent)
        for x, each in zip(_places(drift), drift.windows, strict=True)
    ]
    ticks = [(height(share), percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return _drawing(drift, dots, ticks=ticks)


def luck(drift: Drift) -> list[tuple[float, float]]:
    """Where luck alone stands in each window."""
    return [
        (x, height(each.exact.chance))
        for x, each in zip(_places(drift), drift.windows, strict=True)
        if each.exact.chance is not None
    ]


def _reach(drift: Drift) -> float:
    """How far from zero the drawing goes, in halves of a level."""
    dots = [end for each in drift.windows for end in (each.difference.low, each.difference.high)]
    ends = [abs(end) for end in (*dots, *(point.value for point in drift.line)) if end is not None]
    return max(SMALLEST_REACH, math.ceil(2 * max(ends, default=0.0)) / 2)


def _drawing(
    drift: Drift,
    dots: Sequence[Dot | None],
    *,
    ticks: Sequence[tuple[float, str]],
    zero: float | None = None,
    down: Callable[[float], float] | None = None,
) -> Drawing:
    line = drift.line if down else ()
    at = down or height
    across = [_across(drift, point.day) for point in line]
    high = [(x, at(point.high)) for x, point in zip(across, line, strict=True)]
    low = [(x, at(point.low)) for x, point in zip(across, line, strict=True)]
    first, last = (day_short(date.fromordinal(day)) for day in _ends(drift))
    return Drawing(
        dots=[dot for dot in dots if dot],
        ticks=ticks,
        zero=zero,
        band=_points([*high, *reversed(low)]),
        line=_points([(x, at(point.value)) for x, point in zip(across, line, strict=True)]),
        first=first,
        last=last,
        moved=_places(drift) != _middles(drift),
    )


def _middles(drift: Drift) -> list[float]:
    return [_across(drift, (each.first_day + each.last_day) / 2) for each in drift.windows]


def _places(drift: Drift) -> list[float]:
    """Where each window stands across: at its middle day, further left where the next would cover it."""
    places: list[float] = []
    for middle in reversed(_middles(drift)):
        places.append(round(min(middle, places[-1] - GAP), 2) if places else middle)
    return places[::-1]


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)


def _ends(drift: Drift) -> tuple[int, int]:
    days = [*(day for each in drift.windows for day in (each.first_day, each.last_day))]
    days += [point.day for point in drift.line]
    return min(days), max(days)


def _across(drift: Drift, day: float) -> float:
    first, last = _ends(drift)
    return round(LEFT + (RIGHT - LEFT) * (day - first) / max(last - first, 1), 2)


def _dot(
    x: float,
    window: Window,
    figure: Difference | Figure,
    down: Callable[[float], float],
    say: Callable[[float], str],
) -> Dot | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    first, last = window_days(window)
    words = _(
        "%(first)s to %(last)s: %(value)s, limits %(low)s to %(high)s",
        first=first,
        last=last,
        value=say(figure.value),
        low=say(figure.low),
        high=say(figure.high),
    )
    return Dot(x, down(figure.value), down(figure.high), down(figure.low), words)
