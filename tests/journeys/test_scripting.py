"""Writing, tagging, changing and taking back lines: by finger, by pen and by keyboard, on one server."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect

from observe.core.observation import Record
from observe.storage import records
from observe.storage.database import Database
from tests import postgres
from tests.factories import PlannedLesson, School, a_network, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.servers import Server, a_server, wait_for
from tests.journeys.sheets import a_lesson_now, address

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("scripting")]

PASSWORD = "plum boat lantern 7"
TABLET = {"width": 1180, "height": 820}
PORTRAIT = {"width": 820, "height": 1180}


@dataclass
class Desk:
    """One observer's sheet in a browser, with what was said on its console."""

    context: BrowserContext
    school: School
    lesson: PlannedLesson
    rubric: str
    complaints: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self) -> "Desk":
        self.page.goto(address(self.school, self.lesson, "Sion", self.rubric))
        heard = self.page.locator("main[data-ready=true]")
        expect(heard, "; ".join(self.complaints)).to_be_attached(timeout=20_000)
        return self

    @property
    def note(self) -> Locator:
        return self.page.locator("#note")

    @property
    def undo(self) -> Locator:
        return self.page.locator("#undo")

    def line(self, number: int) -> Locator:
        """A line of the list, the first is 0."""
        return self.page.locator("#notes > li").nth(number)

    @property
    def form(self) -> Locator:
        """The line that is being changed."""
        return self.page.locator("#notes .note-form")

    def write(self, *texts: str) -> None:
        for text in texts:
            self.note.fill(text)
            self.note.press("Enter")

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, letters: str) -> None:
        self.page.keyboard.type(letters)

    def shows(self, *texts: str) -> None:
        """These lines stand on the page, in this order."""
        expect(self.page.locator("#notes .note-text")).to_have_text(
            [re.compile(re.escape(t)) for t in texts]
        )

    def focus_is(self, selector: str) -> None:
        """The focus is on an element, and so never nowhere."""
        expect(self.page.locator(selector)).to_be_focused()

    def undo_says(self, words: str) -> None:
        expect(self.undo).to_have_text(re.compile(f"Undo: {words}$"))

    def is_sent(self) -> None:
        main = self.page.locator("main")
        expect(main).to_have_attribute("data-saving", "saved", timeout=20_000)
        expect(main).to_have_attribute("data-unsent", "0", timeout=20_000)

    @property
    def record(self) -> Record:
        """What the server holds."""
        self.is_sent()
        with self.school.database.read(self.school.network_id) as session:
            return records.read(session, self.lesson.observations["Sion"])

    @property
    def texts(self) -> list[str]:
        return [note.text for note in self.record.notes]

    def is_clean(self) -> None:
        assert not self.complaints, self.complaints
        Watched(self.page).is_accessible()


@dataclass
class House:
    """A school with a server, and Siôn's sign-in."""

    school: School
    server: Server
    chromium: Browser
    state: StorageState | None = None
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, **differs: Any) -> BrowserContext:
        given = {
            "viewport": TABLET,
            "base_url": self.server.url,
            "locale": "en-GB",
            "storage_state": self.state,
        }
        made = self.chromium.new_context(**(given | differs))
        self.contexts.append(made)
        return made

    def sign_in(self, email: str) -> None:
        page = self.context().new_page()
        page.goto("/sign-in")
        page.locator("#email").fill(email)
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page).not_to_have_url(re.compile("sign-in"))
        self.state = page.context.storage_state()

    def desk(
        self,
        rubric: str = "teaching-framework",
        lesson: PlannedLesson | None = None,
        **differs: Any,
    ) -> Desk:
        """A new lesson at a new browser, or another browser at the same lesson."""
        planned = lesson or a_lesson_now(self.school, rubric=rubric)
        return Desk(self.context(**differs), self.school, planned, rubric).open()


@pytest.fixture(scope="module")
def own_database(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of this module alone."""
    if template.startswith("sqlite"):
        path = tmp_path_factory.mktemp("scripting") / "observe.sqlite3"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
    else:
        with postgres.fresh_database(template) as url:
            yield url


@pytest.fixture(scope="module")
def house(own_database: str, chromium: Browser) -> Iterator[House]:
    database = Database(own_database)
    server = a_server(own_database)
    server.start()
    made = House(a_network(database, name="Dales learning group"), server, chromium)
    made.sign_in(a_sign_in(made.school, "Sion"))
    yield made
    server.kill()
    database.engine.dispose()


@pytest.fixture
def desk(house: House) -> Iterator[Callable[..., Desk]]:
    yield house.desk
    for context in house.contexts:
        context.close()
    house.contexts.clear()


def test_a_lesson_is_scripted_tagged_changed_and_put_back_by_keyboard_alone(
    desk: Callable[..., Desk],
) -> None:
    at = desk()
    at.note.focus()
    at.type("Asks for a reason")
    at.key("Alt+KeyT", "Alt+Equal", "Control+KeyK")
    at.focus_is("#composer [data-find]")
    at.type("qu")
    at.key("Enter")
    at.focus_is("#note")
    at.key("Control+KeyK", "ArrowDown", "ArrowDown", "ArrowUp")
    active = at.page.locator("#composer [data-found] .is-active")
    expect(active).to_have_attribute("data-criterion", "relationships")
    at.key("Enter", "Enter")
    at.shows("Asks for a reason")
    expect(at.line(0)).to_contain_text("1a Relationships and respect")
    expect(at.line(0)).to_contain_text("3a Questioning")
    expect(at.page.locator("#coverage [data-covers=questioning]")).to_have_attribute("data-n", "1")
    at.type("Waits five seconds. Then asks the back row.")
    at.key("Enter")
    at.undo_says(r"line of \d\d:\d\d")
    at.line(0).locator("button").focus()
    at.key("ArrowDown", "Enter")
    at.focus_is("#notes [data-text]")
    at.key("Home", *["ArrowRight"] * 19)
    at.form.get_by_role("button", name="Split").focus()
    at.key("Enter")
    at.focus_is("#notes li:nth-child(3) [data-text]")
    at.key("Escape")
    at.shows("Asks for a reason", "Waits five seconds.", "Then asks the back row.")
    at.focus_is("#notes li:nth-child(3) button")
    at.key("Control+KeyZ")
    at.shows("Asks for a reason", "Waits five seconds. Then asks the back row.")
    at.key("Control+Shift+KeyZ")
    at.shows("Asks for a reason", "Waits five seconds.", "Then asks the back row.")
    at.line(1).locator("button").focus()
    at.key("Enter")
    at.form.get_by_role("button", name="Join").focus()
    at.key("Enter")
    at.focus_is("#notes li:nth-child(1) [data-text]")
    at.type("!")
    at.key("Enter")
    at.shows("Asks for a reason! Waits five seconds.", "Then asks the back row.")
    at.focus_is("#notes li:nth-child(1) button")
    at.key("Delete")
    at.shows("Then asks the back row.")
    at.focus_is("#notes li:nth-child(1) button")
    at.key("Control+KeyZ")
    assert at.texts == ["Asks for a reason! Waits five seconds.", "Then asks the back row."]
    first, second = at.record.notes
    assert (first.speaker, first.mark, first.criteria) == (
        "T",
        "+",
        ("questioning", "relationships"),
    )
    assert first.elapsed_ms < second.elapsed_ms
    at.is_clean()
