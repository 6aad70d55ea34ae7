"""The talk as it is held: at two tablets at once, at one, before a group, by keyboard, and with a third reader."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from observe.core.permissions import RoleKind
from tests.factories import PlannedLesson, School, a_person, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.test_sheet_access import SIDEWAYS, TOO_SMALL
from tests.talks import LATER, Noted, a_talk, same

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("talk pages")]

SCREENS = (((1180, 820), "light"), ((820, 1180), "dark"), ((390, 844), "light"))
PASSWORD = "plum boat lantern 7"
NOTES = {
    "Sion": [
        Noted("Books out and date written in under two minutes.", 2, ("routines",), "+"),
        Noted("Four questions answered by the same three pupils.", 9, ("relationships",), "-"),
    ],
    "Ruth": [
        Noted("The move to tables takes four minutes.", 14, ("routines",), "-"),
        Noted("Asks for a reason, not only the answer.", 10, ("relationships",)),
    ],
}
GIVEN = {
    "Sion": same() | {"routines": 1, "behaviour": 2},
    "Ruth": same() | {"routines": 4, "expectations": 2},
}
OPEN_ALL = (
    "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
)
AT_REST = "() => Promise.all(document.getAnimations().map((each) => each.finished))"
FACE = "[data-module~=timer] b"


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    return a_talk(school, GIVEN, notes=NOTES, at=LATER)


@pytest.fixture
def enter(school: School, tablet: Callable[[], Watched]) -> Callable[[str], Watched]:
    """Gives a tablet on which somebody is signed in."""

    def of(name: str) -> Watched:
        email, watched = a_sign_in(school, name), tablet()
        page = watched.page
        page.goto("/sign-in")
        page.locator("#email").fill(email)
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return watched

    return of


def is_sound(page: Page) -> None:
    """On every screen and in both themes nothing that axe objects to, too small, or beyond the edge."""
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate(OPEN_ALL)
        page.evaluate(AT_REST)
        Watched(page).is_accessible()
        assert page.evaluate(TOO_SMALL) == [], page.url
        assert page.evaluate(SIDEWAYS) <= 0, page.url
    page.set_viewport_size({"width": 1180, "height": 820})


def differ_on(page: Page, key: str) -> None:
    """Choose that we still differ on a criterion, and save."""
    part = page.locator(f"#c-{key}")
    part.locator("[value=differ]").check()
    part.get_by_role("button", name="Save").click()
    page.wait_for_load_state()


def test_two_tablets_hear_of_each_other_and_a_third_reader_is_asked(
    lesson: PlannedLesson, enter: Callable[[str], Watched]
) -> None:
    sion, ruth = enter("Sion"), enter("Ruth")
    talk = f"/pairs/{lesson.id}"
    for each in (sion, ruth):
        each.page.goto(talk)
    is_sound(sion.page)
    sion.page.goto(talk)
    ruth.page.locator("#c-behaviour > summary").click()
    ruth.page.locator("#rule-behaviour").fill("Low voices are not silence.")

    differ_on(sion.page, "routines")
    banner = ruth.page.locator("#news .banner")
    expect(banner).to_contain_text(
        "Siôn saved 1b Routines and time: you still differ.", timeout=20_000
    )
    banner.get_by_role("button", name="Show it").click()
    expect(ruth.page.locator("#c-routines .third-step")).to_contain_text("Nobody has taken it yet")
    expect(ruth.page.locator("#c-routines > summary")).to_be_focused()
    expect(ruth.page.locator("#rule-behaviour")).to_have_value("Low voices are not silence.")

    sion.page.goto(f"{talk}?at=behaviour")
    differ_on(sion.page, "behaviour")
    expect(banner).to_contain_text("What you have not saved yet stays.", timeout=20_000)
    expect(banner.get_by_role("button", name="Show it")).to_have_count(0)
    expect(ruth.page.locator("#rule-behaviour")).to_have_value("Low voices are not silence.")
    ruth.page.locator("#c-behaviour .level input").nth(2).check()
    ruth.page.locator("#c-behaviour").get_by_role("button", name="Save").click()
    expect(ruth.page.locator("[role=alert]")).to_contain_text("Siôn saved something else")
    ruth.complaints.clear()  # the browser tells of the 412

    reader = enter("Mair")
    reader.page.goto("/pairs")
    reader.page.get_by_role("link", name="Third readings").click()
    is_sound(reader.page)
    reader.page.get_by_role("link", name="Look 1b Routines and time").click()
    reader.page.get_by_role("button", name="Take it to read").click()
    expect(reader.page.get_by_text("The move to tables takes four minutes.")).to_be_visible()
    is_sound(reader.page)
    assert "Ruth" not in reader.page.content()
    reader.page.locator(".level").nth(1).click()
    reader.page.locator("#reason").fill("Four minutes are long.")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("Observer A gave")).to_be_visible()
    is_sound(reader.page)
    expect(sion.page.locator("#news .banner").last).to_contain_text(
        "A third reader has answered on 1b", timeout=20_000
    )
    for each in (sion, ruth, reader):
        assert not each.complaints
        assert not each.strangers


def test_one_tablet_is_enough_and_one_criterion_goes_by_keyboard_alone(
    lesson: PlannedLesson, school: School, enter: Callable[[str], Watched]
) -> None:
    a_sign_in(school, "Ruth")
    watched = enter("Sion")
    page = watched.page
    page.goto(f"/pairs/{lesson.id}?at=routines")
    expect(page.locator("#c-routines .gap-sentence")).to_be_hidden()
    page.locator("#c-routines .show-levels > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#c-routines .gap-sentence")).to_contain_text("3 levels apart")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("The clock runs from the first word.")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=**")
    expect(page.locator("#c-routines > summary")).to_contain_text("agreed")
    expect(page.locator("#agenda")).to_contain_text("talked")

    page.locator("#timer-minutes").select_option("5")
    expect(page.locator(FACE)).to_contain_text("4:5", timeout=10_000)
    page.reload()
    expect(page.locator("#timer-minutes")).to_have_value("5")
    page.locator("#timer-minutes").select_option("0")
    expect(page.locator("[data-module~=timer]")).to_contain_text("on this criterion")

    page.locator("#both > summary").click()
    page.locator("#minutes").fill("4")
    page.keyboard.press("Enter")
    expect(page.locator("#both")).to_contain_text("Your lines lie 4 minutes later now.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#both")).to_contain_text("Your lines lie where you noted them.")

    page.get_by_text("Ruth sits here and has no tablet").click()
    page.locator("#finish [type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#finish")).to_contain_text("Ruth Adeyemi says it is finished")
    page.get_by_role("button", name="The talk is finished", exact=True).click()
    expect(page.get_by_text("This talk is finished.")).to_be_visible()
    is_sound(page)
    assert not watched.complaints


def test_before_a_group_the_arrows_turn_and_levels_come_on_a_tap(
    lesson: PlannedLesson, enter: Callable[[str], Watched]
) -> None:
    watched = enter("Sion")
    page = watched.page
    page.goto(f"/pairs/{lesson.id}")
    page.get_by_role("link", name="Project for a group").click()
    heading = page.locator("h1")
    expect(heading).to_have_text("1b Routines and time")
    is_sound(page)
    page.goto(f"/pairs/{lesson.id}?show=group")
    expect(page.locator(".gap-sentence")).to_be_hidden()
    page.locator(".show-levels > summary").click()
    expect(page.locator(".gap-sentence")).to_contain_text("Observer A gave")
    page.keyboard.press("ArrowRight")
    expect(heading).not_to_have_text("1b Routines and time")
    page.keyboard.press("PageUp")
    expect(heading).to_have_text("1b Routines and time")
    page.get_by_role("link", name="Write what is agreed").click()
    expect(page.locator("form")).to_be_visible()
    is_sound(page)
    page.keyboard.press("Escape")
    expect(heading).to_contain_text("Compare")
    assert not watched.complaints
