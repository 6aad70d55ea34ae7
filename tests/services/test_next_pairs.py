"""Who should observe together next: who may, who is there, how often teachers are visited, and why."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from observe.core.ids import new_id
from observe.core.pairing import LeftOut
from observe.core.permissions import RoleKind
from observe.services import next_pairs
from observe.services.next_pairs import Begins, JoinsGroups, Proposal, Rotates, Waits
from observe.storage.tables import people
from observe.storage.tables.planning import Away
from tests.circles import another_school, met, somebody
from tests.factories import NOW, School, a_lesson

MARCH = date(2026, 3, 10)


def proposed(school: School, who: str = "Margaret", most: int = 5) -> Sequence[Proposal]:
    with school.database.read(school.network_id) as session:
        return next_pairs.proposals(session, by=school[who], at=NOW, most=most)


def names(found: Sequence[Proposal]) -> list[tuple[str, str]]:
    return [(each.first.name.split()[0], each.second.name.split()[0]) for each in found]


@pytest.fixture
def two_groups(school: School) -> School:
    """Siôn with Ruth and Helen; Grace of another school with Tom, her head."""
    south = another_school(school, "Saltersby High")
    somebody(school, "Tom Ashdown", RoleKind.HEAD, south)
    somebody(school, "Grace Liddell", RoleKind.ADVISER, south)
    met(school, "Sion", "Ruth", 3)
    met(school, "Helen", "Sion")
    met(school, "Grace", "Tom", 2)
    return school


def test_two_groups_are_joined_by_their_best_linked_who_may_visit(two_groups: School) -> None:
    first, *_ = proposed(two_groups)
    assert (first.first.name, first.second.name) == ("Grace Liddell", "Siôn Prydderch")
    assert first.reason == JoinsGroups(5, everybody=True)
    assert first.school in ("Thornbeck Primary", "Saltersby High")


def test_a_team_leader_is_visited_and_not_sent_to_another_school(two_groups: School) -> None:
    somebody(two_groups, "Ann Clarke", RoleKind.LEADER)
    met(two_groups, "Helen", "Ann", 20)
    first, *_ = proposed(two_groups)
    assert names([first]) == [("Grace", "Helen")]
    assert first.school == "Thornbeck Primary"


def test_a_lesson_that_was_not_blind_joins_nobody(two_groups: School) -> None:
    met(two_groups, "Tom", "Ruth", 5, left_out=LeftOut.NOT_BLIND)
    assert proposed(two_groups)[0].kind == "joins"


def test_a_pair_that_is_planned_is_not_proposed_again(two_groups: School) -> None:
    a_lesson(two_groups, observers=("Ruth", "Grace"), starts_at=NOW + timedelta(days=3))
    assert not [each for each in proposed(two_groups) if each.kind == "joins"]


def test_who_has_left_is_not_proposed(two_groups: School) -> None:
    with two_groups.database.write(two_groups.network_id) as session:
        mine = people.Person.id == two_groups["Grace"].id
        query = update(people.Person).where(mine, people.Person.network_id == session.network_id)
        session.execute(query.values(left_at=NOW))
    assert "Grace" not in str(names(proposed(two_groups)))
    assert "Tom" in str(names(proposed(two_groups)))


def test_who_is_on_leave_is_not_proposed(two_groups: School) -> None:
    with two_groups.database.write(two_groups.network_id) as session:
        leave = NOW.date() - timedelta(days=3), NOW.date() + timedelta(days=60)
        who = two_groups["Grace"].id
        session.add(Away(id=new_id(NOW), person_id=who, first_day=leave[0], last_day=leave[1]))
    assert "Grace" not in str(names(proposed(two_groups)))


def test_a_school_whose_teachers_were_visited_often_enough_has_no_more_lessons(
    two_groups: School,
) -> None:
    with two_groups.database.write(two_groups.network_id) as session:
        mine = people.School.network_id == session.network_id
        session.execute(update(people.School).where(mine).values(visit_cap=0))
    assert proposed(two_groups) == []


def test_where_one_school_is_full_the_lesson_is_at_the_other(two_groups: School) -> None:
    with two_groups.database.write(two_groups.network_id) as session:
        mine = people.School.network_id == session.network_id
        there = people.School.name == "Saltersby High"
        session.execute(update(people.School).where(mine, there).values(visit_cap=0))
    assert proposed(two_groups)[0].school == "Thornbeck Primary"


def test_fixed_pairs_are_told_with_their_numbers(school: School) -> None:
    somebody(school, "David Kerr", RoleKind.ADVISER)
    met(school, "Sion", "Ruth", 12)
    met(school, "Sion", "David", 4)
    met(school, "Ruth", "David", 7)
    met(school, "Helen", "David", 5)
    rotating = next(each for each in proposed(school) if each.first.name.startswith("Siôn"))
    assert rotating.second.name == "Helen Marsh"
    assert rotating.reason == Rotates("Siôn", "Ruth", 12, 16)


def test_who_waits_longest_is_told_since_when(school: School) -> None:
    somebody(school, "Mair Ellis", RoleKind.HEAD)
    met(school, "Sion", "Ruth", 2)
    met(school, "Helen", "Ruth", 2)
    met(school, "Helen", "Sion", 2)
    met(school, "Mair", "Ruth", 1, on=MARCH)
    (found,) = proposed(school)
    assert found.kind == "overdue"
    assert found.reason == Waits("Mair", MARCH, this_year=True)


def test_everybody_alone_is_a_beginning(school: School) -> None:
    (found,) = proposed(school)
    assert names([found]) == [("Ruth", "Siôn")]
    assert found.reason == Begins(date(2025, 9, 1))


def test_a_day_on_which_both_are_free_is_named(school: School) -> None:
    (found,) = proposed(school)
    assert found.day == date(2026, 11, 18)


def test_an_observer_is_told_of_themselves_and_their_school_only(two_groups: School) -> None:
    mine = names(proposed(two_groups, "Tom"))
    assert all("Tom" in pair or set(pair) <= {"Grace", "Tom"} for pair in mine)
    assert mine
    assert all("Helen" in pair for pair in names(proposed(two_groups, "Helen")))


def test_nobody_is_told_with_whom_others_observed_elsewhere(two_groups: School) -> None:
    met(two_groups, "Ruth", "Tom", 12)
    assert "Tom" not in str([each.reason for each in proposed(two_groups, "Sion")])


def test_another_network_is_in_no_list(school: School) -> None:
    somebody(school, "Mair Ellis", RoleKind.HEAD)
    people_in = {person.id for person in school.people.values()}
    assert all(set(each.both) <= people_in for each in proposed(school))
