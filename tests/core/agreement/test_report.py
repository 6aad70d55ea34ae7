import itertools
import json
import math
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe.core.agreement.counts import count
from observe.core.agreement.figures import CriterionReport
from observe.core.agreement.plain import plain
from observe.core.agreement.ratings import AloneRatings, PairedRatings, RatedCriterion, paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import criterion, of_matrix, of_table

COEFFICIENTS = ("alpha", "ac1", "ac2", "kappa_quadratic", "kappa_linear", "icc_a1")
PROPORTIONS = ("exact", "within_one")

tables = st.integers(2, 4).flatmap(
    lambda levels: st.lists(
        st.lists(st.integers(0, 4), min_size=levels, max_size=levels),
        min_size=levels,
        max_size=levels,
    )
)
lessons_with_gaps = st.lists(
    st.lists(st.sampled_from([1, 2, 3, None]), min_size=3, max_size=3), min_size=1, max_size=12
).filter(lambda rows: any(word is not None for row in rows for word in row))


def figures(ratings: PairedRatings) -> CriterionReport:
    return report(ratings).criteria[0]


def shown(report_of_one: CriterionReport) -> dict[str, dict[str, Any]]:
    return {
        name: asdict(replace(getattr(report_of_one, name), certainty=None))
        for name in (*COEFFICIENTS, *PROPORTIONS, "mean_difference")
    }


def holds_together(figure: dict[str, Any]) -> bool:
    """A value within its limits, or none and a reason; never a number that is none."""
    numbers = [figure[name] for name in ("value", "low", "high") if figure[name] is not None]
    if not numbers:
        return bool(figure["reason"])
    value, low, high = numbers
    return low <= value <= high and all(map(math.isfinite, numbers)) and figure["reason"] is None


@settings(max_examples=60, deadline=None)
@given(tables)
def test_a_figure_lies_within_its_limits_or_says_why_there_is_none(table: list[list[int]]) -> None:
    for name, figure in shown(figures(of_table(table))).items():
        assert holds_together(figure), (name, figure)


@settings(max_examples=60, deadline=None)
@given(lessons_with_gaps)
def test_three_observers_with_gaps_hold_together_too(rows: list[list[int | None]]) -> None:
    for scale in ("ordinal", "interval"):
        whole = report(of_matrix(rows, (1, 2, 3), scale))
        for name, figure in shown(whole.criteria[0]).items():
            assert holds_together(figure), (name, figure)
        json.dumps(plain(whole), allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_agreement_does_not_ask_who_is_named_first(table: list[list[int]]) -> None:
    mirrored = [list(column) for column in zip(*table, strict=True)]
    one, other = shown(figures(of_table(table))), shown(figures(of_table(mirrored)))
    for name in (*COEFFICIENTS, *PROPORTIONS):
        assert one[name] == pytest.approx(other[name], abs=1e-9), name
    assert one["mean_difference"]["value"] in (
        None,
        pytest.approx(-(other["mean_difference"]["value"] or 0)),
    )


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_names_of_codes_carry_no_meaning(table: list[list[int]], shuffle: Any) -> None:
    order = list(range(len(table)))
    shuffle.shuffle(order)
    renamed = [[table[a][b] for b in order] for a in order]
    one, other = (figures(of_table(each, scale="nominal")) for each in (table, renamed))
    for name in ("exact", "alpha", "ac1"):
        before, after = getattr(one, name).value, getattr(other, name).value
        assert before == pytest.approx(after, abs=1e-12) if before is not None else after is None


@settings(max_examples=40, deadline=None)
@given(tables)
def test_twice_the_lessons_never_widen_the_limits(table: list[list[int]]) -> None:
    one, twice = (
        figures(of_table(table)),
        figures(of_table([[2 * c for c in row] for row in table])),
    )
    for name in ("alpha", "ac1", "ac2", "kappa_quadratic", "kappa_linear", "exact"):
        before, after = getattr(one, name), getattr(twice, name)
        if before.value is not None:
            assert after.high - after.low <= before.high - before.low + 0.03, name


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(0, 9))
def test_tables_of_parts_add_up_to_the_table_of_the_whole(table: list[list[int]], cut: int) -> None:
    whole = of_table(table)
    rows = np.arange(whole.lesson.size)
    parts = [count(whole.only(part))[0].total.pairs for part in (rows[:cut], rows[cut:])]
    np.testing.assert_array_equal(parts[0] + parts[1], count(whole)[0].total.pairs)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_leaving_out_a_lesson_is_counting_the_others(table: list[list[int]]) -> None:
    whole = of_table(table)
    (counted,) = count(whole)
    for left_out, tables_without in enumerate(
        itertools.chain.from_iterable(part.pairs for part in counted.without_each())
    ):
        others = np.flatnonzero(whole.lesson != left_out)
        np.testing.assert_allclose(tables_without, count(whole.only(others))[0].total.pairs)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_lessons_with_one_pair_of_levels_are_left_out_kind_by_kind(table: list[list[int]]) -> None:
    shape = (len(table), len(table))
    (counted,) = count(of_table(table), together=True)
    each = [table for tables in counted.without_each() for table in tables.pairs]
    tables_of_kinds, place = counted.without_each_kind()
    assert counted.one_pair_a_cluster
    np.testing.assert_array_equal(tables_of_kinds.pairs[place], np.reshape(each, (-1, *shape)))


