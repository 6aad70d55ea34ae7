"""How often teachers are visited: lessons planned or observed in a school year."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from observe.core.observation import RecordState
from observe.core.planner import Visits
from observe.core.terms import school_year
from observe.core.time_of_day import midnight
from observe.storage.database import NetworkSession
from observe.storage.staff import TAUGHT_BY
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.people import Role, School

VISIT = "lesson"


class _Taught(NamedTuple):
    """A school that is taught by somebody."""

    teacher_id: UUID
    school_id: UUID
    zone: str
    cap: int | None


def of_teachers(
    session: NetworkSession, teacher_ids: Collection[UUID], at: datetime
) -> Mapping[UUID, Sequence[Visits]]:
    """By teacher, the visits at each school that they teach, in the school year of `at` there.

    A lesson that several observe is one visit; a cancelled one, or one that nobody observes, is none.
    """
    found: dict[UUID, list[Visits]] = {teacher_id: [] for teacher_id in teacher_ids}
    taught = _taught(session, teacher_ids)
    made = dict(_made(session, taught, at))
    for each in taught:
        times = made.get((each.teacher_id, each.school_id), 0)
        found[each.teacher_id].append(Visits(times, each.cap))
    return found


def at_school(
    session: NetworkSession,
    school_id: UUID,
    teacher_ids: Collection[UUID],
    at: datetime,
    *,
    but: UUID | None = None,
) -> Mapping[UUID, Visits]:
    """By teacher, the visits at one school in the school year of `at`; lesson `but` is not counted."""
    school = session.get_one(School, (session.network_id, school_id))
    taught = [_Taught(each, school_id, school.zone, school.visit_cap) for each in teacher_ids]
    made = dict(_made(session, taught, at, but=but))
    return {each.teacher_id: Visits(made.get(each[:2], 0), each.cap) for each in taught}


def _taught(session: NetworkSession, teacher_ids: Collection[UUID]) -> list[_Taught]:
    query = (
        select(Role.person_id, School.id, School.zone, School.visit_cap)
        .join(School, School.id == Role.school_id)
        .where(Role.person_id.in_(teacher_ids), Role.kind.in_(TAUGHT_BY))
        .distinct()
    )
    return [_Taught(*row) for row in session.execute(query)]


def _made(
    session: NetworkSession,
    taught: Collection[_Taught],
    at: datetime,
    *,
    but: UUID | None = None,
) -> Iterator[tuple[tuple[UUID, UUID], int]]:
    """((teacher, school), how many lessons), asked once for each zone in which schools lie."""
    zones: dict[str, list[_Taught]] = defaultdict(list)
    for each in taught:
        zones[each.zone].append(each)
    for zone, there in zones.items():
        yield from _made_in(session, there, *_year_of(at, ZoneInfo(zone)), but=but)


def _year_of(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first, next_first = school_year(at.astimezone(zone).date())
    return midnight(first, zone), midnight(next_first, zone)


def _made_in(
    session: NetworkSession,
    taught: Collection[_Taught],
    since: datetime,
    until: datetime,
    *,
    but: UUID | None,
) -> Iterator[tuple[tuple[UUID, UUID], int]]:
    seat = Observation
    seats = select(seat.id).where(seat.lesson_id == Lesson.id, seat.waived_at.is_(None))
    query = (
        select(Lesson.teacher_id, Lesson.school_id, func.count())
        .where(
            Lesson.teacher_id.in_({each.teacher_id for each in taught}),
            Lesson.school_id.in_({each.school_id for each in taught}),
            Lesson.starts_at >= since,
            Lesson.starts_at < until,
            Lesson.kind == VISIT,
            Lesson.cancelled_at.is_(None),
            Lesson.alias_of.is_(None),
            Lesson.id.is_distinct_from(but),
            seats.where(seat.state != RecordState.WITHDRAWN).exists(),
        )
        .group_by(Lesson.teacher_id, Lesson.school_id)
    )
    for teacher_id, school_id, times in session.execute(query):
        yield (teacher_id, school_id), times
