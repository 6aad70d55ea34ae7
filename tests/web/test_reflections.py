"""Reflections and one's own page of observing: pages that nobody but their author can open."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from observe.core.permissions import RoleKind
from observe.services import figures
from tests.browser import Browser
from tests.certifications import in_force
from tests.factories import PlannedLesson, School, a_lesson, a_person
from tests.observing import together
from tests.talks import a_talk, same, seal

SECRET = "I looked at the clock"
TO_TRY = "Sit where I see faces"
WORDS: dict[str, Any] = {"looked_at": SECRET, "missed": "", "next_time": TO_TRY, "revision": "0"}


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    return a_talk(school, {"Sion": same(), "Ruth": same()})


def write(browser: Browser, school: School, lesson: PlannedLesson, who: str = "Sion") -> Browser:
    writer = browser.sign_in(school[who])
    writer.post(f"/pairs/{lesson.id}/reflection", **WORDS)
    return writer


def test_what_one_writes_stands_on_its_page_and_on_ones_own(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    writer = write(browser, school, lesson)
    for address in (f"/pairs/{lesson.id}/reflection", "/observing"):
        assert SECRET in writer.get(address)


def test_nobody_else_reads_a_word_of_it_anywhere(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    write(browser, school, lesson)
    for who in ("Ruth", "Helen", "Catrin", "Margaret"):
        reader = browser.sign_in(school[who])
        for rule in browser.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.arguments <= {"lesson_id", "person_id"}:
                named = {"lesson_id": lesson.id, "person_id": school["Sion"].id}
                with browser.app.test_request_context():
                    url = rule.build({key: str(named[key]) for key in rule.arguments})[1]  # type: ignore[index]
                answer = reader.client.get(url, follow_redirects=True)
                text = unescape(answer.data.decode(errors="replace"))
                assert SECRET not in text, (who, url)
                assert TO_TRY not in text, (who, url)


def test_the_talk_leads_to_it_and_shows_no_word_of_it(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = write(browser, school, lesson).get(f"/pairs/{lesson.id}")
    assert f"/pairs/{lesson.id}/reflection" in page
    assert SECRET not in page


def test_a_partner_opens_an_empty_one_of_their_own(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    write(browser, school, lesson)
    page = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}/reflection")
    assert "What did I look at most?" in page
    assert "Delete this reflection" not in page


def test_before_the_reveal_there_is_none(browser: Browser, school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, lesson, "Sion")
    writer = browser.sign_in(school["Sion"])
    writer.get(f"/pairs/{lesson.id}/reflection", status=403)
    writer.post(f"/pairs/{lesson.id}/reflection", status=403, **WORDS)


def test_a_script_saves_while_one_types(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    writer, url = browser.sign_in(school["Sion"]), f"/pairs/{lesson.id}/reflection"
    asks = {"Accept": "application/json"}
    first = writer.client.post(url, data=WORDS, headers=asks)
    assert first.json
    assert first.json["revision"] == 1
    again = writer.client.post(url, data=WORDS | {"missed": "All", "revision": "1"}, headers=asks)
    assert again.json
    assert again.json["revision"] == 2


def test_two_tablets_of_one_person_lose_no_word(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    writer = write(browser, school, lesson)
    other = WORDS | {"looked_at": "I looked at the books"}
    page = writer.post(f"/pairs/{lesson.id}/reflection", status=412, **other)
    assert SECRET in page
    assert "I looked at the books" in page
    writer.post(f"/pairs/{lesson.id}/reflection", **other | {"revision": "1"})
    assert SECRET not in writer.get("/observing")


def test_what_is_deleted_stands_in_the_form_once_more(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    writer = write(browser, school, lesson)
    page = writer.post(f"/pairs/{lesson.id}/reflection/delete", status=200)
    assert "Deleted." in page
    assert SECRET in page
    assert SECRET not in writer.get(f"/pairs/{lesson.id}/reflection")
    writer.post(f"/pairs/{lesson.id}/reflection", **WORDS)
    assert SECRET in writer.get(f"/pairs/{lesson.id}/reflection")


def test_what_to_try_stands_on_today_and_beside_the_next_pair_until_it_is_ticked_off(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    soon = datetime.now(UTC) + timedelta(hours=3)
    coming = a_lesson(school, starts_at=soon)
    alone = a_lesson(school, observers=("Sion",), starts_at=soon + timedelta(hours=2))
    writer = write(browser, school, lesson)
    assert TO_TRY in writer.get("/")
    assert TO_TRY in writer.get(f"/lessons/{coming.id}")
    assert TO_TRY not in writer.get(f"/lessons/{alone.id}")
    assert TO_TRY not in browser.sign_in(school["Ruth"]).get(f"/lessons/{coming.id}")
    ticked: dict[str, Any] = {"done": "yes", "lesson": str(coming.id)}
    writer.post(f"/pairs/{lesson.id}/reflection/tried", **ticked)
    assert TO_TRY not in writer.get("/")
    assert "ticked off" in writer.get("/observing")


def test_a_tick_leads_back_to_where_it_was_made_and_nowhere_else(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    writer, url = write(browser, school, lesson), f"/pairs/{lesson.id}/reflection/tried"
    ways = {"today": "/", "observing": "/observing", "//elsewhere.example": "/observing"}
    for back, place in ways.items():
        answer = writer.client.post(url, data={"done": "yes", "back": back})
        assert answer.headers["Location"] == place


def test_without_a_pair_the_own_page_says_what_will_be_there(
    browser: Browser, school: School
) -> None:
    page = browser.sign_in(school["Sion"]).get("/observing")
    assert "You have rated <b>no lesson yet</b> beside a partner" in page


def test_from_fewer_than_five_lessons_there_are_counts_and_no_figure(
    browser: Browser, school: School
) -> None:
    together(school, "Sion", "Ruth", 4)
    page = browser.sign_in(school["Sion"]).get("/observing")
    assert "<b>4 lessons</b> beside 1 partner. You gave the same level" in page
    assert "%" not in page.split("<main")[1]
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id) is None


def test_the_own_page_says_what_the_pages_of_the_figures_say(
    browser: Browser, school: School
) -> None:
    a_person(school, "David Kerr", RoleKind.ADVISER)
    together(school, "Sion", "Ruth", 6)
    together(school, "Sion", "David", 6)
    reader = browser.sign_in(school["Sion"])
    page = reader.get("/observing")
    assert "On 12 lessons you gave the same level as your 2 partners <b>" in page
    assert "luck alone gives about" in page
    line = page.split('class="observing-line"')[1].split("</div>")[0]
    assert re.findall(r"<text[^>]*>([^<]+)</text>", line) == ["0", "25", "50\u202f%", "75", "100"]
    assert "halo" not in page.casefold()
    for address in ("leniency", "over-time"):
        told = reader.get(f"/agreement/{address}").split('class="sentence', 1)[1]
        sentence = told.split(">", 1)[1].split("</p>", 1)[0]
        assert sentence in page, address


def test_the_own_page_says_where_one_stands_under_the_rule(
    browser: Browser, school: School
) -> None:
    together(school, "Sion", "Ruth", 5)
    in_force(school)
    page = browser.sign_in(school["Sion"]).get("/observing")
    assert "that count" in page.split('id="certificate"', 1)[1].split("</section>", 1)[0]


def test_one_is_the_first_to_open_ones_figures_there(browser: Browser, school: School) -> None:
    together(school, "Sion", "Ruth", 5)
    browser.sign_in(school["Sion"]).get("/observing")
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id)
        assert figures.opened_at(session, school["Ruth"].id) is None


def test_pairs_agreement_and_ones_own_page_lead_there(browser: Browser, school: School) -> None:
    reader = browser.sign_in(school["Sion"])
    for address in ("/me", "/pairs", "/agreement"):
        assert 'href="/observing"' in reader.get(address), address
    assert 'href="/observing"' not in browser.sign_in(school["Margaret"]).get("/me")
