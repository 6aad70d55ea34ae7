"""A programme from its beginning to the first workshop, by keyboard alone, and its pages in the hand."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from observe.core.permissions import RoleKind
from tests.factories import School, a_person, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_agreement_pages import OPEN_ALL, SCREENS, is_sound

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("agreement pages")]

TODAY = datetime.now(UTC).date()


@pytest.fixture
def heads(school: School) -> School:
    for name in ("Nia Bevan", "Owen Price", "Llyr Huws"):
        a_person(school, name, RoleKind.HEAD)
    return school


def signed_in(school: School, name: str, tablet: Callable[[], Watched]) -> Watched:
    watched, email = tablet(), a_sign_in(school, name)
    page = watched.page
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("plum boat lantern 7")
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return watched


def press(found: Locator, key: str = "Enter") -> None:
    found.focus()
    found.press(key)


def begin(page: Page) -> str:
    """Begin the year and put three heads into it; the address of the programme."""
    page.goto("/programme")
    press(page.get_by_role("link", name="Begin a programme"))
    press(page.get_by_role("link", name=re.compile("Look at it.*A year of observing well")))
    page.get_by_label("First day").fill(str(TODAY - timedelta(weeks=6)))
    press(page.get_by_role("button", name="Begin it, then choose people"))
    for name in ("Nia Bevan", "Owen Price", "Siôn Prydderch"):
        press(page.get_by_role("checkbox", name=name), "Space")
    press(page.get_by_role("button", name="Add them"))
    expect(page.get_by_role("status")).to_contain_text("3 people are added.")
    found = re.search(r"/programme/groups/[^/]+", page.url)
    assert found
    return found[0]


def plan_a_workshop(page: Page, programme: str) -> None:
    """One that was yesterday."""
    page.goto(programme)
    press(page.get_by_role("link", name="Plan a workshop"))
    page.get_by_label("What it is called").fill("Evidence first")
    page.get_by_label("Day", exact=True).fill(str(TODAY - timedelta(days=1)))
    page.get_by_label("Begins at").fill("13:00")
    page.get_by_label("Ends at").fill("15:30")
    page.get_by_label("Ends at").press("Enter")
    expect(page.get_by_role("heading", name="Who was there")).to_be_visible()


def say_who_came(page: Page) -> None:
    for name in ("Siôn Prydderch", "Nia Bevan"):
        there = page.get_by_role("group", name=name).get_by_role("radio", name="Was there")
        press(there, "Space")
        expect(there).to_be_checked()
    press(page.get_by_role("button", name="Keep who was there"))
    expect(page.get_by_role("status")).to_contain_text("It counts in their progress at once.")


def looks_sound(page: Page, *addresses: str) -> None:
    for (width, height), theme in SCREENS[1:]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in addresses:
            page.goto(address)
            page.evaluate(OPEN_ALL)
            is_sound(page)


def test_a_year_is_begun_by_keyboard_and_a_workshop_counts_at_once(
    heads: School, tablet: Callable[[], Watched]
) -> None:
    facilitator = signed_in(heads, "Margaret", tablet)
    page = facilitator.page
    programme = begin(page)
    plan_a_workshop(page, programme)
    say_who_came(page)
    workshop = page.url
    sion = signed_in(heads, "Sion", tablet)
    sion.page.goto("/programme")
    first = sion.page.get_by_role("heading", name=re.compile("^First workshop"))
    stage = sion.page.locator(".stages > li").filter(has=first)
    expect(stage).to_contain_text("Done on")
    page.goto(f"{programme}/progress")
    expect(page.get_by_role("row", name=re.compile("Owen Price"))).to_contain_text("overdue")
    under = [f"{programme}{each}" for each in ("", "/progress", "/members", "/settings")]
    looks_sound(page, "/programme", *under, workshop, f"{workshop}/change", "/programme/new")
    looks_sound(sion.page, "/programme", "/programme/workshops", workshop, "/")
    for each in (facilitator, sion):
        assert not each.complaints
        assert not each.strangers
