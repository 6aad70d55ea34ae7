"""With the answers of Brennan 2001, Generalizability Theory: synthetic data 1, 3 and 4, and of 7.1."""

from collections.abc import Mapping

import numpy as np
import pytest

from observe.core.agreement.generalizability import (
    Component,
    Visits,
    d_study,
    g_study,
    needed,
    reliability,
    variance_components,
    visits_of,
)
from observe.core.agreement.ratings import Integers, LongRatings, joined
from tests.core.agreement.makers import criterion
from tests.reference import expected, matrix

NESTED = """
5 6 5 5  5 3 4 5  6 7 3 3
9 3 7 7  7 5 5 5  7 7 5 2
3 4 3 3  5 3 3 5  6 5 1 6
7 5 5 3  3 1 4 3  5 3 3 5
9 2 9 7  7 7 3 7  2 7 5 3
3 4 3 5  3 3 6 3  4 5 1 2
7 3 7 7  7 5 5 7  5 5 5 4
5 8 5 7  7 5 5 4  3 2 1 1
9 9 8 8  6 6 6 5  5 8 1 1
4 4 4 3  3 5 6 5  5 7 1 1
"""

UNBALANCED = """
4 5  3 3 5 4  5 7
2 1  2 3 1 4  4 6
2 4  4 7 6 5  8 7
1 3  5 4 5 5  4 5
3 3  6 7 5 7  8 9
1 2  5 6 4 4  5 6
3 5  6 8 6 7  7 8
0 1  1 2 0 4  7 8
"""


def nested(text: str, sizes: list[int]) -> Visits:
    """Teachers down; observers and each one's lessons across."""
    scores = np.array([[int(word) for word in line.split()] for line in text.split("\n") if line])
    teacher = np.repeat(np.arange(len(scores)), scores.shape[1])
    observer = np.tile(np.repeat(np.arange(len(sizes)), sizes), len(scores))
    return Visits(teacher, np.arange(teacher.size), observer, scores.ravel().astype(float))


def variances(components: tuple[Component, ...] | None) -> list[float]:
    assert components is not None
    return [each.variance for each in components]


def columns(name: str) -> list[Integers]:
    rows = np.array(matrix("brennan_2001_gtheory", name), dtype=np.int64)
    return [column.copy() for column in rows.T]


def test_brennans_persons_by_items() -> None:
    known = expected("brennan_2001_gtheory")["synthetic1_p_x_i"]["published"]
    p, i, score = columns("synthetic1_p_x_i.csv")
    found = g_study(Visits(p - 1, np.arange(p.size), i - 1, score.astype(float)))
    assert found.design == "teacher x observer"
    assert [round(each, 4) for each in variances(found.components)] == list(known["var"].values())
    for n, answers in (*known["D_study"].items(), ("12", known)):
        mine = d_study(found.components, {"observer": int(n)})
        phi, rho = (answers.get(key) or answers[f"{key}_ni12"] for key in ("Phi", "E_rho2"))
        assert mine.absolute == pytest.approx(phi, abs=1e-3)
        assert mine.relative == pytest.approx(rho, abs=1e-3)


def test_brennans_persons_by_items_by_occasions() -> None:
    known = expected("brennan_2001_gtheory")["synthetic3_p_x_i_x_o"]["published"]
    p, i, o, score = columns("synthetic3_p_x_i_x_o.csv")
    of = {"p": p - 1, "i": i - 1, "o": o - 1}
    effects = {tuple(name): joined([of[facet] for facet in name]) for name in known["var"]}
    found = variance_components(score.astype(float), effects)
    assert variances(found) == pytest.approx(list(known["var"].values()), abs=5e-5)
    assert found is not None
    mine = d_study(found, {"i": 4, "o": 2}, of="p")
    assert mine.relative == pytest.approx(known["E_rho2"], abs=5e-3)
    assert mine.absolute == pytest.approx(known["Phi"], abs=5e-3)


