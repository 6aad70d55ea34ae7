"""Certificates: what was erased, how much, by whom and when; nothing of what it said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.storage import erased_keys, erasures, people
from observe.storage.database import NetworkSession
from observe.storage.tables.trust import Erasure

MOST = 60


@dataclass(frozen=True, slots=True)
class Certificate:
    """One erasure; `by` is empty where Observe did it on its day, `records` have another hash since."""

    id: UUID
    is_person: bool
    person_id: UUID | None
    by: str
    at: datetime
    counts: Mapping[str, int]
    washed_at: datetime | None
    records: int = 0


def listed(session: NetworkSession) -> Sequence[Certificate]:
    """The certificates, the newest first, at most sixty."""
    rows = erasures.listed(session, most=MOST)
    names = people.names(session, {row.by for row in rows if row.by})
    return [_told(row, names) for row in rows]


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody who was erased and is back with an older copy, with the certificate of that time."""

    person_id: UUID
    name: str
    erased_at: datetime
    certificate_id: UUID


def to_erase_again(session: NetworkSession) -> Sequence[Again]:
    """Who has to be erased once more since an older copy was put back."""
    return [Again(*row) for row in erased_keys.to_erase_again(session)]


def find(session: NetworkSession, erasure_id: UUID) -> Certificate:
    """One certificate; Missing where there is none."""
    row = erasures.find(session, erasure_id)
    names = people.names(session, {row.by} if row.by else set())
    return _told(row, names, records=erasures.resealed(session, erasure_id))


def _told(row: Erasure, names: Mapping[UUID, str], *, records: int = 0) -> Certificate:
    return Certificate(
        row.id,
        row.what == erasures.PERSON,
        row.person_id,
        names.get(row.by, "") if row.by else "",
        row.at,
        row.counts,
        row.washed_at,
        records,
    )
