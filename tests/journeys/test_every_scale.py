"""Every scale at every occasion on a real sheet, and the time of a lesson that asks without a sound."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect
from sqlalchemy import select

from observe.core.observation import Record
from observe.storage import records
from observe.storage.database import Database
from observe.storage.tables.records import Operation
from tests.every_scale import TWELVE, publish_every_scale
from tests.factories import PlannedLesson, School, a_lesson, a_network, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.servers import Server, a_server, wait_for
from tests.journeys.test_journey import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("every scale")]

MINUTE = 60_000
LANDSCAPE, PORTRAIT, PHONE = (1180, 820), (820, 1180), (390, 844)
TOO_SMALL = """() => [...document.querySelectorAll('.level, .tile, .tally button, .step, .part button')]
    .filter((each) => each.offsetParent)
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.9 || box.width < 43.9 || box.right > innerWidth + 0.5)
    .map(([each, box]) => `${each.textContent.trim()}: ${box.width} x ${box.height}`)"""


@dataclass
class Room:
    """A school with a server, and tablets on which a sheet can be opened."""

    school: School
    server: Server
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    signed_in: StorageState | None = None

    def _tablet(self, scheme: Literal["light", "dark"]) -> BrowserContext:
        """A new tablet on which Siôn has signed in."""
        width, height = LANDSCAPE
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, base_url=self.server.url, locale="en-GB",
            color_scheme=scheme, service_workers="block", storage_state=self.signed_in,
        )  # fmt: skip
        self.contexts.append(context)
        if self.signed_in is None:
            sign_in(Watched(context.new_page()), a_sign_in(self.school, "Sion"))
            self.signed_in = context.storage_state()
        return context

    def sheet(self, rubric: str, *, dark: bool = False) -> "Sheet":
        """Siôn's sheet of a new lesson, on a tablet whose clock the test moves."""
        soon = datetime.now(UTC) + timedelta(minutes=10)
        lesson = a_lesson(self.school, rubric=rubric, starts_at=soon)
        watched = Watched(self._tablet("dark" if dark else "light").new_page()).watch()
        watched.page.clock.install()
        digits = self.school.rubrics[rubric].removeprefix("sha256:")
        watched.page.goto(f"/sheet/{digits}#{lesson.observations['Sion']}")
        return Sheet(self.school, lesson, watched).ready()


@dataclass
class Sheet:
    """One sheet, and what the server holds of it."""

    school: School
    lesson: PlannedLesson
    watched: Watched

    @property
    def page(self) -> Page:
        return self.watched.page

    @property
    def observation(self) -> UUID:
        return self.lesson.observations["Sion"]

    def ready(self) -> "Sheet":
        expect(self.page.locator("main[data-ready=true]")).to_be_attached(timeout=20_000)
        if self.page.locator("#tab-criteria").is_visible():
            self.page.locator("#tab-criteria").click()
        return self

    def row(self, criterion: str) -> Locator:
        return self.page.locator(f"[data-row='{criterion}']")

    def tap(self, criterion: str, words: str) -> None:
        """One tap on a level, a tile or a word of a criterion."""
        choice = self.row(criterion).locator(".level, .tile")
        choice.filter(has=self.page.get_by_text(words, exact=True)).click()

    def later(self, minutes: float) -> None:
        """The lesson goes on."""
        self.page.clock.fast_forward(int(minutes * MINUTE))
        self.page.clock.run_for(1500)

    def bar(self, kind: str) -> Locator:
        return self.page.locator(f".part-{kind}")

    def is_sent(self) -> None:
        expect(self.page.locator("main")).to_have_attribute("data-unsent", "0", timeout=20_000)
        expect(self.page.locator("main")).to_have_attribute("data-saving", "saved")

    def seal(self) -> None:
        self.page.locator("#to-seal").click()
        self.page.locator("#seal-record").click()
        self.page.locator("#seal-yes").click()
        expect(self.page.locator("main")).to_have_attribute("data-record", "sealed", timeout=20_000)

    @property
    def record(self) -> Record:
        with self.school.database.read(self.school.network_id) as session:
            return records.read(session, self.observation)

    def operations(self, field: str) -> list[dict[str, Any]]:
        """What was sent for one field."""
        network = self.school.network_id
        query = select(Operation.body).where(
            Operation.network_id == network,
            Operation.observation_id == self.observation,
            Operation.field == field,
        )
        with self.school.database.read(network) as session:
            return [json.loads(body) for body in session.scalars(query)]


