"""What must be so for any ratings whatever; single tables of two observers are in test_report."""

import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from observe.core.agreement.counts import count
from observe.core.agreement.figures import Difference, Figure, Report
from observe.core.agreement.plain import plain
from observe.core.agreement.ratings import Integers, LongRatings, PairedRatings, Scale, pair_up
from observe.core.agreement.report import report, report_with_leniency
from tests.core.agreement.makers import criterion, of_matrix, of_table

COEFFICIENTS = ("alpha", "ac1", "ac2", "kappa_quadratic", "kappa_linear", "icc_a1")
PROPORTIONS = ("exact", "within_one")
POOLED = ("alpha_stratified", "ac2_mean", "exact", "within_one")
LEVELS = 3

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lessons(*, observers: int = 3, gaps: bool = True) -> st.SearchStrategy[Integers]:
    """Positions of levels, lessons x criteria x occasions x observers; -1 where nobody gave one."""
    shape = st.tuples(st.integers(1, 9), st.integers(1, 3), st.integers(1, 3), st.just(observers))
    return arrays(np.int64, shape, elements=st.integers(-1 if gaps else 0, LEVELS - 1))


def rated(given: Integers, *, scale: Scale = "ordinal") -> PairedRatings:
    """The ratings paired, as of a file whose rows stand in the order of the array."""
    lesson, place, occasion, observer = np.nonzero(given >= 0)
    return pair_up(
        LongRatings(
            criteria=tuple(
                criterion(LEVELS, key=f"c{n}", scale=scale) for n in range(given.shape[1])
            ),
            observers=tuple(f"observer {n}" for n in range(given.shape[3])),
            lesson=lesson,
            observer=observer,
            criterion=place,
            occasion=occasion,
            level=given[given >= 0],
        )
    )


def named(found: Report) -> Iterator[tuple[str, Figure | Difference]]:
    """Every figure of a report with its name."""
    for each, name in itertools.product(
        found.criteria, (*COEFFICIENTS, *PROPORTIONS, "mean_difference")
    ):
        yield f"{each.criterion.key} {name}", getattr(each, name)
    for name in (*POOLED, "mean_difference"):
        yield f"pooled {name}", getattr(found.pooled, name)


def numbers(figure: Figure | Difference) -> list[float]:
    return [x for x in (figure.value, figure.low, figure.high) if x is not None]


def same(one: Report, other: Report, *, signs: int = 1) -> None:
    """Asserts that two reports say the same; differences with their sign turned if it is -1."""
    for (name, mine), (_, theirs) in zip(named(one), named(other), strict=True):
        turned = isinstance(mine, Difference) and signs == -1
        expected = [-x for x in numbers(theirs)] if turned else numbers(theirs)
        assert sorted(numbers(mine)) == pytest.approx(sorted(expected), abs=1e-9), name
        assert mine.reason == theirs.reason, name


@few
@given(lessons(observers=2))
def test_first_and_second_change_places_and_only_the_sign_of_the_difference_turns(
    given: Integers,
) -> None:
    ratings = rated(given)
    turned = replace(ratings, first=ratings.second, second=ratings.first)
    same(report(ratings), report(turned), signs=-1)


@few
@given(lessons(), st.permutations(range(3)))
def test_among_three_observers_nobodys_column_counts_more(
    given: Integers, order: list[int]
) -> None:
    one, other = report(rated(given)), report(rated(given[..., order]))
    for (name, mine), (_, theirs) in zip(named(one), named(other), strict=True):
        if isinstance(mine, Figure):
            assert numbers(mine) == pytest.approx(numbers(theirs), abs=1e-9), name


@few
@given(lessons(), st.randoms(use_true_random=False))
def test_lessons_in_another_order_say_the_same(given: Integers, shuffle: object) -> None:
    order = np.arange(len(given))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    one, other = report(rated(given)), report(rated(given[order]))
    for (name, mine), (_, theirs) in zip(named(one), named(other), strict=True):
        assert numbers(mine) == pytest.approx(numbers(theirs), abs=1e-9), name


