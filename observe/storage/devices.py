"""The tablets that send, which numbers the server has confirmed to each, and the epoch of its data."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Network
from observe.storage.tables.records import Device


def by_grant(session: NetworkSession, grant_hash: str, *, seen_after: datetime) -> Device | None:
    """The tablet that holds a grant which is neither revoked nor too old."""
    query = select(Device).where(
        Device.grant_hash == grant_hash, Device.revoked_at.is_(None), Device.seen_at > seen_after
    )
    return session.scalar(query)


def find(session: NetworkSession, device_id: UUID) -> Device | None:
    """A tablet of this network."""
    return session.get(Device, (session.network_id, device_id))


def in_use(session: NetworkSession, person_id: UUID) -> Sequence[Device]:
    """A person's tablets that may send, the last used first."""
    query = select(Device).where(Device.person_id == person_id, Device.revoked_at.is_(None))
    return session.scalars(query.order_by(Device.seen_at.desc(), Device.id)).all()


def of_person(session: NetworkSession, device_id: UUID, person_id: UUID) -> Device | None:
    """A tablet that this person registered and did not revoke; read anew, it may have moved on."""
    key = (session.network_id, device_id)
    device = session.get(Device, key, populate_existing=True)
    mine = device and device.person_id == person_id and device.revoked_at is None
    return device if mine else None


def confirm(device: Device, numbers: Iterable[int]) -> None:
    """Note that these numbers got a verdict; `acknowledged_through` goes on as far as it is dense."""
    confirmed = {*device.ahead, *numbers}
    through = device.acknowledged_through
    while through + 1 in confirmed:
        through += 1
    device.acknowledged_through = through
    device.ahead = sorted(number for number in confirmed if number > through)


def epoch(session: NetworkSession) -> UUID:
    """The life of the data that this server holds; a new one begins when a backup is put back."""
    query = select(Network.epoch).where(Network.id == session.network_id)
    return session.scalars(query).one()


def new_epoch(session: NetworkSession, *, at: datetime) -> UUID:
    """Begin a new epoch, so that every tablet sends again what the server may have lost."""
    network = session.get_one(Network, session.network_id)
    network.epoch = new_id(at)
    session.flush()
    return network.epoch
