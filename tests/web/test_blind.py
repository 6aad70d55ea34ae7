"""Until all have sealed, nobody but its author reads a word of a record, by any address."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_lesson, a_network
from tests.wire import Wire, a_wire

MARKS = ("ZEBRAFINCH", "QUETZALCOATL")
EVERYBODY = ("Sion", "Ruth", "Helen", "Catrin", "Aisha", "Margaret")


@pytest.fixture
def half_sealed(app: Flask, school: School) -> PlannedLesson:
    """Ruth has recorded and sealed; Siôn records still."""
    lesson = a_lesson(school)
    ruth = wire_of(app, school, lesson, "Ruth")
    tablet = ruth.tablet
    ruth.send(
        tablet.make("open", value={"lesson_id": str(lesson.id)}),
        *tablet.note(MARKS[0], criteria=["questioning"]),
        *tablet.note(MARKS[1], private=True),
        tablet.set("rating/questioning/whole", 4),
    )
    ruth.send(tablet.seal())
    sion = wire_of(app, school, lesson, "Sion")
    sion.send(sion.tablet.make("open", value={"lesson_id": str(lesson.id)}))
    app.config["WTF_CSRF_ENABLED"] = False
    return lesson


def wire_of(app: Flask, school: School, lesson: PlannedLesson, name: str) -> Wire:
    rubric = school.rubrics["teaching-framework"]
    return a_wire(app, school[name], lesson.observations[name], rubric=rubric)


def addresses(app: Flask, school: School, lesson: PlannedLesson) -> Iterator[str]:
    """Every address that can be fetched, with every id that could lead to the record."""
    ids = [lesson.id, *lesson.observations.values(), *(p.id for p in school.people.values())]
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            yield from filled(rule, ids, school)


def filled(rule: Rule, ids: list[UUID], school: School) -> Iterator[str]:
    names = sorted(rule.arguments)
    texts = ["questioning", next(iter(school.rubrics.values())).removeprefix("sha256:")]
    choices: list[list[Any]] = [
        ids if type(rule._converters[name]).__name__ == "UUIDConverter" else texts for name in names
    ]
    for values in product(*choices):
        url = rule.rule
        for name, value in zip(names, values, strict=True):
            url = url.replace(f"<uuid:{name}>", str(value)).replace(f"<{name}>", str(value))
        yield url


@pytest.mark.parametrize("who", [*EVERYBODY, "a stranger", "nobody"])
def test_no_address_tells_anybody_what_a_partner_wrote(
    app: Flask, school: School, half_sealed: PlannedLesson, who: str
) -> None:
    visitor = Browser(app)
    if who == "a stranger":
        visitor = visitor.sign_in(a_network(school.database, name="Elsewhere")["Sion"])
    elif who != "nobody":
        visitor = visitor.sign_in(school[who])
    seen = 0
    for url in addresses(app, school, half_sealed):
        text = visitor.client.get(url).get_data().decode(errors="replace")
        seen += any(mark in text for mark in MARKS)
        assert who == "Ruth" or not seen, url
    assert (seen > 0) == (who == "Ruth"), "the marks are planted where nobody could find them"


def test_a_partner_who_sends_on_learns_only_about_their_own_record(
    app: Flask, school: School, half_sealed: PlannedLesson
) -> None:
    sion = wire_of(app, school, half_sealed, "Sion")
    told = json.dumps(sion.send(sion.tablet.set("rating/questioning/whole", 3)))
    assert str(half_sealed.observations["Sion"]) in told
    assert str(half_sealed.observations["Ruth"]) not in told
    assert not any(mark in told for mark in MARKS)
