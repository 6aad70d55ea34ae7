"""Certificates in use: beside names, to print, by hand with a reason, and re-checks nobody announces."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from observe.core.certificates import Certificate
from observe.core.certification_rule import DEFAULT, THREE_IN_A_ROW, Scope, Source
from observe.core.exercises import Use
from observe.core.permissions import RoleKind
from observe.core.rechecks import Limits
from observe.services import rechecks
from observe.web import certificate_words
from observe.web.dates import day_short
from tests.browser import Browser
from tests.certifications import FAR, SAME, in_force, judged, place, rated
from tests.exercising import LEVELS, published, taken
from tests.factories import PlannedLesson, School, a_lesson, a_person
from tests.talks import a_talk
from tests.web.test_certification import RECENT, TODAY, main, typed

YEARLY = replace(DEFAULT, expiry_months=12)
CHECKED = replace(THREE_IN_A_ROW, recheck_every=1)
ALWAYS = Limits(unannounced=True, most=1, first_weeks=0, only_free=False)
TOKEN = re.compile(r'(name="csrf_token" value=")[^"]*|(nonce=")[^"]*')


def certified(school: School, who: str = "Sion") -> None:
    """Somebody passed the yearly rule today."""
    rated(school, 5, begin=RECENT, who=who)
    in_force(school, YEARLY)
    judged(school, who, at=TODAY)


def by_hand(browser: Browser, school: School, **form: Any) -> str:
    facilitator = browser.sign_in(school["Margaret"])
    url = f"/certification/of/{school['Sion'].id}/by-hand"
    return main(facilitator.post(url, **form, status=200, follow=True))


def agreed(school: School, limits: Limits = ALWAYS, *, expected: int = 0) -> None:
    with school.database.write(school.network_id) as session:
        rechecks.agree(session, limits, expected=expected, by=school["Margaret"], at=TODAY)


def to_come(school: School, *names: str) -> PlannedLesson:
    """A lesson in three days."""
    return a_lesson(
        school, starts_at=TODAY + timedelta(days=3), observers=names or ("Sion", "Ruth")
    )


def test_the_day_of_a_certificate_stands_beside_the_name_where_observers_are_chosen(
    browser: Browser, school: School
) -> None:
    certified(school)
    until = place(school, at=TODAY).certificate.until
    assert until
    helen = browser.sign_in(school["Helen"])
    told = f"Siôn Prydderch, certified to {until.day} {until:%b} {until.year}"
    assert told in helen.get("/lessons/new")
    planner = main(browser.sign_in(school["Ruth"]).get("/planner"))
    assert told.replace(",", "") in planner
    assert "Ruth Adeyemi no certificate" in planner


def test_who_was_sent_back_and_who_was_never_judged_look_the_same_to_those_who_plan(
    browser: Browser, school: School
) -> None:
    in_force(school, YEARLY)
    helen = browser.sign_in(school["Helen"])
    before = [without_tokens(helen.get(url)) for url in ("/lessons/new", "/planner")]
    board = without_tokens(helen.get("/certification/people"))
    rated(school, 5, FAR, begin=RECENT)
    judged(school, at=TODAY)
    assert before[0] == without_tokens(helen.get("/lessons/new"))
    assert board == without_tokens(helen.get("/certification/people"))


def without_tokens(page: str) -> str:
    return TOKEN.sub("", page)


def test_without_any_certification_names_stand_alone(browser: Browser, school: School) -> None:
    helen = browser.sign_in(school["Helen"])
    assert "no certificate" not in helen.get("/lessons/new")
    assert "Who is certified" not in main(helen.get("/planner"))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "certified to {} (runs out today)"),
        (1, "certified to {} (runs out in 1 day)"),
        (21, "certified to {} (runs out in 3 weeks)"),
        (43, "certified to {}"),
        (-1, "certificate ran out on {}"),
    ],
)
def test_a_certificate_that_runs_out_says_so_in_time(app: Flask, days: int, told: str) -> None:
    today = date(2026, 11, 20)
    until = today + timedelta(days=days)
    with app.test_request_context():
        words = certificate_words.words(Certificate(days >= 0, until), today)
        assert words == told.format(day_short(until))


def test_a_certificate_can_be_printed_and_says_under_which_rule(
    browser: Browser, school: School
) -> None:
    head = browser.sign_in(school["Sion"])
    assert "There is no certificate now" in main(head.get("/certification/certificate"))
    certified(school)
    told = main(head.get("/certification/certificate"))
    assert "Siôn Prydderch" in told
    assert "under the rule Probably 80 % within one level, version 1, judged on" in told
    assert "100 %" not in told


def test_a_certificate_set_by_hand_names_who_when_and_why(browser: Browser, school: School) -> None:
    certified(school)
    told = by_hand(browser, school, hand="not certified", reason="Moved to another rubric")
    assert "Kept, with your name and the reason" in told
    assert "Not certified by Margaret Obi on" in told
    head = browser.sign_in(school["Sion"])
    own = main(head.get("/certification"))
    assert "You are not certified, which was set by hand." in own
    assert "As judged: You are certified until" in own
    assert "Set by hand: Not certified By Margaret Obi on" in own
    assert ": Moved to another rubric What was judged stays below, beside it." in own
    assert "The last decision passedafter 5 lessons" in own
    assert "no certificate" in main(head.get("/certification/people"))


def test_what_is_set_by_hand_is_undone_by_letting_go(browser: Browser, school: School) -> None:
    certified(school)
    by_hand(browser, school, hand="not certified", reason="A mistake")
    told = by_hand(browser, school, hand="as judged", reason="It was a mistake")
    assert "Now: certified to" in told
    assert [each.reason for each in place(school, at=TODAY).by_hand] == [
        "It was a mistake",
        "A mistake",
    ]


def test_certified_until_by_hand_reaches_the_planner_with_the_name_of_who_set_it(
    browser: Browser, school: School
) -> None:
    until = (TODAY + timedelta(days=100)).date()
    by_hand(browser, school, hand="certified", until=until.isoformat(), reason="Trained elsewhere")
    told = main(browser.sign_in(school["Ruth"]).get("/planner"))
    assert f"certified to {until.day} {until:%b} {until.year}, set by Margaret Obi on" in told
    assert "Trained elsewhere" not in told
    certificate = main(browser.sign_in(school["Sion"]).get("/certification/certificate"))
    assert "Trained elsewhere" in certificate


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"hand": "certified", "reason": "x"}, "Say until which day the certificate lasts."),
        ({"hand": "certified", "until": "2020-01-01", "reason": "x"}, "This day is past."),
        ({"hand": "not certified", "reason": " "}, "Give the reason in a line"),
        ({"hand": "as judged", "reason": "x"}, "Nothing is set by hand now."),
        ({"hand": "a king", "reason": "x"}, "Choose one."),
    ],
)
def test_a_fault_in_what_is_set_by_hand_is_told_and_nothing_is_kept(
    browser: Browser, school: School, form: dict[str, Any], sentence: str
) -> None:
    url = f"/certification/of/{school['Sion'].id}/by-hand"
    status = 409 if sentence.startswith("Nothing") else 400
    assert sentence in browser.sign_in(school["Margaret"]).post(url, status=status, **form)
    assert place(school, at=TODAY).by_hand == []


def test_nobody_sets_a_certificate_of_their_own(browser: Browser, school: School) -> None:
    url = f"/certification/of/{school['Margaret'].id}/by-hand"
    browser.sign_in(school["Margaret"]).get(url, status=403)


def test_the_results_file_tells_what_was_judged_and_what_was_set_by_hand(
    browser: Browser, school: School
) -> None:
    certified(school)
    by_hand(browser, school, hand="not certified", reason="Moved away")
    page = browser.sign_in(school["Sion"]).get("/certification.csv")
    head, judged_row, hand = csv.reader(io.StringIO(page.lstrip("\ufeff")))
    result = dict(zip(head, judged_row, strict=True))
    assert (result["judged"], result["kind"], result["by"]) == ("lessons", "look", "Siôn Prydderch")
    said = dict(zip(head, hand, strict=True))
    assert (said["decision"], said["kind"], said["by"], said["reason"]) == (
        *("not certified", "by hand"),
        *("Margaret Obi", "Moved away"),
    )


def test_exercises_taken_as_tests_lead_to_a_certificate(browser: Browser, school: School) -> None:
    scope = Scope(source=Source.EXERCISES, levels=3)
    in_force(school, replace(YEARLY, scope=scope, name="By exercises"))
    for number in range(5):
        exercise = published(school, title=f"Ice {number}", use=Use.TEST)
        taken(school, exercise, "Sion", LEVELS, at=RECENT)
    head = browser.sign_in(school["Sion"])
    assert "You have rated 5 exercises that count, so a decision is due." in main(
        head.get("/certification")
    )
    told = main(head.post("/certification/look", status=200, follow=True))
    assert "You are certified until" in told
    assert "5 exercises: 20 of 20 ratings at most one level apart" in told
    assert "Ice 3" in told
    (result,) = place(school, at=TODAY).results
    assert (result.source, result.version, len(result.lessons)) == (Source.EXERCISES, 1, 5)


def test_the_rule_of_exercises_is_set_in_the_form_and_told_in_words(
    browser: Browser, school: School
) -> None:
    form = typed(
        replace(DEFAULT, name="Either way"),
        source="lessons or exercises",
        exercise_looks="5, 8",
    )
    facilitator = browser.sign_in(school["Margaret"])
    told = main(facilitator.post("/certification/rule", **form, status=200, follow=True))
    assert "or with the reference of exercises, each decided by itself" in told
    assert "after 5, 10, 20 and 40 lessons, or after 5 and 8 exercises" in told
    assert "Whoever tries both ways passes in one or the other in" in told


def test_a_re_check_that_is_due_is_announced_where_nothing_else_was_agreed(
    browser: Browser, school: School
) -> None:
    rated(school, 3, begin=RECENT)
    in_force(school, CHECKED)
    judged(school, at=TODAY)
    head = browser.sign_in(school["Sion"])
    assert "A re-check is due: the next lesson with an adviser counts." in main(
        head.get("/certification")
    )
    a_talk(school, {"Sion": SAME, "Ruth": SAME}, at=TODAY)
    assert "A re-check is to be decided" in main(head.get("/certification"))
    told = main(head.post("/certification/look", status=200, follow=True))
    assert "passedre-check of one lesson, judged" in told
    assert "This one alone reached the 80 % that the rule asks." in told


def test_a_re_check_that_is_missed_asks_for_more_lessons(browser: Browser, school: School) -> None:
    rated(school, 3, begin=RECENT)
    in_force(school, CHECKED)
    judged(school, at=TODAY)
    a_talk(school, {"Sion": FAR, "Ruth": SAME}, at=TODAY)
    told = main(
        browser.sign_in(school["Sion"]).post("/certification/look", status=200, follow=True)
    )
    assert "No lesson counts yet. It is decided after 3 lessons." in told
    assert "The certificate ends, and a new attempt begins" in told


def test_the_re_checks_page_says_who_could_come_and_which_lesson_it_could_be(
    browser: Browser, school: School
) -> None:
    rated(school, 3, begin=RECENT)
    in_force(school, CHECKED)
    judged(school, at=TODAY)
    told = main(browser.sign_in(school["Margaret"]).get("/certification/re-checks"))
    assert "1 re-check is due." in told
    assert "Could come: Ruth Adeyemi" in told
    assert "No lesson with an adviser is planned." in told


def test_more_certified_people_than_one_page_holds_are_on_further_pages(
    browser: Browser, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecks, "MOST", 1)
    a_person(school, "Anna Beynon", RoleKind.HEAD)
    in_force(school, CHECKED)
    for who in ("Sion", "Anna"):
        rated(school, 3, who=who, begin=RECENT)
        judged(school, who, at=TODAY)
    facilitator = browser.sign_in(school["Margaret"])
    url = "/certification/re-checks"
    first = facilitator.get(url)
    assert "Each page holds 1 people" in first
    assert f"{url}?page=2" in first
    on_pages = ["Siôn Prydderch</h2>" in facilitator.get(f"{url}?page={n}") for n in (1, 2, 3)]
    assert on_pages == [False, True, True]
    assert "due of those on this page" in main(facilitator.get(f"{url}?page=2"))


WATCHED = (
    *("/", "/lessons", "/planner", "/certification", "/certification/people", "/pairs"),
    *("/agreement", "/observers", "/observing", "/me", "/api/bootstrap", "/certification.csv"),
    *("/free-times", "/practice", "/lessons/new"),
)


def seen_by(reader: Browser, lesson: PlannedLesson) -> dict[str, str]:
    """What somebody reads everywhere, signed in once."""
    urls = (
        *WATCHED,
        f"/lessons/{lesson.id}",
        f"/pairs/{lesson.id}",
        f"/lessons/{lesson.id}/change",
    )
    return {url: without_tokens(reader.client.get(url).get_data(as_text=True)) for url in urls}


def test_an_unannounced_re_check_is_a_lesson_like_any_other_to_whoever_is_re_checked(
    browser: Browser, school: School
) -> None:
    rated(school, 3, begin=RECENT)
    in_force(school, CHECKED)
    judged(school, at=TODAY)
    agreed(school)
    lesson = to_come(school)
    head = browser.sign_in(school["Sion"])
    before = seen_by(head, lesson)
    assert "may be a re-check, which nobody announces" in before["/certification"]
    facilitator = browser.sign_in(school["Margaret"])
    url = f"/certification/re-checks/{school['Sion'].id}/{lesson.id}"
    told = main(facilitator.post(url, status=200, follow=True))
    assert "the re-check" in told
    after = seen_by(head, lesson)
    for page, text in before.items():
        assert unclocked(text) == unclocked(after[page]), page
    assert "re-check" not in after[f"/lessons/{lesson.id}"]


def unclocked(text: str) -> str:
    """Without what counts the seconds."""
    return re.sub(r'"(server_time|now|at)":\s*"[^"]*"|\d\d:\d\d:\d\d(\.\d+)?', "", text)


def test_whoever_is_re_checked_does_not_see_their_own_among_re_checks(
    browser: Browser, school: School
) -> None:
    rated(school, 3, begin=RECENT, who="Ruth", beside="Sion")
    in_force(school, CHECKED)
    judged(school, "Ruth", at=TODAY)
    told = main(browser.sign_in(school["Ruth"]).get("/certification/re-checks"))
    assert "Nobody whom you see here is certified by a decision" in told


def test_a_lesson_outside_of_what_was_agreed_is_no_re_check(
    browser: Browser, school: School
) -> None:
    rated(school, 3, begin=RECENT)
    in_force(school, CHECKED)
    judged(school, at=TODAY)
    first, second = to_come(school), to_come(school)
    facilitator = browser.sign_in(school["Margaret"])
    url = f"/certification/re-checks/{school['Sion'].id}"
    page = facilitator.post(f"{url}/{first.id}", status=409)
    assert "not agreed that re-checks may come unannounced" in page
    agreed(school)
    facilitator.post(f"{url}/{first.id}")
    page = facilitator.post(f"{url}/{second.id}", status=409)
    assert "as many in this half term as were agreed" in page
    facilitator.post(f"{url}/{first.id}/back")
    facilitator.post(f"{url}/{second.id}")
    assert "to be" not in page


def test_what_was_agreed_is_set_by_the_facilitator_and_read_by_everybody(
    browser: Browser, school: School
) -> None:
    in_force(school, CHECKED)
    facilitator = browser.sign_in(school["Margaret"])
    form: dict[str, Any] = {
        "unannounced": "yes",
        "most": "1",
        "first_weeks": "2",
        "only_free": "yes",
        "expected": "0",
    }
    told = main(
        facilitator.post("/certification/re-checks/agreed", **form, status=200, follow=True)
    )
    assert "At most 1 a half term and person.None in the first 2 weeks of a term." in told
    stale = facilitator.post("/certification/re-checks/agreed", **form, status=412)
    assert "Somebody changed what was agreed meanwhile" in stale
    wrong = facilitator.post(
        "/certification/re-checks/agreed", **(form | {"most": "99", "expected": "1"}), status=400
    )
    assert "There are 1 to 6 a half term." in wrong
