"""Changing who observes a lesson, while nobody has sealed; what somebody began is never lost."""

from uuid import UUID, uuid4

import pytest

from observe.core.errors import Conflict, Invalid
from observe.core.lesson import Lesson
from observe.core.observation import Capacity, RecordState
from observe.core.pairing import PairState
from observe.core.permissions import RoleKind
from observe.services import bootstrap, planning, revealing
from observe.services.lesson_wish import Wish
from observe.storage import lessons
from observe.storage.tables import lessons as tables
from tests.classroom import RATING, Classroom, a_classroom
from tests.factories import NOW, School, a_lesson, a_person


def change(school: School, lesson_id: UUID, *observers: str, by: str = "Sion") -> Lesson:
    """Ask for these observers, and for all else as it is."""
    with school.database.write(school.network_id) as session:
        lesson = lessons.find(session, lesson_id)
        wish = Wish(
            teacher_id=lesson.teacher_id,
            class_id=lesson.class_id,
            school_subject=lesson.school_subject,
            starts_at=lesson.starts_at,
            minutes=lesson.minutes,
            room=lesson.room,
            rubric_digest=lesson.rubric_digest,
            observer_ids=tuple(school[name].id for name in observers),
        )
        planning.change(session, lesson_id, wish, revision=lesson.revision, by=school[by], at=NOW)
        return lessons.find(session, lesson_id)


def names(lesson: Lesson) -> list[str]:
    return [seat.name for seat in lesson.observers]


def pair_state(school: School, lesson_id: UUID) -> PairState | None:
    with school.database.read(school.network_id) as session:
        return lessons.pair_states(session, [lesson_id]).get(lesson_id)


def told_of(school: School, name: str) -> list[str]:
    """The lessons that a tablet of this person is told of."""
    with school.database.read(school.network_id) as session:
        found = bootstrap.bootstrap(session, school[name], at=NOW, say=str)
    return [each["lesson_id"] for each in found["lessons"]]


@pytest.fixture
def room(school: School) -> Classroom:
    return a_classroom(school)


def test_an_observer_is_replaced_and_the_tablets_of_both_learn_it(school: School) -> None:
    planned = a_lesson(school)
    lesson = change(school, planned.id, "Sion", "Helen")
    assert names(lesson) == ["Siôn Prydderch", "Helen Marsh"]
    assert told_of(school, "Helen") == [str(planned.id)]
    assert told_of(school, "Ruth") == []
    with school.database.read(school.network_id) as session:
        *_, event = lessons.events(session, planned.id)
    both = ["Siôn Prydderch, Ruth Adeyemi", "Siôn Prydderch, Helen Marsh"]
    assert event.details["changes"] == {"observers": both}


def test_an_added_observer_makes_a_pair_in_the_capacity_of_that_day(school: School) -> None:
    planned = a_lesson(school, observers=("Sion",))
    assert pair_state(school, planned.id) is None
    lesson = change(school, planned.id, "Sion", "Ruth")
    assert [seat.capacity for seat in lesson.seats] == [Capacity.HEAD, Capacity.ADVISER]
    assert pair_state(school, planned.id) == PairState.PLANNED


def test_taking_one_of_two_out_leaves_a_lesson_of_one(school: School) -> None:
    planned = a_lesson(school)
    assert names(change(school, planned.id, "Ruth")) == ["Ruth Adeyemi"]
    assert pair_state(school, planned.id) is None


def test_whoever_stays_keeps_the_capacity_of_the_planning(school: School) -> None:
    planned = a_lesson(school)
    _becomes(school, "Ruth", RoleKind.LEADER)
    lesson = change(school, planned.id, "Sion", "Ruth", "Helen")
    assert {seat.name: seat.capacity for seat in lesson.seats}["Ruth Adeyemi"] == Capacity.ADVISER


def test_what_somebody_has_begun_is_not_taken_out(room: Classroom) -> None:
    room.begun("Ruth")
    with pytest.raises(Invalid, match="Ruth Adeyemi has begun a record"):
        change(room.school, room.lesson.id, "Sion", "Helen")
    assert names(change(room.school, room.lesson.id, "Ruth")) == ["Ruth Adeyemi"]


