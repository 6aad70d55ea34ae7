"""Rules from talks on their page: what everybody reads, what observers say, what the owner does."""

import csv
import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from tests.browser import Browser
from tests.factories import CAST, PlannedLesson, School, a_lesson
from tests.precedents import a_rule, a_version
from tests.talks import a_talk, same

pytestmark = pytest.mark.usefixtures("some_days_later")

TEXT = "Quick recall at the start does not count against it."


@pytest.fixture
def talk(school: School) -> PlannedLesson:
    return a_talk(school, {"Sion": same("questioning"), "Ruth": same("questioning", level=1)})


@pytest.fixture
def rule(school: School, talk: PlannedLesson) -> UUID:
    return a_rule(school, talk.id, TEXT)


def send(
    reader: Browser, rule: UUID, verb: str, fields: dict[str, str], *, status: int = 200
) -> str:
    """The page after a form was sent."""
    return reader.post(f"/precedents/{rule}/{verb}", status=status, follow=True, **fields)


def other_words(criterion: dict[str, Any]) -> None:
    criterion["descriptors"]["1"] = "Nobody is asked anything at all."


def test_before_the_first_rule_the_page_says_how_one_comes_about(
    browser: Browser, school: School
) -> None:
    assert "No rule yet" in browser.sign_in(school["Sion"]).get("/precedents")


@pytest.mark.parametrize("who", ["Sion", "Helen", "Margaret"])
def test_a_rule_is_read_by_all_with_its_source_and_names_nobody(
    browser: Browser, school: School, rule: UUID, who: str
) -> None:
    assert rule
    reader = browser.sign_in(school[who])
    page = reader.get("/precedents")
    told = page.partition("<main")[2]
    assert TEXT in told
    assert "From a talk in November 2026" in told
    assert "3a</span> Questioning" in told
    bootstrap = str(reader.client.get("/api/v1/bootstrap").get_json()["precedents"])
    for name, _ in CAST.values():
        assert name not in told + bootstrap
        assert str(school[name.split()[0].replace("ô", "o")].id) not in told + bootstrap


def test_the_tablet_is_told_the_rule_and_the_words_of_its_source_and_nothing_else(
    browser: Browser, school: School, rule: UUID
) -> None:
    assert rule
    a_lesson(school, observers=("Helen",))
    told = browser.sign_in(school["Helen"]).client.get("/api/v1/bootstrap").get_json()
    assert told["precedents"] == [
        {
            "rubric": school.rubrics["teaching-framework"],
            "criterion": "questioning",
            "text": TEXT,
            "source": "From a talk in November 2026",
        }
    ]


def test_an_observer_says_in_one_tap_that_it_no_longer_fits_and_the_owner_sees_it(
    browser: Browser, school: School, rule: UUID
) -> None:
    helen, margaret = browser.sign_in(school["Helen"]), browser.sign_in(school["Margaret"])
    said = send(helen, rule, "doubt", {})
    assert "You said that this no longer fits" in said
    assert "1 observer says" not in said
    assert "1 observer says that this no longer fits" in margaret.get("/precedents")
    assert "Helen Marsh" not in margaret.get("/precedents").partition("<main")[2]
    back = send(helen, rule, "no-doubt", {})
    assert "You said that" not in back
    assert "1 observer says" not in margaret.get("/precedents")


def test_other_words_keep_those_before_and_can_be_put_back(
    browser: Browser, school: School, rule: UUID
) -> None:
    margaret = browser.sign_in(school["Margaret"])
    other = {"text": " Quick  recall is fine. ", "was": TEXT}
    page = send(margaret, rule, "reword", other)
    assert "Quick recall is fine." in page
    assert "Said otherwise before" in page
    again = {"text": TEXT, "was": "Quick recall is fine.", "sure": TEXT}
    page = send(margaret, rule, "reword", again)
    assert "Said otherwise 2 times before" in page


def test_a_name_in_a_rule_is_asked_about_once_and_never_changed(
    browser: Browser, school: School, rule: UUID
) -> None:
    margaret = browser.sign_in(school["Margaret"])
    named = {"text": "As Catrin does it, recall is fine.", "was": TEXT}
    page = send(margaret, rule, "reword", named, status=400)
    assert "may name somebody: Catrin." in page
    assert "As Catrin does it, recall is fine.</textarea>" in page
    sure = named | {"sure": named["text"]}
    assert "Kept." in send(margaret, rule, "reword", sure)


def test_the_talk_asks_about_a_name_once_too(
    browser: Browser, school: School, talk: PlannedLesson
) -> None:
    sion = browser.sign_in(school["Sion"])
    address = f"/pairs/{talk.id}/agree/questioning"
    said: dict[str, Any] = {
        "agreed": "2",
        "revision": "0",
        "rule": "As with Aisha, pairs talk first.",
    }
    page = sion.post(address, status=400, **said)
    assert "may name somebody: Aisha." in page
    assert f'name="sure" value="{said["rule"]}"' in page
    sion.post(address, **said, sure=said["rule"])
    assert said["rule"] in sion.get("/precedents")


