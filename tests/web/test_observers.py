"""The map of observers: what it says first, what each reader sees of it, and its files."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from observe.core.pairing import LeftOut
from observe.core.permissions import RoleKind
from tests.browser import Browser
from tests.circles import LAST, another_school, met, somebody
from tests.factories import School


@pytest.fixture
def two_groups(school: School) -> School:
    """Thornbeck's observers, and three of Saltersby who never met them."""
    south = another_school(school, "Saltersby High")
    somebody(school, "Tom Ashdown", RoleKind.HEAD, south)
    somebody(school, "Non Hywel", RoleKind.HEAD, another_school(school, "Môr a Mynydd"))
    somebody(school, "Grace Liddell", RoleKind.ADVISER, south)
    met(school, "Sion", "Ruth", 3)
    met(school, "Helen", "Sion")
    met(school, "Grace", "Tom", 5, at=south)
    met(school, "Grace", "Non", 2, at=south)
    return school


def page(browser: Browser, school: School, who: str, query: str = "") -> str:
    return browser.sign_in(school[who]).get(f"/observers{query}")


def lines(browser: Browser, school: School, who: str, query: str = "") -> list[dict[str, str]]:
    answer = browser.sign_in(school[who]).client.get(f"/observers.csv{query}")
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_before_any_lesson_together_the_page_says_what_it_will_show(
    browser: Browser, school: School
) -> None:
    assert "Nobody has observed together yet" in page(browser, school, "Margaret")


def test_the_map_leads_to_who_is_certified(browser: Browser, school: School) -> None:
    assert 'href="/certification/people"' in page(browser, school, "Margaret")
    of_head = page(browser, school, "Sion")
    assert 'href="/certification/people"' in of_head
    assert 'href="/certification/re-checks"' not in of_head


def test_the_first_sentence_says_how_many_and_in_how_many_groups(
    browser: Browser, two_groups: School
) -> None:
    text = page(browser, two_groups, "Margaret")
    assert "6 observers in <b>two groups that have never met</b>" in text
    assert "One lesson shared by Grace Liddell and Siôn Prydderch would join the groups." in text


def test_the_picture_has_a_name_a_description_and_a_table(
    browser: Browser, two_groups: School
) -> None:
    text = page(browser, two_groups, "Margaret")
    assert '<title id="net-t">Who has observed with whom</title>' in text
    assert "group 1: 3, around" in text
    assert re.search(r"Grace Liddell</th><td>.*Tom Ashdown</td><td class=\"n\">5</td>", text)
    assert text.count('class="c-edge" x1=') >= 4
    assert 'class="c-edge-new"' in text


def test_the_proposal_leads_to_the_plan_with_both_in_it(
    browser: Browser, two_groups: School
) -> None:
    address = re.search(r'href="(/lessons/new[^"]+)"', page(browser, two_groups, "Margaret"))
    assert address
    form = browser.sign_in(two_groups["Margaret"]).get(address[1].replace("&amp;", "&"))
    for name in ("Grace", "Sion"):
        assert f'<option value="{two_groups[name].id}" selected>' in form


def test_lessons_opened_early_make_no_link_and_are_counted_apart(
    browser: Browser, two_groups: School
) -> None:
    met(two_groups, "Sion", "Grace", 2, left_out=LeftOut.NOT_BLIND)
    met(two_groups, "Sion", "Grace", 1, left_out=LeftOut.EXERCISE)
    text = page(browser, two_groups, "Margaret")
    assert "two groups that have never met" in text
    assert "2 lessons together are no link, because the records were opened early." in text


def test_a_head_sees_the_lessons_of_their_school_and_only_counts_of_the_rest(
    browser: Browser, two_groups: School
) -> None:
    text = page(browser, two_groups, "Sion")
    assert "6 observers in <b>two groups" in text
    assert "Helen Marsh" in text
    assert "Non Hywel" not in text
    assert "What hangs on little" not in text


