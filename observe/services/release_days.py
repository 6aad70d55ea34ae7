"""On which day, and from when on that day, a school gives its teachers what was approved."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from observe.core.feedback import review
from observe.core.feedback.summary import Summary
from observe.core.lesson import Lesson
from observe.storage import lessons, summaries
from observe.storage.database import NetworkSession
from observe.storage.tables.people import School

MORNING = 7
AHEAD = timedelta(days=1)


def next_day(session: NetworkSession, summary: Summary, *, at: datetime) -> date | None:
    """The day on which this goes out; None where that is now, or the school names no weekday."""
    lesson = lessons.find(session, summary.lesson_id)
    weekday = weekday_of(session, lesson)
    if weekday is None:
        return None
    today = at.astimezone(ZoneInfo(lesson.zone)).date()
    day = review.release_day(today, weekday, summary.holidays)
    return None if has_come(day, lesson.zone, at=at) else day


def weekday_of(session: NetworkSession, lesson: Lesson) -> int | None:
    """The weekday on which the lesson's school releases, 0 for Monday; None: at once."""
    return session.get_one(School, (session.network_id, lesson.school_id)).release_weekday


def has_come(day: date, zone: str, *, at: datetime) -> bool:
    """Whether it is that day where the school is, seven o'clock or later."""
    there = at.astimezone(ZoneInfo(zone))
    return there.date() > day or (there.date() == day and there.hour >= MORNING)


def due(session: NetworkSession, *, at: datetime) -> list[Summary]:
    """What was approved for a day that has come."""
    waiting = summaries.approved_until(session, at.date() + AHEAD)
    return [each for each in waiting if _has_come(session, each, at=at)]


def _has_come(session: NetworkSession, summary: Summary, *, at: datetime) -> bool:
    zone = lessons.find(session, summary.lesson_id).zone
    return summary.release_on is not None and has_come(summary.release_on, zone, at=at)
