"""Limits of several cells a lesson, more than two observers and several criteria: t, but held."""

import numpy as np
import pytest

from observe.core.agreement import limits
from observe.core.agreement.figures import Figure
from observe.core.agreement.ratings import PairedRatings, paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import criterion, of_matrix, of_table


def width(figure: Figure) -> float:
    assert figure.low is not None
    assert figure.high is not None
    return figure.high - figure.low


def test_limits_are_drawn_in_to_the_wide_and_then_out_to_the_narrow() -> None:
    wide, narrow = (-0.5, 0.9), (0.2, 0.6)
    for by_t, held in (
        ((-0.9, 0.95), (-0.5, 0.9)),
        ((0.0, 0.7), (0.0, 0.7)),
        ((0.3, 0.4), (0.2, 0.6)),
        ((-0.9, 0.4), (-0.5, 0.6)),
    ):
        assert limits.held(by_t, within=wide, around=narrow) == held


def test_three_observers_who_hardly_ever_differ_have_no_false_comfort() -> None:
    rows = [[2, 2, 2]] * 8 + [[2, 2, 1], [1, 2, 2]]
    assert width(report(of_matrix(rows, (1, 2, 3), "ordinal")).criteria[0].alpha) > 0.8


def test_two_occasions_that_hardly_ever_differ_have_no_false_comfort() -> None:
    rows = [("pace", lesson, 2, 2 - (lesson < 2), 1.0) for lesson in range(10)]
    rows += [("pace", lesson, 2, 2, 1.0) for lesson in range(10)]
    alpha = report(paired([criterion()], rows)).criteria[0].alpha
    assert width(alpha) > 0.6


def test_what_many_occasions_say_is_never_less_than_one_a_lesson_would() -> None:
    rows = [("pace", lesson, lesson % 4, (lesson + lesson // 3) % 4, 1.0) for lesson in range(6)]
    once, often = (report(paired([criterion()], rows * times)).criteria[0] for times in (1, 9))
    assert width(often.alpha) <= width(once.alpha) + 0.01


def test_pooled_over_one_criterion_has_the_limits_of_that_criterion() -> None:
    found = report(of_table([[3, 1, 0, 0], [1, 4, 2, 0], [0, 1, 3, 1], [0, 0, 1, 2]]))
    single, pooled = found.criteria[0], found.pooled
    for one, whole in (
        (single.alpha, pooled.alpha_stratified),
        (single.ac2, pooled.ac2_mean),
    ):
        assert (whole.low, whole.high) == pytest.approx((one.low, one.high))


def test_pooled_limits_reach_from_the_root_of_squares_to_the_sum_of_what_criteria_reach() -> None:
    one = [("pace", lesson, lesson % 3, (lesson + (lesson < 3)) % 3, 1.0) for lesson in range(12)]
    alike = [("tone", *row[1:]) for row in one]
    criteria = [criterion(3, key=key) for key in ("pace", "tone")]
    found = report(paired(criteria, one + alike))
    single, pooled = found.of("pace").alpha, found.pooled.alpha_stratified
    assert pooled.value == pytest.approx(single.value)
    assert width(single) / np.sqrt(2) - 1e-9 <= width(pooled) <= width(single) + 1e-9


def test_where_one_criterion_has_one_level_the_other_carries_the_pooled_limits() -> None:
    rows = [("pace", lesson, lesson % 3, (lesson + (lesson < 3)) % 3, 1.0) for lesson in range(12)]
    rows += [("tone", lesson, 1, 1, 1.0) for lesson in range(12)]
    found = report(paired([criterion(3, key="pace"), criterion(3, key="tone")], rows))
    single, pooled = found.of("pace").alpha, found.pooled.alpha_stratified
    assert found.of("tone").alpha.value is None
    assert (pooled.low, pooled.high) == pytest.approx((single.low, single.high))


def three_observers(draw: np.random.Generator, lessons: int) -> PairedRatings:
    quality = 0.7 * draw.normal(size=(lessons, 1))
    seen = quality + 0.5**0.5 * draw.normal(size=(lessons, 3))
    return of_matrix((1 + np.searchsorted([0.5, 1.3], seen)).tolist(), (1, 2, 3), "ordinal")


def test_limits_of_three_observers_hold_the_truth_at_ten_lessons() -> None:
    draw = np.random.default_rng(3)
    whole = report(three_observers(draw, 20_000)).criteria[0]
    sets = [report(three_observers(draw, 10)).criteria[0] for _ in range(120)]
    for name in ("alpha", "ac2"):
        truth = getattr(whole, name).value
        shown = [getattr(each, name) for each in sets if getattr(each, name).value is not None]
        assert np.mean([each.low <= truth <= each.high for each in shown]) >= 0.9, name


def test_the_draws_of_more_than_two_observers_ask_for_nobodys_place() -> None:
    rows = [[1, 2, 2], [2, 2, 3], [1, 1, 2], [3, 3, 3], [2, 3, 2], [1, 1, 1]]
    turned = [[c, a, b] for a, b, c in rows]
    one, other = (
        report(of_matrix(each, (1, 2, 3), "ordinal")).criteria[0] for each in (rows, turned)
    )
    assert (one.alpha.low, one.ac2.high) == pytest.approx((other.alpha.low, other.ac2.high))


def test_criteria_of_four_lessons_each_can_still_be_pooled() -> None:
    keys = ("pace", "tone", "talk")
    rows = [
        (key, 4 * place + lesson, lesson % 3, (lesson + (lesson == place)) % 3, 1.0)
        for place, key in enumerate(keys)
        for lesson in range(4)
    ]
    found = report(paired([criterion(3, key=key) for key in keys], rows))
    assert found.of("pace").alpha.reason == "fewer than 5 lessons"
    assert width(found.pooled.alpha_stratified) > 0


def test_five_lessons_without_a_difference_do_not_prove_that_there_is_none() -> None:
    found = report(of_table([[2, 0, 0], [0, 2, 0], [0, 0, 1]]))
    for difference in (found.criteria[0].mean_difference, found.pooled.mean_difference):
        assert (difference.value, difference.sd) == (0, 0)
        assert (difference.low, difference.high) == pytest.approx((-0.434, 0.434), abs=1e-3)


def test_lessons_that_all_differ_by_one_level_may_yet_differ_by_more_or_less() -> None:
    difference = report(of_table([[0, 4, 0], [0, 0, 6], [0, 0, 0]])).criteria[0].mean_difference
    assert difference.value == -1
    assert (difference.low, difference.high) == pytest.approx((-1.278, -0.722), abs=1e-3)
