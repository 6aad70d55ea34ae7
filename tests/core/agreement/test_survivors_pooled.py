"""What small changes of pooled figures once went unseen (`bench/mutants.sh` found them)."""

import math

import numpy as np
import pytest

from observe.core.agreement import limits
from observe.core.agreement.figures import Figure
from observe.core.agreement.pooled import _held, _widest, why_not_pooled
from observe.core.agreement.quantiles import t_quantile, t_share
from observe.core.agreement.ratings import paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import criterion


def ends(figure: Figure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


def test_where_all_always_agree_pooled_limits_are_those_of_the_least_sure_criterion() -> None:
    rows = [("pace", lesson, lesson % 3, lesson % 3, 1.0) for lesson in range(12)]
    rows += [("tone", lesson, lesson % 2, lesson % 2, 1.0) for lesson in range(6)]
    found = report(paired([criterion(3, key="pace"), criterion(3, key="tone")], rows))
    for whole, of in ((found.pooled.alpha_stratified, "alpha"), (found.pooled.ac2_mean, "ac2")):
        single = [getattr(each, of) for each in found.criteria]
        assert ends(whole) == pytest.approx((min(each.low for each in single), 1.0))
        assert single[0].low != single[1].low


def test_where_no_criterion_can_be_pooled_that_is_the_reason() -> None:
    codes = criterion(3, key="who", scale="nominal")
    rows = [("who", lesson, lesson % 3, 1, 1.0) for lesson in range(6)]
    pooled = report(paired([codes], rows)).pooled
    assert pooled.exact.reason == "no criterion can be pooled"
    nobody = report(paired([codes, criterion(3, key="pace")], rows)).pooled
    assert nobody.exact.reason == "no lesson was rated by two observers"


def test_a_scale_of_one_level_is_left_out_for_that_and_codes_for_having_no_order() -> None:
    assert why_not_pooled(criterion(1, scale="nominal")) == "only one level was used"
    assert why_not_pooled(criterion(3, scale="nominal")) == "the levels have no order"
    assert why_not_pooled(criterion(2, scale="nominal")) is None
    assert why_not_pooled(criterion(2)) is None


def test_pooled_limits_are_no_wider_than_if_all_erred_together() -> None:
    figures = [Figure(0.5, 0.4, 0.55), Figure(0.3, 0.1, 0.6), Figure(reason="why")]
    weights = np.array([1.0, 3.0, 5.0])
    below, above = (0.1 * 1 + 0.2 * 3) / 4, (0.05 * 1 + 0.3 * 3) / 4
    assert _held((-9, 9), 0.4, figures, weights) == pytest.approx((0.4 - below, 0.4 + above))


def test_pooled_limits_are_no_narrower_than_if_each_erred_for_itself() -> None:
    figures = [Figure(0.5, 0.4, 0.55), Figure(0.3, 0.1, 0.6)]
    below, above = math.hypot(0.1, 0.2 * 3) / 4, math.hypot(0.05, 0.3 * 3) / 4
    found = _held((0.4, 0.4), 0.4, figures, np.array([1.0, 3.0]))
    assert found == pytest.approx((0.4 - below, 0.4 + above))
    assert _held((0.2, 0.9), 0.4, [Figure(reason="why")], np.ones(1)) == (0.2, 0.9)


def test_a_pooled_threshold_goes_by_t_with_one_degree_less_than_lessons() -> None:
    rows = [
        (key, lesson, (lesson + turn) % 3, lesson % 3 if lesson % turn else 2, 1.0)
        for turn, key in enumerate(("pace", "tone"), start=2)
        for lesson in range(9)
    ]
    found = report(paired([criterion(3, key="pace"), criterion(3, key="tone")], rows)).pooled
    alpha = found.alpha_stratified
    assert alpha.value is not None
    assert alpha.low is not None
    halfway = (alpha.value + alpha.low) / 2
    assert alpha.at_least(halfway) == pytest.approx(t_share(t_quantile(0.975, 8) / 2, 8), abs=1e-9)


def test_without_any_known_limits_nothing_is_said_of_them() -> None:
    assert _widest([Figure(reason="why")]) == limits.ANYTHING
    assert _widest([Figure(0.5, 0.1, 0.6), Figure(0.4, 0.2, 0.9)]) == (0.1, 0.9)
