"""The pages of the tablet itself, on a real tablet: a day without a network, what is kept, leaving, and the check."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Playwright, expect

from observe.core.permissions import RoleKind
from observe.storage.tables import people
from tests.factories import School, a_person, a_sign_in
from tests.journeys.conftest import Watched
from tests.journeys.relay import Answered, Asked, Onward, Relay
from tests.journeys.servers import Server
from tests.journeys.sheets import a_lesson_now
from tests.journeys.tablets import QUIET, Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("tablet pages")]

Tablets = Callable[..., Tablet]
PASSWORD = "plum boat lantern 7"
CODE = r"[BCDFGHJKLMNPQRSTVWXZ]"


def ready(page: Page, address: str) -> Page:
    """A page of the tablet once its script has filled it."""
    page.goto(address)
    expect(page.locator("main[data-ready=true]")).to_be_attached(timeout=20_000)
    return page


def prepared(tablet: Tablet) -> Page:
    """Today, once it says that the tablet is ready for a day without a network."""
    page = tablet.page
    page.goto("/")
    expect(page.locator("#ready")).to_contain_text("is ready for lessons", timeout=30_000)
    return page


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def clean(page: Page) -> None:
    Watched(page).is_accessible()


def test_a_whole_day_on_the_tablet_itself(
    school: School, server: Server, tablets: Tablets, tmp_path: Path
) -> None:
    """Unplanned lessons offline, what waits, the file for a facilitator, and leaving the tablet."""
    for number in range(60):
        a_person(school, f"Teacher{number} Morgan", RoleKind.TEACHER)
    lesson = a_lesson_now(school)
    works_in_a_second_school(school, "Ruth")
    tablet = tablets("Sion", server.url)
    page = prepared(tablet)
    page.context.set_offline(True)

    the_day_is_here(page, lesson.observations["Sion"].hex)
    a_page_that_needs_the_network_says_so(page)
    letters = begin_unplanned(page, "")
    assert re.fullmatch(CODE + "{6}", letters)
    joined = begin_unplanned(page, " kwr-tbd ")
    assert joined == "KWRTBD"
    write(page, "Written where there is no network at all")

    what_was_made_by_mistake_goes(page)

    ready(page, "/device")
    expect(page.locator("#waiting-words")).to_contain_text(
        "1 note waits to be sent, the oldest since today"
    )
    expect(page.locator("#lessons")).to_contain_text("waiting")
    clean(page)
    file = exported(page, tmp_path)
    assert {op["kind"] for op in file["operations"]} >= {"open", "set"}
    theme_holds(page)

    leaving_without_a_network_changes_nothing(page)
    a_facilitator_brings_it_in(school, server, tablets, tmp_path / "observe.json")
    leave(page)
    somebody_else_sees_nothing_of_it(page, school)
    in_two_schools_one_chooses_the_school_first(page)


def the_day_is_here(page: Page, observation: str) -> None:
    ready(page, "/tablet")
    start = page.locator("#next .start")
    expect(start).to_have_text("Start")
    address = start.get_attribute("href") or ""
    assert re.fullmatch(r"/sheet/[0-9a-f]{64}#[0-9a-f-]{36}", address)
    assert address.replace("-", "").endswith(observation)
    clean(page)


def a_page_that_needs_the_network_says_so(page: Page) -> None:
    ready(page, "/pairs")
    expect(page.locator("#notices")).to_contain_text("This tablet has no network just now.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.locator("#next .start")).to_be_visible()


def begin_unplanned(page: Page, code: str) -> str:
    """A lesson of a teacher found among sixty; the letters that its sheet shows."""
    ready(page, "/tablet#unplanned")
    form = page.locator("#unplanned-form")
    form.get_by_label("Six letters").fill(code or "a b c")
    form.get_by_role("button", name="Begin this lesson").click()
    expect(form.locator("#teacher-wrong")).to_contain_text("Choose whom you observe")
    if not code:
        expect(form.locator("#code-wrong")).to_contain_text("A code has no A")
        form.get_by_label("Six letters").fill("")
    form.get_by_label("Teacher", exact=True).fill("mor teacher42")
    expect(form.locator("#teacher-found button")).to_have_count(1)
    form.get_by_label("Teacher", exact=True).press("Enter")
    form.get_by_label("Class").select_option("Year 5")
    form.get_by_role("button", name="Begin this lesson").click()
    expect(page.locator("main[data-ready=true].sheet")).to_be_attached(timeout=20_000)
    expect(page.locator("h1")).to_contain_text("Teacher42 Morgan")
    shown = page.locator("#pair-code").inner_text()
    found = re.search(rf"(?:{CODE}\s*){{6}}", shown)
    assert found, shown
    return "".join(found[0].split())


def write(page: Page, text: str) -> None:
    page.locator("#note").fill(text)
    page.locator("#next-line").click()
    expect(page.locator("#saving")).to_contain_text("1 note on this tablet")


def what_was_made_by_mistake_goes(page: Page) -> None:
    """The first of the two unplanned lessons was never begun."""
    ready(page, "/tablet")
    expect(page.locator("#next .start")).to_have_text("Go on")
    expect(page.locator("#later li")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Remove.*Year 5, Teacher42")).click()
    expect(page.locator("#later li")).to_have_count(1)


def exported(page: Page, folder: Path) -> dict[str, list[dict[str, str]]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Export everything on this tablet").click()
    path = folder / "observe.json"
    download.value.save_as(path)
    told: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return told


def theme_holds(page: Page) -> None:
    """Dark is chosen here and holds on the next page before anything is drawn."""
    page.get_by_label("Dark").check()
    ready(page, "/tablet")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    clean(page)


def leaving_without_a_network_changes_nothing(page: Page) -> None:
    ready(page, "/device")
    page.get_by_role("button", name="Sign out this tablet").click()
    expect(page.locator("[data-waits]")).to_contain_text("were not sent yet")
    page.get_by_role("button", name="Send it, then sign out").click()
    expect(page.locator("[data-said]")).to_contain_text("There is no network, so nothing was sent.")
    page.get_by_role("button", name="Keep it here and sign out").click()
    expect(page.locator("[data-said]")).to_contain_text("Signing out needs the network")
    assert page.evaluate("localStorage.getItem('observe-person')")


def a_facilitator_brings_it_in(
    school: School, server: Server, tablets: Tablets, file: Path
) -> None:
    page = tablets("Margaret", server.url).page
    page.goto("/people")
    page.get_by_role("link", name="Bring in a tablet's file").click()
    page.wait_for_url("**/rescue")
    button = "getComputedStyle(document.getElementById('file'), '::file-selector-button').minHeight"
    assert float(page.evaluate(button).removesuffix("px")) >= 44
    page.get_by_label("The file").set_input_files(
        {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"\xff"}
    )
    page.get_by_role("button", name="Look into the file").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not a file that a tablet exported")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look into the file").click()
    expect(page.locator("h2")).to_contain_text("Siôn Prydderch wrote this")
    clean(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator("main")).to_contain_text("changes were brought in")
    expect(page.locator("main")).not_to_contain_text("no network at all")
    clean(page)


def leave(page: Page) -> None:
    """Signs out on one's own page with work on the tablet that it has not sent."""
    page.route("**/api/v1/sync", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/me")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("#leaving-h")).to_be_focused()
    clean(page)
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Keep it here and sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("localStorage.getItem('observe-person')") is None
    page.unroute("**/api/v1/sync")


def somebody_else_sees_nothing_of_it(page: Page, school: School) -> None:
    ready(page, "/tablet")
    expect(page.locator("#notices")).to_contain_text("Nobody is known on this tablet.")
    expect(page.locator("#desk")).to_be_hidden()
    clean(page)
    sign_in(page, a_sign_in(school, "Ruth"))
    ready(page, "/tablet")
    expect(page.locator("#who")).to_have_text("Ruth Adeyemi")
    expect(page.locator("#others")).to_contain_text("Work of 1 other person waits on this tablet.")
    expect(page.locator("main")).not_to_contain_text("Teacher42")


def works_in_a_second_school(school: School, name: str) -> None:
    """As an adviser, beside one teacher."""
    elsewhere = replace(school, school_id=uuid4(), team_id=uuid4())
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=elsewhere.school_id, name="Ysgol Tŵr Gwyn"))
        session.flush()
        session.add(people.Team(id=elsewhere.team_id, school_id=elsewhere.school_id, name="All"))
        session.flush()
        role = people.Role(id=uuid4(), person_id=school[name].id, kind=RoleKind.ADVISER)
        role.school_id = elsewhere.school_id
        session.add(role)
    a_person(elsewhere, "Llyr Bevan", RoleKind.TEACHER)


