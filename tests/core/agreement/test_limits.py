import numpy as np
import pytest

from observe.core.agreement import coefficients
from observe.core.agreement.limits import (
    drawn,
    jackknife,
    of_mean,
    of_proportion,
    proportion_at_least,
    wilson,
)
from observe.core.agreement.report import report
from tests.core.agreement.makers import counts, of_table

SEVEN = [[1, 1, 0, 0], [0, 2, 1, 0], [0, 0, 1, 1], [0, 0, 0, 0]]


def test_the_same_table_always_has_the_same_limits() -> None:
    assert report(of_table(SEVEN)) == report(of_table(SEVEN))


def test_who_is_named_first_does_not_change_the_limits() -> None:
    one, other = (
        report(of_table(table)).of("pace")
        for table in (SEVEN, counts(SEVEN).T.astype(int).tolist())
    )
    assert (one.alpha, one.ac2, one.kappa_linear) == (other.alpha, other.ac2, other.kappa_linear)


def test_a_seed_changes_the_limits_a_little_and_the_values_not_at_all() -> None:
    one, other = (report(of_table(SEVEN), seed=seed).of("pace").alpha for seed in (1, 2))
    assert one.value == other.value
    assert one.low != other.low
    assert one.low == pytest.approx(other.low, abs=0.1)


def test_every_drawn_table_has_as_many_lessons_as_the_counted_one() -> None:
    draws = drawn(counts(SEVEN))
    assert draws.pairs.shape == (2000, 4, 4)
    np.testing.assert_allclose(coefficients.total(draws.pairs), 7)
    assert draws.spread == 14 / 13


def test_half_of_the_draws_lean_to_chance_and_half_to_agreement() -> None:
    same = coefficients.within(drawn(counts(SEVEN)).pairs, apart=0)
    q = 0.75 * (counts(SEVEN).sum(0) + counts(SEVEN).sum(1) + 1) / 18 + 0.25 / 4
    assert same[:1000].mean() == pytest.approx((4 + 4 * (q**2).sum()) / 11, abs=0.02)
    assert same[1000:].mean() == pytest.approx(8 / 11, abs=0.02)


def test_limits_of_alpha_hold_the_truth_at_ten_lessons() -> None:
    draw = np.random.default_rng(3)
    truth = np.full((4, 4), 0.02) + np.diag([0.1, 0.25, 0.25, 0.08])
    truth /= truth.sum()
    known = float(coefficients.alpha(truth * 1e9, "ordinal", np.arange(4.0)))
    held = 0
    for _ in range(200):
        table = draw.multinomial(10, truth.ravel()).reshape(4, 4)
        alpha = report(of_table(table.tolist())).of("pace").alpha
        held += alpha.value is None or alpha.low <= known <= alpha.high  # type: ignore[operator]
    assert held >= 188


def test_wilson_is_as_in_his_paper() -> None:
    assert wilson(0.9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(1.0, 5)[1] == 1
    assert wilson(0.0, 5)[0] == 0


def test_many_intervals_of_a_lesson_are_not_many_lessons() -> None:
    by_lesson = np.array([0.9, 0.2, 0.8, 0.3, 0.7, 0.6])
    without = (by_lesson.sum() - by_lesson) / 5
    p = float(by_lesson.mean())
    low, high = of_proportion(p, without, lessons=6, cells=150)
    assert high - low > 2 * (wilson(p, 150)[1] - wilson(p, 150)[0])


def test_lessons_that_all_agree_count_as_lessons_and_not_as_intervals() -> None:
    low, _ = of_proportion(1.0, np.ones(6), lessons=6, cells=150)
    assert low < wilson(1.0, 6)[0] < wilson(1.0, 150)[0]


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    values = np.array([3.0, 1, 4, 1, 5, 9, 2, 6])
    found = jackknife((values.sum() - values) / 7)
    assert found is not None
    assert found.error == pytest.approx(values.std(ddof=1) / np.sqrt(8))
    assert found.around(float(values.mean())) == pytest.approx(of_mean(values))


def test_there_is_no_jackknife_where_one_lesson_alone_makes_the_figure() -> None:
    assert jackknife(np.array([0.2, np.nan, 0.3])) is None


def test_the_probability_that_a_share_reaches_a_threshold_is_a_beta() -> None:
    assert proportion_at_least(0, 0, 0.8) == pytest.approx(0.2)
    assert proportion_at_least(10, 10, 0.8) == pytest.approx(1 - 0.8**11)


def test_limits_are_the_4_and_96_percent_points_of_the_draws() -> None:
    alphas = coefficients.alpha(drawn(counts(SEVEN)).pairs, "ordinal", np.arange(4.0))
    found = report(of_table(SEVEN)).of("pace").alpha
    assert (found.low, found.high) == pytest.approx(np.quantile(alphas, (0.04, 0.96)), abs=1e-9)


def test_four_more_lessons_are_added_by_how_often_each_level_is_given() -> None:
    skewed = counts([[0, 1, 0], [0, 9, 2], [0, 0, 0]])
    given = skewed.sum(0) + skewed.sum(1)
    q = 0.75 * (given + 1) / (24 + 3) + 0.25 / 3
    by_chance, exactly = drawn(skewed, seed=1).pairs.reshape(2, 1000, 3, 3).mean(axis=1)
    np.testing.assert_allclose(by_chance, (skewed + 4 * np.outer(q, q)) * 12 / 16, atol=0.15)
    np.testing.assert_allclose(exactly, (skewed + 4 * np.diag(q)) * 12 / 16, atol=0.15)
    assert by_chance[0, 0] == pytest.approx(4 * q[0] ** 2 * 12 / 16, abs=0.03)


def test_drawn_tables_have_their_chance_agreement_put_right() -> None:
    table, weights = counts([[3, 1], [2, 4]]), coefficients.identity_weights(2)
    pi = np.array([0.45, 0.55])
    p_a, variety = 0.7, float((pi * (1 - pi)).sum())
    for spread, p_e in ((1.0, variety), (0.8, 0.8 * variety), (9.0, 0.5)):
        found = coefficients.gwet(table, weights, spread=spread)
        assert found == pytest.approx((p_a - p_e) / (1 - p_e))
