"""The author's page: the draft, the checks and the evidence beside it."""

from typing import Any
from uuid import UUID

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError, Stale
from observe.core.feedback.editing import Lines
from observe.core.feedback.lines import plan_as_json
from observe.core.feedback.review import WITH_AUTHOR, State
from observe.services import other_wordings, phrase_bank, summary_writing
from observe.services.summary_writing import Desk
from observe.storage import phrases, summaries
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.feedback import draft_page
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.draft_form import (
    carried_out,
    read_asides,
    read_lines,
    read_part,
    read_revision,
    read_used,
)
from observe.web.feedback.draft_words import draft_words
from observe.web.feedback.pages import in_schools_time, sections
from observe.web.guard import open_to_all, requires
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
    """Keep what is being typed, for the page that stays open; a refusal is told with the text as it is."""
    show_again(lambda refusal: _told(summary_id, refusal))
    with write() as session:
        _keep(session, summary_id, read_lines(request.form))
        return draft_page.seen(_desk(session, summary_id))


@blueprint.post("/feedback/<uuid:summary_id>/wordings")
@requires("write summary", of=summaries.thing)
def offer_wordings(summary_id: UUID) -> ResponseReturnValue:
    """Other words for one line, as the form of the page has it."""
    form = request.form
    with read() as session:
        offer = other_wordings.offer(
            session,
            summary_id,
            read_part(form.get("part", "")),
            criterion=form.get("criterion") or None,
            note_ids=form.getlist("notes"),
            by=g.person,
        )
    rubrics = [
        {"text": w.text, "plan": plan_as_json(w.plan) if w.plan else None} for w in offer.rubrics
    ]
    return {"rubrics": rubrics, "phrases": draft_page.phrases_told(offer.phrases)}


@blueprint.get("/feedback/draft")
@open_to_all
def draft_here() -> ResponseReturnValue:
    """The author's page without anything in it: a tablet without a network fills it from what it keeps."""
    response = make_response(render_template("feedback/draft_here.html", words=draft_words()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _keep(session: NetworkSession, summary_id: UUID, lines: Lines) -> None:
    """The lines, what was put aside, and which phrases went in."""
    revision, at = read_revision(request.form), now()
    summary_writing.keep(session, summary_id, lines, revision=revision, by=g.person, at=at)
    for kind, quote, aside in read_asides(request.form):
        summary_writing.set_aside(session, summary_id, kind, quote, aside=aside, by=g.person, at=at)
    phrases.used(session, read_used(request.form), by=g.person.id)


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
    with read() as session:
        bank = phrase_bank.bank(session, by=g.person)
    return render_template(
        "feedback/edit.html",
        desk=desk,
        facts=draft_page.facts(desk, bank),
        words=draft_words(),
        sections=list(sections(desk.summary, desk.lines)),
        refusal=refusal,
        stale=isinstance(refusal, Stale),
        place="feedback.index",
    )


def _typed_again(summary_id: UUID, typed: Lines, refusal: ObserveError) -> str:
    """The page with what was typed, and what is kept beside it."""
    with read() as session:
        desk = _desk(session, summary_id, typed)
    return _page(desk, refusal)


def _told(summary_id: UUID, refusal: ObserveError) -> dict[str, Any]:
    """Why nothing was kept, and what is kept now."""
    with read() as session:
        kept = draft_page.seen(_desk(session, summary_id))
    return {"code": refusal.code, "detail": refusal.sentence, **kept}


def _elsewhere(state: State) -> str:
    return "feedback.show" if state == State.RELEASED else "feedback.review"


def _anchor(asked: str) -> str:
    """Where to look after a deed: the line that it changed."""
    words = asked.split()
    place = {"use": 2}.get(words[0], 1) if words else 0
    key = words[place] if len(words) > place else request.form.get("into", "")
    return f"#line-{key}" if key.isdecimal() and words[0] != "remove" else ""
