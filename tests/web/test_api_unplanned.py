"""Lessons made in the classroom without network, from two tablets to one pair, over the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask

from observe.core.ids import new_id
from tests.classroom import RATING
from tests.factories import School
from tests.tablet import Sent
from tests.wire import Wire, a_wire

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
CODE = "BCDFGH"


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOON + timedelta(hours=3), tick=True):
        yield


def a_tablet(app: Flask, school: School, name: str) -> Wire:
    """A tablet on which somebody began a record that no server knows."""
    rubric = school.rubrics["teaching-framework"]
    return a_wire(app, school[name], new_id(NOON), rubric=rubric)


def made(wire: Wire, school: School, code: str | None = CODE, **keys: Any) -> Sent:
    lesson = {
        "lesson_id": str(uuid4()),
        "kind": "lesson",
        "school": {"id": str(school.school_id), "name": "Thornbeck Primary"},
        "teacher": {"id": str(school["Catrin"].id), "name": "Catrin Morley"},
        "class": {"id": str(school.class_id), "name": "Year 5"},
        "starts_at": NOON.isoformat(),
        "rubric": school.rubrics["teaching-framework"],
    }
    return wire.tablet.make("open", value={"lesson": lesson | keys, "pair_code": code})


def told(wire: Wire) -> list[dict[str, Any]]:
    """The lessons that a tablet hears of."""
    lessons: list[dict[str, Any]] = wire.client.get("/api/v1/bootstrap").get_json()["lessons"]
    return lessons


def seal(wire: Wire) -> dict[str, Any]:
    """Close the record as the server has it; how it stands then."""
    (record,) = wire.send(wire.tablet.set("context/done", True))["records"]
    closing = wire.tablet.make("seal", value={"state_hash": record["state_hash"]})
    stands: dict[str, Any] = wire.send(closing)["records"][0]
    return stands


def test_two_tablets_with_one_code_hear_of_one_lesson_under_their_own_records(
    app: Flask, school: School
) -> None:
    sion, ruth = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    opened = {
        sion: made(sion, school),
        ruth: made(ruth, school, starts_at=(NOON + timedelta(hours=2)).isoformat()),
    }
    for wire in (ruth, sion):
        note = wire.tablet.note(f"{wire.person.name} saw this.")
        results = wire.send(opened[wire], *note)["results"]
        assert [each["status"] for each in results] == ["accepted"] * 3
    (here,), (there,) = told(sion), told(ruth)
    lowest = min(opened, key=lambda wire: wire.tablet.observation_id)
    assert here["lesson_id"] == there["lesson_id"] == opened[lowest]["value"]["lesson"]["lesson_id"]
    for wire, lesson, partner in ((sion, here, "Ruth Adeyemi"), (ruth, there, "Siôn Prydderch")):
        assert UUID(lesson["observation_id"]) == wire.tablet.observation_id
        assert lesson["pair"]["partners"] == [partner]
        assert (lesson["pair"]["state"], lesson["state"]) == ("under way", "draft")
        assert partner + " saw this." not in str(wire.client.get("/api/v1/bootstrap").get_json())


def test_whoever_used_the_letters_with_another_rubric_is_named_to_both(
    app: Flask, school: School
) -> None:
    sion, ruth = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    sion.send(made(sion, school))
    assert "other_rubric" not in told(sion)[0]
    other = school.rubrics["ways-of-looking"]
    later = (NOON + timedelta(hours=2)).isoformat()
    ruth.tablet.rubric = other
    ruth.send(made(ruth, school, rubric=other, starts_at=later))
    (here,), (there,) = told(sion), told(ruth)
    assert (here["pair"], there["pair"]) == (None, None)
    assert here["other_rubric"] == {
        "name": "Ruth Adeyemi",
        "title": "Ways of looking",
        "rubric": other,
    }
    assert there["other_rubric"]["name"] == "Siôn Prydderch"
    again = a_tablet(app, school, "Sion")
    again.tablet.rubric = other
    again.send(made(again, school, rubric=other))
    pairs = {each["rubric"]: each["pair"] for each in told(sion)}
    assert pairs[other]["partners"] == ["Ruth Adeyemi"]
    assert pairs[school.rubrics["teaching-framework"]] is None
    assert not [each for each in told(sion) if "other_rubric" in each]


def test_letters_of_another_time_or_of_nobody_else_name_nobody(app: Flask, school: School) -> None:
    sion, ruth = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    other = school.rubrics["ways-of-looking"]
    ruth.tablet.rubric = other
    sion.send(made(sion, school))
    ruth.send(made(ruth, school, rubric=other, starts_at=(NOON - timedelta(hours=4)).isoformat()))
    assert "other_rubric" not in told(sion)[0]


def test_what_is_sent_under_the_lesson_that_went_is_part_of_the_pair(
    app: Flask, school: School
) -> None:
    sion, ruth = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    for wire in (sion, ruth):
        wire.send(made(wire, school))
    for wire in (sion, ruth):
        wire.send(wire.tablet.set(RATING, 3))
        assert seal(wire)["state"] == "sealed"
    (lesson,) = told(sion)
    assert lesson["pair"]["state"] == "revealed"
    page = sion.client.get(f"/pairs/{lesson['lesson_id']}")
    assert page.status_code == 200


def test_a_second_tablet_of_one_observer_goes_on_with_the_record(
    app: Flask, school: School
) -> None:
    first, partner = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    for wire in (first, partner):
        wire.send(made(wire, school))
    second = a_tablet(app, school, "Sion")
    (lesson,) = told(second)
    second.tablet.observation_id = UUID(lesson["observation_id"])
    (result,) = second.send(second.tablet.set(RATING, 2))["results"]
    assert result["status"] == "accepted"
    (record,) = second.client.get("/api/v1/bootstrap").get_json()["records"]
    assert [each["kind"] for each in record["operations"]] == ["open", "set"]


def test_a_record_made_twice_on_two_tablets_is_told_to_be_the_same(
    app: Flask, school: School
) -> None:
    first, second = a_tablet(app, school, "Sion"), a_tablet(app, school, "Sion")
    opened = made(first, school)
    first.send(opened)
    again = second.tablet.make("open", value=opened["value"])
    rated = second.tablet.set(RATING, 2)
    one, other = second.send(again, rated)["results"]
    assert one["same_as"] == str(first.tablet.observation_id)
    assert other["status"] == "accepted"
    changes = first.client.get("/api/v1/changes").get_json()["operations"]
    assert changes[-1]["observation_id"] == str(second.tablet.observation_id)
    assert len(told(first)) == 1


def test_what_comes_before_its_open_is_held_for_its_writer_alone(
    app: Flask, school: School
) -> None:
    sion, ruth = a_tablet(app, school, "Sion"), a_tablet(app, school, "Ruth")
    opened, rated = made(sion, school), sion.tablet.set(RATING, 3)
    assert sion.send(rated)["records"][0]["state"] == "waiting"
    ruth.tablet.observation_id = sion.tablet.observation_id
    (result,) = ruth.send(ruth.tablet.set(RATING, 1))["results"]
    assert (result["status"], result["code"]) == ("rejected", "not_owner")
    assert told(sion) == []
    (record,) = sion.send(opened)["records"]
    assert (record["state"], record["ratings"]) == ("draft", 1)
