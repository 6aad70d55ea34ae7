"""The tablets on which people record."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from observe.storage.database import NetworkSession
from observe.storage.tables.records import Device


def find(session: NetworkSession, device_id: UUID) -> Device | None:
    """A tablet of this network."""
    return session.get(Device, (session.network_id, device_id))


def in_use(session: NetworkSession, person_id: UUID) -> Sequence[Device]:
    """A person's tablets that may send, the last used first."""
    query = select(Device).where(Device.person_id == person_id, Device.revoked_at.is_(None))
    return session.scalars(query.order_by(Device.seen_at.desc(), Device.id)).all()