def test_brennans_raters_within_tasks() -> None:
    found = g_study(nested(NESTED, [4, 4, 4]))
    assert found.design == "teacher x (lesson : observer)"
    assert (found.teachers, found.observers, found.lessons) == (10, 3, 120)
    assert variances(found.components) == pytest.approx(
        [0.4731, 0.3252, 0.6475, 0.5596, 2.3802], abs=5e-5
    )
    mine = reliability(found.components, observers=3, lessons_each=4)
    assert mine.relative == pytest.approx(0.55, abs=5e-3)
    assert mine.absolute == pytest.approx(0.46, abs=5e-3)


def test_brennans_unbalanced_items_within_categories() -> None:
    found = g_study(nested(UNBALANCED, [2, 4, 2]))
    assert variances(found.components) == pytest.approx(
        [1.2014, 2.9161, 0.2946, 0.9913, 0.8429], abs=2e-4
    )


def simulated(variance: Mapping[str, float], *, seed: int, teachers: int = 400) -> Visits:
    """Two observers of forty see four lessons of each teacher together."""
    draw = np.random.default_rng(seed)
    lesson = np.repeat(np.arange(4 * teachers), 2)
    teacher = lesson // 4
    pairs = np.array([draw.choice(40, 2, replace=False) for _ in range(teachers)])
    observer = np.column_stack([pairs[teacher[::2], 0], pairs[teacher[::2], 1]]).ravel()
    both = joined((teacher, observer))
    score = draw.normal(0, np.sqrt(variance["rest"]), lesson.size)
    for name, code in (
        ("teacher", teacher),
        ("lesson", lesson),
        ("observer", observer),
        ("both", both),
    ):
        score += draw.normal(0, np.sqrt(variance[name]), int(code.max()) + 1)[code]
    return Visits(teacher, lesson, observer, score)


def test_lessons_that_two_observers_shared_are_told_from_their_teacher() -> None:
    truth = {"teacher": 0.5, "lesson": 0.3, "observer": 0.2, "both": 0.1, "rest": 0.4}
    runs = [g_study(simulated(truth, seed=seed)) for seed in range(8)]
    assert {each.design for each in runs} == {"(lesson : teacher) x observer"}
    means = np.mean([variances(each.components) for each in runs], axis=0)
    assert means == pytest.approx(list(truth.values()), abs=0.06)


def test_lessons_that_two_shared_are_not_taken_for_their_teacher_where_nobody_came_again() -> None:
    draw = np.random.default_rng(4)
    lesson = np.repeat(np.arange(1200), 2)
    teacher = lesson // 2
    observer = np.array([draw.permutation(40)[:4] for _ in range(600)]).ravel()
    score = (
        draw.normal(0, 0.5, 600)[teacher]
        + draw.normal(0, 0.7, 1200)[lesson]
        + draw.normal(0, 0.4, 40)[observer]
        + draw.normal(0, 0.6, 2400)
    )
    found = g_study(Visits(teacher, lesson, observer, score))
    assert found.design == "(lesson : teacher) x observer"
    assert [each.name for each in found.components] == [
        "teacher",
        "teacher x lesson",
        "observer",
        "teacher x observer",
    ]
    assert variances(found.components) == pytest.approx([0.25, 0.49, 0.16, 0.36], abs=0.07)


def test_a_negative_component_is_set_to_nothing_and_said() -> None:
    scores = np.array([[1.0, 2], [2, 1], [1, 2], [2, 1], [1.5, 1.5]])
    found = g_study(
        Visits(np.repeat(np.arange(5), 2), np.arange(10), np.tile([0, 1], 5), scores.ravel())
    )
    teacher = found.components[0]
    assert (teacher.name, teacher.variance, teacher.negative) == ("teacher", 0, True)
    assert reliability(found.components, observers=2, lessons_each=1).absolute is None
    assert needed(found.components) == ()


