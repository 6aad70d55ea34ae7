"""Days without school: of one school, and of all schools of the network."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from observe.storage.database import NetworkSession
from observe.storage.tables.people import Holiday

AROUND = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Days:
    """Days without school, the last one included; of all schools where `school_id` is None."""

    id: UUID
    school_id: UUID | None
    name: str
    first_day: date
    last_day: date


def holidays(session: NetworkSession, school_id: UUID, around: date) -> frozenset[date]:
    """Every day without school at this school, from a year before a day to a year after it."""
    return by_school(session, [school_id], around - AROUND, around + AROUND)[school_id]


def by_school(
    session: NetworkSession, school_ids: Collection[UUID], since: date, until: date
) -> Mapping[UUID, frozenset[date]]:
    """The days without school between two days, by school; one question for however many schools."""
    at = or_(Holiday.school_id.in_(school_ids), Holiday.school_id.is_(None))
    near = (Holiday.last_day >= since, Holiday.first_day <= until, at)
    query = select(Holiday.school_id, Holiday.first_day, Holiday.last_day).where(*near)
    found = defaultdict[UUID | None, set[date]](set)
    for school_id, first, last in session.execute(query):
        found[school_id].update(_each(max(first, since), min(last, until)))
    return {each: frozenset(found[each] | found[None]) for each in school_ids}


def listed(session: NetworkSession, school_id: UUID | None) -> Sequence[Days]:
    """Days without school as they were written down, the first ones first; None: those of all schools."""
    own = Holiday.school_id == school_id if school_id else Holiday.school_id.is_(None)
    rows = session.scalars(select(Holiday).where(own).order_by(Holiday.first_day, Holiday.name))
    return [Days(row.id, row.school_id, row.name, row.first_day, row.last_day) for row in rows]


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