def in_two_schools_one_chooses_the_school_first(page: Page) -> None:
    ready(page, "/tablet#unplanned")
    form = page.locator("#unplanned-form")
    form.get_by_label("School").select_option("Ysgol Tŵr Gwyn")
    expect(form.locator("#teacher-found button")).to_have_text(["Llyr Bevan"])
    expect(form.get_by_label("Class")).to_be_hidden()
    form.get_by_role("button", name="Llyr Bevan").click()
    expect(form.get_by_label("Teacher", exact=True)).to_have_value("Llyr Bevan")
    form.get_by_label("School").select_option("Thornbeck Primary")
    expect(form.get_by_label("Teacher", exact=True)).to_have_value("")
    form.get_by_label("Teacher", exact=True).fill("zz")
    expect(form.locator("#teacher-found-words")).to_contain_text("No name fits.")


def states(page: Page, address: str = "/check") -> dict[str, str]:
    """How each thing that the check tries came out."""
    page.goto(address)
    expect(page.locator("main:not([data-verdict=''])[data-verdict]")).to_be_attached(timeout=60_000)
    rows = page.locator("#checks > li").all()
    return {
        (row.get_attribute("id") or "").removeprefix("check-"): row.get_attribute("data-state")
        or ""
        for row in rows
    }


def said(page: Page, name: str) -> str:
    return page.locator(f"#check-{name}").inner_text()


