"""Writing, tagging, changing and taking back lines: by finger, by pen and by keyboard, on one server."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from observe.core.observation import Record
from observe.storage import records
from tests.factories import PlannedLesson, School
from tests.journeys.conftest import Watched
from tests.journeys.houses import House, a_house
from tests.journeys.sheets import MANY, a_lesson_now, address

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("scripting")]

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
        lines = self.page.locator("#notes > li")
        for text in texts:
            before = lines.count()
            self.note.fill(text)
            self.note.press("Enter")
            expect(lines.nth(before)).to_be_attached()

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


@pytest.fixture(scope="module")
def house(
    template: str, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[House]:
    with a_house(template, tmp_path_factory.mktemp("scripting"), chromium) as made:
        yield made


@pytest.fixture
def desk(house: House) -> Iterator[Callable[..., Desk]]:
    """A new lesson at a new browser, or another browser at the same lesson."""

    def of(
        rubric: str = "teaching-framework", lesson: PlannedLesson | None = None, **differs: Any
    ) -> Desk:
        planned = lesson or a_lesson_now(house.school, rubric=rubric)
        return Desk(house.context(**differs), house.school, planned, rubric).open()

    yield of
    house.close_browsers()


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
    at.shows("Asks for a reason", "Waits five seconds. Then asks the back row.")
    at.undo_says(r"line of \d+:\d\d")
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
    at.key("Escape")
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


def tapped(at: Desk, target: Locator) -> None:
    target.tap()


def by_pen(at: Desk, target: Locator) -> None:
    """A tap of a pen: Playwright has none, the browser's own protocol has."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    session = at.context.new_cdp_session(at.page)
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for kind in ("mousePressed", "mouseReleased"):
        session.send(
            "Input.dispatchMouseEvent",
            place | {"type": kind, "button": "left", "clickCount": 1, "pointerType": "pen"},
        )


@pytest.mark.parametrize("tap", [tapped, by_pen], ids=["finger", "pen"])
def test_a_tag_is_two_taps_at_most_on_glass_and_nothing_moves_under_the_thumb(
    desk: Callable[..., Desk], tap: Callable[[Desk, Locator], None]
) -> None:
    at = desk(has_touch=True, viewport=PORTRAIT)
    tools = at.page.locator("#composer")
    at.note.tap()
    at.type("Counts in eighths")
    places = tools.locator("button:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().y)"
    )
    tap(at, tools.locator("[data-chips] [data-criterion=routines]"))
    at.focus_is("#note")
    tap(at, tools.get_by_role("button", name="Another"))
    tap(at, tools.get_by_role("option", name="Guided practice"))
    expect(tools.get_by_role("listbox")).to_be_hidden()
    at.focus_is("#note")
    tap(at, tools.get_by_role("button", name="Pupil speaks"))
    after = tools.locator("button:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().y)"
    )
    assert after[: len(places)] == places
    tap(at, at.page.locator("#next-line"))
    at.write("Nobody is asked why")
    # an old line: one tap opens it without the keyboard on the glass, one tags it
    tap(at, at.line(1).locator("button"))
    at.focus_is("#notes .note-form")
    tap(at, at.form.locator("[data-chips] [data-criterion=routines]"))
    expect(at.page.locator("#notes .note-form :focus")).to_have_count(1)
    tap(at, at.form.get_by_role("button", name="Done"))
    first, second = at.record.notes
    assert (first.speaker, first.criteria) == ("P", ("routines", "guided-practice"))
    assert second.criteria == ("routines",)
    at.is_clean()


