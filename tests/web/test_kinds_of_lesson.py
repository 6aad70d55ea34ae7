"""What is observed follows from the rubric: a lesson, pupils' work, a talk about a lesson."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from observe.storage import lessons
from tests.browser import Browser
from tests.factories import School

pytestmark = pytest.mark.usefixtures("some_days_later")


def planned(browser: Browser, school: School, rubric: str) -> str:
    """The kind of a lesson that the head plans with this rubric."""
    day = datetime.now(UTC) + timedelta(days=2)
    form: dict[str, Any] = {
        **{"teacher": str(school["Catrin"].id), "subject": "maths", "room": "", "minutes": "60"},
        **{"date": f"{day:%Y-%m-%d}", "time": "10:05", "rubric": school.rubrics[rubric]},
        **{"class": str(school.class_id), "observer": str(school["Sion"].id)},
    }
    answer = browser.sign_in(school["Sion"]).post("/lessons/new", **form)
    lesson_id = re.search(r"/lessons/([0-9a-f-]{36})", answer)
    assert lesson_id, answer
    with school.database.read(school.network_id) as session:
        return lessons.find(session, UUID(lesson_id[1])).kind


@pytest.mark.parametrize(
    ("rubric", "kind"),
    [
        ("teaching-framework", "lesson"),
        ("work-scrutiny", "work-sample"),
        ("feedback-talk", "feedback-talk"),
        ("observing-well", "observing"),
    ],
)
def test_what_is_observed_follows_from_the_rubric(
    browser: Browser, school: School, rubric: str, kind: str
) -> None:
    assert planned(browser, school, rubric) == kind


def test_the_rubrics_stand_by_what_they_are_for(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Sion"]).get("/lessons/new")
    lessons_first, rest = page.split('<optgroup label="Pupils')
    work, talks = rest.split('<optgroup label="Feedback talk">')
    assert "Teaching framework" in lessons_first
    assert "Reading pupils’ work (levels stay with the observers)" in work
    assert "The talk after the lesson" in talks


def sheet(browser: Browser, school: School, rubric: str) -> str:
    digits = school.rubrics[rubric].removeprefix("sha256:")
    return browser.sign_in(school["Sion"]).get(f"/sheet/{digits}")


def test_books_have_their_number_in_the_place_of_a_clock(browser: Browser, school: School) -> None:
    page = sheet(browser, school, "work-scrutiny")
    assert "Next book" in page
    assert 'id="clock"' not in page
    assert "Each line keeps the book it was written for." in page


@pytest.mark.parametrize("rubric", ["teaching-framework", "feedback-talk"])
def test_a_talk_has_a_clock_as_a_lesson_has(browser: Browser, school: School, rubric: str) -> None:
    page = sheet(browser, school, rubric)
    assert 'id="clock"' in page
    assert "Next book" not in page


@pytest.mark.parametrize(
    ("rubric", "heard"),
    [
        ("teaching-framework", ["Teacher speaks", "Pupil speaks"]),
        ("feedback-talk", ["Leader speaks", "Teacher speaks"]),
        ("work-scrutiny", []),
    ],
)
def test_who_can_be_heard_follows_from_what_is_observed(
    browser: Browser, school: School, rubric: str, heard: list[str]
) -> None:
    page = sheet(browser, school, rubric)
    offered = re.findall('data-part="speaker"[^>]* aria-label="([^"]*)"', page)
    assert offered == heard * 2, "the note line and the line that is changed"
    assert ("a pupil speaks" in page) == ("Pupil speaks" in heard)
    words = re.search('"spoke_P": *"([^"]*)"', page)
    assert words
    assert words[1] == ("Leader:" if "Leader speaks" in heard else "Pupil:")
