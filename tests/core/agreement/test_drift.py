from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from observe.core.agreement.drift import drift
from observe.core.agreement.ratings import Integers, PairedRatings, paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import criterion, of_matrix

START = date(2025, 9, 1).toordinal()


def of_gaps(gaps: list[int], *, criteria: int = 1) -> PairedRatings:
    """One lesson for each gap, all criteria alike."""
    keys = [f"c{place}" for place in range(criteria)]
    rows = [(key, lesson, 2 + gap, 2, 1.0) for lesson, gap in enumerate(gaps) for key in keys]
    return paired([criterion(5, key=key) for key in keys], rows)


def every_third_day(lessons: int) -> Integers:
    return START + 3 * np.arange(lessons)


def test_fewer_than_thirty_lessons_show_no_drift_and_say_why() -> None:
    found = drift(of_gaps([0] * 29), every_third_day(29))
    assert (found.windows, found.slope.value) == ((), None)
    assert found.reason == found.slope.reason == "fewer than 30 lessons"
    assert drift(of_gaps([0] * 4), every_third_day(4)).reason == "fewer than 5 lessons"
    assert drift(of_gaps([]), every_third_day(0)).reason == "no lesson was rated by two observers"


def test_thirty_lessons_are_three_windows_of_ten() -> None:
    found = drift(of_gaps([0] * 10 + [1] * 10 + [2] * 10), every_third_day(30))
    assert [window.difference.value for window in found.windows] == [0, 1, 2]
    assert [window.exact.value for window in found.windows] == [1, 0, 0]
    assert [window.lessons for window in found.windows] == [10, 10, 10]
    assert found.windows[0].first_day == START
    assert found.windows[-1].last_day == START + 87


def test_lessons_after_the_last_full_window_wait() -> None:
    found = drift(of_gaps([0] * 34), every_third_day(34))
    assert (len(found.windows), found.waiting, found.lessons) == (3, 4, 34)


def test_windows_follow_the_date_and_not_the_order_of_the_rows() -> None:
    turned = every_third_day(30)[::-1].copy()
    found = drift(of_gaps([2] * 10 + [1] * 10 + [0] * 10), turned)
    assert [window.difference.value for window in found.windows] == [0, 1, 2]


def test_a_difference_that_grows_by_a_level_in_sixty_days_has_that_slope() -> None:
    days = START + np.arange(0, 60, 2)
    noise = np.tile([0, 1, 0], 10)
    gaps = (noise + (np.arange(30) >= 15)).tolist()
    found = drift(of_gaps(gaps), days).slope
    x, y = days - days.mean(), np.array(gaps, dtype=float)
    assert found.value == pytest.approx(30 * (x @ y) / (x @ x))
    assert found.low is not None
    assert found.low > 0


def test_the_error_of_the_slope_is_that_of_leaving_each_lesson_out() -> None:
    days, gaps = every_third_day(30), np.random.default_rng(4).integers(-1, 3, 30)
    found = drift(of_gaps(gaps.tolist(), criteria=3), days).slope
    assert found.value is not None
    assert found.high is not None
    changes = []
    for left_out in range(30):
        x, y = np.delete(days, left_out) / 30, np.delete(gaps, left_out)
        changes.append(np.polyfit(x - x.mean(), y, 1)[0] - found.value)
    error = np.sqrt(np.square(changes).sum())
    assert (found.high - found.value) / 2.048407 == pytest.approx(error, rel=1e-6)


def test_lessons_of_one_day_have_no_slope() -> None:
    found = drift(of_gaps([0, 1] * 15), np.full(30, START))
    assert found.slope.reason == "all lessons were on one day"
    assert len(found.windows) == 3


def test_a_window_says_what_a_report_on_its_lessons_says() -> None:
    draw = np.random.default_rng(6)
    rows = [
        (key, lesson, *draw.integers(0, levels, 2).tolist(), 1.0)
        for lesson in range(30)
        for key, levels in (("a", 4), ("b", 4), ("c", 3))
        if (lesson, key) != (3, "b")
    ]
    ratings = paired([criterion(4, key="a"), criterion(4, key="b"), criterion(3, key="c")], rows)
    window = drift(ratings, every_third_day(30)).windows[0]
    pooled = report(ratings.only(np.flatnonzero(ratings.lesson < 10))).pooled
    assert window.difference == pooled.mean_difference
    for name in ("value", "low", "high", "chance"):
        assert getattr(window.exact, name) == pytest.approx(getattr(pooled.exact, name)), name


def test_drift_is_between_two_roles_where_roles_are_known() -> None:
    ratings = of_gaps([0] * 30 + [3] * 30)
    signed = replace(ratings, signed=np.arange(60) < 30)
    found = drift(signed, every_third_day(60))
    assert [window.difference.value for window in found.windows] == [0, 0, 0]
    assert found.lessons == 30


def test_three_observers_count_once_a_lesson() -> None:
    ratings = of_matrix([[4, 1, 1]] * 30, (1, 2, 3, 4), "ordinal")
    found = drift(ratings, every_third_day(30))
    assert found.windows[0].exact.value == pytest.approx(1 / 3)
    assert found.windows[0].difference.value == pytest.approx(2)
