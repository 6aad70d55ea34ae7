"""The map of observers as it is seen: on each screen, in both themes, and by keyboard to the plan."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from observe.core.permissions import RoleKind
from tests.circles import another_school, met, somebody
from tests.factories import School
from tests.journeys.conftest import Watched
from tests.journeys.test_agreement_pages import OPEN_ALL, SCREENS, is_sound
from tests.journeys.test_leniency_pages import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("agreement pages")]


@pytest.fixture
def network(school: School) -> School:
    """Two groups that never met, and a school with so many observers that the picture is wide."""
    south = another_school(school, "Saltersby High")
    somebody(school, "Tom Ashdown", RoleKind.HEAD, south)
    somebody(school, "Grace Liddell", RoleKind.ADVISER, south)
    met(school, "Sion", "Ruth", 12)
    met(school, "Helen", "Sion", 4)
    met(school, "Grace", "Tom", 2, at=south)
    for number in range(14):
        somebody(school, f"Head{number} Many", RoleKind.HEAD, south)
        met(school, f"Head{number}", "Grace", at=south)
    return school


def test_the_map_is_sound_on_every_screen_and_leads_to_the_plan_by_keyboard(
    network: School, tablet: Callable[[], Watched]
) -> None:
    watched = tablet()
    page = signed_in(network, "Margaret", watched)
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for address in ("/observers", f"/observers?school={network.school_id}"):
            page.goto(address)
            page.evaluate(OPEN_ALL)
            is_sound(page)
    page.goto("/observers")
    page.get_by_role("link", name="Plan this lesson of Grace Liddell").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/new?**")
    expect(page.locator("#observer option:checked")).to_have_text("Grace Liddell")
    assert not watched.complaints
    assert not watched.strangers