def test_two_who_always_agree_have_one_everywhere() -> None:
    found = figures(of_table([[3, 0, 0], [0, 2, 0], [0, 0, 4]]))
    assert {getattr(found, name).value for name in (*COEFFICIENTS, *PROPORTIONS)} == {1.0}
    assert all(getattr(found, name).low < 1 for name in (*COEFFICIENTS, *PROPORTIONS))


def test_one_level_only_says_nothing_about_agreement_beyond_chance() -> None:
    found = figures(of_table([[0, 0, 0], [0, 9, 0], [0, 0, 0]]))
    assert found.alpha.reason == found.kappa_linear.reason == "only one level was used"
    assert found.icc_a1.reason == "only one level was used"
    assert (found.exact.value, found.exact.chance) == (1, 1)
    assert found.flags == ("one level takes 100 % of ratings",)


def test_four_lessons_have_a_table_and_plain_counts_and_nothing_else() -> None:
    found = figures(of_table([[2, 1], [0, 1]]))
    assert {figure["reason"] for figure in shown(found).values()} == {"fewer than 5 lessons"}
    assert found.table == ((2, 1), (0, 1))
    assert (found.same, found.apart(1), found.n) == (3, 1, 4)


def test_a_criterion_that_nobody_rated_twice_says_so() -> None:
    found = report(paired([criterion()], []))
    assert found.criteria[0].alpha.reason == "no lesson was rated by two observers"
    assert found.pooled.exact.reason == "no lesson was rated by two observers"


def test_two_levels_have_no_within_one_and_one_kappa() -> None:
    found = figures(of_table([[5, 1], [2, 4]]))
    assert found.within_one.reason == "only two levels"
    assert found.kappa_linear.value == found.kappa_quadratic.value
    assert found.ac1.value == pytest.approx(found.ac2.value)


def test_codes_without_an_order_have_no_distance() -> None:
    found = figures(of_table([[3, 1, 0], [1, 3, 1], [0, 0, 2]], scale="nominal"))
    for name in (
        "within_one",
        "ac2",
        "kappa_quadratic",
        "kappa_linear",
        "icc_a1",
        "mean_difference",
    ):
        assert getattr(found, name).reason == "the levels have no order"
    assert found.ac1.value is not None


def test_numbers_are_no_levels() -> None:
    found = figures(
        of_matrix([[3, 4], [10, 12], [25, 20], [7, 7], [0, 2], [30, 41]], range(60), "ratio")
    )
    assert found.table is None
    assert (
        found.exact.reason == found.ac1.reason == found.kappa_linear.reason == "not a level scale"
    )
    assert found.alpha.value is not None
    assert found.icc_a1.value is not None


def test_kappa_is_not_for_three_observers() -> None:
    found = figures(
        of_matrix([[1, 2, 2], [2, 2, 3], [1, 1, 1], [3, 3, 2], [2, 1, 2]], (1, 2, 3), "ordinal")
    )
    assert found.kappa_quadratic.reason == "more than two observers a lesson"
    assert found.table is None
    assert found.alpha.low is not None


def test_a_flag_says_when_one_level_takes_most() -> None:
    assert figures(of_table([[8, 1], [1, 0]])).flags == ("one level takes 90 % of ratings",)
    assert figures(of_table([[6, 1], [1, 2]])).flags == ()


