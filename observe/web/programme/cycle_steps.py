"""Rounds of plan, do, study, act, and a cycle's points as a file."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError, Stale
from observe.core.improving import Step, Words
from observe.core.typed import day_in, lines_in, number_in
from observe.services import improving as services
from observe.services import improving_steps
from observe.storage import improving, people
from observe.web import spreadsheets
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.cycle_chart import sign_at
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _


@blueprint.get("/improvement/<uuid:cycle_id>/steps/new")
@requires("change cycle", of=improving.thing)
def new_step(cycle_id: UUID) -> ResponseReturnValue:
    """The form of a round that is not planned yet."""
    return _form(cycle_id, {})


@blueprint.post("/improvement/<uuid:cycle_id>/steps/new")
@requires("change cycle", of=improving.thing)
def plan_step(cycle_id: UUID) -> ResponseReturnValue:
    """Plan it, or show the form again with what is wrong."""
    show_again(lambda refusal: _form(cycle_id, request.form, refusal))
    with write() as session:
        improving_steps.add(session, cycle_id, *_typed(), by=g.person, at=now())
    flash(_("Planned. After the trial, say what came of it."))
    return _to(cycle_id)


@blueprint.get("/improvement/<uuid:cycle_id>/steps/<uuid:step_id>")
@requires("change cycle", of=improving.thing_with_step)
def cycle_step(cycle_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """One round, with what came of it."""
    with read() as session:
        found = improving.step(session, cycle_id, step_id)
    return _form(cycle_id, _as_typed(found), step=found)


@blueprint.post("/improvement/<uuid:cycle_id>/steps/<uuid:step_id>")
@requires("change cycle", of=improving.thing_with_step)
def change_step(cycle_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Save what came of it; where somebody else saved meanwhile, both are shown."""
    show_again(lambda refusal: _again(cycle_id, step_id, refusal))
    revision = number_in(request.form.get("revision", "")) or 0
    told = *_typed(), request.form.get("decision", "")
    with write() as session:
        change = improving_steps.change
        change(session, cycle_id, step_id, *told, revision=revision, by=g.person, at=now())
    flash(_("Saved."))
    return _to(cycle_id)


def _again(cycle_id: UUID, step_id: UUID, refusal: ObserveError) -> str:
    with read() as session:
        found = improving.step(session, cycle_id, step_id)
    kept = _as_typed(found)
    typed = {**kept, **request.form, "revision": kept["revision"]}
    clash = kept if isinstance(refusal, Stale) else {}
    return _form(cycle_id, typed, refusal, step=found, clash=clash)


def _typed() -> tuple[Words, date | None]:
    form = request.form
    told = {name: lines_in(form.get(name, "")) for name in Words.__slots__}
    day = day_in(form.get("tried_on", ""))
    if day is None and form.get("tried_on"):
        raise Invalid(_("Give a day, for example 30/10/2026."), field="tried_on")
    return Words(**told), day


def _as_typed(found: Step) -> dict[str, str]:
    words = {name: getattr(found.words, name) for name in Words.__slots__}
    day = found.tried_on.isoformat() if found.tried_on else ""
    return {**words, "tried_on": day, "decision": found.decision, "revision": str(found.revision)}


def _form(
    cycle_id: UUID,
    typed: Mapping[str, str],
    refusal: ObserveError | None = None,
    *,
    step: Step | None = None,
    clash: Mapping[str, str] | None = None,
) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = improving.find(session, cycle_id)
    errors = {refusal.field or "change": refusal.sentence} if refusal else {}
    told = {"typed": typed, "errors": errors, "clash": clash or {}}
    return render_template("programme/cycle_step.html", cycle=found, step=step, **told)


@blueprint.get("/improvement/<uuid:cycle_id>.csv")
@requires("see cycle", of=improving.thing)
def cycle_csv(cycle_id: UUID) -> Response:
    """A line for each point."""
    return spreadsheets.as_csv(_lines(cycle_id), name="run chart")


@blueprint.get("/improvement/<uuid:cycle_id>.xlsx")
@requires("see cycle", of=improving.thing)
def cycle_xlsx(cycle_id: UUID) -> Response:
    """The same as a sheet."""
    return spreadsheets.as_workbook([Sheet(_("Run chart"), _lines(cycle_id))], name="run chart")


def _lines(cycle_id: UUID) -> Iterator[Line]:
    with read() as session:
        found = improving.find(session, cycle_id)
        course = services.course(session, found)
    yield ("day", "measure", "unit", "value", "median", "in_median", "part_of", "note")
    chart, told = course.chart, found.told
    for place, each in enumerate(course.points):
        point = each.point
        middle, part = (chart.median, sign_at(chart, place)) if chart else ("", "")
        counts = "yes" if chart and place < chart.baseline else "no"
        name = told.measure, told.unit
        yield (point.day.isoformat(), *name, point.value, middle, counts, part, each.note)


def _to(cycle_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.cycle", cycle_id=cycle_id))
