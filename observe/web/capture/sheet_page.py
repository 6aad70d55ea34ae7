"""The sheet on which one observer records one lesson."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from observe.core.lesson import Lesson
from observe.core.rubric import Rubric
from observe.storage import lessons, reminders, rubrics, shelf
from observe.storage.database import NetworkSession
from observe.storage.reminders import OpenTarget, Rule
from observe.web.capture.blueprint import blueprint
from observe.web.capture.words import sheet_words
from observe.web.database import read
from observe.web.dates import day
from observe.web.guard import requires
from observe.web.words import gettext as _

MOST_RULES = 3


@blueprint.get("/sheet/<uuid:observation_id>")
@requires("record lesson", of=lessons.record_thing)
def sheet(observation_id: UUID) -> ResponseReturnValue:
    """The sheet with all it needs to go on without a network; a cancelled lesson has none."""
    with read() as session:
        lesson = lessons.find(session, lessons.lesson_of(session, observation_id))
        g.zone = lesson.zone
        if lesson.cancelled_at:
            return redirect(url_for("capture.lesson", lesson_id=lesson.id))
        context = _context(session, lesson)
    return render_template("capture/sheet.html", observation_id=observation_id, **context)


def _context(session: NetworkSession, lesson: Lesson) -> dict[str, Any]:
    rules = reminders.rules(session, lesson.rubric_digest)
    seat = lesson.seat_of(g.person.id)
    return {
        "lesson": _lesson(lesson),
        "rubric": rubrics.row(session, lesson.rubric_digest).body,
        "digest": lesson.rubric_digest,
        "partners": [each.name for each in lesson.partners_of(g.person.id)],
        "precedents": _precedents(rules, shelf.rubric(session, lesson.rubric_digest)),
        "targets": [_target(each) for each in reminders.open_targets(session, lesson.teacher_id)],
        "person": {"id": str(g.person.id), "name": g.person.name},
        "state": seat.state.value if seat else None,
        "words": sheet_words(),
    }


def _lesson(lesson: Lesson) -> dict[str, str]:
    """What the sheet says of a lesson."""
    return {
        "lesson_id": str(lesson.id),
        "title": lesson.title,
        "teacher": lesson.teacher,
        "class": lesson.class_name,
        "room": lesson.room,
        "starts_at": lesson.starts_at.isoformat(),
        "kind": lesson.kind,
    }


def _precedents(rules: list[Rule], rubric: Rubric) -> dict[str, list[dict[str, str]]]:
    """The newest rules of each criterion with where they come from."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for rule in rules:
        if len(found[rule.criterion]) < MOST_RULES and rubric.find(rule.criterion):
            source = _("Agreed on %(day)s", day=day(rule.at))
            found[rule.criterion].append({"text": rule.text, "source": source})
    return dict(found)


def _target(target: OpenTarget) -> dict[str, str]:
    since, due = day(target.made_at), day(target.due_on)
    source = _("Target of %(since)s, due %(due)s", since=since, due=due)
    return {"id": str(target.id), "text": target.text, "source": source}
