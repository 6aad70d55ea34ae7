"""Two tablets of one person, two people on one tablet, and rubrics that move on: nothing is mixed up or lost."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from observe.services import rubrics
from observe.services.rubrics import shipped
from tests.factories import PlannedLesson, School, a_sign_in
from tests.journeys.servers import Server
from tests.journeys.sheets import RUBRIC, Sheet, a_lesson_now
from tests.journeys.tablets import Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: people")]

PASSWORD = "plum boat lantern 7"
LETTERS = re.compile(r"(?:[BCDFGHJKLMNPQRSTVWXZ]\s*){6}")
Tablets = Callable[..., Tablet]


def sign_in(page: Page, email: str) -> None:
    """By the form that is on the page."""
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def test_a_tablet_that_comes_late_is_kept_apart_until_its_work_is_included(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    early = Sheet(tablets("Sion", server.url), school, lesson, "Sion").open()
    late = Sheet(tablets("Sion", server.url), school, lesson, "Sion")
    early.line("On the first tablet")
    early.is_sent()
    late.open().shows(["On the first tablet"])
    late.tablet.browser.set_offline(True)
    late.line("On the second, without a network")
    late.rate("questioning", 2)
    late.is_saved()
    early.rate("questioning", 4)
    early.seal()
    early.is_sealed()
    late.after_a_kill()
    late.is_sent()
    late.banner("Something came after sealing.")
    late.banner("arrived after your record was sealed.")
    assert early.record.ratings["questioning", "whole"] == 4
    assert {each.text: each.late for each in early.record.notes} == {
        "On the first tablet": False,
        "On the second, without a network": True,
    }
    late.page.get_by_role("button", name="Open again and include").click()
    expect(late.page.locator("main")).to_have_attribute("data-record", "draft")
    late.is_sent()
    late.seal()
    late.is_sealed()
    assert not any(each.late for each in late.record.notes)
    late.is_on_the_server(["On the first tablet", "On the second, without a network"])
    early.after_a_kill().shows(["On the first tablet", "On the second, without a network"])


def test_two_tablets_with_different_records_close_on_one(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    one, other = (
        Sheet(tablets("Sion", server.url), school, lesson, "Sion").open() for _ in range(2)
    )
    one.tablet.browser.set_offline(True)
    one.line("Written without a network")
    one.seal()
    other.line("Written with one")
    other.rate("routines", 3)
    other.is_sent()
    one.tablet.browser.set_offline(False)
    one.is_sent()
    one.is_sealed()
    one.after_a_kill().shows(["Written without a network", "Written with one"])
    one.is_on_the_server(["Written without a network", "Written with one"])
    assert one.record.ratings["routines", "whole"] == 3


def test_a_sign_in_that_ran_out_stops_nobody_and_after_the_next_all_is_sent(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    sheet = Sheet(tablets("Sion", server.url), school, lesson, "Sion").prepared().open()
    sheet.line("One")
    sheet.is_sent()
    sheet.tablet.browser.set_offline(True)
    sheet.line("Two")
    sheet.tablet.forget_sign_in()
    sheet.tablet.browser.set_offline(False)
    sheet.banner("Sign in to send.")
    sheet.line("Three")
    sheet.is_saved()
    sheet.tablet.close()
    sheet.tablet.start()
    sheet.open().line("Four")
    sheet.is_saved()
    sheet.after_a_kill().line("Five")
    sheet.banner("Sign in to send.")
    assert sheet.texts == ["One"]
    sheet.page.locator("#banners [data-act=sign_in]").click()
    sign_in(sheet.page, a_sign_in(school, "Sion"))
    sheet.ready().is_sent()
    sheet.is_on_the_server(["One", "Two", "Three", "Four", "Five"])


def test_nothing_is_sent_as_somebody_else_who_signs_in_on_the_same_tablet(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    tablet = tablets("Sion", server.url)
    hers = Sheet(tablet, school, lesson, "Ruth", tablet.browser.new_page())
    his = Sheet(tablet, school, lesson, "Sion").open()
    his.line("His first")
    his.is_sent()
    tablet.browser.set_offline(True)
    his.line("His second")
    tablet.forget_sign_in()
    tablet.browser.set_offline(False)
    tablet.sign_in(school, "Ruth")
    hers.open().line("Hers")
    hers.is_sent()
    his.page.bring_to_front()
    his.line("His third")
    his.banner("Somebody else is signed in.")
    hers.is_on_the_server(["Hers"])
    assert his.texts == ["His first"]
    tablet.forget_sign_in()
    tablet.sign_in(school, "Sion")
    tablet.restart()
    tablet.sign_in(school, "Sion")
    again = Sheet(tablet, school, lesson, "Sion").open()
    again.is_sent()
    again.is_on_the_server(["His first", "His second", "His third"])


def test_a_draft_keeps_the_rubric_with_which_it_began(
    school: School, server: Server, tablets: Tablets
) -> None:
    lesson = a_lesson_now(school)
    sheet = Sheet(tablets("Sion", server.url), school, lesson, "Sion").open()
    sheet.rate("questioning", 2)
    sheet.is_sent()
    sheet.tablet.browser.set_offline(True)
    sheet.line("Before the new version")
    gone = republish(school, RUBRIC)
    sheet.tablet.browser.set_offline(False)
    sheet.after_a_kill()
    sheet.rate(gone, 3)
    sheet.line("After the new version")
    sheet.seal()
    sheet.is_sealed()
    sheet.is_on_the_server(["Before the new version", "After the new version"])
    assert {each.status for each in sheet.operations()} == {"accepted"}
    assert sheet.record.ratings == {("questioning", "whole"): 2, (gone, "whole"): 3}


def republish(school: School, name: str) -> str:
    """The next version of a rubric, without its first criterion; which one that was."""
    (old,) = (rubric for rubric in shipped() if rubric.rubric == name)
    first, *others = old.domains
    shorter = replace(first, criteria=first.criteria[1:])
    newer = replace(old, version=old.version + 1, domains=(shorter, *others))
    with school.database.write(school.network_id) as session:
        assert rubrics.publish(session, newer, by=school["Margaret"], at=datetime.now(UTC))
    return first.criteria[0].criterion


def test_a_lesson_that_nobody_planned_becomes_one_pair_of_two_tablets(
    school: School, server: Server, tablets: Tablets
) -> None:
    head, adviser = (tablets(name, server.url) for name in ("Sion", "Ruth"))
    ready = (
        Sheet(head, school, PlannedLesson(uuid4(), {}), "Sion"),
        Sheet(adviser, school, PlannedLesson(uuid4(), {}), "Ruth"),
    )
    for each in ready:
        each.prepared()
    server.kill()
    first = begun(head, school, "Sion", "")
    letters = LETTERS.search(first.page.locator("#pair-code").inner_text())
    assert letters
    second = begun(adviser, school, "Ruth", letters[0].lower())
    for sheet in (first, second):
        sheet.line(f"{sheet.name} sees it so")
        sheet.rate("questioning", 2 if sheet is first else 4)
        sheet.is_saved()
        sheet.after_a_kill().seal()
        sheet.is_saved()
    server.start()
    for sheet in (first, second):
        sheet.is_sent()
        sheet.is_sealed()
    first.after_a_kill()
    first.page.locator("#compare.button-primary").click()
    talk = first.page.locator("#c-questioning")
    talk.get_by_text("Show the levels").click()
    expect(talk).to_contain_text("2 In part, Ruth gave 4 Strong")


def test_letters_that_meet_another_rubric_say_so_and_lead_to_the_same_one(
    school: School, server: Server, tablets: Tablets
) -> None:
    head, adviser = (tablets(name, server.url) for name in ("Sion", "Ruth"))
    for tablet in (head, adviser):
        tablet.prepare()
    first = begun(head, school, "Sion", "")
    first.line("By the framework")
    first.is_sent()
    letters = LETTERS.search(first.page.locator("#pair-code").inner_text())
    assert letters
    second = begun(adviser, school, "Ruth", letters[0], rubric="ways-of-looking")
    second.line("By ways of looking")
    second.is_sent()
    told = reloaded(second).page.locator("#pair-code")
    expect(told).to_contain_text("used the same six letters with another rubric", timeout=20_000)
    told.get_by_role("link", name="Begin again with that rubric").click()
    form = second.page.locator("#unplanned-form")
    expect(form.get_by_label("Rubric")).to_have_value(school.rubrics[RUBRIC])
    expect(form.get_by_label("Six letters")).to_have_value("".join(letters[0].split()))
    form.get_by_label("Teacher", exact=True).fill("Catrin")
    form.get_by_label("Teacher", exact=True).press("Enter")
    again = _begins(second.page, adviser, school, "Ruth")
    again.line("By the framework too")
    again.is_sent()
    expect(reloaded(again).page.locator("h1")).to_contain_text("beside Siôn", timeout=20_000)
    assert second.texts == ["By ways of looking"]


def reloaded(sheet: Sheet) -> Sheet:
    sheet.page.reload()
    return sheet.ready()


def begun(
    tablet: Tablet, school: School, name: str, letters: str, *, rubric: str = RUBRIC
) -> Sheet:
    """A lesson of Catrin Morley begun on the tablet itself, alone or by the letters of another."""
    page = tablet.page
    page.goto("/tablet#unplanned")
    form = page.locator("#unplanned-form")
    form.get_by_label("Teacher", exact=True).fill("Catrin")
    form.get_by_label("Teacher", exact=True).press("Enter")
    form.get_by_label("Class").select_option("Year 5")
    form.get_by_label("Rubric").select_option(school.rubrics[rubric])
    form.get_by_label("Six letters").fill(letters)
    return _begins(page, tablet, school, name)


def _begins(page: Page, tablet: Tablet, school: School, name: str) -> Sheet:
    page.get_by_role("button", name="Begin this lesson").click()
    expect(page.locator("main[data-ready=true].sheet")).to_be_attached(timeout=20_000)
    observation = UUID(page.url.rpartition("#")[2])
    return Sheet(tablet, school, PlannedLesson(uuid4(), {name: observation}), name)
