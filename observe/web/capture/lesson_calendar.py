"""A lesson as a file for a calendar."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from observe.services import own_calendar
from observe.storage import lessons
from observe.web import calendars
from observe.web.capture.blueprint import blueprint
from observe.web.database import read
from observe.web.guard import requires


@blueprint.get("/lessons/<uuid:lesson_id>.ics")
@requires("see lesson", of=lessons.thing)
def lesson_calendar(lesson_id: UUID) -> ResponseReturnValue:
    """When and where it is, for a calendar program; cancelled, if it was."""
    with read() as session:
        found = lessons.find(session, lesson_id)
    if found.alias_of:
        return redirect(url_for("capture.lesson_calendar", lesson_id=found.alias_of))
    address = url_for("capture.lesson", lesson_id=lesson_id, _external=True)
    entry = own_calendar.entry_for_a_reader(found, address=address)
    return calendars.answer([entry], file=f"lesson-{found.day}.ics")
