"""What small changes of pooled figures once went unseen (`bench/mutants.sh` found them)."""

import pytest

from observe.core.agreement.figures import Figure
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
