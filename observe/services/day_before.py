"""Reminders: on the day before, from noon on where the school is, unless something was told today."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from observe.core.lesson import Lesson
from observe.core.observation import RecordState
from observe.services import posting
from observe.storage import calendar_links, outbox
from observe.storage.database import NetworkSession

NOON = 12
AHEAD = timedelta(hours=40)
TOLD_ALREADY = timedelta(hours=24)


def due(session: NetworkSession, *, at: datetime) -> Sequence[Lesson]:
    """Lessons of tomorrow that have not begun, and of which nobody was written to since yesterday."""
    found = [
        lesson for lesson in calendar_links.near(session, at, at + AHEAD) if _tomorrow(lesson, at)
    ]
    told = outbox.told_since(session, [lesson.id for lesson in found], at - TOLD_ALREADY)
    lately = {lesson_id for _, lesson_id in told}
    return [lesson for lesson in found if lesson.id not in lately]


def _tomorrow(lesson: Lesson, at: datetime) -> bool:
    there = at.astimezone(ZoneInfo(lesson.zone))
    waits = any(seat.state == RecordState.PLANNED for seat in lesson.observers)
    return waits and there.hour >= NOON and lesson.day == there.date() + timedelta(days=1)


def remind(session: NetworkSession, *, at: datetime) -> None:
    """Write the reminders that are due; doing it twice writes none twice."""
    for lesson in due(session, at=at):
        posting.day_before(session, lesson, at=at)
