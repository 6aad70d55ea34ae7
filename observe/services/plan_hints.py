"""What helps to choose the day of a lesson: who may not be there, and when all are free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.planner import Availability, Doubt, DoubtKind, common_days, doubt_of, part_of
from observe.services.lesson_wish import Wish
from observe.storage import free_times, people
from observe.storage.database import NetworkSession
from observe.storage.free_times import Taught
from observe.storage.staff import Place

AHEAD = timedelta(weeks=8)
MOST_DAYS = 5


@dataclass(frozen=True, slots=True)
class Hints:
    """Days on which all who were chosen are free, and the lessons that the teacher teaches each week."""

    days: tuple[date, ...] = ()
    taught: tuple[Taught, ...] = ()
    people: int = 0


def doubts(
    session: NetworkSession, school: Place, wish: Wish, *, but: UUID | None = None
) -> list[Doubt]:
    """Who may not be there at that time, in the order chosen; `but` is the lesson that is changed."""
    there = wish.starts_at.astimezone(ZoneInfo(school.zone))
    day, part = there.date(), part_of(there.hour)
    everybody = [*wish.observer_ids, wish.teacher_id]
    known = free_times.availability(session, everybody, day, day, but=but)
    names = people.names(session, everybody)
    found = [doubt_of(names[each], known[each], day, part) for each in wish.observer_ids]
    return [*filter(None, found), *_of_teacher(session, school, wish, known, there)]


def _of_teacher(
    session: NetworkSession,
    school: Place,
    wish: Wish,
    known: Mapping[UUID, Availability],
    there: datetime,
) -> list[Doubt]:
    """A teacher who is away, or who said what they teach and teaches nothing then."""
    name = people.names(session, [wish.teacher_id])[wish.teacher_id]
    if away := known[wish.teacher_id].away_on(there.date()):
        return [Doubt(name, DoubtKind.AWAY, there.date(), away.last_day)]
    lessons = free_times.taught(session, wish.teacher_id, school_id=school.id)
    if lessons and not any(_goes_on(each, there) for each in lessons):
        return [Doubt(name, DoubtKind.TEACHES_NOTHING, there.date())]
    return []


def _goes_on(lesson: Taught, there: datetime) -> bool:
    """Whether this lesson of the week goes on at a moment of its school's clock."""
    if lesson.weekday != there.weekday():
        return False
    begins = there.replace(hour=lesson.begins_at.hour, minute=lesson.begins_at.minute)
    return begins <= there < begins + timedelta(minutes=lesson.minutes)


def hints(
    session: NetworkSession,
    school: Place,
    *,
    observer_ids: Sequence[UUID],
    teacher_id: UUID | None,
    near: date | None,
    at: datetime,
) -> Hints:
    """Up to five days from tomorrow or from the day before `near` on; nothing before anybody is chosen."""
    today = at.astimezone(ZoneInfo(school.zone)).date()
    first = max(today, (near or today) - timedelta(days=2)) + timedelta(days=1)
    taught = free_times.taught(session, teacher_id, school_id=school.id) if teacher_id else []
    days = _days(session, observer_ids, teacher_id, taught, first)
    return Hints(tuple(days[:MOST_DAYS]), tuple(taught), len(observer_ids))


def _days(
    session: NetworkSession,
    observer_ids: Sequence[UUID],
    teacher_id: UUID | None,
    taught: Sequence[Taught],
    first: date,
) -> list[date]:
    """Days on which all observers are free, and the teacher is there and teaches."""
    if not observer_ids:
        return []
    everybody = [*observer_ids, *([teacher_id] if teacher_id else [])]
    known = free_times.availability(session, everybody, first, first + AHEAD)
    observing = [known[each] for each in observer_ids]
    teaches = {each.weekday for each in taught} or set(range(5))
    there = known[teacher_id] if teacher_id else Availability()
    free = common_days(observing, first, first + AHEAD)
    return [day for day in free if day.weekday() in teaches and not there.away_on(day)]
