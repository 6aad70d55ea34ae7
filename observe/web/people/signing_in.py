"""Signing in and out."""

from typing import cast
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from observe.core.errors import ObserveError
from observe.core.permissions import Person
from observe.services import demonstration_accounts, signing_in, visits
from observe.services.signing_in import NotRecognised, Seat
from observe.web.database import database, now, write
from observe.web.errors import show_again
from observe.web.guard import open_to_all, requires
from observe.web.people.attempts import Attempts, asking
from observe.web.people.blueprint import blueprint
from observe.web.people.devices import words_for
from observe.web.places import places
from observe.web.words import gettext as _

CHOICE_LASTS = 600


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The form; whoever is signed in goes on to where they were going."""
    if g.person:
        return redirect(next_page() or landing(g.person))
    return _form()


@blueprint.post("/sign-in")
@open_to_all
def try_sign_in() -> ResponseReturnValue:
    """Look at an e-mail address and a password."""
    show_again(_wrong)
    _attempts().check(asking(), at=now())
    account = signing_in.recognise(
        database(), request.form.get("email", ""), request.form.get("password", ""), at=now()
    )
    seats = signing_in.seats(database(), account)
    return _sit_down(account.id, seats)


def _sit_down(account_id: UUID, seats: tuple[Seat, ...]) -> ResponseReturnValue:
    if not seats:
        raise NotRecognised
    if len(seats) == 1:
        return _enter(seats[0])
    session.clear()
    session["choosing"] = [str(account_id), now().timestamp()]
    return redirect(url_for("people.choose_network", next=next_page()))


def _wrong(refusal: ObserveError) -> str:
    if isinstance(refusal, NotRecognised):
        _attempts().wrong(asking(), at=now())
    return _form(refusal)


def _form(refusal: ObserveError | None = None) -> str:
    return render_template(
        "people/sign_in.html",
        email=request.form.get("email", ""),
        errors={"email": refusal.sentence} if refusal else {},
        next=next_page(),
        accounts=demonstration_accounts.listed(database()) if current_app.config["DEMO"] else (),
    )


@blueprint.get("/sign-in/network")
@open_to_all
def choose_network() -> ResponseReturnValue:
    """Ask which group of schools, of somebody who works in several."""
    account_id = _choosing()
    if account_id is None:
        return redirect(url_for("people.sign_in"))
    seats = signing_in.seats_of(database(), account_id)
    return render_template("people/choose_network.html", seats=seats, next=next_page())


@blueprint.post("/sign-in/network")
@open_to_all
def take_network() -> ResponseReturnValue:
    """Go into the group of schools that was chosen."""
    account_id = _choosing()
    if account_id is None:
        return redirect(url_for("people.sign_in"))
    chosen = request.form.get("network", type=UUID)
    return _enter(signing_in.seat_in(database(), account_id, chosen))


def _choosing() -> UUID | None:
    """Whose password was right within the last ten minutes."""
    account_id, at = session.get("choosing") or (None, 0)
    fresh = now().timestamp() - at < CHOICE_LASTS
    return UUID(account_id) if account_id and fresh else None


@blueprint.post("/sign-in/demonstration")
@open_to_all
def demo_sign_in() -> ResponseReturnValue:
    """One tap into a demonstration network, where this installation is only that."""
    account_id = request.form.get("account", type=UUID) if current_app.config["DEMO"] else None
    return _enter(demonstration_accounts.seat_of(database(), account_id))


@blueprint.post("/sign-out")
@requires("see own page")
def sign_out() -> ResponseReturnValue:
    """End this visit; what waits on the tablet to be sent stays there."""
    with write() as db:
        visits.end(db, g.visit_id, by=g.person, at=now())
    session.clear()
    flash(_("You are signed out. What this tablet has not sent yet is still on it."))
    response = redirect(url_for("people.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _enter(seat: Seat) -> ResponseReturnValue:
    token = signing_in.take_seat(database(), seat, label=words_for(request.user_agent), at=now())
    onward = next_page()
    begin(token)
    return redirect(onward or landing(person_at(token)))


def person_at(token: str) -> Person | None:
    """Who has just begun this visit."""
    resumed = visits.resume(database(), token, at=now())
    return resumed.person if resumed else None


def begin(token: str) -> None:
    """Renew the browser's session for a visit that has just begun.

    What its forms are known by is made here, or two first requests at once would each make another.
    """
    session.clear()
    session["visit"] = token
    session.permanent = True
    generate_csrf()


def landing(person: Person | None) -> str:
    """Where somebody begins: the first of their places, which is Today for all who have it."""
    return url_for(places(person)[0][0] if person else "people.sign_in")


def next_page() -> str | None:
    """Where the person was going, if that is a page of this server."""
    asked = request.values.get("next", "")
    own = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if own else None


def _attempts() -> Attempts:
    return cast(Attempts, current_app.extensions["observe_attempts"])


@blueprint.record
def _count_attempts(state: BlueprintSetupState) -> None:
    state.app.extensions["observe_attempts"] = Attempts(
        "Too many wrong passwords came from this network. Wait ten minutes, then try again."
    )
