"""What happens without anybody asking: releases on the school's day, waiting too long, lists of a year that is over."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from observe.core.errors import Invalid, Missing
from observe.core.feedback.review import State
from observe.core.permissions import RoleKind, may
from observe.services import (
    chores,
    class_lists,
    escalating,
    review_queue,
    school_holidays,
    summary_review,
)
from observe.storage import class_lists as kept_lists
from observe.storage import school_days, summaries
from observe.storage.tables.people import School as SchoolRow
from tests.factories import NOW, School, a_person
from tests.letters import LATER, RUTH, a_draft, submitted

FRIDAY = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


def releases_on(school: School, weekday: int | None) -> None:
    with school.database.write(school.network_id) as session:
        session.get_one(SchoolRow, (school.network_id, school.school_id)).release_weekday = weekday


def approved(school: School) -> UUID:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        summary_review.approve(session, summary_id, revision=2, by=school["Helen"], at=LATER)
    return summary_id


def jobs_run(school: School, at: datetime) -> None:
    chores.in_one(school.database, school.network_id, at=at)


def state_of(school: School, summary_id: UUID) -> str:
    with school.database.read(school.network_id) as session:
        return summaries.row(session, summary_id).state


def test_what_is_approved_goes_out_on_the_schools_day_in_the_morning_without_mail_too(
    school: School,
) -> None:
    releases_on(school, 4)
    summary_id = approved(school)
    for at in (LATER, FRIDAY - timedelta(minutes=31)):
        jobs_run(school, at)
        assert state_of(school, summary_id) == State.APPROVED
    jobs_run(school, FRIDAY)
    assert state_of(school, summary_id) == State.RELEASED
    with school.database.read(school.network_id) as session:
        version = summaries.version(session, summary_id)
    assert (version.released_by, version.released_at) == ("Helen Marsh", FRIDAY)


def test_jobs_that_run_twice_release_once(school: School) -> None:
    releases_on(school, 4)
    summary_id = approved(school)
    for _ in range(2):
        jobs_run(school, FRIDAY)
    with school.database.read(school.network_id) as session:
        assert summaries.latest_number(session, summary_id) == 1


def test_a_school_without_a_day_releases_what_is_approved_at_once(school: School) -> None:
    assert state_of(school, approved(school)) == State.RELEASED


def test_what_is_approved_on_the_day_itself_goes_out_at_once(school: School) -> None:
    releases_on(school, LATER.weekday())
    assert state_of(school, approved(school)) == State.RELEASED


def test_words_changed_after_the_approval_are_approved_anew(school: School) -> None:
    releases_on(school, 4)
    summary_id = approved(school)
    with school.database.write(school.network_id) as session:
        summary_review.correct(
            session, summary_id, "2", "All began.", revision=3, by=school["Helen"], at=LATER
        )
    jobs_run(school, FRIDAY)
    assert state_of(school, summary_id) == State.IN_REVIEW


def readers_of(school: School, summary_id: UUID) -> set[str]:
    with school.database.read(school.network_id) as session:
        thing = summaries.thing(session, summary_id)
    return {name for name, one in school.people.items() if may(one, "review summary", thing)}


@pytest.fixture
def long_ladder(school: School) -> School:
    a_person(school, "Dilys Penry", RoleKind.DEPUTY)
    return school


def test_what_waits_too_long_goes_to_the_head_and_then_to_the_deputy(long_ladder: School) -> None:
    summary_id = submitted(long_ladder, notes={"Ruth": RUTH})
    asked = []
    for days in (2, 3, 3, 8, 12):
        jobs_run(long_ladder, LATER + timedelta(days=days))
        asked.append(readers_of(long_ladder, summary_id))
    both, all_three = {"Helen", "Sion"}, {"Helen", "Sion", "Dilys"}
    assert asked == [{"Helen"}, both, both, all_three, all_three]


def test_nothing_goes_up_in_the_holidays(long_ladder: School) -> None:
    summary_id = submitted(long_ladder, notes={"Ruth": RUTH})
    with long_ladder.database.write(long_ladder.network_id) as session:
        days = {"first": date(2026, 11, 18), "last": date(2026, 12, 31)}
        margaret = long_ladder["Margaret"]
        school_holidays.add(session, None, name="Flood", **days, by=margaret, at=NOW)
    jobs_run(long_ladder, LATER + timedelta(days=20))
    assert readers_of(long_ladder, summary_id) == {"Helen"}


def test_what_goes_up_never_reaches_its_author_or_whom_it_is_about(long_ladder: School) -> None:
    by_head, about_head = (
        submitted(long_ladder),
        submitted(long_ladder, teacher="Sion", notes={"Ruth": RUTH}),
    )
    for days in (4, 10, 20):
        jobs_run(long_ladder, LATER + timedelta(days=days))
    assert readers_of(long_ladder, by_head) == {"Helen", "Dilys"}
    assert readers_of(long_ladder, about_head) == {"Dilys"}


def test_a_queue_says_with_whom_else_a_late_summary_waits_and_since_when(
    long_ladder: School,
) -> None:
    summary_id = submitted(long_ladder, notes={"Ruth": RUTH})
    at = LATER + timedelta(days=9)
    jobs_run(long_ladder, at)
    with long_ladder.database.read(long_ladder.network_id) as session:
        (mine,) = review_queue.waiting_for(session, long_ladder["Helen"], at=at)
        (theirs,) = review_queue.waiting_for(session, long_ladder["Sion"], at=at)
        (sent,) = review_queue.sent_by(session, long_ladder["Ruth"], at=at)
    assert (mine.left, mine.also_with, mine.summary.escalated_at) == (-2, ("Siôn Prydderch",), at)
    assert theirs.also_with == ("Helen Marsh",)
    assert sent.also_with == ("Siôn Prydderch",)
    assert mine.summary.id == summary_id


def test_what_is_sent_again_waits_with_its_nearest_reader_first(long_ladder: School) -> None:
    from observe.services import summary_writing

    summary_id = submitted(long_ladder, notes={"Ruth": RUTH})
    jobs_run(long_ladder, LATER + timedelta(days=4))
    sion, ruth = long_ladder["Sion"], long_ladder["Ruth"]
    with long_ladder.database.write(long_ladder.network_id) as session:
        summary_review.comment(session, summary_id, None, "Shorter.", by=sion, at=LATER)
        summary_review.send_back(session, summary_id, revision=2, by=sion, at=LATER)
        summary_writing.submit(session, summary_id, by=ruth, at=LATER + timedelta(days=5))
    assert readers_of(long_ladder, summary_id) == {"Helen"}


def test_the_queue_is_in_order_of_working_days_left_with_the_holidays_of_each_school(
    school: School,
) -> None:
    early = submitted(school, starts_at=NOW - timedelta(days=4))
    later = submitted(school)
    with school.database.read(school.network_id) as session:
        found = review_queue.waiting_for(session, school["Helen"], at=LATER)
    assert [(each.summary.id, each.left) for each in found] == [(early, 3), (later, 5)]


def test_a_summary_begun_before_a_holiday_is_known_keeps_its_day(school: School) -> None:
    before = a_draft(school)
    with school.database.write(school.network_id) as session:
        day = date(2026, 11, 20)
        school_holidays.add(
            session, school.school_id, name="", first=day, last=None, by=school["Sion"], at=NOW
        )
    after = a_draft(school, teacher="Aisha")
    with school.database.read(school.network_id) as session:
        told = [summaries.find(session, each) for each in (before, after)]
    assert [each.due_on for each in told] == [date(2026, 11, 24), date(2026, 11, 25)]
    assert [each.days_left(date(2026, 11, 19)) for each in told] == [2, 3]


def test_holidays_are_those_of_the_school_and_of_all_schools(school: School) -> None:
    with school.database.write(school.network_id) as session:
        by, at = school["Margaret"], NOW
        school_holidays.paste(session, None, "Christmas 24/12/2026 to 25/12/2026", by=by, at=at)
        school_holidays.paste(session, school.school_id, "INSET 2026-11-30", by=by, at=at)
        found = school_days.holidays(session, school.school_id, NOW.date())
        again = school_holidays.paste(
            session, school.school_id, "Training 30/11/2026", by=by, at=at
        )
    assert found == {date(2026, 11, 30), date(2026, 12, 24), date(2026, 12, 25)}
    assert again == 0


def test_a_holiday_is_taken_off_the_list_of_its_own_school_only(school: School) -> None:
    with school.database.write(school.network_id) as session:
        by, at = school["Margaret"], NOW
        school_holidays.paste(session, None, "Christmas 24/12/2026", by=by, at=at)
        (days,) = school_days.listed(session, None)
        with pytest.raises(Missing):
            school_holidays.remove(session, school.school_id, days.id, by=by, at=at)
        school_holidays.remove(session, None, days.id, by=by, at=at)
        assert not school_days.listed(session, None)


def test_a_class_list_is_kept_until_the_school_year_ends(school: School) -> None:
    with school.database.write(school.network_id) as session:
        told = "Name\n1. Owen, Maisie\nTom Price\t5B\nTom Price\n"
        where = (session, school.school_id, school.class_id)
        assert class_lists.write_down(*where, told, by=school["Sion"], at=NOW) == 2
    for at, names in (
        (datetime(2027, 8, 31, 12, tzinfo=UTC), ("Maisie Owen", "Tom Price")),
        (datetime(2027, 9, 1, 12, tzinfo=UTC), ()),
    ):
        jobs_run(school, at)
        with school.database.read(school.network_id) as session:
            assert kept_lists.names(session, school.class_id) == names


def test_a_new_list_takes_the_place_of_the_old_one_and_a_bad_one_changes_nothing(
    school: School,
) -> None:
    with school.database.write(school.network_id) as session:
        where = (session, school.school_id, school.class_id)
        by = {"by": school["Sion"], "at": NOW}
        class_lists.write_down(*where, "Tom Price", **by)  # type: ignore[arg-type]
        class_lists.write_down(*where, "Llŷr Bevan", **by)  # type: ignore[arg-type]
        for bad in ("", "12/13", "x" * 90):
            with pytest.raises(Invalid):
                class_lists.write_down(*where, bad, **by)  # type: ignore[arg-type]
        assert kept_lists.names(session, school.class_id) == ("Llŷr Bevan",)
        assert class_lists.erase(*where, **by) == 1  # type: ignore[arg-type]
        assert not kept_lists.names(session, school.class_id)


def test_nothing_waits_where_nothing_is_late(school: School) -> None:
    submitted(school)
    with school.database.read(school.network_id) as session:
        assert not escalating.due(session, at=LATER + timedelta(days=1))