def test_a_third_who_comes_to_a_pair_under_way_leaves_it_under_way(room: Classroom) -> None:
    room.begun("Ruth")
    change(room.school, room.lesson.id, "Sion", "Ruth", "Helen")
    assert pair_state(room.school, room.lesson.id) == PairState.UNDER_WAY


def test_after_a_seal_nobody_is_changed(room: Classroom) -> None:
    ruth = room.begun("Ruth")
    ruth.send(ruth.tablet.set(RATING, 3))
    ruth.send(ruth.tablet.seal())
    with pytest.raises(Conflict, match="sealed"):
        change(room.school, room.lesson.id, "Ruth", "Helen")


def test_somebody_who_withdrew_does_not_come_back(room: Classroom) -> None:
    ruth = room.begun("Ruth")
    ruth.send(ruth.tablet.make("withdraw", value={"reason": "I know the class."}))
    with pytest.raises(Invalid, match="withdrew"):
        change(room.school, room.lesson.id, "Sion", "Ruth")


def test_somebody_with_whom_nobody_counted_is_counted_on_again(school: School) -> None:
    planned = a_lesson(school)
    with school.database.write(school.network_id) as session:
        revealing.waive(session, planned.id, school["Ruth"].id, by=school["Helen"], at=NOW)
    lesson = change(school, planned.id, "Sion", "Ruth")
    assert names(lesson) == ["Siôn Prydderch", "Ruth Adeyemi"]
    assert pair_state(school, planned.id) == PairState.PLANNED


def test_whoever_comes_back_finds_the_same_record(school: School) -> None:
    planned = a_lesson(school)
    change(school, planned.id, "Sion")
    lesson = change(school, planned.id, "Sion", "Ruth")
    seat = lesson.seat_of(school["Ruth"].id)
    assert seat is not None
    assert seat.observation_id == planned.observations["Ruth"]


def test_what_was_begun_without_network_before_somebody_was_taken_out_is_kept(
    room: Classroom,
) -> None:
    ruth = room.sender("Ruth")
    began = [ruth.open(room.lesson.id)]
    began += [ruth.tablet.set(RATING, 3), *ruth.tablet.note("Pupils explain.")]
    change(room.school, room.lesson.id, "Sion", "Helen")
    assert set(ruth.status(*began)) == {"accepted"}
    with room.school.database.read(room.school.network_id) as session:
        lesson = lessons.find(session, room.lesson.id)
        row = session.get_one(
            tables.Observation, (room.school.network_id, room.lesson.observations["Ruth"])
        )
    assert names(lesson) == ["Siôn Prydderch", "Helen Marsh"]
    assert (row.state, row.capacity) == (RecordState.DRAFT, Capacity.ADVISER)
    assert room.ratings("Ruth") == {("questioning", "whole"): 3}


def test_what_came_before_the_open_of_somebody_taken_out_is_kept_too(room: Classroom) -> None:
    ruth = room.sender("Ruth")
    begin = ruth.open(room.lesson.id)
    rating = ruth.tablet.set(RATING, 3)
    change(room.school, room.lesson.id, "Sion")
    assert ruth.status(rating, begin) == ["accepted", "accepted"]
    assert room.ratings("Ruth") == {("questioning", "whole"): 3}
    assert ruth.line.state_hash == ruth.tablet.state_hash()


def test_whoever_was_never_asked_is_still_refused(room: Classroom) -> None:
    a_person(room.school, "Owen Lloyd", RoleKind.HEAD)
    change(room.school, room.lesson.id, "Sion")
    owen = room.sender("Owen", uuid4())
    sent = owen.open(room.lesson.id)
    assert owen.status(sent) == ["unknown_lesson"]


def _becomes(school: School, name: str, kind: RoleKind) -> None:
    from sqlalchemy import update

    from observe.storage.tables import people

    with school.database.write(school.network_id) as session:
        mine = people.Role.person_id == school[name].id
        session.execute(update(people.Role).where(mine).values(kind=kind))