def test_visits_of_one_observer_to_each_teacher_tell_nothing_apart() -> None:
    alone = Visits(np.arange(9), np.arange(9), np.arange(9), np.arange(9.0))
    found = g_study(alone)
    assert found.components == ()
    assert found.reason == "the visits cannot tell teachers, observers and lessons apart"


def test_four_lessons_have_no_components() -> None:
    few = Visits(np.arange(4) // 2, np.arange(4), np.arange(4) % 2, np.arange(4.0))
    assert g_study(few).reason == "fewer than 5 lessons"


def test_without_a_criterion_to_pool_there_is_no_score_to_take_apart() -> None:
    nothing = np.empty(0, np.int64)
    assert g_study(Visits(nothing, nothing, nothing, np.empty(0))).reason == (
        "no criterion can be pooled"
    )


PARTS = (
    Component(("teacher",), 0.40),
    Component(("observer",), 0.02),
    Component(("teacher", "observer"), 0.03),
    Component(("teacher", "lesson"), 0.30),
    Component(("teacher", "observer", "lesson"), 0.20),
)


def test_one_observer_needs_more_lessons_than_two_in_all() -> None:
    one, two, *_ = needed(PARTS)
    assert (one.observers, one.lessons) == (1, 10)
    assert (two.observers, two.lessons_each, two.lessons) == (2, 4, 8)
    for need in (one, two):
        assert need.absolute >= 0.8
        fewer = reliability(PARTS, observers=need.observers, lessons_each=need.lessons_each - 1)
        assert fewer.absolute is not None
        assert fewer.absolute < 0.8


def test_a_single_fixed_partner_may_never_reach_it_where_rotating_observers_do() -> None:
    own_view = (PARTS[0], Component(("teacher", "observer"), 0.15), *PARTS[3:])
    assert needed(own_view)[0].observers == 2


def test_more_observers_than_are_needed_are_not_named() -> None:
    assert needed(PARTS)[-1].lessons_each == 1
    assert [each.observers for each in needed(PARTS)] == list(range(1, len(needed(PARTS)) + 1))


def test_where_ten_observers_would_not_do_each_lesson_is_by_another() -> None:
    apart = (Component(("teacher",), 0.1), Component(("teacher", "observer"), 0.5))
    (only,) = needed(apart)
    assert (only.observers, only.lessons) == (20, 20)
    assert needed((Component(("teacher",), 0.001), apart[1])) == ()


def test_without_repeated_visits_only_observers_are_counted() -> None:
    apart = (Component(("teacher",), 0.4), Component(("teacher", "observer"), 0.25))
    (only,) = needed(apart)
    assert (only.observers, only.lessons) == (3, 3)


def test_the_score_of_a_visit_is_its_mean_place_on_the_pooled_scales() -> None:
    long = LongRatings(
        criteria=(
            criterion(4, key="pace"),
            criterion(3, key="tone"),
            criterion(9, key="n", scale="ratio"),
        ),
        observers=("Ada", "Ben"),
        lesson=np.array([0, 0, 0, 0, 1]),
        observer=np.array([0, 0, 0, 1, 1]),
        criterion=np.array([0, 1, 2, 0, 1]),
        occasion=np.zeros(5, np.int64),
        level=np.array([3, 1, 8, 0, 2]),
    )
    found = visits_of(long, np.array([7, 5]))
    assert found.score.tolist() == [0.75, 0, 1]
    assert found.teacher.tolist() == [7, 7, 5]
    assert found.observer.tolist() == [0, 1, 1]


def test_criteria_of_as_many_levels_are_scored_in_levels() -> None:
    long = LongRatings(
        criteria=(criterion(4, key="pace"), criterion(4, key="tone")),
        observers=("Ada",),
        lesson=np.array([0, 0, 1]),
        observer=np.zeros(3, np.int64),
        criterion=np.array([0, 1, 0]),
        occasion=np.zeros(3, np.int64),
        level=np.array([3, 0, 2]),
    )
    assert visits_of(long, np.array([0, 0])).score.tolist() == [1.5, 2]
