"""Mails and calendars on the pages: one's own choice, the secret address, links by mail, the outbox."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, update

from observe.core.mail import Dropped, MailChoice
from observe.services import people, planning, schools
from observe.settings import Settings
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.mail import CalendarLink, OutboxMail
from observe.web.app import create_app
from observe.web.people import links, outbox, own_mail, persons
from tests.browser import Browser
from tests.factories import NOW, School, a_lesson, a_network, a_sign_in
from tests.mailbox import KEY, NOWHERE, PLACE, Mailbox, address_of, send, tell_teachers

ONCE = re.compile(r"https?://[^<\s]*/(?:calendar|link)/[^<\s]*")


@pytest.fixture
def app(database_url: str, school: School) -> Iterator[Flask]:
    """An installation with mail; Siôn, Ruth and Catrin have signed in before."""
    for name in ("Sion", "Ruth", "Catrin"):
        a_sign_in(school, name)
    school.database.links_lead_to = PLACE
    made = create_app(
        Settings(
            database_url=database_url, secret_key=KEY, https=False, address=PLACE, mail=NOWHERE
        )
    )
    made.config.update(TESTING=True)
    yield made
    made.extensions["observe_database"].engine.dispose()


LATE = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of people are looked at on the day of which the tests tell."""
    for module in (links, outbox, own_mail, persons):
        monkeypatch.setattr(module, "now", lambda: LATE)


