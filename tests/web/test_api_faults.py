"""sync/1 when things go wrong around it: eight at once, a full disk."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from observe.core.permissions import RoleKind
from tests.classroom import RATING
from tests.factories import School, a_lesson, a_person
from tests.wire import Wire, a_wire

pytestmark = pytest.mark.usefixtures("some_days_later")

AT_ONCE = 8


@pytest.fixture
def sion(app: Flask, school: School) -> Wire:
    lesson = a_lesson(school)
    rubric = school.rubrics["teaching-framework"]
    wire = a_wire(app, school["Sion"], lesson.observations["Sion"], rubric=rubric)
    wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}))
    return wire


def all_at_once(wire: Wire, body: dict[str, Any]) -> list[Any]:
    """Eight identical requests, each from a browser tab of its own."""
    cookie = wire.client.get_cookie("observe")
    assert cookie

    def post(_: int) -> Any:
        client = wire.browser.app.test_client()
        client.set_cookie("observe", cookie.value)
        return client.post("/api/v1/sync", json=body, headers=wire.token)

    with ThreadPoolExecutor(AT_ONCE) as tabs:
        return list(tabs.map(post, range(AT_ONCE)))


def test_of_eight_identical_requests_one_is_accepted_and_seven_are_duplicates(sion: Wire) -> None:
    answers = all_at_once(sion, sion.batch(sion.tablet.set(RATING, 3)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    statuses = sorted(answer.get_json()["results"][0]["status"] for answer in answers)
    assert statuses == ["accepted"] + ["duplicate"] * (AT_ONCE - 1)
    sequences = {answer.get_json()["results"][0]["sequence"] for answer in answers}
    assert sequences == {2}


def test_observers_who_seal_in_the_same_moment_are_revealed(app: Flask, school: School) -> None:
    a_person(school, "Omar Haddad", RoleKind.HEAD)
    names = ("Sion", "Ruth", "Helen", "Omar")
    lesson = a_lesson(school, observers=names)
    wires = []
    for name in names:
        rubric = school.rubrics["teaching-framework"]
        wire = a_wire(app, school[name], lesson.observations[name], rubric=rubric)
        wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}))
        wires.append((wire, wire.tablet.seal()))
    with ThreadPoolExecutor(len(wires)) as tabs:
        told = list(tabs.map(lambda each: each[0].send(each[1]), wires))
    assert {answer["records"][0]["state"] for answer in told} == {"sealed"}
    bootstrap = wires[0][0].client.get("/api/v1/bootstrap").get_json()
    (mine,) = (each for each in bootstrap["lessons"] if each["lesson_id"] == str(lesson.id))
    assert mine["pair"]["state"] == "revealed"


def test_a_full_disk_is_said_in_words_and_what_was_kept_is_still_there(
    app: Flask, sion: Wire
) -> None:
    engine = app.extensions["observe_database"].engine
    if engine.dialect.name != "sqlite":
        pytest.skip("the disk of another server is not ours to fill")

    def fill(connection: Any, _: object) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + 4}")

    event.listen(engine, "connect", fill)
    engine.dispose()
    notes = [part for _ in range(4) for part in sion.tablet.note("x" * 19_000)]
    answer = sion.post(*notes)
    assert (answer.status_code, answer.get_json()["code"]) == (507, "disk_full")
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert {each["status"] for each in sion.send(*notes)["results"]} == {"accepted"}
