"""The pages of certification: where one stands, what was decided, and the rule as it is set."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from observe.core.certification_rule import DEFAULT, PRESETS, Rule, Scope
from observe.core.permissions import RoleKind
from observe.services import certification_seen
from observe.storage import certifications
from observe.web.calibration import certification_told
from observe.web.calibration.certification_form import form_of
from tests.browser import Browser
from tests.certifications import FAR, SAME, in_force, opened, rated
from tests.factories import School, a_network, a_person

TODAY = datetime.now(UTC)
RECENT = TODAY - timedelta(days=40)


def main(page: str) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("<main")[1])).replace(
        "\u202f", " "
    )


def typed(rule: Rule = DEFAULT, **differs: Any) -> dict[str, Any]:
    return {**form_of(rule), "expected": "0", **differs}


def the_rule(school: School) -> certifications.Version | None:
    with school.database.read(school.network_id) as session:
        return certifications.in_force(session)


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_without_a_rule_an_observer_reads_who_chooses_one(browser: Browser, school: School) -> None:
    page = main(browser.sign_in(school["Sion"]).get("/certification"))
    assert "No rule is in force" in page
    assert "Your facilitator chooses the rule" in page


def test_without_a_rule_a_facilitator_is_led_to_the_ready_made_ones(
    browser: Browser, school: School
) -> None:
    page = browser.sign_in(school["Margaret"]).get("/certification")
    assert "/certification/rule" in page


def test_an_observer_without_a_lesson_is_led_to_planning_one(
    browser: Browser, school: School
) -> None:
    in_force(school)
    page = browser.sign_in(school["Sion"]).get("/certification")
    assert "No lesson counts yet. It is decided <b>after 5 lessons</b>." in page
    assert "Plan a lesson with a partner" in page


def test_an_observer_reads_where_they_stand_before_any_table(
    browser: Browser, school: School
) -> None:
    rated(school, 3)
    in_force(school)
    page = browser.sign_in(school["Sion"]).get("/certification")
    assert "You have rated 3 lessons that count. It is decided after 5: <b>2 to go</b>" in page
    assert page.index("2 to go") < page.index("<table")
    assert "4 of 4" in page


def test_a_look_that_is_due_waits_for_the_observer_to_look(
    browser: Browser, school: School
) -> None:
    rated(school, 6)
    in_force(school)
    head = browser.sign_in(school["Sion"])
    told = main(head.get("/certification"))
    assert (
        "You have rated 6 lessons that count, so a decision is due. It rests on the first 5."
        in told
    )
    told = main(head.post("/certification/look", status=200, follow=True))
    assert "You are certified, with no end date." in told
    assert "% probable that the true share is 80 % or more. To pass, the rule asks 90 %." in told
    assert "20 of 20 ratings at most one level apart, that is 100 %" in told
    assert "Luck alone gives about 100 %." in told


def test_several_looks_that_are_due_are_told_as_one_decision(
    browser: Browser, school: School
) -> None:
    rated(school, 10)
    in_force(school)
    told = main(browser.sign_in(school["Sion"]).get("/certification"))
    assert (
        "10 lessons that count, so a decision is due. It rests on the first 5; what these" in told
    )
    assert "is decided on more of them, up to the first 10." in told


def test_a_look_that_is_not_due_says_so(browser: Browser, school: School) -> None:
    in_force(school)
    page = browser.sign_in(school["Sion"]).post("/certification/look", status=200, follow=True)
    assert "Nothing is due to be decided yet." in page


def test_somebody_who_is_sent_back_reads_why_and_what_follows(
    browser: Browser, school: School
) -> None:
    rated(school, 5, FAR)
    in_force(school, replace(DEFAULT, wait_days=14))
    told = main(
        browser.sign_in(school["Sion"]).post("/certification/look", status=200, follow=True)
    )
    assert "The last decision was to train again. What you rate counts again from" in told
    assert "At 10 % or less the rule says: train again." in told


def test_fewer_than_five_lessons_show_counts_and_no_share(browser: Browser, school: School) -> None:
    rated(school, 3)
    in_force(school, PRESETS["three-in-a-row"])
    told = main(
        browser.sign_in(school["Sion"]).post("/certification/look", status=200, follow=True)
    )
    assert "3 lessons: 12 of 12 ratings the same level." in told
    assert "Each of the last 3 lessons reached 80 % by itself." in told
    assert "The next re-check comes after 9 more lessons." in told
    assert "that is" not in told


def test_the_rule_is_told_in_words_with_how_often_it_errs(browser: Browser, school: School) -> None:
    in_force(school)
    told = main(browser.sign_in(school["Sion"]).get("/certification"))
    assert "At most one level apart on 80 % of the criteria or more." in told
    assert "Decided after 5, 10, 20 and 40 lessons: passed when that is 90 % probable" in told
    assert "3 in 100observers whose true share is 75 % would pass." in told
    assert "4 in 100observers whose true share is 85 % would be sent back" in told


def test_a_facilitator_compares_the_ready_made_rules(browser: Browser, school: School) -> None:
    told = main(browser.sign_in(school["Margaret"]).get("/certification/rule"))
    for rule in PRESETS.values():
        assert rule.name in told
    assert told.count("observers whose true share is 75 % would pass") == len(PRESETS)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_ready_made_rule_can_be_put_in_force_as_it_stands(
    browser: Browser, school: School, preset: str
) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    page = facilitator.get(f"/certification/rule?from={preset}")
    assert PRESETS[preset].name in page
    facilitator.post("/certification/rule", **typed(PRESETS[preset]))
    found = the_rule(school)
    assert found
    assert found.rule == PRESETS[preset]


def test_every_condition_of_the_form_reaches_the_rule(browser: Browser, school: School) -> None:
    more: dict[str, Any] = {
        "rubric": "teaching-framework",
        "max_gap": "2",
        "floor": "50",
        "own_floors": "1b 60\nquestioning 40 %",
        "window_days": "365",
        "expiry_months": "12",
        "attempts": "2",
        "wait_days": "30",
        "recheck_every": "10",
    }
    facilitator = browser.sign_in(school["Margaret"])
    facilitator.post("/certification/rule", **typed(**more))
    found = the_rule(school)
    assert found
    rule = found.rule
    assert rule.scope == Scope(rubric="teaching-framework", levels=3)
    assert [(f.criterion, f.share) for f in rule.floors] == [
        ("", 0.5),
        ("routines", 0.6),
        ("questioning", 0.4),
    ]
    lasting = (rule.window_days, rule.expiry_months, rule.attempts, rule.wait_days)
    assert (*lasting, rule.recheck_every, rule.max_gap) == (365, 12, 2, 30, 10, 2)
    told = main(facilitator.get("/certification"))
    assert "1b Routines and time reaches 60 %." in told
    assert "A certificate lasts 12 months." in told


@pytest.mark.parametrize(
    ("differs", "told"),
    [
        ({"threshold": "120"}, "at most at 100 %"),
        ({"threshold": "most"}, "Give a whole number."),
        ({"looks": "5, x"}, "Give whole numbers with commas"),
        ({"looks": "3"}, "fewer show no figure"),
        ({"statistic": "a coin"}, "Choose one."),
        ({"decide_by": ""}, "Choose one."),
        ({"pass_from": "40"}, "passes above it"),
        ({"rubric": "nowhere"}, "Choose a rubric"),
        ({"own_floors": "1b"}, "its code and per cent"),
        ({"rubric": "teaching-framework", "own_floors": "9z 50"}, "no criterion 9z"),
        ({"name": ""}, "Give the rule a name"),
        ({"max_gap": "0"}, "1 level or more"),
    ],
)
def test_a_fault_stands_at_its_field_and_what_was_typed_is_kept(
    browser: Browser, school: School, differs: dict[str, Any], told: str
) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    page = facilitator.post("/certification/rule", status=400, **typed(**differs, wait_days="77"))
    assert told in page
    assert 'aria-invalid="true"' in page
    assert 'value="77"' in page
    assert the_rule(school) is None


OPEN = '<details class="fold" open>'


def test_parts_of_the_form_that_are_as_usual_are_folded(browser: Browser, school: School) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    assert OPEN not in facilitator.get("/certification/rule")
    assert facilitator.get("/certification/rule?from=class-like").count(OPEN) == 2


def test_a_part_in_which_something_is_to_mend_is_open(browser: Browser, school: School) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    page = facilitator.post("/certification/rule", status=400, **typed(attempts="often"))
    assert page.count(OPEN) == 1
    assert page.index(OPEN) < page.index('id="attempts"')


def test_all_that_is_wrong_is_told_at_once(browser: Browser, school: School) -> None:
    wrong = typed(threshold="120", looks="5, x", name="")
    page = browser.sign_in(school["Margaret"]).post("/certification/rule", status=400, **wrong)
    assert "There are 3 things to mend" in page


def test_a_rule_can_be_tried_before_it_is_in_force(browser: Browser, school: School) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    asked = typed(threshold="75") | {"try": "yes"}
    told = main(facilitator.post("/certification/rule", status=200, **asked))
    assert "How often this rule would err" in told
    assert "It is not in force yet." in told
    assert the_rule(school) is None


def test_a_rule_changed_meanwhile_is_shown_again_and_not_overwritten(
    browser: Browser, school: School
) -> None:
    in_force(school)
    facilitator = browser.sign_in(school["Margaret"])
    page = facilitator.post("/certification/rule", status=412, **typed(threshold="75"))
    assert "Somebody changed the rule meanwhile" in page
    found = the_rule(school)
    assert found
    assert found.number == 1


def test_the_history_keeps_every_rule_with_who_and_when(browser: Browser, school: School) -> None:
    in_force(school)
    in_force(school, PRESETS["points"], expected=1)
    facilitator = browser.sign_in(school["Margaret"])
    facilitator.post("/certification/rule/end", expected="2")
    told = main(facilitator.get("/certification/rule"))
    assert "No rule is in force" in told
    assert told.count("Put in force by Margaret Obi. Ended by Margaret Obi.") == 2


def test_others_are_listed_by_name_for_an_adviser_once_they_have_opened(
    browser: Browser, school: School
) -> None:
    rated(school, 5, begin=TODAY - timedelta(days=10))
    in_force(school)
    adviser = browser.sign_in(school["Ruth"])
    assert "1 observer is not shown" in main(adviser.get("/certification"))
    browser.sign_in(school["Sion"]).post("/certification/look")
    assert "Siôn Prydderch passed after 5 lessons" in main(adviser.get("/certification"))
    told = main(adviser.get(f"/certification/of/{school['Sion'].id}"))
    assert "Siôn Prydderch is certified" in told


def test_a_facilitator_reads_first_how_many_are_certified(browser: Browser, school: School) -> None:
    rated(school, 5, begin=RECENT)
    in_force(school)
    told = main(browser.sign_in(school["Margaret"]).get("/certification"))
    assert "There is no result yet that you may see." in told
    browser.sign_in(school["Sion"]).post("/certification/look")
    with school.database.read(school.network_id) as session:
        seen = certification_seen.others(session, by=school["Ruth"], at=TODAY)
    told = certification_told.others_stand(seen)
    assert told.endswith("whose results you may see, [certified now: 1], not judged yet: 0.")
    unjudged = replace(seen, lines=[replace(each, result=None) for each in seen.lines])
    told = certification_told.others_stand(unjudged)
    assert told == "[Nobody was judged yet] of the 1 observer whose results you may see."


def test_results_are_narrowed_by_role_school_and_rubric_in_the_address_and_in_the_file(
    browser: Browser, school: School
) -> None:
    a_person(school, "Anna Beynon", RoleKind.HEAD)
    in_force(school)
    rated(school, 5, begin=RECENT)
    rated(school, 5, who="Anna", begin=RECENT)
    both = {"Siôn Prydderch", "Anna Beynon"}
    for who in ("Sion", "Anna"):
        browser.sign_in(school[who]).post("/certification/look")
    reader = browser.sign_in(school["Ruth"])
    digest, other = school.rubrics["teaching-framework"], school.rubrics["ways-of-looking"]
    for query, expected in (
        ("", both),
        ("who=head", both),
        ("who=leader", set()),
        ("who=everybody", both),
        (f"school={school.school_id}&rubric={digest}", both),
        (f"school={uuid4()}", set()),
        (f"rubric={other}", set()),
    ):
        page = reader.get(f"/certification?{query}")
        assert set(re.findall(r'class="name-link"[^>]*>([^<]+)</a></th>', page)) == expected, query
        file = reader.client.get(f"/certification.csv?{query}").get_data(as_text=True)
        assert {line.split(",")[0] for line in file.splitlines()[1:]} == expected, query
    facilitator = browser.sign_in(school["Margaret"])
    assert "<b>Nobody fits</b>" in facilitator.get(f"/certification?rubric={other}")
    reader = browser.sign_in(school["Ruth"])
    assert "/certification.csv?who=head" in reader.get("/certification?who=head")


def test_one_who_sees_only_their_own_is_not_narrowed(browser: Browser, school: School) -> None:
    in_force(school)
    rated(school, 5, begin=RECENT)
    head = browser.sign_in(school["Sion"])
    head.post("/certification/look")
    assert 'name="who"' not in head.get("/certification?who=leader")
    file = head.client.get("/certification.csv?who=leader").get_data(as_text=True)
    assert "Siôn Prydderch" in file


def test_before_28_days_an_adviser_reads_that_the_head_looks_first(
    browser: Browser, school: School
) -> None:
    rated(school, 5, begin=TODAY - timedelta(days=10))
    opened(school, "Sion")
    in_force(school)
    address = f"/certification/of/{school['Sion'].id}"
    adviser = browser.sign_in(school["Ruth"])
    assert "They see the decision first." in main(adviser.get(address))
    adviser.post(f"{address}/look", status=403)


def test_after_28_days_an_adviser_may_look(browser: Browser, school: School) -> None:
    rated(school, 5, begin=RECENT)
    opened(school, "Sion")
    in_force(school)
    address = f"/certification/of/{school['Sion'].id}"
    told = main(browser.sign_in(school["Ruth"]).post(f"{address}/look", status=200, follow=True))
    assert "judged" in told
    assert "by Ruth Adeyemi" in told


def test_a_page_of_somebody_else_names_no_teacher(browser: Browser, school: School) -> None:
    rated(school, 5, begin=RECENT)
    opened(school, "Sion")
    in_force(school)
    page = browser.sign_in(school["Ruth"]).get(f"/certification/of/{school['Sion'].id}")
    assert "Catrin" not in page


@pytest.mark.parametrize("who", ["Helen", "Catrin", "Margaret", "Ruth"])
def test_figures_that_were_not_opened_are_nobodys_else(
    browser: Browser, school: School, who: str
) -> None:
    rated(school, 5, begin=TODAY - timedelta(days=10))
    in_force(school)
    address = f"/certification/of/{school['Sion'].id}"
    reader = browser.sign_in(school[who])
    reader.get(address, status=403)
    reader.post(f"{address}/look", status=403)


def test_nobody_reaches_somebody_of_another_network(browser: Browser, school: School) -> None:
    other = a_network(school.database, name="Elsewhere")
    rated(other, 5, begin=RECENT)
    opened(other, "Sion")
    for reader in ("Ruth", "Margaret"):
        browser.sign_in(school[reader]).get(f"/certification/of/{other['Sion'].id}", status=404)


def test_a_teacher_and_a_deputy_see_no_certification(browser: Browser, school: School) -> None:
    a_person(school, "Dilys Deputy", RoleKind.DEPUTY)
    for who in ("Catrin", "Dilys"):
        for address in ("/certification", "/certification/rule", "/certification.csv"):
            browser.sign_in(school[who]).get(address, status=403)


def test_only_a_facilitator_sets_the_rule(browser: Browser, school: School) -> None:
    for who in ("Sion", "Ruth", "Helen"):
        browser.sign_in(school[who]).post("/certification/rule", status=403, **typed())
    assert the_rule(school) is None


def test_the_results_file_holds_the_lessons_used_and_nobody_elses(
    browser: Browser, school: School
) -> None:
    rated(school, 5, begin=RECENT)
    in_force(school)
    head = browser.sign_in(school["Sion"])
    head.post("/certification/look")
    first, line = lines(head.get("/certification.csv"))
    told = dict(zip(first, line, strict=True))
    assert (told["person"], told["decision"], told["rule_version"]) == (
        "Siôn Prydderch",
        "pass",
        "1",
    )
    assert len(told["lessons"].split()) == 5
    assert len(lines(browser.sign_in(school["Helen"]).get("/certification.csv"))) == 1


def test_the_workbook_holds_results_ones_lessons_and_how_they_were_worked_out(
    browser: Browser, school: School
) -> None:
    rated(school, 5, begin=RECENT)
    in_force(school)
    head = browser.sign_in(school["Sion"])
    head.post("/certification/look")
    book = load_workbook(io.BytesIO(head.client.get("/certification.xlsx").data))
    assert book.sheetnames == ["Results", "Your lessons that count", "How worked out"]
    told = lines(head.get("/certification.csv"))
    kept = list(book["Results"].iter_rows(values_only=True))
    assert [kept[0], kept[1][0]] == [tuple(told[0]), "Siôn Prydderch"]
    how = " ".join(str(line[1]) for line in book["How worked out"].iter_rows(values_only=True))
    assert "Beta(k / D + 1, (N \u2212 k) / D + 1)" in how
    assert "D = 1 + 0.1" in how
    page = main(head.get("/certification"))
    assert "How this was worked out" in page
    assert "Wilson's, on N / D ratings" in page.replace("&#39;", "'")


def test_a_facilitators_workbook_has_no_lessons_of_their_own(
    browser: Browser, school: School
) -> None:
    in_force(school)
    reader = browser.sign_in(school["Margaret"]).client
    book = load_workbook(io.BytesIO(reader.get("/certification.xlsx").data))
    assert book.sheetnames == ["Results", "How worked out"]


def test_the_lessons_file_holds_every_gap_that_counts(browser: Browser, school: School) -> None:
    rated(school, 2, SAME | {"routines": 1}, begin=RECENT)
    in_force(school)
    found = lines(browser.sign_in(school["Sion"]).get("/certification/lessons.csv"))
    assert found[0] == ["lesson", "observed_on", "criterion", "levels_apart", "levels", "judged"]
    assert sorted(row[2:] for row in found[1:5]) == [
        ["behaviour", "0", "4", "lessons"],
        ["expectations", "0", "4", "lessons"],
        ["relationships", "0", "4", "lessons"],
        ["routines", "2", "4", "lessons"],
    ]


def test_a_form_without_its_token_is_refused(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    browser.app.config["WTF_CSRF_ENABLED"] = True
    for address in ("/certification/look", "/certification/rule", "/certification/rule/end"):
        head.post(address, status=400)
