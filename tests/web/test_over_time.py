"""The page about levels over time: a sentence, the windows of ten lessons, and the habits of both."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from observe.core.permissions import RoleKind
from observe.services import figures
from observe.services.over_time_figures import SMALL_SIDE, OverTime, of_group, of_person
from tests.browser import Browser
from tests.factories import School, a_person
from tests.observing import HIGH, LOW, OTHER, together
from tests.talks import LATER, a_talk

URL = "/agreement/over-time"


def page(browser: Browser, school: School, who: str = "Sion", query: str = "") -> str:
    return browser.sign_in(school[who]).get(f"{URL}{query}")


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def rising(school: School, first: str, second: str, number: int, *, start: int = 0) -> None:
    """Lessons two days apart, of which the first gives higher levels only in the second half."""
    for place in range(number):
        later: Mapping[str, int] = HIGH if place >= number / 2 else LOW
        mine = OTHER if place % 4 == 3 else later
        at = LATER + timedelta(days=2 * place + start)
        a_talk(school, {first: mine, second: LOW}, at=at)


@pytest.fixture
def thirty_two(school: School) -> School:
    rising(school, "Sion", "Ruth", 32)
    return school


def test_from_thirty_lessons_a_sentence_says_whether_levels_move(
    browser: Browser, thirty_two: School
) -> None:
    told = page(browser, thirty_two)
    assert "Your levels move <b>up</b> beside those of your partners: +0." in told
    assert "of a level in 30 days, between +" in told
    assert "it cannot be told which of them moved" in told
    assert "Your levels move <b>down</b>" in page(browser, thirty_two, "Ruth")


def test_windows_of_ten_lessons_are_drawn_and_stand_in_a_table(
    browser: Browser, thirty_two: School
) -> None:
    told = page(browser, thirty_two)
    drawing = told[told.index('aria-labelledby="drift-t drift-d"') :].split("</svg>\n</figure")[0]
    assert drawing.split("<figcaption")[0].count('class="c-dot"') == 3
    assert '<polygon class="c-band"' in drawing
    assert re.search(r'<desc id="drift-d">17 Nov 2026 to \d+ Dec 2026: [0+−]', told)
    assert told.count('<th scope="row">17 Nov 2026 to') == 1
    assert "2 lessons after the last window wait for the next ten." in told
    assert told.index("Your levels move") < told.index("drift-t") < told.index("windows-table")


def test_below_thirty_lessons_it_says_what_is_missing_and_draws_nothing(
    browser: Browser, school: School
) -> None:
    together(school, "Sion", "Ruth", 12)
    told = page(browser, school)
    assert "On 12 lessons one <b>cannot say yet</b> whether your levels move" in told
    assert "it takes 30 lessons with this rubric" in told
    assert "drift-t" not in told
    assert "Apart within one lesson (halo)" in told


def test_below_five_lessons_nothing_is_said_of_habits(browser: Browser, school: School) -> None:
    together(school, "Sion", "Ruth", 4)
    told = page(browser, school)
    assert "Nothing is said of habits: fewer than 5 lessons." in told
    assert "halo)" not in told


def test_habits_stand_beside_the_partners_with_the_difference_and_its_limits(
    browser: Browser, school: School
) -> None:
    flat = dict.fromkeys(LOW, 2)
    for day in range(12):
        given = {"Sion": flat, "Ruth": HIGH if day % 2 else LOW}
        a_talk(school, given, at=LATER + timedelta(days=day))
    told = page(browser, school)
    assert "You give the criteria of one lesson more alike levels than your partners do." in told
    assert re.search(
        r'data-label="You">0\.00</td><td class="n" data-label="Partners">0\.\d\d', told
    )
    assert "2 In part, 100" in told.replace("\u202f%", "")
    assert "On the same 12 lessons." in told


def test_looking_at_it_counts_as_having_looked_at_ones_own(
    browser: Browser, school: School
) -> None:
    together(school, "Sion", "Ruth", 6)
    page(browser, school)
    page(browser, school, "Ruth", "?who=roles")
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id) is not None
        assert figures.opened_at(session, school["Ruth"].id) is None


def test_with_two_partners_in_one_lesson_ones_levels_count_once(school: School) -> None:
    for day in range(6):
        given = {"Sion": HIGH, "Ruth": LOW, "Helen": LOW}
        a_talk(school, given, at=LATER + timedelta(days=day))
    with school.database.read(school.network_id) as session:
        found = of_person(session, school["Sion"].id)
    assert found is not None
    assert found.course.first.lessons == 6
    assert found.course.first.highest_share == 0
    assert found.course.first.commonest_share == pytest.approx(0.5)


@pytest.fixture
def crowd(school: School) -> School:
    """Five heads and two advisers with thirty lessons, the pairs taking turns."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis", "Joanne Birch"):
        a_person(school, name, RoleKind.HEAD)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    heads, advisers = ("Sion", "Amina", "Peter", "Mair", "Joanne"), ("Ruth", "David")
    for day in range(30):
        given = {heads[day % 5]: HIGH if day % 3 else OTHER, advisers[day % 2]: LOW}
        a_talk(school, given, at=LATER + timedelta(days=day))
    return school


