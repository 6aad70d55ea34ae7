"""A head and an adviser look at how the head observes: apart, sealed, side by side, and on each screen."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from observe.core.assessing import Moment
from tests.assessed import both_sealed, written
from tests.factories import NOW, School
from tests.journeys.conftest import Watched
from tests.journeys.test_exercise_pages import on_each_screen, sign_in
from tests.talks import a_talk, same

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("assessing pages")]

HERON = "In the lesson on rivers, HERON."
Tablets = Callable[[], Watched]


def begun(page: Page, press: str) -> UUID:
    """Begin a look on the list; the round that it is of."""
    page.goto("/programme/observing")
    page.get_by_role("button", name=press, exact=True).first.click()
    page.wait_for_url(re.compile("/rounds/"))
    return UUID(page.url.rsplit("/", 1)[1])


def seal(page: Page) -> None:
    """Asked once more, then sealed."""
    page.locator(".ask > summary").click()
    page.get_by_role("button", name="Seal it for good").click()


def test_two_look_at_how_a_head_observes_and_what_is_suggested_becomes_a_target(
    school: School, tablet: Tablets
) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same()})
    both_sealed(school, 2, 2, at=NOW - timedelta(days=200))
    first, second = tablet(), tablet()
    head = sign_in(first, school, "Sion")
    head.goto("/programme/observing")
    head.get_by_text("Begin another one").click()
    head.get_by_label("Moment").first.select_option(Moment.FINAL)
    head.get_by_role("button", name="Begin", exact=True).click()
    head.wait_for_url(re.compile("/rounds/"))
    round_id = UUID(head.url.rsplit("/", 1)[1])

    head.locator("#v-gathers-3").focus()
    head.keyboard.press("Space")
    head.locator("#n-gathers").fill(HERON)
    expect(head.locator("#saving")).to_contain_text("1 of 11 criteria are complete.")
    head.reload()
    expect(head.locator("#n-gathers")).to_have_value(HERON)
    expect(head.locator("#v-gathers-3")).to_be_checked()
    on_each_screen(head)
    seal(head)
    expect(head.get_by_role("alert")).to_contain_text("1b Looks at what pupils learn")
    first.complaints.clear()  # a browser says so itself when a form is refused
    written(school, round_id, "Sion", 3, evidence=HERON)
    seal(head)
    expect(head.get_by_text("You sealed this on")).to_be_visible()

    adviser = sign_in(second, school, "Ruth")
    adviser.goto(f"/programme/observing/rounds/{round_id}")
    expect(adviser.get_by_text("self-evaluation of Siôn Prydderch is sealed")).to_be_visible()
    adviser.get_by_role("button", name="Begin").click()
    adviser.get_by_label("Year 5 Maths").check()
    adviser.get_by_role("button", name="Save the lessons").click()
    assert "HERON" not in adviser.content()
    written(school, round_id, "Ruth", {"gathers": 2}, evidence="Long gaps.")
    adviser.reload()
    adviser.get_by_text("Ideas of the rubric").click()
    adviser.get_by_role("link", name=re.compile("Look at the clock")).click()
    adviser.locator("#due").fill("2030-07-01")
    adviser.get_by_role("button", name="Keep the suggestion").click()
    on_each_screen(adviser)
    seal(adviser)
    expect(adviser.locator("h1")).to_have_text("How Siôn Prydderch observes, side by side")
    expect(adviser.locator("#c-gathers")).to_contain_text(HERON)
    expect(adviser.locator("#c-gathers")).to_contain_text("1 level apart")
    on_each_screen(adviser)

    head.reload()
    expect(head.locator("#c-gathers")).to_contain_text("What changed")
    expect(head.locator("#c-gathers")).to_contain_text("1 level higher")
    on_each_screen(head)
    head.get_by_role("button", name=re.compile("Take it as a target")).click()
    expect(head.get_by_text("It is a target of yours now.")).to_be_visible()
    first.is_clean()
    second.is_clean()


def test_what_is_typed_while_the_network_is_away_is_saved_when_it_is_back(
    school: School, tablet: Tablets
) -> None:
    watched = tablet()
    head = sign_in(watched, school, "Sion")
    begun(head, "Begin")
    head.context.set_offline(True)
    head.locator("#n-pupils").fill("I read six books.")
    expect(head.locator("#saving")).to_contain_text("no connection")
    expect(head.locator("#saving > svg")).to_be_hidden()
    head.context.set_offline(False)
    expect(head.locator("#saving")).to_contain_text("Saved at")
    expect(head.locator("#saving > svg")).to_be_visible()
    head.reload()
    expect(head.locator("#n-pupils")).to_have_value("I read six books.")


def test_a_facilitator_sees_how_far_everybody_is_on_each_screen(
    school: School, tablet: Tablets
) -> None:
    round_id = both_sealed(school, 3, 2)
    page = sign_in(tablet(), school, "Margaret")
    page.goto("/programme/observing")
    expect(page.get_by_role("cell", name="sealed 17 Nov 2026").first).to_be_visible()
    on_each_screen(page)
    assert str(round_id) not in page.content()
