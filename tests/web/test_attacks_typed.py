"""What nobody types by accident: each is refused in words, whatever the page."""

from io import BytesIO
from typing import Any

import pytest

from observe.core.certification_rule import DEFAULT
from observe.web.calibration.certification_form import form_of
from tests.browser import Browser
from tests.factories import School
from tests.letters import a_draft
from tests.talks import a_talk

ENDLESS = "9" * 5_000


@pytest.mark.parametrize("asked", ["//[", "http://[", "//a\u2100b"])
def test_an_address_that_is_none_leads_nowhere_else(browser: Browser, asked: str) -> None:
    page = browser.client.get("/sign-in", query_string={"next": asked})
    assert page.status_code == 200
    assert asked not in page.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_lesson_at_the_end_of_all_years_is_refused_at_its_day(
    school: School, browser: Browser, day: str
) -> None:
    typed = a_wish(school, date=day)
    told = browser.sign_in(school["Sion"]).post("/lessons/new", **typed, status=400)
    assert "Give a day and a time" in told


@pytest.mark.parametrize("minutes", [ENDLESS, "-1", "²", "1e9"])
def test_minutes_without_end_are_refused_at_their_field(
    school: School, browser: Browser, minutes: str
) -> None:
    typed = a_wish(school, minutes=minutes)
    told = browser.sign_in(school["Sion"]).post("/lessons/new", **typed, status=400)
    assert "Give the minutes as a whole number" in told


def a_wish(school: School, **other: str) -> dict[str, Any]:
    typed = {
        "teacher": str(school["Catrin"].id),
        "subject": "Mathematics",
        "date": "2027-01-12",
        "time": "10:00",
        "minutes": "60",
        "rubric": school.rubrics["teaching-framework"],
        "observer": str(school["Sion"].id),
    }
    return typed | other


def test_a_revision_without_end_changes_nothing(school: School, browser: Browser) -> None:
    summary_id = a_draft(school)
    sion = browser.sign_in(school["Sion"])
    sion.post(f"/feedback/{summary_id}/edit", revision=ENDLESS, status=400)
    numbered: dict[str, Any] = {"revision": "1", "line": ENDLESS, f"part-{ENDLESS}": "strength"}
    sion.post(f"/feedback/{summary_id}/edit", **numbered, status=400)


def test_a_revision_without_end_agrees_on_nothing(school: School, browser: Browser) -> None:
    lesson = a_talk(school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}})
    address = f"/pairs/{lesson.id}/agree/relationships"
    ruth = browser.sign_in(school["Ruth"])
    ruth.post(address, agreed="3", revision="0")
    ruth.post(address, agreed="2", revision=ENDLESS, status=412)


@pytest.mark.parametrize(
    ("who", "address", "field"),
    [
        ("Margaret", "/people/add", "name"),
        ("Margaret", "/people/schools", "name"),
        ("Margaret", "/people/paste", "table"),
        ("Sion", "/lessons/new", "room"),
        ("Sion", "/me/password", "old"),
        ("", "/sign-in", "email"),
        ("", "/sign-in/demonstration", "a\0b"),
    ],
)
def test_a_sign_that_no_database_keeps_is_refused_in_words(
    school: School, browser: Browser, who: str, address: str, field: str
) -> None:
    visitor = browser.sign_in(school[who]) if who else browser
    typed: dict[str, Any] = {field: "Ysgol\0Twr"}
    assert "cannot be kept" in visitor.post(address, status=400, **typed)


def test_a_sign_that_no_database_keeps_is_no_part_of_an_address(
    school: School, browser: Browser
) -> None:
    sion = browser.sign_in(school["Sion"])
    for address in ("/agreement/group?rubric=%00", "/api/v1/changes?cursor=%00"):
        assert sion.client.get(address).status_code == 400


def test_two_megabytes_are_read_to_their_end_and_refused_in_words(
    school: School, browser: Browser
) -> None:
    sent = BytesIO(b"table=" + b"x" * 2_000_000)
    answer = browser.sign_in(school["Margaret"]).client.post(
        "/people/paste/check",
        input_stream=sent,
        content_length=len(sent.getvalue()),
        content_type="application/x-www-form-urlencoded",
    )
    assert (answer.status_code, sent.read()) == (413, b"")
    assert "more than Observe takes at once" in answer.text


@pytest.mark.parametrize("line", ["%", "5", "% %", "60 %"])
def test_a_floor_without_a_code_and_a_number_is_told_at_its_field(
    school: School, browser: Browser, line: str
) -> None:
    typed: dict[str, Any] = {**form_of(DEFAULT), "own_floors": line, "expected": "0"}
    told = browser.sign_in(school["Margaret"]).post("/certification/rule", status=400, **typed)
    assert "its code and per cent" in told
