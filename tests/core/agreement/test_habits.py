from dataclasses import replace

import numpy as np
import pytest

from observe.core.agreement.habits import habits
from observe.core.agreement.ratings import PairedRatings, RatedCriterion, paired
from tests.core.agreement.makers import criterion, of_matrix, of_table

FLAT = (0, 0, 0)
WIDE = (0, 1, 3)


def of_lessons(first: tuple[int, ...], second: tuple[int, ...], lessons: int = 6) -> PairedRatings:
    """The same levels in every lesson, one for each criterion."""
    keys = [f"c{place}" for place in range(len(first))]
    rows = [
        (key, lesson, a, b, 1.0)
        for lesson in range(lessons)
        for key, a, b in zip(keys, first, second, strict=True)
    ]
    return paired([criterion(4, key=key) for key in keys], rows)


def test_an_observer_who_gives_every_criterion_one_level_has_no_halo_spread() -> None:
    mine, theirs = habits(of_lessons(FLAT, WIDE))
    assert mine.halo == 0
    assert theirs.halo == pytest.approx(np.std(WIDE, ddof=1))
    assert (mine.levels_used, theirs.levels_used, mine.levels) == (1, 3, 4)


def test_each_sides_commonest_and_end_levels_are_shares_of_its_ratings() -> None:
    mine, theirs = habits(of_lessons((0, 0, 2), (3, 3, 3)))
    assert (mine.commonest, mine.highest_share) == (0, 0)
    assert mine.commonest_share == mine.lowest_share == pytest.approx(2 / 3)
    assert (theirs.commonest, theirs.lowest_share, theirs.highest_share) == (3, 0, 1)


def test_the_spread_is_over_the_lessons_of_a_criterion() -> None:
    mine, theirs = habits(of_table([[3, 0, 0], [0, 0, 0], [0, 3, 0]]))
    assert mine.spread == pytest.approx(np.std([0, 0, 0, 2, 2, 2], ddof=1))
    assert theirs.spread == pytest.approx(np.std([0, 0, 0, 1, 1, 1], ddof=1))


def test_one_criterion_alone_shows_no_halo() -> None:
    mine, _ = habits(of_table([[3, 0], [1, 2]]))
    assert (mine.halo, mine.reason) == (None, "no lesson has two criteria")
    assert mine.commonest_share == pytest.approx(0.5)


def test_four_lessons_show_no_habit() -> None:
    for side in habits(of_lessons(FLAT, WIDE, lessons=4)):
        assert (side.lessons, side.halo, side.commonest_share) == (4, None, None)
        assert side.reason == "fewer than 5 lessons"


def test_codes_and_minutes_are_no_habit_of_levels() -> None:
    for side in habits(of_matrix([[1, 2]] * 6, (1, 2, 3), "nominal")):
        assert side.reason == "no criterion can be pooled"


def test_without_two_roles_there_are_no_sides() -> None:
    nobody = replace(of_lessons(FLAT, WIDE), signed=np.zeros(18, np.bool_))
    assert {side.reason for side in habits(nobody)} == {"no two roles rated the same lesson"}


def test_only_the_scale_that_most_ratings_have_is_looked_at() -> None:
    both = [criterion(4, key="a"), criterion(4, key="b"), RatedCriterion("c", "C", (0, 1))]
    rows = [
        (key, lesson, level, level, 1.0)
        for lesson in range(5)
        for key, level in (("a", 1), ("b", 2), ("c", 1))
    ]
    mine, _ = habits(paired(both, rows))
    assert (mine.criteria, mine.levels, mine.lowest_share) == (2, 4, 0)


def test_a_head_with_two_partners_in_a_lesson_is_counted_once() -> None:
    mine, _ = habits(of_matrix([[4, 1, 2], *[[1, 1, None]] * 4], (1, 2, 3, 4), "ordinal"))
    assert mine.highest_share == pytest.approx(1 / 6)


def test_occasions_are_averaged_before_habits_are_looked_at() -> None:
    rows = [("pace", lesson, level, 0, 1.0) for lesson in range(5) for level in (1, 2)]
    mine, _ = habits(paired([criterion()], rows))
    assert (mine.commonest, mine.commonest_share) == (2, 1)