def test_the_tray_is_gone_through_one_by_one(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.write("One", "Two", "Three", "Four")
    tray = at.page.locator("#untagged")
    expect(tray).to_have_text("4 without a criterion")
    tray.focus()
    at.key("Enter")
    at.focus_is("#notes .note-form")
    expect(at.form).to_contain_text("4 lines without a criterion")
    at.type("3a")
    at.focus_is("#notes [data-find]")
    at.key("Enter")
    at.focus_is("#notes .note-form")
    expect(at.form).to_contain_text("3 lines without a criterion")
    at.type("wai")
    expect(at.form.locator("[data-none-found]")).to_have_text("No criterion begins with “wai”.")
    at.key("Escape", "Enter")
    expect(at.form.locator("[data-text]")).to_have_value("Two")
    expect(at.form.get_by_role("button", name="Skip")).to_be_visible()
    place = at.form.get_by_role("button", name="Skip").bounding_box()
    at.form.get_by_role("button", name="Skip").click()
    expect(at.form.locator("[data-text]")).to_have_value("Three")
    assert at.form.get_by_role("button", name="Skip").bounding_box() == place
    at.is_clean()
    at.form.locator("[data-chips] [data-criterion=questioning]").click()
    at.form.get_by_role("button", name="Next").click()
    expect(at.form).to_contain_text("1 line without a criterion")
    at.key("1", "b", "Enter")
    expect(at.form).to_contain_text("The last one has its criterion")
    at.key("Enter")
    expect(at.form).to_have_count(0)
    expect(at.page.locator("#did-aloud")).to_have_text(
        "1 line was skipped and has no criterion yet."
    )
    expect(tray).to_have_text("1 without a criterion")
    at.focus_is("#untagged")
    at.shows("One", "Two", "Three", "Four")
    tray.click()
    at.type("2d")
    at.key("Enter", "Enter")
    expect(at.page.locator("#did-aloud")).to_have_text("Every line has a criterion.")
    expect(tray).to_be_hidden()
    at.focus_is("#notes li:nth-child(2) button")
    assert [note.criteria for note in at.record.notes] == [
        ("questioning",), ("vocabulary",), ("questioning",), ("routines",),
    ]  # fmt: skip


def test_everything_that_was_done_can_be_taken_back_and_done_again(
    desk: Callable[..., Desk],
) -> None:
    at = desk("minute-by-minute")
    expect(at.undo).to_have_attribute("aria-disabled", "true")
    count = at.page.locator("[data-tap]").first
    row = at.page.locator("[data-row]", has=count).first
    name = row.get_attribute("data-row") or ""
    for _ in range(3):
        count.click()
    at.undo_says(r"\w+ counted")
    at.undo.click()
    expect(row.locator("[data-number]")).to_have_text("2")
    at.page.get_by_role("button", name="Redo").click()
    expect(row.locator("[data-number]")).to_have_text("3")
    row.locator("[data-untap]").click()
    at.undo_says(r"\w+ one less")
    at.undo.click()
    expect(row.locator("[data-number]")).to_have_text("3")
    at.write("Waits")
    at.line(0).locator("button").click()
    at.form.get_by_role("button", name="Private").click()
    at.undo_says(r"\d+:\d\d private")
    at.form.get_by_role("button", name="A safeguarding concern").click()
    expect(at.form.get_by_text("your school’s own safeguarding route")).to_be_visible()
    at.undo.click()
    expect(at.form.get_by_text("your school’s own safeguarding route")).to_be_hidden()
    at.form.locator("[data-text]").press_sequentially(" long")
    at.undo_says(r"words of \d+:\d\d")
    at.undo.click()
    expect(at.form.locator("[data-text]")).to_have_value("Waits")
    at.form.get_by_role("button", name="Delete").click()
    at.undo_says(r"\d+:\d\d deleted")
    at.focus_is("#note")
    for _ in range(3):
        at.undo.click()
    at.undo_says(r"\w+ counted")
    expect(at.page.locator("#notes > li")).to_have_count(0)
    at.key("Control+Shift+KeyZ")
    at.shows("Waits")
    assert at.record.ratings[name, "whole"] == 3
    assert [note.private for note in at.record.notes] == [False]
    at.is_clean()


def test_own_short_forms_are_kept_on_the_tablet_and_come_back_on_delete(
    desk: Callable[..., Desk],
) -> None:
    at = desk()
    at.page.locator("#ways summary").click()
    own = at.page.locator("#shortcuts")
    expect(own).to_contain_text("None yet.")
    own.get_by_label("Short", exact=True).fill("t q")
    own.get_by_role("button", name="Keep").click()
    expect(own.get_by_role("alert")).to_have_text("The short form is one word without a space.")
    own.get_by_label("Short", exact=True).fill("tq")
    own.get_by_label("Stands for").fill("Teacher asks")
    at.key("Enter")
    expect(own.get_by_role("listitem")).to_have_text(re.compile("^tq Teacher asks"))
    own.get_by_role("button", name="Change tq").click()
    own.get_by_label("Stands for").fill("Teacher asks: ")
    at.key("Enter")
    expect(own.get_by_role("listitem")).to_have_text(re.compile("^tq Teacher asks:"))
    at.is_clean()
    at.page.reload()
    at.open()
    at.note.focus()
    at.type("tq how many? btq no")
    expect(at.note).to_have_value("Teacher asks: how many? btq no")
    at.key(*["Backspace"] * 6)
    at.type("tq ")
    expect(at.note).to_have_value("Teacher asks: how many? Teacher asks: ")
    at.key("Backspace")
    expect(at.note).to_have_value("Teacher asks: how many? tq ")
    at.type("x tq ")
    expect(at.note).to_have_value("Teacher asks: how many? tq x Teacher asks: ")
    at.key("Control+KeyZ")
    expect(at.note).to_have_value("Teacher asks: how many? tq x tq ")
    at.key("Control+KeyA")
    # a keyboard on glass: no key is told, the letters come at once or are composed
    glass = at.context.new_cdp_session(at.page)
    for letters in ("Tq", " "):
        glass.send("Input.insertText", {"text": letters})
    expect(at.note).to_have_value("Teacher asks: ")
    glass.send("Input.imeSetComposition", {"text": "tq", "selectionStart": 2, "selectionEnd": 2})
    glass.send("Input.insertText", {"text": "tq "})
    expect(at.note).to_have_value("Teacher asks: Teacher asks: ")
    at.key("Enter", "Shift+Tab")
    at.line(0).locator("button").click()
    at.type(" tq why?")
    at.key("Enter")
    assert at.texts == ["Teacher asks: Teacher asks: Teacher asks: why?"]
    at.page.locator("#ways summary").click()
    own.get_by_role("button", name="Take away tq").click()
    expect(own).to_contain_text("None yet.")
    expect(own).to_contain_text("tq was taken away.")


def test_dictation_and_composed_letters_end_no_line(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.note.focus()
    glass = at.context.new_cdp_session(at.page)
    for letters in ("に", "にほ", "にほん"):
        glass.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": 3, "selectionEnd": 3}
        )
    at.note.evaluate(
        "area => area.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    at.note.evaluate(
        "area => area.dispatchEvent(new InputEvent('beforeinput', {inputType: 'insertLineBreak', isComposing: true, cancelable: true}))"
    )
    glass.send("Input.insertText", {"text": "日本"})
    glass.send("Input.insertText", {"text": " is said.\nNew paragraph. 👩‍👩‍👧‍👦"})
    expect(at.note).to_have_value("日本 is said.\nNew paragraph. 👩‍👩‍👧‍👦")
    expect(at.page.locator("#notes > li")).to_have_count(0)
    # a keyboard on glass whose Enter tells no key ends the line
    at.note.evaluate(
        "area => area.dispatchEvent(new InputEvent('beforeinput', {inputType: 'insertLineBreak', cancelable: true}))"
    )
    expect(at.page.locator("#notes > li")).to_have_count(1)
    expect(at.note).to_have_value("")
    # half a sign, as a broken paste brings it, would be refused for ever
    at.note.evaluate(
        "area => { area.value = 'Half \\ud83d'; area.dispatchEvent(new InputEvent('input')); }"
    )
    at.key("Enter")
    # the cursor in the middle of a sign of several letters
    at.write("👩‍👩‍👧‍👦👍🏽")
    at.line(2).locator("button").click()
    at.form.locator("[data-text]").evaluate("area => area.setSelectionRange(13, 13)")
    at.form.get_by_role("button", name="Split").click()
    at.focus_is("#notes li:nth-child(4) [data-text]")
    assert at.texts == ["日本 is said.\nNew paragraph. 👩‍👩‍👧‍👦", "Half \ufffd", "👩‍👩‍👧‍👦", "👍🏽"]
    assert not at.complaints


def paste(at: Desk, text: str) -> None:
    """As if copied from somewhere else."""
    at.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    at.key("Control+KeyV")


def test_a_pasted_book_is_told_in_words_and_nothing_is_lost(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.note.focus()
    at.type("What was there. ")
    book = "She asks why. Nobody answers for a while; then “four” does.\n" * 33_000
    paste(at, book)
    told = at.page.locator("#composer [data-too-long]")
    expect(told).to_contain_text("This is 2.1 MB, and a line holds 20 kB")
    expect(at.page.locator("#saving")).to_contain_text("NOT SAVED")
    assert at.note.input_value() == "What was there. " + book
    at.key("Enter")
    assert at.note.input_value() == "What was there. " + book
    told.get_by_role("button", name="Back to what was there before").click()
    expect(at.note).to_have_value("What was there. ")
    expect(told).to_be_hidden()
    paste(at, book[:60_000])
    at.is_clean()
    told.get_by_role("button", name="Put it in 4 lines").click()
    expect(at.page.locator("#notes > li")).to_have_count(4)
    expect(told).to_be_hidden()
    at.focus_is("#note")
    assert "\n".join(at.texts) == ("What was there. " + book[:60_000]).strip()
    at.undo_says(r"\d+:\d\d in lines")
    at.undo.click()
    at.shows("What was there.")
    at.undo.click()
    expect(at.page.locator("#notes > li")).to_have_count(0)
    at.write("A line of its own.")
    at.line(0).locator("button").click()
    paste(at, book[:30_000])
    expect(at.form.locator("[data-too-long]")).to_contain_text("This is 32 kB")
    at.key("Escape", "Enter")
    expect(at.page.locator("#notes > li")).to_have_count(2)
    expect(at.page.locator("#notes > li")).to_have_count(2)
    assert len("\n".join(at.texts)) > 30_000
    assert not at.complaints


def test_what_a_second_tablet_wrote_stands_under_the_line_and_undo_leaves_it_alone(
    desk: Callable[..., Desk],
) -> None:
    first = desk()
    first.write("Asks for a reason")
    rating = "input[name=r-questioning][value='{}']"
    first.page.locator(rating.format(2)).check()
    first.is_sent()
    second = desk(lesson=first.lesson)
    second.shows("Asks for a reason")
    second.context.set_offline(True)
    for level in (1, 2, 1, 2, 3):  # whoever did more since decides
        second.page.locator(rating.format(level)).check()
    second.line(0).locator("button").click()
    second.form.locator("[data-text]").press_sequentially(" and waits")
    second.key("Enter")
    first.line(0).locator("button").click()
    first.form.locator("[data-text]").fill("Asks for a reason, twice")
    first.key("Enter")
    first.is_sent()
    second.context.set_offline(False)
    second.is_sent()
    for at in (first, second):
        at.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(at.line(0).locator(".note-other summary")).to_have_text(
            "Your other tablet wrote another text", timeout=20_000
        )
        at.shows("Asks for a reason and waits")
    for _ in range(2):
        first.undo.click()
        expect(first.page.locator("#undo-told")).to_contain_text("changed on another tablet since")
    first.shows("Asks for a reason and waits")
    expect(first.page.locator(rating.format(3))).to_be_checked()
    other = second.line(0).locator(".note-other")
    expect(other.locator("p")).to_be_hidden()
    other.locator("summary").click()
    expect(other.locator("p")).to_have_text("Asks for a reason, twice")
    second.is_clean()
    other.get_by_role("button", name="Take this text instead").click()
    expect(second.line(0).locator(".note-other")).to_have_count(0)
    second.undo_says(r"other text of \d+:\d\d")
    assert second.texts == ["Asks for a reason, twice"]
    first.line(0).locator(".note-other summary").click()
    first.line(0).get_by_role("button", name="Keep the line as it is").click()
    expect(first.page.locator(".note-other")).to_have_count(0)
    first.page.reload()
    first.open()
    expect(first.page.locator(".note-other")).to_have_count(0)


WATCH = """() => {
    const list = document.getElementById('notes');
    globalThis.rebuilt = 0;
    new MutationObserver((told) => (rebuilt += told.length)).observe(list, {
        subtree: true, childList: true, attributes: true, characterData: true,
    });
    globalThis.first = list.firstElementChild.firstElementChild;
}"""


def test_with_three_hundred_lines_a_letter_draws_none_of_them_anew_and_the_list_stays_where_it_is(
    desk: Callable[..., Desk],
) -> None:
    at = desk()
    lines = [{"text": f"Line {n}", "criterion": "routines", "mark": "+"} for n in range(300)]
    at.page.evaluate(MANY, lines)
    expect(at.page.locator("#notes > li")).to_have_count(300)
    at.is_sent()
    scroller = at.page.locator("#pane-notes .pane-scroll")
    scroller.evaluate("pane => (pane.scrollTop = 2000)")
    at.page.evaluate(WATCH)
    at.note.press_sequentially("Waits five seconds", delay=30)
    expect(at.page.locator("#tab-notes")).to_have_text("Notes, 301")
    assert at.page.evaluate("rebuilt") == 0
    assert scroller.evaluate("pane => pane.scrollTop") == 2000
    at.key("Enter")
    expect(at.page.locator("#notes > li")).to_have_count(301)
    assert scroller.evaluate("pane => pane.scrollTop") == 2000
    assert at.page.evaluate(
        "first === document.getElementById('notes').firstElementChild.firstElementChild"
    )
    # one stop for the Tab key, the arrows lead to the others
    assert at.page.locator("#notes button[tabindex='0']").count() == 1
    at.line(300).locator("button").focus()
    at.key("Home")
    at.focus_is("#notes li:nth-child(1) button")
    at.key("End")
    at.focus_is("#notes li:nth-child(301) button")
