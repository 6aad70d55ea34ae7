"""Who is written to when a lesson is planned, changed, cancelled, near, or open to compare."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import select

from observe.core.lesson import Lesson
from observe.services import own_mail, planning
from observe.services.lesson_wish import Wish
from observe.storage import lessons
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Person
from observe.storage.tables.people import School as SchoolRow
from tests.factories import NOW, School, a_lesson
from tests.mailbox import Mailbox, address_of, send, tell_teachers, writes_mails
from tests.talks import LATER, Noted, a_talk, same, seal

WHEN = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


@pytest.fixture
def mailing(school: School) -> School:
    return writes_mails(school, "Sion", "Ruth", "Catrin", "Aisha", "Helen")


def a_wish(school: School, *observers: str, **more: Any) -> Wish:
    wish = Wish(
        teacher_id=school["Catrin"].id,
        class_id=school.class_id,
        school_subject="maths",
        starts_at=WHEN,
        minutes=60,
        room="7",
        rubric_digest=school.rubrics["teaching-framework"],
        observer_ids=tuple(school[name].id for name in observers or ("Sion", "Ruth")),
    )
    return replace(wish, **more)


def plan(school: School, *observers: str, at: datetime = NOW, **more: Any) -> UUID:
    with school.database.write(school.network_id) as session:
        offered = planning.choices(session, school.school_id, by=school["Sion"])
        wish = a_wish(school, *observers, **more)
        return planning.plan(session, offered, wish, by=school["Sion"], at=at)


def change(school: School, lesson_id: UUID, *observers: str, **more: Any) -> None:
    with school.database.write(school.network_id) as session:
        revision = lessons.find(session, lesson_id).revision
        wish = a_wish(school, *observers, **more)
        planning.change(session, lesson_id, wish, revision=revision, by=school["Sion"], at=NOW)


def cancel(school: School, lesson_id: UUID) -> None:
    with school.database.write(school.network_id) as session:
        planning.cancel(session, lesson_id, "Catrin is ill", by=school["Sion"], at=NOW)


def found(school: School, lesson_id: UUID) -> Lesson:
    with school.database.read(school.network_id) as session:
        return lessons.find(session, lesson_id)


def waiting(school: School) -> list[tuple[str, str]]:
    """What waits, and for whom."""
    query = (
        select(OutboxMail.kind, Person.name)
        .join(Person, Person.id == OutboxMail.person_id)
        .where(OutboxMail.not_before.is_not(None))
    )
    with school.database.read(school.network_id) as session:
        return sorted((kind, name.split()[0]) for kind, name in session.execute(query))


def only_event(calendar: Calendar) -> Any:
    (event,) = calendar.walk("VEVENT")
    return event


def test_the_observers_of_a_new_lesson_are_told_when_and_where_and_no_more(
    mailing: School, box: Mailbox
) -> None:
    lesson_id = plan(mailing)
    send(mailing.database, box)
    assert box.addresses == sorted(address_of(mailing, name) for name in ("Sion", "Ruth"))
    mail = box.taken[0]
    assert mail["Subject"] == "You observe a lesson on 26 November at 10:00"
    assert (
        "You observe a lesson on Thursday 26 November 2026 at 10:00 at Thornbeck Primary"
        in box.text()
    )
    assert f"https://observe.example/lessons/{lesson_id}" in box.text()
    for kept in ("Catrin", "Morley", "maths", "Year 5"):
        assert kept not in mail.as_string()


def test_a_mail_brings_the_lesson_for_the_calendar(mailing: School, box: Mailbox) -> None:
    lesson_id = plan(mailing)
    change(mailing, lesson_id, room="9", starts_at=WHEN + timedelta(hours=1))
    send(mailing.database, box)
    event = only_event(box.calendar())
    assert box.calendar()["METHOD"] == "PUBLISH"
    assert event["UID"].startswith(str(lesson_id))
    assert event["SEQUENCE"] == 1
    assert event.decoded("DTSTART") == WHEN + timedelta(hours=1)
    assert event.decoded("DTEND") == WHEN + timedelta(hours=2)
    assert event["LOCATION"] == "Thornbeck Primary, room 9"
    assert event["STATUS"] == "CONFIRMED"


def test_a_change_is_told_before_the_plan_was_and_then_says_all_there_is(mailing: School) -> None:
    lesson_id = plan(mailing)
    change(mailing, lesson_id, starts_at=WHEN + timedelta(hours=1))
    assert waiting(mailing) == [("lesson changed", "Ruth"), ("lesson changed", "Siôn")]


def test_saving_a_lesson_as_it_is_tells_nobody(mailing: School, box: Mailbox) -> None:
    lesson_id = plan(mailing)
    send(mailing.database, box)
    change(mailing, lesson_id)
    assert waiting(mailing) == []


def test_who_takes_an_observers_place_is_told_and_so_is_who_no_longer_comes(
    mailing: School, box: Mailbox
) -> None:
    lesson_id = plan(mailing)
    send(mailing.database, box)
    change(mailing, lesson_id, "Sion", "Helen")
    assert waiting(mailing) == [
        ("lesson cancelled", "Ruth"),
        ("lesson changed", "Siôn"),
        ("lesson planned", "Helen"),
    ]
    send(mailing.database, box)
    (gone,) = (n for n, mail in enumerate(box.taken) if "no longer" in str(mail["Subject"]))
    assert only_event(box.calendar(gone))["STATUS"] == "CANCELLED"


def test_a_cancelled_lesson_leaves_the_calendar_and_its_reason_is_not_in_the_mail(
    mailing: School, box: Mailbox
) -> None:
    lesson_id = plan(mailing)
    send(mailing.database, box)
    cancel(mailing, lesson_id)
    send(mailing.database, box)
    assert str(box.taken[-1]["Subject"]).startswith("Cancelled: the lesson on 26 November")
    event = only_event(box.calendar())
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "ill" not in box.text().split()
    assert len(box.taken) == 4


def test_a_teacher_is_told_of_a_visit_only_where_the_school_says_so(
    mailing: School, box: Mailbox
) -> None:
    plan(mailing)
    assert ("lesson planned", "Catrin") not in waiting(mailing)
    tell_teachers(mailing)
    other = plan(mailing, starts_at=WHEN + timedelta(days=1))
    assert ("lesson planned", "Catrin") in waiting(mailing)
    send(mailing.database, box)
    (place,) = (n for n, m in enumerate(box.taken) if m["To"] == address_of(mailing, "Catrin"))
    assert "A lesson of yours is observed on Friday 27 November" in box.text(place)
    assert "Siôn" not in box.text(place)
    assert str(other) not in box.text(place)


def test_a_visit_that_goes_to_another_teacher_is_told_to_both(mailing: School) -> None:
    tell_teachers(mailing)
    lesson_id = plan(mailing, "Sion")
    change(mailing, lesson_id, "Sion", teacher_id=mailing["Aisha"].id)
    told = waiting(mailing)
    assert ("lesson cancelled", "Catrin") in told
    assert ("lesson planned", "Aisha") in told


def test_a_change_of_observers_is_nothing_to_the_teacher(mailing: School, box: Mailbox) -> None:
    tell_teachers(mailing)
    lesson_id = plan(mailing)
    send(mailing.database, box)
    change(mailing, lesson_id, "Sion")
    assert "Catrin" not in [name for _, name in waiting(mailing)]


def test_nobody_is_written_to_at_an_address_that_was_never_used(school: School) -> None:
    plan(writes_mails(school, "Ruth"))
    assert waiting(school) == [("lesson planned", "Ruth")]


def test_without_mail_set_up_a_lesson_is_planned_in_silence(mailing: School) -> None:
    mailing.database.links_lead_to = None
    cancel(mailing, plan(mailing))
    assert waiting(mailing) == []


def test_somebody_does_without_the_mails_they_do_not_want(mailing: School) -> None:
    with mailing.database.write(mailing.network_id) as session:
        own_mail.choose(session, ["compare"], by=mailing["Ruth"], at=NOW)
    plan(mailing)
    assert waiting(mailing) == [("lesson planned", "Siôn")]


def test_a_lesson_that_is_over_is_told_to_nobody(mailing: School) -> None:
    lesson = a_lesson(mailing, starts_at=NOW - timedelta(days=2))
    cancel(mailing, lesson.id)
    assert waiting(mailing) == []


def test_a_reveal_tells_the_observers_that_they_can_compare_and_nothing_of_what_they_wrote(
    mailing: School, box: Mailbox
) -> None:
    notes = {name: [Noted(f"MARKER {name}")] for name in ("Sion", "Ruth")}
    lesson = a_talk(mailing, {"Sion": same(), "Ruth": same(level=1)}, notes=notes, sealed=False)
    with mailing.database.write(mailing.network_id) as session:
        seal(session, lesson, "Ruth")
    assert waiting(mailing) == []
    with mailing.database.write(mailing.network_id) as session:
        seal(session, lesson, "Sion")
    assert waiting(mailing) == [("pair revealed", "Ruth"), ("pair revealed", "Siôn")]
    send(mailing.database, box, LATER + timedelta(days=1))
    assert f"https://observe.example/pairs/{lesson.id}" in box.text()
    for mail in box.taken:
        assert "MARKER" not in mail.as_string()
        assert "Catrin" not in mail.as_string()


EVENING = datetime(2026, 11, 25, 12, 5, tzinfo=UTC)


def reminders(school: School) -> list[str]:
    return [name for kind, name in waiting(school) if kind == "day before"]


def test_on_the_day_before_observers_are_reminded_once(mailing: School, box: Mailbox) -> None:
    plan(mailing)
    for hours in (-3, 0, 1, 2):
        send(mailing.database, box, EVENING + timedelta(hours=hours))
    told = [str(mail["Subject"]) for mail in box.taken if "Reminder" in str(mail["Subject"])]
    assert told == ["Reminder: you observe a lesson on 26 November at 10:00"] * 2


def test_a_reminder_that_waits_is_taken_back_when_the_lesson_is_cancelled(
    mailing: School, box: Mailbox
) -> None:
    lesson_id = plan(mailing)
    send(mailing.database, box)
    box.to_recipients = ["451 later"] * 2
    send(mailing.database, box, EVENING)
    assert reminders(mailing) == ["Ruth", "Siôn"]
    cancel(mailing, lesson_id)
    assert reminders(mailing) == []


def test_a_lesson_that_moved_is_recalled_again_on_the_day_before_its_new_day(
    mailing: School, box: Mailbox
) -> None:
    lesson_id = plan(mailing, "Ruth")
    send(mailing.database, box, EVENING)
    change(mailing, lesson_id, "Ruth", starts_at=WHEN + timedelta(days=4))
    send(mailing.database, box, EVENING + timedelta(days=4))
    assert [str(m["Subject"])[:8] for m in box.taken].count("Reminder") == 2


def test_a_lesson_that_was_cancelled_is_not_recalled(mailing: School, box: Mailbox) -> None:
    cancel(mailing, plan(mailing))
    send(mailing.database, box, EVENING)
    assert not any("Reminder" in str(mail["Subject"]) for mail in box.taken)


def test_whoever_was_told_today_is_not_reminded_today(mailing: School, box: Mailbox) -> None:
    plan(mailing, at=EVENING - timedelta(hours=2))
    send(mailing.database, box, EVENING)
    assert {str(mail["Subject"])[:11] for mail in box.taken} == {"You observe"}


def test_noon_is_noon_where_the_school_is(mailing: School, box: Mailbox) -> None:
    with mailing.database.write(mailing.network_id) as session:
        row = session.get_one(SchoolRow, (mailing.network_id, mailing.school_id))
        row.zone = "Pacific/Auckland"
    plan(mailing, "Ruth")
    send(mailing.database, box, EVENING)
    assert "26 November at 23:00" in str(box.taken[-1]["Subject"])
    assert len(box.taken) == 1
    send(mailing.database, box, datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert len(box.taken) == 2
