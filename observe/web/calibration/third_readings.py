"""The queue of third readings, and the page on which one is read."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid
from observe.core.typed import id_in
from observe.services import third_queue, third_reading
from observe.services.third_reading import Answer
from observe.web.calibration import talk_words, third_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.talk_form import signed_in
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.reading import note_reading
from observe.web.words import gettext as _

ONE = "/third-readings/<uuid:lesson_id>/<criterion>"


@blueprint.get("/third-readings")
@requires("see third readings")
def third_readings() -> ResponseReturnValue:
    """What waits for a third reader, what one has taken, and what one answered."""
    with read() as session:
        queue = third_queue.queue_of(session, by=g.person)
    return render_template("calibration/third_readings.html", queue=queue)


@blueprint.get(ONE)
@requires("read as third", of=third_reading.thing)
def third_reading_page(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """The rubric's words; what was noted once it is taken; what was given after one's own answer."""
    return note_reading(_page(lesson_id, criterion), "third reading", lesson_id)


def _page(lesson_id: UUID, criterion: str, typed: Answer | None = None, fault: str = "") -> str:
    with read() as session:
        reading = third_reading.read(session, lesson_id, criterion, by=g.person)
    g.zone = reading.zone
    return render_template(
        "calibration/third_reading.html",
        reading=reading,
        typed=typed or Answer(None, ""),
        chosen=request.form.get("level", ""),
        fault=fault,
        say=talk_words,
        third_words=third_words,
    )


@blueprint.post(f"{ONE}/take")
@requires("read as third", of=third_reading.thing)
def take_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Take it, so that nobody else reads it too."""
    with write() as session:
        third_reading.take(session, lesson_id, criterion, by=g.person, at=now())
    return redirect(_place(lesson_id, criterion))


@blueprint.post(f"{ONE}/put-back")
@requires("read as third", of=third_reading.thing)
def put_back_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Leave it to somebody else after all."""
    with write() as session:
        third_reading.put_back(session, lesson_id, criterion, by=g.person, at=now())
    flash(_("Put back. Somebody else can take it now."))
    return redirect(url_for("calibration.third_readings"))


@blueprint.post(f"{ONE}/answer")
@requires("read as third", of=third_reading.thing)
def answer_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Give one's own level and a reason; then one is told what the observers gave."""
    chosen, reason = request.form.get("level", ""), request.form.get("reason", "")
    said = Answer(signed_in(chosen), reason)
    show_again(lambda refusal: _page(lesson_id, criterion, said, refusal.sentence))
    if not chosen:
        raise Invalid(_("Choose a level, or say that it cannot be told."))
    with write() as session:
        third_reading.answer(session, lesson_id, criterion, said, by=g.person, at=now())
    return redirect(_place(lesson_id, criterion))


@blueprint.post(f"{ONE}/assign")
@requires("assign third reader", of=third_reading.thing)
def assign_third(lesson_id: UUID, criterion: str) -> ResponseReturnValue:
    """Choose who reads it, or leave it to the advisers of the school."""
    reader = id_in(request.form.get("reader", ""))
    with write() as session:
        third_reading.assign(session, lesson_id, criterion, reader, by=g.person, at=now())
    flash(_("Kept. It waits for whom you chose.") if reader else _("It waits for the advisers."))
    return redirect(url_for("calibration.third_readings"))


def _place(lesson_id: UUID, criterion: str) -> str:
    return url_for("calibration.third_reading_page", lesson_id=lesson_id, criterion=criterion)
