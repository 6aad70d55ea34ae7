"""Who is in a programme, and the part of it that each joins."""

from collections.abc import Collection
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import Thing
from observe.core.typed import id_in
from observe.services import people_places, programme_members, programme_under_way
from observe.storage import programmes
from observe.storage.database import NetworkSession
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme import stage_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _
from observe.web.words import ngettext

MEMBERS = "/programme/groups/<uuid:programme_id>/members"


def _thing(session: NetworkSession, programme_id: UUID, **_of_member: UUID) -> Thing:
    return programme_under_way.thing(session, programme_id)


@blueprint.get(MEMBERS)
@requires("keep programme", of=_thing)
def members(programme_id: UUID) -> ResponseReturnValue:
    """Everybody in it by name, and who could be added."""
    return _page(programme_id)


@blueprint.post(MEMBERS)
@requires("keep programme", of=_thing)
def add_members(programme_id: UUID) -> ResponseReturnValue:
    """Add whoever is ticked, for all of it or for a part."""
    show_again(lambda refusal: _page(programme_id, refusal))
    chosen = [found for each in request.form.getlist("person") if (found := id_in(each))]
    if not chosen:
        raise Invalid(_("Tick who is to be added."), field="people")
    stages, told = _stages(), {"by": g.person, "at": now()}
    with write() as session:
        for person_id in chosen:
            programme_members.add_member(session, programme_id, person_id, stages=stages, **told)
    flash(ngettext("%(num)d person is added.", "%(num)d people are added.", len(chosen)))
    return _back(programme_id)


@blueprint.post(f"{MEMBERS}/<uuid:person_id>/part")
@requires("keep programme", of=_thing)
def join_part(programme_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Let a member join other stages; what they did before counts."""
    show_again(lambda refusal: _page(programme_id, refusal, person_id))
    told = {"by": g.person, "at": now()}
    with write() as session:
        programme_members.join_part(session, programme_id, person_id, _stages(), **told)
    flash(_("Kept."))
    return _back(programme_id)


@blueprint.post(f"{MEMBERS}/<uuid:person_id>/remove")
@requires("keep programme", of=_thing)
def remove_member(programme_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take somebody out; added again, they stand where their evidence puts them."""
    with write() as session:
        programme_members.remove_member(session, programme_id, person_id, by=g.person, at=now())
    flash(_("Taken out. What they did is kept: added again, they stand where they stood."))
    return _back(programme_id)


def _page(
    programme_id: UUID, refusal: ObserveError | None = None, person_id: UUID | None = None
) -> str:
    with read() as session:
        under_way = programmes.find(session, programme_id)
        found = programmes.members(session, programme_id=programme_id)
        others = programme_members.candidates(session, programme_id)
        known = [*(each.person_id for each in found), *(each.id for each in others)]
        schools = people_places.schools_of(session, known)
    field = f"stages-{person_id}" if person_id else (refusal.field if refusal else "")
    return render_template(
        "programme/members.html",
        under_way=under_way,
        members=found,
        others=others,
        schools=schools,
        errors={field or "people": refusal.sentence} if refusal else {},
        typed=request.form,
        words=stage_words,
    )


def _stages() -> Collection[str] | None:
    """The stages that are ticked; None for all of the programme."""
    return request.form.getlist("stage") if request.form.get("joins") == "part" else None


def _back(programme_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.members", programme_id=programme_id))
