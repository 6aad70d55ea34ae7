import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.agreement import coefficients
from observe.core.agreement.certainty import Student, drawn_from, student
from observe.core.agreement.figures import Figure
from observe.core.agreement.limits import drawn, proportion_at_least
from observe.core.agreement.quantiles import t_quantile, t_share
from observe.core.agreement.ratings import PairedRatings, paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import counts, criterion, of_matrix, of_table

TABLE = [[4, 2, 0, 0], [1, 6, 2, 0], [0, 2, 5, 1], [0, 0, 1, 3]]


def of_occasions(lessons: int, times: int) -> PairedRatings:
    draw = np.random.default_rng(3)
    rows = []
    for lesson in range(lessons):
        quality = draw.normal(1.5, 1)
        for _ in range(times):
            a, b = np.clip(np.rint(draw.normal(quality, 0.7, 2)), 0, 3).astype(int).tolist()
            rows.append(("pace", lesson, a, b, 1.0))
    return paired([criterion()], rows)


@pytest.mark.parametrize("threshold", [-0.2, 0.5, 0.667, 0.8, 0.95])
def test_a_coefficient_reaches_a_threshold_in_its_share_of_the_draws(threshold: float) -> None:
    alphas = coefficients.alpha(drawn(counts(TABLE)).pairs, "ordinal", np.arange(4.0))
    found = report(of_table(TABLE)).of("pace").alpha
    share = float((alphas[np.isfinite(alphas)] >= threshold).mean())
    assert found.at_least(threshold) == pytest.approx(share, abs=0.0051)


def test_a_share_reaches_a_threshold_by_beta_and_never_by_draws() -> None:
    found = report(of_table(TABLE)).of("pace")
    assert found.exact.at_least(0.8) == pytest.approx(proportion_at_least(18, 27, 0.8))
    assert found.within_one.at_least(0.8) == pytest.approx(proportion_at_least(27, 27, 0.8))


def test_several_cells_count_for_as_many_lessons_as_they_are_worth() -> None:
    few, many = report(of_occasions(8, 25)).of("pace"), report(of_occasions(8, 1)).of("pace")
    assert few.exact.value is not None
    belief = few.exact.at_least(few.exact.value - 0.1)
    as_lessons = proportion_at_least(8 * few.exact.value, 8, few.exact.value - 0.1)
    as_cells = proportion_at_least(200 * few.exact.value, 200, few.exact.value - 0.1)
    assert belief is not None
    assert as_lessons < belief < as_cells
    assert many.exact.at_least(0) == 1


def test_a_jackknifed_coefficient_reaches_the_lower_limit_of_t_with_975() -> None:
    pooled = report(of_occasions(8, 25)).pooled.alpha_stratified
    assert pooled.low is not None
    assert pooled.value is not None
    assert pooled.at_least(pooled.low) == pytest.approx(0.975)
    assert pooled.at_least(pooled.value) == pytest.approx(0.5)


def test_the_intraclass_correlation_goes_by_the_f_of_its_limits() -> None:
    rows = [[9, 7], [6, 6], [8, 5], [7, 7], [10, 8], [6, 3], [4, 4], [9, 9]]
    found = report(of_matrix(rows, range(1, 11), "interval")).criteria[0].icc_a1
    assert found.low is not None
    assert found.high is not None
    assert found.at_least(found.low) == pytest.approx(0.975)
    assert found.at_least(found.high) == pytest.approx(0.025)
    assert found.at_least(1.0) == 0
    assert found.at_least(-1.0) == 1


def test_the_mean_difference_goes_by_t() -> None:
    found = report(of_table([[3, 0, 0], [4, 3, 0], [0, 3, 2]])).of("pace").mean_difference
    assert found.low is not None
    assert found.at_least(found.low) == pytest.approx(0.975)
    assert (found.at_least(-9), found.at_least(9)) == pytest.approx((1, 0), abs=1e-6)


def test_a_figure_that_there_is_not_reaches_nothing() -> None:
    assert Figure(reason="fewer than 5 lessons").at_least(0.5) is None
    assert report(of_table([[2, 1], [0, 1]])).of("pace").mean_difference.at_least(0) is None


def test_pooled_figures_say_it_too() -> None:
    found = report(of_table(TABLE))
    assert found.pooled.exact.at_least(0.8) == found.of("pace").exact.at_least(0.8)
    assert found.pooled.ac2_mean.at_least(-1) == pytest.approx(1, abs=1e-3)


