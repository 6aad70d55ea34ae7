"""Coaching, improvement and newsletters as they are used: by keyboard, saved as one types, on a tablet and a phone."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from observe.core.newsletter import Part
from tests.coaching import coached
from tests.factories import School
from tests.improving import BETTER, a_cycle, a_step, measured
from tests.journeys.conftest import Watched
from tests.journeys.test_agreement_pages import OPEN_ALL, is_sound
from tests.journeys.test_exercise_pages import sign_in
from tests.services.test_newsletters import begun, publish

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("coaching pages")]
SCREENS = (((1180, 820), "light"), ((390, 844), "dark"))
LEARNT = "The best answer came after the pause"


def test_a_head_and_an_adviser_coach_and_the_facilitator_tells_what_came_of_it(
    school: School, tablet: Callable[[], Watched]
) -> None:
    two, cycle = coached(school), a_cycle(school, of_group=True)
    measured(school, cycle, BETTER)
    a_step(school, cycle)
    out = begun(school, Part("Looking", "We wait three seconds."))
    publish(school, out)
    head = tablet()
    page = sign_in(head, school, "Sion")
    an_entry_saves_itself(page, two.id)
    a_point_is_added_by_keyboard(page, cycle)
    here = f"/coaching/{two.id}"
    looked_at(
        page,
        *("/", "/coaching", here, f"{here}/log", f"{here}/log/{two.entry}", f"{here}/look-back"),
        *(f"{here}/sessions/new", f"{here}/sessions/{two.session}"),
        *("/improvement", "/improvement/new", f"/improvement/{cycle}"),
        *(f"/improvement/{cycle}/change", f"/improvement/{cycle}/steps/new", f"/newsletters/{out}"),
    )
    facilitator = tablet()
    writer = sign_in(facilitator, school, "Margaret")
    a_newsletter_is_written_by_keyboard(writer)
    looked_at(writer, "/newsletters", writer.url, f"/improvement/{cycle}")
    for each in (head, facilitator):
        assert not each.complaints
        assert not each.strangers


def an_entry_saves_itself(page: Page, partnership_id: UUID) -> None:
    page.goto(f"/coaching/{partnership_id}/log")
    page.get_by_role("link", name="Write an entry").press("Enter")
    page.get_by_label("What did you learn?").fill(LEARNT)
    expect(page.locator("#saving")).to_contain_text("Saved at")
    page.reload()
    expect(page.get_by_label("What did you learn?")).to_have_value(LEARNT)


def a_point_is_added_by_keyboard(page: Page, cycle_id: UUID) -> None:
    page.goto(f"/improvement/{cycle_id}")
    page.get_by_label("Day").fill("2026-11-19")
    page.get_by_label("Value in seconds").focus()
    page.keyboard.type("2,6")
    page.keyboard.press("Enter")
    expect(page.locator(".banner-good")).to_contain_text("The point is on the chart.")
    expect(page.get_by_role("row", name="19 Nov 2026")).to_contain_text("2.6")


def a_newsletter_is_written_by_keyboard(page: Page) -> None:
    """The return key in a title saves, and moves or takes out nothing."""
    page.goto("/newsletters")
    page.get_by_label("Title").fill("Silence")
    page.keyboard.press("Enter")
    page.get_by_label("Text of part 1").fill("We wait")
    expect(page.locator("#saving")).to_contain_text("Saved at")
    page.get_by_label("Text of part 1").fill("We wait.")
    page.get_by_label("Title").press("Enter")
    expect(page.locator(".banner-good")).to_contain_text("Saved.")
    expect(page.get_by_label("Text of part 1")).to_have_value("We wait.")


def looked_at(page: Page, *addresses: str) -> None:
    """Each page on both screens, with every fold open."""
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in addresses:
            page.goto(address)
            page.evaluate(OPEN_ALL)
            is_sound(page)
