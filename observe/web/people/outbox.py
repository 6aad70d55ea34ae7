"""Mails as the facilitator sees them: what waits, what was sent and what was not; and links by mail."""

from datetime import timedelta
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from observe.services import links, outbox
from observe.services.outbox import Outbox
from observe.web.database import database, now, read, write
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.people.persons import about
from observe.web.words import gettext as _
from observe.web.words import ngettext

LONG = timedelta(minutes=30)


@blueprint.get("/people/mails")
@requires("manage people")
def mails() -> ResponseReturnValue:
    """The outbox of the network."""
    with read() as session:
        found = outbox.listed(session, at=now())
    set_up = database().links_lead_to is not None
    return render_template("people/mails.html", outbox=found, set_up=set_up, stuck=_stuck(found))


def _stuck(found: Outbox) -> bool:
    """Whether a mail has been due for so long that nothing seems to send."""
    due = [each.not_before for each in found.waiting if each.not_before]
    return bool(due) and min(due) < now() - LONG


@blueprint.post("/people/mails/<uuid:mail_id>/again")
@requires("manage people")
def send_again(mail_id: UUID) -> ResponseReturnValue:
    """Try a mail once more, with the next round."""
    with write() as session:
        outbox.try_again(session, mail_id, by=g.person, at=now())
    flash(_("It is tried again with the next round."))
    return redirect(url_for("people.mails"))


@blueprint.post("/people/mails/again")
@requires("manage people")
def send_all_again() -> ResponseReturnValue:
    """Try all that was given up and can be sent."""
    with write() as session:
        number = outbox.try_all_again(session, by=g.person, at=now())
    flash(
        ngettext(
            "%(num)d mail is tried again with the next round.",
            "%(num)d mails are tried again with the next round.",
            number,
        )
    )
    return redirect(url_for("people.mails"))


@blueprint.post("/people/<uuid:person_id>/link/mail")
@requires("manage people", of=about)
def mail_link(person_id: UUID) -> ResponseReturnValue:
    """Send a new one-time link by mail."""
    key = str(current_app.config["SECRET_KEY"])
    with write() as session:
        links.send(session, person_id, key=key, by=g.person, at=now())
    flash(_("The link goes out with the next round of mails. It works for seven days."))
    return redirect(url_for("people.person", person_id=person_id))
