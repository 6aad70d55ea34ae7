"""Days without school, as a head or the facilitator keeps them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core import pasted_days
from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.core.pasted_days import PastedDays
from observe.core.permissions import Person, Thing
from observe.storage import history, school_days
from observe.storage.database import NetworkSession
from observe.storage.school_days import Days
from observe.storage.tables.people import Holiday, School

GONE = "These days are not on the list any more."


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school's own days without school and those of all schools; no name where all are meant."""

    school_id: UUID | None
    name: str
    own: Sequence[Days]
    of_all: Sequence[Days]


def thing(session: NetworkSession, school_id: UUID, holiday_id: UUID) -> Thing:
    """The school whose holiday this is, as permissions see it; Missing where there is none."""
    row = session.get(Holiday, (session.network_id, holiday_id))
    if row is None or row.school_id != school_id:
        raise Missing(GONE)
    return Thing(network_id=session.network_id, school_id=school_id)


def of(session: NetworkSession, school_id: UUID | None) -> SchoolYear:
    """The days of one school, or those of all; Missing for a stranger's."""
    of_all = school_days.listed(session, None)
    if school_id is None:
        return SchoolYear(None, "", of_all, ())
    row = session.get(School, (session.network_id, school_id))
    if row is None:
        raise Missing("There is no such school among yours.")
    return SchoolYear(school_id, row.name, school_days.listed(session, school_id), of_all)


def add(
    session: NetworkSession,
    school_id: UUID | None,
    *,
    name: str,
    first: date | None,
    last: date | None,
    by: Person,
    at: datetime,
) -> int:
    """Add one holiday; 0 where the same days are there already."""
    return _add(session, school_id, [pasted_days.between(name, first, last)], by=by, at=at)


def paste(
    session: NetworkSession, school_id: UUID | None, typed: str, *, by: Person, at: datetime
) -> int:
    """Add the holidays of a list, save those that are there already; how many are new."""
    return _add(session, school_id, pasted_days.read(typed), by=by, at=at)


def remove(
    session: NetworkSession,
    school_id: UUID | None,
    holiday_id: UUID,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Let these be days of school again; Missing where they are gone or another school's."""
    row = session.get(Holiday, (session.network_id, holiday_id))
    if row is None or row.school_id != school_id:
        raise Missing(GONE)
    session.delete(row)
    told = {"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()}
    _wrote(session, "days without school removed", school_id, by=by, at=at, **told)


def _add(
    session: NetworkSession,
    school_id: UUID | None,
    wanted: Iterable[PastedDays],
    *,
    by: Person,
    at: datetime,
) -> int:
    known = {(each.first_day, each.last_day) for each in school_days.listed(session, school_id)}
    new = {(each.first_day, each.last_day): each for each in wanted}
    made = [days for span, days in new.items() if span not in known]
    for days in made:
        session.add(_row(days, school_id, at=at))
    if made:
        _wrote(session, "days without school added", school_id, by=by, at=at, count=len(made))
    session.flush()
    return len(made)


def _row(days: PastedDays, school_id: UUID | None, *, at: datetime) -> Holiday:
    return Holiday(
        id=new_id(at),
        school_id=school_id,
        name=days.name,
        first_day=days.first_day,
        last_day=days.last_day,
    )


def _wrote(
    session: NetworkSession,
    did: str,
    school_id: UUID | None,
    *,
    by: Person,
    at: datetime,
    **told: object,
) -> None:
    thing = "school" if school_id else "network"
    history.wrote(session, did, thing, school_id or session.network_id, by=by.id, at=at, **told)
