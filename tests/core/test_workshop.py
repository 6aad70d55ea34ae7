"""A workshop: what can be planned, and how a calendar has it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from observe.core.calendar_file import calendar_file, entry_of_day, entry_of_workshop
from observe.core.workshop import Workshop, WorkshopWish, faults

STARTS = datetime(2026, 11, 24, 13, tzinfo=UTC)
WISH = WorkshopWish(
    title="Evidence first",
    stage="first",
    about="",
    place="Hall",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=3),
)
PLANNED = Workshop(
    id=UUID(int=1),
    programme_id=UUID(int=2),
    programme="A year",
    stage="first",
    title="Evidence first",
    about="",
    place="Hall",
    zone="Europe/London",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=3),
    revision=3,
)


def wrong(wish: WorkshopWish) -> list[str]:
    return [field for field, _sentence in faults(wish, ["first"])]


def test_a_workshop_ends_after_it_begins_and_within_a_week() -> None:
    assert wrong(WISH) == []
    assert wrong(replace(WISH, ends_at=STARTS)) == ["ends"]
    assert wrong(replace(WISH, ends_at=STARTS + timedelta(days=8))) == ["last"]


def test_a_workshop_counts_for_a_stage_that_is_there_or_for_none() -> None:
    assert wrong(replace(WISH, stage="")) == []
    assert wrong(replace(WISH, stage="practice")) == ["stage"]


def test_nobody_can_have_been_at_a_workshop_that_is_to_come_or_cancelled() -> None:
    assert PLANNED.has_begun(STARTS)
    assert not PLANNED.has_begun(STARTS - timedelta(minutes=1))
    assert not replace(PLANNED, cancelled_at=STARTS).has_begun(STARTS)


def test_its_days_are_those_of_the_schools_clock() -> None:
    late = replace(PLANNED, zone="Pacific/Auckland", ends_at=STARTS + timedelta(hours=20))
    assert (late.day, late.last_day) == (date(2026, 11, 25), date(2026, 11, 25))
    assert (PLANNED.day, PLANNED.last_day) == (date(2026, 11, 24), date(2026, 11, 24))


def test_a_calendar_has_a_workshop_with_its_revision_and_a_due_day_at_no_time() -> None:
    due = entry_of_day(
        "a-practice", date(2026, 12, 18), title="Due: Practice", zone="Europe/London", address=""
    )
    told = calendar_file(
        [entry_of_workshop(PLANNED, address="https://o.example/w"), due], at=STARTS
    )
    assert "DTSTART:20261124T130000Z" in told
    assert "SEQUENCE:2" in told
    assert "DTSTART;VALUE=DATE:20261218" in told
    assert "DTEND;VALUE=DATE:20261219" in told
    assert told.count("LOCATION") == 1
