"""Today, planning, the lesson's page and the sheet, as people meet them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from observe.core.ids import new_id
from observe.core.permissions import Person, RoleKind
from observe.storage.tables import people
from tests.browser import Browser
from tests.factories import NOW, School, a_lesson, a_person

pytestmark = pytest.mark.usefixtures("some_days_later")

SOON = NOW + timedelta(days=5, minutes=23)


def a_form(school: School, **other: str) -> dict[str, Any]:
    day = datetime.now(UTC) + timedelta(days=2)
    return {
        "teacher": str(school["Catrin"].id),
        "class": str(school.class_id),
        "subject": "maths",
        "date": f"{day:%Y-%m-%d}",
        "time": "10:05",
        "minutes": "60",
        "room": "7",
        "rubric": school.rubrics["teaching-framework"],
        "observer": str(school["Sion"].id),
        "partner": str(school["Ruth"].id),
    } | other


def test_today_offers_the_next_lesson_with_one_start(browser: Browser, school: School) -> None:
    planned = a_lesson(school, starts_at=SOON)
    page = browser.sign_in(school["Sion"]).get("/")
    assert "Year 5 Maths, Catrin Morley" in page
    assert f"#{planned.observations['Sion']}" in page
    assert "Ruth Adeyemi observes beside you" in page


def test_an_observer_without_a_lesson_is_told_what_to_do(browser: Browser, school: School) -> None:
    assert "No lesson is planned for you" in browser.sign_in(school["Ruth"]).get("/")


def test_a_teacher_is_led_to_the_summaries(browser: Browser, school: School) -> None:
    browser.sign_in(school["Catrin"]).get("/", status=302)


def test_a_facilitator_sees_the_week_in_numbers(browser: Browser, school: School) -> None:
    a_lesson(school, starts_at=datetime.now(UTC))
    page = browser.sign_in(school["Margaret"]).get("/")
    assert "1 lesson is observed" in page
    assert "Catrin" not in page


def test_todays_page_leads_a_new_facilitator_to_the_first_week_until_a_lesson_is_planned(
    browser: Browser, school: School
) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    assert "The first week" in facilitator.get("/")
    a_lesson(school, starts_at=datetime.now(UTC) + timedelta(days=30))
    assert "The first week" not in facilitator.get("/")


def test_a_head_plans_a_paired_lesson(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    assert "Plan a lesson at Thornbeck Primary" in head.get("/lessons/new")
    page = head.post("/lessons/new", follow=True, status=200, **a_form(school))
    assert "The lesson is planned" in page
    assert "Ruth Adeyemi" in page


def test_a_facilitator_chooses_the_school_first(browser: Browser, school: School) -> None:
    other = a_school(school, "Ysgol Twr Gwyn")
    facilitator = browser.sign_in(school["Margaret"])
    assert "At which school" in facilitator.get("/lessons/new")
    assert "Plan a lesson at Ysgol Twr Gwyn" in facilitator.get(f"/lessons/new?school={other}")


def test_a_form_with_faults_keeps_what_was_typed(browser: Browser, school: School) -> None:
    wrong = a_form(school, room="the hall", partner=str(school["Sion"].id), date="tomorrow")
    page = browser.sign_in(school["Sion"]).post("/lessons/new", status=400, **wrong)
    assert "Give a day and a time" in page
    assert 'value="the hall"' in page


def test_a_double_booking_is_said_beside_the_observer(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    head.post("/lessons/new", **a_form(school))
    page = head.post("/lessons/new", status=400, **a_form(school, teacher=str(school["Aisha"].id)))
    assert "Ruth Adeyemi already observes another lesson from 10:05 to 11:05" in page
    early = head.post("/lessons/new", status=400, **a_form(school, time="09:50"))
    assert "another lesson from 10:05" in early
    head.post("/lessons/new", **a_form(school, time="08:05"))
    again = head.post("/lessons/new", status=400, **a_form(school, time="08:05"))
    assert "another lesson from 8:05 to 9:05" in again


def test_a_teacher_plans_nothing(browser: Browser, school: School) -> None:
    browser.sign_in(school["Catrin"]).get("/lessons/new", status=403)


def test_the_page_of_a_lesson_says_of_a_partner_only_how_far(
    browser: Browser, school: School
) -> None:
    planned = a_lesson(school)
    page = browser.sign_in(school["Sion"]).get(f"/lessons/{planned.id}")
    assert re.search(r"Ruth Adeyemi.*planned", page, re.DOTALL)
    assert str(planned.observations["Ruth"]) not in page


def test_a_stranger_does_not_see_a_lesson(browser: Browser, school: School) -> None:
    planned = a_lesson(school)
    browser.sign_in(school["Aisha"]).get(f"/lessons/{planned.id}", status=403)


def test_a_lesson_is_changed_and_the_change_is_told(browser: Browser, school: School) -> None:
    planned = a_lesson(school)
    head = browser.sign_in(school["Sion"])
    head.get(f"/lessons/{planned.id}/change")
    form = a_form(school, room="9", revision="1")
    page = head.post(f"/lessons/{planned.id}/change", follow=True, status=200, **form)
    assert "Siôn Prydderch changed the lesson" in page
    assert "Room: 7 → 9" in page


def test_a_change_over_anothers_change_shows_both(browser: Browser, school: School) -> None:
    planned = a_lesson(school)
    head, adviser = browser.sign_in(school["Sion"]), browser.sign_in(school["Ruth"])
    head.post(f"/lessons/{planned.id}/change", **a_form(school, room="9", revision="1"))
    form = a_form(school, room="12", revision="1")
    page = adviser.post(f"/lessons/{planned.id}/change", status=412, **form)
    assert "room 9" in page
    assert 'value="12"' in page


def test_a_lesson_is_cancelled_with_a_reason(browser: Browser, school: School) -> None:
    planned = a_lesson(school)
    head = browser.sign_in(school["Sion"])
    head.get(f"/lessons/{planned.id}/cancel")
    assert "Say why" in head.post(f"/lessons/{planned.id}/cancel", status=400, reason=" ")
    page = head.post(f"/lessons/{planned.id}/cancel", follow=True, status=200, reason="Flu")
    assert "Flu" in page


def test_a_partner_is_joined_by_picking_the_lesson(browser: Browser, school: School) -> None:
    mine, other = (a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth"))
    head = browser.sign_in(school["Sion"])
    assert "Join a partner" in head.get(f"/lessons/{mine.id}")
    assert "Ruth Adeyemi: Year 5 Maths" in head.get(f"/lessons/{mine.id}/join")
    head.post(f"/lessons/{mine.id}/join", status=400)
    page = head.post(f"/lessons/{mine.id}/join", follow=True, status=200, other=str(other.id))
    assert "You are a pair now" in page


def test_a_joined_lesson_is_found_under_its_old_address(browser: Browser, school: School) -> None:
    mine, other = (a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth"))
    head = browser.sign_in(school["Sion"])
    head.post(f"/lessons/{mine.id}/join", other=str(other.id))
    for lesson in (mine, other):
        assert "Ruth Adeyemi" in head.client.get(
            f"/lessons/{lesson.id}", follow_redirects=True
        ).get_data(as_text=True)


def test_only_its_author_opens_a_sheet(browser: Browser, school: School) -> None:
    planned = a_lesson(school)
    address = f"/sheet/{planned.observations['Sion']}"
    browser.sign_in(school["Ruth"]).get(address, status=403)
    sent = browser.sign_in(school["Sion"]).client.get(address)
    assert sent.location.endswith(f"#{planned.observations['Sion']}")


def test_a_sheet_is_the_same_for_everybody_and_holds_nothing_of_a_lesson(
    browser: Browser, school: School
) -> None:
    a_lesson(school)
    address = f"/sheet/{school.rubrics['teaching-framework'].removeprefix('sha256:')}"
    head, adviser = (browser.sign_in(school[name]).get(address) for name in ("Sion", "Ruth"))
    assert head == adviser
    assert not [name for name in ("Sion", "Ruth", "Catrin", "Year 5") if name in head]


def test_a_sheet_that_the_browser_has_is_not_sent_again(browser: Browser, school: School) -> None:
    address = f"/sheet/{school.rubrics['teaching-framework'].removeprefix('sha256:')}"
    head = browser.sign_in(school["Sion"]).client
    first = head.get(address, headers={"Accept-Encoding": "br"})
    assert first.content_encoding == "br"
    again = head.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_there_is_no_sheet_of_an_unknown_rubric(browser: Browser, school: School) -> None:
    browser.sign_in(school["Sion"]).get(f"/sheet/{'0' * 64}", status=404)


def a_school(school: School, name: str) -> str:
    school_id = new_id(datetime.now(UTC))
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=school_id, name=name))
    return str(school_id)


def test_a_visitor_is_named_as_one(browser: Browser, school: School) -> None:
    a_school(school, "Far school")
    a_person(school, "Amina Farouk", RoleKind.HEAD)
    page = browser.sign_in(school["Sion"]).get("/lessons/new")
    assert "Amina Farouk" in page


def test_a_leader_finds_the_lessons_of_the_team(browser: Browser, school: School) -> None:
    a_lesson(school, starts_at=datetime.now(UTC) + timedelta(days=1))
    a_lesson(school, starts_at=datetime.now(UTC) - timedelta(days=3), teacher="Aisha")
    page = browser.sign_in(school["Helen"]).get("/lessons")
    coming = page.index("The next three weeks")
    assert page.index("Aisha Rahman") < coming < page.index("Catrin Morley")
    assert "Ruth Adeyemi: planned" in page


def test_an_adviser_of_another_school_finds_none_of_them(browser: Browser, school: School) -> None:
    a_lesson(school, starts_at=datetime.now(UTC) + timedelta(days=1))
    stranger = a_person(school, "Kwame Mensah", RoleKind.ADVISER)
    _move_roles(school, stranger, a_school(school, "Far school"))
    assert "No lesson is planned." in browser.sign_in(stranger).get("/lessons")


def _move_roles(school: School, person: Person, school_id: str) -> None:
    with school.database.write(school.network_id) as session:
        mine = people.Role.person_id == person.id
        session.execute(update(people.Role).where(mine).values(school_id=UUID(school_id)))


def test_a_tablet_that_opens_a_sheet_from_the_server_is_told_what_it_needs_next(
    browser: Browser, school: School
) -> None:
    address = f"/sheet/{school.rubrics['teaching-framework'].removeprefix('sha256:')}"
    head = browser.sign_in(school["Sion"]).client
    opened = head.get(address, headers={"Sec-Fetch-Dest": "document"})
    assert opened.headers["Link"].startswith("</api/v1/bootstrap>; rel=preload")
    assert "Link" not in head.get(address, headers={"Sec-Fetch-Dest": "empty"}).headers
