"""What a single save costs: each statement that is added here is felt on every tablet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from observe.storage.tables.records import Device
from tests.classroom import RATING
from tests.factories import School, a_lesson
from tests.wire import Wire, a_wire

MOST = 11


@pytest.fixture
def sion(app: Flask, school: School) -> Wire:
    lesson = a_lesson(school)
    rubric = school.rubrics["teaching-framework"]
    wire = a_wire(app, school["Sion"], lesson.observations["Sion"], rubric=rubric)
    wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}))
    wire.send(wire.tablet.set(RATING, 2))
    return wire


@contextmanager
def heard() -> Iterator[list[str]]:
    """Every statement that reaches the database, save those with which PostgreSQL names the network."""
    statements: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "set_config" not in statement:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    yield statements
    event.remove(Engine, "before_cursor_execute", hear)


def test_a_new_note_takes_few_statements_with_a_session_and_with_a_grant(sion: Wire) -> None:
    with heard() as statements:
        sion.send(sion.tablet.set("note/a/text", "She waited."))
    assert len(statements) == MOST, "\n".join(statements)
    sion.sign_out()
    with heard() as statements:
        sion.send(sion.tablet.set("note/b/text", "They asked."), headers={})
    assert len(statements) == MOST, "\n".join(statements)


def test_another_value_for_a_field_takes_one_more_to_see_whether_two_tablets_disagree(
    sion: Wire,
) -> None:
    with heard() as statements:
        sion.send(sion.tablet.set(RATING, 3))
    assert len(statements) == MOST + 1, "\n".join(statements)


def test_a_batch_takes_as_many_statements_as_a_single_save(sion: Wire) -> None:
    notes = [part for number in range(50) for part in sion.tablet.note(f"Note {number}")]
    with heard() as statements:
        sion.send(*notes)
    assert len(statements) == MOST, "\n".join(statements)


def test_a_long_lesson_takes_as_many_statements_as_a_short_one(sion: Wire) -> None:
    for _ in range(3):
        sion.send(*(part for _ in range(60) for part in sion.tablet.note("She waited.")))
    with heard() as statements:
        sion.send(sion.tablet.set("note/a/text", "She waited."))
    assert len(statements) == MOST, "\n".join(statements)


# cookies


def given(wire: Wire) -> list[str]:
    """The names of the cookies that the answer to a save brings."""
    answer = wire.post(wire.tablet.set(RATING, 1))
    assert answer.status_code == 200
    return [each.partition("=")[0] for each in answer.headers.getlist("Set-Cookie")]


def test_a_grant_is_made_to_last_on_with_the_first_save_of_a_day(
    sion: Wire, school: School
) -> None:
    assert given(sion) == []
    with school.database.write(school.network_id) as session:
        tablet = session.get_one(Device, (school.network_id, sion.tablet.device_id))
        tablet.seen_at -= timedelta(days=1)
    assert given(sion) == [f"observe_device_{str(sion.person.id)[:8]}"]
    assert given(sion) == []


def test_what_is_read_makes_a_visit_last_on_and_a_save_does_not(sion: Wire) -> None:
    with sion.client.session_transaction() as cookie:
        cookie.permanent = True
    assert given(sion) == []
    read = sion.client.get("/api/v1/session")
    assert [each.partition("=")[0] for each in read.headers.getlist("Set-Cookie")] == ["observe"]


def forged(signed: str) -> str:
    """The same, but for one sign of what is signed."""
    return f"{signed[:5]}{'A' if signed[5] != 'A' else 'B'}{signed[6:]}"


def test_a_cookie_or_a_token_that_was_good_once_does_not_open_for_another_one(sion: Wire) -> None:
    cookie = sion.client.get_cookie("observe")
    assert cookie
    for value, person in ((forged(cookie.value), None), (cookie.value, str(sion.person.id))):
        sion.client.set_cookie("observe", value)
        assert sion.client.get("/api/v1/session").get_json()["person"] == person
    assert sion.post(headers={"X-CSRFToken": forged(sion.csrf)}).get_json()["code"] == "csrf"
    assert sion.post().status_code == 200
