"""Planning a lesson with its observers, changing it, cancelling it, joining a partner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from observe.core.errors import Conflict, Invalid, Missing, Refused, Stale
from observe.core.observation import Capacity
from observe.core.pairing import PairState
from observe.core.permissions import Person, RoleKind
from observe.services import joining, planning, today
from observe.services.lesson_wish import Wish
from observe.storage import lessons
from observe.storage.database import NetworkSession
from observe.storage.tables import lessons as tables
from tests.factories import NOW, School, a_lesson, a_person

AT_TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)


def a_wish(school: School, *observers: str, teacher: str = "Catrin") -> Wish:
    return Wish(
        teacher_id=school[teacher].id,
        class_id=school.class_id,
        school_subject="maths",
        starts_at=AT_TEN,
        minutes=60,
        room="7",
        rubric_digest=school.rubrics["teaching-framework"],
        observer_ids=tuple(school[name].id for name in observers),
    )


def plan(session: NetworkSession, school: School, wish: Wish, *, by: str = "Sion") -> UUID:
    offered = planning.choices(session, school.school_id, by=school[by])
    return planning.plan(session, offered, wish, by=school[by], at=NOW)


def faults(session: NetworkSession, school: School, wish: Wish, *, by: str = "Sion") -> set[str]:
    offered = planning.choices(session, school.school_id, by=school[by])
    return set(planning.faults(session, offered, wish, at=NOW))


def test_two_observers_are_a_pair_each_in_their_own_capacity(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, plan(session, school, a_wish(school, "Sion", "Ruth")))
        pair = session.get_one(tables.Pair, (school.network_id, lesson.id))
    assert [seat.capacity for seat in lesson.seats] == [Capacity.HEAD, Capacity.ADVISER]
    assert pair.state == PairState.PLANNED


def test_a_head_is_named_before_an_adviser(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, plan(session, school, a_wish(school, "Ruth", "Sion")))
    assert [seat.name for seat in lesson.seats] == ["Siôn Prydderch", "Ruth Adeyemi"]


def test_one_observer_is_no_pair(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson_id = plan(session, school, a_wish(school, "Sion"))
        assert session.get(tables.Pair, (school.network_id, lesson_id)) is None


def test_the_lesson_belongs_to_the_teachers_team(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, plan(session, school, a_wish(school, "Sion")))
    assert lesson.team_id == school.team_id


def test_a_third_observer_is_allowed(school: School) -> None:
    with school.database.write(school.network_id) as session:
        planned = plan(session, school, a_wish(school, "Sion", "Ruth", "Helen"))
        assert len(lessons.find(session, planned).observers) == 3


def test_nobody_observes_themselves(school: School) -> None:
    with school.database.read(school.network_id) as session:
        wish = a_wish(school, "Sion", "Helen", teacher="Helen")
        assert faults(session, school, wish) == {"partner"}


def test_nobody_is_chosen_twice(school: School) -> None:
    with school.database.read(school.network_id) as session:
        assert faults(session, school, a_wish(school, "Sion", "Sion")) == {"partner"}


def test_a_teacher_does_not_observe(school: School) -> None:
    with school.database.read(school.network_id) as session:
        assert faults(session, school, a_wish(school, "Sion", "Aisha")) == {"partner"}


def test_somebody_must_observe(school: School) -> None:
    with school.database.read(school.network_id) as session:
        assert faults(session, school, a_wish(school)) == {"observer"}


def test_a_day_that_is_past_is_refused(school: School) -> None:
    with school.database.read(school.network_id) as session:
        wish = replace(a_wish(school, "Sion"), starts_at=NOW - timedelta(days=1))
        assert faults(session, school, wish) == {"date"}


def test_an_observer_cannot_be_in_two_rooms(school: School) -> None:
    a_lesson(school, observers=("Ruth",), starts_at=AT_TEN - timedelta(minutes=30))
    with school.database.read(school.network_id) as session:
        assert faults(session, school, a_wish(school, "Sion", "Ruth")) == {"partner"}


def test_a_lesson_right_after_another_is_no_double_booking(school: School) -> None:
    a_lesson(school, observers=("Ruth",), starts_at=AT_TEN - timedelta(minutes=60))
    with school.database.read(school.network_id) as session:
        assert not faults(session, school, a_wish(school, "Sion", "Ruth"))


def test_a_leader_plans_for_the_own_team_only(school: School) -> None:
    other = a_person(school, "Owain Gwyl", RoleKind.TEACHER)
    leave_team(school, other)
    with school.database.read(school.network_id) as session:
        offered = planning.choices(session, school.school_id, by=school["Helen"])
    assert {teacher.name for teacher in offered.teachers} == {"Catrin Morley", "Aisha Rahman"}


def test_a_head_plans_at_the_own_school_only(school: School) -> None:
    with school.database.read(school.network_id) as session, pytest.raises(Missing):
        planning.choices(session, school.team_id, by=school["Sion"])


def test_a_facilitator_plans_anywhere(school: School) -> None:
    with school.database.write(school.network_id) as session:
        wish = a_wish(school, "Sion", "Ruth")
        lesson = lessons.find(session, plan(session, school, wish, by="Margaret"))
    assert lesson.planned_by == school["Margaret"].id


def test_a_lesson_changes_and_says_what_became_of_what(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson_id = plan(session, school, a_wish(school, "Sion", "Ruth"))
        wish = replace(a_wish(school, "Sion", "Ruth"), room="9", teacher_id=school["Aisha"].id)
        later = NOW + timedelta(hours=1)
        planning.change(session, lesson_id, wish, revision=1, by=school["Ruth"], at=later)
        *_, event = lessons.events(session, lesson_id)
    assert event.by == "Ruth Adeyemi"
    assert event.details["changes"] == {
        "teacher": ["Catrin Morley", "Aisha Rahman"],
        "room": ["7", "9"],
    }


def test_a_change_on_top_of_an_unseen_change_is_stale(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson_id = plan(session, school, a_wish(school, "Sion"))
        wish = replace(a_wish(school, "Sion"), room="9")
        planning.change(session, lesson_id, wish, revision=1, by=school["Sion"], at=NOW)
        with pytest.raises(Stale):
            planning.change(session, lesson_id, wish, revision=1, by=school["Sion"], at=NOW)


def test_nobody_comes_to_observe_themselves_by_a_change(school: School) -> None:
    with school.database.write(school.network_id) as session:
        lesson_id = plan(session, school, a_wish(school, "Sion", "Helen"))
        wish = a_wish(school, "Sion", "Helen", teacher="Helen")
        with pytest.raises(Invalid, match="themselves"):
            planning.change(session, lesson_id, wish, revision=1, by=school["Sion"], at=NOW)


def test_a_sealed_lesson_stays_as_it_is(school: School) -> None:
    planned = a_lesson(school)
    _seal(school, planned.observations["Ruth"])
    with school.database.write(school.network_id) as session:
        with pytest.raises(Conflict):
            planning.cancel(session, planned.id, "Flu", by=school["Sion"], at=NOW)
        with pytest.raises(Conflict):
            planning.change(
                session, planned.id, a_wish(school), revision=1, by=school["Sion"], at=NOW
            )


def test_a_cancelled_lesson_leaves_everybodys_day(school: School) -> None:
    planned = a_lesson(school)
    with school.database.write(school.network_id) as session:
        planning.cancel(session, planned.id, "Flu", by=school["Sion"], at=NOW)
        planning.cancel(session, planned.id, "Again", by=school["Sion"], at=NOW)
        session.flush()
        assert lessons.find(session, planned.id).cancel_reason == "Flu"
        assert today.desk_of(session, school["Ruth"], at=NOW).next is None


def test_a_cancellation_needs_a_reason(school: School) -> None:
    planned = a_lesson(school)
    with school.database.write(school.network_id) as session, pytest.raises(Invalid):
        planning.cancel(session, planned.id, "  ", by=school["Sion"], at=NOW)


def test_two_single_lessons_of_a_day_become_a_pair(school: School) -> None:
    mine = a_lesson(school, observers=("Sion",))
    other = a_lesson(school, observers=("Ruth",), starts_at=NOW + timedelta(minutes=40))
    with school.database.write(school.network_id) as session:
        stays = joining.join(session, mine.id, other.id, by=school["Sion"], at=NOW)
        lesson = lessons.find(session, stays)
        pair = session.get_one(tables.Pair, (school.network_id, stays))
        goes = lessons.find(session, other.id if stays == mine.id else mine.id)
    assert {seat.name for seat in lesson.seats} == {"Siôn Prydderch", "Ruth Adeyemi"}
    assert (pair.state, goes.alias_of) == (PairState.PLANNED, stays)


def test_joining_again_does_no_harm(school: School) -> None:
    mine, other = (a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth"))
    with school.database.write(school.network_id) as session:
        stays = joining.join(session, mine.id, other.id, by=school["Sion"], at=NOW)
        goes = other.id if stays == mine.id else mine.id
        assert joining.join(session, goes, stays, by=school["Sion"], at=NOW) == stays


def test_one_sealed_record_can_still_be_joined_but_not_two(school: School) -> None:
    mine, other = (a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth"))
    _seal(school, mine.observations["Sion"])
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, mine.id)
        assert len(joining.candidates(session, lesson, by=school["Sion"])) == 1
    _seal(school, other.observations["Ruth"])
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, mine.id)
        assert joining.candidates(session, lesson, by=school["Sion"]) == []


def test_lessons_of_two_teachers_are_never_joined(school: School) -> None:
    mine = a_lesson(school, observers=("Sion",))
    other = a_lesson(school, observers=("Ruth",), teacher="Aisha")
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        joining.join(session, mine.id, other.id, by=school["Sion"], at=NOW)


def test_only_an_observer_joins(school: School) -> None:
    mine, other = (a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth"))
    with school.database.write(school.network_id) as session, pytest.raises(Refused):
        joining.join(session, mine.id, other.id, by=school["Helen"], at=NOW)


def test_today_shows_the_next_lesson_first_and_then_the_week(school: School) -> None:
    first = a_lesson(school)
    later = a_lesson(school, starts_at=NOW + timedelta(days=1))
    far = a_lesson(school, starts_at=NOW + timedelta(days=14))
    with school.database.read(school.network_id) as session:
        desk = today.desk_of(session, school["Sion"], at=NOW)
    assert desk.next is not None
    assert desk.next.id == first.id
    assert [[each.id for each in part] for part in (desk.this_week, desk.further)] == [
        [later.id],
        [far.id],
    ]


def test_a_lesson_that_was_not_sealed_waits(school: School) -> None:
    past = a_lesson(school, starts_at=NOW - timedelta(days=1))
    with school.database.read(school.network_id) as session:
        desk = today.desk_of(session, school["Sion"], at=NOW)
    assert [each.id for each in desk.unfinished] == [past.id]


def test_a_partner_who_has_sealed_waits(school: School) -> None:
    planned = a_lesson(school)
    _seal(school, planned.observations["Ruth"])
    with school.database.read(school.network_id) as session:
        desk = today.desk_of(session, school["Sion"], at=NOW)
    assert [each.id for each in desk.partner_waits] == [planned.id]


def _seal(school: School, observation_id: UUID) -> None:
    with school.database.write(school.network_id) as session:
        row = session.get_one(tables.Observation, (school.network_id, observation_id))
        row.state, row.sealed_at = "sealed", NOW


def leave_team(school: School, person: Person) -> None:
    from sqlalchemy import update

    from observe.storage.tables import people

    with school.database.write(school.network_id) as session:
        session.execute(
            update(people.Role).where(people.Role.person_id == person.id).values(team_id=None)
        )
