"""A name in records: of one that is still written the tablet hears, and what was sealed stays sealed."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from observe.core.fold import state_hash
from observe.core.permissions import RoleKind
from observe.services import erasing, people
from observe.storage import fields
from observe.storage.tables import Base
from observe.storage.tables.lessons import Observation
from tests.erasures import SECRET
from tests.factories import NOW, PlannedLesson, School, a_lesson, a_person
from tests.wire import Wire, a_wire

NAME = "Zoë Müllerova"
WITHOUT = "a former colleague"


@pytest.fixture
def zoe(school: School) -> School:
    """Zoë, a teacher, has left."""
    a_person(school, NAME, RoleKind.TEACHER)
    with school.database.write(school.network_id) as session:
        people.leave(session, school["Zoë"].id, by=school["Margaret"], at=NOW)
    return school


def tablet_of(app: Flask, school: School, lesson: PlannedLesson, name: str) -> Wire:
    rubric = school.rubrics["teaching-framework"]
    wire = a_wire(app, school[name], lesson.observations[name], rubric=rubric)
    wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}))
    return wire


def erased(school: School) -> None:
    with school.database.write(school.network_id) as session:
        at = NOW + timedelta(days=1)
        erasing.erase(
            session, school["Zoë"].id, typed=NAME, secret=SECRET, by=school["Margaret"], at=at
        )


def test_a_tablet_that_still_writes_hears_of_it_and_can_seal(app: Flask, zoe: School) -> None:
    sion = tablet_of(app, zoe, a_lesson(zoe), "Sion")
    old = sion.tablet.note(f"As {NAME} does it")
    sion.send(*old, sion.tablet.set("rating/questioning/whole", 3))
    erased(zoe)
    told = sion.client.get("/api/v1/changes").get_json()["operations"]
    assert NAME.encode() not in json.dumps(told, ensure_ascii=False).encode()
    sent = [each for each in told if each.get("value") == f"As {WITHOUT} does it"]
    news = [each for each in sent if each["op_id"] != old[0]["op_id"]]
    assert [each["previous"] for each in news] == [old[0]["op_id"]]
    (again,) = sion.send(old[0])["results"]
    assert again["status"] == "duplicate"
    early = sion.send(sion.tablet.seal())
    assert early["results"][0]["code"] == "needs_repair"
    assert early["results"][0]["fields"][old[0]["field"]] == news[0]["op_id"]
    sion.tablet.made.append(news[0])
    sion.tablet.lamport = news[0]["lamport"]
    assert sion.send(sion.tablet.seal())["records"][0]["state"] == "sealed"


def test_a_sealed_record_of_a_partner_loses_the_name_and_keeps_every_level(
    app: Flask, zoe: School
) -> None:
    lesson = a_lesson(zoe)
    for name, note in (("Sion", f"As {NAME} does it"), ("Ruth", "Nobody is named")):
        wire = tablet_of(app, zoe, lesson, name)
        wire.send(*wire.tablet.note(note), wire.tablet.set("rating/questioning/whole", 3))
        assert wire.send(wire.tablet.seal())["records"][0]["state"] == "sealed"
    before = hashes(zoe)
    erased(zoe)
    after = hashes(zoe)
    assert after[lesson.observations["Ruth"]] == before[lesson.observations["Ruth"]]
    assert after[lesson.observations["Sion"]] != before[lesson.observations["Sion"]]
    with zoe.database.read(zoe.network_id) as session:
        for observation_id in lesson.observations.values():
            held = fields.values(session, observation_id)
            assert held["rating/questioning/whole"] == "3"
            assert after[observation_id] == state_hash(held)
        table = Base.metadata.tables["resealed_record"]
        here = table.c.network_id == zoe.network_id
        (kept,) = session.execute(select(table).where(here)).all()
    assert kept.observation_id == lesson.observations["Sion"]
    assert (kept.before, kept.fields) == (before[kept.observation_id], 1)


def hashes(school: School) -> dict[object, str | None]:
    with school.database.read(school.network_id) as session:
        rows = session.scalars(select(Observation)).all()
        return {row.id: row.state_hash for row in rows}
