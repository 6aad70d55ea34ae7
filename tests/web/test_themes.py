"""The head's page of themes: what many summaries speak of, and never whom."""

from datetime import timedelta

import pytest

from observe.core.permissions import RoleKind
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.letters import released

TEACHERS = ("Bea", "Cai", "Dot", "Eve")
HEAD = "Sion"


def page_of(school: School) -> str:
    return f"/schools/{school.school_id}/themes"


@pytest.fixture
def told(school: School) -> School:
    """Five teachers of one team, each with a released summary."""
    for name in TEACHERS:
        a_person(school, f"{name} Sample", RoleKind.TEACHER)
    for number, name in enumerate(("Catrin", *TEACHERS)):
        released(school, teacher=name, starts_at=NOW + timedelta(hours=number))
    return school


def test_a_head_sees_what_summaries_name_and_no_name(told: School, browser: Browser) -> None:
    page = browser.sign_in(told[HEAD]).get(page_of(told))
    assert "5 summaries were released to 5 teachers." in page
    assert "Next step in 0 summaries, strength in 5" in page
    assert not any(f"{name} Sample" in page for name in TEACHERS)
    assert "Catrin" not in page


def test_four_teachers_are_too_few(school: School, browser: Browser) -> None:
    released(school)
    page = browser.sign_in(school[HEAD]).get(page_of(school))
    assert "Too few to show" in page
    assert "strength in" not in page


def test_a_school_without_a_summary_is_told_what_will_stand_here(
    school: School, browser: Browser
) -> None:
    assert "No summary is released yet" in browser.sign_in(school[HEAD]).get(page_of(school))


def test_the_file_holds_the_counts_of_the_page(told: School, browser: Browser) -> None:
    lines = browser.sign_in(told[HEAD]).get(f"{page_of(told)}.csv").splitlines()
    assert lines[0].lstrip("\ufeff").startswith("criterion,title,group,strengths,next_steps")
    assert next(line for line in lines if line.startswith("routines,")).endswith(
        ",All teams,5,0,5,5"
    )


def test_another_year_says_that_there_is_nothing(told: School, browser: Browser) -> None:
    page = browser.sign_in(told[HEAD]).get(f"{page_of(told)}?year=1999&rubric=none")
    assert "5 summaries" in page


def test_the_page_is_found_from_feedback(told: School, browser: Browser) -> None:
    assert page_of(told) in browser.sign_in(told[HEAD]).get("/feedback")
    assert page_of(told) not in browser.sign_in(told["Helen"]).get("/feedback")
