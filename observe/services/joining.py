"""Joining a partner: two lessons that were really one become one, and a pair."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from observe.core.errors import Conflict, Missing, Refused
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.services import pair_codes, revealing
from observe.storage import history, lessons
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback

BEGUN = "The summary of this lesson has been worked on, so it stays a lesson of one observer."


def candidates(session: NetworkSession, lesson: Lesson, *, by: Person) -> list[Lesson]:
    """Lessons of others, of that teacher, day and rubric, each with one observer as this one."""
    if not _single(lesson, by):
        return []
    zone = ZoneInfo(lesson.zone)
    day = lesson.starts_at.astimezone(zone).date()
    starts = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    singles = lessons.singles_between(session, lesson.school_id, starts, ends)
    return [other for other in singles if _fits(lesson, other, by)]


def join(
    session: NetworkSession, lesson_id: UUID, other_id: UUID, *, by: Person, at: datetime
) -> UUID:
    """Make one pair of two lessons; the id of the lesson that stays. Doing it twice does no harm."""
    lesson = lessons.find(session, lesson_id)
    if lesson.alias_of == other_id:
        return other_id
    if lesson.seat_of(by.id) is None:
        raise Refused("Only an observer of this lesson can join it with another.")
    other = next((c for c in candidates(session, lesson, by=by) if c.id == other_id), None)
    if other is None:
        raise Missing("That lesson can no longer be joined: choose another, or plan one together.")
    stays, goes = sorted((lesson, other), key=lambda each: each.observers[0].observation_id)
    for each in (stays, goes):
        _drop_untouched_draft(session, each)
    pair_codes.fold(session, stays.id, goes.id)
    for each in (stays, goes):
        history.wrote(
            session, lessons.JOINED, "lesson", each.id, by=by.id, at=at, stays=str(stays.id)
        )
    revealing.reveal(session, stays.id, at=at)
    return stays.id


def _single(lesson: Lesson, by: Person) -> bool:
    """Whether this person observes it alone."""
    mine = [seat.person_id for seat in lesson.observers] == [by.id]
    return mine and not lesson.cancelled_at and not lesson.alias_of


def _fits(lesson: Lesson, other: Lesson, by: Person) -> bool:
    same = (other.teacher_id, other.rubric_digest) == (lesson.teacher_id, lesson.rubric_digest)
    return same and other.seat_of(by.id) is None and not (lesson.fixed and other.fixed)


def _drop_untouched_draft(session: NetworkSession, lesson: Lesson) -> None:
    """The draft of a single record makes way for the one of the pair, unless somebody wrote in it."""
    query = select(feedback.Summary).where(feedback.Summary.lesson_id == lesson.id)
    summary = session.scalar(query)
    if summary is None:
        return
    if summary.revision > 1 or summary.submitted_at:
        raise Conflict(BEGUN)
    session.delete(summary)
