"""When people are free: what they said of their week and of days away, and what they have promised."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from observe.core.errors import Invalid, Missing
from observe.core.planner import DoubtKind, Part
from observe.services import free_times, plan_hints, planning
from observe.services.free_times import TaughtWish
from observe.storage.database import NetworkSession
from observe.storage.staff import Place
from tests.factories import NOW, School, a_lesson
from tests.services.test_planning import AT_TEN, a_wish

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 27)
MATHS = TaughtWish(weekday=2, begins_at=time(10), minutes=60, class_id=None, school_subject="maths")


def free(session: NetworkSession, school: School, *names: str) -> list[int]:
    """The days of that week, as days of the month, on which these people are free."""
    ids = [school[name].id for name in names]
    return [day.day for day in free_times.free_between(session, ids, MONDAY, FRIDAY)]


def away(session: NetworkSession, school: School, name: str, first: date, last: date) -> None:
    free_times.go_away(session, first, last, by=school[name], at=NOW)


def test_without_a_word_everybody_is_free_on_school_days(school: School) -> None:
    with school.database.read(school.network_id) as session:
        assert free(session, school, "Sion", "Ruth") == [23, 24, 25, 26, 27]


def test_a_day_is_free_when_it_is_for_all(school: School) -> None:
    with school.database.write(school.network_id) as session:
        half_days = {(0, Part.MORNING), (2, Part.MORNING), (4, Part.AFTERNOON)}
        free_times.keep_half_days(session, half_days, by=school["Ruth"], at=NOW)
        away(session, school, "Sion", WEDNESDAY, WEDNESDAY)
        assert free(session, school, "Sion", "Ruth") == [23, 27]
        free_times.keep_half_days(session, set(), by=school["Ruth"], at=NOW)
        assert free(session, school, "Ruth") == [23, 24, 25, 26, 27]


def test_a_lesson_that_is_promised_takes_its_day(school: School) -> None:
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    planned = a_lesson(school, observers=("Ruth",), starts_at=at)
    with school.database.write(school.network_id) as session:
        assert free(session, school, "Sion", "Ruth") == [23, 25, 26, 27]
        assert len(free(session, school, "Sion")) == 5
        planning.cancel(session, planned.id, "Flu", by=school["Ruth"], at=NOW)
        session.flush()
        assert len(free(session, school, "Ruth")) == 5


def test_days_away_said_twice_are_kept_once_and_taken_back(school: School) -> None:
    with school.database.write(school.network_id) as session:
        ids = {
            free_times.go_away(session, MONDAY, FRIDAY, by=school["Ruth"], at=NOW) for _ in range(2)
        }
        (away_id,) = ids
        assert free(session, school, "Ruth") == []
        with pytest.raises(Missing):
            free_times.come_back(session, away_id, by=school["Sion"], at=NOW)
        free_times.come_back(session, away_id, by=school["Ruth"], at=NOW)
        session.flush()
        assert len(free(session, school, "Ruth")) == 5


@pytest.mark.parametrize(
    ("first", "last"),
    [(FRIDAY, MONDAY), (date(2026, 1, 5), date(2026, 1, 6)), (MONDAY, date(2029, 1, 1))],
)
def test_days_away_lie_ahead_in_the_right_order(school: School, first: date, last: date) -> None:
    with school.database.write(school.network_id) as session, pytest.raises(Invalid):
        away(session, school, "Ruth", first, last)


def test_a_head_does_not_see_why_or_when_others_are_away_on_the_own_page(school: School) -> None:
    with school.database.write(school.network_id) as session:
        away(session, school, "Ruth", MONDAY, FRIDAY)
        assert free_times.own(session, school["Sion"], today=MONDAY).away == ()


def doubts(session: NetworkSession, school: School, **other: object) -> list[tuple[str, DoubtKind]]:
    place = Place(school.school_id, "Thornbeck Primary", "Europe/London")
    wish = replace(a_wish(school, "Sion", "Ruth"), **other)  # type: ignore[arg-type]
    return [(each.name, each.kind) for each in plan_hints.doubts(session, place, wish)]


def test_whoever_is_away_or_not_free_is_named(school: School) -> None:
    with school.database.write(school.network_id) as session:
        assert doubts(session, school) == []
        away(session, school, "Ruth", AT_TEN.date(), AT_TEN.date())
        free_times.keep_half_days(session, {(4, Part.MORNING)}, by=school["Sion"], at=NOW)
        named = [("Siôn Prydderch", DoubtKind.NOT_FREE), ("Ruth Adeyemi", DoubtKind.AWAY)]
        assert doubts(session, school) == named


def test_a_teacher_who_said_what_they_teach_is_visited_then(school: School) -> None:
    with school.database.write(school.network_id) as session:
        free_times.teach(session, MATHS, by=school["Catrin"], at=NOW)
        assert doubts(session, school) == []
        at_two = AT_TEN.replace(hour=14)
        nothing = [("Catrin Morley", DoubtKind.TEACHES_NOTHING)]
        assert doubts(session, school, starts_at=at_two) == nothing


def test_the_days_that_are_offered_suit_the_observers_and_the_teacher(school: School) -> None:
    with school.database.write(school.network_id) as session:
        free_times.teach(session, MATHS, by=school["Catrin"], at=NOW)
        away(session, school, "Ruth", WEDNESDAY, WEDNESDAY)
        place = Place(school.school_id, "Thornbeck Primary", "Europe/London")
        found = plan_hints.hints(
            session,
            place,
            observer_ids=[school["Sion"].id, school["Ruth"].id],
            teacher_id=school["Catrin"].id,
            near=MONDAY,
            at=NOW,
        )
    assert [day.isoformat() for day in found.days[:2]] == ["2026-12-02", "2026-12-09"]
    assert [each.title for each in found.taught] == ["Maths"]


def test_a_lesson_of_the_week_is_ones_own(school: School) -> None:
    with school.database.write(school.network_id) as session:
        taught_id = free_times.teach(session, MATHS, by=school["Catrin"], at=NOW)
        with pytest.raises(Missing):
            free_times.stop_teaching(session, taught_id, by=school["Aisha"], at=NOW)
        with pytest.raises(Invalid):
            wrong = replace(MATHS, class_id=school.team_id)
            free_times.teach(session, wrong, by=school["Catrin"], at=NOW)
        free_times.stop_teaching(session, taught_id, by=school["Catrin"], at=NOW)
        session.flush()
        assert free_times.own(session, school["Catrin"], today=MONDAY).taught == ()
