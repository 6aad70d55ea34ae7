"""Keeps who read what, after the answer has gone out."""

from uuid import UUID

from flask import Response, g, make_response

from observe.storage import history
from observe.web.database import database, now


def note_reading(page: str, thing: str, thing_id: UUID) -> Response:
    """The page, and once it is sent one line that this person read the thing in this hour."""
    response, opened, person = make_response(page), database(), g.person

    @response.call_on_close
    def _note() -> None:
        with opened.write(person.network_id) as session:
            history.read(session, thing, thing_id, by=person.id, at=now())

    return response