@pytest.fixture(scope="module")
def room(
    template: str, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Room]:
    """One server and one browser for all of these tests."""
    path = tmp_path_factory.mktemp("scales") / "observe.sqlite3"
    shutil.copy(template.removeprefix("sqlite:///"), path)
    database = Database(f"sqlite:///{path}")
    school = a_network(database, name="Dales learning group")
    publish_every_scale(school)
    server = a_server(f"sqlite:///{path}")
    server.start()
    made = Room(school, server, chromium)
    yield made
    for context in made.contexts:
        context.close()
    server.kill()
    database.engine.dispose()


GIVEN: dict[str, tuple[str, Any]] = {
    **{f"levels-{n}": (str(n), n) for n in range(2, 8)},
    "yes-no": ("Yes", 1),
    "setting": ("Pairs", "pairs"),
    "doing": ("Asks the class", ["asks"]),
}
SEVERAL = {
    "apart": {"whole": "whole", "segment": "segment-1", "sample": "sample-1-4"},
    "by-minutes": {"interval": "interval-1"},
}


@pytest.mark.parametrize("rubric", SEVERAL)
def test_every_scale_takes_one_tap_at_every_occasion(room: Room, rubric: str) -> None:
    sheet = room.sheet(f"every-scale-{rubric}")
    expected: dict[tuple[str, str], Any] = {}
    for kind, occasion in SEVERAL[rubric].items():
        for scale, (words, value) in GIVEN.items():
            sheet.tap(f"{kind}-{scale}", words)
            expected[f"{kind}-{scale}", occasion] = value
        sheet.tap(f"{kind}-levels-4-after", "Not seen")
        expected[f"{kind}-levels-4-after", occasion] = "not_seen"
        count(sheet, f"{kind}-tapped", taps=3, back=1)
        expected[f"{kind}-tapped", occasion] = 2
        type_in(sheet, f"{kind}-typed", "27,5")
        expected[f"{kind}-typed", occasion] = 27.5
        type_in(sheet, f"{kind}-said", "They argued with the line")
        expected[f"{kind}-said", occasion] = "They argued with the line"
    sheet.is_sent()
    assert dict(sheet.record.ratings) == expected


def count(sheet: Sheet, criterion: str, *, taps: int, back: int) -> None:
    for _ in range(taps):
        sheet.row(criterion).locator("[data-tap]").click()
    for _ in range(back):
        sheet.row(criterion).locator("[data-untap]").click()
    expect(sheet.row(criterion).locator("[data-number]")).to_have_text(str(taps - back))


def type_in(sheet: Sheet, criterion: str, text: str) -> None:
    sheet.row(criterion).locator("[data-typed]").fill(text)
    sheet.row(criterion).locator("[data-typed]").blur()


def test_look_fors_words_and_a_second_tap(room: Room) -> None:
    sheet = room.sheet("every-scale-apart")
    sheet.tap("whole-levels-4", "2")
    row = sheet.row("whole-levels-4")
    expect(row.locator(".descriptor.is-chosen")).to_contain_text("Seldom is there time to think")
    expect(row.locator(".descriptor:visible")).to_have_count(3)
    row.get_by_label("Pauses before taking an answer").check()
    sheet.tap("whole-levels-7", "Does not apply")
    sheet.tap("whole-doing", "Does not apply")
    sheet.tap("whole-doing", "Reads aloud")
    sheet.page.wait_for_timeout(450)
    sheet.tap("whole-levels-7", "Does not apply")
    sheet.is_sent()
    assert dict(sheet.record.ratings) == {
        ("whole-levels-4", "whole"): 2,
        ("whole-doing", "whole"): ["reads"],
    }
    assert sheet.record.look_fors == {("whole-levels-4", "pause", "whole")}


