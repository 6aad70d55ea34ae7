import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from observe.core.agreement.report import paired, report
from observe.core.observation import Capacity
from observe.core.permissions import RoleKind
from observe.services import figures, group_figures, revealing
from observe.services.rated import rated_criteria
from observe.storage.tables.calibration import PairedRating
from observe.storage.tables.lessons import Pair
from observe.web.calibration import figures_file
from tests.browser import Browser
from tests.factories import School, a_person
from tests.talks import LATER, a_talk, same

LOW = {"relationships": 2, "routines": 2, "behaviour": 3, "expectations": 1}
HIGH = {"relationships": 3, "routines": 2, "behaviour": 3, "expectations": 1}


def lessons_together(
    school: School, number: int, *, begin: datetime = LATER, **talk: object
) -> None:
    for day in range(number):
        given = {"Sion": HIGH if day % 2 else LOW, "Ruth": LOW}
        a_talk(school, given, at=begin + timedelta(days=day), **talk)  # type: ignore[arg-type]


def pair_page(
    browser: Browser, school: School, me: str = "Sion", partner: str = "Ruth", **query: str
) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return browser.sign_in(school[me]).get(f"/agreement/with/{school[partner].id}?{asked}")


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_under_five_lessons_there_are_counts_and_no_percentage(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 3)
    page = pair_page(browser, school)
    assert "too few for a percentage you could trust" in page
    assert "2 more lessons to go" in page
    assert "no percentage, no limits" in page
    assert "%" not in page.split("<main")[1].replace("100%", "").replace('%"', "")


def test_two_who_observed_in_several_capacities_choose_one_and_the_partner_sees_the_same(
    browser: Browser, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons_together(school, 6)
    assert 'name="who"' not in pair_page(browser, school)
    monkeypatch.setattr("tests.factories._capacity", lambda _person: Capacity.OTHER)
    lessons_together(school, 5, begin=LATER + timedelta(days=20))
    page = pair_page(browser, school)
    assert "On 11 lessons you and Ruth" in page
    assert '<option value="head-adviser">You as head, Ruth as adviser</option>' in page
    assert "On 6 lessons you and Ruth" in pair_page(browser, school, who="head-adviser")
    assert "On 11 lessons you and Ruth" in pair_page(browser, school, who="adviser-head")
    chosen = pair_page(browser, school, who="other-other")
    assert "On 5 lessons you and Ruth" in chosen
    address = f"/agreement/with/{school['Ruth'].id}?of={school['Sion'].id}&who=head-adviser"
    assert "who=other-other" in chosen
    theirs = browser.sign_in(school["Ruth"]).get(address)
    assert "On 6 lessons you and Siôn" in theirs
    assert '<option value="adviser-head" selected>You as adviser, Siôn as head' in theirs


def test_from_five_lessons_a_sentence_stands_before_any_figure(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    page = pair_page(browser, school)
    assert "On 6 lessons you and Ruth gave the same level <b>88" in page
    assert page.index("Luck alone would give") < page.index("<table")


def test_the_difference_is_told_from_the_side_of_whoever_asks(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    with school.database.read(school.network_id) as session:
        mine = figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)
        theirs = figures.with_partner(session, school["Ruth"].id, school["Sion"].id, at=LATER)
    value = mine.report.pooled.mean_difference.value
    assert value == pytest.approx(0.125)
    assert theirs.report.pooled.mean_difference.value == pytest.approx(-0.125)


def test_a_criterion_is_chosen_in_the_address(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    page = pair_page(browser, school, criterion="routines")
    assert "Level by level for 1b Routines and time" in page


def test_lessons_that_were_opened_early_are_left_out_and_counted(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 5)
    early = a_talk(school, {"Sion": HIGH, "Ruth": LOW}, sealed=False)
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, early.id, by=school["Helen"], at=LATER)
    page = pair_page(browser, school)
    assert "On 5 lessons" in page
    assert "1 lesson is left out because the records were opened early." in page


def test_rubric_versions_are_never_put_together(browser: Browser, school: School) -> None:
    lessons_together(school, 5)
    a_talk(school, {"Sion": {"marking": 2}, "Ruth": {"marking": 2}}, rubric="work-scrutiny")
    with school.database.read(school.network_id) as session:
        found = figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)
    assert found.n == 5


def test_the_file_holds_the_very_rows(browser: Browser, school: School) -> None:
    lessons_together(school, 2)
    url = f"/agreement/with/{school['Ruth'].id}.csv"
    found = lines(browser.sign_in(school["Sion"]).get(url))
    assert found[0][-2:] == ["Siôn Prydderch", "Ruth Adeyemi"]
    assert len(found) == 1 + 2 * 4
    assert found[1][3:] == ["relationships", "whole", "1a", "2", "2"]


def test_a_name_that_looks_like_a_formula_stays_a_name(browser: Browser, school: School) -> None:
    a_person(school, "=cmd|calc Partner", RoleKind.ADVISER)
    a_talk(school, {"Sion": same(), "=cmd|calc": same()})
    url = f"/agreement/with/{school['=cmd|calc'].id}.csv"
    assert lines(browser.sign_in(school["Sion"]).get(url))[0][-1].startswith("'=cmd")


def test_partners_are_listed_by_name_with_a_sentence(browser: Browser, school: School) -> None:
    lessons_together(school, 5)
    a_talk(school, {"Sion": same(), "Helen": same()})
    page = browser.sign_in(school["Sion"]).get("/agreement")
    assert page.index("Helen Marsh") < page.index("Ruth Adeyemi")
    assert "On 5 lessons the same level <b>" in page
    assert "You have observed with 2 people. With <b>1 of them</b> there are enough lessons" in page
    assert "1 lesson together." in page


def test_a_figure_has_the_same_limits_on_the_list_and_on_the_page_of_two(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 9)
    told = r"<b>(\d+)\u202f%</b> of the time, between (\d+) and (\d+)\u202f%"
    listed = re.findall(told, browser.sign_in(school["Sion"]).get("/agreement"))
    assert listed == re.findall(told, pair_page(browser, school))
    with school.database.read(school.network_id) as session:
        (partner,) = figures.partners(session, school["Sion"].id)
        found = figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)
    assert partner.same is not None
    assert (partner.same.n, partner.same.exact) == (9, found.report.pooled.exact)


