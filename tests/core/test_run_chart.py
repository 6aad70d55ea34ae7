"""Run charts: published examples, the table of runs beside its own distribution, and properties."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.run_chart import (
    FIXED,
    TABLE,
    TOO_FEW_POINTS,
    TOO_MANY_POINTS,
    Point,
    RunChart,
    run_chart,
)

BEGIN = date(2026, 1, 5)
WHOLE = st.integers(0, 40)


def charted(values: Sequence[float], *, until: int | None = None) -> RunChart:
    points = [Point(BEGIN + timedelta(weeks=n), value) for n, value in enumerate(values)]
    last = BEGIN + timedelta(weeks=until) if until is not None else None
    found = run_chart(points, baseline_until=last)
    assert found
    return found


def test_sixteen_months_with_a_change_have_too_few_runs() -> None:
    """Balestracci, "An underrated test for run charts", Quality Digest, October 2008: 16 months.

    Seven above the median, seven below, one above, one below: four runs, where chance gives five or
    more; the months from the fifth to the ninth all go down. The pattern is the article's, the values are
    made to fit it.
    """
    found = charted([30, 29, 31, 32, 36, 34, 33, 20, 19, 21, 18, 22, 17, 23, 28, 16])
    assert found.runs.useful == 16
    assert (found.runs.count, found.runs.low) == (4, 5)
    assert found.runs.too_few
    assert [(each.points, each.up) for each in found.shifts] == [(7, True), (7, False)]
    assert [(each.first, each.last, each.up) for each in found.trends] == [(4, 8, False)]


def test_points_on_the_median_neither_count_nor_break_a_row() -> None:
    values = [9, 8, 9, 5, 8, 9, 8, 1, 2, 1, 2, 3, 5, 1]
    found = charted(values)
    assert found.median == 5
    assert [(each.first, each.last, each.points) for each in found.shifts] == [
        (0, 6, 6),
        (7, 13, 6),
    ]
    assert found.runs.useful == 12
    assert found.runs.count == 2


def test_of_equal_neighbours_a_trend_counts_one() -> None:
    (trend,) = charted([1, 2, 2, 3, 4, 5, 1]).trends
    assert (trend.first, trend.last, trend.points, trend.up) == (0, 5, 5, True)
    assert not charted([1, 2, 2, 2, 3, 4, 1]).trends


def test_four_points_are_no_trend_and_five_are() -> None:
    assert not charted([5, 4, 3, 2, 9]).trends
    assert charted([5, 4, 3, 2, 1]).trends


def test_below_ten_points_nothing_is_said_of_shifts_and_runs() -> None:
    found = charted([9, 9, 9, 9, 8, 1, 1, 1, 2])
    assert not found.shifts
    assert found.runs.reason == TOO_FEW_POINTS
    assert charted(range(70)).runs.reason == TOO_MANY_POINTS


def test_a_median_that_is_fixed_stays_where_it_is_and_shows_what_came_after() -> None:
    before, after = [5, 7, 4, 6, 5, 7, 4, 6, 5, 7], [9, 8, 9, 8, 9, 8]
    moving, fixed = charted([*before, *after]), charted([*before, *after], until=9)
    assert not moving.is_fixed
    assert fixed.is_fixed
    assert (fixed.median, fixed.baseline) == (5.5, 10)
    assert fixed.shifts[-1].last == 15
    assert fixed.shifts[-1].points >= 6
    assert fixed.runs.reason == FIXED


def test_the_order_in_which_points_were_typed_does_not_matter() -> None:
    points = [Point(BEGIN + timedelta(days=n), n % 5) for n in range(14)]
    assert run_chart(points) == run_chart(points[::-1])
    assert run_chart([]) is None


def chance_of(runs: int, above: int, below: int) -> float:
    """How likely so many runs are of so many above and below, in any order (Swed and Eisenhart 1943)."""
    half, odd = divmod(runs, 2)
    ways = (
        comb(above - 1, half) * comb(below - 1, half - 1)
        + comb(above - 1, half - 1) * comb(below - 1, half)
        if odd
        else 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    )
    return ways / comb(above + below, above)


@pytest.mark.parametrize("useful", TABLE)
def test_the_table_is_that_of_the_distribution_of_runs_to_within_one(useful: int) -> None:
    above, below = useful // 2, useful - useful // 2
    low, high = TABLE[useful]
    chances = {runs: chance_of(runs, above, below) for runs in range(2, useful + 1)}
    assert sum(chances.values()) == pytest.approx(1)
    few = next(r for r in chances if sum(c for n, c in chances.items() if n <= r) > 0.025)
    many = next(
        r for r in reversed(chances) if sum(c for n, c in chances.items() if n >= r) > 0.025
    )
    assert abs(low - few) <= 1
    assert abs(high - many) <= 1


def test_the_limits_grow_with_the_points() -> None:
    for one, more in pairwise(TABLE):
        assert TABLE[one][0] <= TABLE[more][0]
        assert TABLE[one][1] <= TABLE[more][1]


@given(st.lists(WHOLE, min_size=1, max_size=60), st.integers(-50, 50))
def test_a_chart_moved_up_or_turned_over_has_the_same_signs(values: list[int], by: int) -> None:
    found = charted(values)
    moved = charted([value + by for value in values])
    turned = charted([-value for value in values])
    assert (moved.shifts, moved.trends, moved.runs) == (found.shifts, found.trends, found.runs)
    assert [(s.first, s.last, not s.up) for s in turned.shifts] == [
        (s.first, s.last, s.up) for s in found.shifts
    ]
    assert turned.runs == found.runs


@given(st.lists(WHOLE, min_size=1, max_size=60))
def test_what_is_called_a_sign_is_one(values: list[int]) -> None:
    found = charted(values)
    for shift in found.shifts:
        inside = values[shift.first : shift.last + 1]
        assert all((v >= found.median) if shift.up else (v <= found.median) for v in inside)
        assert sum(v != found.median for v in inside) == shift.points >= 6
    for trend in found.trends:
        steps = list(pairwise(values[trend.first : trend.last + 1]))
        assert all(b >= a if trend.up else b <= a for a, b in steps)
        assert sum(a != b for a, b in steps) + 1 == trend.points >= 5