@few
@given(lessons(), st.permutations(range(LEVELS)))
def test_names_of_codes_carry_no_meaning_among_three_observers_either(
    given: Integers, names: list[int]
) -> None:
    renamed = np.where(given < 0, -1, np.array(names)[given])
    one, other = (report(rated(each, scale="nominal")) for each in (given, renamed))
    for mine, theirs in zip(one.criteria, other.criteria, strict=True):
        for name in ("exact", "alpha", "ac1"):
            before, after = getattr(mine, name), getattr(theirs, name)
            assert before.reason == after.reason, name
            assert before.value == pytest.approx(after.value, abs=1e-9), name


@few
@given(lessons())
def test_a_scale_read_from_the_other_end_turns_only_the_sign(given: Integers) -> None:
    upside_down = np.where(given < 0, -1, LEVELS - 1 - given)
    one, other = report(rated(given)), report(rated(upside_down))
    for mine, theirs in zip(one.criteria, other.criteria, strict=True):
        for name in (*COEFFICIENTS, *PROPORTIONS):
            value = getattr(theirs, name).value
            assert getattr(mine, name).value == pytest.approx(value, abs=1e-9), name
        turned = theirs.mean_difference.value
        assert mine.mean_difference.value == pytest.approx(turned and -turned, abs=1e-9)


@few
@given(
    arrays(np.int64, st.tuples(st.integers(5, 12), st.integers(1, 3)), elements=st.integers(0, 2)),
    st.integers(1, 3),
    st.integers(2, 4),
)
def test_all_who_agree_on_more_than_one_level_have_one(
    levels: Integers, occasions: int, observers: int
) -> None:
    shape = (*levels.shape, occasions, observers)
    found = report(rated(np.broadcast_to(levels[..., np.newaxis, np.newaxis], shape)))
    for place, each in enumerate(found.criteria):
        known = 1.0 if np.unique(levels[:, place]).size > 1 else None
        kappas = ("kappa_quadratic", "kappa_linear") if observers == 2 else ()
        icc = ("icc_a1",) if observers == 2 or occasions == 1 else ()
        for name in ("alpha", *icc, *kappas):
            assert getattr(each, name).value == pytest.approx(known, abs=1e-12), name
        for name in ("exact", "within_one", "ac1", "ac2"):
            assert getattr(each, name).value == pytest.approx(1, abs=1e-12), name
    varied = 1.0 if any(np.unique(column).size > 1 for column in levels.T) else None
    assert found.pooled.alpha_stratified.value == pytest.approx(varied, abs=1e-12)
    assert found.pooled.ac2_mean.value == pytest.approx(1, abs=1e-12)
    assert found.pooled.exact.value == pytest.approx(1, abs=1e-12)


