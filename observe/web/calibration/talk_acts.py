"""What else observers do in a talk: move a script, pick feedback, ask a third reader, finish together."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Missing
from observe.services import (
    calibration,
    confirming,
    feedback_choice,
    shifting,
    talking,
    third_reading,
)
from observe.storage import lessons
from observe.storage.feedback_choices import Choice
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.talk import closed_words
from observe.web.calibration.talk_form import signed_in
from observe.web.calibration.talk_page import with_fault
from observe.web.database import database, now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _

TOO_FAR = shifting.FURTHEST + 1


@blueprint.post("/pairs/<uuid:lesson_id>/shift")
@requires("write agreed record", of=calibration.thing)
def shift(lesson_id: UUID) -> ResponseReturnValue:
    """Lay one's own script some minutes later or earlier beside the others."""
    show_again(lambda refusal: with_fault(lesson_id, "both", refusal.sentence))
    asked = signed_in(request.form.get("minutes", ""))
    with write() as session:
        before = shifting.shift(
            session, lesson_id, TOO_FAR if asked is None else asked, by=g.person, at=now()
        )
    return redirect(_to(lesson_id, "both", was=before))


@blueprint.post("/pairs/<uuid:lesson_id>/feedback")
@requires("write agreed record", of=calibration.thing)
def pick_feedback(lesson_id: UUID) -> ResponseReturnValue:
    """Pick the one strength and the one next step that one would give the teacher."""
    show_again(lambda refusal: with_fault(lesson_id, "feedback", refusal.sentence))
    choice = Choice(request.form.get("strength", ""), request.form.get("next_step", ""))
    with write() as session:
        feedback_choice.choose(session, lesson_id, choice, by=g.person, at=now())
    return redirect(_to(lesson_id, "feedback"))


@blueprint.post("/pairs/<uuid:lesson_id>/feedback/take-back")
@requires("write agreed record", of=calibration.thing)
def unpick_feedback(lesson_id: UUID) -> ResponseReturnValue:
    """Take back what one picked, while it is closed."""
    with write() as session:
        feedback_choice.take_back(session, lesson_id, by=g.person, at=now())
    return redirect(_to(lesson_id, "feedback"))


@blueprint.post("/pairs/<uuid:lesson_id>/third/<criterion>")
@requires("write agreed record", of=calibration.thing)
def ask_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Ask a third reader about a criterion on which you still differ."""
    with write() as session:
        talking.ask_third(session, lesson_id, criterion, by=g.person, at=now())
    return redirect(_to(lesson_id, f"c-{criterion}", at=criterion))


@blueprint.post("/pairs/<uuid:lesson_id>/third/<criterion>/take-back")
@requires("write agreed record", of=calibration.thing)
def take_back_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Take the question back before somebody reads."""
    with write() as session:
        third_reading.take_back(session, lesson_id, criterion, by=g.person, at=now())
    return redirect(_to(lesson_id, f"c-{criterion}", at=criterion))


@blueprint.post("/pairs/<uuid:lesson_id>/close/<uuid:person_id>")
@requires("write agreed record", of=calibration.thing)
def close_for(lesson_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """A partner at the same tablet says with their own password that the talk is finished."""
    show_again(lambda refusal: with_fault(lesson_id, "finish", refusal.sentence))
    _check_observes(lesson_id, person_id)
    password = request.form.get("password", "")
    partner = confirming.at_the_table(
        database(), g.person.network_id, person_id, password, at=now()
    )
    with write() as session:
        result = talking.close(session, lesson_id, by=partner, at=now())
    flash(closed_words(result))
    return redirect(_to(lesson_id, "finish"))


def _check_observes(lesson_id: UUID, person_id: UUID) -> None:
    with read() as session:
        lesson = lessons.find(session, lesson_id)
    if person_id not in {seat.person_id for seat in lesson.observers}:
        raise Missing(_("This person does not observe this lesson."))


def _to(lesson_id: UUID, place: str, **named: object) -> str:
    return url_for("calibration.pair", lesson_id=lesson_id, _anchor=place, **named)  # type: ignore[arg-type]
