"""The author's page: the draft, the checks and the evidence beside it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError, Stale
from observe.core.feedback.editing import Lines
from observe.core.feedback.review import WITH_AUTHOR, State
from observe.services import summary_writing
from observe.services.summary_writing import Desk
from observe.storage import summaries
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.draft_form import carried_out, read_lines, read_revision
from observe.web.feedback.pages import in_schools_time, sections
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/feedback/<uuid:summary_id>/edit")
@requires("write summary", of=summaries.thing)
def edit(summary_id: UUID) -> ResponseReturnValue:
    """The draft as it is kept; whoever comes late finds it with its reader or released."""
    with read() as session:
        desk = _desk(session, summary_id)
    if desk.summary.state not in WITH_AUTHOR:
        return redirect(url_for(_elsewhere(desk.summary.state), summary_id=summary_id))
    return _page(desk)


@blueprint.post("/feedback/<uuid:summary_id>/edit")
@requires("write summary", of=summaries.thing)
def write_draft(summary_id: UUID) -> ResponseReturnValue:
    """Keep what was typed and do what the button asks; with somebody else's change, show both."""
    typed, asked = read_lines(request.form), request.form.get("do", "save")
    show_again(lambda refusal: _typed_again(summary_id, typed, refusal))
    changed = carried_out(typed, asked, request.form)
    with write() as session:
        _keep(session, summary_id, changed)
        if asked == "submit":
            return _sent(session, summary_id)
    return redirect(url_for("feedback.edit", summary_id=summary_id) + _anchor(asked))


@blueprint.post("/feedback/<uuid:summary_id>/lines")
@requires("write summary", of=summaries.thing)
def keep_lines(summary_id: UUID) -> ResponseReturnValue:
    """Keep what is being typed, for the page that stays open; refusals are told as JSON."""
    show_again(lambda refusal: _told(refusal))
    asked = request.form.get("do", "")
    with write() as session:
        _keep(session, summary_id, carried_out(read_lines(request.form), asked, request.form))
        desk = _desk(session, summary_id)
    return {
        "revision": desk.summary.revision,
        "saved": render_template("feedback/_saved.html", desk=desk),
        "words": render_template("feedback/_words.html", desk=desk),
        "beside": render_template("feedback/_beside.html", desk=desk),
        "lines": _lines(desk) if asked else None,
    }


def _keep(session: NetworkSession, summary_id: UUID, lines: Lines) -> int:
    revision = read_revision(request.form)
    return summary_writing.keep(
        session, summary_id, lines, revision=revision, by=g.person, at=now()
    )


def _sent(session: NetworkSession, summary_id: UUID) -> ResponseReturnValue:
    """Say where it went."""
    state = summary_writing.submit(session, summary_id, by=g.person, at=now())
    summary = summaries.find(session, summary_id)
    if state == State.RELEASED:
        flash(_("%(name)s can read this summary now.", name=summary.teacher))
    else:
        flash(_("The summary for %(name)s is with its reader.", name=summary.teacher))
    return redirect(url_for("feedback.index"))


def _desk(session: NetworkSession, summary_id: UUID, typed: Lines | None = None) -> Desk:
    desk = summary_writing.desk_of(session, summary_id, typed=typed)
    in_schools_time(session, desk.summary)
    return desk


def _page(desk: Desk, refusal: ObserveError | None = None) -> str:
    return render_template(
        "feedback/edit.html",
        desk=desk,
        sections=list(sections(desk.summary, desk.lines)),
        refusal=refusal,
        stale=isinstance(refusal, Stale),
        place="feedback.index",
    )


def _lines(desk: Desk) -> str:
    told = list(sections(desk.summary, desk.lines))
    return render_template("feedback/_lines.html", desk=desk, sections=told)


def _typed_again(summary_id: UUID, typed: Lines, refusal: ObserveError) -> str:
    """The page with what was typed, and what is kept beside it."""
    with read() as session:
        desk = _desk(session, summary_id, typed)
    return _page(desk, refusal)


def _told(refusal: ObserveError) -> str:
    return render_template("feedback/_refused.html", refusal=refusal)


def _elsewhere(state: State) -> str:
    return "feedback.show" if state == State.RELEASED else "feedback.review"


def _anchor(asked: str) -> str:
    """Where to look after a deed: the line that it changed."""
    words = asked.split()
    place = {"use": 2}.get(words[0], 1) if words else 0
    key = words[place] if len(words) > place else request.form.get("into", "")
    return f"#line-{key}" if key.isdecimal() and words[0] != "remove" else ""
