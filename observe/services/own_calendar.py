"""One's own calendar, at a secret address that a calendar program reads without signing in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.calendar_file import Entry, entry_of, entry_of_day, entry_of_workshop
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.services import (
    coaching_sessions,
    programme_board,
    programme_progress,
    tokens,
    workshops,
)
from observe.services.mail_words import Part
from observe.services.posting import TITLES
from observe.storage import calendar_links, history, people
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.mail import CalendarLink

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """Whose calendar it is, and the lessons in it."""

    person_id: UUID
    entries: tuple[Entry, ...]


def path(token: str) -> str:
    """Where a calendar is on the server."""
    return f"/calendar/{token}.ics"


def made_at(session: NetworkSession, person: Person) -> datetime | None:
    """Since when somebody's calendar has the address it has; None where it has none."""
    link = calendar_links.of_person(session, person.id)
    return link.made_at if link else None


def make(session: NetworkSession, *, by: Person, at: datetime) -> str:
    """A new address for one's own calendar, in place of any earlier one; its token."""
    token, fingerprint = tokens.new(session.network_id)
    session.merge(
        CalendarLink(
            network_id=session.network_id, person_id=by.id, token_hash=fingerprint, made_at=at
        )
    )
    history.wrote(session, "made a calendar address", "person", by.id, by=by.id, at=at)
    return token


def end(session: NetworkSession, *, by: Person, at: datetime) -> None:
    """Let the address open nothing any more; doing it twice does no harm."""
    if link := calendar_links.of_person(session, by.id):
        session.delete(link)
        history.wrote(session, "ended a calendar address", "person", by.id, by=by.id, at=at)


def opened(database: Database, token: str, *, place: str, at: datetime) -> OwnCalendar | None:
    """What an address opens; None for an unknown one, and for somebody who left.

    `place` is where Observe is served, for the links in the entries.
    """
    network_id, fingerprint = tokens.read(token)
    if network_id is None:
        return None
    with database.read(network_id) as session:
        person_id = calendar_links.whose(session, fingerprint)
        if person_id is None or people.find(session, person_id) is None:
            return None
        return OwnCalendar(person_id, tuple(_entries(session, person_id, place, at)))


def _entries(session: NetworkSession, person_id: UUID, place: str, at: datetime) -> Iterator[Entry]:
    """Nobody's name stands in it: an address may go from hand to hand."""
    stretch = at - BEFORE, at + AFTER
    for lesson in calendar_links.observed_by(session, person_id, *stretch):
        address = f"{place}/lessons/{lesson.id}"
        yield entry_of(lesson, title=TITLES[Part.OBSERVES], address=address)
    for lesson in calendar_links.visited(session, person_id, *stretch):
        yield entry_of(lesson, title=TITLES[Part.VISITED], address="")
    yield from coaching_sessions.entries(session, person_id, *stretch, place=place)
    yield from _of_programmes(session, person_id, place, at)


def _of_programmes(
    session: NetworkSession, person_id: UUID, place: str, at: datetime
) -> Iterator[Entry]:
    """The workshops at which somebody is expected, and the days by which their stages are due."""
    for workshop in workshops.calendar(session, person_id):
        if at - BEFORE <= workshop.starts_at <= at + AFTER:
            address = f"{place}/programme/workshops/{workshop.id}"
            yield entry_of_workshop(workshop, address=address)
    zone, today = workshops.zone(session), programme_board.today(session, at)
    for progress in programme_progress.of_person(session, person_id, today).programmes:
        for standing in (each for each in progress.standings if not each.complete):
            yield entry_of_day(
                f"{progress.under_way.id}-{standing.stage.stage}",
                standing.due,
                title=f"Due: {standing.stage.title}",
                zone=zone,
                address=f"{place}/programme",
            )


def entry_for_a_reader(lesson: Lesson, *, address: str) -> Entry:
    """The lesson for somebody who may see it, and so whom it is about."""
    return entry_of(lesson, title=f"{lesson.title}, {lesson.teacher}", address=address)
