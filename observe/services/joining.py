"""Joining a partner: two lessons that were really one become one, and a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Conflict, Refused
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.core.time_of_day import midnight
from observe.services import revealing
from observe.storage import history, joined, lessons
from observe.storage.database import NetworkSession

ASKED_FOR = timedelta(days=7)
MOST_ASKED = 5
MEANWHILE = (
    "Your partner was quicker: this lesson was joined with another. See who observes it now."
)
TAKEN = (
    "That lesson is no longer free: it was joined with another, changed or sealed meanwhile. "
    "Choose another, or plan one together."
)
BEGUN = "The summary of this lesson has been worked on, so it stays a lesson of one observer."


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson that one observed alone, and those of others that may have been the same."""

    lesson: Lesson
    others: Sequence[Lesson]


def offers(session: NetworkSession, *, by: Person, at: datetime) -> tuple[Offer, ...]:
    """One's single lessons of this week that were perhaps a pair, the latest first."""
    mine = lessons.own_singles(session, by.id, at - ASKED_FOR, at, most=MOST_ASKED)
    found = ((lesson, candidates(session, lesson, by=by)) for lesson in mine)
    return tuple(
        Offer(lesson, others)
        for lesson, others in found
        if others and not joined.is_written_up(session, [lesson.id])
    )


def candidates(session: NetworkSession, lesson: Lesson, *, by: Person) -> list[Lesson]:
    """Lessons of others, of that teacher, day and rubric, each with one observer as this one."""
    if not _single(lesson, by):
        return []
    singles = lessons.singles_between(session, lesson.school_id, *_day_of(lesson))
    return [other for other in singles if _fits(lesson, other, by)]


def join(
    session: NetworkSession, lesson_id: UUID, other_id: UUID, *, by: Person, at: datetime
) -> UUID:
    """Make one pair of two lessons; the id of the lesson that stays. Doing it twice does no harm."""
    lesson = lessons.find(session, lesson_id)
    if lesson.alias_of == other_id:
        return other_id
    if lesson.alias_of:
        raise Conflict(MEANWHILE)
    if lesson.seat_of(by.id) is None:
        raise Refused("Only an observer of this lesson can join it with another.")
    other = next((c for c in candidates(session, lesson, by=by) if c.id == other_id), None)
    if other is None:
        raise Conflict(TAKEN, field="other")
    if joined.is_written_up(session, (lesson_id, other_id)):
        raise Conflict(BEGUN)
    return merge(session, lesson_id, other_id, by=by.id, at=at)


def merge(session: NetworkSession, one_id: UUID, other_id: UUID, *, by: UUID, at: datetime) -> UUID:
    """Make one lesson and a pair of two, under the id of the one whose record is older; that id."""
    stays, goes = sorted(
        (one_id, other_id), key=lambda each: joined.first_observation(session, each)
    )
    joined.drop_drafts(session, (stays, goes))
    moved = [str(each) for each in joined.records_in(session, goes)]
    joined.fold(session, stays, goes)
    told = {"stays": str(stays), "moved": moved}
    for each in (stays, goes):
        history.wrote(session, lessons.JOINED, "lesson", each, by=by, at=at, **told)
    revealing.reveal(session, stays, at=at)
    return stays


def _day_of(lesson: Lesson) -> tuple[datetime, datetime]:
    """When the lesson's day begins and ends where the school is."""
    zone = ZoneInfo(lesson.zone)
    return midnight(lesson.day, zone), midnight(lesson.day + timedelta(days=1), zone)


def _single(lesson: Lesson, by: Person) -> bool:
    """Whether this person observes it alone."""
    mine = [seat.person_id for seat in lesson.observers] == [by.id]
    return mine and not lesson.cancelled_at and not lesson.alias_of


def _fits(lesson: Lesson, other: Lesson, by: Person) -> bool:
    """Whether it may have been the same; a sealed record is joined only by whoever sealed it.

    Else anybody could plan a lesson afterwards, join it, seal nothing and read what a stranger wrote.
    """
    same = (other.teacher_id, other.rubric_digest) == (lesson.teacher_id, lesson.rubric_digest)
    return same and other.seat_of(by.id) is None and not other.fixed
