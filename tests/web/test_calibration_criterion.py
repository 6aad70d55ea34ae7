"""One criterion: all that is known of it, for two people and for a group; and views that are sent."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from observe.core.permissions import RoleKind
from tests.browser import Browser
from tests.factories import School, a_person
from tests.talks import LATER, a_talk
from tests.web.test_calibration_figures import HIGH, LOW, lessons_together

SPRING = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def of_pair(
    browser: Browser, school: School, query: str, me: str = "Sion", with_: str = "Ruth"
) -> str:
    return browser.sign_in(school[me]).get(f"/agreement/with/{school[with_].id}?{query}")


@pytest.fixture
def crowd(school: School) -> School:
    """Four heads and two advisers, each head with each adviser."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    for day, head in enumerate(("Sion", "Amina", "Peter", "Mair") * 2):
        given = {head: HIGH if day % 3 else LOW, ("Ruth", "David")[day % 2]: LOW}
        a_talk(school, given, at=LATER + timedelta(days=day))
    return school


def test_a_criterion_has_every_figure_with_its_limits(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    page = of_pair(browser, school, "criterion=relationships")
    assert "On 3 of 6 lessons you and Ruth gave the same level" in page
    for name in ("alpha", "AC1", "AC2", "kappa, quadratic", "kappa, linear", "ICC(A,1)"):
        assert name in page
    assert "Mean difference, in levels" in page


def test_a_sentence_says_how_likely_a_mark_is(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    usual = of_pair(browser, school, "criterion=relationships")
    assert "the same level on at least 70\u202f% of all such lessons is" in usual
    assert "at least 50\u202f%" in of_pair(browser, school, "criterion=relationships&at_least=50")


def test_figures_of_a_criterion_stand_drawn_to_the_others(browser: Browser, school: School) -> None:
    for day in range(8):
        mixed = {key: 1 + (day + place) % 3 for place, key in enumerate(LOW)}
        other = mixed | {"relationships": 2, "routines": 1 + day % 3}
        a_talk(school, {"Sion": mixed, "Ruth": other}, at=LATER + timedelta(days=day))
    page = of_pair(browser, school, "criterion=routines")
    assert "Drawn to the others" in page


def test_a_criterion_of_few_lessons_has_its_table_and_no_percentage(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 3)
    page = of_pair(browser, school, "criterion=relationships")
    assert "Level by level" in page
    assert "You and Ruth rated this on 3 lessons." in page
    assert "%" not in page.split("<main")[1].replace('%"', "").replace("100%", "")


def test_two_levels_say_who_alone_gave_the_higher(browser: Browser, school: School) -> None:
    for day in range(6):
        sample = "task-set/sample-1-4"
        given = {"Sion": {sample: 1}, "Ruth": {sample: day % 2}}
        a_talk(school, given, rubric="two-looks", at=LATER + timedelta(days=day))
    page = of_pair(browser, school, "criterion=task-set")
    assert "Only you gave “Yes” 3 times, only Ruth 0 times." in page
    assert "it says nothing yet" in page
    url = f"/agreement/with/{school['Ruth'].id}.xlsx?criterion=task-set"
    book = load_workbook(io.BytesIO(browser.sign_in(school["Sion"]).client.get(url).data))
    told = {line[2]: line[5] for line in book["Figures"].iter_rows(values_only=True)}
    assert (told["higher_by_first_alone"], told["higher_by_second_alone"]) == (3, 0)
    assert told["mcnemar_p"] == 0.25


def test_a_partner_who_is_sent_the_address_sees_the_same_from_the_other_side(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    sent = f"/agreement/with/{school['Ruth'].id}?of={school['Sion'].id}&criterion=relationships"
    theirs = browser.sign_in(school["Ruth"]).get(sent)
    assert "You and Siôn Prydderch" in theirs
    assert "On 3 of 6 lessons you and Siôn gave the same level" in theirs
    assert "Siôn 1 level higher: 3" in theirs
    assert browser.sign_in(school["Sion"]).get(sent).count("You 1 level higher: 3") == 1


def test_an_address_of_two_others_opens_nothing(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    sent = f"/agreement/with/{school['Ruth'].id}?of={school['Sion'].id}"
    browser.sign_in(school["Helen"]).get(sent, status=404)
    forged = f"/agreement/with/{school['Helen'].id}?of={school['Ruth'].id}"
    browser.sign_in(school["Helen"]).get(forged, status=404)


def test_a_term_holds_its_own_lessons_and_what_is_left_out_of_it(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    for day in range(5):
        given = {"Sion": LOW, "Ruth": LOW}
        a_talk(school, given, at=SPRING + timedelta(days=day))
    assert "On 11 lessons" in of_pair(browser, school, "")
    spring = of_pair(browser, school, "term=spring-2026")
    assert "On 5 lessons you and Ruth gave the same level <b>100" in spring
    assert '<option value="spring-2026" selected>Spring 2026' in spring
    assert "term=spring-2026" in spring.split("Download CSV")[0].rsplit("<a", 1)[1]


def test_an_unknown_term_or_criterion_is_as_if_not_asked_for(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    page = of_pair(browser, school, "term=winter-1999&criterion=nonsense&school=x&rubric=y")
    assert "On 6 lessons you and Ruth gave the same level" in page


def test_a_group_has_a_page_for_each_criterion(browser: Browser, crowd: School) -> None:
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/criterion/relationships")
    assert "Heads beside advisers" in page
    assert "heads and advisers gave the same level" in page
    names = [person.name for person in crowd.people.values() if person != crowd["Margaret"]]
    assert not [name for name in names if name in page]


def test_the_old_address_of_a_criterion_leads_to_its_page(browser: Browser, crowd: School) -> None:
    answer = browser.sign_in(crowd["Margaret"]).client.get("/agreement/group?criterion=routines")
    assert answer.status_code == 302
    assert "/agreement/criterion/routines?" in answer.location


def test_a_criterion_that_is_not_in_the_rubric_is_not_found(
    browser: Browser, crowd: School
) -> None:
    browser.sign_in(crowd["Margaret"]).get("/agreement/criterion/nonsense", status=404)


def test_causes_of_a_group_are_counted_by_criterion(browser: Browser, crowd: School) -> None:
    talk = a_talk(crowd, {"Sion": HIGH, "Ruth": LOW}, at=LATER + timedelta(days=20))
    agreed = {"agreed": "3", "cause": "missed it", "revision": "0"}
    head = browser.sign_in(crowd["Sion"])
    head.client.post(f"/pairs/{talk.id}/agree/relationships", data=agreed)
    reader = browser.sign_in(crowd["Margaret"])
    assert "Missed it" in reader.get("/agreement/criterion/relationships")
    assert "Missed it" not in reader.get("/agreement/criterion/routines")


def test_each_page_says_how_it_was_worked_out(browser: Browser, crowd: School) -> None:
    lessons_together(crowd, 5)
    head = browser.sign_in(crowd["Sion"])
    pair = f"/agreement/with/{crowd['Ruth'].id}"
    for url in (
        *(pair, f"{pair}?criterion=routines", f"{pair}/planning"),
        *("/agreement/group", "/agreement/criterion/routines", "/agreement/planning"),
    ):
        page = head.get(url)
        assert "How this was worked out" in page
        assert "Teaching framework, version 2" in page.split('id="how"')[1]
        assert "/agreement/how" in page


def test_every_figure_is_explained_with_its_source(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Sion"]).get("/agreement/how")
    for source in ("Krippendorff 2011", "Gwet 2008, 2014", "Bland and Altman 1986", "McNemar 1947"):
        assert source in page


def test_what_the_docs_say_is_one_tap_further(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    assert "/agreement/statistics.txt" in head.get("/agreement/how")
    assert "Dirichlet" in head.get("/agreement/statistics.txt")


def test_an_ungraded_group_shows_no_level(browser: Browser, school: School) -> None:
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    for day, head in enumerate(("Sion", "Amina", "Peter", "Mair") * 2):
        given = {head: {"progress": 2 + day % 2}, "Ruth": {"progress": 2}}
        a_talk(school, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    page = browser.sign_in(school["Margaret"]).get("/agreement/criterion/progress")
    assert "no level leaves those who observed" in page
    assert "Level by level" not in page
    assert "Mean difference" not in page
    assert 'class="kxk"' not in page


def test_a_criterion_that_fewer_than_five_people_rated_tells_of_none_of_them(
    browser: Browser, crowd: School
) -> None:
    for day in range(5):
        given = {"Sion": {"vocabulary": 2}, "Ruth": {"vocabulary": 3}}
        a_talk(crowd, given, at=LATER + timedelta(days=20 + day))
    reader = browser.sign_in(crowd["Margaret"])
    assert "too small to be shown" in reader.get("/agreement/criterion/vocabulary")
    assert "fewer than five people rated them: 2d" in reader.get("/agreement/group")
    assert "vocabulary" not in reader.get("/agreement/group.csv")