def test_an_adviser_sees_the_schools_that_they_are_assigned_to(
    browser: Browser, two_groups: School
) -> None:
    text = page(browser, two_groups, "Grace")
    assert "Tom Ashdown" in text
    assert "Helen Marsh" not in text


def test_a_visiting_head_sees_the_lessons_they_observed_and_no_others_there(
    browser: Browser, two_groups: School
) -> None:
    found = lines(browser, two_groups, "Non")
    assert [(each["name_a"], each["name_b"]) for each in found] == [("Grace Liddell", "Non Hywel")]


def test_what_hangs_on_little_is_named_to_the_facilitator(
    browser: Browser, two_groups: School
) -> None:
    text = page(browser, two_groups, "Margaret")
    assert "Non Hywel only with Grace Liddell (2 lessons)." in text
    assert "Thornbeck Primary is not joined to any other school." in text


def test_the_address_narrows_to_a_school_a_term_and_a_rubric(
    browser: Browser, two_groups: School
) -> None:
    school_id = two_groups.school_id
    assert "3 observers, <b>all linked</b>" in page(
        browser, two_groups, "Margaret", f"?school={school_id}"
    )
    met(two_groups, "Sion", "Tom", on=LAST.replace(year=2024))
    assert "two groups" in page(browser, two_groups, "Margaret")
    assert "all linked" in page(browser, two_groups, "Margaret", "?since=all")
    digest = two_groups.rubrics["two-looks"]
    met(two_groups, "Sion", "Helen", rubric="two-looks")
    assert "2 observers" in page(browser, two_groups, "Margaret", f"?rubric={digest}")


def test_the_edge_list_for_research_numbers_people_and_names_nobody(
    browser: Browser, two_groups: School
) -> None:
    found = lines(browser, two_groups, "Margaret", "?names=no")
    assert list(found[0]) == [
        *("observer_a", "observer_b", "group", "lessons", "first_day", "last_day"),
    ]
    assert sorted(int(each["lessons"]) for each in found) == [1, 2, 3, 5]
    assert all(each["first_day"] == LAST.isoformat() for each in found)
    named = lines(browser, two_groups, "Margaret")
    assert {each["name_a"] for each in named} >= {"Grace Liddell"}
    assert [each["observer_a"] for each in named] == [each["observer_a"] for each in found]


def test_the_workbook_holds_pairs_people_and_what_hangs_on_little(
    browser: Browser, two_groups: School
) -> None:
    answer = browser.sign_in(two_groups["Margaret"]).client.get("/observers.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Pairs", "People", "What hangs on little"]
    assert book["People"].max_row == 7
    mine = browser.sign_in(two_groups["Sion"]).client.get("/observers.xlsx")
    assert load_workbook(io.BytesIO(mine.data)).sheetnames == ["Pairs", "People"]


def test_with_more_than_sixty_observers_the_picture_shows_schools(
    browser: Browser, two_groups: School
) -> None:
    south = another_school(two_groups, "Fenwick Lane")
    for number in range(62):
        somebody(two_groups, f"Head{number} Many", RoleKind.HEAD, south)
    text = page(browser, two_groups, "Margaret")
    assert "the picture shows schools" in text
    assert "<title>Fenwick Lane</title>" in text
    assert "Head7 Many" in text


def test_two_with_the_same_initials_have_letters_of_their_own(
    browser: Browser, two_groups: School
) -> None:
    somebody(two_groups, "Rhys Adams", RoleKind.HEAD)
    met(two_groups, "Rhys", "Sion")
    text = page(browser, two_groups, "Margaret")
    assert ">RAde</text>" not in text
    assert {">RAd</text>", ">RuA</text>", ">RhA</text>"} & set(re.findall(r">R\w+</text>", text))


def test_a_teacher_has_no_map(browser: Browser, two_groups: School) -> None:
    browser.sign_in(two_groups["Catrin"]).get("/observers", status=403)
