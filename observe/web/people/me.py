"""One's own page."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.services import own_page, visits
from observe.web.database import database, now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _
from observe.web.words import ngettext


@blueprint.get("/me")
@requires("see own page")
def me() -> ResponseReturnValue:
    """Roles, visits, tablets and the password."""
    return _page()


def _page(refusal: ObserveError | None = None) -> str:
    with read() as session:
        own = own_page.of(session, g.person, visit_id=g.visit_id, at=now())
    errors = {refusal.field or "old": refusal.sentence} if refusal else {}
    return render_template("people/me.html", place="people.me", own=own, errors=errors)


@blueprint.post("/me/visits/<uuid:visit_id>/end")
@requires("see own page")
def end_visit(visit_id: UUID) -> ResponseReturnValue:
    """End one of one's own visits."""
    with write() as session:
        visits.end(session, visit_id, by=g.person, at=now())
    flash(_("That visit is over."))
    return redirect(url_for("people.me"))


@blueprint.post("/me/visits/end-others")
@requires("see own page")
def end_other_visits() -> ResponseReturnValue:
    """End every visit but this one."""
    with write() as session:
        visits.end_all(session, g.person.id, but=g.visit_id, by=g.person, at=now())
    flash(_("You are signed in here only."))
    return redirect(url_for("people.me"))


@blueprint.post("/me/tablets/<uuid:device_id>/revoke")
@requires("see own page")
def revoke_tablet(device_id: UUID) -> ResponseReturnValue:
    """Let a tablet send nothing more."""
    with write() as session:
        own_page.revoke_tablet(session, device_id, by=g.person, at=now())
    flash(_("That tablet can send nothing more. What it sent before is kept."))
    return redirect(url_for("people.me"))


@blueprint.post("/me/tablets/revoke-all")
@requires("see own page")
def revoke_tablets() -> ResponseReturnValue:
    """Let none of one's tablets send any more."""
    with write() as session:
        own_page.revoke_tablets(session, by=g.person, at=now())
    flash(_("None of your tablets can send any more. What they sent before is kept."))
    return redirect(url_for("people.me"))


@blueprint.post("/me/password")
@requires("see own page")
def change_password() -> ResponseReturnValue:
    """Change the password and end the visits elsewhere."""
    show_again(_page)
    typed = (request.form.get(name, "") for name in ("old", "password", "again"))
    ended = own_page.change_password(database(), g.person, *typed, visit_id=g.visit_id, at=now())
    flash(
        _("Your password is changed.")
        if not ended
        else ngettext(
            "Your password is changed, and %(num)d other visit has ended.",
            "Your password is changed, and %(num)d other visits have ended.",
            ended,
        )
    )
    return redirect(url_for("people.me"))
