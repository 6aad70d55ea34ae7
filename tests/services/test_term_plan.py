"""The term as a plan: which lessons somebody sees in it, how far they are, and what is short."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.core.planner import Standing
from observe.services import planning, term_plan
from observe.services.term_plan import TermPlan, Wanted
from observe.storage.tables import people
from tests.classroom import RATING, a_classroom
from tests.factories import NOW, School, a_lesson, a_person
from tests.talks import a_talk, same

AUTUMN = Wanted("autumn-2026")


def plan_of(school: School, name: str, wanted: Wanted = AUTUMN) -> TermPlan:
    with school.database.read(school.network_id) as session:
        return term_plan.of_term(session, wanted, by=school[name], zone="Europe/London", at=NOW)


def standings(plan: TermPlan) -> list[Standing]:
    return [each.standing for week in plan.weeks for each in week.lessons]


def another_school(school: School, name: str = "Ysgol Tŵr Gwyn") -> School:
    made = replace(school, school_id=new_id(NOW), team_id=new_id(NOW))
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=made.school_id, name=name))
        session.flush()
        session.add(people.Team(id=made.team_id, school_id=made.school_id, name="Lower school"))
    return made


def alone(plan: TermPlan) -> set[str]:
    assert plan.short is not None
    return {each.name.split()[0] for each in plan.short.people}


def test_a_lesson_stands_in_its_week_with_how_far_it_is(school: School) -> None:
    a_lesson(school)
    a_talk(school, {"Sion": same(), "Ruth": same()})
    cancelled = a_lesson(school, observers=("Helen",))
    with school.database.write(school.network_id) as session:
        planning.cancel(session, cancelled.id, "Flu", by=school["Helen"], at=NOW)
    plan = plan_of(school, "Sion")
    assert set(standings(plan)) == {Standing.PLANNED, Standing.TO_COMPARE, Standing.CANCELLED}
    (now,) = (week for week in plan.weeks if week.this_week)
    assert now.monday == date(2026, 11, 16)
    assert len(now.lessons) == 3


def test_a_lesson_of_one_observer_is_under_way_and_then_closed(school: School) -> None:
    room = a_classroom(school, observers=("Sion",))
    sion = room.begun("Sion")
    sion.send(sion.tablet.set(RATING, 3))
    assert standings(plan_of(school, "Sion")) == [Standing.UNDER_WAY]
    sion.send(sion.tablet.seal())
    assert standings(plan_of(school, "Sion")) == [Standing.CLOSED]


def test_a_week_without_a_lesson_offers_its_first_day_to_come(school: School) -> None:
    plan = plan_of(school, "Sion")
    free = {week.monday: week.free_day for week in plan.weeks}
    assert free[date(2026, 11, 9)] is None
    assert free[date(2026, 11, 16)] == date(2026, 11, 17)
    assert free[date(2026, 11, 23)] == date(2026, 11, 23)


def test_what_is_over_stands_by_half_terms_and_what_comes_by_itself(school: School) -> None:
    for days in (-60, -6, -1, 1):
        a_lesson(school, starts_at=NOW + timedelta(days=days))
    plan = plan_of(school, "Sion")
    assert [half.lessons for half in plan.past_halves] == [1, 1]
    first, second = plan.past_halves
    assert first.weeks[-1].monday < second.first_day <= second.weeks[0].monday
    now = plan.coming_weeks[0]
    assert (now.this_week, len(now.over), len(now.to_come)) == (True, 1, 1)


def test_the_address_of_a_week_is_enough_to_find_it(school: School) -> None:
    plan = plan_of(school, "Sion", Wanted(week=date(2026, 5, 14)))
    assert plan.term.key == "summer-2026"
    assert plan.open_week == date(2026, 5, 11)
    assert [half.asked_for for half in plan.past_halves] == [True, False]
    assert plan_of(school, "Sion", Wanted(week=date(1066, 5, 14))).term.key == "autumn-2026"


def test_a_leader_sees_the_team_and_own_lessons_and_a_head_the_school(school: School) -> None:
    a_lesson(school)
    elsewhere = another_school(school)
    a_person(elsewhere, "Nia Elsewhere", RoleKind.HEAD)
    a_person(elsewhere, "Llyr Elsewhere", RoleKind.TEACHER)
    a_lesson(elsewhere, teacher="Llyr", observers=("Nia",))
    visited = a_lesson(elsewhere, teacher="Llyr", observers=("Nia", "Sion"))
    counts = {name: plan_of(school, name).total for name in ("Helen", "Sion", "Ruth", "Nia")}
    assert counts == {"Helen": 1, "Sion": 2, "Ruth": 1, "Nia": 2}
    mine = [each.lesson.id for week in plan_of(school, "Sion").weeks for each in week.lessons]
    assert visited.id in mine


def test_a_facilitator_sees_all_schools_and_can_choose_one(school: School) -> None:
    a_lesson(school)
    elsewhere = another_school(school)
    a_person(elsewhere, "Nia Elsewhere", RoleKind.HEAD)
    a_person(elsewhere, "Llyr Elsewhere", RoleKind.TEACHER)
    a_lesson(elsewhere, teacher="Llyr", observers=("Nia",))
    every = plan_of(school, "Margaret")
    assert every.counts == {school.school_id: {"planned": 1}, elsewhere.school_id: {"single": 1}}
    chosen = replace(AUTUMN, school_id=elsewhere.school_id)
    assert plan_of(school, "Margaret", chosen).total == 1
    of_nia = replace(AUTUMN, person_id=school["Nia"].id)
    assert plan_of(school, "Margaret", of_nia).total == 1


def test_a_school_that_is_not_ones_own_cannot_be_asked_for(school: School) -> None:
    elsewhere = another_school(school)
    plan = plan_of(school, "Sion", replace(AUTUMN, school_id=elsewhere.school_id))
    assert plan.wanted.school_id is None
    assert [each.id for each in plan.schools] == [school.school_id]


def test_a_plan_can_be_narrowed_to_whoever_observes_or_is_observed(school: School) -> None:
    a_lesson(school)
    a_lesson(school, teacher="Aisha", observers=("Helen",))
    for name, expected in (("Ruth", 1), ("Aisha", 1), ("Helen", 1)):
        assert plan_of(school, "Sion", replace(AUTUMN, person_id=school[name].id)).total == expected


def test_with_whom_nobody_observes_is_said_until_somebody_does(school: School) -> None:
    a_lesson(school, observers=("Helen",))
    assert alone(plan_of(school, "Sion")) == {"Siôn", "Ruth", "Helen"}
    a_lesson(school)
    assert alone(plan_of(school, "Sion")) == {"Helen"}
    a_lesson(school, observers=("Helen", "Ruth"), starts_at=NOW - timedelta(days=60))
    assert alone(plan_of(school, "Sion")) == {"Helen"}


def test_of_a_term_that_is_over_nothing_is_short(school: School) -> None:
    assert plan_of(school, "Sion", Wanted("spring-2026")).short is None


def test_only_who_may_change_a_lesson_is_led_to_moving_it(school: School) -> None:
    a_lesson(school, observers=("Sion", "Helen"))
    for name, may in (("Sion", True), ("Helen", True), ("Ruth", False), ("Margaret", False)):
        (planned,) = (each for week in plan_of(school, name).weeks for each in week.lessons)
        assert planned.may_change is may


def test_an_unknown_term_is_the_term_of_today(school: School) -> None:
    for key in ("", "winter-2026", "autumn", "autumn-99999999", "autumn-9999", "spring-1"):
        assert plan_of(school, "Sion", Wanted(key)).term.key == "autumn-2026"


def test_a_lesson_around_the_turn_of_the_term_stands_in_one_term(school: School) -> None:
    a_lesson(school, starts_at=datetime(2027, 1, 1, 10, tzinfo=UTC))
    assert plan_of(school, "Sion").total == 0
    assert plan_of(school, "Sion", Wanted("spring-2027")).total == 1
