"""An author writes a summary on a tablet: without a network, through a kill, by touch, and by keyboard alone."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from observe.storage import summaries
from tests.factories import School, a_sign_in
from tests.journeys.conftest import Server, Watched
from tests.journeys.servers import wait_for
from tests.journeys.tablets import Tablet
from tests.journeys.test_journey import sign_in
from tests.letters import HELPED, HINDERED, LATER, a_draft
from tests.talks import Noted

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("drafts")]

Tablets = Callable[..., Tablet]
HERE = "On this tablet, not on the server yet"
SAVED = re.compile(r"^Saved \d")
PORTRAIT = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
MORE = (
    Noted("Register is taken while pupils begin", 6, [HELPED], "+"),
    Noted("Pens are found from three drawers", 13, [HINDERED], "-"),
)


@pytest.fixture
def summary_id(school: School) -> UUID:
    """A draft with evidence that no line rests on yet."""
    from tests.letters import RUTH, SION

    return a_draft(school, notes={"Sion": (*SION, *MORE), "Ruth": RUTH}, at=LATER)


def opened(page: Page, summary_id: UUID) -> Page:
    page.goto(f"/feedback/{summary_id}/edit")
    return ready(page)


def ready(page: Page) -> Page:
    expect(page.locator("#draft")).to_have_attribute("data-ready", "true", timeout=15_000)
    return page


def line(page: Page, part: str, place: int = 0) -> Locator:
    return page.locator(f"[data-part={part}] [data-line]").nth(place)


def rewrite(page: Page, part: str, words: str) -> None:
    """Open the first line of a part and put other words."""
    line(page, part).locator("[data-do=open]").click()
    line(page, part).locator("textarea").first.fill(words)


def kept(school: School, summary_id: UUID) -> list[str]:
    """What the server has."""
    with school.database.read(school.network_id) as session:
        return [each.text for each in summaries.find(session, summary_id).lines]


def test_words_survive_a_killed_tablet_and_a_killed_server(
    school: School, server: Server, tablets: Tablets, summary_id: UUID
) -> None:
    tablet = tablets("Sion", server.url)
    tablet.prepare()
    tablet.sign_in(school, "Sion")
    page = opened(tablet.page, summary_id)

    server.kill()
    rewrite(page, "question", "What would you keep?")
    page.keyboard.type(" And why")
    expect(page.locator("#saving")).to_contain_text(HERE)
    expect(page.locator("#saving")).to_have_attribute("data-keeping", "kept")
    page = tablet.restart()
    opened(page, summary_id)
    expect(line(page, "question")).to_contain_text("What would you keep? And why")
    expect(page.locator("#saving")).to_contain_text(HERE)
    line(page, "question").locator("[data-do=open]").click()
    page.keyboard.type("?")
    assert not any("keep?" in text for text in kept(school, summary_id))

    tablet.sign_in(school, "Sion")
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#saving")).to_have_text(SAVED, timeout=20_000)
    assert any("What would you keep?" in text for text in kept(school, summary_id))
    assert not tablet.complaints


def test_somebody_else_on_the_tablet_sees_nothing_of_a_draft_and_sends_nothing(
    school: School, server: Server, tablets: Tablets, summary_id: UUID
) -> None:
    tablet = tablets("Sion", server.url)
    page = opened(tablet.page, summary_id)
    page.context.set_offline(True)
    rewrite(page, "question", "Sion's own words.")
    expect(page.locator("#saving")).to_contain_text(HERE)
    tablet.forget_sign_in()
    page.context.set_offline(False)
    expect(page.locator("#sign-in")).to_be_visible(timeout=15_000)
    tablet.sign_in(school, "Aisha")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#saving")).to_contain_text("Somebody else", timeout=15_000)
    page.goto("/me")
    page.evaluate("localStorage.removeItem('observe-person')")
    page.goto(f"/feedback/draft#{summary_id}")
    expect(page.locator("#notices")).to_contain_text("Nobody is signed in")
    expect(page.locator("main")).not_to_contain_text("Sion's own words")
    page.goto("/feedback")
    expect(page.locator("main")).not_to_contain_text("Catrin")
    assert not any("own words" in text for text in kept(school, summary_id))

    tablet.forget_sign_in()
    tablet.sign_in(school, "Sion")
    page.goto("/feedback")
    expect(page.locator("#on-tablet")).to_be_hidden(timeout=15_000)
    page.wait_for_load_state("networkidle")
    assert any("own words" in text for text in kept(school, summary_id))


def test_two_tablets_meet_and_nothing_is_lost(
    school: School, tablet: Callable[[], Watched], summary_id: UUID
) -> None:
    first, second = tablet(), tablet()
    email = a_sign_in(school, "Sion")
    pages = [sign_in(each, email) for each in (first, second)]
    for page in pages:
        opened(page, summary_id)
    one, two = pages
    two.context.set_offline(True)
    rewrite(two, "question", "From the second tablet.")
    rewrite(two, "opening", "Thank you, Catrin.")
    rewrite(one, "question", "From the first tablet.")
    wait_for(lambda: "From the first tablet." in kept(school, summary_id))
    two.context.set_offline(False)
    expect(two.locator("#notices")).to_contain_text("changed elsewhere", timeout=15_000)
    expect(two.locator("#saving")).to_have_text(SAVED, timeout=15_000)
    question = line(two, "question")
    expect(question.locator(".comment")).to_contain_text("From the first tablet.")
    second.is_accessible()
    question.get_by_role("button", name="Take these words").click()
    expect(question.locator("[data-told]")).to_have_text("From the first tablet.")
    two.locator("#undo").click()
    expect(question.locator("[data-told]")).to_have_text("From the second tablet.")
    both = {"From the second tablet.", "Thank you, Catrin."}
    wait_for(lambda: both <= set(kept(school, summary_id)))


def test_one_tab_writes_and_a_second_one_waits(
    school: School, tablet: Callable[[], Watched], summary_id: UUID
) -> None:
    watched = tablet()
    page = opened(sign_in(watched, a_sign_in(school, "Sion")), summary_id)
    other = watched.page.context.new_page()
    other.goto(f"/feedback/{summary_id}/edit")
    expect(other.locator("#notices")).to_contain_text("open in another tab", timeout=10_000)
    page.close()
    ready(other)


def test_evidence_is_brought_by_touch_on_a_tablet_and_a_phone(
    school: School, tablet: Callable[[], Watched], summary_id: UUID
) -> None:
    watched = tablet()
    page = opened(sign_in(watched, a_sign_in(school, "Sion")), summary_id)
    for size, text in ((PORTRAIT, "Register is taken"), (PHONE, "Pens are found")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.locator("#about").select_option("all")
        note = page.locator("[data-note]", has_text=text)
        part = "strength" if "Register" in text else "next_step"
        drag_by_touch(page, note.locator("[data-grip]"), line(page, part))
        expect(line(page, part).locator(".proof")).to_contain_text(
            "10:11" if part == "strength" else "10:18"
        )
        watched.is_clean()
    expect(page.locator("#saving")).to_have_text(SAVED, timeout=15_000)


def drag_by_touch(page: Page, grip: Locator, to: Locator) -> None:
    """A finger goes down on the grip, to the edge until the line is in sight, and lets go on it."""
    grip.scroll_into_view_if_needed()
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    box = grip.bounding_box()
    assert box
    touch("touchStart", box["x"] + 8, box["y"] + 8)
    touch("touchMove", box["x"] + 8, box["y"] - 20)
    height = page.evaluate("innerHeight")
    for _ in range(200):
        goal = to.bounding_box()
        assert goal
        if 80 < goal["y"] + 10 < height - 220:
            break
        touch("touchMove", box["x"] + 8, 20 if goal["y"] < 80 else height - 20)
        page.wait_for_timeout(30)
    touch("touchMove", box["x"] + 8, height / 2)
    page.wait_for_timeout(100)
    goal = to.bounding_box()
    assert goal
    touch("touchMove", goal["x"] + 60, goal["y"] + goal["height"] / 2)
    touch("touchEnd", 0, 0)


def test_a_summary_is_written_by_keyboard_alone(
    school: School, tablet: Callable[[], Watched], summary_id: UUID
) -> None:
    watched = tablet()
    page = opened(sign_in(watched, a_sign_in(school, "Sion")), summary_id)
    strength = page.locator("[data-part=strength]")
    press(page, strength.locator("[data-do=add]"))
    page.keyboard.type("Pupils knew what to do.")
    page.keyboard.press("Escape")
    expect(strength.locator("[data-line]")).to_have_count(2)
    press(page, strength.locator("[data-do=up]").nth(1))
    expect(strength.locator("[data-told]").first).to_have_text("Pupils knew what to do.")
    expect(page.locator("#aloud")).to_contain_text("now at place 1 of 2")
    press(page, strength.locator("[data-line]").first.locator("[data-do=open]"))
    page.keyboard.press("Alt+ArrowDown")
    expect(strength.locator("[data-told]").nth(1)).to_contain_text("Pupils knew what to do.")
    page.keyboard.press("Escape")
    page.locator("#into").focus()
    page.locator("#into").select_option(index=1)
    press(page, page.locator("#tray-notes li:not([hidden]) [data-do=use]").first)
    expect(page.locator("#aloud")).to_contain_text("added to What worked, line 2")
    expect(strength.locator(".proof-note")).to_have_count(3)
    press(page, strength.locator("[data-line]").nth(1).locator("[data-do=open]"))
    press(page, strength.locator("[data-line]").nth(1).locator("[data-do=remove]"))
    expect(strength.locator("[data-line]")).to_have_count(1)
    expect(page.locator("#undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(strength.locator("[data-line]")).to_have_count(2)
    page.locator("#main").focus()
    for _ in range(4):
        page.keyboard.press("Control+z")
    expect(strength.locator("[data-line]")).to_have_count(1)
    expect(page.locator("#undo-row")).to_be_hidden()
    watched.is_clean()


def press(page: Page, button: Locator) -> None:
    """Reach it and press it without a pointer."""
    button.focus()
    page.keyboard.press("Enter")


def test_what_the_checks_find_is_underlined_and_mended_by_one_tap(
    school: School, tablet: Callable[[], Watched], summary_id: UUID
) -> None:
    watched = tablet()
    page = opened(sign_in(watched, a_sign_in(school, "Sion")), summary_id)
    rewrite(page, "opening", "It was a great lesson. Thank you.")
    expect(line(page, "opening").locator("mark")).to_have_text(
        re.compile("^great lesson"), timeout=15_000
    )
    watched.is_accessible()
    line(page, "opening").locator("[data-do=done]").click()
    strength = page.locator("[data-part=strength]")
    strength.locator("[data-do=add]").click()
    page.keyboard.type("You were kind.")
    fix = page.locator("#checks-card [data-fix=remove]").first
    expect(fix).to_be_visible(timeout=15_000)
    fix.click()
    expect(strength.locator("[data-line]")).to_have_count(1)
    line(page, "next_step").locator("[data-do=open]").click()
    line(page, "next_step").locator("[data-do=wordings]").click()
    wording = line(page, "next_step").locator(".wording").first
    told = wording.locator("[data-text]").inner_text()
    wording.click()
    expect(line(page, "next_step").locator("textarea")).to_have_value(told)
    expect(line(page, "next_step").locator(".proof-note")).to_have_count(2)
    line(page, "next_step").locator("[data-do=phrase]").click()
    line(page, "next_step").get_by_role("button", name="Keep it").click()
    expect(page.locator("#notices")).to_contain_text("Kept as a phrase")
    watched.is_clean()
    page.goto(f"/feedback/{summary_id}/versions")
    expect(page.locator("ins").first).to_be_visible()
    watched.is_clean()
    page.goto("/feedback/phrases")
    expect(page.locator(".phrase")).to_have_count(1)
    watched.is_clean()
