"""The teacher's page: the letter, the target, and the reply."""

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import may
from observe.core.typed import day_in
from observe.services import replying, summary_clock, summary_reading
from observe.storage import summaries
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.pages import in_schools_time, to_read
from observe.web.feedback.pdf import letter_pdf
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/feedback/<uuid:summary_id>")
@requires("read released summary", of=to_read)
def show(summary_id: UUID) -> ResponseReturnValue:
    """The letter; that it was read is kept first, once an hour, so that nobody takes it back meanwhile."""
    _opened(summary_id)
    return _page(summary_id)


@blueprint.get("/feedback/<uuid:summary_id>.pdf")
@requires("read released summary", of=to_read)
def pdf(summary_id: UUID) -> ResponseReturnValue:
    """The letter on paper."""
    _opened(summary_id)
    with read() as session:
        version = summaries.version(session, summary_id)
    name = f"observe-{version.letter.on.isoformat()}-v{version.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(letter_pdf(version), mimetype="application/pdf", headers=headers)


@blueprint.post("/feedback/<uuid:summary_id>/reply")
@requires("reply to summary", of=summaries.thing)
def reply(summary_id: UUID) -> ResponseReturnValue:
    """Answer it, or say that one sees it differently."""
    _opened(summary_id)
    text, differs = request.form.get("reply", ""), request.form.get("do") == "differs"
    show_again(lambda refusal: _page(summary_id, refusal))
    with write() as session:
        replying.reply(session, summary_id, text, differs=differs, by=g.person, at=now())
    flash(_("Your words stay with this record.") if differs else _("Your reply is sent."))
    return redirect(url_for("feedback.show", summary_id=summary_id) + "#replies")


@blueprint.post("/feedback/<uuid:summary_id>/answer")
@requires("answer reply", of=summaries.thing)
def answer_reply(summary_id: UUID) -> ResponseReturnValue:
    """Answer what the teacher said."""
    _opened(summary_id)
    show_again(lambda refusal: _page(summary_id, refusal))
    text = request.form.get("answer", "")
    with write() as session:
        replying.answer(session, summary_id, text, by=g.person, at=now())
    flash(_("Your answer is sent."))
    return redirect(url_for("feedback.show", summary_id=summary_id) + "#replies")


@blueprint.post("/feedback/<uuid:summary_id>/evidence")
@requires("reply to summary", of=summaries.thing)
def add_evidence(summary_id: UUID) -> ResponseReturnValue:
    """Add what was not seen, or what came of it."""
    _opened(summary_id)
    show_again(lambda refusal: _page(summary_id, refusal))
    text = request.form.get("evidence", "")
    with write() as session:
        replying.add_evidence(session, summary_id, text, by=g.person, at=now())
    flash(_("It is added."))
    return redirect(url_for("feedback.show", summary_id=summary_id) + "#added")


@blueprint.post("/feedback/<uuid:summary_id>/target")
@requires("reply to summary", of=summaries.thing)
def take_target(summary_id: UUID) -> ResponseReturnValue:
    """Take the target as it is."""
    _opened(summary_id)
    with write() as session:
        summary_reading.take_target(session, summary_id, by=g.person, at=now())
    flash(_("The target is yours."))
    return redirect(url_for("feedback.show", summary_id=summary_id) + "#target")


@blueprint.post("/feedback/<uuid:summary_id>/target/change")
@requires("reply to summary", of=summaries.thing)
def change_target(summary_id: UUID) -> ResponseReturnValue:
    """Take it in other words, or to another day."""
    _opened(summary_id)
    show_again(lambda refusal: _page(summary_id, refusal))
    form, due_on = request.form, day_in(request.form.get("due", ""))
    if due_on is None:
        raise Invalid(_("Give a day, for example 11/12/2026."), field="due")
    with write() as session:
        summary_reading.change_target(
            session,
            summary_id,
            text=form.get("text", ""),
            when=form.get("when", ""),
            see=form.get("see", ""),
            due_on=due_on,
            by=g.person,
            at=now(),
        )
    flash(_("The target is yours, in your words."))
    return redirect(url_for("feedback.show", summary_id=summary_id) + "#target")


def _page(summary_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        post = summary_reading.post(session, summary_id)
        in_schools_time(session, post.summary)
        thing = summaries.thing(session, summary_id)
        mine = may(g.person, "reply to summary", thing)
        clock = () if mine else summary_clock.of(session, post.summary, at=now())
    return render_template(
        "feedback/letter.html",
        post=post,
        letter=post.version.letter,
        mine=mine,
        clock=clock,
        answers=may(g.person, "answer reply", thing),
        may_recall=may(g.person, "recall summary", thing) and post.summary.read_at is None,
        errors={refusal.field: refusal.sentence} if refusal else {},
        typed=request.form,
        today=now().date(),
        place="feedback.index",
    )


def _opened(summary_id: UUID) -> None:
    at = now()
    with read() as session:
        noted = summary_reading.is_noted(session, summary_id, by=g.person, at=at)
    if not noted:
        with write() as session:
            summary_reading.opened(session, summary_id, by=g.person, at=at)
