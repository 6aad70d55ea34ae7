"""One exercise as its facilitator and its experts see it: made, mended, withdrawn, led in groups."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.permissions import RoleKind, Thing, may
from observe.services import exercise_groups, exercises
from observe.storage.database import NetworkSession
from observe.web.calibration import exercise_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.exercise_form import Form, Typed, as_made, making_in, typed_in
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


def of(session: NetworkSession, exercise_id: UUID, **_more: str) -> Thing:
    """The exercise that an address names."""
    return exercises.thing(session, exercise_id)


def _form(typed: Typed, refusal: ObserveError | None = None, *, mends: UUID | None = None) -> str:
    with read() as session:
        named = request.values.get("rubric", "")
        choices = exercises.choices(session, named, mends=mends)
    errors = {refusal.field or "title": refusal.sentence} if refusal else {}
    return render_template(
        "calibration/exercise_form.html",
        form=Form(typed, choices, errors),
        mends=mends,
        uses=exercise_words.use_words(),
    )


@blueprint.get("/practice/new")
@requires("make exercises")
def new_exercise() -> ResponseReturnValue:
    """The form of a new exercise, with the criteria of one rubric."""
    return _form(Typed())


@blueprint.post("/practice/new")
@requires("make exercises")
def make_exercise() -> ResponseReturnValue:
    """Make it; its experts find it under Practice."""
    typed = typed_in(request.form)
    show_again(lambda refusal: _form(typed, refusal))
    with write() as session:
        said = making_in(typed, request.form.get("rubric", ""))
        made = exercises.make(session, said, by=g.person, at=now())
    flash(_("Made. Its two experts find it under Practice and rate it apart."))
    return redirect(url_for("calibration.exercise", exercise_id=made))


@blueprint.get("/practice/exercises/<uuid:exercise_id>/mend")
@requires("make exercises", of=of)
def mending(exercise_id: UUID) -> ResponseReturnValue:
    """The form of the next version, with what this one says."""
    with read() as session:
        typed = exercises.as_it_is(session, exercise_id)
    return _form(as_made(*typed), mends=exercise_id)


@blueprint.post("/practice/exercises/<uuid:exercise_id>/mend")
@requires("make exercises", of=of)
def mend(exercise_id: UUID) -> ResponseReturnValue:
    """Make the next version; the published one stays until the new one is published."""
    typed = typed_in(request.form)
    show_again(lambda refusal: _form(typed, refusal, mends=exercise_id))
    with write() as session:
        said = making_in(typed, request.form.get("rubric", ""))
        made = exercises.mend(session, exercise_id, said, by=g.person, at=now())
    flash(_("The next version is made. Its experts rate it; until then the one before stays."))
    return redirect(url_for("calibration.exercise", exercise_id=made))


@blueprint.get("/practice/exercises/<uuid:exercise_id>")
@requires("see exercise", of=of)
def exercise(exercise_id: UUID) -> ResponseReturnValue:
    """What it is, how far it is, its reference once published, and its groups."""
    return page(exercise_id)


def page(exercise_id: UUID, refusal: ObserveError | None = None) -> str:
    """The page of an exercise, with what was refused at its field."""
    leads = g.person.has(RoleKind.FACILITATOR)
    with read() as session:
        about = exercises.about(session, exercise_id)
        thing = exercises.thing(session, exercise_id)
        groups = exercise_groups.of_exercise(session, exercise_id) if leads else ()
        observers = exercise_groups.may_be_asked(session, exercise_id) if leads else ()
    errors = {refusal.field or "held_on": refusal.sentence} if refusal else {}
    return render_template(
        "calibration/exercise.html",
        about=about,
        groups=groups,
        observers=observers,
        leads=leads,
        settles=may(g.person, "settle exercise", thing),
        today=now().date(),
        errors=errors,
        typed=request.form,
        asked=request.form.getlist("asked"),
        words=exercise_words,
    )


@blueprint.post("/practice/exercises/<uuid:exercise_id>/withdraw")
@requires("make exercises", of=of)
def withdraw_exercise(exercise_id: UUID) -> ResponseReturnValue:
    """Offer it to nobody from now on."""
    show_again(lambda refusal: page(exercise_id, refusal))
    with write() as session:
        reason = request.form.get("reason", "")
        exercises.withdraw(session, exercise_id, reason, by=g.person, at=now())
    flash(_("Withdrawn. What was finished stays with those who finished it."))
    return redirect(url_for("calibration.exercise", exercise_id=exercise_id))


@blueprint.post("/practice/exercises/<uuid:exercise_id>/publish")
@requires("publish exercise", of=of)
def publish_exercise(exercise_id: UUID) -> ResponseReturnValue:
    """Offer it to everybody who observes."""
    with write() as session:
        exercises.publish(session, exercise_id, by=g.person, at=now())
    flash(_("Published. Everybody who observes can take it now; its reference stays."))
    return redirect(url_for("calibration.exercise", exercise_id=exercise_id))
