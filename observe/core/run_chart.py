"""A run chart: one measure over time around its median, and signs that it is more than chance.

The rules are those of Perla, Provost and Murray (BMJ Quality & Safety 2011, 20: 46-51): a shift of six
or more points on one side of the median, a trend of five or more all going up or down, and too few or
too many runs by the table that they print after Swed and Eisenhart (Annals of Mathematical Statistics
1943, 14: 66-87; 5 %, two-sided). Their fourth, a point far from all others, is left to the eye.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

SHIFT = 6
TREND = 5
FEWEST = 10
MOST = 60

TABLE = {
    10: (3, 9),
    11: (3, 10),
    12: (3, 11),
    13: (4, 11),
    14: (4, 12),
    15: (5, 12),
    16: (5, 13),
    17: (5, 13),
    18: (6, 14),
    19: (6, 15),
    20: (6, 16),
    21: (7, 16),
    22: (7, 17),
    23: (7, 17),
    24: (8, 18),
    25: (8, 18),
    26: (9, 19),
    27: (10, 19),
    28: (10, 20),
    29: (10, 20),
    30: (11, 21),
    31: (11, 22),
    32: (11, 23),
    33: (12, 23),
    34: (12, 24),
    35: (12, 24),
    36: (13, 25),
    37: (13, 25),
    38: (14, 26),
    39: (14, 26),
    40: (15, 27),
    41: (15, 27),
    42: (16, 28),
    43: (16, 28),
    44: (17, 29),
    45: (17, 30),
    46: (17, 31),
    47: (18, 31),
    48: (18, 32),
    49: (19, 32),
    50: (19, 33),
    51: (20, 33),
    52: (20, 34),
    53: (21, 34),
    54: (21, 35),
    55: (22, 35),
    56: (22, 36),
    57: (23, 36),
    58: (23, 37),
    59: (24, 38),
    60: (24, 38),
}

TOO_FEW_POINTS = "fewer than 10 points off the median"
TOO_MANY_POINTS = "more than 60 points off the median"
FIXED = "the median is that of earlier points"


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points in a row, by their places (from 0, the last one included): above or going up, or not."""

    first: int
    last: int
    points: int
    up: bool


@dataclass(frozen=True, slots=True)
class Runs:
    """How many runs there are about the median, in how many points off it, and how many chance gives.

    `count` is None, and `low` and `high` too, where they cannot be judged; `reason` says why.
    """

    useful: int
    count: int | None = None
    low: int | None = None
    high: int | None = None
    reason: str | None = None

    @property
    def too_few(self) -> bool:
        """Whether chance alone seldom gives so few."""
        return self.count is not None and self.low is not None and self.count < self.low

    @property
    def too_many(self) -> bool:
        """Whether chance alone seldom gives so many."""
        return self.count is not None and self.high is not None and self.count > self.high


@dataclass(frozen=True, slots=True)
class RunChart:
    """Points in order of time, their median, and the signs; `baseline` points made the median."""

    points: tuple[Point, ...]
    median: float
    baseline: int
    shifts: tuple[Stretch, ...]
    trends: tuple[Stretch, ...]
    runs: Runs

    @property
    def is_fixed(self) -> bool:
        """Whether later points stand beside the median of earlier ones."""
        return self.baseline < len(self.points)

    @property
    def has_signs(self) -> bool:
        """Whether anything is seen that chance alone seldom gives."""
        return bool(self.shifts or self.trends or self.runs.too_few or self.runs.too_many)


def run_chart(points: Sequence[Point], *, baseline_until: date | None = None) -> RunChart | None:
    """The chart of these points, whatever their order; None where there are none.

    The median is that of all points, and moves with each new one; with `baseline_until` it is that of
    the points up to this day, and stays. Where no point is as early, it is that of all.
    """
    told = tuple(sorted(points, key=lambda point: point.day))
    if not told:
        return None
    early = [p.value for p in told if baseline_until is None or p.day <= baseline_until]
    middle = median(early or [p.value for p in told])
    sides = [_side(point.value, middle) for point in told]
    fixed = 0 < len(early) < len(told)
    return RunChart(
        points=told,
        median=middle,
        baseline=len(early) or len(told),
        shifts=tuple(_shifts(sides)),
        trends=tuple(_trends([point.value for point in told])),
        runs=_runs(sides, fixed=fixed),
    )


def _side(value: float, middle: float) -> int:
    """1 above the median, -1 below it, 0 on it."""
    if math.isclose(value, middle, rel_tol=1e-9, abs_tol=1e-12):
        return 0
    return 1 if value > middle else -1


def _shifts(sides: Sequence[int]) -> Iterator[Stretch]:
    """Six or more in a row on one side; points on the median neither count nor break a row."""
    useful = [(place, side) for place, side in enumerate(sides) if side]
    if len(useful) < FEWEST:
        return
    for side, row in groupby(useful, key=lambda each: each[1]):
        places = [place for place, _side in row]
        if len(places) >= SHIFT:
            yield Stretch(places[0], places[-1], len(places), side > 0)


def _trends(values: Sequence[float]) -> Iterator[Stretch]:
    """Five or more in a row that all go up, or all down; of equal neighbours only the first counts."""
    turns = [place for place, value in enumerate(values) if not place or value != values[place - 1]]
    begun = 0
    for place in range(1, len(turns)):
        goes_up = values[turns[place]] > values[turns[place - 1]]
        last = place + 1 == len(turns)
        if last or (values[turns[place + 1]] > values[turns[place]]) != goes_up:
            if place - begun + 1 >= TREND:
                yield Stretch(turns[begun], turns[place], place - begun + 1, goes_up)
            begun = place


def _runs(sides: Sequence[int], *, fixed: bool) -> Runs:
    """The table holds for points about their own median, from 10 to 60 of them off it."""
    useful = [side for side in sides if side]
    if fixed:
        return Runs(len(useful), reason=FIXED)
    if len(useful) not in TABLE:
        reason = TOO_FEW_POINTS if len(useful) < FEWEST else TOO_MANY_POINTS
        return Runs(len(useful), reason=reason)
    count = sum(1 for _side, _row in groupby(useful))
    return Runs(len(useful), count, *TABLE[len(useful)])
