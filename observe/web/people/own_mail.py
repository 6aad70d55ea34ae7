"""Which mails one gets, and the secret address of one's own calendar."""

from typing import cast

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from observe.services import own_calendar, own_mail
from observe.web import calendars
from observe.web.database import database, now, write
from observe.web.guard import open_to_all, requires
from observe.web.people.attempts import Attempts, asking
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _


@blueprint.post("/me/mails")
@requires("see own page")
def choose_mails() -> ResponseReturnValue:
    """Keep which kinds of mail are ticked."""
    with write() as session:
        own_mail.choose(session, request.form.getlist("mails"), by=g.person, at=now())
    flash(_("You get the mails that are ticked."))
    return redirect(url_for("people.me", _anchor="mails-h"))


@blueprint.post("/me/calendar")
@requires("see own page")
def make_calendar() -> ResponseReturnValue:
    """Make an address for one's own calendar and show it, this once."""
    with write() as session:
        token = own_calendar.make(session, by=g.person, at=now())
    url = url_for("people.calendar", token=token, _external=True)
    return render_template("people/calendar_made.html", url=url)


@blueprint.post("/me/calendar/end")
@requires("see own page")
def end_calendar() -> ResponseReturnValue:
    """Let the address open nothing any more."""
    with write() as session:
        own_calendar.end(session, by=g.person, at=now())
    flash(_("The address of your calendar works no longer."))
    return redirect(url_for("people.me", _anchor="calendar-h"))


@blueprint.get("/calendar/<token>.ics")
@open_to_all
def calendar(token: str) -> ResponseReturnValue:
    """Somebody's lessons for a calendar program; an address that is not known is not there."""
    asked, at = _asked(), now()
    asked.check(asking(), at=at)
    place = url_for("capture.today", _external=True).rstrip("/")
    found = own_calendar.opened(database(), token, place=place, at=at)
    if found is None:
        asked.wrong(asking(), at=at)
        abort(404)
    asked.check(str(found.person_id), at=at)
    asked.wrong(str(found.person_id), at=at)
    return calendars.answer(found.entries, name=_("Observe"))


def _asked() -> Attempts:
    return cast(Attempts, current_app.extensions["observe_calendars"])


@blueprint.record
def _count_asked(state: BlueprintSetupState) -> None:
    state.app.extensions["observe_calendars"] = Attempts(
        "Calendars were asked for too often from here. Wait ten minutes, then try again."
    )
