"""What somebody recorded on any of their tablets, in the order in which the server took it."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from observe.core.errors import Invalid
from observe.core.permissions import Person
from observe.storage import devices, operations, records
from observe.storage.database import NetworkSession
from observe.storage.operations import Change

AT_ONCE = 500
CURSOR = re.compile(r"(?:(?P<epoch>[0-9a-f-]{36})\.)?(?P<sequence>[0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, and where the next ones begin."""

    cursor: str
    operations: tuple[dict[str, Any], ...]


def since(session: NetworkSession, person: Person, cursor: str) -> Changes:
    """Changes after a cursor ("0" or an earlier answer's); after a restore it begins anew."""
    epoch = devices.epoch(session)
    after = _place(session, person.id, cursor, epoch)
    found = operations.changes(session, person.id, after=after, most=AT_ONCE)
    reached = found[-1].sequence if found else after
    return Changes(f"{epoch}.{reached}", tuple(as_sent(change) for change in found))


def as_sent(change: Change) -> dict[str, Any]:
    """An operation as it was sent, with its verdict and its place."""
    return change.sent | {"status": change.status, "sequence": change.sequence}


def _place(session: NetworkSession, person_id: UUID, cursor: str, epoch: UUID) -> int:
    told = CURSOR.fullmatch(cursor or "0")
    if told is None:
        raise Invalid("This is no cursor that came from here.", code="malformed")
    if told["epoch"] not in (None, str(epoch)):
        return 0
    place, last = int(told["sequence"]), records.last_sequence(session, person_id)
    # A plain number above the last was given before a backup was put back.
    return place if place <= last else 0
