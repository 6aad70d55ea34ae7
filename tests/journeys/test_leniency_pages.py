"""Leniency and the course over time as they are seen: on each screen, in both themes, by keyboard."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from observe.core.permissions import RoleKind
from tests.factories import School, a_person, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_agreement_pages import OPEN_ALL, SCREENS, is_sound
from tests.observing import HIGH, LOW, OTHER, opens, together
from tests.talks import LATER, a_talk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("agreement pages")]

PASSWORD = "plum boat lantern 7"


@pytest.fixture
def year(school: School) -> School:
    """A head with thirty lessons and three partners among other heads, and two who never met these."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    for name in ("David Kerr", "Grace Liddell"):
        a_person(school, name, RoleKind.ADVISER)
    for day in range(36):
        head = ("Sion", "Sion", "Sion", "Sion", "Sion", "Amina")[day % 6]
        mine = OTHER if day % 4 == 3 else HIGH if day > 15 else LOW
        a_talk(school, {head: mine, ("Ruth", "David", "Helen")[day % 3]: LOW}, at=days_on(day))
    together(school, "Peter", "Grace", 6)
    opens(school, "Sion")
    return school


def days_on(number: int) -> datetime:
    return LATER + timedelta(days=2 * number)


def signed_in(school: School, who: str, watched: Watched) -> Page:
    page = watched.page
    page.goto("/sign-in")
    page.locator("#email").fill(a_sign_in(school, who))
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


@pytest.mark.parametrize("who", ["Sion", "Margaret"])
def test_the_pages_are_sound_on_every_screen(
    year: School, tablet: Callable[[], Watched], who: str
) -> None:
    watched = tablet()
    page = signed_in(year, who, watched)
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in ("leniency", "over-time", "over-time?who=roles"):
            page.goto(f"/agreement/{address}")
            page.evaluate(OPEN_ALL)
            is_sound(page)
    assert not watched.complaints
    assert not watched.strangers


def test_one_gets_to_ones_windows_and_back_by_keyboard(
    year: School, tablet: Callable[[], Watched]
) -> None:
    page = signed_in(year, "Sion", tablet())
    page.goto("/agreement/leniency")
    page.get_by_role("link", name="Over time").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreement/over-time")
    drawing = page.get_by_role("img", name="Difference in levels in each window of ten lessons")
    expect(drawing.first).to_be_visible()
    page.get_by_text("Window by window, as a table").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Window by window").focus()
    page.get_by_text("How this was worked out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("MacKinnon and White")).to_be_visible()
