"""The next best pair on graphs whose answer is known: two groups, a star, a chain, fixed pairs, nobody met."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from observe.core.next_pairs import Choice, Kind, Standing, groups, next_pairs

TODAY, LONG_AGO = 740_000, 739_800
Lessons = Mapping[tuple[int, int], int]


def standing(
    people: int,
    lessons: Lessons,
    *,
    last: Mapping[int, int] | None = None,
    not_there: Iterable[int] = (),
    travel: Iterable[tuple[int, int]] = (),
    planned: Lessons | None = None,
) -> Standing:
    """People who all may observe together, save those who are not there; `travel` is a visit more."""
    may = ~np.eye(people, dtype=np.bool_)
    may[list(not_there), :] = may[:, list(not_there)] = False
    met = _counted(people, lessons)
    days = np.where(met.any(axis=1), TODAY, 0)
    for person, day in (last or {}).items():
        days[person] = day
    trips = _counted(people, dict.fromkeys(travel, 1))
    return Standing(
        met, _counted(people, planned or {}), days, may, trips, np.ones(people, np.bool_)
    )


def _counted(people: int, lessons: Lessons) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    counted = np.zeros((people, people), dtype=np.int64)
    for (one, other), times in lessons.items():
        counted[one, other] = counted[other, one] = times
    return counted


def best(of: Standing, most: int = 5) -> list[tuple[int, int, str]]:
    chosen = next_pairs(of, most=most, overdue_before=TODAY - 42)
    return [(each.first, each.second, str(each.kind)) for each in chosen]


def test_two_groups_are_joined_by_those_with_most_lessons() -> None:
    lessons = {(0, 1): 2, (1, 2): 3, (3, 4): 1, (4, 5): 4}
    assert best(standing(6, lessons), most=1) == [(1, 4, "joins")]


def test_between_two_groups_a_pair_that_need_not_travel_comes_first() -> None:
    lessons = {(0, 1): 2, (1, 2): 3, (3, 4): 1, (4, 5): 4}
    far = [(one, other) for one in range(3) for other in range(3, 6) if (one, other) != (0, 3)]
    assert best(standing(6, lessons, travel=far), most=1) == [(0, 3, "joins")]


def test_of_three_groups_those_are_joined_first_that_make_most_people_comparable() -> None:
    lessons = {(0, 1): 1, (2, 3): 1, (3, 4): 1, (5, 6): 1, (6, 7): 1, (7, 8): 1}
    first, *_ = best(standing(9, lessons))
    assert first == (3, 6, "joins")


def test_nobody_who_is_away_joins_two_groups() -> None:
    lessons = {(0, 1): 9, (2, 3): 1}
    assert best(standing(4, lessons, not_there=[0, 2]), most=1) == [(1, 3, "joins")]


def test_where_nobody_may_join_nobody_is_proposed_for_it() -> None:
    lessons = {(0, 1): 2, (2, 3): 2}
    assert best(standing(4, lessons, not_there=[0, 1])) == []


def test_when_nobody_has_met_everybody_begins() -> None:
    assert best(standing(6, {})) == [(0, 1, "joins"), (2, 3, "joins"), (4, 5, "joins")]


def test_in_a_star_those_at_the_edge_meet_each_other_and_not_the_middle_again() -> None:
    star = {(0, 1): 6, (0, 2): 7, (0, 3): 8, (0, 4): 5}
    found = best(standing(5, star))
    assert found == [(3, 4, "rotates"), (2, 1, "rotates")]


def test_in_a_chain_its_two_ends_meet_and_make_a_ring_of_it() -> None:
    chain = {(0, 1): 6, (1, 2): 6, (2, 3): 6, (3, 4): 6}
    assert best(standing(5, chain)) == [(0, 4, "rotates")]


def test_fixed_pairs_are_first_joined_and_then_mixed() -> None:
    fixed = {(0, 1): 9, (2, 3): 8}
    assert best(standing(4, fixed), most=1) == [(0, 2, "joins")]
    joined = {**fixed, (0, 2): 1}
    assert best(standing(4, joined)) == [(1, 3, "rotates"), (0, 2, "rotates")]


def test_twelve_of_sixteen_with_one_partner_come_before_five_of_five() -> None:
    lessons = {(0, 1): 12, (0, 2): 4, (1, 2): 9, (2, 3): 5, (1, 4): 9, (2, 4): 9}
    assert best(standing(5, lessons), most=1) == [(0, 3, "rotates")]


def test_five_lessons_are_the_fewest_that_tell_of_a_habit() -> None:
    ring = {(0, 1): 4, (1, 2): 4, (2, 0): 4, (3, 0): 4}
    assert best(standing(4, ring)) == []


def test_whoever_waits_longest_is_overdue_and_meets_whom_they_met_least() -> None:
    ring = {(0, 1): 2, (1, 2): 2, (2, 3): 2, (3, 0): 2, (0, 2): 1}
    found = best(standing(4, ring, last={1: LONG_AGO, 3: LONG_AGO - 30}))
    assert found == [(3, 1, "overdue")]


def test_a_lesson_to_come_counts_for_joining_and_nobody_is_proposed_twice_for_it() -> None:
    lessons = {(0, 1): 2, (2, 3): 2}
    assert best(standing(4, lessons, planned={(1, 2): 1})) == []


def test_a_habit_that_is_about_to_change_is_left_alone() -> None:
    lessons = {(0, 1): 9, (1, 2): 9, (2, 0): 1}
    assert best(standing(3, lessons, planned={(0, 2): 1})) == []


@st.composite
def networks(draw: st.DrawFn) -> Standing:
    people = draw(st.integers(2, 9))
    pairs = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1))
    apart = pairs.filter(lambda pair: pair[0] < pair[1])
    lessons = draw(st.dictionaries(apart, st.integers(1, 12), max_size=14))
    last = draw(st.dictionaries(st.integers(0, people - 1), st.integers(LONG_AGO, TODAY)))
    away = draw(st.sets(st.integers(0, people - 1), max_size=3))
    travel = draw(st.sets(apart))
    planned = draw(st.dictionaries(apart, st.just(1), max_size=3))
    return standing(people, lessons, last=last, not_there=away, travel=travel, planned=planned)


def chosen(of: Standing) -> Sequence[Choice]:
    return next_pairs(of, most=5, overdue_before=TODAY - 42)


@given(networks())
def test_nobody_is_proposed_with_themselves_or_twice_or_where_they_may_not(of: Standing) -> None:
    found = chosen(of)
    people = [place for each in found for place in (each.first, each.second)]
    assert len(people) == len(set(people))
    assert all(of.may[each.first, each.second] for each in found)
    assert not any(of.planned[each.first, each.second] for each in found)


@given(networks())
def test_the_same_lessons_give_the_same_list(of: Standing) -> None:
    assert chosen(of) == chosen(of)


@given(networks())
def test_two_groups_are_always_joined_first_when_somebody_may(of: Standing) -> None:
    group = groups(of.lessons + of.planned)
    can = of.may & (of.planned == 0) & (group[:, np.newaxis] != group)
    assume(can.any())
    first, *_ = chosen(of)
    assert first.kind is Kind.JOINS
    assert group[first.first] != group[first.second]


@given(networks())
def test_no_other_pair_would_make_more_people_comparable(of: Standing) -> None:
    group = groups(of.lessons + of.planned)
    size = np.bincount(group, minlength=of.size)[group]
    can = of.may & (of.planned == 0) & (group[:, np.newaxis] != group)
    assume(can.any())
    first, *_ = chosen(of)
    assert first.sizes == (size[first.first], size[first.second])
    assert size[first.first] * size[first.second] == (np.multiply.outer(size, size)[can]).max()


@pytest.mark.parametrize("people", [15, 19, 40])
def test_a_list_a_week_joins_everybody_within_a_half_term(people: int) -> None:
    lessons: dict[tuple[int, int], int] = {}
    for _week in range(6):
        for one, other, _kind in best(standing(people, lessons), most=people // 2):
            pair = min(one, other), max(one, other)
            lessons[pair] = lessons.get(pair, 0) + 1
    assert len(set(groups(_counted(people, lessons)).tolist())) == 1
