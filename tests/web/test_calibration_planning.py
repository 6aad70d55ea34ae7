"""How many lessons are enough, and which group one asks about."""

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook

from observe.core.agreement.generalizability import Component, GStudy, Need
from observe.core.permissions import RoleKind
from observe.services import group_figures, group_planning
from observe.services.group_planning import Visiting
from observe.storage import group_ratings
from observe.web.calibration import planning_file, planning_words
from tests.browser import Browser
from tests.factories import School, a_person
from tests.talks import LATER, a_talk
from tests.web.test_calibration_criterion import crowd
from tests.web.test_calibration_figures import lessons_together, lines

__all__ = ["crowd"]

PARTS = (Component(("teacher",), 0.5), Component(("observer",), 0.1))


def study(*components: Component, reason: str | None = None) -> GStudy:
    return GStudy("teacher x observer", 8, 4, 16, components, reason)


def test_the_page_of_two_says_how_many_more_lessons_it_takes(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    head = browser.sign_in(school["Sion"])
    page = head.get(f"/agreement/with/{school['Ruth'].id}/planning?points=5")
    assert "more lessons</b> would tell to within ±5 points how often you and Ruth" in page
    assert "What visits say about a teacher" not in page


def test_the_plan_of_two_leaves_as_files_with_the_very_rows(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    head, url = browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}"
    first, *told = lines(head.get(f"{url}/planning.csv?points=5"))
    exact = dict(zip(first, told[0], strict=True))
    assert (exact["criterion"], exact["statistic"], exact["half_width_asked"]) == (
        *("all", "exact"),
        "0.05",
    )
    assert int(exact["lessons_needed"]) == int(exact["more_lessons"]) + 6
    page = head.get(f"{url}/planning?points=5")
    assert f"<b>{exact['more_lessons']} more lessons</b>" in page
    assert f"{url}/planning.xlsx" in page
    book = load_workbook(io.BytesIO(head.client.get(f"{url}/planning.xlsx").data))
    assert book.sheetnames == ["How many lessons", "Rows", "How worked out"]
    rows = [tuple(map(str, row)) for row in book["Rows"].iter_rows(values_only=True)]
    assert rows == [tuple(row) for row in lines(head.get(f"{url}.csv"))]


def test_the_plan_of_a_group_leaves_without_names(browser: Browser, crowd: School) -> None:
    reader = browser.sign_in(crowd["Margaret"])
    first, *told = lines(reader.get("/agreement/planning.csv"))
    assert first == list(planning_file.HEAD)
    assert [line[1] for line in told[:5]] == [
        *("exact", "within_one", "alpha", "ac2", "mean_difference")
    ]
    book = load_workbook(io.BytesIO(reader.client.get("/agreement/planning.xlsx").data))
    assert book.sheetnames == [
        *("How many lessons", "Visits", "What varies"),
        *("Rows", "How worked out"),
    ]
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    assert not any(person.name in cell for person in crowd.people.values() for cell in cells)


def test_a_group_that_is_too_small_has_no_plan_in_its_file(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    told = lines(browser.sign_in(school["Margaret"]).get("/agreement/planning.csv"))
    assert told == [list(planning_file.HEAD)]


def test_narrower_limits_take_more_lessons(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    head, told = browser.sign_in(school["Sion"]), []
    for points in (5, 10, 15):
        page = head.get(f"/agreement/with/{school['Ruth'].id}/planning?points={points}")
        sentence = page.split('class="sentence')[1]
        told.append("known to within" in sentence or int(sentence.split("<b>")[1].split()[0]))
    assert told[0] > told[1] >= told[2]


def test_two_who_rated_little_are_told_why_there_is_no_plan(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 3)
    page = browser.sign_in(school["Sion"]).get(f"/agreement/with/{school['Ruth'].id}/planning")
    assert "There is no figure yet to plan by: fewer than 5 lessons." in page
    assert "From 5 lessons together with one rubric this page says how many more it takes." in page
    assert "More lessons" not in page


def test_the_groups_page_plans_and_says_what_luck_gives(browser: Browser, crowd: School) -> None:
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/planning")
    assert "What visits say about a teacher" in page
    assert "luck alone gives the same level" in page
    assert "Same level, criterion by criterion" in page


def test_before_any_pair_there_is_nothing_to_plan(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Margaret"]).get("/agreement/planning")
    assert "No pair has been compared yet" in page


def test_each_rating_of_a_group_counts_once_where_three_observed(crowd: School) -> None:
    given = {"Sion": {"routines": 2}, "Amina": {"routines": 3}, "Ruth": {"routines": 4}}
    a_talk(crowd, given, at=LATER + timedelta(days=30))
    with crowd.database.read(crowd.network_id) as session:
        found = group_figures.of_group(session)
        assert found is not None
        pairs = group_ratings.rated_pairs(session, found.selection)
        assert len(pairs) == 8 + 2
        ratings = group_planning.long_ratings(found.rubric, pairs)
        assert ratings.level.size == 8 * 4 * 2 + 3


LEVELS_OF = {"Catrin": 1, "Aisha": 4, "Bryn": 2, "Gwil": 3, "Haf": 1}


def visits(school: School, teachers: Sequence[str]) -> None:
    """Each teacher seen four times over, by heads and advisers who take turns."""
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    for name in ("Bryn Lloyd", "Gwil Rees", "Haf Wyn"):
        a_person(school, name, RoleKind.TEACHER)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    for day in range(8 * len(teachers)):
        teacher, head = (
            teachers[day // 4 % len(teachers)],
            ("Sion", "Amina", "Peter", "Mair")[day % 4],
        )
        level = LEVELS_OF[teacher]
        other = level if day % 3 else abs(level - 1) or 2
        given = {head: {"routines": level}, ("Ruth", "David")[day // 2 % 2]: {"routines": other}}
        a_talk(school, given, teacher=teacher, at=LATER + timedelta(days=day))


def test_visits_to_teachers_of_different_quality_say_how_many_it_takes(
    browser: Browser, school: School
) -> None:
    visits(school, tuple(LEVELS_OF))
    page = browser.sign_in(school["Margaret"]).get("/agreement/planning")
    assert "To rely on the mean of visits to a teacher takes" in page
    assert "40 lessons of 5 teachers, seen by 6 observers" in page


def test_of_fewer_than_five_teachers_nothing_is_said(browser: Browser, school: School) -> None:
    visits(school, tuple(LEVELS_OF)[:4])
    reader = browser.sign_in(school["Margaret"])
    page = reader.get("/agreement/planning")
    assert "Fewer than five teachers were observed here, so nothing is said of what varies" in page
    assert "What varies between visits" not in page
    book = load_workbook(io.BytesIO(reader.client.get("/agreement/planning.xlsx").data))
    assert [book[name].max_row for name in ("Visits", "What varies")] == [1, 1]


def test_a_criterion_that_is_held_back_is_in_no_study_of_visits(school: School) -> None:
    visits(school, tuple(LEVELS_OF))
    with school.database.read(school.network_id) as session:
        found = group_figures.of_group(session)
        assert found is not None
        before = group_planning.visiting(session, found)
    for day in range(10):
        given = {"Sion": {"modelling": 4}, "Ruth": {"modelling": 1}}
        a_talk(school, given, teacher="Catrin", at=LATER + timedelta(days=day, hours=2))
    with school.database.read(school.network_id) as session:
        found = group_figures.of_group(session)
        assert found is not None
        after = group_planning.visiting(session, found)
    assert "modelling" in found.held_back
    assert before is not None
    assert after is not None
    assert (after.study.design, after.study.lessons) == (before.study.design, before.study.lessons)
    variances = [each.variance for each in before.study.components]
    assert [each.variance for each in after.study.components] == pytest.approx(variances)


def test_one_criterion_is_planned_by_where_the_address_names_it(
    browser: Browser, school: School
) -> None:
    visits(school, tuple(LEVELS_OF))
    reader = browser.sign_in(school["Margaret"])
    page = reader.get("/agreement/planning?criterion=routines")
    assert 'value="routines" selected' in page
    assert "Over all criteria" not in page
    assert "40 lessons of 5 teachers" in page
    (address,) = re.findall(r'href="(/agreement/planning\.csv[^"]*)"', page)
    told = lines(reader.get(address.replace("&amp;", "&")))
    assert {line[0] for line in told[1:]} == {"routines"}
    unknown = reader.get("/agreement/planning?criterion=nonsense")
    assert "Over all criteria" in unknown


def test_one_criterion_of_two_people_is_planned_by(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    url = f"/agreement/with/{school['Ruth'].id}/planning?criterion=relationships"
    page = browser.sign_in(school["Sion"]).get(url)
    assert 'value="relationships" selected' in page
    assert "on this criterion" in page


def test_visits_are_told_with_one_observer_first(app: Flask) -> None:
    with app.test_request_context():
        ways = (Need(1, 12, 0.8), Need(2, 4, 0.81), Need(3, 2, 0.8), Need(4, 2, 0.9))
        told = planning_words.visits_sentence(Visiting(study(*PARTS), ways, ()))
    assert told == (
        "To rely on the mean of visits to a teacher takes"
        " [12 lessons by one observer], or 8 by two, or 6 by three."
    )


def test_where_one_observer_never_suffices_it_is_said(app: Flask) -> None:
    with app.test_request_context():
        told = planning_words.visits_sentence(Visiting(study(*PARTS), (Need(2, 2, 0.81),), ()))
    assert told.endswith("One observer alone does not get there, however many the lessons.")


def test_teachers_who_do_not_differ_have_no_number_of_visits(app: Flask) -> None:
    nothing = study(Component(("teacher",), 0.0, negative=True))
    with app.test_request_context():
        assert "no more than chance" in planning_words.visits_sentence(Visiting(nothing, (), ()))
        unknown = study(reason="the visits cannot tell teachers, observers and lessons apart")
        assert "cannot be told apart" in planning_words.visits_sentence(Visiting(unknown, (), ()))


def test_the_ways_to_look_at_agreement_keep_what_was_chosen(
    browser: Browser, crowd: School
) -> None:
    page = browser.sign_in(crowd["Margaret"]).get("/agreement/planning?term=autumn-2026&who=roles")
    views = page.split('class="views')[1].split("</nav>")[0]
    assert "/agreement/group?term=autumn-2026&amp;who=roles" in views
    assert 'aria-current="page">How many lessons' in views
