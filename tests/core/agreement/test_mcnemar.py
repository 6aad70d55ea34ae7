import math
from dataclasses import replace

import pytest

from observe.core.agreement.figures import CriterionReport
from observe.core.agreement.mcnemar import mcnemar
from observe.core.agreement.ratings import PairedRatings, RatedCriterion, paired
from observe.core.agreement.report import report
from tests.core.agreement.makers import counts, of_matrix, of_table


def of(ratings: PairedRatings) -> CriterionReport:
    return report(ratings).criteria[0]


def test_the_split_of_lessons_on_which_they_differed_is_a_fair_coins_or_not() -> None:
    found = mcnemar(counts([[20, 2], [10, 15]]))
    assert (found.first_only, found.second_only) == (10, 2)
    assert found.p == pytest.approx(2 * (1 + 12 + 66) / 2**12)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (7, 3), (40, 61), (3, 3), (150, 86)])
def test_the_exact_test_adds_up_the_binomial(first: int, second: int) -> None:
    n, fewer = first + second, min(first, second)
    known = min(1.0, 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n)
    assert mcnemar(counts([[9, second], [first, 9]])).p == pytest.approx(known, rel=1e-10)


def test_who_is_named_first_changes_no_p() -> None:
    one, other = (mcnemar(counts([[4, a], [b, 4]])) for a, b in ((1, 8), (8, 1)))
    assert one.p == other.p
    assert (one.first_only, one.second_only) == (other.second_only, other.first_only)


def test_a_criterion_of_two_levels_says_who_says_yes_more_often() -> None:
    found = of(of_table([[3, 1], [6, 2]])).mcnemar
    assert found is not None
    assert (found.first_only, found.second_only) == (6, 1)
    assert found.p == pytest.approx(0.125)


def test_two_codes_without_an_order_are_told_apart_too() -> None:
    assert of(of_table([[3, 1], [6, 2]], scale="nominal")).mcnemar is not None


def test_there_is_none_for_three_levels_or_three_observers() -> None:
    assert of(of_table([[2, 1, 0], [1, 2, 1], [0, 1, 2]])).mcnemar is None
    three = of_matrix([[0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 1]], (0, 1), "ordinal")
    assert of(three).mcnemar is None


def test_where_there_is_no_p_it_says_why() -> None:
    never = of(of_table([[4, 0], [0, 3]])).mcnemar
    few = of(of_table([[1, 0], [2, 1]])).mcnemar
    rows = [("pace", lesson, 1, 0, 1.0) for lesson in range(6) for _ in range(3)]
    several = of(paired([RatedCriterion("pace", "Pace", (0, 1))], rows)).mcnemar
    assert never is not None
    assert (never.p, never.reason) == (None, "they never gave different levels")
    assert few is not None
    assert (few.first_only, few.p, few.reason) == (2, None, "fewer than 5 lessons")
    assert several is not None
    assert (several.p, several.reason) == (None, "several cells a lesson")
    assert replace(several, reason=None).first_only == 18