@pytest.fixture
def sion(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Sion"])


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


def rows(school: School) -> list[OutboxMail]:
    with school.database.read(school.network_id) as session:
        return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def cancelled(school: School, lesson_id: UUID) -> None:
    with school.database.write(school.network_id) as session:
        planning.cancel(session, lesson_id, "Ill", by=school["Sion"], at=NOW)


def shown_once(page: str) -> str:
    found = ONCE.search(page)
    assert found
    return urlsplit(found[0]).path


def a_calendar(browser: Browser) -> str:
    """A new address of somebody's calendar."""
    return shown_once(browser.post("/me/calendar", status=200))


def events(browser: Browser, address: str) -> list[dict[str, str]]:
    calendar = Calendar.from_ical(browser.get(address))
    return [{key: str(event[key]) for key in event} for event in calendar.walk("VEVENT")]


def test_ones_own_calendar_holds_ones_lessons_and_names_nobody(
    sion: Browser, browser: Browser, school: School
) -> None:
    lesson = a_lesson(school)
    a_lesson(school, observers=("Ruth",))
    (event,) = events(browser, a_calendar(sion))
    assert event["UID"].startswith(str(lesson.id))
    assert event["URL"].endswith(f"/lessons/{lesson.id}")
    told = " ".join(event.values())
    assert "Morley" not in told
    assert "Maths" not in told


def test_a_cancelled_lesson_stays_in_the_calendar_as_cancelled(
    sion: Browser, browser: Browser, school: School
) -> None:
    address = a_calendar(sion)
    cancelled(school, a_lesson(school, starts_at=NOW + timedelta(days=1)).id)
    (event,) = events(browser, address)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")


def test_a_teachers_calendar_holds_visits_only_where_the_school_tells_teachers(
    browser: Browser, school: School
) -> None:
    lesson = a_lesson(school)
    address = a_calendar(browser.sign_in(school["Catrin"]))
    assert events(browser, address) == []
    tell_teachers(school)
    (event,) = events(browser, address)
    assert "URL" not in event
    assert "Siôn" not in " ".join(event.values())
    assert event["UID"].startswith(str(lesson.id))


def test_only_a_fingerprint_of_the_address_is_kept_and_it_is_shown_once(
    sion: Browser, school: School
) -> None:
    address = a_calendar(sion)
    secret = address.removesuffix(".ics").rpartition(".")[2]
    with school.database.read(school.network_id) as session:
        (link,) = session.scalars(select(CalendarLink))
        said = session.scalars(select(HistoryLine.did)).all()
    assert secret not in link.token_hash
    assert secret not in sion.get("/me")
    assert "made a calendar address" in said


def test_a_new_address_ends_the_old_one_and_an_ended_one_opens_nothing(
    sion: Browser, browser: Browser
) -> None:
    first, second = a_calendar(sion), a_calendar(sion)
    browser.get(first, status=404)
    browser.get(second)
    sion.post("/me/calendar/end")
    sion.post("/me/calendar/end")
    browser.get(second, status=404)


def test_whoever_left_has_no_calendar(sion: Browser, browser: Browser, school: School) -> None:
    address = a_calendar(sion)
    with school.database.write(school.network_id) as session:
        people.leave(session, school["Sion"].id, by=school["Margaret"], at=NOW)
    browser.get(address, status=404)


def test_an_address_of_one_network_opens_nothing_in_another(
    sion: Browser, browser: Browser, school: School
) -> None:
    other = a_network(school.database, name="Coast partnership")
    _network, _dot, secret = a_calendar(sion).removeprefix("/calendar/").partition(".")
    for wrong in (f"{other.network_id}.{secret}", f"x.{secret}", secret, f"{school.network_id}.x"):
        browser.get(f"/calendar/{wrong}.ics".replace(".ics.ics", ".ics"), status=404)


def test_a_program_that_has_the_calendar_is_told_that_nothing_changed(
    sion: Browser, browser: Browser, school: School
) -> None:
    lesson = a_lesson(school, starts_at=NOW + timedelta(days=1))
    address = a_calendar(sion)
    mark = browser.client.get(address).headers["ETag"]
    had = {"If-None-Match": mark}
    assert browser.client.get(address, headers=had).status_code == 304
    cancelled(school, lesson.id)
    answer = browser.client.get(address, headers=had)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert "Set-Cookie" not in answer.headers


def test_guessing_addresses_and_asking_too_often_is_stopped(
    sion: Browser, browser: Browser
) -> None:
    address = a_calendar(sion)
    for _ in range(60):
        browser.get(address)
    browser.get(address, status=429)
    for _ in range(60):
        browser.get("/calendar/nothing.ics", status=404)
    browser.get("/calendar/nothing.ics", status=429)


def test_a_lesson_is_a_file_for_the_calendar_of_whoever_may_see_it(
    sion: Browser, browser: Browser, school: School
) -> None:
    lesson = a_lesson(school)
    (event,) = events(sion, f"/lessons/{lesson.id}.ics")
    assert event["SUMMARY"] == "Year 5 Maths, Catrin Morley"
    assert event["LOCATION"] == "Thornbeck Primary, room 7"
    assert f"/lessons/{lesson.id}.ics" in sion.get(f"/lessons/{lesson.id}")
    browser.sign_in(school["Catrin"]).get(f"/lessons/{lesson.id}.ics", status=403)


def test_line_breaks_and_signs_in_a_name_stay_inside_their_field(
    sion: Browser, school: School
) -> None:
    name = "Ysgol; \\n, Tŵr\r\nATTENDEE:mailto:x@y.example"
    with school.database.write(school.network_id) as session:
        kept = {"zone": "Europe/London", "review_needed": True, "tells_teachers": False}
        where = school.school_id
        schools.change(session, where, name=name, **kept, by=school["Margaret"], at=NOW)  # type: ignore[arg-type]
    (event,) = events(sion, f"/lessons/{a_lesson(school).id}.ics")
    assert "ATTENDEE" not in event
    assert event["LOCATION"].startswith("Ysgol; \\n, Tŵr ATTENDEE")


def test_somebody_chooses_which_mails_they_get(sion: Browser, school: School) -> None:
    assert sion.get("/me").count(" checked") == 7
    sion.post("/me/mails", mails=["compare", "nonsense"])
    assert sion.get("/me").count(" checked") == 1
    sion.post("/me/mails", mails=list(MailChoice))
    assert sion.get("/me").count(" checked") == 7


def test_a_teacher_is_offered_what_concerns_a_teacher(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Catrin"]).get("/me")
    assert page.count('name="mails"') == 4
    assert "only if your school tells its teachers" in page


def test_a_link_goes_by_mail_and_stands_nowhere_until_then(
    margaret: Browser, browser: Browser, school: School, box: Mailbox
) -> None:
    url = f"/people/{school['Aisha'].id}"
    assert "Send by mail" in margaret.get(url)
    margaret.post(f"{url}/link/mail")
    (row,) = rows(school)
    assert "/link/" not in (row.body or "")
    send(school.database, box, row.made_at)
    assert box.addresses == [address_of(school, "Aisha")]
    password = "plum boat lantern 7"
    browser.post(shown_once(box.text()), password=password, again=password)


def test_a_newer_link_takes_the_place_of_one_that_waits(
    margaret: Browser, browser: Browser, school: School, box: Mailbox
) -> None:
    url = f"/people/{school['Aisha'].id}"
    margaret.post(f"{url}/link/mail")
    made = shown_once(margaret.post(f"{url}/link", status=200))
    assert rows(school) == []
    browser.get(made)


def test_a_link_is_not_sent_to_an_address_that_was_mended_meanwhile(
    margaret: Browser, school: School, box: Mailbox
) -> None:
    url = f"/people/{school['Aisha'].id}"
    margaret.post(f"{url}/link/mail")
    margaret.post(url, name="Aisha Rahman", email="aisha@right.example")
    (row,) = rows(school)
    send(school.database, box, row.made_at)
    assert box.taken == []
    page = margaret.get("/people/mails")
    assert "Their address was changed before it was sent." in page
    assert "Make a new link" in page


def test_where_no_mail_is_set_up_pages_offer_links_to_copy_and_say_so(
    database_url: str, school: School
) -> None:
    app = create_app(Settings(database_url=database_url, secret_key=KEY, https=False))
    margaret = Browser(app).sign_in(school["Margaret"])
    url = f"/people/{school['Aisha'].id}"
    assert "Send by mail" not in margaret.get(url)
    assert "Send by mail" not in margaret.post(f"{url}/link", status=200)
    margaret.post(f"{url}/link/mail", status=409)
    assert "No mail is set up here" in margaret.get("/people/mails")
    assert "Which mails you get" not in Browser(app).sign_in(school["Sion"]).get("/me")
    app.extensions["observe_database"].engine.dispose()


def a_lesson_told(school: School) -> None:
    """Two mails that wait."""
    cancelled(school, a_lesson(school, starts_at=NOW + timedelta(days=30)).id)


def test_the_facilitator_sees_to_whom_what_was_sent_and_not_what_it_said(
    margaret: Browser, school: School, box: Mailbox
) -> None:
    a_lesson_told(school)
    with school.database.write(school.network_id) as session:
        session.execute(update(OutboxMail).values(subject="SUBJECT-MARK", body="BODY-MARK"))
    waiting = margaret.get("/people/mails")
    assert "A lesson was cancelled" in waiting
    assert address_of(school, "Sion") in waiting
    assert "-MARK" not in waiting
    assert "nothing seems to send them" in waiting
    box.to_recipients = ["550 no such mailbox"]
    send(school.database, box)
    assert "550 no such mailbox" in margaret.get("/people/mails")


def test_a_mail_that_failed_is_tried_again(margaret: Browser, school: School, box: Mailbox) -> None:
    a_lesson_told(school)
    box.to_recipients = ["550 no such mailbox"] * 2
    send(school.database, box)
    first, _second = rows(school)
    assert "Try again" in margaret.get("/people/mails")
    margaret.post(f"/people/mails/{first.id}/again")
    assert [row.dropped_because for row in rows(school)] == [None, Dropped.REFUSED]
    margaret.post("/people/mails/again")
    assert send(school.database, box, LATE).sent == 2
    margaret.post(f"/people/mails/{first.id}/again", status=404)


def test_a_mail_that_was_given_up_is_not_sent_to_somebody_who_left(
    margaret: Browser, school: School, box: Mailbox
) -> None:
    a_lesson_told(school)
    box.to_recipients = ["550 no such mailbox"] * 2
    send(school.database, box)
    with school.database.write(school.network_id) as session:
        people.leave(session, school["Sion"].id, by=school["Margaret"], at=NOW)
    (row,) = (row for row in rows(school) if row.person_id == school["Sion"].id)
    margaret.post(f"/people/mails/{row.id}/again", status=409)
    assert row.dropped_because == Dropped.REFUSED


def test_a_school_says_whether_its_teachers_are_told(margaret: Browser, school: School) -> None:
    url = f"/people/schools/{school.school_id}"
    margaret.post(url, name="Thornbeck Primary", zone="Europe/London", tells="yes")
    assert margaret.get(url).count('name="tells" value="yes" checked') == 1
    margaret.post(url, name="Thornbeck Primary", zone="Europe/London")
    assert margaret.get(url).count('name="tells" value="no" checked') == 1
