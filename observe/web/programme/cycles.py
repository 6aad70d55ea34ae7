"""Improvement cycles: a list, the page of one with its run chart, and what is done with it."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.improving import Aim, Better, Cycle, Source, value_in, value_told
from observe.core.permissions import OBSERVERS, may
from observe.core.typed import day_in, id_in, line_in, lines_in, number_in
from observe.services import improving as services
from observe.services.improving import Course
from observe.storage import improving, people
from observe.web.database import now, read, write
from observe.web.dates import day_short
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.cycle_chart import drawn, sign_at
from observe.web.programme.cycle_words import (
    no_points,
    not_judged,
    signs,
    sources,
    summed_up,
    with_unit,
)
from observe.web.words import gettext as _


@blueprint.get("/improvement")
@requires("see cycles")
def cycles() -> ResponseReturnValue:
    """One's cycles; for a facilitator those of groups too."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = services.listed(session, g.person)
        every = [*found.going_on, *found.over, *found.seen]
        told = {each.id: summed_up(each, services.course(session, each)) for each in every}
    return render_template("programme/cycles.html", found=found, told=told)


@blueprint.get("/improvement/new")
@requires("see cycles")
def new_cycle() -> ResponseReturnValue:
    """The form of a cycle that is not begun yet."""
    return _form({})


@blueprint.post("/improvement/new")
@requires("see cycles")
def begin_cycle() -> ResponseReturnValue:
    """Begin it, or show the form again with what is wrong."""
    show_again(lambda refusal: _form(request.form, refusal))
    with write() as session:
        cycle_id = services.begin(session, _aim(), by=g.person, at=now())
    flash(_("Begun. Add what you measured so far, and what you will try first."))
    return _to(cycle_id)


@blueprint.get("/improvement/<uuid:cycle_id>/change")
@requires("change cycle", of=improving.thing)
def cycle_form(cycle_id: UUID) -> ResponseReturnValue:
    """The form of a cycle with what it says now."""
    with read() as session:
        found = improving.find(session, cycle_id)
    return _form(_as_typed(found), cycle=found)


@blueprint.post("/improvement/<uuid:cycle_id>/change")
@requires("change cycle", of=improving.thing)
def change_cycle(cycle_id: UUID) -> ResponseReturnValue:
    """Other words for the aim or the measure."""
    with read() as session:
        found = improving.find(session, cycle_id)
    show_again(lambda refusal: _form(_still(found), refusal, cycle=found))
    revision = number_in(request.form.get("revision", "")) or 0
    with write() as session:
        services.change(session, cycle_id, _aim(found), revision=revision, by=g.person, at=now())
    flash(_("Saved."))
    return _to(cycle_id)


def _still(found: Cycle) -> dict[str, str]:
    """What was typed, with the revision that stands now: a save takes it in place of the other's."""
    return {**request.form, "revision": str(found.revision)}


def _as_typed(found: Cycle) -> dict[str, str]:
    told = found.told
    words = {"aim": told.aim, "measure": told.measure, "unit": told.unit}
    return {**words, "better": told.better, "revision": str(found.revision)}


def _aim(found: Cycle | None = None) -> Aim:
    """What is typed; whose it is and where its points come from stay as they began."""
    form = request.form
    if form.get("better") not in [each.value for each in Better]:
        raise Invalid(_("Say which way is better."), field="better")
    typed = form.get("source", Source.TYPED.value)
    if typed not in [each.value for each in Source]:
        raise Invalid(_("Choose where the points come from."), field="source")
    measure, unit = (line_in(form.get(name, "")) for name in ("measure", "unit"))
    return Aim(
        aim=lines_in(form.get("aim", "")),
        measure=measure,
        unit=unit,
        better=Better(form["better"]),
        source=found.told.source if found else Source(typed),
        of_group=found.told.of_group if found else form.get("whose") == "group",
    )


def _form(
    typed: Mapping[str, str], refusal: ObserveError | None = None, *, cycle: Cycle | None = None
) -> str:
    errors = {refusal.field or "aim": refusal.sentence} if refusal else {}
    told = {"typed": typed, "errors": errors, "cycle": cycle, "alone": g.person.has(*OBSERVERS)}
    return render_template("programme/cycle_form.html", sources=sources(), **told)


@blueprint.get("/improvement/<uuid:cycle_id>")
@requires("see cycle", of=improving.thing)
def cycle(cycle_id: UUID) -> ResponseReturnValue:
    """The aim, the run chart, and the rounds."""
    return _page(cycle_id)


