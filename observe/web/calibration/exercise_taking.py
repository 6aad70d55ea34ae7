"""Taking an exercise: rating criterion by criterion, saved at each change, and its result."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.exercises import Given, Mode, read_value
from observe.core.permissions import Thing, may
from observe.core.typed import lines_in
from observe.services import exercise_groups, exercise_takings
from observe.services.exercise_takings import Sitting
from observe.storage.database import NetworkSession
from observe.web.calibration import exercise_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.exercise import of as of_exercise
from observe.web.database import now, read, write
from observe.web.dates import clock
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _

FINISHED = {
    Mode.TEST: "calibration/exercise_tested.html",
    Mode.GROUP: "calibration/exercise_shown.html",
}


def of(session: NetworkSession, taking_id: UUID, **_more: str) -> Thing:
    """The taking that an address names."""
    return exercise_takings.thing(session, taking_id)


@blueprint.post("/practice/exercises/<uuid:exercise_id>/begin")
@requires("take exercise", of=of_exercise)
def begin_exercise(exercise_id: UUID) -> ResponseReturnValue:
    """Begin it, or go on where one was."""
    with write() as session:
        begun = exercise_takings.begin(session, exercise_id, by=g.person, at=now())
    return redirect(url_for("calibration.taking", taking_id=begun.id))


@blueprint.get("/practice/takings/<uuid:taking_id>")
@requires("go on with exercise", of=of)
def taking(taking_id: UUID) -> ResponseReturnValue:
    """What one gave so far, and what may be seen of the reference by now."""
    return _page(taking_id)


def _page(taking_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        sitting = exercise_takings.look(session, taking_id)
        spreads = _spreads(session, sitting)
        thing = of_exercise(session, sitting.exercise.id)
    return render_template(
        _template(sitting),
        sitting=sitting,
        spreads=spreads,
        settles=may(g.person, "settle exercise", thing),
        fault=refusal.sentence if refusal else "",
        words=exercise_words,
        result=exercise_words.result_sentence(sitting.tally) if sitting.tally else "",
    )


def _spreads(session: NetworkSession, sitting: Sitting) -> Any:
    """How the group spread, by criterion; nothing before the reveal."""
    if sitting.group is None:
        return {}
    found = exercise_groups.spreads(session, sitting.group, me=g.person.id)
    return {each.criterion.criterion: each for each in found}


def _template(sitting: Sitting) -> str:
    """Rating; or what a finished test came to, or a group whose spread was shown."""
    finished = sitting.taking.finished_at is not None
    revealed = sitting.group is not None and sitting.group.revealed_at is not None
    told = revealed or (finished and sitting.taking.mode is Mode.TEST)
    return FINISHED[sitting.taking.mode] if told else "calibration/exercise_taking.html"


@blueprint.post("/practice/takings/<uuid:taking_id>/rate/<criterion>")
@requires("go on with exercise", of=of)
def rate_criterion(taking_id: UUID, criterion: str) -> ResponseReturnValue:
    """Keep one level and note; a script is told so, a form goes back to the page."""
    show_again(lambda refusal: _page(taking_id, refusal))
    with write() as session:
        given = _given()
        sitting = exercise_takings.rate(session, taking_id, criterion, given, by=g.person, at=now())
    if request.accept_mimetypes.best == "application/json":
        return _saved(sitting)
    flash(_("Saved."))
    return redirect(url_for("calibration.taking", taking_id=taking_id, _anchor=f"c-{criterion}"))


def _given() -> Given:
    note = lines_in(request.form.get("note", ""))
    return Given(read_value(request.form.get("value", "")), note, "show" in request.form)


def _saved(sitting: Sitting) -> ResponseReturnValue:
    said = _("Saved at %(time)s.", time=clock(now()))
    return {"saved": f"{said} {exercise_words.rated_words(sitting)}"}


@blueprint.post("/practice/takings/<uuid:taking_id>/finish")
@requires("go on with exercise", of=of)
def finish_taking(taking_id: UUID) -> ResponseReturnValue:
    """Seal what one gave; what has no rating yet is named."""
    show_again(lambda refusal: _page(taking_id, refusal))
    with write() as session:
        exercise_takings.finish(session, taking_id, by=g.person, at=now())
    return redirect(url_for("calibration.taking", taking_id=taking_id))
