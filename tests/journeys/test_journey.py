"""The main job, from two tablets in one classroom to the teacher's reply."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import School, a_lesson, a_sign_in
from tests.journeys.conftest import Server, Watched

PASSWORD = "plum boat lantern 7"
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

SION = {
    "Four questions in a row answered by the same three pupils": ("questioning", "-"),
    "Books out and dates written inside a minute, nobody told twice": ("routines", "+"),
    "Counts in eighths along the line with the whole class": ("modelling", "+"),
}
RUTH = {
    "Asks for a reason, not only the answer": ("questioning", "+"),
    "Pupils collect whiteboards in 40 seconds": ("routines", "+"),
    "Marks each eighth on the board while the class says it": ("modelling", "+"),
}


def sign_in(watched: Watched, email: str) -> Page:
    page = watched.page
    page.goto("/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()
    expect(page).not_to_have_url(re.compile("sign-in"))
    return page


def begin(page: Page) -> None:
    """From Today to the sheet by its big button, and the clock started."""
    page.get_by_role("link", name=re.compile("^Start")).first.click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#clock-time")).not_to_have_text("Not started")


def write(page: Page, text: str, criterion: str, mark: str) -> None:
    """One line with its mark and its criterion, found by type-ahead where no chip offers it."""
    page.locator("#note").fill(text)
    composer = page.locator("#composer")
    composer.locator(f"[data-part=mark][data-value='{mark}']").click()
    chip = composer.locator(f"[data-chips] [data-criterion='{criterion}']")
    if not chip.count():
        composer.locator("[data-another]").click()
        composer.locator("[data-find]").fill(criterion.split("-")[0])
        chip = composer.locator(f"[data-found] [data-criterion='{criterion}']")
    chip.first.click()
    page.locator("#next-line").click()
    expect(page.locator("#notes")).to_contain_text(text)


def rate(page: Page, levels: dict[str, int]) -> None:
    for criterion, level in levels.items():
        page.locator(f"input[name='r-{criterion}'][value='{level}'] + span").click()


def seal(page: Page) -> None:
    page.locator("#to-seal").click()
    page.locator("#seal-record").click()
    confirm = page.get_by_role("button", name=re.compile("^Seal"))
    confirm.last.click()


def criteria_of(page: Page) -> list[str]:
    return [row.get_attribute("data-row") or "" for row in page.locator("li.criterion").all()]


def both_on_the_server(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(
        re.compile(r"(\d+) notes on this tablet, \1 on the server"), timeout=15_000
    )


def test_a_lesson_goes_from_two_tablets_to_the_teachers_reply(
    school: School, server: Server, tablet: Callable[[], Watched]
) -> None:
    lesson = a_lesson(school, starts_at=datetime.now(UTC) + timedelta(minutes=10))
    emails = {name: a_sign_in(school, name) for name in ("Sion", "Ruth", "Helen", "Catrin")}
    head, adviser = tablet(), tablet()

    # Both record, the network goes in the middle and comes back.
    for watched, name in ((head, "Sion"), (adviser, "Ruth")):
        begin(sign_in(watched, emails[name]))
    notes = iter(SION.items())
    write(head.page, *(first := next(notes))[0:1], *first[1])
    head.page.context.set_offline(True)
    for text, (criterion, mark) in notes:
        write(head.page, text, criterion, mark)
    expect(head.page.locator("#saving")).to_contain_text("3 notes on this tablet")
    head.page.context.set_offline(False)
    both_on_the_server(head.page)
    head.page.reload()
    expect(head.page.locator("#notes li")).to_have_count(3)
    for text, (criterion, mark) in RUTH.items():
        write(adviser.page, text, criterion, mark)
    every = criteria_of(head.page)
    rate(head.page, dict.fromkeys(every, 3) | {"questioning": 2})
    rate(adviser.page, dict.fromkeys(every, 3) | {"questioning": 4})
    both_on_the_server(adviser.page)
    head.is_clean()

    # Sealed, revealed, agreed.
    seal(head.page)
    adviser.page.goto(f"/pairs/{lesson.id}")
    assert "Four questions in a row" not in adviser.page.content()
    adviser.page.goto(f"/sheet/{lesson.observations['Ruth']}")
    seal(adviser.page)
    adviser.page.get_by_role("link", name=re.compile("Compare")).first.click(timeout=15_000)
    expect(adviser.page.locator("body")).to_contain_text("Four questions in a row")
