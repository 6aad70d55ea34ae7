"""Who is written to when a lesson is planned, changed, cancelled or open to compare.

Each mail goes into the outbox in the transaction of what it tells. A teacher is written to only where
the school says so. Where no mail is set up nothing is posted.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from observe.core.calendar_file import calendar_file, entry_of
from observe.core.lesson import Lesson
from observe.core.mail import LONGEST_SUBJECT, OF_A_LESSON, Mail, MailKind, one_line
from observe.services import mail_words
from observe.services.mail_words import OVER, Part
from observe.storage import calendar_links, lessons, mail_readers, outbox
from observe.storage.database import NetworkSession

TITLES = {
    Part.OBSERVES: "Observe a lesson",
    Part.LEFT_OUT: "Observe a lesson",
    Part.VISITED: "Your lesson is observed",
    Part.NO_LONGER_VISITED: "Your lesson is observed",
}
Concerned = Mapping[UUID, Part]


def planned(session: NetworkSession, lesson_id: UUID, *, at: datetime) -> None:
    """Tell all whom a new lesson concerns."""
    if session.links_lead_to is not None:
        lesson = lessons.find(session, lesson_id)
        _tell(session, MailKind.PLANNED, lesson, _concerned(session, lesson), at=at)


def changed(session: NetworkSession, before: Lesson, after: Lesson, *, at: datetime) -> None:
    """Tell who is new, who is no longer concerned, and those for whom something is different."""
    if session.links_lead_to is None:
        return
    was, now = _concerned(session, before), _concerned(session, after)
    new = {person: part for person, part in now.items() if person not in was}
    gone = {person: _over(part) for person, part in was.items() if person not in now}
    same = {
        person: part
        for person, part in now.items()
        if person in was and _told(before, part) != _told(after, part)
    }
    _tell(session, MailKind.CANCELLED, after, gone, at=at)
    _tell(session, MailKind.PLANNED, after, new, at=at)
    _tell(session, MailKind.CHANGED, after, same, at=at)


def cancelled(session: NetworkSession, lesson_id: UUID, *, at: datetime) -> None:
    """Tell all whom a lesson concerned that it does not take place."""
    if session.links_lead_to is not None:
        session.flush()
        lesson = lessons.find(session, lesson_id)
        _tell(session, MailKind.CANCELLED, lesson, _concerned(session, lesson), at=at)


def day_before(session: NetworkSession, lesson: Lesson, *, at: datetime) -> None:
    """Remind all whom a lesson concerns, once for the day on which it is."""
    _tell(session, MailKind.DAY_BEFORE, lesson, _concerned(session, lesson), at=at)


def revealed(session: NetworkSession, lesson: Lesson, *, at: datetime) -> None:
    """Tell the observers that they can compare."""
    if session.links_lead_to is not None:
        observers = {seat.person_id: Part.OBSERVES for seat in lesson.observers}
        _tell(session, MailKind.REVEALED, lesson, observers, at=at)


def _concerned(session: NetworkSession, lesson: Lesson) -> Concerned:
    concerned = {seat.person_id: Part.OBSERVES for seat in lesson.observers}
    if calendar_links.telling(session, lesson.school_id):
        concerned.setdefault(lesson.teacher_id, Part.VISITED)
    return concerned


def _over(part: Part) -> Part:
    return Part.LEFT_OUT if part is Part.OBSERVES else Part.NO_LONGER_VISITED


def _told(lesson: Lesson, part: Part) -> tuple[object, ...]:
    """What of a lesson matters to somebody; a teacher is told when and where, and no more."""
    visit = (lesson.starts_at, lesson.minutes, lesson.room)
    if part is Part.VISITED:
        return visit
    taught = (lesson.teacher_id, lesson.class_id, lesson.school_subject, lesson.rubric_digest)
    return (*visit, *taught, {seat.person_id for seat in lesson.observers})


def _tell(
    session: NetworkSession, kind: MailKind, lesson: Lesson, to: Concerned, *, at: datetime
) -> None:
    """Write to these people; what waits about the lesson is forgotten, for this says what holds now."""
    if kind in OF_A_LESSON and kind is not MailKind.DAY_BEFORE:
        outbox.take_back(session, list(to), OF_A_LESSON, about_id=lesson.id)
    if kind in OF_A_LESSON and lesson.ends_at <= at:
        return
    found = mail_readers.addresses(session, list(to), kind)
    outbox.add(session, _mails(session, kind, lesson, to, found, at), at=at)


def _mails(
    session: NetworkSession,
    kind: MailKind,
    lesson: Lesson,
    to: Concerned,
    addresses: Mapping[UUID, str],
    at: datetime,
) -> Iterator[Mail]:
    place = session.links_lead_to or ""
    for person_id, address in addresses.items():
        words = mail_words.of_lesson(
            kind, to[person_id], lesson, _link(place, kind, to[person_id], lesson)
        )
        yield Mail(
            kind=kind,
            person_id=person_id,
            about_id=lesson.id,
            address=address,
            subject=one_line(words.subject, most=LONGEST_SUBJECT),
            body=mail_words.text(words, own_page=f"{place}/me"),
            calendar=_attached(place, kind, to[person_id], lesson, at),
            once=_once(kind, lesson, person_id),
            until=None if kind is MailKind.REVEALED else lesson.ends_at,
        )


def _link(place: str, kind: MailKind, part: Part, lesson: Lesson) -> str:
    """Where the lesson is; nothing for whoever does not see its page."""
    if part is not Part.OBSERVES:
        return ""
    return f"{place}/{'pairs' if kind is MailKind.REVEALED else 'lessons'}/{lesson.id}"


def _attached(place: str, kind: MailKind, part: Part, lesson: Lesson, at: datetime) -> str | None:
    """The lesson for a calendar, with nobody's name, where the mail is about when it is."""
    if not mail_words.ATTACHED[kind]:
        return None
    address = _link(place, kind, part, lesson)
    entry = entry_of(lesson, title=TITLES[part], address=address, cancelled=part in OVER)
    return calendar_file([entry], at=at)


def _once(kind: MailKind, lesson: Lesson, person_id: UUID) -> str | None:
    """A reminder is for a lesson on a day; moved to another day it is another."""
    if kind is not MailKind.DAY_BEFORE:
        return None
    return f"{kind.value} {lesson.id} {person_id} {lesson.day.isoformat()}"
