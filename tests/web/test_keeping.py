"""What is kept, on its pages; and after somebody is erased no page, file or search tells of them."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import people, replying
from observe.storage import erased_keys, erasures, summaries
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Observation
from tests.browser import Browser
from tests.factories import NOW, PlannedLesson, School, a_person
from tests.letters import LATER, read
from tests.talks import a_talk, same
from tests.web.test_blind import filled

MARKS = ("Morley", "PEACOCKS", "Books are open before", "catrin.")
TIMES: dict[str, Any] = {
    "notes": 13,
    "summaries": 36,
    "mails": 13,
    "visits": 13,
    "read_log": 24,
    "history": 72,
}


@pytest.fixture
def rhian(school: School) -> School:
    """Rhian holds data protection."""
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    return school


@pytest.fixture
def left(rhian: School) -> PlannedLesson:
    """Catrin answered a summary, named herself, and has left."""
    school = rhian
    summary_id = read(school)
    with school.database.write(school.network_id) as session:
        told = "I see it otherwise: PEACOCKS. Catrin Morley"
        replying.reply(session, summary_id, told, differs=True, by=school["Catrin"], at=LATER)
        lesson_id = summaries.row(session, summary_id).lesson_id
        people.leave(session, school["Catrin"].id, by=school["Margaret"], at=NOW)
    a_talk(school, {"Sion": same(), "Ruth": same()}, teacher="Aisha")
    return PlannedLesson(lesson_id, {"Sion": summary_id})


def told(
    app: Flask, school: School, lesson: PlannedLesson, *readers: str
) -> Iterator[tuple[str, str]]:
    """(who and where, text) of every address that can be fetched, for these readers."""
    ids = [lesson.id, lesson.observations["Sion"], school["Catrin"].id]
    for who in readers:
        visitor = Browser(app).sign_in(school[who])
        for url in {
            url for rule in pages(app) for each in ids for url in filled(rule, [each], school)
        }:
            answer = visitor.client.get(url)
            assert answer.status_code < 500, f"{who} {url}"
            yield f"{who} {url}", _plain(answer.get_data())
            answer.close()


def pages(app: Flask) -> list[Rule]:
    """Every address that can be fetched, but for one that has the name as an example."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    return [rule for rule in rules if rule.endpoint not in ("people.paste", "static")]


def _plain(body: bytes) -> str:
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="replace")


def test_after_an_erasure_no_page_file_or_search_tells_of_the_person(
    app: Flask, rhian: School, left: PlannedLesson
) -> None:
    before = [text for _, text in told(app, rhian, left, "Sion")]
    assert all(any(mark in text for text in before) for mark in MARKS[:3])
    page = Browser(app).sign_in(rhian["Rhian"])
    url = f"/people/{rhian['Catrin'].id}/erase"
    assert "in 1 place" in page.post(url, do="look", others="PEACOCKS", status=200)
    found = page.post(url, do="erase", typed="Catrin Morley", follow=True, status=200)
    assert "A person was erased" in found
    assert "nothing of it lies in the files" in found
    after = dict(told(app, rhian, left, "Sion", "Helen", "Margaret"))
    for where, text in after.items():
        assert [mark for mark in MARKS if mark in text] == [], where
    assert any("A former colleague" in text for text in after.values())


def test_a_name_must_be_typed_and_the_person_must_have_left(
    browser: Browser, rhian: School
) -> None:
    page = browser.sign_in(rhian["Rhian"])
    url = f"/people/{rhian['Catrin'].id}/erase"
    assert "Mark them as having left first" in page.get(url)
    page.post(url, do="erase", typed="Catrin Morley", status=409)
    with rhian.database.write(rhian.network_id) as session:
        people.leave(session, rhian["Catrin"].id, by=rhian["Margaret"], at=NOW)
    assert "Type the name" in page.post(url, do="erase", typed="Catrin", status=400)
    assert "too short" in page.post(url, do="look", others="C", status=400)
    assert "Catrin Morley" in page.get("/people/keeping?q=morley")


def test_who_was_erased_is_not_brought_back(browser: Browser, rhian: School) -> None:
    whom = rhian["Catrin"].id
    with rhian.database.write(rhian.network_id) as session:
        people.leave(session, whom, by=rhian["Margaret"], at=NOW)
    browser.sign_in(rhian["Rhian"]).post(
        f"/people/{whom}/erase", do="erase", typed="catrin morley", status=302
    )
    margaret = browser.sign_in(rhian["Margaret"])
    assert "was erased" in margaret.post(f"/people/{whom}/return", status=409)
    assert "Bring back" not in margaret.get(f"/people/{whom}")


def test_a_facilitator_chooses_how_long_and_does_not_erase(browser: Browser, rhian: School) -> None:
    page = browser.sign_in(rhian["Margaret"])
    assert "Proposed: 13 months." in page.get("/people/keeping")
    page.post("/people/keeping", revision=0, **{**TIMES, "notes": 24})
    assert re.search(r'<option value="24" selected>24 months', page.get("/people/keeping"))
    page.post("/people/keeping", revision=0, **TIMES, status=412)
    assert "between 6 months" in page.post(
        "/people/keeping", revision=1, **{**TIMES, "notes": 99}, status=400
    )
    page.post("/people/keeping/run", typed="erase", status=403)
    assert "Nothing would be erased" in page.get("/people/keeping/due")


def test_what_is_over_is_listed_and_erased_by_whoever_holds_data_protection(
    browser: Browser, rhian: School
) -> None:
    long_ago = NOW.replace(year=NOW.year - 2)
    read(rhian, starts_at=long_ago, at=long_ago)
    with rhian.database.write(rhian.network_id) as session:
        for seat in _seats(session):
            seat.sealed_at = long_ago
    page = browser.sign_in(rhian["Rhian"])
    assert "What is kept" in page.get("/me")
    listed = page.get("/people/keeping/due")
    assert "Notes in 2 records" in listed
    assert "Catrin Morley" in listed
    assert "Type the word" in page.post("/people/keeping/run", typed="yes", status=400)
    found = page.post("/people/keeping/run", typed="Erase", follow=True, status=200)
    assert "2 records lost their notes; their levels stay" in found
    with rhian.database.read(rhian.network_id) as session:
        assert [row.by for row in erasures.listed(session, most=3)] == [rhian["Rhian"].id]


def _seats(session: NetworkSession) -> Sequence[Observation]:
    return session.scalars(select(Observation)).all()


def test_who_is_back_with_an_older_copy_is_shown_to_whoever_may_erase(
    browser: Browser, rhian: School
) -> None:
    whom, number = rhian["Catrin"].id, new_id(NOW)
    with rhian.database.write(rhian.network_id) as session:
        people.leave(session, whom, by=rhian["Margaret"], at=NOW)
        erased_keys.note_again(session, whom, number, NOW)
    assert "once more" not in browser.sign_in(rhian["Margaret"]).get("/people/keeping")
    page = browser.sign_in(rhian["Rhian"])
    found = page.get("/people/keeping")
    assert "To be erased once more" in found
    assert str(number) in found
    page.post(f"/people/{whom}/erase", do="erase", typed="catrin morley", status=302)
    assert "once more" not in page.get("/people/keeping")


def test_a_facilitator_reads_who_exports_and_deletes(browser: Browser, school: School) -> None:
    page = browser.sign_in(school["Margaret"])
    assert "nobody does yet" in page.get("/people/network")
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    assert "Rhian Data holds data protection" in page.get("/people/network")
