"""Secret addresses of calendars, and the lessons that stand in somebody's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.lesson import Lesson
from observe.storage import lessons
from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.tables.lessons import Lesson as LessonRow
from observe.storage.tables.lessons import Observation
from observe.storage.tables.mail import CalendarLink
from observe.storage.tables.people import School


def of_person(session: NetworkSession, person_id: UUID) -> CalendarLink | None:
    """The address that somebody has, without its secret."""
    return session.get(CalendarLink, (session.network_id, person_id))


def whose(session: NetworkSession, token_hash: str) -> UUID | None:
    """Whose calendar an address opens."""
    query = select(CalendarLink.person_id).where(CalendarLink.token_hash == token_hash)
    return session.scalar(query)


def observed_by(
    session: NetworkSession, person_id: UUID, starts: datetime, ends: datetime
) -> Sequence[Lesson]:
    """Lessons that somebody observes in a stretch of time, the earliest first; cancelled ones too."""
    query = (
        select(LessonRow.id)
        .join(Observation, Observation.lesson_id == LessonRow.id)
        .where(
            Observation.observer_id == person_id,
            TAKES_PART,
            LessonRow.starts_at.between(starts, ends),
            LessonRow.alias_of.is_(None),
        )
    )
    return lessons.by_ids(session, session.scalars(query))


def visited(
    session: NetworkSession, teacher_id: UUID, starts: datetime, ends: datetime
) -> Sequence[Lesson]:
    """Lessons in which somebody is visited, at schools that tell their teachers."""
    query = (
        select(LessonRow.id)
        .join(School, School.id == LessonRow.school_id)
        .where(
            LessonRow.teacher_id == teacher_id,
            School.tells_teachers.is_(True),
            LessonRow.starts_at.between(starts, ends),
            LessonRow.alias_of.is_(None),
        )
    )
    return lessons.by_ids(session, session.scalars(query))


def near(session: NetworkSession, starts: datetime, ends: datetime) -> Sequence[Lesson]:
    """Lessons of the network that begin in a stretch of time and take place, the earliest first."""
    query = select(LessonRow.id).where(
        LessonRow.starts_at.between(starts, ends),
        LessonRow.cancelled_at.is_(None),
        LessonRow.alias_of.is_(None),
    )
    return lessons.by_ids(session, session.scalars(query))


def telling(session: NetworkSession, school_id: UUID) -> bool:
    """Whether a school tells its teachers of visits."""
    return session.get_one(School, (session.network_id, school_id)).tells_teachers
