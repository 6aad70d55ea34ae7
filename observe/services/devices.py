"""Tablets: registered by a person, with a grant to append to that person's records."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.errors import Invalid
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.services import tokens
from observe.storage import history, recognising
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.records import Device

LASTS = timedelta(days=90)
LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Registered:
    """A new tablet, and the grant that only its browser keeps."""

    device_id: UUID
    grant: str


def register(session: NetworkSession, label: object, *, by: Person, at: datetime) -> Registered:
    """Let a tablet append to this person's records for 90 days after it was last used."""
    (grant, fingerprint), device_id = tokens.new(session.network_id), new_id(at)
    session.add(
        Device(
            id=device_id,
            person_id=by.id,
            label=_label(label),
            grant_hash=fingerprint,
            registered_at=at,
            seen_at=at,
        )
    )
    history.wrote(session, "registered a tablet", "device", device_id, by=by.id, at=at)
    return Registered(device_id, grant)


def granted(database: Database, grant: str, *, at: datetime) -> Person | None:
    """For whom a grant may send; None if it was revoked, is too old or is not one."""
    network_id, fingerprint = tokens.read(grant)
    if network_id is None:
        return None
    with database.read(network_id) as session:
        return recognising.granted(session, fingerprint, seen_after=at - LASTS)


def _label(label: object) -> str:
    """What a person calls a tablet, without what no database keeps."""
    if not isinstance(label, str):
        raise Invalid("Give the tablet a name.", code="malformed")
    plain = "".join(letter for letter in label if letter.isprintable()).strip()
    return plain[:LONGEST_LABEL] or "Tablet"
