"""Rules of certification: what they decide, how often they err, and what is wrong with one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.certification_odds import odds
from observe.core.certification_rule import (
    BY_POINTS,
    CLASS_LIKE,
    DEFAULT,
    NONE_FAR_APART,
    PRESETS,
    THREE_IN_A_ROW,
    Beside,
    Cuts,
    DecideBy,
    Floor,
    Rule,
    Scope,
    Statistic,
    as_json,
    faults,
    from_json,
)
from observe.core.certifying import (
    Cell,
    Clause,
    Decision,
    Evidence,
    LessonSeen,
    counting,
    evidence,
    judge,
)

DAY = date(2026, 9, 1)
BARE = replace(NONE_FAR_APART, threshold=0.8, max_gap=None)


def a_lesson(*gaps: int, day: date = DAY, levels: int = 4, digest: str = "one") -> LessonSeen:
    """A lesson whose criteria c0, c1, ... had these gaps."""
    cells = tuple(Cell(f"c{n}", gap, levels) for n, gap in enumerate(gaps))
    return LessonSeen(uuid4(), day, digest, cells)


def lessons(number: int, *gaps: int, start: date = DAY, digest: str = "one") -> list[LessonSeen]:
    """One lesson a day with these gaps."""
    days = (start + timedelta(days=n) for n in range(number))
    return [a_lesson(*gaps, day=day, digest=digest) for day in days]


def decided(rule: Rule, seen: Sequence[LessonSeen]) -> tuple[Decision, Clause]:
    found = judge(rule, seen, look=len(seen))
    return found.decision, found.clause


def test_each_preset_can_be_put_in_force_and_is_read_back_as_it_was() -> None:
    for rule in PRESETS.values():
        assert faults(rule) == []
        assert from_json(as_json(rule)) == rule


def test_the_default_looks_after_5_10_20_and_40_lessons() -> None:
    assert DEFAULT.looks == (5, 10, 20, 40)
    assert (DEFAULT.next_look(5), DEFAULT.next_look(40)) == (10, None)
    assert (DEFAULT.threshold, DEFAULT.cuts) == (0.8, Cuts(0.9, 0.1))


def test_the_probability_is_beta_with_the_design_effect() -> None:
    found, D = Evidence(lessons=10, cells=160, points=140), 1 + 0.1 * 15
    x = np.linspace(0, 1, 200_001)
    height = x ** (140 / D) * (1 - x) ** (20 / D)
    expected = height[x >= 0.8].sum() / height.sum()
    assert found.design == pytest.approx(D)
    assert found.probability(0.8) == pytest.approx(expected, abs=1e-4)


def test_the_probability_of_one_cell_a_lesson_is_the_plain_beta() -> None:
    found = Evidence(lessons=4, cells=4, points=4)
    assert found.design == 1
    assert found.probability(0.8) == pytest.approx(1 - 0.8**5, abs=1e-12)


def test_a_true_75_percent_passes_the_default_in_3_percent() -> None:
    assert odds(DEFAULT, 0.75).passed == pytest.approx(0.03, abs=0.008)


def test_a_true_85_percent_is_sent_back_by_the_default_in_4_percent() -> None:
    assert odds(DEFAULT, 0.85).sent_back == pytest.approx(0.04, abs=0.008)


@pytest.mark.parametrize(("alike", "passes"), [(0.0, 0.26), (0.1, 0.34)])
def test_80_percent_of_50_codes_lets_a_true_75_percent_pass_in_26_to_34_percent(
    alike: float, passes: float
) -> None:
    found = odds(BARE, 0.75, cells=10, alike=alike)
    assert found.passed == pytest.approx(passes, abs=0.02)


def test_the_odds_of_a_rule_are_the_same_each_time_and_add_up() -> None:
    for rule in PRESETS.values():
        one, other = odds(rule, 0.75), odds(rule, 0.75)
        assert one == other
        assert one.passed + one.sent_back + one.left_open == pytest.approx(1)
        assert rule.looks[0] <= one.lessons <= rule.looks[-1]


@pytest.mark.parametrize(
    "rule",
    [
        DEFAULT,
        BY_POINTS,
        replace(DEFAULT, decide_by=DecideBy.LOWER_LIMIT, cuts=None),
        replace(NONE_FAR_APART, max_gap=2),
        replace(BARE, looks=(5, 10), floors=(Floor(0.5), Floor(0.6, "c0"))),
        THREE_IN_A_ROW,
    ],
)
def test_the_odds_are_those_of_the_decision_itself(rule: Rule) -> None:
    """The same lessons, drawn anew and judged one look after the other."""
    generator, passed, times = np.random.default_rng(5), 0, 300
    near = (rule.adjacent_part or 0) * 7 / 8
    hit = (0.8 - near) / (1 - near)
    for _ in range(times):
        seen = []
        for own in generator.beta(hit * 9, (1 - hit) * 9, rule.looks[-1]):
            miss = generator.random(8) >= own
            further = (generator.random((3, 8)) < 1 / 8).cumprod(axis=0).sum(axis=0)
            base = 2 if rule.statistic is Statistic.WITHIN_ONE else 1
            seen.append(a_lesson(*(miss * (base + further)).tolist()))
        passed += passes(rule, seen)
    assert odds(rule, 0.8, cells=8).passed == pytest.approx(passed / times, abs=0.09)


def passes(rule: Rule, seen: Sequence[LessonSeen]) -> bool:
    for look in rule.looks:
        found = judge(rule, seen, look=look)
        if found.decision is not Decision.MORE:
            return found.decision is Decision.PASS
    return False


def test_somebody_who_always_agrees_passes_at_the_first_look_as_probable() -> None:
    assert decided(DEFAULT, lessons(5, *[0] * 16)) == (Decision.PASS, Clause.PROBABLE)


def test_somebody_who_is_far_apart_on_half_trains_again_as_improbable() -> None:
    assert decided(DEFAULT, lessons(5, *[0, 2] * 8)) == (Decision.TRAIN, Clause.IMPROBABLE)


def test_between_the_cuts_more_lessons_are_needed() -> None:
    four_of_five = [0, 1, 1, 0, 2]
    assert decided(DEFAULT, lessons(5, *four_of_five)) == (Decision.MORE, Clause.UNDECIDED)


def test_a_last_look_that_leaves_it_open_sends_nobody_back() -> None:
    four_of_five = [0, 1, 1, 0, 2]
    assert decided(DEFAULT, lessons(40, *four_of_five)) == (Decision.MORE, Clause.LAST_LOOK)


def test_a_look_takes_the_first_lessons_and_no_others() -> None:
    seen = lessons(5, *[0] * 16) + lessons(4, *[3] * 16)
    found = judge(DEFAULT, seen, look=5)
    assert (found.decision, found.evidence.lessons) == (Decision.PASS, 5)


def test_no_look_is_made_before_its_lessons_are_there() -> None:
    with pytest.raises(ValueError, match="no look"):
        judge(DEFAULT, lessons(4, 0), look=5)


def test_the_lower_limit_decides_when_it_is_asked() -> None:
    rule = replace(BARE, decide_by=DecideBy.LOWER_LIMIT, looks=(5, 10))
    assert decided(rule, lessons(10, *[0] * 16)) == (Decision.PASS, Clause.LIMIT_ABOVE)
    assert decided(rule, lessons(5, *[1, 0] * 8)) == (Decision.TRAIN, Clause.LIMIT_BELOW)
    assert decided(rule, lessons(5, *[0] * 7, 1)) == (Decision.MORE, Clause.UNDECIDED)


def test_the_share_decides_at_the_last_look_either_way() -> None:
    assert decided(BARE, lessons(5, 0, 0, 0, 0, 1)) == (Decision.PASS, Clause.REACHED)
    assert decided(BARE, lessons(5, 0, 0, 0, 1, 1)) == (Decision.TRAIN, Clause.MISSED)


def test_before_the_last_look_a_share_that_is_missed_asks_for_more() -> None:
    rule = replace(BARE, looks=(5, 10))
    assert decided(rule, lessons(5, 0, 0, 0, 1, 1)) == (Decision.MORE, Clause.UNDECIDED)


def test_one_gap_too_large_decides_and_names_its_criterion() -> None:
    seen = [*lessons(4, 0, 0, 0, 0), a_lesson(0, 0, 2, 0)]
    found = judge(NONE_FAR_APART, seen, look=5)
    assert (found.decision, found.clause) == (Decision.TRAIN, Clause.GAP)
    assert found.criterion == "c2"


def test_a_criterion_below_its_floor_holds_back_a_pass_and_is_named() -> None:
    rule = replace(BARE, looks=(5, 10), floors=(Floor(0.5),))
    seen = lessons(5, 0, 0, 0, 0, 0, 1)
    found = judge(rule, seen, look=5)
    assert (found.decision, found.clause, found.criterion) == (
        Decision.MORE,
        Clause.FLOOR,
        "c5",
    )
    again = judge(rule, seen + lessons(5, 0, 0, 0, 0, 0, 1), look=10)
    assert (again.decision, again.clause) == (Decision.TRAIN, Clause.FLOOR)


def test_a_floor_of_one_criterion_goes_before_that_of_all() -> None:
    rule = replace(BARE, scope=Scope(rubric="r"), floors=(Floor(0.9), Floor(0.1, "c5")))
    seen = [*lessons(4, 0, 0, 0, 0, 0, 1), a_lesson(0, 0, 0, 0, 0, 0)]
    assert decided(rule, seen) == (Decision.PASS, Clause.REACHED)


def test_points_give_a_part_for_a_level_one_apart() -> None:
    found = evidence(BY_POINTS, [a_lesson(0, 1, 2, 0)])
    assert found.points == 2.5


def test_three_in_a_row_are_the_last_three() -> None:
    low, high = lessons(2, 1, 1), lessons(3, 0, 0)
    assert decided(THREE_IN_A_ROW, low + high) == (Decision.PASS, Clause.IN_A_ROW)
    assert decided(THREE_IN_A_ROW, high[:2] + low) == (Decision.MORE, Clause.UNDECIDED)
    assert decided(THREE_IN_A_ROW, lessons(20, 1, 1)) == (Decision.TRAIN, Clause.NOT_IN_A_ROW)


def test_within_one_asks_only_criteria_of_more_than_two_levels() -> None:
    cells = (Cell("a", 0, 2), Cell("b", 0, 4), Cell("c", 0, 7))
    assert [c.criterion for c in counting(DEFAULT, cells)] == ["b", "c"]
    assert [c.criterion for c in counting(CLASS_LIKE, cells)] == ["c"]
    assert [c.criterion for c in counting(BARE, cells)] == ["a", "b", "c"]


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=8), min_size=5, max_size=5))
def test_nearer_levels_never_make_a_pass_less_likely(gaps: list[list[int]]) -> None:
    seen = [a_lesson(*each) for each in gaps]
    nearer = [a_lesson(*(max(gap - 1, 0) for gap in each)) for each in gaps]
    one, other = evidence(DEFAULT, seen), evidence(DEFAULT, nearer)
    assert other.probability(0.8) >= one.probability(0.8) - 1e-12
    low, high = one.limits
    assert 0 <= low <= one.share <= high <= 1


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("name", {"name": " "}),
        ("threshold", {"threshold": 1.2}),
        ("threshold", {"threshold": 0.0}),
        ("looks", {"looks": ()}),
        ("looks", {"looks": (10, 5)}),
        ("looks", {"looks": (3, 10)}),
        ("looks", {"looks": (5, 500)}),
        ("looks", {"looks": tuple(range(5, 60))}),
        ("cuts", {"cuts": None}),
        ("cuts", {"cuts": Cuts(0.1, 0.9)}),
        ("cuts", {"decide_by": DecideBy.POINT}),
        ("decide_by", {"in_a_row": 3}),
        ("adjacent_part", {"statistic": Statistic.POINTS}),
        ("adjacent_part", {"adjacent_part": 0.5}),
        ("floors", {"floors": (Floor(1.5),)}),
        ("floors", {"floors": (Floor(0.5), Floor(0.6))}),
        ("floors", {"floors": (Floor(0.5, "questioning"),)}),
        ("max_gap", {"max_gap": 0}),
        ("levels", {"scope": Scope(levels=2)}),
        ("window_days", {"window_days": 0}),
        ("expiry_months", {"expiry_months": 0}),
        ("attempts", {"attempts": 0}),
        ("wait_days", {"wait_days": -1}),
        ("recheck_every", {"recheck_every": 0}),
    ],
)
def test_a_fault_is_told_at_the_part_where_it_is(part: str, changed: dict[str, object]) -> None:
    found = faults(replace(DEFAULT, **changed))  # type: ignore[arg-type]
    assert part in {fault.part for fault in found}


def test_a_rule_of_another_shape_is_not_read() -> None:
    with pytest.raises(ValueError, match="decide_by"):
        from_json(as_json(DEFAULT) | {"decide_by": "a coin"})


def test_the_preset_like_class_takes_the_adviser_for_the_reference_of_seven_levels() -> None:
    assert CLASS_LIKE.scope == Scope(beside=Beside.ADVISER, levels=7)
    assert (CLASS_LIKE.threshold, CLASS_LIKE.expiry_months) == (0.8, 12)
