"""The reader's page: exactly what the teacher will see, and what to decide."""

from dataclasses import replace
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.feedback.review import State
from observe.core.permissions import may
from observe.services import (
    chores,
    release_days,
    review_queue,
    summary_review,
    summary_writing,
)
from observe.services.summary_review import Reading
from observe.storage import summaries
from observe.storage.database import NetworkSession
from observe.web.database import database, now, read, write
from observe.web.dates import day
from observe.web.errors import show_again
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.draft_form import read_revision
from observe.web.feedback.pages import in_schools_time
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/feedback/<uuid:summary_id>/review")
@requires("read draft summary", of=summaries.thing)
def review(summary_id: UUID) -> ResponseReturnValue:
    """The letter as it would be read now, with room for comments."""
    chores.in_one(database(), g.person.network_id, at=now(), chores=(chores.HAND_ON,))
    return page(summary_id)


@blueprint.get("/feedback/<uuid:summary_id>/preview")
@requires("read draft summary", of=summaries.thing)
def preview(summary_id: UUID) -> ResponseReturnValue:
    """The words alone, made by the lines that make the teacher's page."""
    with read() as session:
        reading = _reading(session, summary_id)
    return render_template("feedback/preview.html", reading=reading, place="feedback.index")


@blueprint.post("/feedback/<uuid:summary_id>/correct")
@requires("review summary", of=summaries.thing)
def correct(summary_id: UUID) -> ResponseReturnValue:
    """Put a line otherwise, with the change shown."""
    line, text = request.form.get("line", ""), request.form.get("text", "")
    show_again(lambda refusal: page(summary_id, refusal, typed=text, at=line, asked="correct"))
    with write() as session:
        revision = read_revision(request.form)
        summary_review.correct(
            session, summary_id, line, text, revision=revision, by=g.person, at=now()
        )
    return redirect(url_for("feedback.review", summary_id=summary_id) + f"#say-{line}")


@blueprint.post("/feedback/<uuid:summary_id>/send-back")
@requires("review summary", of=summaries.thing)
def send_back(summary_id: UUID) -> ResponseReturnValue:
    """Give it back to its author, with what was said."""
    show_again(lambda refusal: page(summary_id, refusal))
    with write() as session:
        revision = read_revision(request.form)
        summary_review.send_back(session, summary_id, revision=revision, by=g.person, at=now())
        author = summaries.find(session, summary_id).author
    flash(_("The summary is back with %(name)s.", name=author))
    return redirect(url_for("feedback.index"))


@blueprint.post("/feedback/<uuid:summary_id>/approve")
@requires("review summary", of=summaries.thing)
def approve(summary_id: UUID) -> ResponseReturnValue:
    """Let it go out on the day on which the school releases."""
    show_again(lambda refusal: page(summary_id, refusal))
    with write() as session:
        revision = read_revision(request.form)
        summary_writing.let_through(session, summary_id)
        summary_review.approve(session, summary_id, revision=revision, by=g.person, at=now())
        summary = summaries.find(session, summary_id)
        in_schools_time(session, summary)
    if summary.release_on is None:
        return _given(summary_id, summary.teacher)
    told = {"name": summary.teacher, "day": day(summary.release_on)}
    flash(_("Approved. %(name)s gets it on %(day)s in the morning.", **told))
    return redirect(url_for("feedback.index"))


@blueprint.post("/feedback/<uuid:summary_id>/release")
@requires("review summary", of=summaries.thing)
def release(summary_id: UUID) -> ResponseReturnValue:
    """Approve it and give it to the teacher now."""
    show_again(lambda refusal: page(summary_id, refusal))
    with write() as session:
        revision = read_revision(request.form)
        summary_writing.let_through(session, summary_id)
        summary_review.release(session, summary_id, revision=revision, by=g.person, at=now())
        teacher = summaries.find(session, summary_id).teacher
    return _given(summary_id, teacher)


@blueprint.post("/feedback/<uuid:summary_id>/recall")
@requires("recall summary", of=summaries.thing)
def recall(summary_id: UUID) -> ResponseReturnValue:
    """Take it back while nobody has read it."""
    with write() as session:
        summary_review.recall(session, summary_id, by=g.person, at=now())
        teacher = summaries.find(session, summary_id).teacher
    flash(_("The summary is taken back. %(name)s has not read it.", name=teacher))
    return redirect(url_for("feedback.index"))


def page(
    summary_id: UUID,
    refusal: ObserveError | None = None,
    *,
    typed: str = "",
    at: str = "",
    asked: str = "",
) -> str:
    """The reader's page; `at` is the line or comment where something was refused."""
    with read() as session:
        context = _context(session, summary_id)
    return render_template(
        "feedback/review.html",
        **context,
        refusal=refusal,
        typed=typed,
        at_line=at,
        asked=asked,
        place="feedback.index",
    )


def _context(session: NetworkSession, summary_id: UUID) -> dict[str, object]:
    reading = _reading(session, summary_id)
    thing = summaries.thing(session, summary_id)
    decides = may(g.person, "review summary", thing)
    queue = review_queue.waiting_for(session, g.person, at=now()) if decides else ()
    waiting = [each.summary for each in queue]
    return {
        "reading": reading,
        "was": {line.key: line for line in reading.summary.lines},
        "decides": decides,
        "writes": may(g.person, "write summary", thing),
        "queue": queue,
        "findings": summary_writing.open_findings(session, waiting),
        "release_on": release_days.next_day(session, reading.summary, at=now()),
    }


def _reading(session: NetworkSession, summary_id: UUID) -> Reading:
    """What lies before the reader; once it is released, what was released."""
    reading = summary_review.reading(session, summary_id, at=now())
    in_schools_time(session, reading.summary)
    if reading.summary.state != State.RELEASED:
        return reading
    version = summaries.version(session, summary_id)
    return replace(reading, letter=version.letter, number=version.number)


def _given(summary_id: UUID, teacher: str) -> ResponseReturnValue:
    flash(_("%(name)s can read this summary now.", name=teacher))
    return redirect(url_for("feedback.show", summary_id=summary_id))
