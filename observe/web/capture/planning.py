"""Planning a lesson: first the school where there are several, then the lesson."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid
from observe.core.typed import id_in
from observe.services import planning
from observe.services.lesson_wish import Choices
from observe.storage.database import NetworkSession
from observe.storage.staff import Place
from observe.web.capture import lesson_help
from observe.web.capture.blueprint import blueprint
from observe.web.capture.lesson_form import Typed, read_wish, suggestion
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/lessons/new")
@requires("plan lesson")
def plan() -> ResponseReturnValue:
    """The form for a lesson, or the question at which school it is."""
    with read() as session:
        schools = planning.schools(session, by=g.person)
        school_id = _school(schools, request.args)
        if school_id is None:
            return render_template("capture/plan_school.html", schools=schools)
        offered = planning.choices(session, school_id, by=g.person)
        rubric = planning.usual_rubric(session, offered)
        typed = suggestion(g.person, rubric, offered.school.zone, at=now())
        return _form(session, offered, typed | request.args.to_dict(), several=len(schools) > 1)


@blueprint.post("/lessons/new")
@requires("plan lesson")
def plan_lesson() -> ResponseReturnValue:
    """Plan it, or show what was typed with what is to mend, or with the days that are free."""
    with write() as session:
        schools = planning.schools(session, by=g.person)
        school_id = _school(schools, request.form)
        if school_id is None:
            raise Invalid(_("Choose the school first, then plan the lesson."))
        offered = planning.choices(session, school_id, by=g.person)
        typed = lesson_help.taken(session, offered, request.form.to_dict())
        several = len(schools) > 1
        if lesson_help.is_asked(typed):
            return _form(session, offered, typed, several=several)
        wish, faults = read_wish(typed, offered.school.zone)
        if wish:
            faults = planning.faults(session, offered, wish, at=now())
        if not wish or faults:
            return _form(session, offered, typed, several=several, errors=faults), 400
        if doubts := lesson_help.doubts(session, offered, wish, typed):
            return _form(session, offered, typed, several=several, doubts=doubts), 409
        lesson_id = planning.plan(session, offered, wish, by=g.person, at=now())
    flash(_("The lesson is planned. Its observers find it on their page for today."))
    return redirect(url_for("capture.lesson", lesson_id=lesson_id))


def _school(schools: list[Place], said: Typed) -> UUID | None:
    """The school that was asked for, or the only one there is."""
    asked = id_in(said.get("school", ""))
    return asked or (schools[0].id if len(schools) == 1 else None)


def _form(session: NetworkSession, offered: Choices, typed: Typed, **shown: Any) -> str:
    g.zone = offered.school.zone
    beside = lesson_help.beside(session, offered, typed)
    context = {"errors": {}, "doubts": []} | beside | shown
    return render_template("capture/plan.html", offered=offered, typed=typed, **context)
