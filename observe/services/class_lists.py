"""Class lists: names that a summary must not say, kept for a school year and shown to nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core import pasted_names
from observe.core.contact import sort_key
from observe.core.errors import Missing
from observe.core.permissions import Person, Thing
from observe.core.terms import school_year
from observe.storage import class_lists as kept
from observe.storage import history, register
from observe.storage.database import NetworkSession
from observe.storage.tables.people import School, SchoolClass


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class and how many names its list has."""

    id: UUID
    name: str
    count: int


def listed(session: NetworkSession, school_id: UUID) -> Sequence[ClassList]:
    """The classes of a school with their lists, by name."""
    classes = sorted(register.classes(session, school_id), key=lambda each: sort_key(each.name))
    counts: Mapping[UUID, int] = kept.counts(session, [each.id for each in classes])
    return [ClassList(each.id, each.name, counts.get(each.id, 0)) for each in classes]


def find(session: NetworkSession, school_id: UUID, class_id: UUID) -> ClassList:
    """One class of a school; Missing for a stranger's."""
    for each in listed(session, school_id):
        if each.id == class_id:
            return each
    raise Missing("There is no such class in this school.")


def thing(session: NetworkSession, school_id: UUID, class_id: UUID | None = None) -> Thing:
    """A school, or a class of it, as permissions see it; Missing where there is none."""
    row = session.get(School, (session.network_id, school_id))
    if row is None or (class_id and not session.get(SchoolClass, (session.network_id, class_id))):
        raise Missing("There is no such school or class among yours.")
    return Thing(network_id=session.network_id, school_id=school_id)


def write_down(
    session: NetworkSession,
    school_id: UUID,
    class_id: UUID,
    typed: str,
    *,
    by: Person,
    at: datetime,
) -> int:
    """Keep the names that were pasted in place of those there were; how many. Invalid for no names."""
    found = find(session, school_id, class_id)
    names = pasted_names.read(typed)
    kept.replace(session, found.id, names, erased_after=last_day(at.date()), at=at)
    told = {"count": len(names)}
    history.wrote(session, "class list kept", "class", class_id, by=by.id, at=at, **told)
    return len(names)


def erase(
    session: NetworkSession, school_id: UUID, class_id: UUID, *, by: Person, at: datetime
) -> int:
    """Erase the list of a class now; how many names."""
    count = kept.erase(session, find(session, school_id, class_id).id)
    if count:
        told = {"count": count}
        history.wrote(session, "class list erased", "class", class_id, by=by.id, at=at, **told)
    return count


def last_day(today: date) -> date:
    """The day after which a list kept today is erased: the 31st of August that ends this school year."""
    return school_year(today)[1] - timedelta(days=1)


def is_over(session: NetworkSession, *, at: datetime) -> bool:
    """Whether a list outlived its school year."""
    return kept.is_over(session, today=at.date())


def erase_over(session: NetworkSession, *, at: datetime) -> None:
    """Erase every list whose school year is over."""
    count = kept.erase_over(session, today=at.date())
    if count:
        here = session.network_id
        told = {"count": count}
        history.wrote(session, "class lists erased", "network", here, by=None, at=at, **told)