def test_lessons_that_only_one_rated_are_counted() -> None:
    one = np.array([0, 0]), np.array([98, 99]), np.array([1, 2])
    found = figures(replace(of_table([[3, 1], [1, 3]]), alone=AloneRatings(*one)))
    assert (found.n, found.alone) == (8, 2)
    assert found.flags == ("2 lessons were rated by one observer only",)


def occasions(lessons: int, times: int, *, seed: int = 1) -> PairedRatings:
    draw = np.random.default_rng(seed)
    rows = []
    for lesson in range(lessons):
        quality = draw.normal(1.5, 1)
        for _ in range(times):
            a, b = np.clip(np.rint(draw.normal(quality, 0.7, 2)), 0, 3).astype(int).tolist()
            rows.append(("pace", lesson, a, b, 1.0))
    return paired([criterion()], rows)


def test_many_intervals_of_few_lessons_have_wider_limits_than_as_many_lessons() -> None:
    clustered = occasions(8, 25)
    apart = replace(clustered, lesson=np.arange(200))
    one, other = figures(clustered), figures(apart)
    assert (one.n, one.n_cells, other.n) == (8, 200, 200)
    assert one.alpha.value == other.alpha.value
    for name in ("alpha", "ac2", "exact", "icc_a1"):
        wide, narrow = getattr(one, name), getattr(other, name)
        assert wide.high - wide.low > 1.2 * (narrow.high - narrow.low), name


def test_above_ten_thousand_lessons_whole_blocks_are_left_out() -> None:
    (counted,) = count(occasions(10_001, 2))
    assert (counted.lessons, counted.clusters) == (10_001, 200)
    assert figures(occasions(10_001, 2)).alpha.low is not None


def test_pooled_over_one_criterion_is_that_criterion() -> None:
    ratings = of_table([[3, 1, 0, 0], [1, 4, 2, 0], [0, 1, 3, 1], [0, 0, 1, 2]])
    single, pooled = report(ratings).criteria[0], report(ratings).pooled
    assert pooled.alpha_stratified.value == pytest.approx(single.alpha.value)
    assert pooled.ac2_mean.value == pytest.approx(single.ac2.value)
    assert pooled.exact == single.exact
    assert pooled.within_one.chance == pytest.approx(single.within_one.chance)
    assert pooled.mean_difference == single.mean_difference


def test_occasions_are_averaged_half_up_before_pooling() -> None:
    rows = [("pace", lesson, *pair, 1.0) for lesson in range(6) for pair in ((0, 1), (1, 1))]
    found = report(paired([criterion()], rows))
    assert found.criteria[0].exact.value == 0.5
    assert found.pooled.exact.value == 1
    assert (found.criteria[0].n_cells, found.pooled.n_cells) == (12, 6)


def test_criteria_that_cannot_be_pooled_are_named_with_the_reason() -> None:
    criteria = [
        criterion(key="pace"),
        criterion(3, key="who", scale="nominal"),
        criterion(9, key="minutes", scale="ratio"),
        replace(criterion(key="part"), pooled=False),
        criterion(key="never"),
    ]
    rows = [
        (key, lesson, lesson % 3, 1, 1.0)
        for lesson in range(6)
        for key in ("pace", "who", "minutes", "part")
    ]
    pooled = report(paired(criteria, rows)).pooled
    assert pooled.criteria == 1
    assert dict(pooled.left_out) == {
        "who": "the levels have no order",
        "minutes": "not a level scale",
        "part": "in intervals or samples, part of another criterion, or one of several codes",
        "never": "no lesson was rated by two observers",
    }


def test_criteria_on_which_all_always_agree_still_have_limits_when_pooled() -> None:
    rows = [
        (key, lesson, lesson % 3, lesson % 3, 1.0)
        for lesson in range(6)
        for key in ("pace", "tone")
    ]
    pooled = report(paired([criterion(key="pace"), criterion(key="tone")], rows)).pooled
    assert pooled.alpha_stratified.value == 1
    assert pooled.alpha_stratified.low is not None
    assert pooled.alpha_stratified.low < 0.9