@pytest.mark.parametrize(
    ("rubric", "dark"), [("apart", False), ("by-minutes", True)], ids=["light", "dark"]
)
def test_nothing_is_cramped_on_any_screen(room: Room, rubric: str, dark: bool) -> None:
    sheet = room.sheet(f"every-scale-{rubric}", dark=dark)
    page = sheet.page
    for width, height in (LANDSCAPE, PORTRAIT, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        sheet.ready()
        assert page.evaluate(TOO_SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet.watched.is_clean()


def test_twelve_codes_fit_without_scrolling(room: Room) -> None:
    sheet = room.sheet("every-scale-by-minutes")
    sheet.page.locator("[data-covers='interval-doing']").click()
    tiles = sheet.row("interval-doing").locator(".tile")
    expect(tiles).to_have_count(len(TWELVE))
    for tile in tiles.all():
        expect(tile).to_be_in_viewport(ratio=1)
    boxes = [tile.bounding_box() for tile in tiles.all()]
    assert min(box["height"] for box in boxes if box) >= 56


def test_a_sample_asks_without_a_sound_and_moves_nothing(room: Room) -> None:
    sheet = room.sheet("two-looks")
    page = sheet.page
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#note").fill("Four hands up, the same")
    row = sheet.row("tone").locator(".levels")
    row.hover()
    sheet.later(3.9)
    row.hover()
    before = row.bounding_box()
    sheet.later(0.2)
    expect(sheet.bar("sample")).to_have_class(re.compile("is-due"))
    expect(page.locator("#clock")).to_have_class(re.compile("is-due"))
    expect(page.locator("#did-aloud")).to_have_text("Sample now: minute 4")
    expect(sheet.row("at-work")).to_have_class(re.compile("is-due"))
    assert row.bounding_box() == before
    assert page.locator("dialog, [role=dialog]").count() == 0
    expect(page.locator("#note")).to_be_focused()
    expect(page.locator("#note")).to_have_value("Four hands up, the same")
    sheet.watched.is_accessible()

    page.get_by_role("button", name="Later").click()
    expect(sheet.bar("sample")).not_to_have_class(re.compile("is-due"))
    sheet.later(2.1)
    expect(sheet.bar("sample")).to_have_class(re.compile("is-due"))
    for criterion, words in [("at-work", "3"), ("setting", "Pairs"), ("task-set", "Yes")]:
        sheet.tap(criterion, words)
    expect(sheet.bar("sample")).not_to_have_class(re.compile("is-due"))
    expect(sheet.bar("sample")).to_contain_text("rated at")
    sheet.is_sent()
    (kept,) = sheet.operations("rating/at-work/sample-1-4")
    assert 6 * MINUTE <= kept["elapsed_ms"] < 9 * MINUTE


def test_a_sample_comes_forward_where_nobody_is_rating(room: Room) -> None:
    sheet = room.sheet("every-scale-apart")
    page = sheet.page
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#note").click()
    first = sheet.row("sample-levels-2")
    expect(first).not_to_be_in_viewport()
    sheet.later(4.1)
    expect(first).to_be_in_viewport()
    expect(page.locator("#note")).to_be_focused()


def test_on_a_phone_what_is_due_comes_into_view_and_its_tab_leads_there(room: Room) -> None:
    sheet = room.sheet("every-scale-apart")
    page = sheet.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Start", exact=True).click()
    first = sheet.row("sample-levels-2")
    page.locator("#tab-criteria").click()
    expect(first).not_to_be_in_viewport()
    sheet.later(4.1)
    expect(first).to_be_in_viewport()
    page.locator("#tab-notes").click()
    page.evaluate("scrollTo(0, 0)")
    page.locator("#tab-criteria").click()
    expect(first).to_be_in_viewport()


def test_in_a_talk_the_leader_and_the_teacher_are_heard(room: Room) -> None:
    sheet = room.sheet("feedback-talk")
    for key, words in (
        ("L", "What did you notice?"),
        ("T", "They were slow."),
        ("P", "And so on."),
    ):
        sheet.page.locator("#note").fill(words)
        sheet.page.locator("#note").press(f"Alt+Key{key}")
        sheet.page.locator("#next-line").click()
    lines = sheet.page.locator("#notes > li")
    expect(lines.nth(0)).to_contain_text("LLeader:What did you notice?")
    expect(lines.nth(1)).to_contain_text("TTeacher:They were slow.")
    sheet.is_sent()
    assert [note.speaker for note in sheet.record.notes] == ["P", "T", None]


def test_segments_are_rated_apart_and_one_sees_which_are_done(room: Room) -> None:
    sheet = room.sheet("two-looks")
    page = sheet.page
    page.get_by_role("button", name="Start", exact=True).click()
    sheet.later(15.1)
    expect(sheet.bar("segment")).to_contain_text("Segment 1 of 2")
    expect(sheet.bar("segment")).to_have_class(re.compile("is-due"))
    for row in page.locator("[data-row]:has-text('Segment 1 of 2')").all():
        sheet.tap(row.get_attribute("data-row") or "", "Not seen")
    expect(sheet.bar("segment")).to_contain_text("Segment 2 of 2")
    expect(page.locator("[data-goes=segment-1]")).to_have_class(re.compile("is-done"))
    expect(page.locator("[data-goes=segment-2]")).not_to_have_class(re.compile("is-done"))
    sheet.tap("tone", "3")
    page.locator("[data-goes=segment-1]").click()
    expect(sheet.bar("segment")).to_have_class(re.compile("is-elsewhere"))
    sheet.tap("tone", "1")
    page.get_by_role("button", name="Back to now").click()
    expect(sheet.row("tone").locator("input[value='3']")).to_be_checked()
    sheet.is_sent()
    given = {key: value for key, value in sheet.record.ratings.items() if key[0] == "tone"}
    assert given == {("tone", "segment-1"): 1, ("tone", "segment-2"): 3}


def test_intervals_go_with_the_clock_and_going_back_is_clear(room: Room) -> None:
    sheet = room.sheet("minute-by-minute")
    page = sheet.page
    sheet.tap("teacher", "Asks the class")
    sheet.later(5)
    expect(sheet.bar("interval")).to_contain_text("Interval 3")
    expect(page.locator("#did-aloud")).to_have_text("Interval 3")
    expect(sheet.row("teacher").locator("input:checked")).to_have_count(0)
    sheet.tap("teacher", "Waits")
    page.get_by_role("button", name="The one before").click()
    expect(sheet.row("teacher")).to_contain_text("Interval 2")
    sheet.tap("teacher", "Walks round and looks")
    sheet.later(4)
    expect(sheet.bar("interval")).to_contain_text("Interval 2")
    page.get_by_role("button", name="Back to now").click()
    expect(sheet.bar("interval")).to_contain_text("Interval 5")
    sheet.is_sent()
    assert dict(sheet.record.ratings) == {
        ("teacher", "interval-1"): ["asks"],
        ("teacher", "interval-2"): ["walks"],
        ("teacher", "interval-3"): ["waits"],
    }


def test_what_is_typed_stays_with_the_interval_in_which_it_was_begun(room: Room) -> None:
    sheet = room.sheet("every-scale-by-minutes")
    field = sheet.row("interval-said").locator("textarea")
    field.click()
    sheet.page.keyboard.type("Asks for")
    sheet.later(2.1)
    expect(sheet.row("interval-said")).to_contain_text("Still for Interval 1")
    sheet.page.keyboard.type(" reasons")
    field.blur()
    expect(field).to_have_value("")
    wanted = {("interval-said", "interval-1"): "Asks for reasons"}
    wait_for(lambda: dict(sheet.record.ratings) == wanted)


def test_a_lesson_that_ends_early_is_marked_partial(room: Room) -> None:
    sheet = room.sheet("minute-by-minute")
    sheet.tap("teacher", "Explains or shows")
    sheet.later(4.6)
    sheet.page.get_by_role("button", name="Lesson over").click()
    sheet.later(30)
    sheet.page.reload()
    sheet.ready()
    expect(sheet.page.locator("#clock-time")).to_have_text("4 min")
    expect(sheet.bar("interval")).to_contain_text("Interval 3")
    ends = sheet.page.locator("#ends")
    expect(ends).to_contain_text(re.compile(r"ran \d\d of 120 seconds and is marked partial"))
    sheet.seal()
    assert sheet.record.sitting.partial == "interval-3"
    (ended,) = sheet.operations("context/ended")
    assert 4.5 * MINUTE < ended["value"] < 6 * MINUTE


def test_whoever_seals_late_says_that_the_lesson_was_over_before(room: Room) -> None:
    sheet = room.sheet("minute-by-minute")
    sheet.tap("teacher", "Explains or shows")
    sheet.later(2.5)
    sheet.tap("teacher", "Waits")
    sheet.later(40)
    expect(sheet.page.locator("#left-open")).to_contain_text("The pupils, 21 times")
    sheet.page.get_by_role("button", name=re.compile("The lesson was over at")).click()
    expect(sheet.page.locator("#left-open")).to_contain_text("The pupils, 1 time")
    expect(sheet.bar("interval")).to_contain_text("Interval 2")
    sheet.seal()
    assert sheet.record.sitting.partial == "interval-2"


def test_the_clock_goes_on_after_a_reload_and_never_back(room: Room) -> None:
    sheet = room.sheet("teaching-framework")
    sheet.page.get_by_role("button", name="Start", exact=True).click()
    sheet.later(7.2)
    expect(sheet.page.locator("#clock-time")).to_have_text("7 min")
    sheet.page.reload()
    sheet.ready()
    expect(sheet.page.locator("#clock-time")).to_have_text("7 min")


def test_books_are_counted_and_each_line_shows_its_own(room: Room) -> None:
    sheet = room.sheet("work-scrutiny")
    page = sheet.page
    expect(page.locator("#books")).to_contain_text("Book 1")
    for book, line in enumerate(["Answers grow to four lines", "Green pen", "A question of hers"]):
        if book:
            sheet.later(1)
            page.get_by_role("button", name="Next book").click()
            expect(page.locator("#books")).to_contain_text(f"Book {book + 1}")
        page.locator("#note").fill(line)
        page.locator("#next-line").click()
    expect(page.locator("#notes time")).to_have_text(["Book 1", "Book 2", "Book 3"])
    page.get_by_role("button", name="Next book").click()
    expect(page.locator("#books")).to_contain_text("4 books looked at")
    page.locator("#undo").click()
    expect(page.locator("#books")).to_contain_text("3 books looked at")
    expect(page.locator("#ends")).to_contain_text("3 books looked at")
    sheet.watched.is_clean()
    sheet.seal()
    assert sheet.record.sitting.books == 3
    assert [note.book for note in sheet.record.notes] == [1, 2, 3]


def test_the_criteria_are_rated_by_keyboard_and_typing_rates_nothing(room: Room) -> None:
    sheet = room.sheet("every-scale-apart")
    page, press = sheet.page, sheet.page.keyboard.press
    page.locator("#note").click()
    page.keyboard.type("3 jumps, 4 kicks")
    press("Alt+r")
    for key in ("j", "2", "j", "3", "j", "1", "ArrowRight"):
        press(key)
    expect(sheet.row("whole-levels-4").locator("input[value='2']")).to_be_focused()
    press("k")
    press("Delete")
    press("Alt+n")
    expect(page.locator("#note")).to_be_focused()
    sheet.is_sent()
    assert dict(sheet.record.ratings) == {
        ("whole-levels-2", "whole"): 2,
        ("whole-levels-4", "whole"): 2,
    }


def test_what_is_still_open_is_told_before_sealing(room: Room) -> None:
    sheet = room.sheet("two-looks")
    sheet.page.get_by_role("button", name="Start", exact=True).click()
    sheet.later(20)
    wait_for(lambda: sheet.page.locator("#left-open .chip").count() > 0)
    open_ones = sheet.page.locator("#left-open")
    expect(open_ones).to_contain_text("Pupils at the work, 4 times")
    expect(open_ones).to_contain_text("Tone, 2 times")
    expect(sheet.page.locator("#ends")).to_contain_text("Segment 2 ran 5 of 15 minutes")
