"""The pages of leadership feedback: who is asked, how one answers, and what the leader reads."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from observe.core.leadership import RaterGroup
from observe.core.permissions import Person
from tests.browser import Browser
from tests.factories import School
from tests.rounds import answered, asked, closed, link, opened, some

TEAM, PEERS = RaterGroup.TEAM, RaterGroup.PEERS
LIST = "/leadership"
SECRET = "Only I would say heliotrope"


def answer(token: str, more: str = "") -> str:
    return f"{LIST}/answer/{token}{more}"


@pytest.fixture
def told(school: School) -> UUID:
    """Six of the team and two fellow leaders answered about the head, and the round has closed."""
    round_id, team, peers = opened(school), some(school, 6), [school["Ruth"], school["Margaret"]]
    asked(school, round_id, TEAM, team)
    asked(school, round_id, PEERS, peers)
    for each, level in zip(team, (1, 2, 2, 3, 3, 4), strict=True):
        answered(school, round_id, each, level, words="Be in lessons")
    for each in peers:
        answered(school, round_id, each, 1, words=SECRET)
    answered(school, round_id, school["Sion"], 4)
    closed(school, round_id)
    return round_id


def test_a_facilitator_opens_a_round_and_asks_a_team(browser: Browser, school: School) -> None:
    margaret = browser.sign_in(school["Margaret"])
    form = {"person": str(school["Sion"].id), "last_day": "2026-12-01"}
    page = margaret.post(LIST, follow=True, status=200, **form)
    assert "Who is asked about Siôn Prydderch" in page
    address = re.search(r'action="(/leadership/[^"]+)/ask"', page)
    assert address
    chosen = {"group": "team", "person": str(school["Catrin"].id)}
    asked_now = margaret.post(f"{address[1]}/ask", follow=True, status=200, **chosen)
    assert "1 person is asked." in asked_now
    assert "such groups are told of together" in asked_now


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"person": "", "last_day": "2026-12-01"}, "Choose a head or a team leader"),
        ({"last_day": ""}, "Choose the last day"),
        ({"last_day": "2026-11-18"}, "Choose a last day from"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(
    browser: Browser, school: School, form: dict[str, Any], says: str
) -> None:
    sent: dict[str, Any] = {"person": str(school["Sion"].id)} | form
    page = browser.sign_in(school["Margaret"]).post(LIST, status=400, **sent)
    assert says in page


def test_without_a_tick_nobody_is_asked(browser: Browser, school: School) -> None:
    round_id = opened(school)
    page = browser.sign_in(school["Margaret"]).post(
        f"{LIST}/{round_id}/ask", status=400, group="team"
    )
    assert "Tick who is asked." in page


def test_a_rater_answers_without_a_sign_in_and_finds_it_again(app: Flask, school: School) -> None:
    round_id, (one,) = opened(school), some(school, 1)
    asked(school, round_id, TEAM, [one])
    token, nobody = link(school, round_id, one), Browser(app)
    page = nobody.get(answer(token))
    assert "How Siôn Prydderch leads" in page
    assert "Nobody sees who answered what" in page
    nobody.post(answer(token, "/criteria/listens"), value="2")
    nobody.post(answer(token, "/words/keep"), words=SECRET)
    again = nobody.get(answer(token))
    assert 'id="v-listens-2" value="2" checked' in again
    assert SECRET in again
    assert "Thank you" in nobody.post(answer(token, "/done"), status=200)


def test_a_script_is_told_how_much_is_answered(app: Flask, school: School) -> None:
    round_id = opened(school)
    token = link(school, round_id, school["Sion"])
    answers = Browser(app)
    said = answers.client.post(
        answer(token, "/criteria/listens"),
        data={"value": "2"},
        headers={"Accept": "application/json"},
    )
    assert said.get_json() == {"saved": "Everything is saved. 1 of 8 answered."}


@pytest.mark.parametrize(
    ("more", "form", "status"),
    [
        ("/criteria/listens", {"value": "9"}, 400),
        ("/criteria/nothing", {"value": "2"}, 404),
        ("/words/nothing", {"words": "x"}, 404),
        ("/words/keep", {"words": "x" * 2_001}, 413),
    ],
)
def test_what_cannot_be_kept_is_refused(
    app: Flask, school: School, more: str, form: dict[str, Any], status: int
) -> None:
    token = link(school, opened(school), school["Sion"])
    Browser(app).post(answer(token, more), status=status, **form)


def test_a_link_that_opens_nothing_says_what_to_do(app: Flask, school: School) -> None:
    page = Browser(app).get(answer(f"{school.network_id}.wrong"), status=404)
    assert "Copy all of it" in page


def test_the_leader_reads_groups_of_five_and_nothing_of_smaller_ones(
    browser: Browser, school: School, told: UUID
) -> None:
    head = browser.sign_in(school["Sion"])
    page, file = head.get(f"{LIST}/{told}/report"), head.get(f"{LIST}/{told}/report.csv")
    assert "Not shown: Fellow leaders." in page
    assert "on 0 of 8 criteria your level is the middle of theirs" in page
    assert "Yours is higher on 8 and lower on none." in page
    assert page.count("Be in lessons") == 6
    assert "The team,6,direction,Keeps a clear direction,2,Now and then,2,4," in file
    assert SECRET not in page + file
    assert "Fellow" not in file


def test_before_it_closes_the_leader_reads_nothing(browser: Browser, school: School) -> None:
    round_id = opened(school)
    head = browser.sign_in(school["Sion"])
    assert "Answers are taken until" in head.get(LIST)
    for more in ("/report", "/report.csv", ""):
        head.get(f"{LIST}/{round_id}{more}", status=403)


def test_no_page_of_anybody_tells_what_a_group_of_fewer_than_five_gave(
    app: Flask, school: School, told: UUID
) -> None:
    """Whoever asks, whatever of the round: the words of two fellow leaders are nowhere."""
    pages = ("", "/report", "/report.csv")
    for who in school.people.values():
        browser = Browser(app).sign_in(who)
        for more in pages:
            shown = browser.client.get(f"{LIST}/{told}{more}").get_data(as_text=True)
            assert SECRET not in shown
        assert SECRET not in browser.client.get(LIST).get_data(as_text=True)


def test_whoever_is_asked_finds_the_question_under_feedback(app: Flask, school: School) -> None:
    round_id = opened(school)
    asked(school, round_id, TEAM, [school["Catrin"]])
    page = Browser(app).sign_in(school["Catrin"]).get("/feedback")
    assert "how does Siôn Prydderch lead?" in page


def test_a_round_is_closed_cancelled_and_moved_by_whoever_runs_it(
    browser: Browser, school: School
) -> None:
    margaret, round_id = browser.sign_in(school["Margaret"]), opened(school)
    asked(school, round_id, PEERS, [school["Ruth"]])
    moved = margaret.post(f"{LIST}/{round_id}/day", follow=True, status=200, last_day="2026-12-05")
    assert "Saturday 5 December" in moved
    person: Person = school["Ruth"]
    back = f"{LIST}/{round_id}/people/{person.id}/take-back"
    assert "asked no more" in margaret.post(back, follow=True, status=200)
    assert "has closed" in margaret.post(f"{LIST}/{round_id}/close", follow=True, status=200)
    again = opened(school, of="Helen")
    assert "is deleted" in margaret.post(f"{LIST}/{again}/cancel", follow=True, status=200)
