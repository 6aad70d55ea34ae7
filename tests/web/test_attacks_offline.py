"""What is sent from far away, or by somebody else, cannot be used to read, forge or break anything."""

import base64
import gzip
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from observe.core.ids import new_id
from observe.core.permissions import Person, Role, RoleKind
from observe.storage.tables import people
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Observation
from tests.browser import Browser
from tests.factories import NOW, PlannedLesson, School, a_lesson
from tests.tablet import Sent, Tablet
from tests.wire import Wire, a_wire

RATING = "rating/questioning/whole"


def unplanned(school: School, tablet: Tablet, **lesson: object) -> Sent:
    """The `open` of a lesson of Catrin's that nobody planned."""
    told = {
        "lesson_id": str(uuid4()),
        "kind": "lesson",
        "school": str(school.school_id),
        "teacher": str(school["Catrin"].id),
        "class": None,
        "starts_at": NOW.isoformat(),
        "rubric": tablet.rubric,
    }
    return tablet.make("open", value={"lesson": told | lesson, "pair_code": "BCDFGH"})


def begun(app: Flask, school: School, name: str, **lesson: object) -> tuple[Wire, Sent]:
    """Somebody's tablet with a lesson that nobody planned, and what became of its `open`."""
    wire = a_wire(app, school[name], new_id(NOW), rubric=school.rubrics["teaching-framework"])
    return wire, wire.send(unplanned(school, wire.tablet, **lesson))["results"][0]


def sealed(wire: Wire, level: int) -> None:
    told = wire.send(wire.tablet.set(RATING, level))
    stated = {"state_hash": told["records"][0]["state_hash"]}
    assert wire.send(wire.tablet.make("seal", value=stated))["records"][0]["state"] == "sealed"


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 253402300799000])
def test_a_lesson_before_or_after_all_time_is_refused_and_breaks_no_page(
    app: Flask, school: School, when: object
) -> None:
    _, opened = begun(app, school, "Sion", starts_at=when)
    assert (opened["status"], opened["code"]) == ("rejected", "bad_value")
    Browser(app).sign_in(school["Sion"]).get("/")


@pytest.mark.parametrize("when", ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"])
def test_a_tablet_whose_clock_is_wrong_by_years_still_opens_a_lesson(
    app: Flask, school: School, when: str
) -> None:
    _, opened = begun(app, school, "Sion", starts_at=when)
    assert opened["status"] == "accepted"
    Browser(app).sign_in(school["Sion"]).get("/")


@pytest.mark.parametrize("first", ["Sion", "Helen"])
def test_whoever_is_observed_does_not_come_to_the_record_by_its_letters(
    app: Flask, school: School, first: str
) -> None:
    teachers = {"Sion": "Helen", "Helen": "Catrin"}
    order = sorted(teachers, key=lambda name: name != first)
    wires = {n: begun(app, school, n, teacher=str(school[teachers[n]].id))[0] for n in order}
    for wire in wires.values():
        sealed(wire, 1)
    with school.database.read(school.network_id) as session:
        query = select(Observation.lesson_id)
        assert len(set(session.scalars(query))) == 2


def beside(school: School) -> PlannedLesson:
    """A lesson of Siôn's beside which the facilitator, an adviser too, observes."""
    with school.database.write(school.network_id) as session:
        margaret = school["Margaret"]
        role = Role(RoleKind.ADVISER, school.school_id)
        session.add(
            people.Role(
                id=new_id(NOW), person_id=margaret.id, kind=role.kind, school_id=role.school_id
            )
        )
        school.people["Margaret"] = Person(
            margaret.id, margaret.network_id, margaret.name, (*margaret.roles, role)
        )
    return a_lesson(school, observers=("Sion", "Margaret"))


def bring_in(app: Flask, school: School, *sent: Sent) -> int:
    """What is answered when she brings in a file as if Siôn's tablet had exported it."""
    margaret = Wire(app, school["Margaret"], Tablet())
    file = {"person_id": str(school["Sion"].id), "operations": list(sent)}
    return margaret.client.post("/api/v1/rescue", json=file, headers=margaret.token).status_code


@pytest.mark.parametrize("folded_before", [False, True])
def test_nobody_forges_a_partners_record_through_a_file_with_a_second_id(
    app: Flask, school: School, folded_before: bool
) -> None:
    lesson = beside(school)
    rubric = school.rubrics["teaching-framework"]
    forged = Tablet(uuid4(), rubric=rubric)
    forged.device_seq = 100
    opened = forged.make("open", value={"lesson_id": str(lesson.id)})
    if folded_before:
        sion = a_wire(app, school["Sion"], lesson.observations["Sion"], rubric=rubric)
        own = sion.tablet.make("open", value={"lesson_id": str(lesson.id)})
        assert sion.send(own, opened)["results"][1]["same_as"] == str(sion.tablet.observation_id)
    assert bring_in(app, school, opened, forged.set(RATING, 1), forged.seal()) == 403
    with school.database.read(school.network_id) as session:
        row = session.get_one(Observation, (school.network_id, lesson.observations["Sion"]))
        assert row.state == ("draft" if folded_before else "planned")


def test_nobody_forges_a_partner_through_a_file_that_the_letters_join(
    app: Flask, school: School
) -> None:
    beside(school)
    begun(app, school, "Margaret")
    forged = Tablet(uuid4(), rubric=school.rubrics["teaching-framework"])
    opened = unplanned(school, forged)
    assert bring_in(app, school, opened, forged.set(RATING, 1), forged.seal()) == 403


def test_a_small_file_that_unpacks_into_millions_of_parts_is_not_read(
    app: Flask, school: School
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    many = b'{"operations":[' + b"[]," * 600_000 + b"[]]}"
    packed = base64.b64encode(gzip.compress(many)).decode()
    browser = Browser(app).sign_in(school["Catrin"])
    assert "too many parts" in browser.post("/rescue/look", status=413, packed=packed)
    assert browser.client.post("/api/v1/rescue", data=many).status_code == 413


def test_who_made_every_tablet_send_again_is_in_the_history(app: Flask, school: School) -> None:
    rubric = school.rubrics["teaching-framework"]
    catrin = a_wire(app, school["Catrin"], new_id(NOW), rubric=rubric)
    assert catrin.post(acknowledged_through=1_000).status_code == 409
    with school.database.read(school.network_id) as session:
        line = session.scalars(
            select(HistoryLine).where(HistoryLine.did == "every tablet asked again")
        ).one()
    assert (line.by, line.thing_id) == (school["Catrin"].id, str(catrin.tablet.device_id))
