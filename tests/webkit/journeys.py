"""The promises that matter most, once more in WebKit. `script/test --webkit` runs them."""

import pytest

from tests.classroom import Classroom
from tests.factories import PlannedLesson, School, a_sign_in
from tests.journeys.servers import Server
from tests.journeys.sheets import a_lesson_now, address
from tests.webkit.tablets import WebKitTablet

PASSWORD = "plum boat lantern 7"


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    return a_lesson_now(school)


@pytest.fixture
def sheet(school: School, lesson: PlannedLesson, tablet: WebKitTablet) -> "Sheet":
    """Siôn has signed in, Today has made the tablet ready, and he is at his sheet."""
    email = a_sign_in(school, "Sion")
    tablet.go("/sign-in")
    tablet.find("#email").send_keys(email)
    tablet.find("#password").send_keys(PASSWORD)
    tablet.tap("main button[type=submit]")
    tablet.until(lambda: "sign-in" not in tablet.page.current_url)
    tablet.until(lambda: "is ready for lessons" in tablet.find("#ready").text)
    made = Sheet(tablet, Classroom(school, lesson), address(school, lesson, "Sion"))
    made.open()
    return made


class Sheet:
    """Siôn at the sheet."""

    def __init__(self, tablet: WebKitTablet, room: Classroom, path: str) -> None:
        self.tablet = tablet
        self.room = room
        self.path = path

    def open(self) -> None:
        self.tablet.go(self.path)
        self.tablet.find("main[data-ready=true]")

    def line(self, text: str) -> None:
        self.tablet.find("#note").send_keys(text)
        self.tablet.tap("#next-line")

    def shows(self, *texts: str) -> None:
        self.tablet.until(lambda: self.tablet.texts("#notes .note-text") == list(texts))

    def is_sent(self) -> None:
        self.tablet.until(self._sent)

    def _sent(self) -> bool:
        main = self.tablet.find("main")
        again = "document.querySelector('[data-act=send]')?.click()"
        self.tablet.page.execute_script(again)
        return (main.get_attribute("data-saving"), main.get_attribute("data-unsent")) == (
            "saved",
            "0",
        )

    @property
    def on_the_server(self) -> list[str]:
        return [note.text for note in self.room.record("Sion").notes]


def test_what_was_written_is_there_after_a_reload_and_on_the_server(sheet: Sheet) -> None:
    sheet.line("Four pupils answer in whole sentences.")
    sheet.tablet.tap("input[name='r-questioning'][value='3']")
    sheet.line("The back row is asked first.")
    sheet.is_sent()
    sheet.tablet.page.refresh()
    sheet.shows("Four pupils answer in whole sentences.", "The back row is asked first.")
    assert sheet.on_the_server == [
        "Four pupils answer in whole sentences.",
        "The back row is asked first.",
    ]
    assert sheet.room.ratings("Sion")["questioning", "whole"] == 3


def test_a_server_that_stops_while_one_writes_is_waited_for(sheet: Sheet, server: Server) -> None:
    sheet.line("With a server")
    sheet.is_sent()
    server.kill()
    sheet.line("Without one")
    sheet.tablet.until(lambda: "saved on this tablet" in sheet.tablet.find("#banners").text)
    assert sheet.on_the_server == ["With a server"]
    server.start()
    sheet.is_sent()
    assert sheet.on_the_server == ["With a server", "Without one"]


def test_a_kill_in_mid_word_costs_at_most_a_letter_though_the_server_is_down(
    sheet: Sheet, server: Server
) -> None:
    sheet.line("The first line")
    for letter in "Half a wor":
        sheet.tablet.find("#note").send_keys(letter)
    server.kill()
    sheet.tablet.kill()
    sheet.tablet.start()
    sheet.open()
    found = sheet.tablet.find("#note").get_attribute("value")
    assert found in ("Half a wo", "Half a wor")
    sheet.shows("The first line")
    sheet.tablet.find("#note").send_keys("d")
    sheet.tablet.tap("#next-line")
    sheet.shows("The first line", f"{found}d")
    server.start()
    sheet.is_sent()
    assert sheet.on_the_server == ["The first line", f"{found}d"]


def test_a_sealed_record_is_laid_beside_the_partners(sheet: Sheet) -> None:
    sheet.tablet.tap("input[name='r-questioning'][value='2']")
    for button in ("#to-seal", "#seal-record", "#seal-yes"):
        sheet.tablet.tap(button)
    sheet.tablet.find("main[data-record=sealed]")
    sheet.room.sealed("Ruth", 4)
    sheet.open()
    sheet.tablet.page.refresh()
    sheet.tablet.tap("#compare.button-primary")
    sheet.tablet.until(
        lambda: "Ruth gave 4 Strong" in "".join(sheet.tablet.texts("#c-questioning"))
    )