def test_the_signed_difference_asks_for_two_roles_where_roles_are_known() -> None:
    ratings = of_table([[1, 0, 0], [3, 1, 0], [0, 2, 1]])
    signed = replace(ratings, signed=np.array([True] * 6 + [False] * 2))
    everybody, heads = figures(ratings).mean_difference, figures(signed).mean_difference
    assert (everybody.lessons, everybody.roles) == (8, False)
    assert (heads.lessons, heads.roles) == (6, True)
    nobody = replace(ratings, signed=np.zeros(8, np.bool_))
    assert figures(nobody).mean_difference.reason == "no two roles rated the same lesson"


def test_more_than_two_observers_must_be_told_apart() -> None:
    with pytest.raises(ValueError, match="more than two observers"):
        paired([criterion()], [("pace", 1, 0, 1, 0.5)])


def test_a_report_finds_a_criterion_by_its_key() -> None:
    found = report(paired([RatedCriterion("pace", "Pace", (1, 2))], []))
    assert found.of("pace").criterion.title == "Pace"
    with pytest.raises(KeyError):
        found.of("tone")


def test_stratified_alpha_is_one_less_the_quotient_of_added_disagreements() -> None:
    draw = np.random.default_rng(8)
    levels = {
        key: np.clip(draw.integers(0, 4, (lessons, 1)) + draw.integers(-1, 2, (lessons, 2)), 0, 3)
        for key, lessons in (("pace", 6), ("tone", 14))
    }
    observed = expected = 0.0
    for both in levels.values():
        n, N = np.bincount(both.ravel(), minlength=4), both.size
        rank = n.cumsum() - n / 2
        d = (rank[:, None] - rank[None, :]) ** 2
        observed += 2 * d[both[:, 0], both[:, 1]].sum() / N / N**2
        expected += n @ d @ n / (N * (N - 1)) / N**2
    rows = [
        (key, lesson, int(first), int(second), 1.0)
        for key, both in levels.items()
        for lesson, (first, second) in enumerate(both)
    ]
    pooled = report(paired([criterion(key=key) for key in levels], rows)).pooled
    assert pooled.alpha_stratified.value == pytest.approx(1 - observed / expected, abs=1e-12)


def test_pooled_limits_leave_out_whole_lessons() -> None:
    rows = [
        (key, lesson, lesson % 3, (lesson % 3 + (lesson < 4)) % 3, 1.0)
        for lesson in range(12)
        for key in "abcdefgh"
    ]
    whole = report(paired([criterion(3, key=key) for key in "abcdefgh"], rows))
    one = whole.of("a").exact
    assert whole.pooled.n_cells == 96
    assert (whole.pooled.exact.low, whole.pooled.exact.high) == pytest.approx(
        (one.low, one.high), abs=0.03
    )


def test_criteria_with_other_numbers_of_levels_are_pooled_side_by_side() -> None:
    rows = [
        (key, lesson, lesson % 2, (lesson + (lesson == 3)) % 2, 1.0)
        for lesson in range(8)
        for key in ("two", "four")
    ]
    found = report(paired([criterion(2, key="two"), criterion(4, key="four")], rows)).pooled
    assert (found.criteria, found.exact.value) == (2, 7 / 8)
    assert found.within_one.value == 1
    assert found.within_one.chance == 1


def test_a_scale_of_one_level_has_nothing_to_compare() -> None:
    found = figures(of_table([[6]]))
    assert {figure.reason for figure in (found.alpha, found.ac1, found.ac2, found.within_one)} == {
        "only one level was used"
    }
    assert found.exact.value == 1


def test_several_cells_a_lesson_have_the_limits_of_the_lesson_jackknife() -> None:
    ratings = occasions(20, 25)
    alpha = figures(ratings).alpha
    others = [ratings.only(np.flatnonzero(ratings.lesson != lesson)) for lesson in range(20)]
    without = np.array([figures(each).alpha.value for each in others], dtype=float)
    error = np.sqrt(19 / 20 * ((without - without.mean()) ** 2).sum())
    assert alpha.value is not None
    assert alpha.low == pytest.approx(alpha.value - 2.0930240544082634 * error, abs=1e-9)


def test_thirds_of_a_rating_leave_nothing_behind() -> None:
    rows = [[1, 1, 1, 1]] * 7 + [[2, 3, 2, 3]]
    (counted,) = count(of_matrix(rows, (1, 2, 3), "ordinal"))
    last = np.concatenate([part.pairs for part in counted.without_each()])[-1]
    assert np.count_nonzero(last) == 1
    assert figures(of_matrix(rows, (1, 2, 3), "ordinal")).alpha.low == -1
