"""Two people in a talk: scripts moved in time, feedback picked apart, news of a partner, one tablet, a group."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from observe.core.permissions import RoleKind
from observe.services import revealing
from observe.storage import pairs
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Pair
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_person, a_sign_in
from tests.talks import LATER, Noted, a_talk, begun, same

GIVEN = {"Sion": same() | {"routines": 1}, "Ruth": same() | {"routines": 4, "behaviour": 2}}
NOTES = {
    "Sion": [Noted("Books out.", 2, ("routines",)), Noted("Nobody begins.", 30, ())],
    "Ruth": [Noted("Books out, quick.", 9, ("routines",))],
}
PASSWORD = "plum boat lantern 7"


@pytest.fixture(autouse=True)
def _this_week() -> Iterator[None]:
    with time_machine.travel(LATER + timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    return a_talk(school, GIVEN, notes=NOTES)


def done(school: School, did: str) -> int:
    with school.database.read(school.network_id) as session:
        return session.query(HistoryLine).filter(HistoryLine.did == did).count()


def times(page: str) -> list[str]:
    return re.findall(r'<p class="t"><span>([\d:]+)</span>', page.split('id="c-')[0])


def test_a_script_is_moved_by_its_own_observer_and_back_again(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    ruth = browser.sign_in(school["Ruth"])
    url = f"/pairs/{lesson.id}"
    assert times(ruth.get(url)) == ["10:07", "10:14", "10:35"]
    ruth.post(f"{url}/shift", minutes="-7")
    page = browser.sign_in(school["Sion"]).get(url)
    assert times(page) == ["10:07", "10:35"]
    assert "Ruth's lines are shown 7 minutes earlier than noted" in page
    ruth.post(f"{url}/shift", minutes="0")
    assert times(ruth.get(url)) == ["10:07", "10:14", "10:35"]
    assert done(school, "script shifted") == 2


def test_after_a_move_one_tap_undoes_it(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    ruth = browser.sign_in(school["Ruth"])
    page = ruth.post(f"/pairs/{lesson.id}/shift", minutes="5", follow=True, status=200)
    assert "Your lines lie 5 minutes later now." in page
    assert re.search(r'name="minutes" value="0">Undo', page)


@pytest.mark.parametrize("minutes", ["91", "-91", "soon", ""])
def test_a_script_is_moved_by_ninety_minutes_at_most(
    browser: Browser, school: School, lesson: PlannedLesson, minutes: str
) -> None:
    ruth = browser.sign_in(school["Ruth"])
    page = ruth.post(f"/pairs/{lesson.id}/shift", minutes=minutes, status=400)
    assert "at most 90 minutes" in page
    assert done(school, "script shifted") == 0


def test_a_finished_talk_moves_nothing_and_picks_nothing(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    for name in ("Sion", "Ruth"):
        browser.sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/shift", minutes="3", status=409)
    picks: dict[str, Any] = {"strength": "routines", "next_step": "behaviour"}
    head.post(f"/pairs/{lesson.id}/feedback", status=409, **picks)
    assert "Not everybody picked" in head.get(f"/pairs/{lesson.id}")


def pick(
    browser: Browser, school: School, lesson: PlannedLesson, who: str, strength: str, step: str
) -> Browser:
    person = browser.sign_in(school[who])
    person.post(f"/pairs/{lesson.id}/feedback", strength=strength, next_step=step)
    return person


def test_what_each_would_tell_the_teacher_stays_closed_until_both_have_picked(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    before = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    pick(browser, school, lesson, "Sion", "relationships", "expectations")
    ruth = browser.sign_in(school["Ruth"])
    token = re.compile(r'name="csrf_token" value="[^"]*"')
    assert token.sub("", ruth.get(f"/pairs/{lesson.id}")) == token.sub("", before)
    news = ruth.client.get(f"/pairs/{lesson.id}/news").get_data(as_text=True)
    pick(browser, school, lesson, "Sion", "behaviour", "expectations")
    assert ruth.client.get(f"/pairs/{lesson.id}/news").get_data(as_text=True) == news


def test_both_read_whether_they_picked_the_same(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = pick(browser, school, lesson, "Sion", "relationships", "routines")
    assert "Closed until Ruth Adeyemi picks too" in head.get(f"/pairs/{lesson.id}")
    pick(browser, school, lesson, "Ruth", "behaviour", "routines")
    page = head.get(f"/pairs/{lesson.id}")
    assert "You both chose Routines and time as next step." in page
    assert "Siôn: Relationships and respect" in page
    picks: dict[str, Any] = {"strength": "routines", "next_step": "behaviour"}
    head.post(f"/pairs/{lesson.id}/feedback", status=409, **picks)
    head.post(f"/pairs/{lesson.id}/feedback/take-back", status=409)


def test_a_pick_is_taken_back_while_it_is_closed_and_names_two_criteria(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    twice: dict[str, Any] = {"strength": "routines", "next_step": "routines"}
    assert "Choose two criteria" in head.post(f"/pairs/{lesson.id}/feedback", status=400, **twice)
    pick(browser, school, lesson, "Sion", "relationships", "routines")
    head.post(f"/pairs/{lesson.id}/feedback/take-back")
    assert "Pick both" in head.get(f"/pairs/{lesson.id}")


def test_before_a_talk_is_finished_one_reads_that_the_picks_close_with_it(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    def told(who: str) -> str:
        page = browser.sign_in(school[who]).get(f"/pairs/{lesson.id}")
        return page.split('id="finish"')[1].split("</section>")[0]

    lost = "Once the talk is finished nobody can pick any more"
    assert "You have not picked what you would tell the teacher." in told("Ruth")
    pick(browser, school, lesson, "Sion", "relationships", "routines")
    assert "Ruth Adeyemi has not picked yet" in told("Sion")
    assert "You have not picked" in told("Ruth")
    assert all(lost in told(who) for who in ("Sion", "Ruth"))
    pick(browser, school, lesson, "Ruth", "behaviour", "routines")
    assert lost not in told("Sion")


@pytest.mark.parametrize(("lessons", "sure"), [(4, False), (5, True)])
def test_two_peoples_page_says_how_often_they_would_tell_the_same(
    browser: Browser, school: School, lessons: int, sure: bool
) -> None:
    for day in range(lessons):
        held = a_talk(school, GIVEN, at=LATER - timedelta(days=day))
        pick(browser, school, held, "Sion", "relationships", "routines")
        step = "routines" if day else "behaviour"
        pick(browser, school, held, "Ruth", "relationships", step)
    alone = a_talk(school, GIVEN, at=LATER - timedelta(days=9))
    head = pick(browser, school, alone, "Sion", "relationships", "routines")
    page = head.get(f"/agreement/with/{school['Ruth'].id}")
    told = f"the same strength on {lessons}, the same next step on {lessons - 1}."
    assert f"On {lessons} lessons you and Ruth both picked" in page
    assert told in page
    assert ("Over many lessons" in page) == sure


def test_a_page_that_lies_open_learns_what_a_partner_saved(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    url = f"/pairs/{lesson.id}"
    ruth = browser.sign_in(school["Ruth"])
    first = ruth.client.get(f"{url}/news")
    same_again = {"If-None-Match": first.headers["ETag"]}
    assert ruth.client.get(f"{url}/news", headers=same_again).status_code == 304
    browser.sign_in(school["Sion"]).post(f"{url}/agree/routines", agreed="3", revision="0")
    told = ruth.client.get(f"{url}/news", headers=same_again).get_json()["news"]
    (routines,) = [each for each in told if each["place"] == "c-routines"]
    assert routines["words"] == "Siôn saved 1b Routines and time: agreed: 3 Secure."
    assert not routines["mine"]
    assert f'id="c-routines" data-mark="{routines["mark"]}"' in ruth.get(url)


def test_a_partner_at_the_same_tablet_finishes_with_their_own_password(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    a_sign_in(school, "Ruth", PASSWORD)
    head = browser.sign_in(school["Sion"])
    url = f"/pairs/{lesson.id}/close/{school['Ruth'].id}"
    page = head.post(url, status=400, password="not hers at all")
    assert "not Ruth Adeyemi&#39;s password" in page
    head.post(url, password=PASSWORD)
    assert "Ruth Adeyemi says it is finished" in head.get(f"/pairs/{lesson.id}")
    head.post(f"/pairs/{lesson.id}/close")
    with school.database.read(school.network_id) as session:
        assert pairs.find(session, lesson.id).state == "closed"
        assert pairs.taps(session, lesson.id) == {school["Sion"].id, school["Ruth"].id}


def test_wrong_passwords_at_the_table_count_as_at_signing_in(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    a_sign_in(school, "Ruth", PASSWORD)
    head = browser.sign_in(school["Sion"])
    url = f"/pairs/{lesson.id}/close/{school['Ruth'].id}"
    for _ in range(5):
        head.post(url, status=400, password="guessed wrong again")
    head.post(url, status=400, password=PASSWORD)
    with school.database.read(school.network_id) as session:
        assert pairs.taps(session, lesson.id) == set()


def test_nobody_finishes_for_somebody_who_did_not_observe(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    a_sign_in(school, "Helen", PASSWORD)
    head = browser.sign_in(school["Sion"])
    url = f"/pairs/{lesson.id}/close/{school['Helen'].id}"
    head.post(url, status=404, password=PASSWORD)


def test_before_a_group_no_name_is_shown_and_no_form_unless_asked(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    url = f"/pairs/{lesson.id}?show=group&at=routines"
    page = head.get(url)
    for name in ("Siôn", "Prydderch", "Ruth", "Adeyemi", "Catrin", "Morley"):
        assert name not in page, name
    assert "Observer A" in page
    assert "<form" not in page
    assert "<form" in head.get(f"{url}&write=yes")
    assert 'rel="next"' in page
    form = {"agreed": "3", "revision": "0", "show": "group"}
    answer = head.client.post(f"/pairs/{lesson.id}/agree/routines", data=form)
    assert "show=group" in answer.headers["Location"]


def test_levels_are_told_only_on_a_tap_and_after_the_rubrics_words(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}?at=routines")
    part = page.split('id="c-routines"')[1].split("</form>")[0]
    order = [part.index(words) for words in ("Books out.", 'class="scale4', "Show the levels")]
    assert order == sorted(order)
    folded = part.split('<details class="fold show-levels">')[1].split("</details>")[0]
    assert "Siôn gave" in folded
    assert "gave" not in part.replace(folded, "")


def test_three_observers_have_three_columns_and_their_own_words(
    browser: Browser, school: School
) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    given = {**GIVEN, "Peter": {"relationships": 3, "routines": 2}}
    lesson = a_talk(school, given, notes=NOTES)
    page = browser.sign_in(school["Peter"]).get(f"/pairs/{lesson.id}")
    assert 'class="axis axis-3"' in page
    assert "All scripts" in page
    assert "2 of 3 saw it" in page
    assert "not seen by all of you" in page
    assert page.count("sits here and has no tablet") == 2
    pick(browser, school, lesson, "Sion", "relationships", "routines")
    peter = pick(browser, school, lesson, "Peter", "relationships", "behaviour")
    assert "Closed until Ruth Adeyemi picks too" in peter.get(f"/pairs/{lesson.id}")
    pick(browser, school, lesson, "Ruth", "relationships", "routines")
    assert "All of you chose Relationships and respect as strength." in peter.get(
        f"/pairs/{lesson.id}"
    )


def test_after_the_reveal_one_of_three_withdraws_and_the_two_go_on(
    browser: Browser, school: School
) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    lesson = a_talk(school, {**GIVEN, "Peter": same(level=1)}, notes={"Peter": [Noted("MINE")]})
    pick(browser, school, lesson, "Peter", "relationships", "routines")
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Peter"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
    assert "Books out" not in browser.sign_in(school["Peter"]).client.get(
        f"/pairs/{lesson.id}"
    ).get_data(as_text=True)
    assert (
        browser.sign_in(school["Peter"]).client.get(f"/pairs/{lesson.id}/news").status_code == 403
    )
    head = pick(browser, school, lesson, "Sion", "relationships", "routines")
    assert "Closed until Ruth Adeyemi picks too" in head.get(f"/pairs/{lesson.id}")
    for name in ("Sion", "Ruth"):
        browser.sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    with school.database.read(school.network_id) as session:
        assert session.get_one(Pair, (session.network_id, lesson.id)).state == "closed"


def test_a_pair_that_was_opened_early_is_talked_about_and_never_counted(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, GIVEN, notes=NOTES, sealed=False)
    browser.sign_in(school["Helen"]).post(f"/pairs/{lesson.id}/open-early")
    pick(browser, school, lesson, "Sion", "relationships", "routines")
    head = pick(browser, school, lesson, "Ruth", "relationships", "routines")
    page = head.get(f"/pairs/{lesson.id}")
    assert "they are in none of your figures" in page
    assert "You both chose" in page
    assert "both picked" not in head.get(f"/agreement/with/{school['Sion'].id}")
