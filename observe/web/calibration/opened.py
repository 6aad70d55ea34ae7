"""Somebody's own figures count as opened from the first page that shows them."""

from flask import g

from observe.services import figures
from observe.web.database import now, read, write


def note_opened() -> None:
    """Keep that whoever asks has seen their own figures; written the first time only."""
    with read() as session:
        if figures.opened_at(session, g.person.id):
            return
    with write() as session:
        figures.note_opened(session, g.person.id, at=now())
