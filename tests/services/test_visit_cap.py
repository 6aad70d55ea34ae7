"""How often a teacher is visited in a school year, and who may plan one visit more than the school wants."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from observe.core.errors import Invalid
from observe.core.permissions import RoleKind
from observe.services import planning, visit_cap
from observe.storage import lessons
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Observation
from tests.factories import NOW, School, a_lesson, a_person
from tests.services.test_lesson_seats import change
from tests.services.test_planning import a_wish, faults, leave_team, plan


def cap(school: School, visits: int | None) -> None:
    with school.database.write(school.network_id) as session:
        visit_cap.set_for(session, school.school_id, visits, by=school["Sion"], at=NOW)


def left(session: NetworkSession, school: School, name: str, at: datetime = NOW) -> int | None:
    return visit_cap.left(session, [school[name].id], at)[school[name].id]


def test_without_a_cap_there_is_no_number(school: School) -> None:
    a_lesson(school)
    with school.database.read(school.network_id) as session:
        assert left(session, school, "Catrin") is None


def test_a_shared_lesson_counts_once_and_a_cancelled_one_not(school: School) -> None:
    cap(school, 3)
    a_lesson(school)
    cancelled = a_lesson(school, starts_at=NOW + timedelta(days=1))
    with school.database.write(school.network_id) as session:
        assert left(session, school, "Catrin") == 1
        planning.cancel(session, cancelled.id, "Flu", by=school["Sion"], at=NOW)
        session.flush()
        assert (left(session, school, "Catrin"), left(session, school, "Aisha")) == (2, 3)


def test_looking_at_books_is_no_visit(school: School) -> None:
    cap(school, 3)
    a_lesson(school, rubric="work-scrutiny")
    with school.database.read(school.network_id) as session:
        assert left(session, school, "Catrin") == 3


def test_a_lesson_that_nobody_observes_any_more_is_no_visit(school: School) -> None:
    cap(school, 3)
    planned = a_lesson(school, observers=("Sion",))
    with school.database.write(school.network_id) as session:
        key = (school.network_id, planned.observations["Sion"])
        row = session.get_one(Observation, key)
        row.state = "withdrawn"
        session.flush()
        assert left(session, school, "Catrin") == 3


def test_the_year_begins_on_the_first_of_september_where_the_school_is(school: School) -> None:
    cap(school, 3)
    a_lesson(school, starts_at=datetime(2026, 8, 31, 22, 59, tzinfo=UTC))
    a_lesson(school, starts_at=datetime(2026, 8, 31, 23, 1, tzinfo=UTC), observers=("Helen",))
    with school.database.read(school.network_id) as session:
        assert left(session, school, "Catrin") == 2
        assert left(session, school, "Catrin", datetime(2026, 6, 1, tzinfo=UTC)) == 2
        assert left(session, school, "Catrin", datetime(2027, 9, 1, tzinfo=UTC)) == 3


def test_one_visit_more_needs_a_reason_of_the_head(school: School) -> None:
    cap(school, 1)
    a_lesson(school)
    wish = replace(a_wish(school, "Sion"), starts_at=NOW + timedelta(days=2))
    with school.database.write(school.network_id) as session:
        assert faults(session, school, wish, by="Sion") == {"over_cap"}
        planned = plan(session, school, replace(wish, over_cap="Catrin asked for it."))
        *_, event = lessons.events(session, planned)
    assert event.details["over_cap"] == "Catrin asked for it."


@pytest.mark.parametrize("name", ["Ruth", "Helen"])
def test_an_adviser_or_leader_does_not_pass_the_cap(school: School, name: str) -> None:
    cap(school, 1)
    a_lesson(school)
    wish = replace(
        a_wish(school, "Sion"), starts_at=NOW + timedelta(days=2), over_cap="It is needed."
    )
    with school.database.write(school.network_id) as session:
        with pytest.raises(Invalid, match="Ask Siôn Prydderch"):
            plan(session, school, wish, by=name)
        assert faults(session, school, wish, by="Margaret") == set()


def test_a_lesson_that_is_only_moved_is_no_visit_more(school: School) -> None:
    cap(school, 1)
    planned = a_lesson(school)
    change(school, planned.id, "Sion", "Helen")
    with school.database.read(school.network_id) as session:
        assert left(session, school, "Catrin") == 0


def test_a_lesson_given_to_a_teacher_without_a_visit_left_needs_a_reason(school: School) -> None:
    cap(school, 1)
    a_lesson(school, teacher="Aisha", observers=("Helen",))
    planned = a_lesson(school)
    with school.database.read(school.network_id) as session:
        lesson = lessons.find(session, planned.id)
        wish = replace(a_wish(school, "Sion", "Ruth", teacher="Aisha"), starts_at=lesson.starts_at)
        told = planning.faults_of_change(session, lesson, wish, by=school["Sion"], at=NOW)
    assert set(told) == {"over_cap"}


@pytest.mark.parametrize("wrong", [0, 51])
def test_a_cap_is_a_number_that_makes_sense(school: School, wrong: int) -> None:
    with pytest.raises(Invalid):
        cap(school, wrong)


def test_who_is_held_to_a_team_is_told_who_could_plan(school: School) -> None:
    leave_team(school, a_person(school, "Owain Gwyl", RoleKind.TEACHER))
    wish = a_wish(school, "Helen", teacher="Owain")
    with school.database.read(school.network_id) as session:
        offered = planning.choices(session, school.school_id, by=school["Helen"])
        told = planning.faults(session, offered, wish, at=NOW)["teacher"]
    assert told == (
        "This teacher is not in a team that you lead. "
        "Siôn Prydderch (head) or Ruth Adeyemi (adviser) can."
    )
