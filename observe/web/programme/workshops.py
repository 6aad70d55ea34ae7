"""Workshops: a list, each with its page and its place in a calendar, and how they are planned."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.calendar_file import entry_of_workshop
from observe.core.errors import Invalid, ObserveError
from observe.core.typed import id_in, number_in
from observe.services import people_places, programme_under_way
from observe.services import workshops as services
from observe.storage import programmes
from observe.web import calendars
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.workshop_form import as_typed, read_wish
from observe.web.words import gettext as _

WORDS = {"yes": True, "no": False}


@blueprint.get("/programme/workshops")
@requires("see programmes")
def workshops() -> ResponseReturnValue:
    """The workshops that somebody is expected at, leads or sees as a facilitator."""
    with read() as session:
        found = services.listed(session, by=g.person, at=now())
        g.zone = services.zone(session)
    return render_template("programme/workshops.html", found=found)


@blueprint.get("/programme/groups/<uuid:programme_id>/workshops/new")
@requires("keep programme", of=programme_under_way.thing)
def new_workshop(programme_id: UUID) -> ResponseReturnValue:
    """The form of a workshop that is not planned yet."""
    return _new(programme_id, {})


@blueprint.post("/programme/groups/<uuid:programme_id>/workshops/new")
@requires("keep programme", of=programme_under_way.thing)
def plan_workshop(programme_id: UUID) -> ResponseReturnValue:
    """Plan it, or show the form again with what is wrong."""
    show_again(lambda refusal: _new(programme_id, request.form, refusal))
    with write() as session:
        wish = read_wish(request.form, services.zone(session))
        workshop_id = services.plan(session, programme_id, wish, by=g.person, at=now())
    flash(_("Planned. It stands in the calendar of everybody who is expected."))
    return _to(workshop_id)


def _new(programme_id: UUID, typed: Mapping[str, str], refusal: ObserveError | None = None) -> str:
    with read() as session:
        programme = programmes.find(session, programme_id)
        stages = services.stages(session, programme_id)
    told = {"stages": stages, "programme": programme.name, "programme_id": programme_id}
    return _form(typed or {"stage": next(iter(stages), "")}, refusal, **told)


def _form(typed: Mapping[str, str], refusal: ObserveError | None, **told: object) -> str:
    errors = {refusal.field or "title": refusal.sentence} if refusal else {}
    return render_template("programme/workshop_form.html", typed=typed, errors=errors, **told)


@blueprint.get("/programme/workshops/<uuid:workshop_id>")
@requires("see programme", of=services.thing)
def workshop(workshop_id: UUID) -> ResponseReturnValue:
    """When and where it is; who was there, for whoever keeps it."""
    return _page(workshop_id)


def _page(workshop_id: UUID, refusal: ObserveError | None = None) -> str:
    at = now()
    with read() as session:
        shown = services.show(session, workshop_id, by=g.person)
        could = services.could_be_guests(session, shown) if shown.keeps else ()
        guests = people_places.with_schools(session, could)
    g.zone = shown.workshop.zone
    return render_template(
        "programme/workshop.html",
        shown=shown,
        guests=guests,
        begun=shown.workshop.has_begun(at),
        errors={refusal.field: refusal.sentence} if refusal else {},
        typed=request.form,
    )


@blueprint.get("/programme/workshops/<uuid:workshop_id>.ics")
@requires("see programme", of=services.thing)
def workshop_calendar(workshop_id: UUID) -> ResponseReturnValue:
    """When and where it is, for a calendar program; cancelled, if it was."""
    with read() as session:
        found = services.show(session, workshop_id, by=g.person).workshop
    address = url_for("programme.workshop", workshop_id=workshop_id, _external=True)
    entry = entry_of_workshop(found, address=address)
    return calendars.answer([entry], file=f"workshop-{found.day}.ics")


@blueprint.get("/programme/workshops/<uuid:workshop_id>/change")
@requires("keep programme", of=services.thing)
def change_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """The form of a workshop as it is planned now."""
    return _changed(workshop_id)


@blueprint.post("/programme/workshops/<uuid:workshop_id>/change")
@requires("keep programme", of=services.thing)
def keep_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Keep the change, or show the form again with what is wrong."""
    show_again(lambda refusal: _changed(workshop_id, request.form, refusal))
    with write() as session:
        wish = read_wish(request.form, services.zone(session))
        seen = number_in(request.form.get("revision", "")) or 0
        services.change(session, workshop_id, wish, revision=seen, by=g.person, at=now())
    flash(_("Changed. Calendars will notice."))
    return _to(workshop_id)