def _page(cycle_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = improving.find(session, cycle_id)
        course, steps = services.course(session, found), improving.steps(session, cycle_id)
        mine = may(g.person, "change cycle", improving.thing(session, cycle_id))
        others = services.can_join(session, found) if mine else []
    chart = course.chart
    return render_template(
        "programme/cycle.html",
        cycle=found,
        course=course,
        chart=chart,
        drawing=drawn(chart, steps) if chart else None,
        sentence=summed_up(found, course),
        signs=signs(found, chart) if chart else [],
        not_judged=not_judged(chart) if chart else "",
        no_points=no_points(course.why_none),
        rows=_rows(course),
        steps=steps,
        mine=mine,
        others=[(each.id, each.name) for each in others],
        errors={refusal.field or "value": refusal.sentence} if refusal else {},
        typed=request.form,
        today=now().date(),
    )


def _rows(course: Course) -> list[tuple[str, str, str, str, str]]:
    """(day as an address has it, day, value, what it is part of, note) of each point, the latest first."""
    chart = course.chart
    parts = {"shift": _("many on one side"), "trend": _("going one way"), "": ""}
    told = [
        (
            each.point.day.isoformat(),
            day_short(each.point.day),
            value_told(each.point.value),
            parts[sign_at(chart, place) if chart else ""],
            each.note,
        )
        for place, each in enumerate(course.points)
    ]
    return told[::-1]


@blueprint.post("/improvement/<uuid:cycle_id>/points")
@requires("change cycle", of=improving.thing)
def measure_cycle(cycle_id: UUID) -> ResponseReturnValue:
    """Keep what was measured on a day."""
    show_again(lambda refusal: _page(cycle_id, refusal))
    form = request.form
    day, value = day_in(form.get("day", "")), value_in(form.get("value", ""))
    note = line_in(form.get("note", ""))
    with write() as session:
        found = improving.find(session, cycle_id)
        about = cycle_id, day, value, note
        stood = services.measure(session, *about, by=g.person, at=now())
    if stood is None:
        flash(_("The point is on the chart."))
    else:
        flash(_("Changed. Before it was %(value)s.", value=with_unit(found, stood)))
    return _to(cycle_id)


@blueprint.post("/improvement/<uuid:cycle_id>/points/remove")
@requires("change cycle", of=improving.thing)
def forget_point(cycle_id: UUID) -> ResponseReturnValue:
    """Take a day's value off the chart, and say what it was."""
    day = day_in(request.form.get("day", ""))
    if day is None:
        raise Invalid(_("Say of which day."))
    with write() as session:
        found = improving.find(session, cycle_id)
        stood = services.forget(session, cycle_id, day, by=g.person, at=now())
    value = with_unit(found, stood.point.value)
    flash(
        _(
            "Taken off: %(value)s on %(day)s. Add it again if that was a slip.",
            value=value,
            day=day_short(day),
        )
    )
    return _to(cycle_id)


@blueprint.post("/improvement/<uuid:cycle_id>/median")
@requires("change cycle", of=improving.thing)
def set_median(cycle_id: UUID) -> ResponseReturnValue:
    """Let the median stay as it is, or move with each point."""
    with write() as session:
        if request.form.get("do") == "free":
            services.free_median(session, cycle_id, by=g.person, at=now())
            flash(_("The middle is that of all points again."))
        else:
            last = services.fix_median(session, cycle_id, by=g.person, at=now())
            flash(
                _(
                    "The middle stays as it is: that of the points up to %(day)s.",
                    day=day_short(last),
                )
            )
    return _to(cycle_id)


@blueprint.post("/improvement/<uuid:cycle_id>/end")
@requires("change cycle", of=improving.thing)
def end_cycle(cycle_id: UUID) -> ResponseReturnValue:
    """Bring it to an end with what was learnt, or take it up again."""
    show_again(lambda refusal: _page(cycle_id, refusal))
    with write() as session:
        if request.form.get("do") == "take up":
            services.take_up(session, cycle_id, by=g.person, at=now())
        else:
            learnt = lines_in(request.form.get("learnt", ""))
            services.end(session, cycle_id, learnt, by=g.person, at=now())
    flash(_("It goes on.") if request.form.get("do") == "take up" else _("It has ended."))
    return _to(cycle_id)


@blueprint.post("/improvement/<uuid:cycle_id>/members")
@requires("change cycle", of=improving.thing)
def add_to_cycle(cycle_id: UUID) -> ResponseReturnValue:
    """Somebody more takes part."""
    show_again(lambda refusal: _page(cycle_id, refusal))
    person_id = id_in(request.form.get("person", ""))
    with write() as session:
        services.add_member(session, cycle_id, person_id, by=g.person, at=now())
    flash(_("They take part now, and find it under Improvement."))
    return _to(cycle_id)


@blueprint.post("/improvement/<uuid:cycle_id>/members/remove")
@requires("change cycle", of=improving.thing)
def drop_from_cycle(cycle_id: UUID) -> ResponseReturnValue:
    """Somebody takes part no longer."""
    person_id = id_in(request.form.get("person", ""))
    if person_id is None:
        raise Invalid(_("Say who."))
    with write() as session:
        services.drop_member(session, cycle_id, person_id, by=g.person, at=now())
    flash(_("They take part no longer."))
    if person_id == g.person.id:
        return redirect(url_for("programme.cycles"))
    return _to(cycle_id)


def _to(cycle_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.cycle", cycle_id=cycle_id))
