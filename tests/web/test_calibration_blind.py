"""Before the reveal nothing of a record reaches anybody but its author, on any page of pairs and figures."""

import re
from collections.abc import Iterator
from itertools import product
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from observe.core.permissions import RoleKind
from observe.services import revealing
from observe.storage.tables.lessons import Observation
from observe.storage.tables.records import RecordField
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_person
from tests.talks import LATER, Noted, a_talk, begun, same, seal

MARKERS = {name: f"MARKER-OF-{name.upper()}" for name in ("Sion", "Ruth")}
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
WRITES = ("agree/", "close", "third", "feedback", "shift", "reflection")
EVERYBODY = ("Sion", "Ruth", "Helen", "Catrin", "Margaret", "Peter", "Mair")


FILTERS = "who={who}&term=autumn-2026&criterion=relationships&school={school}"
WHOSE = ("me", "all")


def narrowed(app: Flask, school: School) -> Iterator[str]:
    """The pages and files of figures with every filter that an address can name."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("calibration.") and not rule.arguments:
                url = rule.build({})[1]  # type: ignore[index]
                for who in WHOSE if url.startswith("/agreement") else ():
                    yield f"{url}?{FILTERS.format(who=who, school=school.school_id)}"


def pages(app: Flask, lesson_id: UUID, person_id: UUID) -> Iterator[str]:
    """Every page of pairs and figures, whoever it is for."""
    key = "relationships"
    named = {"lesson_id": lesson_id, "person_id": person_id, "precedent_id": lesson_id}
    named |= dict.fromkeys(("exercise_id", "taking_id", "group_id"), lesson_id)
    arguments = {**named, "criterion": key, "key": key}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("calibration."):
                yield rule.build({k: str(arguments[k]) for k in rule.arguments})[1]  # type: ignore[index]


def answers(browser: Browser, school: School, lesson: PlannedLesson, who: str) -> dict[str, bytes]:
    """What one person is answered everywhere, to reading and to writing, without the form's token."""
    reader = browser.sign_in(school[who])
    form = {"agreed": "3", "revision": "0"}
    found = {}
    for other in MARKERS:
        for page in pages(browser.app, lesson.id, school[other].id):
            found[f"GET {page}"] = TOKEN.sub(b"", reader.client.get(page).data)
            if any(act in page for act in WRITES):
                found[f"POST {page}"] = reader.client.post(page, data=form).data
    for page in narrowed(browser.app, school):
        found[f"GET {page}"] = TOKEN.sub(b"", reader.client.get(page).data)
    return found


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    notes = {name: [Noted(marker)] for name, marker in MARKERS.items()}
    return a_talk(school, {"Sion": same(), "Ruth": same(level=1)}, notes=notes, sealed=False)


@pytest.fixture(params=["nobody", "Sion", "Ruth"])
def sealed_by(request: pytest.FixtureRequest, school: School, lesson: PlannedLesson) -> str:
    """Nobody has sealed yet, or one of the two."""
    who = str(request.param)
    if who != "nobody":
        with school.database.write(school.network_id) as session:
            seal(session, lesson, who)
    return who


def test_no_page_holds_a_word_of_a_record_before_the_reveal(
    browser: Browser, school: School, lesson: PlannedLesson, sealed_by: str
) -> None:
    for who in EVERYBODY:
        for page, text in answers(browser, school, lesson, who).items():
            for marker in MARKERS.values():
                assert marker.encode() not in text, (sealed_by, who, page)


def test_no_byte_of_a_page_depends_on_what_a_partner_rated(
    browser: Browser, school: School, lesson: PlannedLesson, sealed_by: str
) -> None:
    before = [answers(browser, school, lesson, who) for who in EVERYBODY]
    with school.database.write(school.network_id) as session:
        table = RecordField
        query = update(table).where(table.network_id == school.network_id)
        session.execute(query.where(table.field.like("rating/%")).values(value="4"))
    assert [answers(browser, school, lesson, who) for who in EVERYBODY] == before


def test_after_the_reveal_only_the_observers_read_the_records(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    with school.database.write(school.network_id) as session:
        for name in MARKERS:
            seal(session, lesson, name)
    for who, marker in product(EVERYBODY, MARKERS.values()):
        text = browser.sign_in(school[who]).client.get(f"/pairs/{lesson.id}").data
        assert (marker.encode() in text) == (who in MARKERS), who


def test_whoever_withdrew_never_sees_the_others(browser: Browser, school: School) -> None:
    notes = {name: [Noted(marker)] for name, marker in MARKERS.items()}
    given = {"Sion": same(), "Ruth": same(), "Helen": same()}
    three = a_talk(school, given, notes=notes, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, three, "Sion")
        seal(session, three, "Ruth")
        begun(session, three.observations["Helen"], state="withdrawn")
        revealing.reveal(session, three.id, at=LATER)
    page = browser.sign_in(school["Helen"]).get(f"/pairs/{three.id}")
    assert not [marker for marker in MARKERS.values() if marker in page]
    assert "Show the levels" not in page


def test_another_network_does_not_know_the_pair(
    browser: Browser, school: School, lesson: PlannedLesson, database: object
) -> None:
    from tests.factories import a_network

    stranger = a_network(school.database, name="A third network")["Sion"]
    browser.sign_in(stranger).get(f"/pairs/{lesson.id}", status=404)
    browser.sign_in(stranger).get(f"/agreement/with/{school['Sion'].id}", status=404)


def test_a_waived_partner_sees_nothing(browser: Browser, school: School) -> None:
    notes = {name: [Noted(marker)] for name, marker in MARKERS.items()}
    given = {"Sion": same(), "Ruth": same(), "Helen": same()}
    three = a_talk(school, given, notes=notes, sealed=False)
    with school.database.write(school.network_id) as session:
        seal(session, three, "Sion")
        seal(session, three, "Helen")
        row = session.get_one(Observation, (session.network_id, three.observations["Ruth"]))
        assert row.waived_at is None
        revealing.waive(session, three.id, school["Ruth"].id, by=school["Helen"], at=LATER)
    answer = browser.sign_in(school["Ruth"]).client.get(f"/pairs/{three.id}")
    assert MARKERS["Sion"].encode() not in answer.data
