from datetime import timedelta

import pytest
from sqlalchemy import select

from observe.core.errors import Conflict, Refused
from observe.core.permissions import RoleKind
from observe.services import revealing
from observe.storage.tables.calibration import PairedRating
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Observation, Pair
from tests.factories import PlannedLesson, School, a_person
from tests.talks import LATER, a_talk, begun, same, seal


def rows(school: School, lesson: PlannedLesson) -> list[PairedRating]:
    with school.database.read(school.network_id) as session:
        query = select(PairedRating).where(PairedRating.lesson_id == lesson.id)
        return list(session.scalars(query.order_by(PairedRating.criterion)))


def state(school: School, lesson: PlannedLesson) -> str | None:
    with school.database.read(school.network_id) as session:
        pair = session.get(Pair, (session.network_id, lesson.id))
        return pair.state if pair else None


def test_the_last_seal_reveals_the_pair_and_writes_what_is_counted(school: School) -> None:
    lesson = a_talk(school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}})
    (row,) = rows(school, lesson)
    assert (row.level_a, row.level_b, row.weight, row.left_out) == (1, 3, 1.0, None)
    assert (row.capacity_a, row.capacity_b) == ("head", "adviser")
    assert state(school, lesson) == "revealed"


def test_one_seal_reveals_nothing(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
    assert rows(school, lesson) == []
    assert state(school, lesson) == "under way"


def test_revealing_twice_changes_nothing(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()})
    with school.database.write(school.network_id) as session:
        revealing.reveal(session, lesson.id, at=LATER)
    assert len(rows(school, lesson)) == 4


def test_a_withdrawal_reveals_the_rest(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
        seal(session, lesson, "Ruth")
        begun(session, lesson.observations["Helen"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
    assert {row.weight for row in rows(school, lesson)} == {1.0}
    assert state(school, lesson) == "revealed"


def test_who_withdraws_after_the_reveal_is_left_out_and_counted(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)})
    assert {row.weight for row in rows(school, lesson)} == {0.5}
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Helen"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
    kept = rows(school, lesson)
    assert [row.weight for row in kept if row.left_out is None] == [1.0] * 4
    assert len([row for row in kept if row.left_out == "withdrawn"]) == 8


def test_a_waived_partner_leaves_a_single_lesson(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": {}}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
        revealing.waive(session, lesson.id, school["Ruth"].id, by=school["Helen"], at=LATER)
    assert state(school, lesson) is None


def test_a_partner_who_has_sealed_cannot_be_waived(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": {}}, sealed=False)
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        seal(session, lesson, "Sion")
        revealing.waive(session, lesson.id, school["Sion"].id, by=school["Helen"], at=LATER)


def test_opened_early_the_records_are_sealed_and_stay_out_of_the_figures(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, lesson.id, by=school["Helen"], at=LATER)
    assert {row.left_out for row in rows(school, lesson)} == {"not_blind"}
    with school.database.read(school.network_id) as session:
        query = select(Observation).where(Observation.lesson_id == lesson.id)
        assert {(o.state, o.state_hash is None) for o in session.scalars(query)} == {
            ("sealed", False)
        }


def test_an_observer_of_the_lesson_never_opens_it_early(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session, pytest.raises(Refused):
        revealing.open_early(session, lesson.id, by=school["Sion"], at=LATER)


def test_a_record_that_was_not_begun_is_not_opened_early(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": {}}, sealed=False)
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        begun(session, lesson.observations["Ruth"], state="planned")
        revealing.open_early(session, lesson.id, by=school["Helen"], at=LATER)


def test_each_step_is_in_the_history_without_a_level(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()})
    with school.database.read(school.network_id) as session:
        query = select(HistoryLine).where(HistoryLine.thing_id == str(lesson.id))
        assert [line.did for line in session.scalars(query)] == ["pair revealed"]


def test_the_days_observed_stand_in_the_rows(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, at=LATER + timedelta(days=3))
    assert {row.observed_on for row in rows(school, lesson)} == {(LATER + timedelta(days=3)).date()}


def test_a_third_observer_is_counted_with_each_of_the_others(school: School) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    lesson = a_talk(school, {name: same("routines") for name in ("Sion", "Ruth", "Peter")})
    assert [(row.capacity_a, row.capacity_b) for row in rows(school, lesson)].count(
        ("head", "head")
    ) == 1
