"""The pages of coaching: what two people share, what each writes alone, and that nobody else reads a word."""

import json
import re
from html import unescape
from typing import Any

import pytest

from observe.core.permissions import RoleKind
from tests.browser import Browser
from tests.coaching import AGENDA, GOAL, LOGGED, Coached, asked, coached, going_on, logged
from tests.factories import School, a_person

SESSION: dict[str, Any] = {
    "date": "2027-01-12",
    "time": "15:30",
    "minutes": "45",
    "place": "",
    "agenda": "Wait time",
}


@pytest.fixture
def two(school: School) -> Coached:
    return coached(school)


def test_a_head_asks_an_adviser_who_says_yes(browser: Browser, school: School) -> None:
    head = browser.sign_in(school["Sion"])
    fields: dict[str, Any] = {"partner": school["Ruth"].id, "coach": "other"}
    assert "It begins when they say yes" in head.post(
        "/coaching", **fields, follow=True, status=200
    )
    adviser = browser.sign_in(school["Ruth"])
    page = adviser.get("/coaching")
    assert "asks you" in page
    assert "You coach Siôn Prydderch." in page
    found = re.search(r"/coaching/([0-9a-f-]{36})/answer", page)
    assert found
    page = adviser.post(f"/coaching/{found[1]}/answer", answer="yes", follow=True, status=200)
    assert "You and Siôn Prydderch" in page


def test_who_was_asked_finds_it_on_today(browser: Browser, school: School) -> None:
    asked(school)
    assert "asks you for a coaching partnership" in browser.sign_in(school["Ruth"]).get("/")
    assert "asks you" not in browser.sign_in(school["Sion"]).get("/")


def test_nobody_but_the_two_reads_a_word_of_it(
    browser: Browser, school: School, two: Coached
) -> None:
    a_person(school, "Dilys Data", RoleKind.DATA_PROTECTION)
    a_person(school, "Peter Head", RoleKind.HEAD)
    words = (GOAL, AGENDA, LOGGED, str(two.id))
    known = {"partnership_id": two.id, "session_id": two.session, "entry_id": two.entry}
    for who in ("Helen", "Catrin", "Margaret", "Dilys", "Peter"):
        reader = browser.sign_in(school[who])
        for rule in browser.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.arguments <= {*known, "person_id"}:
                continue
            named = {**known, "person_id": school["Sion"].id}
            with browser.app.test_request_context():
                url = rule.build({key: str(named[key]) for key in rule.arguments})[1]  # type: ignore[index]
            answer = reader.client.get(url)
            text = unescape(answer.data.decode(errors="replace"))
            found = [word for word in words if word in text and word not in url]
            assert not found, (who, url, found)
            if rule.arguments & {*known}:
                assert answer.status_code == 403, (who, url)


def test_the_partner_reads_the_goals_and_never_the_log(
    browser: Browser, school: School, two: Coached
) -> None:
    adviser = browser.sign_in(school["Ruth"])
    page = adviser.get(f"/coaching/{two.id}")
    assert GOAL in page
    assert LOGGED not in page
    assert LOGGED not in adviser.get(f"/coaching/{two.id}/log")
    adviser.get(f"/coaching/{two.id}/log/{two.entry}", status=403)
    adviser.post(f"/coaching/{two.id}/log/{two.entry}", text="Mine", revision="1", status=403)
    adviser.post(f"/coaching/{two.id}/log/{two.entry}/delete", status=403)


def test_an_entry_saves_itself_and_is_taken_back_after_a_slip(
    browser: Browser, school: School, two: Coached
) -> None:
    author = browser.sign_in(school["Sion"])
    address = f"/coaching/{two.id}/log/{two.entry}"
    fields: dict[str, Any] = {"text": "Wait three seconds", "revision": "1"}
    answer = author.client.post(address, data=fields, headers={"Accept": "application/json"})
    assert json.loads(answer.data)["revision"] == 2
    author.client.post(address, data=fields | {"text": "Other"}, headers={"Accept": "text/html"})
    page = author.post(address, text="On another tablet", revision="1", status=412)
    assert "Wait three seconds" in page
    assert "On another tablet" in page
    page = author.post(f"{address}/delete", status=200)
    assert "Wait three seconds" in page
    author.post(address, text="Wait three seconds", revision="0")
    assert "Wait three seconds" in author.get(f"/coaching/{two.id}/log")


