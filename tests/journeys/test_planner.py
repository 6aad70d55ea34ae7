"""The planner on a tablet and a phone, by keyboard and on paper: from an empty week to a pair."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from observe.core.terms import term_after, term_of
from observe.services import free_times, visit_cap
from tests.factories import School, a_lesson, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_agreement_pages import is_sound

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("planner")]

SCREENS = (((1180, 820), "light"), ((820, 1180), "dark"), ((390, 844), "light"))
# A day on which somebody is away is answered with 409, which a browser notes on its console.
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def term() -> str:
    """The term after this one, in which every week is still to come."""
    return term_after(term_of(datetime.now(LONDON).date())).key


@pytest.fixture
def planned(school: School, term: str) -> School:
    """A lesson in the second week of that term, a cap of visits, and an adviser who is away."""
    at = datetime.now(UTC)
    first = term_after(term_of(at.date())).mondays()[1]
    begins = datetime(first.year, first.month, first.day, 10, tzinfo=UTC)
    a_lesson(school, observers=("Sion", "Helen"), starts_at=begins)
    with school.database.write(school.network_id) as session:
        visit_cap.set_for(session, school.school_id, 3, by=school["Sion"], at=at)
        away = first + timedelta(days=7)
        free_times.go_away(session, away, away, by=school["Ruth"], at=at)
    return school


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("plum boat lantern 7")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_from_an_empty_week_to_a_pair_by_keyboard_and_on_every_screen(
    planned: School, term: str, tablet: Callable[[], Watched]
) -> None:
    watched = tablet()
    page = watched.page
    sign_in(page, a_sign_in(planned, "Sion"))
    every_page_is_sound(page, planned, term)
    page.goto(f"/planner?term={term}")
    plan_in_the_third_week(page)
    page.goto(f"/planner?term={term}")
    expect(page.get_by_text("Pair: Siôn Prydderch, Ruth Adeyemi")).to_be_visible()
    leads_to_moving_a_lesson(page)
    on_paper_there_are_weeks_and_no_buttons(page, term)
    assert not [each for each in watched.complaints if "409" not in each]
    assert not watched.strangers


def every_page_is_sound(page: Page, school: School, term: str) -> None:
    visits = f"/planner/schools/{school.school_id}/visits"
    places = ("/planner", f"/planner?term={term}", visits, "/free-times", "/lessons/new")
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in places:
            page.goto(address)
            is_sound(page)
    page.set_viewport_size({"width": 1180, "height": 820})


def plan_in_the_third_week(page: Page) -> None:
    """With keys alone: the week's link, the form, who is away, and a free day by one key."""
    page.locator(".week-plan a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/new?**")
    page.locator("#teacher").focus()
    page.keyboard.type("Catrin")
    expect(page.locator("#teacher option:checked")).to_have_text(
        "Catrin Morley (1 of 3 visits this year)"
    )
    page.locator("#subject").fill("maths")
    page.locator("#partner").focus()
    page.keyboard.type("Ruth")
    page.locator("#room").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ruth Adeyemi is away on")
    expect(page.get_by_role("heading", name="Both are free on")).to_be_visible()
    is_sound(page)
    page.locator("button[name=day]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("button[name=day][aria-pressed=true]")).to_have_count(1)
    page.get_by_role("button", name="Plan this lesson").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The lesson is planned")


def leads_to_moving_a_lesson(page: Page) -> None:
    page.get_by_role("link", name="Move it").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change#date")
    expect(page.locator("h1")).to_have_text("Change the lesson")
    is_sound(page)


def on_paper_there_are_weeks_and_no_buttons(page: Page, term: str) -> None:
    page.goto(f"/planner?term={term}")
    page.emulate_media(media="print")
    expect(page.locator(".week-lesson").first).to_be_visible()
    expect(page.locator(".week-plan").first).to_be_hidden()
    expect(page.locator(".planner-filters")).to_be_hidden()
