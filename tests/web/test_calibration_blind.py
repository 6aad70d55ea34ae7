"""Who reads the records of a pair once they are open, and who never does."""

from itertools import product

import pytest

from observe.core.permissions import RoleKind
from observe.services import revealing
from observe.storage.tables.lessons import Observation
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_person
from tests.talks import LATER, Noted, a_talk, begun, same, seal

MARKERS = {name: f"MARKER-OF-{name.upper()}" for name in ("Sion", "Ruth")}
EVERYBODY = ("Sion", "Ruth", "Helen", "Catrin", "Margaret", "Peter", "Mair")


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    notes = {name: [Noted(marker)] for name, marker in MARKERS.items()}
    return a_talk(school, {"Sion": same(), "Ruth": same(level=1)}, notes=notes, sealed=False)


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
