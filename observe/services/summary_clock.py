"""The clock of one lesson: when it was observed, talked about, written up, released and read."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from observe.core.feedback.clock import Step, Tick, clock
from observe.core.feedback.summary import Summary
from observe.storage import lessons, pairs
from observe.storage.database import NetworkSession


def of(session: NetworkSession, summary: Summary, *, at: datetime) -> tuple[Tick, ...]:
    """Each step in the days of the school; a lesson with one observer has no talk."""
    lesson = lessons.find(session, summary.lesson_id)
    zone = ZoneInfo(lesson.zone)
    done: dict[Step, date | None] = {Step.OBSERVED: lesson.day}
    if len(lesson.observers) > 1:
        done[Step.TALKED] = _day(pairs.closed_at(session, lesson.id), zone)
    done[Step.WRITTEN] = _day(summary.submitted_at or summary.released_at, zone)
    done[Step.RELEASED] = _day(summary.released_at, zone)
    done[Step.READ] = _day(summary.read_at, zone)
    today = at.astimezone(zone).date()
    return clock(done, due=summary.due_on, today=today, holidays=summary.holidays)


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
