"""What a tablet that lies could put into a record: no page breaks on it, for its owner or the partner."""

from typing import Any

import pytest
from flask import Flask

from tests.browser import Browser
from tests.factories import School, a_lesson
from tests.wire import a_wire

LARGEST = 2**53 - 1
LIES: dict[str, Any] = {
    "a target that is none": {"target/a": "seen"},
    "a note before the flood": {"clock/started": "0001-01-01T00:00:00Z"},
    "a start after all time": {"clock/started": "9999-12-31T23:59:59Z"},
    "a start as a number": {"clock/started": 253402300799000},
    "a note in another age": {"note/a/elapsed_ms": LARGEST},
    "a note with two clocks": {
        "clock/started": "9999-12-31T23:59:59Z",
        "note/a/elapsed_ms": 1,
    },
    "a note without words": {"note/b/mark": "+", "note/c/deleted": True},
    "a context of any kind": {"context/a": -LARGEST, "context/b": "x" * 9_000, "context/c": None},
    "words for a script": {"note/a/text": "</script><script>alert(1)</script>{{7*7}}#eval()"},
    "signs without a shape": {"note/a/text": "\u202e\ufeff\x07\ufffe\U0010ffff"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_record_full_of_lies_is_sealed_compared_and_read(
    app: Flask, school: School, lie: str
) -> None:
    lesson = a_lesson(school)
    for name in ("Sion", "Ruth"):
        rubric = school.rubrics["teaching-framework"]
        wire = a_wire(app, school[name], lesson.observations[name], rubric=rubric)
        wire.send(wire.tablet.make("open", value={"lesson_id": str(lesson.id)}))
        note = wire.tablet.set("note/a/text", "Catrin waits for three seconds.")
        level = wire.tablet.set("rating/questioning/whole", 3)
        about = wire.tablet.set("note/a/criteria", ["questioning"])
        fields = [wire.tablet.set(field, value) for field, value in LIES[lie].items()]
        told = wire.send(note, level, about, *fields)["results"]
        refused = {each["op_id"] for each in told if each["status"] == "rejected"}
        made = [each for each in wire.tablet.made if each["op_id"] not in refused]
        wire.tablet.made = made
        assert wire.send(wire.tablet.seal())["records"][0]["state"] == "sealed"
    everybody_reads(app, school, lesson.id, lesson.observations)
    app.config["WTF_CSRF_ENABLED"] = False
    for name in ("Sion", "Ruth"):
        Browser(app).sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    everybody_reads(app, school, lesson.id, lesson.observations)


def everybody_reads(app: Flask, school: School, lesson: Any, observations: dict[str, Any]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sheets = [f"/sheet/{each}" for each in observations.values()]
    pages = ("/", "/pairs", f"/pairs/{lesson}", f"/lessons/{lesson}", "/agreement", "/feedback")
    for who in ("Sion", "Ruth", "Helen", "Catrin", "Margaret"):
        client = Browser(app).sign_in(school[who]).client
        for url in (*pages, *sheets, "/lessons", "/api/v1/bootstrap", "/api/v1/changes"):
            answer = client.get(url)
            assert answer.status_code < 500, url
            assert answer.is_json or "<script>alert" not in answer.text, url
