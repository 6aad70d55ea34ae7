"""Whatever happens to a tablet while somebody writes on it: at most one letter is lost, and no line."""

import json
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import School
from tests.journeys.servers import Server
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: writing")]

KILLS = 20
A_WRITE = """async () => {
    const asked = indexedDB.open("trial", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("trial");
    await new Promise((done) => (asked.onsuccess = done));
    const begun = performance.now();
    for (let write = 0; write < 5; write += 1) {
        const made = asked.result.transaction("trial", "readwrite", { durability: "strict" });
        made.objectStore("trial").put(write, write);
        await new Promise((done) => (made.oncomplete = done));
    }
    asked.result.close();
    return (performance.now() - begun) / 5000;
}"""
WORDS = "Asks the back row first and waits; four pupils answer in whole sentences. "
TEN_MINUTES = 600_000
YEAR = timedelta(days=365)
Tablets = Callable[..., Tablet]


def pace(sheet: Sheet, chance: random.Random) -> float:
    """Seconds between two letters: a person's, and more on a machine that is slower than any tablet."""
    return max(chance.uniform(0.06, 0.08), 8 * float(sheet.page.evaluate(A_WRITE)))


def typed_until_a_kill(sheet: Sheet, letters: str, pause: float) -> None:
    """Letters, and a kill before the last one has grown cold."""
    sheet.note.click()
    sheet.page.keyboard.press("Control+End")
    for letter in letters:
        time.sleep(pause)
        sheet.key(letter)
    sheet.after_a_kill()


def test_twenty_kills_in_mid_word_cost_at_most_a_letter_each(
    school: School, server: Server, tablets: Tablets
) -> None:
    sheet = Sheet(tablets("Sion", server.url), school, a_lesson_now(school), "Sion").open()
    chance = random.Random(KILLS)
    before = ""
    for kill in range(KILLS):
        sheet.tablet.slow_down(4 if kill % 2 else 1)
        letters = (WORDS * 2)[len(before) % len(WORDS) :][: 2 + kill % 5]
        typed_until_a_kill(sheet, letters, pace(sheet, chance))
        found = sheet.writing
        assert (before + letters).startswith(found), (before + letters, found)
        assert len(found) >= len(before + letters) - 1, (before + letters, found)
        before = found
        print(f"PACE {pace(sheet, chance):.3f}")
    sheet.is_sent()
    sheet.is_on_the_server([before])


def test_a_kill_in_a_flood_of_letters_costs_only_the_last_of_them(
    school: School, server: Server, tablets: Tablets
) -> None:
    sheet = Sheet(tablets("Sion", server.url), school, a_lesson_now(school), "Sion").open()
    sheet.line("The line before stays whole.")
    sheet.note.click()
    sheet.key(WORDS * 3)
    sheet.after_a_kill()
    found = sheet.writing
    assert (WORDS * 3).startswith(found)
    assert len(found) > len(WORDS)
    sheet.note.click()
    sheet.page.keyboard.press("Control+End")
    sheet.key("!")
    sheet.is_saved()
    sheet.is_sent()
    sheet.after_a_kill().shows(["The line before stays whole."])
    assert sheet.writing == found + "!"


def test_a_full_tablet_says_so_keeps_the_text_and_goes_on_when_there_is_room(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    sheet = Sheet(tablets("Sion", server.url), school, lesson, "Sion").prepared().open()
    sheet.line("Before the tablet was full.")
    sheet.is_sent()
    sheet.tablet.restart()
    sheet.tablet.room(1)
    sheet.open().note.click()
    sheet.key("Written on a full tablet")
    sheet.banner("NOT SAVED")
    expect(sheet.page.locator("#saving")).to_contain_text("NOT SAVED")
    assert sheet.writing == "Written on a full tablet"
    sheet.key(", and on")
    assert sheet.writing == "Written on a full tablet, and on"
    is_offered(sheet, "Written on a full tablet, and on")
    sheet.tablet.room(None)
    expect(sheet.page.locator("#banners")).not_to_contain_text("NOT SAVED", timeout=20_000)
    sheet.is_saved()
    sheet.after_a_kill()
    assert sheet.writing == "Written on a full tablet, and on"
    sheet.page.locator("#next-line").click()
    sheet.line("After there was room.")
    sheet.is_sent()
    sheet.is_on_the_server(
        [
            "Before the tablet was full.",
            "Written on a full tablet, and on",
            "After there was room.",
        ]
    )


def is_offered(sheet: Sheet, text: str) -> None:
    """What is only on the screen can be copied and exported."""
    expect(sheet.page.locator("#banners [data-act=copy]")).to_be_visible()
    with sheet.page.expect_download() as download:
        sheet.page.locator("#banners [data-act=export]").click()
    exported = json.loads(Path(download.value.path()).read_text())
    assert text in [each["value"] for each in exported["not_saved"]]


@pytest.mark.parametrize("off", [5 * YEAR, -27 * YEAR], ids=["in-2031", "in-1999"])
def test_a_clock_that_is_wrong_by_years_changes_nothing(
    school: School, server: Server, tablets: Tablets, off: timedelta
) -> None:
    lesson = a_lesson_now(school)
    wrong = Sheet(tablets("Sion", server.url, clock_off=off), school, lesson, "Sion").open()
    wrong.lines(["One", "Two"])
    wrong.rate("questioning", 2)
    wrong.after_a_kill()
    wrong.lines(["Three"])
    wrong.is_sent()
    assert wrong.texts == ["One", "Two", "Three"]
    wrong.tablet.clock_off = timedelta()
    wrong.after_a_kill()
    wrong.rate("questioning", 3)
    wrong.lines(["Four"])
    wrong.seal()
    wrong.is_sealed()
    assert wrong.texts == ["One", "Two", "Three", "Four"]
    assert all(note.elapsed_ms < TEN_MINUTES for note in wrong.record.notes)
    assert wrong.record.ratings["questioning", "whole"] == 3


def test_two_tabs_on_one_record_lose_nothing(
    school: School, server: Server, tablets: Tablets
) -> None:
    tablet = tablets("Sion", server.url)
    lesson = a_lesson_now(school)
    first = Sheet(tablet, school, lesson, "Sion").open()
    second = Sheet(tablet, school, lesson, "Sion", tablet.browser.new_page()).open()
    for number in range(3):
        first.line(f"First tab {number}")
        second.line(f"Second tab {number}")
    first.note.click()
    first.key("Half a line in the first")
    second.note.click()
    second.key("Half a line in the second")
    first.rate("questioning", 2)
    second.rate("routines", 4)
    whole = [f"{tab} tab {number}" for tab in ("First", "Second") for number in range(3)]
    halves = ["Half a line in the first", "Half a line in the second"]
    first.is_saved()
    second.is_saved()
    second.shows([*whole, halves[0]])
    tablet.kill()
    tablet.start()
    again = Sheet(tablet, school, lesson, "Sion").open()
    again.is_sent()
    again.is_on_the_server([*whole, *halves])
    assert again.record.ratings == {("questioning", "whole"): 2, ("routines", "whole"): 4}
