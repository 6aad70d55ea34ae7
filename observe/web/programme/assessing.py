"""One look at somebody's observing: written criterion by criterion, saved at each change, and sealed."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.exercises import Given, read_value
from observe.core.typed import id_in, lines_in
from observe.services import assessing, assessing_form, suggesting
from observe.services.assessing_form import Form
from observe.storage import people
from observe.web.database import now, read, write
from observe.web.dates import clock
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme import assessing_words, suggestion_form
from observe.web.programme.blueprint import blueprint
from observe.web.programme.suggestion_form import Typed
from observe.web.words import gettext as _


@blueprint.get("/programme/observing/rounds/<uuid:round_id>")
@requires("look at observing", of=assessing.thing)
def look(round_id: UUID) -> ResponseReturnValue:
    """What one wrote so far; both looks side by side once both are sealed."""
    with read() as session:
        revealed = assessing.thing(session, round_id).revealed
    if revealed:
        return redirect(url_for("programme.looks_beside", round_id=round_id))
    return page(round_id)


def page(round_id: UUID, refusal: ObserveError | None = None, typed: Typed | None = None) -> str:
    """The page of one's look, with what was refused; `typed` stands in the form of suggestions."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        form = assessing_form.look(session, round_id, by=g.person)
        suggested = suggesting.in_form(session, form)
    ideas = suggesting.ideas(form.rows)
    return render_template(
        "programme/look.html",
        form=form,
        suggested=suggested,
        ideas=ideas,
        typed=typed or suggestion_form.of_idea(ideas, request.args.get("idea", "")),
        most=suggesting.MOST,
        titles=assessing_words.titles(row.criterion for row in form.rows),
        errors={refusal.field or "look": refusal.sentence} if refusal else {},
        words=assessing_words,
    )


@blueprint.post("/programme/observing/rounds/<uuid:round_id>/criteria/<criterion>")
@requires("look at observing", of=assessing.thing)
def rate_look(round_id: UUID, criterion: str) -> ResponseReturnValue:
    """Keep one level and its evidence; a script is told so, a form goes back to the page."""
    show_again(lambda refusal: page(round_id, refusal))
    with write() as session:
        given = _given()
        form = assessing_form.rate(session, round_id, criterion, given, by=g.person, at=now())
    if request.accept_mimetypes.best == "application/json":
        return _saved(form)
    flash(_("Saved."))
    return redirect(url_for("programme.look", round_id=round_id, _anchor=f"c-{criterion}"))


def _given() -> Given:
    note = lines_in(request.form.get("note", ""))
    return Given(read_value(request.form.get("value", "")), note)


def _saved(form: Form) -> ResponseReturnValue:
    said = _("Saved at %(time)s.", time=clock(now()))
    return {"saved": f"{said} {assessing_words.written_words(form)}"}


@blueprint.post("/programme/observing/rounds/<uuid:round_id>/lessons")
@requires("look at observing", of=assessing.thing)
def rest_look(round_id: UUID) -> ResponseReturnValue:
    """Say on which paired lessons one's look rests."""
    chosen = [found for each in request.form.getlist("lesson") if (found := id_in(each))]
    with write() as session:
        assessing_form.rest_on(session, round_id, chosen, by=g.person)
    flash(_("Saved."))
    return redirect(url_for("programme.look", round_id=round_id, _anchor="lessons"))


@blueprint.post("/programme/observing/rounds/<uuid:round_id>/seal")
@requires("look at observing", of=assessing.thing)
def seal_look(round_id: UUID) -> ResponseReturnValue:
    """Seal one's own look; what is missing is named."""
    show_again(lambda refusal: page(round_id, refusal))
    with write() as session:
        sealed = assessing_form.seal(session, round_id, by=g.person, at=now())
    if not sealed.revealed:
        flash(_("Sealed. When the other look is sealed too, both stand side by side here."))
    return redirect(url_for("programme.look", round_id=round_id))
