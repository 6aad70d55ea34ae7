"""When people are free, away or teaching, as they typed it in, and the days they have promised."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from observe.core.planner import WEEK, Availability, DaysAway, HalfDay, Part
from observe.core.time_of_day import midnight
from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.people import School, SchoolClass
from observe.storage.tables.planning import Away, FreeTime, TaughtTime

UTC = ZoneInfo("UTC")
UTC_MARGIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnAway:
    """Days away as their owner sees them."""

    id: UUID
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson that somebody teaches every week, by the clock of its school; `weekday` is 0 on Monday."""

    id: UUID
    weekday: int
    begins_at: time
    minutes: int
    school_id: UUID
    class_id: UUID | None
    class_name: str
    school_subject: str

    @property
    def title(self) -> str:
        """`Year 5 maths`."""
        title = f"{self.class_name} {self.school_subject}".strip()
        return title[:1].upper() + title[1:]


def availability(
    session: NetworkSession,
    person_ids: Collection[UUID],
    first_day: date,
    last_day: date,
    *,
    but: UUID | None = None,
) -> Mapping[UUID, Availability]:
    """By person, when they can observe in this stretch of days; lesson `but` books nobody."""
    half_days = half_days_of(session, person_ids)
    away = away_of(session, person_ids, first_day, last_day)
    booked = _booked(session, person_ids, first_day, last_day, but=but)
    return {
        each: Availability(half_days.get(each, WEEK), away[each], frozenset(booked[each]))
        for each in person_ids
    }


def half_days_of(
    session: NetworkSession, person_ids: Collection[UUID]
) -> Mapping[UUID, frozenset[HalfDay]]:
    """The half days that people said are free; nothing for whoever never said."""
    query = select(FreeTime.person_id, FreeTime.weekday, FreeTime.part).where(
        FreeTime.person_id.in_(person_ids)
    )
    found: dict[UUID, set[HalfDay]] = defaultdict(set)
    for person_id, weekday, part in session.execute(query):
        found[person_id].add((weekday, Part(part)))
    return {person_id: frozenset(half_days) for person_id, half_days in found.items()}


def away_of(
    session: NetworkSession, person_ids: Collection[UUID], first_day: date, last_day: date
) -> Mapping[UUID, tuple[DaysAway, ...]]:
    """By person, the days away that touch this stretch, the earliest first."""
    query = (
        select(Away.person_id, Away.first_day, Away.last_day)
        .where(
            Away.person_id.in_(person_ids),
            Away.last_day >= first_day,
            Away.first_day <= last_day,
        )
        .order_by(Away.first_day, Away.id)
    )
    found: dict[UUID, tuple[DaysAway, ...]] = defaultdict(tuple)
    for person_id, first, last in session.execute(query):
        found[person_id] += (DaysAway(first, last),)
    return found


def _booked(
    session: NetworkSession,
    person_ids: Collection[UUID],
    first_day: date,
    last_day: date,
    *,
    but: UUID | None,
) -> Mapping[UUID, set[date]]:
    """By person, the days on which they observe a lesson, where its school is."""
    query = (
        select(Observation.observer_id, Lesson.starts_at, School.zone)
        .join(Lesson, Lesson.id == Observation.lesson_id)
        .join(School, School.id == Lesson.school_id)
        .where(
            Observation.observer_id.in_(person_ids),
            TAKES_PART,
            Lesson.starts_at >= midnight(first_day, UTC) - UTC_MARGIN,
            Lesson.starts_at < midnight(last_day, UTC) + 2 * UTC_MARGIN,
            Lesson.cancelled_at.is_(None),
            Lesson.alias_of.is_(None),
            Lesson.id.is_distinct_from(but),
        )
    )
    found: dict[UUID, set[date]] = defaultdict(set)
    for observer_id, starts_at, zone in session.execute(query):
        found[observer_id].add(starts_at.astimezone(ZoneInfo(zone)).date())
    return found


def keep_half_days(
    session: NetworkSession, person_id: UUID, half_days: Collection[HalfDay]
) -> None:
    """Write these half days in place of those that were said before."""
    before = delete(FreeTime).where(
        FreeTime.network_id == session.network_id, FreeTime.person_id == person_id
    )
    session.execute(before)
    for weekday, part in sorted(half_days):
        session.add(FreeTime(person_id=person_id, weekday=weekday, part=part))
    session.flush()


def own_away(session: NetworkSession, person_id: UUID, *, since: date) -> list[OwnAway]:
    """Somebody's days away that are not over, the earliest first."""
    query = (
        select(Away.id, Away.first_day, Away.last_day)
        .where(Away.person_id == person_id, Away.last_day >= since)
        .order_by(Away.first_day, Away.id)
    )
    return [OwnAway(*row) for row in session.execute(query)]


def taught(
    session: NetworkSession, person_id: UUID, *, school_id: UUID | None = None
) -> list[Taught]:
    """The lessons that somebody teaches each week, at one school or all, Monday's first."""
    row = TaughtTime
    query = (
        select(row, func.coalesce(SchoolClass.name, ""))
        .outerjoin(SchoolClass, SchoolClass.id == row.class_id)
        .where(row.person_id == person_id)
        .order_by(row.weekday, row.begins_at, row.id)
    )
    if school_id is not None:
        query = query.where(row.school_id == school_id)
    return [_taught(found, name) for found, name in session.execute(query)]


def _taught(row: TaughtTime, class_name: str) -> Taught:
    return Taught(
        row.id,
        row.weekday,
        row.begins_at,
        row.minutes,
        row.school_id,
        row.class_id,
        class_name,
        row.school_subject,
    )
