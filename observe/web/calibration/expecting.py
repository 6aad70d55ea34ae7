"""Counting on a partner after all, with whom a lesson had gone on without."""

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from observe.core.permissions import Thing
from observe.services import revealing
from observe.storage import lessons, pairs
from observe.storage.database import NetworkSession
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, write
from observe.web.guard import requires
from observe.web.words import gettext as _


def _lesson(session: NetworkSession, lesson_id: UUID, **_more: object) -> Thing:
    """The lesson, which is no pair while one observer is expected."""
    return lessons.thing(session, lesson_id)


@blueprint.post("/pairs/<uuid:lesson_id>/expect/<uuid:person_id>")
@requires("waive partner", of=_lesson)
def expect_again(lesson_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Wait for this partner again; what was drafted from one record alone is put away."""
    with write() as session:
        revealing.expect_again(session, lesson_id, person_id, by=g.person, at=now())
        name = pairs.person_name(session, person_id)
    flash(_("%(name)s is expected again.", name=name))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))
