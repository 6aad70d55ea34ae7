"""The reader's page: exactly what the teacher will see, and what to decide."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.feedback.review import State
from observe.core.permissions import may
from observe.services import summary_review, summary_writing
from observe.storage import summaries
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
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
    return _page(summary_id)


@blueprint.post("/feedback/<uuid:summary_id>/comments")
@requires("read draft summary", of=summaries.thing)
def comment(summary_id: UUID) -> ResponseReturnValue:
    """Say something about a line."""
    line, text = request.form.get("line") or None, request.form.get("text", "")
    show_again(lambda refusal: _page(summary_id, refusal, typed=text, at_line=line))
    with write() as session:
        summary_review.comment(session, summary_id, line, text, by=g.person, at=now())
    return redirect(url_for("feedback.review", summary_id=summary_id) + f"#say-{line or 'whole'}")


@blueprint.post("/feedback/<uuid:summary_id>/correct")
@requires("review summary", of=summaries.thing)
def correct(summary_id: UUID) -> ResponseReturnValue:
    """Put a line otherwise, with the change shown."""
    line, text = request.form.get("line", ""), request.form.get("text", "")
    show_again(lambda refusal: _page(summary_id, refusal, corrected=text, at_line=line))
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
    show_again(lambda refusal: _page(summary_id, refusal))
    with write() as session:
        revision = read_revision(request.form)
        summary_review.send_back(session, summary_id, revision=revision, by=g.person, at=now())
        author = summaries.find(session, summary_id).author
    flash(_("The summary is back with %(name)s.", name=author))
    return redirect(url_for("feedback.index"))


@blueprint.post("/feedback/<uuid:summary_id>/release")
@requires("review summary", of=summaries.thing)
def release(summary_id: UUID) -> ResponseReturnValue:
    """Approve it and give it to the teacher."""
    show_again(lambda refusal: _page(summary_id, refusal))
    with write() as session:
        revision = read_revision(request.form)
        summary_review.release(session, summary_id, revision=revision, by=g.person, at=now())
        teacher = summaries.find(session, summary_id).teacher
    flash(_("%(name)s can read this summary now.", name=teacher))
    return redirect(url_for("feedback.show", summary_id=summary_id))


@blueprint.post("/feedback/<uuid:summary_id>/recall")
@requires("recall summary", of=summaries.thing)
def recall(summary_id: UUID) -> ResponseReturnValue:
    """Take it back while nobody has read it."""
    with write() as session:
        summary_review.recall(session, summary_id, by=g.person, at=now())
        teacher = summaries.find(session, summary_id).teacher
    flash(_("The summary is taken back. %(name)s has not read it.", name=teacher))
    return redirect(url_for("feedback.index"))


def _page(
    summary_id: UUID,
    refusal: ObserveError | None = None,
    *,
    typed: str = "",
    corrected: str = "",
    at_line: str | None = None,
) -> str:
    with read() as session:
        context = _context(session, summary_id)
    return render_template(
        "feedback/review.html",
        **context,
        refusal=refusal,
        typed=typed,
        corrected=corrected,
        at_line=at_line,
        place="feedback.index",
    )


def _context(session: NetworkSession, summary_id: UUID) -> dict[str, object]:
    reading = summary_review.reading(session, summary_id, at=now())
    in_schools_time(session, reading.summary)
    thing = summaries.thing(session, summary_id)
    decides = may(g.person, "review summary", thing)
    queue = summaries.waiting_for(session, g.person) if decides else []
    return {
        "reading": reading,
        "decides": decides,
        "writes": may(g.person, "write summary", thing),
        "released": reading.summary.state == State.RELEASED,
        "queue": queue,
        "findings": summary_writing.open_findings(session, queue),
    }
