"""The pages about agreement as they are seen: on each screen, in both themes, with few lessons and with many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from observe.core.permissions import RoleKind
from tests.every_scale import publish_every_scale
from tests.factories import School, a_person, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_sheet_access import SIDEWAYS, TOO_SMALL
from tests.talks import LATER, a_talk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("agreement pages")]

SCREENS = (((1180, 820), "light"), ((820, 1180), "dark"), ((390, 844), "light"))
CRITERIA = ("relationships", "routines", "behaviour", "expectations")
TAPPED = {"clock/started": "2026-11-17T10:05:00.000Z"}
IN_TEXT = ".lead a, .small a"
OPEN_ALL = (
    "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
)


@pytest.fixture
def year(school: School) -> School:
    """Heads and advisers after many lessons, one pair of them after few."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    for day, head in enumerate(("Sion", "Sion", "Amina", "Peter", "Mair") * 3):
        mine = {key: 1 + (day + place) % 4 for place, key in enumerate(CRITERIA)}
        theirs = mine | {"routines": 1 + day % 3, "behaviour": 2}
        a_talk(school, {head: mine, "Ruth": theirs}, at=LATER + timedelta(days=day))
    for day in range(2):
        given = {"Sion": dict.fromkeys(CRITERIA, 2), "David": dict.fromkeys(CRITERIA, 2 + day)}
        a_talk(school, given, at=LATER + timedelta(days=40 + day))
    publish_every_scale(school)
    for day, (sion, ruth) in enumerate(((3, 4), (0, 7), (12, 9), (2, 2), (30, 26))):
        taps = {"Sion": TAPPED | {"whole-tapped": sion}, "Ruth": TAPPED | {"whole-tapped": ruth}}
        a_talk(school, taps, at=LATER + timedelta(days=50 + day), rubric="every-scale-apart")
    return school


def places(school: School) -> tuple[str, ...]:
    pair, few = (f"/agreement/with/{school[name].id}" for name in ("Ruth", "David"))
    taps = f"{pair}?rubric={school.rubrics['every-scale-apart']}"
    return (
        *(taps, f"{taps}&criterion=whole-tapped"),
        *("/agreement", pair, f"{pair}?criterion=routines", f"{pair}/planning", few),
        *("/agreement/group", "/agreement/criterion/routines", "/agreement/planning"),
        *("/agreement/how", "/", "/lessons", "/me", "/pairs"),
    )


def is_sound(page: Page) -> None:
    """Nothing that axe objects to, nothing too small for a finger, nothing beyond the edge."""
    Watched(page).is_accessible()
    running_text = page.locator(IN_TEXT).evaluate_all(
        "all => all.map((a) => a.outerHTML.slice(0, 90))"
    )
    small = [
        each for each in page.evaluate(TOO_SMALL) if not each.startswith(tuple(running_text) or "-")
    ]
    assert small == [], page.url
    assert page.evaluate(SIDEWAYS) <= 0, page.url


def test_the_pages_are_sound_on_every_screen(year: School, tablet: Callable[[], Watched]) -> None:
    email = a_sign_in(year, "Sion")
    watched = tablet()
    page = watched.page
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("plum boat lantern 7")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in places(year):
            page.goto(address)
            page.evaluate(OPEN_ALL)
            is_sound(page)
    the_ways_to_look_are_one_line_with_the_chosen_in_view(page)
    assert not watched.complaints
    assert not watched.strangers


VIEWS = ("observing", "agreement/group", "agreement/leniency", "observers", "certification")
NAMED_IN_VIEW = """() => {
    const row = document.querySelector(".views ul").getBoundingClientRect();
    const inside = (each) => each.left >= row.left && each.right <= row.right;
    const chosen = document.querySelector(".views [aria-current]").getBoundingClientRect();
    return [row.height < 60, inside(chosen)];
}"""


def the_ways_to_look_are_one_line_with_the_chosen_in_view(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in VIEWS:
        page.goto(f"/{address}")
        page.wait_for_function(f"() => ({NAMED_IN_VIEW})().every(Boolean)")
    last = page.locator(".views a").last
    last.focus()
    page.wait_for_function(
        "(link) => link.getBoundingClientRect().right <= window.innerWidth",
        arg=last.element_handle(),
    )


def test_a_criterion_is_reached_by_keyboard_and_on_paper_all_is_told(
    year: School, tablet: Callable[[], Watched]
) -> None:
    email = a_sign_in(year, "Sion")
    page = tablet().page
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("plum boat lantern 7")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"/agreement/with/{year['Ruth'].id}")
    page.get_by_role("link", name="1b Routines and time").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**criterion=routines**")
    expect(page.locator("h1")).to_have_text("1b Routines and time")
    page.emulate_media(media="print")
    expect(
        page.get_by_text("Left out, and why").or_(page.get_by_text("Counted")).first
    ).to_be_visible()
    expect(page.locator(".views, .filters").first).to_be_hidden()
