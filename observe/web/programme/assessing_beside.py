"""Both looks at somebody's observing side by side, and what is suggested for the next year."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.services import assessing, assessing_beside, suggesting
from observe.storage import people, suggestions
from observe.storage.assessing import THING
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme import assessing_words, suggestion_form
from observe.web.programme.assessing import page as look_page
from observe.web.programme.blueprint import blueprint
from observe.web.programme.suggestion_form import Typed
from observe.web.reading import note_reading
from observe.web.words import gettext as _


@blueprint.get("/programme/observing/rounds/<uuid:round_id>/beside")
@requires("compare looks", of=assessing.thing)
def looks_beside(round_id: UUID) -> ResponseReturnValue:
    """Criterion by criterion, and beside the earlier looks."""
    return note_reading(_page(round_id), THING, round_id)


def _page(
    round_id: UUID, *, errors: Mapping[str, str] | None = None, typed: Typed | None = None
) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = assessing_beside.beside(session, round_id)
    return render_template(
        "programme/looks_beside.html",
        found=found,
        mine=found.round.person_id == g.person.id,
        typed=typed or Typed(),
        form=request.form,
        most=suggesting.MOST,
        titles=assessing_words.titles(line.now.criterion for line in found.lines),
        errors=errors or {},
        words=assessing_words,
    )


@blueprint.post("/programme/observing/rounds/<uuid:round_id>/suggestions")
@requires("suggest for observing", of=assessing.thing)
def suggest(round_id: UUID) -> ResponseReturnValue:
    """Suggest something for the next year, while one assesses or when both have sealed."""
    typed = suggestion_form.in_form(request.form)
    show_again(lambda refusal: _either_page(round_id, typed, refusal))
    with write() as session:
        wish = suggestion_form.wish(typed)
        suggesting.suggest(session, round_id, wish, by=g.person, at=now())
    flash(_("Kept among your suggestions."))
    return redirect(url_for("programme.look", round_id=round_id, _anchor="suggestions"))


def _either_page(round_id: UUID, typed: Typed, refusal: ObserveError | None = None) -> str:
    """The page on which one suggests: that of one's open look, or both side by side."""
    with read() as session:
        revealed = assessing.thing(session, round_id).revealed
    if not revealed:
        return look_page(round_id, refusal, typed)
    errors = {refusal.field or "text": refusal.sentence} if refusal else {}
    return _page(round_id, errors=errors, typed=typed)


@blueprint.post("/programme/observing/suggestions/<uuid:suggestion_id>/remove")
@requires("suggest for observing", of=suggesting.thing)
def remove_suggestion(suggestion_id: UUID) -> ResponseReturnValue:
    """Take a suggestion back; its words stand in the form once more, so that a save gives it back."""
    with write() as session:
        round_id = suggestions.find(session, suggestion_id).round_id
        said = suggesting.remove(session, suggestion_id, by=g.person, at=now())
    flash(_("Taken back. Its words stand in the form until you leave this page."))
    return _either_page(round_id, suggestion_form.of_wish(said))


@blueprint.post("/programme/observing/suggestions/<uuid:suggestion_id>/take")
@requires("answer suggestion", of=suggesting.thing)
def take_suggestion(suggestion_id: UUID) -> ResponseReturnValue:
    """Take a suggestion, as it stands or in one's own words: it becomes a target."""
    show_again(lambda refusal: _answer_page(suggestion_id, refusal))
    typed = suggestion_form.in_form(request.form, f"-{suggestion_id}")
    with write() as session:
        wish = suggestion_form.wish(typed)
        target_id = suggesting.take(session, suggestion_id, wish, by=g.person, at=now())
    flash(_("It is a target of yours now."))
    return redirect(url_for("feedback.target", target_id=target_id))


@blueprint.post("/programme/observing/suggestions/<uuid:suggestion_id>/decline")
@requires("answer suggestion", of=suggesting.thing)
def decline_suggestion(suggestion_id: UUID) -> ResponseReturnValue:
    """Say "not now", and why."""
    show_again(lambda refusal: _answer_page(suggestion_id, refusal))
    reason = request.form.get(f"reason-{suggestion_id}", "").replace("\0", "").strip()
    with write() as session:
        suggesting.decline(session, suggestion_id, reason, by=g.person, at=now())
        round_id = suggestions.find(session, suggestion_id).round_id
    flash(_("Said. You can still take it later."))
    return redirect(url_for("programme.looks_beside", round_id=round_id, _anchor="suggestions"))


def _answer_page(suggestion_id: UUID, refusal: ObserveError) -> str:
    with read() as session:
        round_id = suggestions.find(session, suggestion_id).round_id
    name = (refusal.field or "text").removesuffix(f"-{suggestion_id}")
    return _page(round_id, errors={f"{name}-{suggestion_id}": refusal.sentence})