def test_a_difference_of_no_spread_is_no_proof_but_hardly_twice_as_large() -> None:
    always = report(of_table([[0, 0], [7, 0]])).of("pace").mean_difference
    assert always.at_least(1) == pytest.approx(0.5)
    assert always.at_least(2) == pytest.approx(0, abs=1e-3)


def test_a_value_without_any_error_is_what_it_is() -> None:
    sure = Student(1.0, 0.0, 6)
    assert (sure.at_least(1), sure.at_least(1.01)) == (1, 0)


def test_draws_that_were_nothing_divided_by_nothing_are_counted() -> None:
    kept = drawn_from(np.linspace(0, 1, 1990), dropped=10)
    assert (kept.dropped, len(kept.points)) == (10, 800)
    assert kept.at_least(0.25) == pytest.approx(0.75, abs=0.005)
    found = report(of_table(TABLE)).of("pace")
    assert (found.alpha.dropped, found.exact.dropped) == (0, 0)
    assert Figure(0.5, 0.1, 0.9, certainty=kept).dropped == 10


def test_the_variance_of_atanh_is_that_of_the_draws() -> None:
    alphas = coefficients.alpha(drawn(counts(TABLE)).pairs, "ordinal", np.arange(4.0))
    known = np.arctanh(np.clip(alphas, -0.999, 0.999)).var()
    assert drawn_from(np.sort(alphas)).variance == pytest.approx(known, rel=0.01)


def test_the_variance_of_atanh_of_a_jackknife_is_by_its_slope() -> None:
    assert Student(0.6, 0.06, 9, above=0.10).variance == pytest.approx((0.08 / 0.64) ** 2)
    assert np.isfinite(Student(1.0, 0.01, 9).variance)


def test_the_probability_of_a_threshold_is_about_right_where_any_truth_is_as_likely() -> None:
    draw = np.random.default_rng(12)
    said, was = [], []
    for _ in range(300):
        same = draw.uniform(0, 1)
        hits = draw.binomial(10, same)
        found = report(of_table([[hits, 10 - hits], [0, 0]])).of("pace").exact
        said.append(found.at_least(0.7))
        was.append(same >= 0.7)
    unsure = [yes for p, yes in zip(said, was, strict=True) if p is not None and 0.3 < p < 0.7]
    assert np.mean(said) == pytest.approx(np.mean(was), abs=0.04)  # type: ignore[arg-type]
    assert np.mean(unsure) == pytest.approx(0.5, abs=0.25)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_higher_threshold_is_never_more_probable(table: list[list[int]]) -> None:
    found = report(of_table(table)).criteria[0]
    for name in ("exact", "within_one", "alpha", "ac1", "ac2", "kappa_quadratic", "icc_a1"):
        figure = getattr(found, name)
        said = [figure.at_least(threshold) for threshold in (-1.0, -0.3, 0.0, 0.4, 0.8, 1.0)]
        if None in said:
            assert figure.value is None or (figure.low, figure.high) == (-1, 1)
        else:
            assert said == sorted(said, reverse=True), name
            assert 0 <= min(said) <= max(said) <= 1


def test_a_draw_that_just_reaches_the_threshold_counts() -> None:
    half = drawn_from(np.repeat([0.25, 0.5], 1000))
    assert half.at_least(0.5) == 0.5
    assert half.at_least(0.25) == 1
    assert half.dropped == 0


def test_limits_held_unevenly_have_an_error_to_each_side() -> None:
    t = t_quantile(0.975, 9)
    uneven = student(0.4, (0.4 - 0.1 * t, 0.4 + 0.3 * t), 9)
    assert (uneven.error, uneven.above) == pytest.approx((0.1, 0.3))
    assert uneven.at_least(0.7) == pytest.approx(1 - t_share(1, 9))
    assert uneven.at_least(0.3) == pytest.approx(t_share(1, 9))
    assert uneven.at_least(0.4) == pytest.approx(0.5)


def test_limits_that_do_not_reach_upwards_leave_nothing_above_the_value() -> None:
    flat = Student(0.4, 0.1, 9, 0.0)
    assert flat.at_least(0.41) == 0
    assert flat.at_least(0.4) == pytest.approx(0.5)
    even = Student(0.4, 0.1, 9)
    assert even.at_least(0.5) == pytest.approx(1 - t_share(1, 9))
