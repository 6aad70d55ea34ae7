"""What is said about the lines of a summary before it is released."""

from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from observe.services import summary_review
from observe.storage import summaries
from observe.web.database import now, write
from observe.web.errors import show_again
from observe.web.feedback import reviews
from observe.web.feedback.blueprint import blueprint
from observe.web.guard import requires


@blueprint.post("/feedback/<uuid:summary_id>/comments")
@requires("read draft summary", of=summaries.thing)
def comment(summary_id: UUID) -> ResponseReturnValue:
    """Say something about a line."""
    line, text = request.form.get("line") or None, request.form.get("text", "")
    at = line or "whole"
    show_again(
        lambda refusal: reviews.page(summary_id, refusal, typed=text, at=at, asked="comment")
    )
    with write() as session:
        summary_review.comment(session, summary_id, line, text, by=g.person, at=now())
    return _back(summary_id, f"say-{at}")


@blueprint.post("/feedback/<uuid:summary_id>/comments/<uuid:comment_id>/answer")
@requires("read draft summary", of=summaries.of_comment)
def answer_comment(summary_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Answer what was said."""
    text = request.form.get("text", "")
    show_again(lambda refusal: reviews.page(summary_id, refusal, typed=text, at=str(comment_id)))
    with write() as session:
        summary_review.comment(
            session, summary_id, None, text, by=g.person, at=now(), answers_id=comment_id
        )
    return _back(summary_id, f"said-{comment_id}")


@blueprint.post("/feedback/<uuid:summary_id>/comments/<uuid:comment_id>/seen-to")
@requires("write summary", of=summaries.of_comment)
def seen_to(summary_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Mark what was asked for as done, or not after all."""
    seen = request.form.get("seen") != "no"
    with write() as session:
        summary_review.seen_to(session, summary_id, comment_id, seen=seen, by=g.person, at=now())
    return _back(summary_id, f"said-{comment_id}")


def _back(summary_id: UUID, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("feedback.review", summary_id=summary_id, _anchor=anchor))