def test_two_who_change_a_rule_at_once_see_both(
    browser: Browser, school: School, rule: UUID
) -> None:
    margaret = browser.sign_in(school["Margaret"])
    late = {"text": "Mine", "was": "What stood there before"}
    page = send(margaret, rule, "reword", late, status=412)
    assert "Somebody changed this rule while you wrote." in page
    assert TEXT in page
    assert ">Mine</textarea>" in page


@pytest.mark.parametrize(
    ("verb", "sent", "fault"),
    [
        ("reword", {"text": " ", "was": TEXT}, "Write the rule, or retire it."),
        ("reword", {"text": "x" * 301, "was": TEXT}, "at most 300 letters"),
        ("retire", {"because": ""}, "Say why, in one line"),
        ("retire", {"because": "x" * 201}, "Say why, in one line"),
        ("merge", {"other": ""}, "Choose the rule that stays."),
    ],
)
def test_what_cannot_be_kept_says_so_beside_its_field(
    browser: Browser,
    school: School,
    talk: PlannedLesson,
    verb: str,
    sent: dict[str, str],
    fault: str,
) -> None:
    rule, _other = (a_rule(school, talk.id, text) for text in (TEXT, "Recall is fine."))
    margaret = browser.sign_in(school["Margaret"])
    page = send(margaret, rule, verb, sent, status=400)
    assert page.count(fault) == 2
    assert 'aria-invalid="true"' in page


def test_a_retired_rule_stands_below_with_its_reason_and_comes_back(
    browser: Browser, school: School, rule: UUID
) -> None:
    margaret, sion = browser.sign_in(school["Margaret"]), browser.sign_in(school["Sion"])
    because = {"because": "Not in year 1"}
    page = send(margaret, rule, "retire", because)
    assert "1 retired rule" in page
    assert "Not in year 1" in sion.get("/precedents")
    assert sion.client.get("/api/v1/bootstrap").get_json()["precedents"] == []
    assert "Bring it back" not in sion.get("/precedents")
    page = send(margaret, rule, "bring-back", {})
    assert "retired rule" not in page


def test_of_two_rules_that_say_the_same_one_is_retired(
    browser: Browser, school: School, talk: PlannedLesson, rule: UUID
) -> None:
    other = a_rule(school, talk.id, "Recall is fine.", days=2)
    margaret = browser.sign_in(school["Margaret"])
    page = send(margaret, other, "merge", {"other": str(rule)})
    assert f"It says the same as: {TEXT}" in page


def test_changed_words_of_a_criterion_are_shown_beside_the_rule_until_it_is_kept(
    browser: Browser, school: School, rule: UUID
) -> None:
    new = a_version(school, other_words)
    sion, margaret = browser.sign_in(school["Sion"]), browser.sign_in(school["Margaret"])
    for reader in (sion, margaret):
        page = reader.get("/precedents")
        assert "Waiting for a look: the words of the criterion changed" in page
        assert "Nobody is asked anything at all." in page.replace("<ins>", "").replace("</ins>", "")
    assert "Keep it for version 3" not in sion.get("/precedents")
    page = send(margaret, rule, "keep", {"version": new})
    assert "Waiting for a look" not in page


def test_the_files_hold_every_rule_and_no_name(
    browser: Browser, school: School, talk: PlannedLesson, rule: UUID
) -> None:
    gone = a_rule(school, talk.id, "=1+1 is no rule", criterion="routines")
    margaret = browser.sign_in(school["Margaret"])
    send(margaret, gone, "retire", {"because": "A slip"})
    send(margaret, rule, "reword", {"text": "New", "was": TEXT})
    answer = margaret.client.get("/precedents.csv")
    lines = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(line["rule"], line["standing"], line["reason"]) for line in lines] == [
        ("'=1+1 is no rule", "retired", "A slip"),
        ("New", "in use", ""),
    ]
    assert lines[1]["earlier_words"] == TEXT
    assert lines[1]["source"] == "From a talk in November 2026"
    book = openpyxl.load_workbook(io.BytesIO(margaret.client.get("/precedents.xlsx").data))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[4] for row in cells] == ["rule", "=1+1 is no rule", "New"]
    for name, _ in CAST.values():
        assert name not in answer.get_data(as_text=True)


def test_pairs_and_the_page_of_a_criterion_lead_to_the_rules(
    browser: Browser, school: School, rule: UUID
) -> None:
    assert rule
    assert 'href="/precedents"' in browser.sign_in(school["Sion"]).get("/pairs")
    assert 'href="/precedents"' in browser.sign_in(school["Margaret"]).get("/rubrics")
