"""The pages of leadership feedback: who is asked, how one answers, and what the leader reads."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from observe.core.leadership import RaterGroup
from observe.core.permissions import Person
from observe.services import links
from observe.storage import leadership as kept
from tests.browser import Browser
from tests.factories import NOW, School
from tests.rounds import KEY, answered, asked, closed, link, opened, some

pytestmark = pytest.mark.usefixtures("some_days_later")

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


def test_who_can_be_asked_stands_with_their_school(browser: Browser, school: School) -> None:
    margaret = browser.sign_in(school["Margaret"])
    page = margaret.get(f"{LIST}/{opened(school)}")
    assert "<span>Catrin Morley<small>Thornbeck Primary</small></span>" in page
    assert ">Helen Marsh, Thornbeck Primary</option>" in margaret.get(LIST)


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


def test_a_rater_answers_without_a_sign_in_and_is_thanked(app: Flask, school: School) -> None:
    round_id, (one,) = opened(school), some(school, 1)
    asked(school, round_id, TEAM, [one])
    token, nobody = link(school, round_id, one), Browser(app)
    page = nobody.get(answer(token))
    assert "How Siôn Prydderch leads" in page
    assert "Nobody sees who answered what" in page
    sent: dict[str, Any] = {"level-listens": "2", "words-keep": SECRET}
    assert "Thank you" in nobody.post(answer(token), follow=True, status=200, **sent)
    assert given(school, round_id) == [({"listens": 2}, {"keep": SECRET})]


def given(school: School, round_id: UUID) -> list[tuple[Any, Any]]:
    with school.database.read(school.network_id) as session:
        return [(each.values, each.words) for each in kept.answers(session, round_id)]


def test_an_answer_takes_the_place_of_an_earlier_one_and_can_be_taken_back(
    app: Flask, school: School
) -> None:
    round_id, (one,) = opened(school), some(school, 1)
    asked(school, round_id, TEAM, [one])
    token, nobody = link(school, round_id, one), Browser(app)
    first: dict[str, Any] = {"level-listens": "2", "level-direction": "1"}
    nobody.post(answer(token), **first)
    later: dict[str, Any] = {"level-listens": "not_seen"}
    nobody.post(answer(token), **later)
    assert given(school, round_id) == [({"listens": "not_seen"}, {})]
    page = nobody.post(answer(token, "/take-back"), follow=True, status=200)
    assert "Nothing that was sent by this link is counted now." in page
    assert given(school, round_id) == []


def test_who_takes_over_a_rater_by_a_sign_in_link_reads_nothing_of_what_they_answered(
    app: Flask, school: School
) -> None:
    """The page is the same to the letter as before anything was answered."""
    app.config["SECRET_KEY"] = KEY
    round_id = opened(school)
    asked(school, round_id, TEAM, [school["Catrin"]])
    path = answer(link(school, round_id, school["Catrin"]))
    before = page_of(Browser(app).get(path))
    answered(school, round_id, school["Catrin"], 2, words=SECRET)
    with school.database.write(school.network_id) as session:
        made = links.make(session, school["Catrin"].id, by=school["Margaret"], at=NOW)
    taken, word = Browser(app), "plum boat lantern 7"
    taken.post(links.path(made), password=word, again=word)
    assert path in taken.get(LIST)
    page = taken.get(path)
    assert SECRET not in page
    assert page_of(page) == before


def page_of(page: str) -> str:
    """A page without its token against forged forms, which is another each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({"level-listens": "9", "words-keep": SECRET}, 400, SECRET),
        ({"level-nothing": "2"}, 404, "not asked about"),
        ({"words-nothing": "x"}, 404, "not asked about"),
        ({"words-keep": "x" * 2_001, "level-listens": "2"}, 413, 'value="2" checked'),
        ({"words-keep": " "}, 400, "nothing to send yet"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(
    app: Flask, school: School, form: dict[str, Any], status: int, says: str
) -> None:
    round_id = opened(school)
    token = link(school, round_id, school["Sion"])
    page = Browser(app).post(answer(token), status=status, **form)
    assert says in (page if isinstance(page, str) else page.get_data(as_text=True))
    assert given(school, round_id) == []


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


def test_whoever_ran_a_round_reads_when_it_was_and_when_the_next_can_open(
    browser: Browser, school: School, told: UUID
) -> None:
    page = browser.sign_in(school["Margaret"]).get(f"{LIST}/{told}")
    for words in ("Leading well", "Margaret Obi", "from Sunday 16 May", "Every answer"):
        assert words in page, words


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
