"""Workshops: planned for those who join a stage, in everybody's calendar, with who was there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from observe.services import own_calendar, programme_members, workshops
from observe.storage import workshops as rows
from observe.storage.tables.people import Person
from tests.browser import Browser
from tests.factories import NOW, School
from tests.programmes import a_planned_workshop, begun

TYPED: dict[str, Any] = {
    "title": "Evidence first",
    "stage": "first-workshop",
    "date": "2026-11-24",
    "begins": "13:00",
    "ends": "16:00",
    "place": "Thornbeck Primary, hall",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def programme(school: School) -> UUID:
    return begun(school)


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


@pytest.fixture
def sion(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Sion"])


def new(programme: UUID) -> str:
    return f"/programme/groups/{programme}/workshops/new"


def came(school: School, workshop: UUID) -> dict[str, bool | None]:
    with school.database.read(school.network_id) as session:
        asked = rows.asked(session, rows.find(session, workshop))
    return {each.name.split()[0]: each.came for each in asked}


def test_a_workshop_stands_on_the_list_of_whoever_joins_its_stage(
    margaret: Browser, sion: Browser, browser: Browser, school: School, programme: UUID
) -> None:
    assert "Plan a workshop" in margaret.get("/programme/workshops")
    margaret.post(new(programme), **TYPED)
    page = sion.get("/programme/workshops")
    assert "Evidence first" in page
    assert "Tuesday 24 November, 13:00 to 16:00" in page
    assert "You are expected" in page
    assert "Evidence first" not in browser.sign_in(school["Ruth"]).get("/programme/workshops")


def test_whoever_joins_another_part_is_not_expected(
    sion: Browser, school: School, programme: UUID
) -> None:
    workshop = a_planned_workshop(school, programme)
    with school.database.write(school.network_id) as session:
        me, by = school["Sion"].id, school["Margaret"]
        programme_members.join_part(session, programme, me, ["practice"], by=by, at=NOW)
    assert "Evidence first" not in sion.get("/programme/workshops")
    assert came(school, workshop) == {}


def test_who_has_left_is_expected_no_longer(school: School, programme: UUID) -> None:
    workshop = a_planned_workshop(school, programme)
    with school.database.write(school.network_id) as session:
        session.get_one(Person, (school.network_id, school["Sion"].id)).left_at = NOW
    assert came(school, workshop) == {}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": " "}, "Say what the workshop is called."),
        ({"date": "soon"}, "Give a day, for example"),
        ({"begins": "noon"}, "Give a time, for example 13:30."),
        ({"ends": "12:00"}, "It ends before it begins."),
        ({"last": "2027-11-24"}, "It lasts more than a week."),
        ({"stage": "practice"}, "Choose a stage from the list."),
        ({"place": "x" * 121}, "Keep this under 120 characters."),
    ],
)
def test_a_workshop_that_cannot_be_is_asked_for_again(
    margaret: Browser, programme: UUID, wrong: dict[str, Any], told: str
) -> None:
    page = margaret.post(new(programme), status=400, **(TYPED | wrong))
    assert told in page
    assert TYPED["place"] in page or "place" in wrong
    assert "No workshop is planned" in margaret.get("/programme/workshops")


def test_a_residential_lasts_from_one_day_to_another(
    margaret: Browser, school: School, programme: UUID
) -> None:
    margaret.post(new(programme), **(TYPED | {"last": "2026-11-25"}))
    assert "Tuesday 24 November, 13:00, to Wednesday 25 November, 16:00" in margaret.get(
        "/programme/workshops"
    )


def test_who_was_there_is_said_once_it_has_begun_and_counts_at_once(
    margaret: Browser, sion: Browser, school: School, programme: UUID, today: time_machine.Traveller
) -> None:
    workshop = a_planned_workshop(school, programme)
    at = f"/programme/workshops/{workshop}"

    def said(word: str) -> dict[str, Any]:
        return {f"came-{school['Sion'].id}": word}

    assert "Who is expected" in margaret.get(at)
    margaret.post(f"{at}/attendance", status=409, **said("yes"))
    today.move_to(NOW + timedelta(days=8))
    assert "Who was there" in margaret.get(at)
    margaret.post(f"{at}/attendance", **said("yes"))
    assert came(school, workshop) == {"Siôn": True}
    assert "You were there. It counts in your progress." in sion.get(at)
    assert "Workshop on Tuesday 24 November" in sion.get("/programme")
    margaret.post(f"{at}/attendance", **said(""))
    assert came(school, workshop) == {"Siôn": None}


def test_nobody_else_is_said_to_have_been_there(
    margaret: Browser, school: School, programme: UUID, today: time_machine.Traveller
) -> None:
    workshop = a_planned_workshop(school, programme)
    today.move_to(NOW + timedelta(days=8))
    at = f"/programme/workshops/{workshop}"
    others: dict[str, Any] = {f"came-{school['Ruth'].id}": "yes", "came-x": "yes"}
    margaret.post(f"{at}/attendance", **others)
    assert came(school, workshop) == {"Siôn": None}


def test_a_guest_is_asked_and_asked_no_longer(
    margaret: Browser, browser: Browser, school: School, programme: UUID
) -> None:
    workshop = a_planned_workshop(school, programme)
    at, ruth = f"/programme/workshops/{workshop}", browser.sign_in(school["Ruth"])
    assert "Choose a name from the list." in margaret.post(f"{at}/guests", status=400)
    margaret.post(f"{at}/guests", person=school["Ruth"].id)
    assert came(school, workshop) == {"Ruth": None, "Siôn": None}
    assert "You are expected" in ruth.get("/programme/workshops")
    margaret.post(f"{at}/guests/{school['Ruth'].id}/drop")
    assert came(school, workshop) == {"Siôn": None}


def test_a_cancelled_workshop_stays_listed_with_its_reason_and_can_take_place_after_all(
    margaret: Browser, sion: Browser, school: School, programme: UUID
) -> None:
    workshop = a_planned_workshop(school, programme)
    at = f"/programme/workshops/{workshop}"
    assert "Say why it is cancelled" in margaret.post(f"{at}/cancel", status=400)
    margaret.post(f"{at}/cancel", reason="Snow.")
    assert "Cancelled: Snow." in sion.get(at)
    assert "Cancelled" in sion.get("/programme/workshops")
    assert "STATUS:CANCELLED" in sion.get(f"{at}.ics")
    margaret.post(f"{at}/hold")
    assert "STATUS:CONFIRMED" in sion.get(f"{at}.ics")


def test_a_change_that_crossed_with_another_is_looked_at_first(
    margaret: Browser, school: School, programme: UUID
) -> None:
    workshop = a_planned_workshop(school, programme)
    at = f"/programme/workshops/{workshop}"
    (seen,) = re.findall(r'name="revision" value="(\d+)"', margaret.get(f"{at}/change"))
    margaret.post(f"{at}/change", **(TYPED | {"title": "Evidence second", "revision": seen}))
    assert "Evidence second" in margaret.get(at)
    page = margaret.post(f"{at}/change", status=412, **(TYPED | {"revision": seen}))
    assert "Somebody changed this workshop after you opened it" in page


def test_workshops_and_due_days_stand_in_ones_own_calendar_and_name_nobody(
    school: School, programme: UUID
) -> None:
    a_planned_workshop(school, programme)
    with school.database.write(school.network_id) as session:
        token = own_calendar.make(session, by=school["Sion"], at=NOW)
    found = own_calendar.opened(school.database, token, place="https://o.example", at=NOW)
    assert found is not None
    told = {entry.title: entry for entry in found.entries}
    assert told["Evidence first"].starts_at == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert "Due: Three practice lessons" in told
    assert not any("Siôn" in repr(entry) for entry in found.entries)


def test_a_workshop_is_nothing_to_strangers(
    browser: Browser, school: School, programme: UUID
) -> None:
    workshop = a_planned_workshop(school, programme)
    aisha = browser.sign_in(school["Aisha"])
    aisha.get(f"/programme/workshops/{workshop}", status=403)
    aisha.get(f"/programme/workshops/{workshop}.ics", status=403)


def test_the_list_of_one_network_holds_nothing_of_another(school: School, programme: UUID) -> None:
    a_planned_workshop(school, programme)
    with school.database.read(school.network_id) as session:
        assert len(workshops.listed(session, by=school["Margaret"], at=NOW).coming) == 1