def test_a_session_is_planned_agreed_on_and_cancelled(
    browser: Browser, school: School, two: Coached
) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/coaching/{two.id}/sessions/new", **SESSION)
    page = head.get(f"/coaching/{two.id}")
    assert "15:30" in page
    address = f"/coaching/{two.id}/sessions/{two.session}"
    assert AGENDA in head.get(address)
    head.post(address, **SESSION, agreed="Siôn counts his questions", revision="1")
    assert "Siôn counts his questions" in browser.sign_in(school["Ruth"]).get(address)
    head.post(f"{address}/cancel")
    assert "It takes place after all" in head.get(address)
    assert "STATUS:CANCELLED" in head.get(f"{address}.ics")
    head.post(f"{address}/cancel", do="bring back")
    assert "STATUS:CONFIRMED" in head.get(f"{address}.ics")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"date": "tomorrow"}, "Give a day"),
        ({"time": "noon"}, "Give a time"),
        ({"minutes": "0"}, "from 1 to 480"),
        ({"minutes": "an hour"}, "whole number"),
        ({"agenda": "x" * 4001}, "longer than 4000"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    browser: Browser, school: School, two: Coached, wrong: dict[str, Any], sentence: str
) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.post(f"/coaching/{two.id}/sessions/new", **{**SESSION, **wrong}, status=400)
    assert sentence in page


def test_roles_turn_round_in_words(browser: Browser, school: School, two: Coached) -> None:
    head = browser.sign_in(school["Sion"])
    page = head.post(f"/coaching/{two.id}/turn", coach="me", follow=True, status=200)
    assert "You coach Ruth Adeyemi." in page
    assert "How it was before" in page
    assert "Siôn Prydderch coaches you." in browser.sign_in(school["Ruth"]).get("/coaching")


def test_a_goal_is_reached(browser: Browser, school: School, two: Coached) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/coaching/{two.id}/goals/{two.goal}", text=GOAL, was=GOAL, state="reached")
    assert "reached" in browser.sign_in(school["Ruth"]).get(f"/coaching/{two.id}")
    head.post(f"/coaching/{two.id}/goals", text="", status=400)
    address = f"/coaching/{two.id}/goals/{two.goal}"
    browser.sign_in(school["Ruth"]).post(address, text="Ask first", was=GOAL, state="open")
    page = head.post(address, text="Ask twice", was=GOAL, state="open", status=412)
    assert "Ask first" in page


def test_what_ended_can_be_read_and_no_longer_changed(
    browser: Browser, school: School, two: Coached
) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/coaching/{two.id}/end")
    adviser = browser.sign_in(school["Ruth"])
    page = adviser.get(f"/coaching/{two.id}")
    assert GOAL in page
    assert "Add the goal" not in page
    adviser.post(f"/coaching/{two.id}/goals", text="One more", status=409)
    assert AGENDA in adviser.get(f"/coaching/{two.id}/sessions/{two.session}")
    assert "You work with nobody yet" not in adviser.get("/coaching")


def test_of_two_partnerships_each_keeps_its_own(
    browser: Browser, school: School, two: Coached
) -> None:
    a_person(school, "Peter Head", RoleKind.HEAD)
    other = going_on(school, by="Sion", of="Peter")
    entry = logged(school, other, text="About Peter")
    head = browser.sign_in(school["Sion"])
    for address in (f"log/{two.entry}", f"sessions/{two.session}"):
        assert head.client.get(f"/coaching/{other}/{address}").status_code in (403, 404)
    assert "About Peter" not in head.get(f"/coaching/{two.id}/log")
    head.get(f"/coaching/{two.id}/log/{entry}", status=403)
