"""Which checks hold a summary up."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.feedback.finding import Kind
from observe.services import blocking_checks
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _


@blueprint.get("/people/checks")
@requires("set checks")
def checks() -> ResponseReturnValue:
    """The checks, and which of them nobody can send a summary with."""
    return _page()


@blueprint.post("/people/checks")
@requires("set checks")
def choose_checks() -> ResponseReturnValue:
    """Keep which are ticked."""
    show_again(_page)
    with write() as session:
        blocking_checks.choose(session, request.form.getlist("checks"), by=g.person, at=now())
    flash(_("Kept. It holds for what is sent from now on."))
    return redirect(url_for("people.checks"))


def _page(refusal: ObserveError | None = None) -> str:
    with read() as session:
        chosen = blocking_checks.chosen(session)
    return render_template("people/checks.html", kinds=list(Kind), chosen=chosen, refusal=refusal)
