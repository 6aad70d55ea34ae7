"""What small changes of drift and of the D-study once went unseen (`bench/mutants.sh` found them)."""

import numpy as np
import pytest

from observe.core.agreement.drift import drift
from observe.core.agreement.generalizability import (
    MOST_LESSONS,
    MOST_OBSERVERS,
    Component,
    g_study,
    needed,
    reliability,
    visits_of,
)
from observe.core.agreement.quantiles import t_quantile
from observe.core.agreement.ratings import Integers, LongRatings, paired
from tests.core.agreement.makers import Word, criterion, of_matrix
from tests.core.agreement.test_drift import every_third_day, of_gaps
from tests.core.agreement.test_generalizability import NESTED, nested


def parts(teacher: float, both: float, lesson: float | None = None) -> tuple[Component, ...]:
    """Components of teachers, of teachers by observers, and of lessons if they can be told apart."""
    found = [Component(("teacher",), teacher), Component(("teacher", "observer"), both)]
    more = [] if lesson is None else [Component(("teacher", "lesson"), lesson)]
    return (*found, *more)


def test_few_lessons_are_counted_though_they_show_no_drift() -> None:
    assert drift(of_gaps([0] * 29), every_third_day(29)).lessons == 29


def test_codes_without_an_order_and_counts_are_in_no_drift() -> None:
    gaps = [lesson % 3 for lesson in range(30)]
    rows = [("pace", lesson, 2 + gap, 2, 1.0) for lesson, gap in enumerate(gaps)]
    rows += [("who", lesson, 1, 0, 1.0) for lesson in range(30)]
    for scale in ("nominal", "ratio"):
        codes = criterion((0, 1), key="who", scale=scale)
        mixed = drift(paired([criterion(5), codes], rows), every_third_day(30))
        alone = drift(of_gaps(gaps), every_third_day(30))
        assert [each.difference for each in mixed.windows] == [w.difference for w in alone.windows]


def test_the_lines_limits_are_those_of_hc3() -> None:
    gaps = [(7 * lesson * lesson) % 5 - 2 for lesson in range(36)]
    day = every_third_day(36) + np.arange(36) % 2
    x = (day - day.mean()) / 30
    design = np.column_stack([np.ones(36), x])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ gaps
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    rest = (np.array(gaps) - design @ beta) / (1 - leverage)
    covariance = inverse @ (design.T * rest**2) @ design @ inverse
    for point in drift(of_gaps(gaps), day).line:
        at = np.array([1, (point.day - day.mean()) / 30])
        half = t_quantile(0.975, 34) * np.sqrt(at @ covariance @ at)
        assert point.value == pytest.approx(at @ beta)
        assert (point.value - point.low, point.high - point.value) == pytest.approx((half, half))


def test_with_several_observers_luck_weighs_every_two_of_them() -> None:
    two: list[list[Word]] = [[1, 1, None]] * 20
    three: list[list[Word]] = [[1, 2, 2]] * 10
    last = drift(of_matrix([*two, *three], (1, 2, 3), "ordinal"), every_third_day(30)).windows[-1]
    assert last.exact.chance == pytest.approx((10 * 9 + 20 * 19) / (30 * 29))


def test_a_study_that_has_components_needs_no_reason() -> None:
    study = g_study(nested(NESTED, [4, 4, 4]))
    assert study.components
    assert study.reason is None


def test_a_study_of_few_lessons_still_names_its_design() -> None:
    few = nested("5 6\n3 4", [1, 1])
    assert g_study(few).design == "teacher x observer"
    assert g_study(few).reason == "fewer than 5 lessons"


def test_criteria_of_two_levels_count_and_visits_know_their_lesson() -> None:
    def numbers(*given: int) -> Integers:
        return np.array(given, dtype=np.int64)

    ratings = LongRatings(
        criteria=(criterion(2, key="yes"), criterion(5, key="pace")),
        observers=("Ada", "Ben"),
        lesson=numbers(0, 0, 1, 1),
        observer=numbers(0, 0, 1, 1),
        criterion=numbers(0, 1, 0, 1),
        occasion=numbers(0, 0, 0, 0),
        level=numbers(1, 1, 0, 4),
    )
    visits = visits_of(ratings, numbers(7, 8))
    assert visits.lesson.tolist() == [0, 1]
    assert visits.teacher.tolist() == [7, 8]
    assert visits.score == pytest.approx([(1 + 1 / 4) / 2, (0 + 1) / 2])


@pytest.mark.parametrize("observers", [1, 2, MOST_OBSERVERS, MOST_OBSERVERS + 1, MOST_LESSONS])
def test_as_many_observers_as_it_takes_are_found(observers: int) -> None:
    both = 0.25 * observers  # teachers differ by 1, so that this many just reach .8
    found = needed(parts(1, both), target=0.8 - 1e-12)
    assert [(each.observers, each.lessons_each) for each in found] == [(observers, 1)]
    assert found[0].absolute == pytest.approx(0.8)


def test_beyond_two_hundred_lessons_it_is_out_of_reach() -> None:
    assert needed(parts(1, 0.25 * (MOST_LESSONS + 1)), target=0.8 - 1e-12) == ()


@pytest.mark.parametrize("lessons", [2, MOST_LESSONS])
def test_one_observer_needs_as_many_lessons_as_it_takes(lessons: int) -> None:
    lesson = 0.25 * lessons
    found = needed(parts(1, 0, lesson), target=0.8 - 1e-12)[0]
    assert (found.observers, found.lessons_each) == (1, lessons)
    assert found.absolute == pytest.approx(0.8)
    more = needed(parts(1, 0, 0.25 * (MOST_LESSONS + 1)), target=0.8 - 1e-12)
    assert [each for each in more if each.observers == 1] == []


def test_where_lessons_are_not_told_apart_one_a_person_is_all_that_is_asked() -> None:
    assert {each.lessons_each for each in needed(parts(1, 2))} == {1}
    assert reliability(parts(1, 2), observers=8, lessons_each=1).absolute == pytest.approx(0.8)


def test_what_a_lesson_adds_is_averaged_over_observers_and_stays_marked() -> None:
    lesson = Component(("teacher", "lesson"), 0.0, negative=True)
    found = reliability(
        (Component(("teacher",), 1.0), lesson, Component(("observer",), 1.0)),
        observers=4,
        lessons_each=3,
    )
    assert found.absolute == pytest.approx(1 / (1 + 1 / 4))