BROKEN = {
    "server": "The proxy takes a header away",
    "large": "The proxy refuses what a tablet sends at once",
    "worker": "a filter changes or blocks it",
    "clock": "minutes behind the server's",
    "cookies": "The sign-in is forgotten at once",
}


def meddle(asked: Asked, onward: Onward) -> Answered:
    """A proxy that drops our header and every cookie, tells another time, and a filter that rewrites scripts."""
    answered = onward(asked)
    headers = [
        (k, v) for k, v in answered.headers if k.lower() not in ("x-observe-protocol", "set-cookie")
    ]
    if asked.path == "/worker.js":
        return Answered(200, [("Content-Type", "text/html")], b"<h1>Blocked by the filter</h1>")
    body = re.sub(rb'("server_time":\s*")\d{4}', rb"\g<1>2031", answered.body)
    return Answered(answered.status, headers, body)


def little(_asked: Asked, _onward: Onward) -> Answered:
    """A proxy that takes no more than half of what a tablet sends."""
    return Answered(413, [("Content-Type", "text/html")], b"<h1>413 Request Entity Too Large</h1>")


def test_the_check_says_what_is_wrong_and_who_can_mend_it(
    relay: Relay, playwright: Playwright, chromium_path: str
) -> None:
    """On a tablet that is right, behind a proxy and a filter that are not, and on a plain http name."""
    name = f"http://observe.school:{relay.port}"
    mapped = "--host-resolver-rules=MAP observe.school 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, mapped])
    try:
        page = browser.new_context(locale="en-GB").new_page()
        found = states(page, f"{relay.url}/check")
        assert {each for each, state in found.items() if state == "broken"} == set()
        clean(page)
        page.get_by_role("button", name="Copy the result").click()
        expect(page.locator("#result")).to_have_value(
            re.compile(r"\[fine\] server: .*200, application/json")
        )

        relay.way, relay.rule = meddle, little
        page = browser.new_context(locale="en-GB").new_page()
        found = states(page, f"{relay.url}/check")
        for each, words in BROKEN.items():
            assert found[each] in ("broken", "look"), each
            assert words in said(page, each)
        expect(page.locator("#verdict")).to_contain_text("Do not rely on this tablet")
        clean(page)

        relay.way = relay.rule = lambda asked, onward: onward(asked)
        page = browser.new_context(locale="en-GB").new_page()
        found = states(page, f"{name}/check")
        assert (found["address"], found["server"], found["worker"]) == ("broken", "fine", "broken")
        assert "Whoever keeps the server can mend it." in said(page, "address")
        assert found["storage"] == "fine"
        page.get_by_role("button", name="Copy the result").click()
        expect(page.locator("#result")).to_have_value(re.compile(r"\[broken\] address: "))
    finally:
        browser.close()
