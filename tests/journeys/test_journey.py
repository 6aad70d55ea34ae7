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
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
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
        page.locator(f"input[name='r-{criterion}'][value='{level}']").check()


def seal(page: Page) -> None:
    """Finish, look at what is open, be asked once, and close."""
    page.locator("#to-seal").click()
    page.locator("#seal-record").click()
    page.locator("#seal-yes").click()
    expect(page.locator("main")).to_have_attribute("data-record", "sealed", timeout=15_000)


def criteria_of(page: Page) -> list[str]:
    return [row.get_attribute("data-row") or "" for row in page.locator("li.criterion").all()]


def both_on_the_server(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(
        re.compile(r"(\d+) notes on this tablet, \1 on the server"), timeout=15_000
    )


def agree(page: Page) -> None:
    """On the one criterion that differs: a cause, a level, a rule."""
    talk = page.locator("#c-questioning")
    talk.get_by_text("Show the levels").click()
    expect(talk).to_contain_text("2 In part, Ruth gave 4 Strong")
    talk.get_by_label("Saw different events").check()
    talk.locator("input[name=agreed][value='2']").check()
    talk.get_by_label("A rule for next time").fill("Questions asked at tables count as much.")
    talk.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator("#c-questioning > summary")).to_contain_text("agreed: 2 In part")


@pytest.fixture
def cast(school: School, server: Server, tablet: Callable[[], Watched]) -> Callable[[str], Watched]:
    """Somebody's own tablet, signed in by the form; the same one each time."""
    tablets: dict[str, Watched] = {}

    def of(name: str) -> Watched:
        if name not in tablets:
            tablets[name] = tablet()
            sign_in(tablets[name], a_sign_in(school, name))
        return tablets[name]

    return of


def test_looking_at_a_sheet_does_not_begin_the_record(
    school: School, cast: Callable[[str], Watched]
) -> None:
    lesson = a_lesson(school)
    head = cast("Sion")
    head.page.goto(f"/sheet/{lesson.observations['Sion']}")
    expect(head.page.locator("main")).to_have_attribute("data-ready", "true")
    head.page.wait_for_load_state("networkidle")
    head.page.goto(f"/lessons/{lesson.id}")
    expect(head.page.locator("main")).not_to_contain_text("under way")


def test_start_waits_until_a_tap_on_it_is_heard(
    school: School, cast: Callable[[str], Watched]
) -> None:
    address = f"/sheet/{a_lesson(school).observations['Sion']}"
    page = cast("Sion").page
    assert re.search(r'<button[^>]* id="start" disabled>', page.request.get(address).text())
    page.goto(address, wait_until="commit")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#clock-time")).not_to_have_text("Not started")


def test_a_lesson_goes_from_two_tablets_to_the_teachers_reply(
    school: School, cast: Callable[[str], Watched]
) -> None:
    lesson = a_lesson(school, starts_at=datetime.now(UTC) + timedelta(minutes=10))
    head, adviser = cast("Sion"), cast("Ruth")

    record_apart(head.page, adviser.page)
    head.is_clean()

    seal(head.page)
    adviser.page.goto(f"/pairs/{lesson.id}")
    expect(adviser.page.locator("main")).not_to_contain_text("Four questions")
    adviser.is_clean()
    adviser.page.goto(f"/sheet/{lesson.observations['Ruth']}")
    seal(adviser.page)
    adviser.is_clean()

    adviser.page.goto(f"/pairs/{lesson.id}")
    expect(adviser.page.locator("main")).to_contain_text("Four questions in a row")
    agree(adviser.page)
    adviser.is_clean()
    adviser.page.get_by_role("button", name="The talk is finished").click()
    head.page.goto(f"/pairs/{lesson.id}")
    head.page.get_by_role("button", name="The talk is finished").click()
    expect(head.page.locator("main")).to_contain_text("This talk is finished")

    head.page.goto("/feedback")
    head.page.get_by_role("link", name=re.compile("Catrin Morley")).first.click()
    expect(head.page.locator("#lines")).to_contain_text("Counts in eighths")
    head.is_clean()
    head.page.get_by_role("button", name="Send to Helen Marsh").click()

    leader = cast("Helen")
    leader.page.goto("/feedback")
    leader.page.get_by_role("link", name=re.compile("Catrin Morley")).first.click()
    leader.is_clean()
    leader.page.get_by_role("button", name="Approve and release").click()

    teacher = cast("Catrin")
    teacher.page.goto("/feedback")
    teacher.page.get_by_role("link", name=re.compile("Maths")).first.click()
    expect(teacher.page.locator("main")).to_contain_text("thank", ignore_case=True)
    teacher.is_clean()
    teacher.page.get_by_role("button", name="Take this target").click()
    teacher.page.get_by_label("Your reply").fill("Thank you both. I will try it on Monday.")
    teacher.page.get_by_role("button", name="Send reply").click()
    expect(teacher.page.locator("main")).to_contain_text("I will try it on Monday.")
    teacher.is_clean()


def record_apart(head: Page, adviser: Page) -> None:
    """Both write and rate; the head's network goes in the middle and comes back, and the page is reloaded."""
    begin(head)
    begin(adviser)
    for number, (text, (criterion, mark)) in enumerate(SION.items()):
        head.context.set_offline(number > 0)
        write(head, text, criterion, mark)
    expect(head.locator("#saving")).to_contain_text("3 notes on this tablet")
    head.context.set_offline(False)
    both_on_the_server(head)
    head.reload()
    expect(head.locator("#notes > li")).to_have_count(3)
    for text, (criterion, mark) in RUTH.items():
        write(adviser, text, criterion, mark)
    every = criteria_of(head)
    rate(head, dict.fromkeys(every, 3) | {"questioning": 2})
    rate(adviser, dict.fromkeys(every, 3) | {"questioning": 4})
    both_on_the_server(adviser)