def test_what_people_lessons_are_too_few_for_is_said_once(browser: Browser, school: School) -> None:
    lessons_together(school, 4)
    page = browser.sign_in(school["Sion"]).get("/agreement")
    assert "You have observed with 1 person." in page
    assert "How far you agree can be said <b>from 5 lessons</b> with one of them." in page


def test_who_observes_with_nobody_is_led_to_the_groups(browser: Browser, school: School) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    assert facilitator.client.get("/agreement").headers["Location"] == "/agreement/group"
    assert "With one person" not in facilitator.get("/agreement/group")
    assert "With one person" in browser.sign_in(school["Sion"]).get("/agreement/group")


def test_opening_ones_own_figures_is_kept_once(browser: Browser, school: School) -> None:
    lessons_together(school, 1)
    for _ in range(2):
        browser.sign_in(school["Sion"]).get("/agreement")
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id) is not None
        assert figures.opened_at(session, school["Ruth"].id) is None


def test_nobody_opens_the_figures_of_two_others(browser: Browser, school: School) -> None:
    lessons_together(school, 1)
    browser.sign_in(school["Helen"]).get(f"/agreement/with/{school['Ruth'].id}", status=404)


def test_a_teacher_sees_no_figures(browser: Browser, school: School) -> None:
    lessons_together(school, 1)
    for url in ("/agreement", "/agreement/group", "/agreement/group.csv", "/pairs"):
        browser.sign_in(school["Catrin"]).get(url, status=403)


