"""Rules from talks as they are seen: on the sheet without a network, and on their page at every size."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import School
from tests.journeys.conftest import Server, Watched
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import Tablet
from tests.journeys.test_agreement_pages import OPEN_ALL, SCREENS, is_sound
from tests.journeys.test_sheet_access import SIDEWAYS
from tests.precedents import a_rule, a_version
from tests.talks import a_talk, same

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("agreement pages")]

MORE = "#more-questioning"
AT_THE_NOTE = """() => {
    const box = document.querySelector('#note').getBoundingClientRect();
    return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).id;
}"""


@pytest.fixture
def lately(school: School) -> School:
    """Five rules for one criterion and one for another, of a talk of head and adviser."""
    talk = a_talk(school, {"Sion": same("questioning"), "Ruth": same("questioning", level=1)})
    for days in range(1, 6):
        a_rule(school, talk.id, f"Rule agreed {days} days ago.", days=days)
    a_rule(school, talk.id, "Broken equipment does not count.", criterion="routines")
    return school


def stand_beside_it(page: Page) -> None:
    """Three at once, two in a fold that opens by keyboard, each with its source."""
    rules = page.locator(f"{MORE} > .precedent")
    expect(rules).to_have_count(3)
    expect(rules.first).to_contain_text("Rule agreed 1 days ago.From a talk in November 2026")
    older = page.locator(f"{MORE} details")
    expect(older.locator(".precedent").first).to_be_hidden()
    older.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(older.locator(".precedent")).to_have_count(2)
    expect(older.get_by_text("Rule agreed 5 days ago.")).to_be_visible()


def test_rules_stand_on_a_sheet_without_a_network_and_are_looked_after_on_their_page(
    lately: School, server: Server, tablets: Callable[..., Tablet]
) -> None:
    lesson = a_lesson_now(lately)
    sheet = Sheet(tablets("Sion", server.url), lately, lesson, "Sion").prepared()
    page = sheet.page
    page.context.set_offline(True)
    sheet.open()
    name = page.locator("#c-questioning .criterion-name")
    expect(name).to_contain_text("5 rules from talks")
    expect(page.locator("#c-routines .criterion-name")).to_contain_text("1 rule from a talk")
    sheet.note.fill("Half a line")
    name.click()
    stand_beside_it(page)
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        Watched(page).is_accessible()
        assert page.evaluate(SIDEWAYS) <= 0
        assert page.evaluate(AT_THE_NOTE) == "note", "nothing covers what one types"
    sheet.note.press("Enter")
    sheet.shows(["Half a line"])
    page.context.set_offline(False)
    their_page_is_sound(lately, sheet.tablet)


def their_page_is_sound(school: School, tablet: Tablet) -> None:
    """For an observer, and for whoever looks after the rubric, with rules that wait for a look."""
    page = tablet.page
    page.goto("/pairs")
    page.get_by_role("link", name="Rules from talks").click()
    page.get_by_role("button", name=re.compile("This no longer fits.*agreed 2 days ago")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You said that this no longer fits")).to_be_visible()
    on_every_screen(page)
    a_version(school, lambda criterion: criterion["descriptors"].update({"2": "Some answer."}))
    tablet.sign_in(school, "Margaret")
    page.goto("/precedents")
    expect(page.get_by_text("1 observer says that this no longer fits")).to_be_visible()
    on_every_screen(page)
    page.get_by_role("button", name=re.compile("Keep it for version 3.*agreed 1 days ago")).click()
    expect(
        page.get_by_text("Kept. It stands on the sheets of the new version too.")
    ).to_be_visible()


def on_every_screen(page: Page) -> None:
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate(OPEN_ALL)
        is_sound(page)
