"""What a sheet says when something happens to its lesson on the way: late, shut, cancelled, signed out, unsent for days."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from observe.storage.tables import lessons
from tests.factories import PlannedLesson, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.houses import House, a_house
from tests.journeys.sheets import a_lesson_now

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("sheet access")]

PASSWORD = "plum boat lantern 7"
HOUR = 60 * 60 * 1000


@pytest.fixture(scope="module")
def whole_house(
    template: str, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[House]:
    with a_house(template, tmp_path_factory.mktemp("sheet-states"), chromium) as made:
        yield made


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    yield whole_house
    whole_house.close_browsers()


def tablet(house: House, lesson: PlannedLesson, name: str = "Sion") -> Page:
    """One more tablet of somebody's, at the sheet of a lesson."""
    return house.sheet(house.context(name), lesson=lesson, name=name)


def write(page: Page, text: str) -> None:
    """One line, which stands in the list once the tablet holds it."""
    page.locator("#note").fill(text)
    page.locator("#note").press("Enter")
    expect(page.locator("#notes > li", has_text=text)).to_be_attached()


def rate(page: Page, criterion: str, level: int) -> None:
    page.locator(f"input[name='r-{criterion}'][value='{level}']").check(force=True)


def seal(page: Page) -> None:
    page.locator("#seal-record").click()
    page.locator("#seal-yes").click()
    stands(page, "sealed")


