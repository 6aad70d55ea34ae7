import numpy as np
import pytest

from observe.core.agreement.drift import drift
from tests.core.agreement.test_drift import every_third_day, of_gaps


def growing(lessons: int = 40) -> list[int]:
    noise = np.tile([0, 1, 0, -1], lessons // 4)
    return [int(gap) for gap in noise + (np.arange(lessons) >= lessons / 2)]


def test_the_line_rises_by_the_slope_in_thirty_days() -> None:
    found = drift(of_gaps(growing()), every_third_day(40))
    first, last = found.line[0], found.line[-1]
    assert found.slope.value == pytest.approx(
        30 * (last.value - first.value) / (last.day - first.day)
    )
    assert (last.day - first.day) == 3 * 39


def test_the_lines_limits_are_narrowest_in_the_middle_and_hold_it() -> None:
    line = drift(of_gaps(growing()), every_third_day(40)).line
    widths = [point.high - point.low for point in line]
    assert all(point.low < point.value < point.high for point in line)
    assert min(widths) == pytest.approx(min(widths[8:-8]))
    assert widths[0] > min(widths) < widths[-1]


def test_in_the_middle_the_limits_are_those_of_the_mean() -> None:
    """Without a slope the line's middle is the mean of the lessons, whose jackknife error HC3 is near."""
    gaps = [0, 1] * 20
    line = drift(of_gaps(gaps), every_third_day(40)).line
    middle = line[len(line) // 2]
    half = 2.02 * float(np.std(gaps, ddof=1)) / np.sqrt(40)
    assert (middle.high - middle.low) / 2 == pytest.approx(half, rel=0.05)


def test_where_all_lessons_were_on_one_day_there_is_no_line() -> None:
    assert drift(of_gaps([0] * 30), np.full(30, 740_000)).line == ()
