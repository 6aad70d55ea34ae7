import math

import pytest

from observe.core.agreement.figures import Figure
from observe.core.agreement.planning import lessons_needed, more_lessons
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
