"""Days without school: of one school, and of all schools of the network."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from observe.core.ids import new_id
from observe.core.terms import OwnTerm, between, term_named, term_of
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Holiday, SchoolTerm

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
    """The days without school between two days, by school; two questions for however many schools."""
    at = or_(Holiday.school_id.in_(school_ids), Holiday.school_id.is_(None))
    near = (Holiday.last_day >= since, Holiday.first_day <= until, at)
    query = select(Holiday.school_id, Holiday.first_day, Holiday.last_day).where(*near)
    found = defaultdict[UUID | None, set[date]](set)
    for school_id, first, last in session.execute(query):
        found[school_id].update(_each(max(first, since), min(last, until)))
    kept = _kept_by(session, school_ids)
    return {
        each: frozenset(found[each] | found[None] | _between(kept(each), since, until))
        for each in school_ids
    }


def terms(session: NetworkSession, school_id: UUID | None) -> Mapping[str, OwnTerm]:
    """The terms that a school keeps itself, by key; None: those of all schools."""
    own = SchoolTerm.school_id == school_id if school_id else SchoolTerm.school_id.is_(None)
    return {row.term: _own(row) for row in session.scalars(select(SchoolTerm).where(own))}


def term_at(session: NetworkSession, school_id: UUID, day: date) -> OwnTerm | None:
    """The term in which a day lies as a school keeps it, or as all do; None where neither says."""
    key = term_of(day).key
    at = or_(SchoolTerm.school_id == school_id, SchoolTerm.school_id.is_(None))
    rows = session.scalars(select(SchoolTerm).where(at, SchoolTerm.term == key)).all()
    own = sorted(rows, key=lambda row: row.school_id is None)
    return _own(own[0]) if own else None


def keep_terms(
    session: NetworkSession, school_id: UUID | None, kept: Iterable[OwnTerm], at: datetime
) -> None:
    """Keep these terms of a school, or of all, and no others."""
    own = SchoolTerm.school_id == school_id if school_id else SchoolTerm.school_id.is_(None)
    for row in session.scalars(select(SchoolTerm).where(own)):
        session.delete(row)
    session.flush()
    session.add_all(
        SchoolTerm(
            id=new_id(at),
            school_id=school_id,
            term=each.term.key,
            first_day=each.first_day,
            last_day=each.last_day,
        )
        for each in kept
    )
    session.flush()


def _kept_by(
    session: NetworkSession, school_ids: Collection[UUID]
) -> Callable[[UUID], Iterable[OwnTerm]]:
    """The terms of each school: its own, and those of all where it keeps none of that name."""
    at = or_(SchoolTerm.school_id.in_(school_ids), SchoolTerm.school_id.is_(None))
    found = defaultdict[UUID | None, dict[str, OwnTerm]](dict)
    for row in session.scalars(select(SchoolTerm).where(at)):
        found[row.school_id][row.term] = _own(row)
    return lambda school_id: (found[None] | found[school_id]).values()


def _own(row: SchoolTerm) -> OwnTerm:
    return OwnTerm(term_named(row.term), row.first_day, row.last_day)


def _between(kept: Iterable[OwnTerm], since: date, until: date) -> set[date]:
    spans = ((max(first, since), min(last, until)) for first, last in between(kept))
    return {day for first, last in spans for day in _each(first, last)}


def listed(session: NetworkSession, school_id: UUID | None) -> Sequence[Days]:
    """Days without school as they were written down, the first ones first; None: those of all schools."""
    own = Holiday.school_id == school_id if school_id else Holiday.school_id.is_(None)
    rows = session.scalars(select(Holiday).where(own).order_by(Holiday.first_day, Holiday.name))
    return [Days(row.id, row.school_id, row.name, row.first_day, row.last_day) for row in rows]


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
