"""When somebody is free: half days of the week, days away, and the lessons that they teach."""

from collections.abc import Iterator
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.planner import WEEK, HalfDay, Part
from observe.core.typed import day_in, id_in, line_in, number_in
from observe.services import free_times
from observe.services.free_times import TaughtWish
from observe.storage import people
from observe.web.capture.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/free-times")
@requires("keep free times")
def own_times() -> ResponseReturnValue:
    """What one said of when one is free."""
    return _page()


@blueprint.post("/free-times/week")
@requires("keep free times")
def keep_week() -> ResponseReturnValue:
    """Keep the half days that are ticked."""
    show_again(_page)
    with write() as session:
        free_times.keep_half_days(session, set(_ticked()), by=g.person, at=now())
    return _done(_("Your week is kept."))


@blueprint.post("/free-times/away")
@requires("keep free times")
def go_away() -> ResponseReturnValue:
    """Keep days away."""
    show_again(_page)
    first = _day("first_day")
    last = _day("last_day") if request.form.get("last_day") else first
    with write() as session:
        free_times.go_away(session, first, last, by=g.person, at=now())
    return _done(_("Your days away are kept."))


@blueprint.post("/free-times/away/<uuid:away_id>/end")
@requires("keep free times")
def come_back(away_id: UUID) -> ResponseReturnValue:
    """Take days away back."""
    with write() as session:
        free_times.come_back(session, away_id, by=g.person, at=now())
    return _done(_("Taken back: you are there on these days."))


@blueprint.post("/free-times/taught")
@requires("keep free times")
def teach() -> ResponseReturnValue:
    """Keep a lesson that one teaches every week."""
    show_again(_page)
    with write() as session:
        free_times.teach(session, _taught(), by=g.person, at=now())
    return _done(_("The lesson is kept."))


@blueprint.post("/free-times/taught/<uuid:taught_id>/end")
@requires("keep free times")
def stop_teaching(taught_id: UUID) -> ResponseReturnValue:
    """Take out a lesson of the week."""
    with write() as session:
        free_times.stop_teaching(session, taught_id, by=g.person, at=now())
    return _done(_("The lesson is taken out."))


def _page(refusal: ObserveError | None = None) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        today = now().astimezone(ZoneInfo(g.zone)).date()
        own = free_times.own(session, g.person, today=today)
    errors = {refusal.field or "first_day": refusal.sentence} if refusal else {}
    return render_template(
        "capture/planner_times.html", own=own, errors=errors, typed=request.form, parts=list(Part)
    )


def _done(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("capture.own_times"))


def _ticked() -> Iterator[HalfDay]:
    """The half days of a week whose boxes are ticked, `2-morning`."""
    said = set(request.form.getlist("free"))
    return (half for half in WEEK if f"{half[0]}-{half[1]}" in said)


def _day(field: str) -> date:
    found = day_in(request.form.get(field, ""))
    if found is None:
        raise Invalid(_("Give a day, for example 26/11/2026."), field=field)
    return found


def _taught() -> TaughtWish:
    form = request.form
    return TaughtWish(
        weekday=_number("weekday", 0),
        begins_at=_time("begins_at"),
        minutes=_number("minutes", 60),
        class_id=id_in(form.get("class", "")),
        school_subject=line_in(form.get("subject", "")),
    )


def _number(field: str, usual: int) -> int:
    found = number_in(request.form.get(field) or str(usual))
    if found is None:
        raise Invalid(_("Give a whole number, for example 60."), field=field)
    return found


def _time(field: str) -> time:
    try:
        return time.fromisoformat(request.form.get(field, "")).replace(tzinfo=None)
    except ValueError:
        raise Invalid(_("Give a time, for example 10:05."), field=field) from None