def degenerate() -> Iterator[tuple[str, PairedRatings]]:
    """Everything that some coefficient cannot do: few lessons, few levels, one observer, gaps."""
    for levels, lessons_ in itertools.product((1, 2, 3), (0, 1, 4, 5, 6)):
        for cell in range(levels**2):
            table = [[0] * levels for _ in range(levels)]
            table[cell // levels][cell % levels] = lessons_
            yield f"{lessons_} lessons in one cell {table}", of_table(table)
    for one, other in itertools.combinations(range(9), 2):
        flat = [0] * 9
        flat[one], flat[other] = 5, 1
        yield f"two cells {flat}", of_table([flat[:3], flat[3:6], flat[6:]])
    scales: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio")
    for scale in scales:
        for rows in ([[1, None]] * 6, [[1, 1, 1]] * 6, [[1, 1]] * 5 + [[2, 2]], [[1, 2, None]] * 6):
            yield f"{scale} {rows}", of_matrix(rows, (1, 2, 3), scale)
    yield "counts of nothing", of_matrix([[0, 0]] * 5 + [[0, 1]], (0, 1), "ratio")
    yield "minutes of nothing", of_matrix([[0, 0]] * 5 + [[0, 1]], (0, 1), "interval")


def test_what_cannot_be_had_is_none_with_a_reason_and_never_a_number_that_is_none() -> None:
    for name, ratings in degenerate():
        found = report(ratings)
        json.dumps(plain(found), allow_nan=False)
        for part, figure in named(found):
            assert (figure.value is None) == (figure.reason is not None), (name, part)
            assert len(numbers(figure)) in (0, 3), (name, part)
            assert all(map(math.isfinite, numbers(figure))), (name, part)


@few
@given(lessons())
def test_every_figure_lies_within_its_limits_pooled_or_not(given: Integers) -> None:
    for name, figure in named(report(rated(given))):
        if figure.value is not None:
            low, high = figure.low, figure.high
            assert low is not None
            assert high is not None
            assert low <= figure.value <= high, name


@few
@given(lessons())
def test_leniency_lies_within_its_limits_and_sums_to_nothing(given: Integers) -> None:
    everybody = report_with_leniency(rated(given)).leniency or ()
    for each in everybody:
        assert (each.logits is None) == (each.reason is not None)
        if each.low is not None and each.logits is not None and each.high is not None:
            assert each.low < each.logits < each.high
            assert math.isfinite(each.high - each.low)
    for group in {each.component for each in everybody}:
        shown = [each.logits for each in everybody if each.component == group]
        if None not in shown:
            assert sum(x for x in shown if x is not None) == pytest.approx(0, abs=1e-9)


@few
@given(lessons())
def test_twice_the_lessons_never_widen_any_limits(given: Integers) -> None:
    one, twice = report(rated(given)), report(rated(np.concatenate([given, given])))
    for (name, before), (_, after) in zip(named(one), named(twice), strict=True):
        if before.low is not None and before.high is not None:
            assert after.low is not None, name
            assert after.high is not None, name
            assert after.high - after.low <= before.high - before.low + 0.03, name


def test_occasions_that_one_lesson_alone_tells_apart_have_wide_limits_when_pooled() -> None:
    given = np.full((6, 1, 3, 2), 2)
    given[1, 0, 0, 1] = 1
    given[4, 0, :, 1] = 0
    alpha = report(rated(given)).pooled.alpha_stratified
    assert alpha.value == pytest.approx(0)
    assert max(numbers(alpha)) - min(numbers(alpha)) > 0.8


@few
@given(lessons(), st.integers(0, 9))
def test_parts_of_three_observers_add_up_to_the_whole(given: Integers, cut: int) -> None:
    whole = rated(given)
    early = whole.lesson < cut
    parts = [count(whole.only(np.flatnonzero(rows))) for rows in (early, ~early)]
    for place, counted in enumerate(count(whole)):
        for kind in ("pairs", "cells"):
            added = sum(
                getattr(part[place]._tables(part[place].cluster * 0, slice(None), 1), kind)[0]
                for part in parts
            )
            np.testing.assert_allclose(added, getattr(counted.total, kind), atol=1e-12)
        assert sum(part[place].cells for part in parts) == counted.cells


@few
@given(lessons())
def test_chance_and_shares_stand_in_order(given: Integers) -> None:
    for each in report(rated(given)).criteria:
        if each.exact.value is not None and each.within_one.value is not None:
            assert 0 <= each.exact.value <= each.within_one.value <= 1
            assert each.exact.chance is not None
            assert each.within_one.chance is not None
            assert -1e-12 <= each.exact.chance <= each.within_one.chance <= 1 + 1e-12


@few
@given(arrays(np.int64, st.tuples(st.integers(5, 20), st.just(3)), elements=st.integers(-1, 1)))
def test_with_two_levels_every_scale_says_the_same(given: Integers) -> None:
    rows = [[level if level >= 0 else None for level in row] for row in given.tolist()]
    scales: tuple[Scale, ...] = ("nominal", "ordinal", "interval")
    if any(level is not None for row in rows for level in row):
        values = {
            report(of_matrix(rows, (0, 1), scale)).criteria[0].alpha.value for scale in scales
        }
        assert len({None if value is None else round(value, 9) for value in values}) == 1


def test_criteria_that_few_lessons_saw_are_summed_without_a_pair_that_nobody_gave() -> None:
    seen = [(1, 0, 0), (1, 1, 0), (2, 1, 0), (1, 0, 0), (0, 1, 1)]
    given = np.full((5, 3, 2, 3), -1)
    for lesson, (of, occasion, level) in enumerate(seen):
        given[lesson, of, occasion, :2] = 0, level
    assert report(rated(given)).pooled.exact.value == 0.8
