import numpy as np
import pytest

from observe.core.agreement.habit_limits import differences
from observe.core.agreement.habits import habits
from observe.core.agreement.ratings import PairedRatings, paired
from tests.core.agreement.makers import criterion

KEYS = ("a", "b", "c", "d")


def flat_beside_spread(lessons: int, seed: int = 3) -> PairedRatings:
    """The first gives one level a lesson to everything; the second uses them all."""
    drawn = np.random.default_rng(seed)
    rows = [
        (key, lesson, lesson % 3, int(drawn.integers(4)), 1.0)
        for lesson in range(lessons)
        for key in KEYS
    ]
    return paired([criterion(4, key=key) for key in KEYS], rows)


def test_the_difference_is_the_first_habit_less_the_second() -> None:
    ratings = flat_beside_spread(12)
    first, second = habits(ratings)
    found = differences(ratings)
    assert found["halo"].value == pytest.approx((first.halo or 0) - (second.halo or 0))
    assert found["highest_share"].value == pytest.approx(
        (first.highest_share or 0) - (second.highest_share or 0)
    )


def test_a_clear_halo_is_told_from_chance() -> None:
    halo = differences(flat_beside_spread(30))["halo"]
    assert halo.high is not None
    assert halo.high < 0


def test_the_limits_cover_where_both_sides_have_the_same_habits() -> None:
    drawn, held = np.random.default_rng(11), 0
    for _ in range(60):
        rows = [
            (key, lesson, int(drawn.integers(4)), int(drawn.integers(4)), 1.0)
            for lesson in range(15)
            for key in KEYS
        ]
        halo = differences(paired([criterion(4, key=key) for key in KEYS], rows))["halo"]
        held += (halo.low or 0) <= 0 <= (halo.high or 0)
    assert held >= 54


def test_few_lessons_have_no_limits_and_say_why() -> None:
    assert differences(flat_beside_spread(5))["halo"].reason == "fewer than 6 lessons"
    assert differences(flat_beside_spread(4))["halo"].reason == "fewer than 5 lessons"
    nothing = paired([criterion(4)], [])
    assert differences(nothing)["spread"].reason == "no lesson was rated by two observers"
