"""Terms and days without school, of one school or of all."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.typed import day_in
from observe.services import class_lists, school_holidays, school_terms
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _
from observe.web.words import ngettext


@blueprint.get("/people/days")
@requires("set school days")
def all_days() -> ResponseReturnValue:
    """The holidays of all schools."""
    return _page(None)


@blueprint.post("/people/days")
@requires("set school days")
def keep_all_days() -> ResponseReturnValue:
    """Add holidays of all schools."""
    return _keep(None)


@blueprint.post("/people/days/terms")
@requires("set school days")
def keep_all_terms() -> ResponseReturnValue:
    """Keep when the terms of all schools begin and end."""
    return _keep_terms(None)


@blueprint.post("/people/days/<uuid:holiday_id>/remove")
@requires("set school days")
def remove_all_days(holiday_id: UUID) -> ResponseReturnValue:
    """Take a holiday of all schools off the list."""
    return _remove(None, holiday_id)


@blueprint.get("/people/schools/<uuid:school_id>/days")
@requires("set school days", of=class_lists.thing)
def school_days(school_id: UUID) -> ResponseReturnValue:
    """The holidays of one school."""
    return _page(school_id)


@blueprint.post("/people/schools/<uuid:school_id>/days")
@requires("set school days", of=class_lists.thing)
def keep_days(school_id: UUID) -> ResponseReturnValue:
    """Add holidays of one school."""
    return _keep(school_id)


@blueprint.post("/people/schools/<uuid:school_id>/days/terms")
@requires("set school days", of=class_lists.thing)
def keep_terms(school_id: UUID) -> ResponseReturnValue:
    """Keep when the terms of one school begin and end."""
    return _keep_terms(school_id)


@blueprint.post("/people/schools/<uuid:school_id>/days/<uuid:holiday_id>/remove")
@requires("set school days", of=school_holidays.thing)
def remove_days(school_id: UUID, holiday_id: UUID) -> ResponseReturnValue:
    """Take a holiday of one school off the list."""
    return _remove(school_id, holiday_id)


def _page(school_id: UUID | None, refusal: ObserveError | None = None) -> str:
    with read() as session:
        year = school_holidays.of(session, school_id)
        terms = school_terms.lines(session, school_id, now().date())
    return render_template(
        "people/days.html",
        year=year,
        terms=terms,
        errors={(refusal.field or "list"): refusal.sentence} if refusal else {},
        typed=request.form,
        place=place(),
    )


def _keep(school_id: UUID | None) -> ResponseReturnValue:
    show_again(lambda refusal: _page(school_id, refusal))
    with write() as session:
        added = _added(session, school_id)
    if added:
        flash(ngettext("%(num)d holiday is added.", "%(num)d holidays are added.", added))
    else:
        flash(_("These days were on the list already."))
    return _back(school_id)


def _added(session: NetworkSession, school_id: UUID | None) -> int:
    form, at = request.form, now()
    if form.get("do") == "paste":
        return school_holidays.paste(session, school_id, form.get("list", ""), by=g.person, at=at)
    first, last = day_in(form.get("first", "")), day_in(form.get("last", ""))
    if last is None and form.get("last"):
        raise Invalid(_("Give a day, for example 30/10/2026."), field="last")
    name = form.get("name", "")
    return school_holidays.add(
        session, school_id, name=name, first=first, last=last, by=g.person, at=at
    )


def _keep_terms(school_id: UUID | None) -> ResponseReturnValue:
    show_again(lambda refusal: _page(school_id, refusal))
    at = now()
    typed = {
        term.key: (_term_day(f"{term.key}-first"), _term_day(f"{term.key}-last"))
        for term in school_terms.shown(at.date())
    }
    with write() as session:
        school_terms.keep(session, school_id, typed, by=g.person, at=at)
    flash(_("The days of term are kept. Days between two terms are no days of school."))
    return _back(school_id)


def _term_day(field: str) -> date | None:
    """The day in a field; Invalid where something else was typed."""
    typed = request.form.get(field, "")
    if typed.strip() and day_in(typed) is None:
        raise Invalid(_("Give a day, for example 30/10/2026."), field=field)
    return day_in(typed)


def _remove(school_id: UUID | None, holiday_id: UUID) -> ResponseReturnValue:
    with write() as session:
        school_holidays.remove(session, school_id, holiday_id, by=g.person, at=now())
    flash(_("These are days of school again."))
    return _back(school_id)


def _back(school_id: UUID | None) -> ResponseReturnValue:
    if school_id is None:
        return redirect(url_for("people.all_days"))
    return redirect(url_for("people.school_days", school_id=school_id))


def place() -> str:
    """The place under which a head or a facilitator finds these pages."""
    return "people.index" if g.person.has("facilitator") else "feedback.index"