def stands(page: Page, state: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-record", state, timeout=20_000)


def is_sent(page: Page) -> None:
    expect(page.locator("main")).to_have_attribute("data-unsent", "0", timeout=20_000)


def banner(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#banners")).to_contain_text(words, timeout=20_000)


def cancel(house: House, lesson_id: UUID) -> None:
    with house.school.database.write(house.school.network_id) as session:
        row = session.get_one(lessons.Lesson, (house.school.network_id, lesson_id))
        row.cancelled_at, row.cancel_reason = datetime.now(UTC), "Flu"


def test_what_comes_after_both_have_sealed_is_marked_listed_and_never_used(house: House) -> None:
    lesson = a_lesson_now(house.school)
    first, second = tablet(house, lesson), tablet(house, lesson)
    write(first, "In time")
    is_sent(first)
    second.context.set_offline(True)
    write(second, "Too late")
    rate(second, "questioning", 4)
    seal(first)
    partner = tablet(house, lesson, "Ruth")
    write(partner, "Hers")
    seal(partner)
    second.context.set_offline(False)
    stands(second, "sealed")
    banner(second, "after your record was sealed and opened to your partner")
    expect(second.locator("#notes > li", has_text="Too late")).to_contain_text(
        "arrived after sealing"
    )
    expect(second.locator("#left-open")).to_contain_text("3a Questioning: 4 Strong")
    expect(second.locator("#reopen")).to_have_count(0)
    expect(second.locator("#compare")).to_have_text("Compare your records")
    Watched(second).is_accessible()
    expect(second.locator("input[name='r-questioning']:checked")).to_have_count(0)


def test_a_record_that_is_opened_too_late_stays_closed(house: House) -> None:
    lesson = a_lesson_now(house.school)
    page = tablet(house, lesson)
    write(page, "In time")
    seal(page)
    expect(page.locator("#reopen")).to_be_visible()
    page.context.set_offline(True)
    partner = tablet(house, lesson, "Ruth")
    write(partner, "Hers")
    seal(partner)
    page.locator("#reopen").click()
    stands(page, "draft")
    write(page, "Written into an opened record")
    page.context.set_offline(False)
    stands(page, "sealed")
    is_sent(page)
    expect(page.locator("#reopen")).to_have_count(0)
    banner(page, "after your record was sealed and opened to your partner")
    expect(page.locator("#notes")).to_contain_text("Written into an opened record")


def test_a_lesson_that_was_cancelled_meanwhile_is_told_and_its_lines_stay(house: House) -> None:
    lesson = a_lesson_now(house.school)
    page = tablet(house, lesson)
    write(page, "Begun in good faith")
    is_sent(page)
    cancel(house, lesson.id)
    page.reload()
    banner(page, "This lesson is not on your list any more.")
    expect(page.locator("#notes")).to_contain_text("Begun in good faith")


def test_a_lesson_that_was_cancelled_before_it_began_says_so(house: House) -> None:
    lesson = a_lesson_now(house.school)
    cancel(house, lesson.id)
    context = house.context()
    page = context.new_page()
    digits = house.school.rubrics["teaching-framework"].removeprefix("sha256:")
    page.goto(f"/sheet/{digits}#{lesson.observations['Sion']}")
    expect(page.locator("#arrival")).to_contain_text("This lesson is not on your list.")
    Watched(page).is_accessible()
    page.get_by_role("link", name="See what became of it").click()
    expect(page.locator("main")).to_contain_text("Flu")


def test_another_record_in_the_address_is_another_sheet(house: House) -> None:
    first, second = a_lesson_now(house.school), a_lesson_now(house.school)
    page = tablet(house, first)
    write(page, "On the first")
    page.evaluate(f"location.hash = '{second.observations['Sion']}'")
    expect(page.locator("#notes > li")).to_have_count(0)
    expect(page.locator("main[data-ready=true]")).to_be_attached()
    write(page, "On the second")
    page.go_back()
    expect(page.locator("#notes > li")).to_contain_text(["On the first"])


def test_a_record_that_should_not_count_is_withdrawn_with_a_reason(house: House) -> None:
    lesson = a_lesson_now(house.school)
    page = tablet(house, lesson)
    expect(page.locator("#withdraw")).to_be_hidden()
    write(page, "The wrong class")
    page.locator("#withdraw > summary").click()
    page.get_by_role("button", name="Withdraw it for good").click()
    expect(page.locator("#why-wrong")).to_be_visible()
    page.locator("#why").fill("I sat in the wrong room")
    page.locator("#why").press("Enter")
    stands(page, "withdrawn")
    is_sent(page)
    expect(page.locator("#seal")).to_contain_text("takes no part in the pair")
    page.goto(f"/lessons/{lesson.id}")
    expect(page.locator("main")).to_contain_text("withdrawn")


def test_whoever_signs_in_again_comes_back_to_the_same_record(house: House) -> None:
    email = a_sign_in(house.school, "Sion")
    page = tablet(house, a_lesson_now(house.school))
    address = page.url
    page.context.clear_cookies()
    write(page, "Written without a sign-in")
    banner(page, "Sign in to send.")
    page.locator("[data-act=sign_in]").click()
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(address)
    is_sent(page)
    expect(page.locator("#notes")).to_contain_text("Written without a sign-in")


def test_what_waits_for_days_is_told_with_its_day_and_then_in_a_banner(house: House) -> None:
    lesson = a_lesson_now(house.school)
    context = house.context()
    context.clock.install()
    page = house.sheet(context, lesson=lesson)
    page.context.set_offline(True)
    write(page, "Far from any network")
    banner(page, "No network.")
    page.clock.fast_forward(25 * HOUR)
    expect(page.locator("#saving")).to_contain_text("waits since yesterday")
    page.clock.fast_forward(96 * HOUR)
    banner(page, re.compile("Not sent since .* on this tablet alone"))
    expect(page.locator("[data-act=export]")).to_be_visible()


IN_SIGHT = """() => {
    const top = Math.max(0, document.querySelector('#pane-notes .pane-scroll').getBoundingClientRect().top);
    const line = [...document.querySelectorAll('#notes > li')].find(each => each.getBoundingClientRect().bottom > top + 5);
    return line.querySelector('.note-text').textContent;
}"""


def many_lines(page: Page, *, untagged: tuple[int, ...] = ()) -> None:
    """Forty lines, read again from the thirteenth on."""
    for number in range(40):
        page.locator("#note").fill(f"Line {number}")
        if number not in untagged:
            page.locator("#composer [data-chips] .chip").nth(number % 5).click()
        page.locator("#next-line").click()
    page.locator("#notes > li").nth(12).evaluate("line => line.scrollIntoView({ block: 'start' })")


def test_the_lines_stay_where_they_were_read_after_the_tray(house: House) -> None:
    page = tablet(house, a_lesson_now(house.school))
    many_lines(page, untagged=(5, 20))
    for tagged in (False, True):
        before = page.evaluate(IN_SIGHT)
        page.locator("#untagged").click()
        for _ in range(2):
            if tagged:
                page.locator("#notes .is-open [data-chips] .chip").nth(1).click()
            page.locator("#notes .is-open [data-done]").click()
        expect(page.locator("#notes")).not_to_have_class(re.compile("is-tray"))
        is_sent(page)
        assert page.evaluate(IN_SIGHT) == before == "Line 12"


@pytest.mark.parametrize("width", [1180, 820, 390])
def test_a_sealed_sheet_says_so_at_its_top_looks_closed_and_keeps_its_place(
    house: House, width: int
) -> None:
    page = tablet(house, a_lesson_now(house.school))
    many_lines(page)
    rate(page, "routines", 3)
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("#notes > li").nth(12).evaluate("line => line.scrollIntoView({ block: 'start' })")
    before = page.evaluate(IN_SIGHT)
    expect(page.locator("#closed")).to_be_hidden()
    page.locator("#to-seal").evaluate("button => button.click()")
    seal(page)
    page.locator("#tab-notes").evaluate("tab => tab.click()")
    assert page.evaluate(IN_SIGHT) == before
    expect(page.locator("#closed")).to_contain_text(re.compile("Sealed. Your record is closed."))
    expect(page.locator("#composer")).to_be_hidden()
    expect(page.locator("#clock")).to_be_hidden()
    closed = page.evaluate(
        "getComputedStyle(document.getElementById('pane-notes')).backgroundColor"
    )
    assert closed == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#closed a").click()
    expect(page.locator("#after-seal")).to_be_in_viewport()
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        Watched(page).is_accessible()
    page.locator("#reopen").click()
    stands(page, "draft")
    expect(page.locator("#closed")).to_be_hidden()


def test_today_counts_the_lessons_that_the_tablet_lists(house: House) -> None:
    sealed, open_ = a_lesson_now(house.school), a_lesson_now(house.school)
    page = tablet(house, sealed)
    write(page, "Done")
    seal(page)
    is_sent(page)
    page.goto("/")
    expect(page.locator("#ready")).to_contain_text("to record", timeout=30_000)
    counted = re.search(r"(\d+) lessons? to record", page.locator("#ready").inner_text())
    page.goto("/tablet")
    expect(page.locator("main[data-ready=true]")).to_be_attached()
    listed = page.locator("#next .start, #later li, #earlier li")
    assert counted
    assert int(counted[1]) >= 1
    expect(listed).to_have_count(int(counted[1]))
    addresses = page.locator("#desk a[href^='/sheet/']").evaluate_all("all => all.map(a => a.hash)")
    assert f"#{open_.observations['Sion']}" in addresses
    assert f"#{sealed.observations['Sion']}" not in addresses
