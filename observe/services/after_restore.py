"""What an older copy of the database brings back that was erased since it was made."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from observe.services import people
from observe.storage import erased_keys, erasures
from observe.storage.database import Database, opened
from observe.storage.tables.people import Network, Person

Before = Sequence[tuple[UUID, UUID, UUID, datetime]]


@dataclass(frozen=True, slots=True)
class Back:
    """Networks that were deleted, and how many people were erased, whom the copy still has."""

    networks: tuple[str, ...] = ()
    people: int = 0


def erased_since(url: str, before: Path) -> Back:
    """What was erased in the database of `before` and is in the one at this address.

    Each person found is noted for whoever holds data protection, who reads it under what is kept.
    """
    with closing(sqlite3.connect(before)) as old, opened(url) as database:
        certificates, there, gone = _persons(old), _networks(old), _rows(old, GONE)
        with database.outside() as session:
            now = {row.id: row.name for row in session.scalars(select(Network))}
        known = [each for each in certificates if each[0] in now]
        people = sum(_note(database, *each) for each in known)
    deleted = (name for id, name in now.items() if gone and id not in there)
    return Back(tuple(sorted(deleted)), people)


PERSONS = "SELECT network_id, person_id, id, at FROM erasure WHERE what = 'person'"
NETWORKS = "SELECT id FROM network"
GONE = "SELECT id FROM gone_network"


def _persons(old: sqlite3.Connection) -> Before:
    return [
        (UUID(network), UUID(person), UUID(id), datetime.fromisoformat(at).replace(tzinfo=UTC))
        for network, person, id, at in _rows(old, PERSONS)
    ]


def _networks(old: sqlite3.Connection) -> set[UUID]:
    return {UUID(id) for (id,) in _rows(old, NETWORKS)}


def _rows(old: sqlite3.Connection, query: str) -> list[tuple[str, ...]]:
    """The rows of a query; none where the database is from before it had such a table, or is damaged."""
    try:
        return old.execute(query).fetchall()
    except sqlite3.DatabaseError:
        return []


def _note(
    database: Database, network_id: UUID, person_id: UUID, certificate: UUID, at: datetime
) -> bool:
    """Note that somebody is back, who had left by then; not if the copy has them erased, or not at all."""
    with database.write(network_id) as session:
        row = session.get(Person, (network_id, person_id))
        if row is None or erasures.was_erased(session, person_id):
            return False
        if row.left_at is None:
            people.mark_left(session, person_id, by=None, at=at)
        erased_keys.note_again(session, person_id, certificate, at)
    return True
