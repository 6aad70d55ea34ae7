"""What small changes of the engine once went unseen (`bench/mutants.sh` found them)."""

import hashlib
import math

import numpy as np
import pytest

from observe.core.agreement import limits
from observe.core.agreement.coefficients import gwet
from observe.core.agreement.counts import count
from observe.core.agreement.figures import Figure
from observe.core.agreement.gwet_error import gwet_error
from observe.core.agreement.planning import (
    MOST_LESSONS,
    chance_line,
    lessons_needed,
    more_lessons,
)
from observe.core.agreement.quantiles import t_quantile
from tests.core.agreement.makers import counts, of_table

SEVEN = [[1, 1, 0, 0], [0, 2, 1, 0], [0, 0, 1, 1], [0, 0, 0, 0]]


def test_a_table_seeds_its_draws_by_the_first_eight_bytes_of_its_hash() -> None:
    turned = limits.in_either_order(counts(SEVEN))
    digest = hashlib.sha256(turned.astype("<f8").tobytes()).digest()
    seed = sum(byte << 8 * place for place, byte in enumerate(digest[:8]))
    by_table, by_seed = limits.drawn(counts(SEVEN)), limits.drawn(counts(SEVEN), seed=seed)
    np.testing.assert_array_equal(by_table.pairs, by_seed.pairs)


def test_one_draw_that_is_known_bounds_alone() -> None:
    assert limits.of_draws(np.array([0.4, np.nan]), 0.5) == (0.4, 0.5)
    assert limits.of_draws(np.array([np.nan]), 0.5) == limits.ANYTHING


def test_limits_lie_on_the_line_between_two_draws() -> None:
    assert limits.of_draws(np.array([0.6, 0.2]), 0.3) == pytest.approx((0.216, 0.584))


def test_a_share_is_never_more_than_all_however_many_lessons() -> None:
    for n in range(1, 300):
        assert limits.wilson(1.0, n)[1] == 1
        assert limits.wilson(0.0, n)[0] == 0


def test_two_lessons_are_enough_to_leave_one_out() -> None:
    found = limits.jackknife(np.array([0.2, 0.4]))
    assert found is not None
    assert found.error == pytest.approx(0.1)
    assert limits.jackknife(np.array([0.2])) is None


def test_a_coefficient_is_never_beyond_one() -> None:
    assert limits.clipped((-1.4, 1.3)) == (-1, 1)
    assert limits.clipped((-0.4, 0.3)) == (-0.4, 0.3)


def test_shares_of_several_cells_go_by_t_with_one_degree_less_than_lessons() -> None:
    without = np.array([0.5, 0.62, 0.58, 0.66, 0.6, 0.64])
    error = math.sqrt(5 / 6 * ((without - without.mean()) ** 2).sum())
    expected = limits.wilson(0.6, 0.24 / error**2, quantile=t_quantile(0.975, 5))
    assert limits.of_proportion(0.6, without, lessons=6, cells=150) == pytest.approx(expected)


def test_lessons_that_are_counted_say_the_same_as_lessons_one_by_one() -> None:
    values, times = np.array([0.0, 1.0, 3.0]), np.array([3, 2, 1])
    assert limits.of_mean(values, times) == pytest.approx(limits.of_mean(np.repeat(values, times)))


def test_two_lessons_are_the_fewest_to_plan_from() -> None:
    assert lessons_needed(0.5, now=0.5, lessons=2) == 2
    with pytest.raises(ValueError, match=r"^fewer than two lessons have no half-width$"):
        lessons_needed(0.1, now=0.5, lessons=1)


def test_what_no_number_of_lessons_brings_is_not_planned() -> None:
    assert lessons_needed(1e-6, now=1.0, lessons=5) is None
    assert more_lessons(Figure(0.5, 0.0, 1.0), lessons=5, half_width=1e-6) is None
    assert more_lessons(Figure(0.5, None, 1.0), lessons=5, half_width=0.1) is None
    assert MOST_LESSONS == 1_000_000


def test_limits_that_are_just_narrow_enough_need_no_more_lessons() -> None:
    assert lessons_needed(0.25, now=0.25, lessons=17) == 17


def test_levels_that_nobody_uses_and_broken_shares_have_a_chance_line_too() -> None:
    line = chance_line([0.25, 0.0, 0.75])
    assert (line.exact, line.within_one) == pytest.approx((0.625, 0.625))
    assert chance_line([3]).exact == 1
    assert chance_line([1, 1, 2]).within_one == pytest.approx(0.375 + 2 * (2 + 1) / 16)


@pytest.mark.parametrize("use", [[], [0, 0], [1, -1, 2]])
def test_where_no_level_is_used_there_is_no_chance(use: list[float]) -> None:
    with pytest.raises(ValueError, match=r"^no level is used$"):
        chance_line(use)


def test_gwets_error_is_known_of_two_levels_and_of_two_lessons() -> None:
    two_levels = [[9, 2], [3, 6]]
    (counted,) = count(of_table(two_levels))
    found = gwet_error(counted, np.eye(2))
    without = [gwet(table, np.eye(2)) for part in counted.without_each() for table in part.pairs]
    jackknifed = limits.jackknife(np.array(without))
    assert jackknifed is not None
    assert found == pytest.approx(jackknifed.error, rel=0.1)
    (two_lessons,) = count(of_table([[1, 1, 0], [0, 0, 0], [0, 0, 0]]))
    assert gwet_error(two_lessons, np.eye(3)) is not None
    (one_lesson,) = count(of_table([[0, 1], [0, 0]]))
    assert gwet_error(one_lesson, np.eye(2)) is None
