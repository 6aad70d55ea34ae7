"""Rubrics that come with a newer Observe, in a network that was there before."""

import pytest
from sqlalchemy import select

from observe.storage.tables.history import HistoryLine
from observe.storage.tables.rubrics import RubricVersion
from tests.browser import Browser
from tests.factories import School


@pytest.fixture
def older(school: School) -> School:
    """A network that was made before there were rubrics for talks."""
    with school.database.write(school.network_id) as session:
        key = (school.network_id, school.rubrics["feedback-talk"])
        session.delete(session.get_one(RubricVersion, key))
    return school


def test_a_facilitator_adds_a_rubric_that_came_later(browser: Browser, older: School) -> None:
    margaret = browser.sign_in(older["Margaret"])
    page = margaret.get("/rubrics")
    assert "Not in your schools yet" in page
    assert page.count('name="rubric"') == 1
    for _ in range(2):
        page = margaret.post(
            "/rubrics", follow=True, status=200, rubric=older.rubrics["feedback-talk"]
        )
    assert "The talk after the lesson is there." in page
    assert "Not in your schools yet" not in page
    with older.database.read(older.network_id) as session:
        query = select(HistoryLine.by).where(
            HistoryLine.did == "published",
            HistoryLine.thing_id == older.rubrics["feedback-talk"],
        )
        assert session.scalars(query).all() == [older["Margaret"].id]
    assert "The talk after the lesson" in browser.sign_in(older["Sion"]).get("/lessons/new")


def test_nothing_else_is_added_and_nothing_is_offered_where_all_are_there(
    browser: Browser, school: School
) -> None:
    margaret = browser.sign_in(school["Margaret"])
    assert "Not in your schools yet" not in margaret.get("/rubrics")
    page = margaret.post("/rubrics", status=404, rubric="sha256:" + "0" * 64)
    assert "does not come with Observe" in page
