"""A pair through its states on two tablets, as the two go through it, and what one of them writes after it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from observe.services import revealing
from tests.factories import PlannedLesson, a_lesson
from tests.journeys.conftest import Watched
from tests.journeys.houses import House, a_house
from tests.journeys.test_agreement_pages import SCREENS, is_sound
from tests.journeys.test_sheet_access import SIDEWAYS
from tests.journeys.test_sheet_states import is_sent, rate, seal, stands, write
from tests.talks import a_talk, same

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("pair states")]

SECRET, TO_TRY = "I looked at the front row", "Sit where I see faces"


@pytest.fixture(scope="module")
def whole_house(
    template: str, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[House]:
    with a_house(template, tmp_path_factory.mktemp("pair-states"), chromium) as made:
        yield made


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    yield whole_house
    whole_house.close_browsers()


def of_an_hour_ago(house: House) -> PlannedLesson:
    """A lesson that is over, and at which only one of the two has been so far."""
    return a_lesson(house.school, starts_at=datetime.now(UTC) - timedelta(minutes=70))


def test_a_record_is_sealed_opened_again_sealed_and_a_late_partner_opens_both(house: House) -> None:
    lesson = of_an_hour_ago(house)
    head = house.sheet(house.context("Sion"), lesson=lesson)
    write(head, "Quick start")
    rate(head, "routines", 3)
    seal(head)
    opened_again_from_the_list_of_pairs(head)
    rate(head, "routines", 2)
    seal(head)
    adviser = house.sheet(house.context("Ruth"), lesson=lesson, name="Ruth")
    a_late_partner_is_told_who_waits(adviser)
    stays_closed_for_the_first(head)
    head.goto(f"/pairs/{lesson.id}")
    expect(head.locator("main")).to_contain_text("All records are sealed")


def test_what_was_on_its_way_when_the_leader_opened_early_is_told_as_ones_own(house: House) -> None:
    lesson = of_an_hour_ago(house)
    pages = []
    for name in ("Sion", "Ruth"):
        page = house.sheet(house.context(name), lesson=lesson, name=name)
        write(page, f"Sent in time by {name}")
        is_sent(page)
        pages.append(page)
    head = pages[0]
    head.context.set_offline(True)
    write(head, "Written without a network")
    with house.school.database.write(house.school.network_id) as session:
        leader = house.school["Helen"]
        revealing.open_early(session, lesson.id, by=leader, at=datetime.now(UTC))
    head.context.set_offline(False)
    stands(head, "sealed")
    told = head.locator("#banners")
    expect(told).to_contain_text("arrived after your record was sealed and opened to your partner")
    expect(told).not_to_contain_text("another tablet")


def opened_again_from_the_list_of_pairs(page: Page) -> None:
    """Until the partner seals, one's own sealed record is found and opened, and that can be undone."""
    page.goto("/pairs")
    expect(page.locator("main")).to_contain_text("Ruth Adeyemi has not begun, although the lesson")
    on_every_screen(page)
    page.get_by_role("link", name=re.compile("See how far")).click()
    expect(page.locator("main")).to_contain_text("Until a partner seals too, you can open it again")
    on_every_screen(page)
    page.get_by_role("link", name="Look at your record").click()
    page.locator("#reopen").click()
    stands(page, "draft")
    is_sent(page)


def a_late_partner_is_told_who_waits(page: Page) -> None:
    sheet = page.url
    page.goto("/pairs")
    expect(page.locator("main")).to_contain_text("Siôn Prydderch has sealed and waits for you.")
    page.goto(sheet)
    write(page, "Slow start")
    rate(page, "routines", 3)
    seal(page)
    is_sent(page)


def stays_closed_for_the_first(page: Page) -> None:
    """Nothing offers to open it again once both have sealed."""
    page.reload()
    expect(page.locator("#compare")).to_be_visible(timeout=20_000)
    expect(page.locator("#reopen")).to_have_count(0)


def test_a_reflection_saves_itself_is_ones_own_and_comes_back_before_the_next_pair(
    house: House,
) -> None:
    done = a_talk(house.school, {"Sion": same(), "Ruth": same()})
    soon = a_lesson(house.school, starts_at=datetime.now(UTC) + timedelta(minutes=40))
    page = house.context("Sion").new_page()
    page.goto(f"/pairs/{done.id}")
    page.get_by_role("link", name="Write a reflection").click()
    typed_and_saved(page)
    on_every_screen(page)
    for address in ("/observing", "/", f"/lessons/{soon.id}"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(TO_TRY)
        on_every_screen(page, fingers=address == "/observing")
    a_partner_finds_nothing_of_it(house, done, soon)
    page.get_by_role("button", name=re.compile("Tick off")).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ticked off.")
    expect(page.get_by_role("button", name=re.compile("Tick off"))).to_have_count(0)


def typed_and_saved(page: Page) -> None:
    """Without a press on any button; without a connection it says so, and saves once there is one."""
    page.locator("#looked_at").fill(SECRET)
    expect(page.locator("#saving")).to_contain_text("Saved at")
    page.context.set_offline(True)
    page.locator("#next_time").fill(TO_TRY)
    expect(page.locator("#saving")).to_contain_text("Not saved: no connection.")
    page.context.set_offline(False)
    expect(page.locator("#saving")).to_contain_text("Saved at", timeout=20_000)
    page.reload()
    expect(page.locator("#looked_at")).to_have_value(SECRET)
    expect(page.locator("#next_time")).to_have_value(TO_TRY)


def a_partner_finds_nothing_of_it(house: House, done: PlannedLesson, soon: PlannedLesson) -> None:
    page = house.context("Ruth").new_page()
    for address in (f"/pairs/{done.id}/reflection", "/observing", "/", f"/lessons/{soon.id}"):
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text(TO_TRY)


def on_every_screen(page: Page, *, fingers: bool = True) -> None:
    """Axe, edges and (where the page has no links in running text) fingers, on tablets and a phone."""
    for (width, height), theme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        Watched(page).is_accessible()
        assert page.evaluate(SIDEWAYS) <= 0, page.url
        if fingers:
            is_sound(page)
    page.set_viewport_size({"width": 1180, "height": 820})
