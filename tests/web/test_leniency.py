"""The page about who gives higher levels: one's own in words first, and no table of ranks."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from openpyxl import load_workbook

from observe.core.permissions import RoleKind
from observe.services import figures
from tests.browser import Browser
from tests.factories import School, a_person
from tests.observing import a_facilitators_world, opens, together
from tests.talks import LATER, a_talk

URL = "/agreement/leniency"
LATELY = datetime.now(UTC) - timedelta(days=25)


def page(browser: Browser, school: School, who: str = "Sion", query: str = "") -> str:
    return browser.sign_in(school[who]).get(f"{URL}{query}")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


@pytest.fixture
def seven(school: School) -> School:
    together(school, "Sion", "Ruth", 7)
    return school


def test_ones_own_comes_first_and_in_words(browser: Browser, seven: School) -> None:
    told = page(browser, seven)
    assert "You give <b>higher levels</b> than those you observed with." in told
    assert re.search(r"you are the higher one about \d\d times in 100, between \d+ and \d+", told)
    assert told.index("You give <b>") < told.index("<svg role=")
    assert "You give <b>lower levels</b>" in page(browser, seven, "Ruth")


def test_the_sentence_and_the_card_say_the_same_number(browser: Browser, seven: School) -> None:
    told = text_of(page(browser, seven))
    (times,) = re.findall(r"the higher one about (\d+) times in 100", told)
    assert re.search(rf"How often you are the higher one\s*{times} in 100", told)


def test_the_meaning_of_leniency_and_of_habits_is_explained_with_the_others(
    browser: Browser, school: School
) -> None:
    told = browser.sign_in(school["Sion"]).get("/agreement/how")
    for key in ("leniency", "infit", "drift", "habits"):
        assert f'id="{key}"' in told


def test_the_page_says_that_no_teachers_rating_is_changed(browser: Browser, seven: School) -> None:
    for who in ("Sion", "Helen", "Margaret"):
        assert "never changes a teacher's rating" in text_of(page(browser, seven, who))


def test_it_says_how_many_lessons_and_partners_and_that_one_partner_tells_little(
    browser: Browser, seven: School
) -> None:
    told = text_of(page(browser, seven))
    assert "This rests on 7 lessons with 1 partner." in told
    assert "With one partner we cannot tell who of you two is the unusual one." in told
    assert "With one partner we cannot tell who is the uneven one." in told


def test_where_the_limits_cross_the_middle_one_cannot_say(browser: Browser, school: School) -> None:
    given = [({"routines": 2}, {"routines": 3}), ({"routines": 3}, {"routines": 2})]
    for day in range(8):
        mine, theirs = given[day % 2]
        a_talk(school, {"Sion": mine, "Ruth": theirs}, at=LATER + timedelta(days=day))
    assert "One <b>cannot say</b> whether you give higher or lower levels" in page(browser, school)


def test_fewer_than_five_lessons_give_no_figure_but_the_reason(
    browser: Browser, school: School
) -> None:
    together(school, "Sion", "Ruth", 3)
    told = page(browser, school)
    assert "On 3 lessons one <b>cannot say yet</b>" in told
    assert "it takes 5 lessons with this rubric" in told
    assert "times in 100;" not in told
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id) is None


def test_looking_at_ones_own_figure_is_kept(browser: Browser, seven: School) -> None:
    page(browser, seven)
    with seven.database.read(seven.network_id) as session:
        assert figures.opened_at(session, seven["Sion"].id) is not None
        assert figures.opened_at(session, seven["Ruth"].id) is None


def test_a_facilitator_who_looks_opens_nobodys_figures(browser: Browser, seven: School) -> None:
    page(browser, seven, "Margaret")
    with seven.database.read(seven.network_id) as session:
        assert figures.opened_at(session, seven["Sion"].id) is None


def test_others_are_counts_with_reasons(browser: Browser, school: School) -> None:
    a_facilitators_world(school, at=LATELY)
    told = text_of(page(browser, school, "Margaret"))
    assert (
        "3 observers are not shown yet, because their figures rest on fewer than 20 lessons" in told
    )
    assert "1 observer is not shown yet, because they have not looked at their own figure" in told
    assert "Siôn Prydderch" not in told
    head = text_of(page(browser, school, "Helen"))
    assert "The figures of 4 other observers are theirs and not shown to you." in head


def test_a_figure_that_may_be_seen_is_a_dot_with_limits_and_a_line_of_a_table(
    browser: Browser, school: School
) -> None:
    a_facilitators_world(school)
    opens(school, "Sion")
    told = page(browser, school, "Margaret")
    assert "4 observers, <b>all linked</b> by lessons together" in told
    assert '<svg role="img"><title>Siôn Prydderch</title><desc>the higher one ' in told
    assert "head, Thornbeck Primary" in told
    assert "3 of this group are not shown." in told
    assert "the order is not a ranking" in told
    assert "All figures as a table" in told


def test_two_groups_have_a_scale_each_and_are_never_compared(
    browser: Browser, school: School
) -> None:
    a_facilitators_world(school)
    opens(school, "Sion")
    a_person(school, "Mair Ellis", RoleKind.HEAD)
    together(school, "Helen", "Mair", 6)
    told = text_of(page(browser, school, "Margaret"))
    assert "6 observers in 2 groups that have never met." in told
    assert "between groups never" in told
    assert "Its middle is its own: a value here is never set beside one of another group." in told


def test_an_adviser_sees_their_own_and_the_head_they_coach(browser: Browser, seven: School) -> None:
    opens(seven, "Sion")
    told = text_of(page(browser, seven, "Ruth"))
    assert "Ruth Adeyemi (you)" in told
    assert "Siôn Prydderch" in told


def test_who_has_no_lesson_is_told_what_will_be_here(browser: Browser, seven: School) -> None:
    assert "You have <b>no lesson that counts</b> with this rubric yet." in page(
        browser, seven, "Helen"
    )


def test_before_any_pair_the_page_says_what_it_will_say(browser: Browser, school: School) -> None:
    told = page(browser, school)
    assert "Nothing can be said yet" in told
    assert "Plan a lesson with a partner" in told
    assert "Plan a lesson" not in page(browser, school, "Margaret")


def test_the_version_stands_in_the_address(browser: Browser, seven: School) -> None:
    for day in range(5):
        given = {"Sion": {"thinking": 3}, "Ruth": {"thinking": 2}}
        a_talk(seven, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    assert "This rests on 7 lessons" in page(browser, seven)
    asked = page(browser, seven, query=f"?rubric={seven.rubrics['work-scrutiny']}")
    assert "This rests on 5 lessons" in asked
    assert f'value="{seven.rubrics["work-scrutiny"]}" selected' in asked


def test_an_address_that_names_no_version_shows_the_usual_one(
    browser: Browser, seven: School
) -> None:
    assert "This rests on 7 lessons" in page(browser, seven, query="?rubric=nonsense")


def test_the_file_holds_whom_the_page_shows_and_nobody_else(
    browser: Browser, seven: School
) -> None:
    (mine,) = lines(browser.sign_in(seven["Sion"]).get(f"{URL}.csv"))
    assert (mine["observer"], mine["lessons"], mine["partners"]) == ("Siôn Prydderch", "7", "1")
    assert float(mine["low"]) < float(mine["leniency_logits"]) < float(mine["high"])
    assert 50 < int(mine["higher_in_100"]) < 100
    assert lines(browser.sign_in(seven["Margaret"]).get(f"{URL}.csv")) == []
    assert len(lines(browser.sign_in(seven["Helen"]).get(f"{URL}.csv"))) == 0


def test_ones_own_rows_are_the_very_rows(browser: Browser, seven: School) -> None:
    found = lines(browser.sign_in(seven["Ruth"]).get("/agreement/own-rows.csv"))
    assert len(found) == 7 * 4
    first = found[0]
    assert (first["criterion"], first["my_level"], first["partner_level"]) == (
        *("relationships", "2", "3"),
    )
    assert first["partner"] == "Siôn Prydderch"
    assert lines(browser.sign_in(seven["Helen"]).get("/agreement/own-rows.csv")) == []


def test_rows_with_levels_of_an_ungraded_rubric_leave_only_to_who_observed(
    browser: Browser, school: School
) -> None:
    for day in range(5):
        given = {"Sion": {"thinking": 3}, "Ruth": {"thinking": 2}}
        a_talk(school, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    own = lines(browser.sign_in(school["Sion"]).get("/agreement/own-rows.csv"))
    assert {row["my_level"] for row in own} == {"3"}
    browser.sign_in(school["Margaret"]).get("/agreement/own-rows.csv", status=403)
    table = browser.sign_in(school["Margaret"]).get(f"{URL}.csv")
    assert "level" not in table


def test_the_workbook_has_the_figures_and_ones_own_rows(browser: Browser, seven: School) -> None:
    signed_in = browser.sign_in(seven["Sion"])
    book = load_workbook(io.BytesIO(signed_in.client.get(f"{URL}.xlsx").data))
    assert book.sheetnames == ["Leniency", "Your rows"]
    assert book["Leniency"].max_row == 1 + 1
    assert book["Your rows"].max_row == 1 + 7 * 4


def test_a_teacher_does_not_get_in(browser: Browser, seven: School) -> None:
    for url in (URL, f"{URL}.csv", f"{URL}.xlsx", "/agreement/own-rows.csv"):
        browser.sign_in(seven["Catrin"]).get(url, status=403)


def test_a_term_and_a_criterion_stand_in_the_address_and_narrow_what_the_figure_rests_on(
    browser: Browser, seven: School
) -> None:
    together(seven, "Sion", "Ruth", 5, at=LATER + timedelta(days=120))
    told = page(browser, seven, query="?term=spring-2027&criterion=relationships")
    assert "This rests on 5 lessons" in told
    assert 'value="spring-2027" selected' in told
    assert 'value="relationships" selected' in told
    assert "Only lessons of this term: Spring 2027. Only this criterion: 1a " in told
    (address,) = re.findall(rf'href="({URL}\.csv[^"]*)"', told)
    assert "term=spring-2027" in address
    (mine,) = lines(browser.sign_in(seven["Sion"]).get(address.replace("&amp;", "&")))
    assert mine["lessons"] == "5"
    (rows,) = re.findall(r'href="(/agreement/own-rows\.csv[^"]*)"', told)
    found = lines(browser.sign_in(seven["Sion"]).get(rows.replace("&amp;", "&")))
    assert [row["criterion"] for row in found] == ["relationships"] * 5


def test_what_an_address_names_and_nobody_knows_is_as_if_it_were_not_asked_for(
    browser: Browser, seven: School
) -> None:
    told = page(browser, seven, query=f"?term=summer-1999&criterion=none&school={seven.network_id}")
    usual = page(browser, seven)
    assert told[told.index("<form") :] == usual[usual.index("<form") :]


def test_a_criterion_that_nobody_rated_leaves_the_choice_of_another(
    browser: Browser, seven: School
) -> None:
    told = page(browser, seven, query="?criterion=modelling")
    assert "Nothing can be said yet" in told
    assert 'value="modelling" selected' in told
