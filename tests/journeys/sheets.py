"""One observer at the sheet of one lesson, and what of it the server holds."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from observe.core.observation import Record
from observe.storage import records
from observe.storage.tables.lessons import Observation
from observe.storage.tables.records import Operation
from tests.factories import PlannedLesson, School, a_lesson
from tests.journeys.servers import wait_for
from tests.journeys.tablets import Tablet

RUBRIC = "teaching-framework"
MANY = """lines => {
    const [area, form] = [document.getElementById('note'), document.getElementById('composer')];
    for (const { text, criterion, mark } of lines) {
        area.value = text;
        area.dispatchEvent(new Event('input', { bubbles: true }));
        form.querySelector(`[data-part=mark][data-value='${mark}']`).click();
        form.querySelector(`[data-chips] [data-criterion='${criterion}']`).click();
        form.requestSubmit();
    }
}"""


def a_lesson_now(school: School, **differs: Any) -> PlannedLesson:
    """A lesson that begins in ten minutes."""
    return a_lesson(school, starts_at=datetime.now(UTC) + timedelta(minutes=10), **differs)


def address(school: School, lesson: PlannedLesson, name: str, rubric: str = RUBRIC) -> str:
    """Where somebody's sheet of a lesson is, with and without a network."""
    digits = school.rubrics[rubric].removeprefix("sha256:")
    return f"/sheet/{digits}#{lesson.observations[name]}"


@dataclass
class Sheet:
    """Somebody's sheet of a lesson in one tab of a tablet."""

    tablet: Tablet
    school: School
    lesson: PlannedLesson
    name: str
    tab: Page | None = None

    @property
    def page(self) -> Page:
        return self.tab or self.tablet.page

    @property
    def observation(self) -> UUID:
        return self.lesson.observations[self.name]

    def prepared(self) -> "Sheet":
        """On a tablet that was made ready the evening before."""
        self.tablet.prepare()
        return self

    def open(self) -> "Sheet":
        """Open it and wait until it hears."""
        self.page.goto(address(self.school, self.lesson, self.name), wait_until="commit")
        return self.ready()

    def ready(self) -> "Sheet":
        heard = self.page.locator("main[data-ready=true]")
        expect(heard, f"{self.tablet.complaints}").to_be_attached(timeout=20_000)
        return self

    def after_a_kill(self) -> "Sheet":
        """The same sheet once the browser was killed and opened again."""
        self.tablet.restart()
        return self.open()

    @property
    def note(self) -> Locator:
        return self.page.locator("#note")

    def key(self, letters: str) -> None:
        """Press keys one after the other; the note line must have the focus."""
        self.page.keyboard.type(letters)

    def line(self, text: str, criterion: str | None = None) -> None:
        """Write a line and end it."""
        self.note.fill(text)
        if criterion:
            self.page.locator(f"#composer [data-chips] [data-criterion='{criterion}']").click()
        self.page.locator("#next-line").click()

    def lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.line(text)

    def many(self, texts: Iterable[str]) -> None:
        """Lines with a criterion and a mark, as fast as the sheet takes them."""
        chips = self.page.locator("#composer [data-chips] [data-criterion]")
        first = chips.first.get_attribute("data-criterion")
        lines = [{"text": text, "criterion": first, "mark": "+"} for text in texts]
        self.page.evaluate(MANY, lines)

    def rate(self, criterion: str, level: int) -> None:
        self.page.locator(f"input[name='r-{criterion}'][value='{level}']").check()

    def seal(self) -> None:
        """Finish, be asked once, and close; whether there is a network or not."""
        self.page.locator("#to-seal").click()
        self.page.locator("#seal-record").click()
        self.page.locator("#seal-yes").click()
        expect(self.page.locator("main")).to_have_attribute(
            "data-record", re.compile("closing|sealed")
        )

    def is_sealed(self) -> None:
        """The server has closed it too."""
        self.is_sent()
        expect(self.page.locator("main")).to_have_attribute("data-record", "sealed", timeout=20_000)

    @property
    def writing(self) -> str:
        """What stands in the note line."""
        return self.note.input_value()

    @property
    def shown(self) -> list[str]:
        """The lines on the page."""
        return [
            re.sub(r"\s+", " ", text).strip()
            for text in self.page.locator("#notes .note-text").all_inner_texts()
        ]

    def shows(self, texts: Iterable[str]) -> None:
        """These lines are on the page, in whatever order."""
        wanted = Counter(texts)
        wait_for(lambda: Counter(self.shown) == wanted, 20)

    def is_saved(self) -> None:
        """All that was written is in the tablet's store."""
        expect(self.page.locator("main")).to_have_attribute("data-saving", "saved", timeout=20_000)
        expect(self.page.locator("main")).to_have_attribute("data-unsent", re.compile("[0-9]+"))

    def is_sent(self) -> None:
        """Everything is confirmed; where "Try now" is offered, it is taken."""
        wait_for(self._sent, 60)

    def _sent(self) -> bool:
        self.page.evaluate("document.querySelector('[data-act=send]')?.click()")
        main = self.page.locator("main")
        said = (main.get_attribute("data-saving"), main.get_attribute("data-unsent"))
        if said != ("saved", "0"):
            self.page.wait_for_timeout(200)
        return said == ("saved", "0")

    def banner(self, words: str) -> None:
        expect(self.page.locator("#banners")).to_contain_text(words, timeout=20_000)

    # What the server holds.

    @property
    def record(self) -> Record:
        with self.school.database.read(self.school.network_id) as session:
            return records.read(session, self.observation)

    @property
    def texts(self) -> list[str]:
        """The lines on the server, in order of time; late ones too."""
        return [note.text for note in self.record.notes]

    @property
    def state(self) -> str:
        with self.school.database.read(self.school.network_id) as session:
            key = (self.school.network_id, self.observation)
            return session.get_one(Observation, key).state

    def is_on_the_server(self, texts: Iterable[str]) -> None:
        """These lines, each once, in whatever order, and no operation twice or refused."""
        here, there = Counter(texts), Counter(self.texts)
        assert here == there, f"missing: {here - there}, unknown: {there - here}"
        kept = self.operations()
        assert {each.status for each in kept} <= {"accepted", "late"}, kept
        numbers = [(each.device_id, each.device_seq) for each in kept]
        assert len(set(numbers)) == len(numbers)

    def operations(self) -> list[Operation]:
        """The log of this record."""
        network, wanted = self.school.network_id, self.observation
        query = select(Operation).where(
            Operation.network_id == network, Operation.observation_id == wanted
        )
        with self.school.database.read(network) as session:
            return list(session.scalars(query))
