"""A group at exercises leads to certificates that are judged and kept; their pages on each screen."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from observe.core.certification_rule import DEFAULT, Scope, Source
from observe.core.exercises import Use
from tests.certifications import in_force, place
from tests.exercising import LEVELS, a_group, observers, published
from tests.factories import NOW, School
from tests.journeys.conftest import Watched
from tests.journeys.test_exercise_pages import on_each_screen, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("exercise pages")]

Tablets = Callable[[], Watched]
RULE = replace(
    DEFAULT,
    name="By exercises in a group",
    scope=Scope(source=Source.EXERCISES, levels=3),
    expiry_months=12,
    recheck_every=10,
)


def eight_at_five(school: School) -> list[str]:
    """Eight people sealed five exercises in groups; the last group was not shown yet."""
    people = ["Sion", "Ruth", *observers(school, 6)]
    for number in range(5):
        exercise = published(school, title=f"Ice {number}", use=Use.GROUP)
        held = NOW - timedelta(days=5 - number)
        last = a_group(
            school, exercise, dict.fromkeys(people, LEVELS), revealed=number < 4, at=held
        )
    return [*people, str(last)]


def test_a_group_that_is_shown_its_spread_leads_to_a_certificate_that_is_kept(
    school: School, tablet: Tablets
) -> None:
    in_force(school, RULE)
    *people, group = eight_at_five(school)
    head = sign_in(tablet(), school, "Sion")
    head.goto("/certification")
    expect(head.locator(".sentence").first).to_contain_text("4 exercises that count")
    leader = sign_in(tablet(), school, "Margaret")
    leader.goto(f"/practice/groups/{group}")
    reveal(leader)
    head.reload()
    head.get_by_role("button", name="See the decision").click()
    expect(head.locator(".sentence").first).to_contain_text("You are certified until")
    (result,) = place(school).results
    assert (result.source, result.version, len(result.lessons)) == (Source.EXERCISES, 1, 5)
    on_each_screen(head)
    head.get_by_role("link", name="Your certificate, to print").click()
    expect(head.locator(".certificate h2")).to_have_text("Siôn Prydderch")
    on_each_screen(head)
    on_paper_it_is_one_page_that_is_nothing_but_the_certificate(head)
    pages_of_the_facilitator(leader, school)
    assert len(people) == 8


def on_paper_it_is_one_page_that_is_nothing_but_the_certificate(head: Page) -> None:
    paper = head.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type */Page\b", paper)) == 1
    head.emulate_media(media="print")
    inside = head.locator(".certificate").inner_text().split()
    assert head.locator("main").inner_text().split() == inside
    head.emulate_media(media="screen")


def reveal(leader: Page) -> None:
    """The facilitator shows the spread of the eight."""
    leader.get_by_text("Show the spread", exact=True).click()
    leader.get_by_role("button", name="Show it to everybody now").click()
    expect(leader.locator("main")).to_contain_text("8 of 8 gave the level of the reference")


def pages_of_the_facilitator(leader: Page, school: School) -> None:
    """Who is certified, setting it by hand with the keyboard alone, and re-checks."""
    leader.goto("/certification/people")
    row = leader.get_by_role("row").filter(has_text="Siôn Prydderch")
    expect(row).to_contain_text("certified to")
    on_each_screen(leader)
    row.get_by_role("link", name="Set by hand").focus()
    leader.keyboard.press("Enter")
    leader.locator("#hand").select_option("not certified")
    leader.locator("#reason").fill("Asked to train once more")
    leader.keyboard.press("Enter")
    expect(leader.locator(".todo")).to_contain_text("Asked to train once more")
    on_each_screen(leader)
    assert not place(school).certificate.held
    leader.goto("/certification/re-checks")
    on_each_screen(leader)
    leader.goto("/certification/rule")
    leader.locator("summary").filter(has_text="What counts").click()
    on_each_screen(leader)