def _changed(
    workshop_id: UUID,
    typed: Mapping[str, str] | None = None,
    refusal: ObserveError | None = None,
) -> str:
    with read() as session:
        found = services.show(session, workshop_id, by=g.person).workshop
        stages = services.stages(session, found.programme_id)
    told = {"stages": stages, "programme": found.programme, "workshop": found}
    return _form(typed or as_typed(found), refusal, **told)


@blueprint.post("/programme/workshops/<uuid:workshop_id>/cancel")
@requires("keep programme", of=services.thing)
def cancel_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Cancel it, with a reason that everybody reads who was to come."""
    show_again(lambda refusal: _page(workshop_id, refusal))
    reason = request.form.get("reason", "")
    with write() as session:
        services.cancel(session, workshop_id, reason, by=g.person, at=now())
    flash(_("Cancelled. It stays on the list, so that nobody comes by mistake."))
    return _to(workshop_id)


@blueprint.post("/programme/workshops/<uuid:workshop_id>/hold")
@requires("keep programme", of=services.thing)
def hold_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Let it take place after all."""
    with write() as session:
        services.hold(session, workshop_id, by=g.person, at=now())
    flash(_("It takes place after all."))
    return _to(workshop_id)


@blueprint.post("/programme/workshops/<uuid:workshop_id>/attendance")
@requires("keep programme", of=services.thing)
def say_who_came(workshop_id: UUID) -> ResponseReturnValue:
    """Keep who was there, of those whom the form names."""
    said = {id_in(name.removeprefix("came-")): WORDS.get(word) for name, word in _ticked()}
    came = {person_id: there for person_id, there in said.items() if person_id}
    with write() as session:
        changed = services.say_who_came(session, workshop_id, came, by=g.person, at=now())
    flash(_("Kept. It counts in their progress at once.") if changed else _("Nothing was changed."))
    return _to(workshop_id)


def _ticked() -> Iterator[tuple[str, str]]:
    """(name of the field, word) of each person of the list."""
    return ((name, word) for name, word in request.form.items() if name.startswith("came-"))


@blueprint.post("/programme/workshops/<uuid:workshop_id>/guests")
@requires("keep programme", of=services.thing)
def ask_guest(workshop_id: UUID) -> ResponseReturnValue:
    """Ask somebody who is not expected already."""
    show_again(lambda refusal: _page(workshop_id, refusal))
    person_id = id_in(request.form.get("person", ""))
    if person_id is None:
        raise Invalid(_("Choose a name from the list."), field="person")
    with write() as session:
        services.ask_guest(session, workshop_id, person_id, by=g.person, at=now())
    flash(_("Asked. It stands in their calendar."))
    return _to(workshop_id)


@blueprint.post("/programme/workshops/<uuid:workshop_id>/guests/<uuid:guest_id>/drop")
@requires("keep programme", of=services.thing)
def drop_guest(workshop_id: UUID, guest_id: UUID) -> ResponseReturnValue:
    """Ask a guest no longer."""
    with write() as session:
        services.drop_guest(session, workshop_id, guest_id, by=g.person, at=now())
    flash(_("Asked no longer."))
    return _to(workshop_id)


def _to(workshop_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.workshop", workshop_id=workshop_id))
