import math

import pytest

from observe.core.agreement.figures import Figure
from observe.core.agreement.planning import chance_line, lessons_needed, more_lessons
from observe.core.agreement.quantiles import t_quantile


def reach(n: int) -> float:
    return t_quantile(0.975, n - 1) / math.sqrt(n)


@pytest.mark.parametrize(
    ("now", "wanted", "lessons"), [(0.3, 0.1, 7), (0.2, 0.15, 12), (0.5, 0.1, 5)]
)
def test_no_fewer_lessons_would_do(now: float, wanted: float, lessons: int) -> None:
    needed = lessons_needed(wanted, now=now, lessons=lessons)
    assert needed is not None
    aim = wanted / now * reach(lessons)
    assert reach(needed) <= aim < reach(needed - 1)


def test_limits_that_are_narrow_enough_need_no_more_lessons() -> None:
    assert lessons_needed(0.1, now=0.1, lessons=9) == 9
    assert more_lessons(Figure(0.7, 0.65, 0.75), lessons=9, half_width=0.1) == 0


def test_half_the_width_takes_about_four_times_the_lessons() -> None:
    assert lessons_needed(0.1, now=0.2, lessons=100) == pytest.approx(393, abs=5)
    assert more_lessons(Figure(0.5, 0.3, 0.7), lessons=100, half_width=0.1) == pytest.approx(
        293, abs=5
    )


def test_where_there_are_no_limits_nothing_can_be_planned() -> None:
    assert more_lessons(Figure(reason="fewer than 5 lessons"), lessons=3, half_width=0.1) is None
    assert lessons_needed(1e-9, now=0.5, lessons=5) is None


def test_one_lesson_has_no_width_to_plan_from() -> None:
    with pytest.raises(ValueError, match="fewer than two lessons"):
        lessons_needed(0.1, now=0.5, lessons=1)


def test_four_levels_used_evenly_agree_by_chance_in_a_quarter_of_lessons() -> None:
    even = chance_line([1, 1, 1, 1])
    assert even.exact == pytest.approx(0.25)
    assert even.within_one == pytest.approx(10 / 16)


def test_as_observers_use_four_levels_chance_is_nearly_always_within_one() -> None:
    real = chance_line([2, 28, 59, 11])
    assert real.exact == pytest.approx(0.44, abs=0.01)
    assert real.within_one == pytest.approx(0.93, abs=0.03)


def test_two_levels_are_always_within_one() -> None:
    assert chance_line([9, 1]).within_one == pytest.approx(1)


@pytest.mark.parametrize("use", [[], [0, 0], [1, -1]])
def test_levels_that_nobody_uses_have_no_chance_line(use: list[float]) -> None:
    with pytest.raises(ValueError, match="no level is used"):
        chance_line(use)
