"""The sheet at every size, in light and dark, for every hand, by keyboard alone and for those who listen."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Watched
from tests.journeys.houses import House, a_house

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("sheet access")]

FRAMEWORK = "teaching-framework"
SIZES = {
    "landscape": {"width": 1180, "height": 820},
    "portrait": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
    "200 % zoom": {"width": 590, "height": 410},
}
RUBRICS = (
    FRAMEWORK,
    "minute-by-minute",
    "two-looks",
    "ways-of-looking",
    "work-scrutiny",
    "feedback-talk",
)
TOO_SMALL = """() => {
    const pressed = document.querySelectorAll(
        'main :is(a, button, input, textarea, select, summary)'
    );
    const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.sr');
    const target = (each) => (each.matches('input[type=radio], input[type=checkbox]') && each.closest('label')) || each;
    const small = (box) => box.width < 43.5 || box.height < 43.5;
    const boxes = [...new Set([...pressed].filter(shown).map(target))];
    return boxes
        .filter((each) => small(each.getBoundingClientRect()))
        .map((each) => `${each.outerHTML.slice(0, 90)} ${JSON.stringify(each.getBoundingClientRect())}`);
}"""
AS_CHOSEN = "chosen => Object.assign(document.documentElement.dataset, chosen)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def house(
    template: str, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[House]:
    with a_house(template, tmp_path_factory.mktemp("sheet-access"), chromium) as made:
        yield made


@pytest.fixture
def open_sheet(house: House) -> Iterator[Any]:
    """Opens the sheet of a new lesson at a size."""

    def of(size: str, rubric: str = FRAMEWORK) -> Page:
        return house.sheet(house.context(viewport=SIZES[size]), rubric)

    yield of
    house.close_browsers()


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator("#note").fill(text)
        page.locator("#note").press("Enter")
        expect(page.locator("#notes > li", has_text=text)).to_be_attached()


def to(page: Page, pane: str) -> None:
    """The tab of a pane, where there are tabs."""
    tab = page.locator(f"#tab-{pane}")
    if tab.is_visible():
        tab.click()


def is_sound(page: Page) -> None:
    """Nothing that axe objects to, nothing too small for a finger, nothing beyond the edge."""
    Watched(page).is_accessible()
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(SIDEWAYS) <= 0


def is_sound_for_everybody(page: Page) -> None:
    """In light and dark, for the right and the left hand."""
    for theme, hand in (("light", "right"), ("dark", "left")):
        page.evaluate(AS_CHOSEN, {"theme": theme, "hand": hand})
        is_sound(page)


@pytest.mark.parametrize("size", SIZES)
def test_the_sheet_in_the_middle_of_a_lesson(open_sheet: Any, size: str) -> None:
    page = open_sheet(size)
    write(page, "Four questions in a row answered by the same three pupils", "Books out")
    page.locator("#notes .note-open").first.click()
    expect(page.locator("#notes .note-form")).to_be_visible()
    is_sound_for_everybody(page)
    page.locator("#notes .note-form [data-done]").click()
    to(page, "criteria")
    page.locator("input[name='r-questioning'][value='2']").check(force=True)
    page.locator("#ways > summary").click()
    page.context.set_offline(True)
    page.locator("#note").fill("Stops the class")
    expect(page.locator("#banners")).to_contain_text("No network.")
    is_sound_for_everybody(page)


@pytest.mark.parametrize("rubric", RUBRICS)
def test_every_rubric_fits_a_thumb_on_a_tablet_and_on_a_phone(open_sheet: Any, rubric: str) -> None:
    page = open_sheet("landscape", rubric)
    names = page.locator(".criterion-name")
    if names.count():
        names.first.click()
    is_sound(page)
    page.set_viewport_size(SIZES["phone"])
    to(page, "criteria")
    is_sound(page)


def test_the_sheet_at_its_end(open_sheet: Any) -> None:
    page = open_sheet("phone")
    write(page, "Counts in eighths along the line with the whole class")
    to(page, "criteria")
    page.locator("#seal-record").click()
    expect(page.locator("#seal-yes")).to_be_focused()
    is_sound_for_everybody(page)
    page.locator("#seal-yes").click()
    expect(page.locator("main")).to_have_attribute("data-record", "sealed", timeout=15_000)
    is_sound_for_everybody(page)


def test_at_200_percent_the_note_line_leaves_room_for_the_notes(open_sheet: Any) -> None:
    page = open_sheet("200 % zoom")
    write(page, "One", "Two")
    height = SIZES["200 % zoom"]["height"]
    page.evaluate("document.activeElement.blur()")
    assert page.locator("#composer").evaluate("each => each.offsetHeight") < height * 0.4
    page.locator("#note").focus()
    line = page.locator("#note").evaluate("each => each.getBoundingClientRect().toJSON()")
    assert line["top"] >= 0
    assert line["bottom"] <= height


def test_a_lesson_is_opened_written_rated_and_sealed_by_keyboard_alone(open_sheet: Any) -> None:
    page = open_sheet("landscape")
    key = page.keyboard.press

    def focus() -> str:
        return str(
            page.evaluate("(document.activeElement.id || document.activeElement.name) ?? ''")
        )

    for _ in range(40):
        key("Tab")
        if focus() == "note":
            break
    assert focus() == "note"
    page.keyboard.type("Asks for a reason")
    key("Enter")
    expect(page.locator("#notes .note-text")).to_have_text(["Asks for a reason"])
    assert focus() == "note"
    key("Alt+R")
    assert focus() == "r-relationships-1"
    key("Space")
    key("ArrowRight")
    expect(page.locator("input[name='r-relationships']:checked")).to_have_value("2")
    for _ in range(200):
        key("Tab")
        if focus() == "seal-record":
            break
    key("Enter")
    assert focus() == "seal-yes"
    key("Enter")
    expect(page.locator("main")).to_have_attribute("data-record", "sealed", timeout=15_000)
    assert focus() == "seal"


def test_who_listens_hears_what_was_saved(open_sheet: Any) -> None:
    page = open_sheet("landscape")
    aloud = page.locator("#saving-aloud")
    assert aloud.get_attribute("role") == "status"
    write(page, "Books out")
    expect(aloud).to_have_text("1 note on this tablet, 1 on the server", timeout=15_000)
    page.context.set_offline(True)
    write(page, "Board rubbed clean")
    expect(aloud).to_have_text(
        re.compile("2 notes on this tablet, 1 on the server"), timeout=15_000
    )
