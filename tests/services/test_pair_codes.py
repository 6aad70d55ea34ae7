"""Lessons that were made in the classroom, and codes that join them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import pair_codes
from observe.storage import people, records
from observe.storage.tables import people as tables
from observe.storage.tables.feedback import Summary
from observe.storage.tables.lessons import Lesson, Observation, Pair
from tests.classroom import RATING, Classroom, Sender, a_classroom
from tests.factories import NOW, School, a_network, a_person
from tests.tablet import Sent


@pytest.fixture
def room(school: School) -> Classroom:
    return a_classroom(school)


def unplanned(room: Classroom, name: str) -> Sender:
    """Somebody with a tablet on which a new record was begun."""
    sender = room.sender(name, new_id(NOW))
    sender.tablet.made.clear()
    return sender


def made(sender: Sender, code: str | None = "BCDFGH", **keys: Any) -> Sent:
    """The `open` of a lesson that the tablet made."""
    school = sender.school
    lesson = {
        "lesson_id": str(uuid4()),
        "kind": "lesson",
        "school": str(school.school_id),
        "teacher": {"id": str(school["Catrin"].id), "name": "Catrin Morley"},
        "class": None,
        "starts_at": NOW.isoformat(),
        "rubric": school.rubrics["teaching-framework"],
    }
    return sender.tablet.make("open", value={"lesson": lesson | keys, "pair_code": code})


def lesson_of(sender: Sender) -> UUID:
    with sender.school.database.read(sender.school.network_id) as session:
        query = select(Observation.lesson_id)
        return session.scalars(query.where(Observation.id == sender.tablet.observation_id)).one()


def state_of_pair(sender: Sender) -> str | None:
    with sender.school.database.read(sender.school.network_id) as session:
        return session.scalar(select(Pair.state).where(Pair.lesson_id == lesson_of(sender)))


def test_a_lesson_made_without_network_is_there_with_its_capacity(room: Classroom) -> None:
    sion = unplanned(room, "Sion")
    rated = sion.tablet.set(RATING, 3)
    assert sion.status(rated) == ["accepted"]
    assert sion.line.state == "waiting"
    assert sion.status(made(sion, code=None)) == ["accepted"]
    assert (sion.line.state, sion.line.ratings) == ("draft", 1)
    with room.school.database.read(room.school.network_id) as session:
        row = session.get_one(Observation, (session.network_id, sion.tablet.observation_id))
        lesson = session.get_one(Lesson, (session.network_id, row.lesson_id))
        pair = session.get(Pair, (session.network_id, row.lesson_id))
    assert (row.capacity, lesson.teacher_id, pair) == ("head", room.school["Catrin"].id, None)
    assert lesson.team_id == room.school.team_id


def test_two_lessons_with_one_code_become_a_pair(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.send(made(sion))
    ruth.send(made(ruth, starts_at=(NOW + timedelta(hours=2, minutes=59)).isoformat()))
    assert lesson_of(sion) == lesson_of(ruth)
    assert state_of_pair(sion) == "under way"
    for sender in (sion, ruth):
        sender.send(sender.tablet.set(RATING, 2))
        seal = sender.tablet.make("seal", value={"state_hash": sender.line.state_hash})
        sender.send(seal)
    assert state_of_pair(sion) == "revealed"


def test_the_lesson_whose_observation_id_is_lowest_stays(room: Classroom) -> None:
    first, second = unplanned(room, "Ruth"), unplanned(room, "Sion")
    opened = {sender.name: made(sender) for sender in (first, second)}
    second.send(opened["Sion"])
    first.send(opened["Ruth"])
    lowest = min((first, second), key=lambda sender: sender.tablet.observation_id)
    assert str(lesson_of(first)) == opened[lowest.name]["value"]["lesson"]["lesson_id"]


def test_three_who_share_a_code_become_one_whoever_comes_first(school: School) -> None:
    a_person(school, "Omar Haddad", RoleKind.HEAD)
    room = a_classroom(school)
    senders = [unplanned(room, name) for name in ("Sion", "Ruth", "Omar")]
    hours = {"Sion": 0, "Omar": 4, "Ruth": 2}
    for name, after in hours.items():
        sender = next(each for each in senders if each.name == name)
        sender.send(made(sender, starts_at=(NOW + timedelta(hours=after)).isoformat()))
    assert len({lesson_of(sender) for sender in senders}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": (NOW + timedelta(hours=3, minutes=1)).isoformat()},
        {"code": "BCDFGJ"},
        {"code": None},
    ],
)
def test_what_does_not_fit_stays_single(room: Classroom, other: dict[str, Any]) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.send(made(sion))
    ruth.send(made(ruth, **other))
    assert lesson_of(sion) != lesson_of(ruth)
    assert state_of_pair(sion) is None


def test_another_rubric_stays_single_and_so_does_another_school(room: Classroom) -> None:
    sion, ruth, helen = (unplanned(room, name) for name in ("Sion", "Ruth", "Helen"))
    elsewhere = another_school(room.school, adviser="Ruth", teacher="Aisha")
    sion.send(made(sion))
    other = room.school.rubrics["ways-of-looking"]
    helen.tablet.rubric = other
    assert helen.status(made(helen, rubric=other)) == ["accepted"]
    there = {"school": str(elsewhere), "teacher": str(room.school["Aisha"].id)}
    assert ruth.status(made(ruth, **there)) == ["accepted"]
    assert len({lesson_of(each) for each in (sion, ruth, helen)}) == 3
    assert state_of_pair(sion) is None


def test_a_code_that_is_used_again_the_next_day_joins_the_lessons_of_that_day(
    school: School,
) -> None:
    room = a_classroom(school)
    days = []
    for day in (0, 1):
        sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
        for sender in (sion, ruth):
            sender.send(made(sender, starts_at=(NOW + timedelta(days=day)).isoformat()))
        assert lesson_of(sion) == lesson_of(ruth)
        days.append(lesson_of(sion))
    assert len(set(days)) == 2


def sealed(sender: Sender) -> None:
    (record,) = sender.post(sender.tablet.set(RATING, 2)).records  # type: ignore[union-attr]
    seal = sender.tablet.make("seal", value={"state_hash": record.state_hash})
    assert sender.status(seal) == ["accepted"]


def test_whoever_comes_after_the_reveal_stays_single(school: School) -> None:
    a_person(school, "Omar Haddad", RoleKind.HEAD)
    room = a_classroom(school)
    sion, ruth, omar = (unplanned(room, name) for name in ("Sion", "Ruth", "Omar"))
    for sender in (sion, ruth):
        sender.send(made(sender))
    for sender in (sion, ruth):
        sealed(sender)
    assert state_of_pair(sion) == "revealed"
    assert omar.status(made(omar)) == ["accepted"]
    assert lesson_of(omar) != lesson_of(sion)
    assert state_of_pair(omar) is None


def test_a_code_typed_in_after_sealing_comes_too_late(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.send(made(sion))
    opened = made(ruth, code=None)
    ruth.send(opened)
    for sender in (sion, ruth):
        sealed(sender)
    again = opened["value"] | {"pair_code": "BCDFGH"}
    assert ruth.status(ruth.tablet.make("open", value=again)) == ["late"]
    assert lesson_of(sion) != lesson_of(ruth)


def test_a_lesson_whose_summary_was_worked_on_stays_single(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.send(made(sion))
    sealed(sion)
    with room.school.database.write(room.school.network_id) as session:
        draft = session.scalars(select(Summary).where(Summary.lesson_id == lesson_of(sion))).one()
        draft.revision = 2
    ruth.send(made(ruth))
    assert lesson_of(sion) != lesson_of(ruth)


def test_each_observes_in_the_capacity_that_they_have_at_that_school(school: School) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    room = a_classroom(school)
    expected = {"Sion": "head", "Helen": "leader", "Mair": "adviser"}
    senders = {name: unplanned(room, name) for name in expected}
    for sender in senders.values():
        assert sender.status(made(sender)) == ["accepted"]
    assert {name: capacity_of(sender) for name, sender in senders.items()} == expected
    assert len({lesson_of(sender) for sender in senders.values()}) == 1


def test_a_head_of_another_school_is_a_visitor_and_makes_no_lesson_there(school: School) -> None:
    elsewhere = another_school(school, adviser="Ruth", teacher="Aisha")
    sion = unplanned(a_classroom(school), "Sion")
    there = {"school": str(elsewhere), "teacher": str(school["Aisha"].id)}
    assert sion.status(made(sion, **there)) == ["unknown_lesson"]


def capacity_of(sender: Sender) -> str:
    with sender.school.database.read(sender.school.network_id) as session:
        key = (sender.school.network_id, sender.tablet.observation_id)
        return session.get_one(Observation, key).capacity


def another_school(school: School, *, adviser: str, teacher: str) -> UUID:
    """A second school of the network, with the adviser of the first one and a teacher."""
    school_id, team_id = new_id(NOW), new_id(NOW)
    with school.database.write(school.network_id) as session:
        session.add(tables.School(id=school_id, name="Hollin Green"))
        session.flush()
        session.add(tables.Team(id=team_id, school_id=school_id, name="Everybody"))
        session.flush()
        for name, kind in ((adviser, RoleKind.ADVISER), (teacher, RoleKind.TEACHER)):
            session.add(
                tables.Role(
                    id=new_id(NOW),
                    person_id=school[name].id,
                    kind=kind,
                    school_id=school_id,
                    team_id=team_id if kind == RoleKind.TEACHER else None,
                )
            )
        session.flush()
        asked = people.find(session, school[adviser].id)
    assert asked
    school.people[adviser] = asked
    return school_id


def test_a_lesson_of_work_samples_is_made_and_joined_like_any_other(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    rubric = room.school.rubrics["work-scrutiny"]
    for sender in (sion, ruth):
        sender.tablet.rubric = rubric
        keys = {"kind": "work-sample", "rubric": rubric}
        assert sender.status(made(sender, **keys)) == ["accepted"]
    assert lesson_of(sion) == lesson_of(ruth)
    with room.school.database.read(room.school.network_id) as session:
        kept = session.get_one(Lesson, (session.network_id, lesson_of(sion)))
    assert (kept.kind, kept.rubric_digest) == ("work-sample", rubric)
    assert sion.status(sion.tablet.set("rating/feedback/whole", 2)) == ["accepted"]


def test_a_second_record_of_one_observer_becomes_the_same_also_after_joining(
    room: Classroom,
) -> None:
    sion, ruth, again = unplanned(room, "Sion"), unplanned(room, "Ruth"), unplanned(room, "Sion")
    opened = {"Sion": made(sion), "Ruth": made(ruth)}
    sion.send(opened["Sion"]), ruth.send(opened["Ruth"])
    again.send(again.tablet.set(RATING, 4))
    for each in opened.values():
        second = again.tablet.make("open", value=each["value"])
        (verdict,) = again.send(second)
        assert (verdict.status, verdict.same_as) == ("accepted", sion.tablet.observation_id)
    with room.school.database.read(room.school.network_id) as session:
        assert records.read(session, sion.tablet.observation_id).ratings == {
            ("questioning", "whole"): 4
        }


def test_two_lessons_of_one_person_are_not_joined(room: Classroom) -> None:
    first, second = unplanned(room, "Sion"), unplanned(room, "Sion")
    first.send(made(first)), second.send(made(second))
    assert lesson_of(first) != lesson_of(second)


def test_a_code_of_another_network_joins_nothing(room: Classroom) -> None:
    elsewhere = a_classroom(a_network(room.school.database, name="Elsewhere"))
    sion, other = unplanned(room, "Sion"), unplanned(elsewhere, "Ruth")
    sion.send(made(sion)), other.send(made(other))
    assert state_of_pair(sion) is None


def test_letters_join_what_a_tablet_brings_days_later_and_nothing_after_two_weeks(
    school: School,
) -> None:
    a_person(school, "Omar Haddad", RoleKind.HEAD)
    room = a_classroom(school)
    sion, ruth, omar = (unplanned(room, name) for name in ("Sion", "Ruth", "Omar"))
    sion.post(made(sion))
    ruth.post(made(ruth), at=NOW + timedelta(days=13))
    assert lesson_of(sion) == lesson_of(ruth)
    alone = made(omar)
    omar.post(alone, at=NOW + timedelta(days=28))
    assert lesson_of(omar) != lesson_of(sion)
    sion.post(sion.tablet.make("open", value=alone["value"]), at=NOW + timedelta(days=28))
    assert lesson_of(omar) != lesson_of(sion)


def test_letters_of_long_ago_are_not_given_to_an_old_lesson_later(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.post(made(sion))
    opened = made(ruth, code=None)
    ruth.post(opened)
    again = opened["value"] | {"pair_code": "BCDFGH"}
    ruth.post(ruth.tablet.make("open", value=again), at=NOW + timedelta(days=15))
    assert lesson_of(sion) != lesson_of(ruth)


def test_whoever_tries_letter_after_letter_is_joined_with_nobody_that_day(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_codes, "MOST_A_DAY", 3)
    sion = unplanned(room, "Sion")
    sion.send(made(sion))
    guesses = [unplanned(room, "Ruth") for _ in range(3)]
    for guess, code in zip(guesses, ("BCDFGJ", "BCDFGK", "BCDFGL"), strict=True):
        opened = made(guess, code=code)
        assert guess.status(opened) == ["accepted"]
        other = opened["value"] | {"pair_code": "BCDFGH"}
        assert guess.status(guess.tablet.make("open", value=other)) == ["accepted"]
    last, next_day = unplanned(room, "Ruth"), unplanned(room, "Ruth")
    assert last.status(made(last)) == ["accepted"]
    assert last.line.state == "draft"
    assert lesson_of(sion) not in {lesson_of(each) for each in (*guesses, last)}
    next_day.post(made(next_day), at=NOW + timedelta(days=1, minutes=1))
    assert lesson_of(next_day) == lesson_of(sion)


def test_a_code_typed_in_after_the_start_still_joins(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    opened = made(sion, code=None)
    sion.send(opened)
    ruth.send(made(ruth))
    again = opened["value"] | {"pair_code": "BCDFGH"}
    assert sion.status(sion.tablet.make("open", value=again)) == ["accepted"]
    assert lesson_of(sion) == lesson_of(ruth)


def test_a_partner_who_sealed_alone_is_joined_and_waits_for_the_other(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    sion.send(made(sion), sion.tablet.set(RATING, 3))
    sion.send(sion.tablet.make("seal", value={"state_hash": sion.line.state_hash}))
    assert sion.line.state == "sealed"
    ruth.send(made(ruth))
    assert state_of_pair(ruth) == "under way"
    unseal = sion.tablet.make("unseal", value={"reason": "more", "include": False})
    assert sion.status(unseal) == ["accepted"]


def test_the_open_of_an_aliased_lesson_still_finds_its_record(room: Classroom) -> None:
    sion, ruth = unplanned(room, "Sion"), unplanned(room, "Ruth")
    opened = {"Sion": made(sion), "Ruth": made(ruth)}
    sion.send(opened["Sion"]), ruth.send(opened["Ruth"])
    for sender in (sion, ruth):
        again = sender.tablet.make("open", value=opened[sender.name]["value"])
        assert sender.status(again) == ["accepted"]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"school": str(uuid4())}, "unknown_lesson"),
        ({"teacher": str(uuid4())}, "unknown_lesson"),
        ({"class": str(uuid4())}, "unknown_lesson"),
        ({"rubric": "sha256:" + "0" * 64}, "unknown_rubric"),
        ({"rubric": "none"}, "unknown_rubric"),
        ({"kind": "work-sample"}, "bad_value"),
        ({"code": "AEIOUY"}, "pair_code"),
    ],
)
def test_a_lesson_that_cannot_be_is_rejected_with_the_reason(
    room: Classroom, keys: dict[str, Any], code: str
) -> None:
    sion = unplanned(room, "Sion")
    assert sion.status(made(sion, **keys)) == [code]


def test_nobody_makes_a_lesson_of_their_own_teaching_or_where_they_do_not_observe(
    room: Classroom,
) -> None:
    helen, catrin = unplanned(room, "Helen"), unplanned(room, "Catrin")
    assert helen.status(made(helen, teacher=str(room.school["Helen"].id))) == ["unknown_lesson"]
    assert catrin.status(made(catrin)) == ["unknown_lesson"]


def test_nobody_joins_a_lesson_by_knowing_its_id(room: Classroom) -> None:
    ruth = unplanned(room, "Helen")
    assert ruth.status(made(ruth, lesson_id=str(room.lesson.id))) == ["unknown_lesson"]


def test_a_leader_makes_lessons_of_the_own_team_only(room: Classroom) -> None:
    helen = unplanned(room, "Helen")
    with room.school.database.write(room.school.network_id) as session:
        from observe.storage.tables.people import Role

        role = session.scalars(select(Role).where(Role.person_id == room.school["Aisha"].id)).one()
        role.team_id = None
    assert helen.status(made(helen, teacher=str(room.school["Aisha"].id))) == ["unknown_lesson"]
    again = unplanned(room, "Helen")
    assert again.status(made(again)) == ["accepted"]
