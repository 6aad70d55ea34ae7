"""Who sends: whoever is signed in, or whoever a tablet holds a grant for."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf

from observe.core.errors import Refused
from observe.core.permissions import Person
from observe.services import devices
from observe.web.database import database, now

GRANT = "observe_device_"
SYNC = "/api/v1/sync"


@dataclass(frozen=True, slots=True)
class Senders:
    """Those for whom this request may send; a session wins over every grant."""

    signed_in: Person | None
    granted: tuple[Person, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signed_in or self.granted)

    def of(self, person_id: UUID) -> Person:
        """The person that a request names; Refused where it is somebody else's."""
        may = (self.signed_in,) if self.signed_in else self.granted
        person = next((each for each in may if each and each.id == person_id), None)
        if person is None:
            raise Refused(
                "This was written by somebody else: sign in as them.", code="wrong_person"
            )
        return person


def senders() -> Senders:
    """Whoever is signed in, or those whose grants came with the request."""
    if g.person is not None:
        return Senders(g.person)
    grants = [value for name, value in request.cookies.items() if name.startswith(GRANT)]
    found = (devices.granted(database(), grant, at=now()) for grant in grants)
    return Senders(None, tuple(person for person in found if person))


def check_token() -> None:
    """Refused unless a request with a session carries its token."""
    if g.person is None or not current_app.config.get("WTF_CSRF_ENABLED", True):
        return
    try:
        _is_ours(request.headers.get("X-CSRFToken", ""), session.get("csrf_token"))
    except ValueError as fault:
        raise Refused("This page is too old to send: reload it.", code="csrf") from fault


@lru_cache(1024)
def _is_ours(token: str, _of_visit: str | None) -> None:
    """ValueError unless a token was signed here for this visit; a good one is looked at once."""
    validate_csrf(token)


def token() -> str:
    """The token with which whoever is signed in may go on: what came with the request stays good."""
    return request.headers.get("X-CSRFToken") or generate_csrf()


def give_grant(response: Response, person_id: UUID, grant: str) -> None:
    """Put a grant on a tablet, out of reach of scripts, for another 90 days."""
    response.set_cookie(
        _name(person_id),
        grant,
        max_age=devices.LASTS,
        path=SYNC,
        secure=True,
        httponly=True,
        samesite="Strict",
    )


def renew_grant(response: Response, person_id: UUID) -> None:
    """Let the grant that came with this request last on: once a day is enough for its 90 days."""
    if grant := request.cookies.get(_name(person_id)):
        give_grant(response, person_id, grant)


def _name(person_id: UUID) -> str:
    return f"{GRANT}{str(person_id)[:8]}"
