"""What changed in somebody's rights, and who has read about them."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from observe.services import own_page, rights_history
from observe.storage.people import row_of
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.people import rights_words
from observe.web.people.blueprint import blueprint
from observe.web.people.persons import about
from observe.web.words import gettext as _


@blueprint.get("/people/<uuid:person_id>/rights")
@requires("see rights", of=about)
def rights(person_id: UUID) -> ResponseReturnValue:
    """Every change to the rights of somebody."""
    return _page(person_id, own=False)


@blueprint.get("/me/rights")
@requires("see own page")
def own_rights() -> ResponseReturnValue:
    """Every change to one's own rights."""
    return _page(g.person.id, own=True)


@blueprint.post("/people/<uuid:person_id>/sign-out")
@requires("end visits", of=about)
def sign_out_of(person_id: UUID) -> ResponseReturnValue:
    """Sign somebody out wherever they are signed in."""
    with write() as session:
        own_page.sign_out(session, person_id, by=g.person, at=now())
    flash(_("They are signed out everywhere. They can sign in again with their password."))
    return redirect(url_for("people.rights", person_id=person_id))


@blueprint.post("/people/<uuid:person_id>/tablets/<uuid:device_id>/revoke")
@requires("end visits", of=about)
def take_tablet(person_id: UUID, device_id: UUID) -> ResponseReturnValue:
    """Let a tablet of somebody send nothing more."""
    with write() as session:
        own_page.take_tablet(session, person_id, device_id, by=g.person, at=now())
    flash(_("That tablet can send nothing more. What it sent before is kept."))
    return redirect(url_for("people.rights", person_id=person_id))


def _page(person_id: UUID, *, own: bool) -> str:
    with read() as session:
        name = row_of(session, person_id).name
        changes = rights_history.of_person(session, person_id)
        visits, tablets = own_page.elsewhere(session, person_id, at=now())
    return render_template(
        "people/rights.html",
        person_id=person_id,
        name=name,
        own=own,
        visits=visits,
        tablets=tablets,
        lines=[(each.at, rights_words.change(each), each.by) for each in changes],
    )


@blueprint.get("/me/read-about")
@requires("see own page")
def read_about() -> ResponseReturnValue:
    """Who has read what about one, in which hour."""
    with read() as session:
        found = rights_history.readings(session, g.person.id)
    return render_template("people/read_about.html", readings=found, words=rights_words)