def group(school: School) -> OverTime:
    with school.database.read(school.network_id) as session:
        found = of_group(session)
    assert found is not None
    return found


def test_heads_beside_advisers_are_shown_as_a_group(browser: Browser, crowd: School) -> None:
    told = page(browser, crowd, "Margaret")
    assert "Over time: heads beside advisers" in told
    assert "7 people stand behind these figures." in told
    assert len(group(crowd).course.drift.windows) == 3
    assert not [p.name for p in crowd.people.values() if p.name in told and p != crowd["Margaret"]]
    assert "Over time: heads beside advisers" in page(browser, crowd, "Sion", "?who=roles")


def test_a_term_is_chosen_in_the_address_and_its_files_hold_the_same(
    browser: Browser, crowd: School
) -> None:
    heads, advisers = ("Sion", "Amina", "Peter", "Mair", "Joanne"), ("Ruth", "David")
    for day in range(10):
        given = {heads[day % 5]: HIGH, advisers[day % 2]: LOW}
        a_talk(crowd, given, at=LATER + timedelta(days=100 + day))
    reader = browser.sign_in(crowd["Margaret"])
    assert [row["window"] for row in lines(reader.get(f"{URL}.csv"))] == ["1", "2", "3", "4"]
    told = reader.get(f"{URL}?term=autumn-2026")
    assert 'value="autumn-2026" selected' in told
    (address,) = re.findall(rf'href="({URL}\.csv[^"]*)"', told)
    assert "term=autumn-2026" in address
    assert len(lines(reader.get(address.replace("&amp;", "&")))) == 3
    book = load_workbook(io.BytesIO(reader.client.get(f"{URL}.xlsx?term=autumn-2026").data))
    assert book["Rows"].max_row == 1 + 30 * 4


def test_two_advisers_are_no_group_so_nothing_is_said_of_their_habits(
    browser: Browser, crowd: School
) -> None:
    course = group(crowd).course
    assert course.second.reason == SMALL_SIDE
    assert course.first.halo is not None
    assert not course.apart
    told = page(browser, crowd, "Margaret")
    assert "Nothing is shown of advisers: they are fewer than five people." in told
    assert told.count('data-label="Advisers">–</td>') == 6


def test_windows_behind_which_few_people_stand_are_not_shown(
    browser: Browser, crowd: School
) -> None:
    together(crowd, "Sion", "Ruth", 10, at=LATER + timedelta(days=60))
    found = group(crowd).course
    assert (found.drift.windows, found.drift.slope.value is None) == ((), False)
    told = page(browser, crowd, "Margaret")
    assert "fewer than five people stand behind one of the windows" in told
    assert lines(browser.sign_in(crowd["Margaret"]).get(f"{URL}.csv")) == []


def test_a_small_group_is_not_shown_and_its_files_are_empty(
    browser: Browser, thirty_two: School
) -> None:
    facilitator = browser.sign_in(thirty_two["Margaret"])
    assert "This group is too small to be shown" in facilitator.get(URL)
    assert lines(facilitator.get(f"{URL}.csv")) == []
    book = load_workbook(io.BytesIO(facilitator.client.get(f"{URL}.xlsx").data))
    assert "Rows" not in book.sheetnames
    assert {cell.value for cell in book["Habits"]["B"]} <= {"first", "no lesson was rated by both"}


def test_the_files_hold_the_windows_the_habits_and_the_very_rows(
    browser: Browser, thirty_two: School
) -> None:
    head = browser.sign_in(thirty_two["Sion"])
    found = lines(head.get(f"{URL}.csv"))
    assert [row["window"] for row in found] == ["1", "2", "3"]
    assert found[0]["first_day"] == "2026-11-17"
    assert float(found[0]["difference"]) < float(found[2]["difference"])
    book = load_workbook(io.BytesIO(head.client.get(f"{URL}.xlsx").data))
    assert book.sheetnames == ["Windows", "Habits", "Your rows"]
    assert book["Your rows"].max_row == 1 + 32 * 4


def test_of_an_ungraded_rubric_no_single_level_is_told_of_a_group(
    browser: Browser, school: School
) -> None:
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis", "Joanne Birch"):
        a_person(school, name, RoleKind.HEAD)
    for day in range(10):
        head = ("Sion", "Amina", "Peter", "Mair", "Joanne")[day % 5]
        given = {head: {"thinking": 3, "progress": 2}, "Ruth": {"thinking": 2, "progress": 2}}
        a_talk(school, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    told = page(browser, school, "Margaret")
    assert "nothing is said of single levels" in told
    assert "The commonest level" not in told
    assert "The commonest level" in page(browser, school, "Ruth")


def test_before_any_lesson_counts_the_page_says_what_it_will_say(
    browser: Browser, school: School
) -> None:
    assert "No lesson counts here yet" in page(browser, school)
    assert "No lesson counts here yet" in page(browser, school, "Margaret")
    together(school, "Sion", "Ruth", 2)
    assert "No lesson counts here yet" in page(browser, school, "Helen")


def test_a_teacher_does_not_get_in(browser: Browser, school: School) -> None:
    for url in (URL, f"{URL}.csv", f"{URL}.xlsx"):
        browser.sign_in(school["Catrin"]).get(url, status=403)
