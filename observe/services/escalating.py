"""Summaries that have waited too long go to the next up as well: from leader to head to deputy."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.feedback.waiting import is_too_long
from observe.core.lesson import Lesson
from observe.services import feedback_posting
from observe.storage import history, lessons, school_days, summaries
from observe.storage.database import NetworkSession
from observe.storage.summary_readers import ladders
from observe.storage.tables import feedback as tables

SOONEST = timedelta(hours=12)
AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One summary that is to go up, and to whom."""

    summary_id: UUID
    to: frozenset[UUID]


def due(session: NetworkSession, *, at: datetime) -> list[Step]:
    """Summaries that have waited too long with those they are with, and have somebody further up."""
    waiting = summaries.in_review_since(session, at - SOONEST)
    return list(_steps(session, list(waiting), at=at)) if waiting else []


def go_up(session: NetworkSession, *, at: datetime) -> None:
    """Hand on what is due, one step each; doing it twice on a day hands on nothing twice."""
    for step in due(session, at=at):
        row = summaries.row(session, step.summary_id)
        row.steps_up, row.escalated_at = row.steps_up + 1, at
        told = {"to": sorted(str(each) for each in step.to)}
        history.wrote(session, "summary escalated", "summary", row.id, by=None, at=at, **told)
        feedback_posting.escalated(session, row.id, to=step.to, at=at)


def _steps(
    session: NetworkSession, waiting: list[tables.Summary], *, at: datetime
) -> Iterator[Step]:
    about = lessons.by_ids(session, {row.lesson_id for row in waiting})
    seen = {lesson.id: lesson for lesson in about}
    off = _holidays(session, seen.values(), at=at)
    find_ladder = ladders(session, about)
    for row in waiting:
        lesson = seen[row.lesson_id]
        above = find_ladder(lesson, row.author_id)[row.steps_up + 1 :]
        if above and _too_long(row, lesson, off[lesson.school_id], at=at):
            yield Step(row.id, above[0])


def _holidays(
    session: NetworkSession, about: Collection[Lesson], *, at: datetime
) -> Mapping[UUID, frozenset[date]]:
    """Days without school since the first of these lessons, by school."""
    since = min(lesson.day for lesson in about)
    return school_days.by_school(
        session, {lesson.school_id for lesson in about}, since, at.date() + AHEAD
    )


def _too_long(
    row: tables.Summary, lesson: Lesson, holidays: frozenset[date], *, at: datetime
) -> bool:
    zone = ZoneInfo(lesson.zone)
    since = (row.escalated_at or row.submitted_at or row.changed_at).astimezone(zone).date()
    return is_too_long(since, at.astimezone(zone).date(), due=row.due_on, holidays=holidays)
