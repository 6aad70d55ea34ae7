"""What a tablet promises and no fault shows: how it writes, which tab sends, and what it says and keeps over days."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Worker, expect

from tests.factories import School
from tests.journeys.conftest import Watched
from tests.journeys.relay import Answered, Asked, Onward, Relay
from tests.journeys.servers import Server
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: people")]

DAY = timedelta(days=1)
Tablets = Callable[..., Tablet]
# Each transaction that writes, as the browser itself sees it; the first after `lose` finds its connection closed.
COUNTED = """() => {
    const real = IDBDatabase.prototype.transaction;
    Object.assign(self, { now: 0, most: 0, all: 0, durability: [], lost: 0, lose: false });
    IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (self.lose) { self.lose = false; self.lost += 1; this.close(); }
        const made = real.call(this, names, mode, options);
        if (mode !== "readwrite") return made;
        self.durability.push(made.durability);
        self.all += 1;
        self.most = Math.max(self.most, (self.now += 1));
        for (const name of ["complete", "abort"]) made.addEventListener(name, () => (self.now -= 1));
        return made;
    };
}"""
ASKED = """
    globalThis.asked = { persist: 0, badge: [] };
    navigator.storage.persist = async () => { asked.persist += 1; return true; };
    navigator.setAppBadge = async (number) => void asked.badge.push(number);
    navigator.clearAppBadge = async () => void asked.badge.push(0);
"""


def writer_of(page: Page) -> Worker:
    """The worker that writes for a sheet."""
    (writer,) = page.workers
    return writer


def rests(sheet: Sheet) -> None:
    """The hands rest for a second; what is said of saving is drawn a moment after the last letter."""
    sheet.page.wait_for_timeout(1000)
    sheet.is_saved()


def test_each_letter_is_written_durably_one_write_at_a_time_and_over_a_lost_connection(
    school: School, server: Server, tablets: Tablets
) -> None:
    sheet = Sheet(tablets("Sion", server.url), school, a_lesson_now(school), "Sion").open()
    sheet.line("Before")
    sheet.is_sent()
    writer = writer_of(sheet.page)
    writer.evaluate(COUNTED)
    sheet.page.context.set_offline(True)
    sheet.note.click()
    sheet.key("Forty letters go into the tablet's store")
    rests(sheet)
    told: dict[str, Any] = writer.evaluate("({ most, all, durability, now })")
    assert told["all"] > 0
    assert (told["most"], told["now"], set(told["durability"])) == (1, 0, {"strict"})

    writer.evaluate("() => { self.lose = true; }")
    sheet.key(", and on")
    rests(sheet)
    assert writer.evaluate("lost") == 1
    sheet.tablet.restart()
    assert sheet.open().writing == "Forty letters go into the tablet's store, and on"


def test_of_two_tabs_only_one_sends_at_a_time(
    school: School, server: Server, relay: Relay, tablets: Tablets
) -> None:
    under_way: list[Asked] = []
    at_once: list[int] = []

    def slowly(asked: Asked, onward: Onward) -> Answered:
        under_way.append(asked)
        at_once.append(len(under_way))
        time.sleep(0.4)
        answered = onward(asked)
        under_way.remove(asked)
        return answered

    relay.rule = slowly
    tablet, lesson = tablets("Sion", relay.url), a_lesson_now(school)
    tabs = [Sheet(tablet, school, lesson, "Sion", tablet.page)]
    tabs.append(Sheet(tablet, school, lesson, "Sion", tablet.browser.new_page()))
    for tab in tabs:
        tab.open()
    for number in range(4):
        for tab in tabs:
            tab.line(f"Line {number}")
            tab.page.evaluate("dispatchEvent(new Event('online'))")
    for tab in tabs:
        tab.is_sent()
    assert len(at_once) > 1
    assert set(at_once) == {1}


def test_what_waits_is_on_the_icon_after_a_day_and_in_a_banner_after_five(
    school: School, server: Server, tablets: Tablets
) -> None:
    tablet = tablets("Sion", server.url)
    sheet = Sheet(tablet, school, a_lesson_now(school), "Sion").prepared()
    tablet.browser.add_init_script(ASKED)
    tablet.page.goto("/")
    tablet.page.wait_for_function("() => asked.persist > 0")
    sheet.open()
    server.kill()
    sheet.line("Nobody answers for a week")
    sheet.is_saved()

    today = days_later(tablet, 2)
    today.wait_for_function("() => asked.badge.at(-1) > 0")
    expect(today.locator("#waiting")).to_be_visible()
    expect(today.locator("#waiting-long")).to_be_hidden()
    today = days_later(tablet, 6)
    expect(today.locator("#waiting-long")).to_contain_text("has waited for 6 days")
    Watched(today).is_accessible()
    sheet.open()
    expect(sheet.page.locator("#banners .banner-bad [data-act=export]")).to_be_visible()
    server.start()
    sheet.is_sent()
    sheet.page.wait_for_function("() => asked.badge.at(-1) === 0")
    sheet.is_on_the_server(["Nobody answers for a week"])


def days_later(tablet: Tablet, days: int) -> Page:
    """Today, on a tablet that is killed and opened again some days from now."""
    tablet.clock_off = days * DAY
    page = tablet.restart()
    tablet.browser.add_init_script(ASKED)
    page.goto("/")
    return page
