"""Every change to a person's rights: roles, sign-in, links, leaving; and who has read about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from observe.storage import people, read_about, register
from observe.storage.database import NetworkSession
from observe.storage.read_about import Reading
from observe.storage.subject_sources import RIGHTS
from observe.storage.tables.history import HistoryLine

MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what was done, by whom (empty where Observe or a command did it), and what of it is told.

    `role`, `place`, `before`, `after` and `way` are empty where they say nothing.
    """

    at: datetime
    did: str
    by: str
    role: str = ""
    place: str = ""
    before: str = ""
    after: str = ""
    way: str = ""


def of_person(session: NetworkSession, person_id: UUID) -> list[Change]:
    """Every change to somebody's rights, the latest first."""
    people.row_of(session, person_id)
    line = HistoryLine
    query = select(line).where(
        line.thing == "person", line.thing_id == str(person_id), line.did.in_(RIGHTS)
    )
    rows = session.scalars(query.order_by(line.at.desc(), line.id.desc()).limit(MOST)).all()
    names = people.names(session, {row.by for row in rows if row.by})
    places = _places(session)
    return [_told(row, names, places) for row in rows]


def _places(session: NetworkSession) -> Mapping[str, str]:
    """Names of schools and teams by id, as history writes it."""
    schools = register.schools(session)
    teams = register.teams(session, [each.id for each in schools])
    called = {str(each.id): each.name for each in schools}
    return called | {str(each.id): each.name for each in teams}


def _told(row: HistoryLine, names: Mapping[UUID, str], places: Mapping[str, str]) -> Change:
    known = row.details
    where = [places.get(str(known.get(key, "")), "") for key in ("team", "school")]
    return Change(
        at=row.at,
        did=row.did,
        by=names.get(row.by, "") if row.by else "",
        role=str(known.get("role", "")),
        place=", ".join(filter(None, where)),
        before=_changed(
            known.get("before", known.get("from")), known.get("after", known.get("to"))
        ),
        after=_changed(known.get("after", known.get("to")), known.get("before", known.get("from"))),
        way=str(known.get("way", "")),
    )


def _changed(value: Any, other: Any) -> str:
    """What of a name and an address is not the same in the other; nothing for a bare number."""
    if isinstance(value, str):
        return value if isinstance(other, str) else ""
    pairs = zip(_listed(value), _listed(other), strict=False)
    return ", ".join(one for one, two in pairs if one and one != two)


def _listed(value: Any) -> Sequence[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def readings(session: NetworkSession, person_id: UUID) -> Iterable[Reading]:
    """Who has read what about somebody, in which hour; the latest first."""
    return read_about.of_person(session, person_id, most=MOST)
