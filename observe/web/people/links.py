"""The one-time link: choose a password and begin."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from observe.core.errors import ObserveError
from observe.services import links
from observe.services.links import Invitation, LinkState
from observe.web.database import database, now
from observe.web.errors import show_again
from observe.web.guard import open_to_all
from observe.web.people.blueprint import blueprint
from observe.web.people.devices import words_for
from observe.web.people.signing_in import begin, landing, person_at
from observe.web.words import gettext as _

STATUS = {LinkState.GOOD: 200, LinkState.UNKNOWN: 404}


@blueprint.get("/link/<token>")
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """Ask for a password, or say why this link is of no use any more."""
    invitation = links.look(database(), token, at=now())
    return _page(invitation), STATUS.get(invitation.state, 410)


@blueprint.post("/link/<token>")
@open_to_all
def use_link(token: str) -> ResponseReturnValue:
    """Set the password and go in."""
    invitation = links.look(database(), token, at=now())
    if invitation.state is not LinkState.GOOD:
        return _page(invitation), STATUS.get(invitation.state, 410)
    show_again(lambda refusal: _page(invitation, refusal))
    password, again = request.form.get("password", ""), request.form.get("again", "")
    label = words_for(request.user_agent)
    begun = links.redeem(database(), token, password, again, label=label, at=now())
    begin(begun)
    flash(_("Your password is set and you are signed in."))
    return redirect(landing(person_at(begun)))


def _page(invitation: Invitation, refusal: ObserveError | None = None) -> str:
    errors = {refusal.field or "password": refusal.sentence} if refusal else {}
    return render_template("people/link.html", invitation=invitation, errors=errors)
