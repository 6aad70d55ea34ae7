"""The settings of a programme under way: its name, its days, who leads it, and whether it goes on."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import Thing
from observe.core.typed import day_in, id_in
from observe.services import programme_settings, programme_under_way
from observe.storage import programmes
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

SETTINGS = "/programme/groups/<uuid:programme_id>/settings"


def _thing(session: NetworkSession, programme_id: UUID, **_of_stage: str) -> Thing:
    return programme_under_way.thing(session, programme_id)


@blueprint.get(SETTINGS)
@requires("keep programme", of=_thing)
def settings(programme_id: UUID) -> ResponseReturnValue:
    """The forms with what holds now."""
    return _page(programme_id)


@blueprint.post(SETTINGS)
@requires("keep programme", of=_thing)
def keep_settings(programme_id: UUID) -> ResponseReturnValue:
    """Keep the name and the first day, with which every stage moves."""
    show_again(lambda refusal: _page(programme_id, refusal))
    starts_on, name = _day("starts_on"), request.form.get("name", "")
    with write() as session:
        programme_settings.rename(session, programme_id, name, by=g.person, at=now())
        programme_settings.move(session, programme_id, starts_on, by=g.person, at=now())
    flash(_("Kept."))
    return _back(programme_id)


@blueprint.post(f"{SETTINGS}/stages/<stage>")
@requires("keep programme", of=_thing)
def keep_stage_days(programme_id: UUID, stage: str) -> ResponseReturnValue:
    """Keep when one stage begins and by when it is due."""
    show_again(lambda refusal: _page(programme_id, refusal, stage=stage))
    opens_on, due_on = _day("opens_on"), _day("due_on")
    told = {"by": g.person, "at": now()}
    with write() as session:
        programme_settings.change_dates(
            session, programme_id, stage, opens_on=opens_on, due_on=due_on, **told
        )
    flash(_("The days are kept."))
    return _back(programme_id)


@blueprint.post(f"{SETTINGS}/leader")
@requires("keep programme", of=_thing)
def hand_over(programme_id: UUID) -> ResponseReturnValue:
    """Let somebody else lead it."""
    show_again(lambda refusal: _page(programme_id, refusal))
    person_id = id_in(request.form.get("person", ""))
    if person_id is None:
        raise Invalid(_("Choose a name from the list."), field="person")
    with write() as session:
        programme_settings.hand_over(session, programme_id, person_id, by=g.person, at=now())
    flash(_("Handed over."))
    return redirect(url_for("programme.programme", programme_id=programme_id))


@blueprint.post(f"{SETTINGS}/end")
@requires("keep programme", of=_thing)
def end_programme(programme_id: UUID) -> ResponseReturnValue:
    """Let nobody be asked for its stages any more."""
    with write() as session:
        programme_settings.end(session, programme_id, by=g.person, at=now())
    flash(_("It has ended. You can open it again on this page."))
    return _back(programme_id)


@blueprint.post(f"{SETTINGS}/reopen")
@requires("keep programme", of=_thing)
def reopen_programme(programme_id: UUID) -> ResponseReturnValue:
    """Let it go on."""
    with write() as session:
        programme_settings.reopen(session, programme_id, by=g.person, at=now())
    flash(_("It goes on."))
    return _back(programme_id)


def _page(programme_id: UUID, refusal: ObserveError | None = None, *, stage: str = "") -> str:
    with read() as session:
        under_way = programmes.find(session, programme_id)
        leaders = programme_settings.could_lead(session, programme_id)
    field = (refusal.field or "name") if refusal else ""
    return render_template(
        "programme/settings.html",
        under_way=under_way,
        leaders=leaders,
        errors={(f"{stage}-{field}" if stage else field): refusal.sentence} if refusal else {},
        typed=request.form,
        opened=stage,
    )


def _day(field: str) -> date:
    found = day_in(request.form.get(field, ""))
    if found is None:
        raise Invalid(_("Give a day, for example 7/9/2026."), field=field)
    return found


def _back(programme_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.settings", programme_id=programme_id))
