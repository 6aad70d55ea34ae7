"""Leadership feedback on each screen: opened by the facilitator, answered by a link, read by the head."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from observe.core.leadership import RaterGroup
from observe.core.permissions import RoleKind
from tests.factories import School, a_person
from tests.journeys.conftest import Watched
from tests.journeys.test_exercise_pages import on_each_screen, sign_in
from tests.rounds import answered, asked, closed, link, opened, some

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("assessing pages")]

Tablets = Callable[[], Watched]
WORDS = "Names one thing at a time"


def test_a_team_answers_by_links_and_only_the_head_reads_what_came_of_it(
    school: School, tablet: Tablets
) -> None:
    round_id, team = opened(school), some(school, 5)
    for number in range(8):
        a_person(school, f"Other{number} Marsh", RoleKind.TEACHER)
    asked(school, round_id, RaterGroup.TEAM, team)
    first = tablet()
    page = sign_in(first, school, "Margaret")
    page.goto(f"/leadership/{round_id}")
    expect(page.get_by_text("5 are asked")).to_be_visible()
    page.get_by_text("Ask people of this group: The team").click()
    find = page.get_by_label("Find by some letters").first
    find.fill("mar oth")
    staff = page.locator("#ticks-team label")
    expect(staff.filter(visible=True)).to_have_count(8)
    find.fill("OTHER7")
    find.press("Enter")
    expect(page.get_by_label("Other7 Marsh")).to_be_checked()
    find.fill("zz")
    expect(page.get_by_text("Nobody here has these letters")).to_be_visible()
    find.fill("")
    expect(page.get_by_text("1 ticked.")).to_be_visible()
    on_each_screen(page)
    places_stand_in_one_line(page)
    for each, level in zip(team[1:], (2, 2, 3, 4), strict=True):
        answered(school, round_id, each, level)

    rater = tablet().page
    rater.goto(f"/leadership/answer/{link(school, round_id, team[0])}")
    rater.locator("#v-listens-2").focus()
    rater.keyboard.press("Space")
    rater.locator("#w-keep").fill(WORDS)
    expect(rater.locator("#unsent")).to_contain_text("1 of 8 answered. Nothing is sent yet")
    on_each_screen(rater)
    rater.on("dialog", lambda dialog: dialog.accept())
    rater.reload()
    expect(rater.locator("#v-listens-2")).to_be_checked()
    expect(rater.locator("#w-keep")).to_have_value(WORDS)
    rater.get_by_role("button", name="Send").click()
    expect(rater.get_by_role("heading", level=1)).to_have_text("Thank you")
    on_each_screen(rater)
    rater.get_by_role("link", name="Answer anew or take it back").click()
    expect(rater.locator("#v-listens-2")).not_to_be_checked()
    expect(rater.locator("#w-keep")).to_have_value("")
    expect(rater.locator("#unsent")).to_contain_text("Nothing is sent before you press Send.")

    closed(school, round_id)
    head = sign_in(tablet(), school, "Sion")
    head.goto("/leadership")
    on_each_screen(head)
    head.get_by_role("link", name=re.compile("Read it")).click()
    expect(head.get_by_text(WORDS)).to_be_visible()
    on_each_screen(head)
    page.goto("/leadership")
    on_each_screen(page)
    expect(page.locator("main")).not_to_contain_text(WORDS)


def places_stand_in_one_line(page: Page) -> None:
    """On a phone they scroll instead of taking the room of the page, and the chosen one is in view."""
    page.goto("/leadership")
    places = page.locator(".nav a")
    tops = places.evaluate_all("all => [...new Set(all.map((a) => a.getBoundingClientRect().top))]")
    assert len(tops) == 1
    expect(page.locator(".nav a[aria-current]")).to_be_in_viewport()
    page.go_back()
