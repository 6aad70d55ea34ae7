"""Lessons, workshops and due days as a calendar knows them (RFC 5545): times in UTC, an entry each."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from observe.core.lesson import Lesson
from observe.core.workshop import Workshop

if TYPE_CHECKING:
    from icalendar import Event

MADE_BY = "-//Observe//Observe//EN"
DOMAIN = "observe.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One lesson, workshop or due day in a calendar; `title` is what it is called.

    `key` is the same for the same thing for ever, and `revision` counts up with each change.
    What begins on a day and at no time lasts until the day before `ends_at`.
    """

    key: str
    revision: int
    title: str
    place: str
    zone: str
    starts_at: datetime | date
    ends_at: datetime | date
    address: str = ""
    cancelled: bool = False


def entry_of(lesson: Lesson, *, title: str, address: str, cancelled: bool = False) -> Entry:
    """The entry of a lesson; `cancelled` also for somebody whom it no longer concerns."""
    return Entry(
        key=str(lesson.id),
        revision=lesson.revision,
        title=title,
        place=place_of(lesson),
        zone=lesson.zone,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        address=address,
        cancelled=cancelled or lesson.cancelled_at is not None,
    )


def entry_of_workshop(workshop: Workshop, *, address: str) -> Entry:
    """The entry of a workshop, which whoever plans it has named."""
    return Entry(
        key=str(workshop.id),
        revision=workshop.revision,
        title=workshop.title,
        place=workshop.place,
        zone=workshop.zone,
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        address=address,
        cancelled=workshop.cancelled_at is not None,
    )


def entry_of_day(key: str, day: date, *, title: str, zone: str, address: str) -> Entry:
    """The entry of a day on which something is due."""
    return Entry(
        key=key,
        revision=1,
        title=title,
        place="",
        zone=zone,
        starts_at=day,
        ends_at=day + timedelta(days=1),
        address=address,
    )


def place_of(lesson: Lesson) -> str:
    """`Thornbeck Primary, room 7`."""
    return f"{lesson.school}, room {lesson.room}" if lesson.room else lesson.school


def calendar_file(entries: Iterable[Entry], *, at: datetime, name: str = "") -> str:
    """The entries as an iCalendar file, written at a moment; `name` is what the calendar is called."""
    from icalendar import Calendar, Event

    told = list(entries)
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    if len(zones := {entry.zone for entry in told}) == 1:
        calendar.add("x-wr-timezone", zones.pop())
    for entry in told:
        calendar.add_component(_filled(Event(), entry, at))
    written: bytes = calendar.to_ical()
    return written.decode()


def _filled(event: "Event", entry: Entry, at: datetime) -> "Event":
    event.add("uid", f"{entry.key}@{DOMAIN}")
    event.add("sequence", entry.revision - 1)
    event.add("dtstamp", at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.address:
        event.add("url", entry.address)
    return event


def mark(entries: Iterable[Entry]) -> str:
    """The same for the same entries, and another as soon as one of them changes."""
    told = repr([sorted(asdict(entry).items()) for entry in entries])
    return sha256(told.encode()).hexdigest()[:32]
