"""What small changes of the counting once went unseen (`bench/mutants.sh` found them)."""

from itertools import chain

import numpy as np
import pytest

from observe.core.agreement import counts
from observe.core.agreement.counts import BLOCKS, Counted, Tables, count
from observe.core.agreement.ratings import PairedRatings, paired
from tests.core.agreement.makers import Word, criterion, of_matrix

THREE: list[list[Word]] = [
    [1, 2, 1],
    [2, 2, 3],
    [3, 3, None],
    [1, 1, 2],
    [2, 3, 3],
    [1, None, 1],
    [3, 2, 3],
]
LEVELS = (1, 2, 3)


def of_three() -> PairedRatings:
    return of_matrix(THREE, LEVELS, "ordinal")


def without_each(counted: Counted) -> list[Tables]:
    """The tables without each cluster, one by one."""
    parts = list(counted.without_each())
    pairs, cells, alone = (
        list(chain.from_iterable(getattr(part, name) for part in parts))
        for name in ("pairs", "cells", "alone")
    )
    return [Tables(*each) for each in zip(pairs, cells, alone, strict=True)]


def test_without_a_lesson_of_three_observers_its_pairs_and_its_cell_are_gone() -> None:
    whole = of_three()
    (counted,) = count(whole)
    for left_out, found in enumerate(without_each(counted)):
        (rest,) = count(whole.only(np.flatnonzero(whole.lesson != left_out)))
        np.testing.assert_allclose(found.pairs, rest.total.pairs, atol=1e-12)
        np.testing.assert_allclose(found.cells, rest.total.cells, atol=1e-12)
        assert found.cells.sum() == pytest.approx(len(THREE) - 1)


def test_lessons_are_left_out_alike_however_many_fit_into_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (counted,) = count(of_three())
    at_once = without_each(counted)
    monkeypatch.setattr(counts, "ENTRIES_AT_ONCE", 2 * len(LEVELS) ** 2)
    (again,) = count(of_three())
    assert [part.pairs.shape[0] for part in again.without_each()] == [2, 2, 2, 1]
    for one, other in zip(at_once, without_each(again), strict=True):
        np.testing.assert_array_equal(one.pairs, other.pairs)


def test_a_wide_scale_leaves_out_one_lesson_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "ENTRIES_AT_ONCE", 1)
    (counted,) = count(of_three())
    assert [part.pairs.shape[0] for part in counted.without_each()] == [1] * len(THREE)


def test_an_analysis_of_variance_needs_every_observer_in_every_lesson() -> None:
    whole: list[list[Word]] = [[1, 2, 1], [2, 2, 3], [3, 3, 3]]
    gaps: list[list[Word]] = [[1, 2, 1], [2, 2, 3], [3, None, 3]]
    (full,) = count(of_matrix(whole, LEVELS, "ordinal"))
    (with_a_gap,) = count(of_matrix(gaps, LEVELS, "ordinal"))
    assert full.squares is not None
    assert with_a_gap.squares is None


def test_lessons_are_numbered_by_criterion_unless_they_are_counted_together() -> None:
    rows = [("pace", lesson, 0, 1, 1.0) for lesson in range(3)]
    rows += [("tone", lesson, 1, 1, 1.0) for lesson in (5, 7)]
    ratings = paired([criterion(key="pace"), criterion(key="tone")], rows)
    assert [each.clusters for each in count(ratings)] == [3, 2]
    assert [each.clusters for each in count(ratings, together=True)] == [5, 5]


def test_a_criterion_that_nobody_rated_has_no_cluster() -> None:
    ratings = paired([criterion(key="pace"), criterion(key="tone")], [("pace", 0, 0, 1, 1.0)])
    assert [each.clusters for each in count(ratings)] == [1, 0]


def test_a_lesson_is_rated_by_one_only_where_no_two_met_in_any_occasion() -> None:
    (counted,) = count(of_matrix([[1, 2], [3, None], [None, 2], [2, 2]], LEVELS, "ordinal"))
    assert counted.alone_lessons == 2
    assert counted.alone.tolist() == [0, 1, 1]


def test_ten_thousand_lessons_are_left_out_one_by_one_and_one_more_by_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counts, "MANY_LESSONS", 4)
    few = paired([criterion()], [("pace", lesson, 0, 1, 1.0) for lesson in range(4)])
    many = paired([criterion()], [("pace", lesson, 0, 1, 1.0) for lesson in range(5)])
    assert [count(each)[0].clusters for each in (few, many)] == [4, 5]
    assert BLOCKS > 5
    in_blocks = PairedRatings(
        many.criteria,
        many.criterion,
        many.lesson,
        many.first,
        many.second,
        block=np.array([7, 9, 7, 9, 9]),
    )
    (counted,) = count(in_blocks)
    assert counted.cluster.tolist() == [0, 0, 1, 1, 1]