def test_causes_are_counted_from_the_talks(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    with school.database.read(school.network_id) as session:
        ids = list(session.scalars(select(Pair.lesson_id)))
    head = browser.sign_in(school["Sion"])
    for lesson_id in ids:
        head.client.post(
            f"/pairs/{lesson_id}/agree/relationships",
            data={"agreed": "3", "cause": "missed it", "revision": "0"},
        )
    assert "Missed it" in pair_page(browser, school)


@pytest.fixture
def crowd(school: School) -> School:
    """Four heads and two advisers who rated lessons together: six people."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    heads, advisers = ("Sion", "Amina", "Peter", "Mair"), ("Ruth", "David")
    for day, head in enumerate(heads * 2):
        given = {head: HIGH, advisers[day % 2]: LOW}
        a_talk(school, given, at=LATER + timedelta(days=day))
    return school


def test_what_only_one_rated_is_counted_and_in_no_figure(browser: Browser, school: School) -> None:
    lessons_together(school, 5)
    missed = {**LOW, "relationships": "not_seen"}
    a_talk(school, {"Sion": HIGH, "Ruth": missed}, at=LATER + timedelta(days=9))
    assert "only one of you rated this: 1 lesson<" in pair_page(browser, school)
    with school.database.read(school.network_id) as session:
        found = figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)
    assert found.report.of("relationships").n == 5


def test_what_only_one_rated_is_told_of_a_group_in_the_same_words(
    browser: Browser, crowd: School
) -> None:
    missed = {**LOW, "relationships": "not_seen", "routines": None}
    for day in range(2):
        a_talk(crowd, {"Sion": HIGH, "Ruth": missed}, at=LATER + timedelta(days=20 + day))
    a_talk(crowd, {"Sion": missed, "Ruth": missed}, at=LATER + timedelta(days=30))
    reader = browser.sign_in(crowd["Margaret"])
    page = reader.get("/agreement/group")
    assert page.count("only one of you rated this: 2 lessons<") == 2
    assert "4 ratings were given by one of two only" in page
    criterion = reader.get("/agreement/criterion/relationships")
    assert "Only one of the two rated this on 2 lessons." in criterion
    rows = [row for row in lines(reader.get("/agreement/group.csv")) if row[1] == "relationships"]
    assert len(rows) == 8


def test_a_third_observer_hides_no_table_of_the_group(browser: Browser, crowd: School) -> None:
    for day in range(2):
        given = {"Sion": HIGH, "Amina": LOW, "Ruth": LOW}
        a_talk(crowd, given, at=LATER + timedelta(days=20 + day))
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/group?who=all")
    assert "Level by level" in page
    assert "None of" not in page


def test_a_group_of_five_people_or_more_is_shown(browser: Browser, crowd: School) -> None:
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/group")
    assert "Heads beside advisers" in page
    assert "6 people stand behind these figures." in page
    assert "Heads, by 0.25" in page or "Heads were, by 0.25" in page


def test_the_figures_of_a_group_are_those_of_its_rows(crowd: School) -> None:
    with crowd.database.read(crowd.network_id) as session:
        found = group_figures.of_group(session)
        assert found is not None
        rows = session.scalars(select(PairedRating).order_by(PairedRating.lesson_id)).all()
        told = [(r.criterion, r.lesson_id, r.level_a, r.level_b, r.weight) for r in rows]
        counted = report(paired(rated_criteria(found.rubric), told))
    assert found.report is not None
    for name in ("exact", "within_one", "alpha_stratified", "ac2_mean"):
        assert getattr(found.report.pooled, name) == getattr(counted.pooled, name)
    for mine, theirs in zip(found.report.criteria, counted.criteria, strict=True):
        assert (mine.table, mine.exact, mine.alpha) == (theirs.table, theirs.exact, theirs.alpha)


def test_a_change_shows_on_the_groups_page_at_once(crowd: School) -> None:
    with crowd.database.read(crowd.network_id) as session:
        before = group_figures.of_group(session)
    a_talk(crowd, {"Sion": HIGH, "Ruth": LOW}, at=LATER + timedelta(days=30))
    with crowd.database.read(crowd.network_id) as session:
        after = group_figures.of_group(session)
    lessons = [found.report.lessons for found in (before, after) if found and found.report]
    assert lessons == [8, 9]


def test_a_group_page_names_nobody(browser: Browser, crowd: School) -> None:
    reader = browser.sign_in(crowd["Margaret"])
    for url in ("/agreement/group", "/agreement/group.csv"):
        text = reader.get(url)
        assert not [
            p.name for p in crowd.people.values() if p.name in text and p != crowd["Margaret"]
        ]


def test_a_small_group_is_not_shown_and_says_why(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    page = browser.sign_in(school["Margaret"]).get("/agreement/group")
    assert "too small to be shown" in page
    file = browser.sign_in(school["Margaret"]).get("/agreement/group.csv")
    assert lines(file) == [list(figures_file.HEAD)]


def test_lessons_that_do_not_count_are_told_of_in_the_group(
    browser: Browser, school: School
) -> None:
    early = a_talk(school, {"Sion": HIGH, "Ruth": LOW}, sealed=False)
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, early.id, by=school["Helen"], at=LATER)
    page = browser.sign_in(school["Margaret"]).get("/agreement/group")
    assert "No lesson counts here yet" in page
    assert "1 lesson is left out because the records were opened early." in page


def test_all_observers_differ_from_heads_and_advisers_by_five_or_stay_hidden(
    browser: Browser, crowd: School
) -> None:
    a_talk(crowd, {"Sion": HIGH, "Helen": LOW})
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/group?who=all")
    assert "6 people stand behind these figures." in page
    assert "All observers" not in page


def test_the_groups_file_holds_rows_and_no_name(browser: Browser, crowd: School) -> None:
    found = lines(browser.sign_in(crowd["Margaret"]).get("/agreement/group.csv"))
    assert found[0][:3] == ["lesson", "criterion", "occasion"]
    assert len(found) == 1 + 8 * 4


def test_before_any_pair_the_group_page_says_what_will_be_there(
    browser: Browser, school: School
) -> None:
    assert "No pair has been compared yet" in browser.sign_in(school["Margaret"]).get(
        "/agreement/group"
    )
