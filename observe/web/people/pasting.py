"""Paste a table of people from a spreadsheet."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.services import people_import
from observe.services.people_import import Effect, Plan
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import ngettext


@blueprint.get("/people/paste")
@requires("manage people")
def paste() -> ResponseReturnValue:
    """The empty form, with what a table looks like."""
    return render_template("people/paste.html", text="", plan=None, errors={})


@blueprint.post("/people/paste/check")
@requires("manage people")
def check_paste() -> ResponseReturnValue:
    """Say line by line what the table would change."""
    return _checked()


def _checked(refusal: ObserveError | None = None) -> str:
    text = request.form.get("table", "")
    with read() as session:
        plan = people_import.check(session, text, by=g.person, at=now())
    errors = {"table": refusal.sentence} if refusal else {"table": plan.fault} if plan.fault else {}
    return render_template("people/paste.html", text=text, plan=plan, errors=errors)


@blueprint.post("/people/paste")
@requires("manage people")
def apply_paste() -> ResponseReturnValue:
    """Make the changes, all or none."""
    show_again(_checked)
    with write() as session:
        plan = people_import.apply(session, request.form.get("table", ""), by=g.person, at=now())
    flash(_said(plan))
    return redirect(url_for("people.index"))


def _said(plan: Plan) -> str:
    new, changed = plan.count(Effect.NEW), plan.count(Effect.CHANGED)
    people = ngettext("%(num)d person is new", "%(num)d people are new", new)
    lines = ngettext("%(num)d line changed something", "%(num)d lines changed something", changed)
    return f"{people}, {lines}."
