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
    assert "Apart within one lesson<br>" in told


def test_below_five_lessons_nothing_is_said_of_habits(browser: Browser, school: School) -> None:
    together(school, "Sion", "Ruth", 4)
    told = page(browser, school)
    assert "Nothing is said of habits: fewer than 5 lessons." in told
    assert "Apart within one lesson<br>" not in told


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


def group(school: School, *, term: str = "") -> OverTime:
    with school.database.read(school.network_id) as session:
        found = of_group(session, term=term)
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
    assert "Habits of heads</caption>" in told
    assert told.count('data-label="Heads">') == 6
    assert 'data-label="Advisers"' not in told
    assert 'data-label="Difference' not in told


def test_a_window_behind_which_few_people_stand_is_not_shown_nor_the_one_that_would_tell_of_it(
    browser: Browser, crowd: School
) -> None:
    together(crowd, "Sion", "Ruth", 10, at=LATER + timedelta(days=60))
    found = group(crowd).course.drift
    assert (len(found.windows), found.waiting, found.slope.value is None) == (2, 20, False)
    assert "20 lessons stand in no window that is shown" in page(browser, crowd, "Margaret")


def test_what_is_left_after_the_last_window_is_not_told_by_taking_windows_from_the_whole(
    crowd: School,
) -> None:
    together(crowd, "Sion", "Ruth", 3, at=LATER + timedelta(days=40))
    found = group(crowd).course.drift
    assert (len(found.windows), found.waiting) == (2, 13)


def test_a_window_and_a_term_that_differ_by_one_pair_are_not_both_shown(crowd: School) -> None:
    """Autumn is the windows of autumn, and two lessons more of a window that reaches into spring."""
    heads, advisers = ("Sion", "Amina", "Peter", "Mair", "Joanne"), ("Ruth", "David")
    together(crowd, "Sion", "Ruth", 2, at=LATER + timedelta(days=32))
    for day in range(18):
        given = {heads[day % 5]: HIGH, advisers[day % 2]: LOW}
        a_talk(crowd, given, at=LATER + timedelta(days=100 + day))
    every, autumn = group(crowd), group(crowd, term="autumn-2026")
    assert autumn.group is not None
    assert autumn.group.people == 7
    assert len(every.course.drift.windows) < 5
    shown = {window.first_day for window in every.course.drift.windows}
    assert {window.first_day for window in autumn.course.drift.windows} <= shown
    assert len(autumn.course.drift.windows) < 3


def test_a_term_has_the_windows_of_all_lessons_that_lie_within_it(crowd: School) -> None:
    heads, advisers = ("Sion", "Amina", "Peter", "Mair", "Joanne"), ("Ruth", "David")
    for day in range(35):
        given = {heads[day % 5]: HIGH, advisers[day % 2]: LOW}
        a_talk(crowd, given, at=LATER + timedelta(days=30 + day))
    every, spring = group(crowd).course.drift, group(crowd, term="spring-2027").course.drift
    assert len(every.windows) == 6
    assert not set(spring.windows) - set(every.windows)


def test_a_criterion_that_is_held_back_is_in_no_window_and_no_habit(crowd: School) -> None:
    before = group(crowd)
    for day in range(10):
        given = {"Sion": {"modelling": 4}, "Ruth": {"modelling": 1}}
        a_talk(crowd, given, at=LATER + timedelta(days=day, hours=2))
    after = group(crowd)
    assert after.group is not None
    assert "modelling" in after.group.held_back
    assert after.course.drift == before.course.drift
    assert after.course.first == before.course.first
    assert "modelling" not in {each.key for each in after.criteria}


def test_all_observers_have_the_same_level_over_time_and_nobody_who_is_first(
    browser: Browser, crowd: School
) -> None:
    for name in ("Ann Lowe", "Bea Moss", "Cai Nunn", "Dot Orme", "Eli Pugh"):
        a_person(crowd, name, RoleKind.HEAD)
    for day in range(30):
        pair = [("Ann", "Bea"), ("Cai", "Dot"), ("Eli", "Ann")][day % 3]
        a_talk(crowd, {pair[0]: HIGH, pair[1]: LOW}, at=LATER + timedelta(days=40 + day))
    told = page(browser, crowd, "Margaret", "?who=all")
    assert "Over time: all observers" in told
    assert "From window to window two observers gave the same level <b>" in told
    assert "drift-t" not in told
    assert "Apart within one lesson<br>" not in told
    assert 'value="all" selected' in told
    reader = browser.sign_in(crowd["Margaret"])
    rows = lines(reader.get(f"{URL}.csv?who=all"))
    assert len(rows) == 6
    assert {row["difference"] for row in rows} == {""}
    assert "0" < rows[0]["same_level"] < "1"


def test_one_criterion_over_time_stands_in_the_address(
    browser: Browser, crowd: School, school: School
) -> None:
    told = page(browser, crowd, "Margaret", "?criterion=relationships")
    assert "Only this criterion: 1a " in told
    assert 'value="relationships" selected' in told
    (address,) = re.findall(rf'href="({URL}\.csv[^"]*)"', told)
    assert "criterion=relationships" in address
    reader = browser.sign_in(crowd["Margaret"])
    assert len(lines(reader.get(address.replace("&amp;", "&")))) == 3
    book = load_workbook(io.BytesIO(reader.client.get(f"{URL}.xlsx?criterion=relationships").data))
    assert book["Rows"].max_row == 1 + 30
    assert {row[1].value for row in book["Rows"].iter_rows(min_row=2)} == {"relationships"}


def test_windows_of_a_criterion_that_was_not_rated_on_all_lessons_are_not_shown(
    browser: Browser, crowd: School
) -> None:
    few = {key: level for key, level in LOW.items() if key != "routines"}
    for day in range(5):
        a_talk(crowd, {"Mair": few, "David": few}, at=LATER + timedelta(days=30 + day))
    assert group(crowd).course.drift.windows
    told = page(browser, crowd, "Margaret", "?criterion=routines")
    assert "The windows are not shown: this criterion was not rated on all lessons" in told


def test_ones_own_course_is_asked_for_by_term_and_criterion(
    browser: Browser, thirty_two: School
) -> None:
    told = page(browser, thirty_two, query="?who=me&term=autumn-2026&criterion=relationships")
    assert 'value="autumn-2026" selected' in told
    assert "Only this criterion: 1a " in told
    (rows,) = re.findall(r'href="(/agreement/own-rows\.csv[^"]*)"', told)
    found = lines(browser.sign_in(thirty_two["Sion"]).get(rows.replace("&amp;", "&")))
    assert {row["criterion"] for row in found} == {"relationships"}
    assert all(row["observed_on"] < "2027" for row in found)


def test_what_an_address_names_and_nobody_knows_is_as_if_it_were_not_asked_for(
    browser: Browser, crowd: School
) -> None:
    usual, asked = "?who=roles", "?who=roles&term=summer-1999&criterion=none&school=x&rubric=y"
    for who in ("Margaret", "Sion"):
        told = [page(browser, crowd, who, query) for query in (usual, asked)]
        one, other = (each[each.index("<form") :] for each in told)
        assert one == other


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
