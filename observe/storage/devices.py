"""The tablets that send, which numbers the server has confirmed to each, and the epoch of its data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from observe.core.errors import Invalid
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tables.people import Network
from observe.storage.tables.records import Device

MOST_AHEAD = 50_000


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


@dataclass(frozen=True, slots=True)
class AtWork:
    """A person's tablet that sends: what it was told, and where its person and the server's data are."""

    device_id: UUID
    sequence: int
    epoch: UUID
    acknowledged_through: int
    ahead: Sequence[int]
    seen_at: datetime


def at_work(session: NetworkSession, device_id: UUID, person_id: UUID) -> AtWork | None:
    """A tablet that this person registered and did not revoke.

    Whoever else adds to this person's records waits until we are done.
    """
    found = session.ask(_at_work, device=device_id, person=person_id).one_or_none()
    return AtWork(device_id, *found) if found else None


_device, _network, _person = (Base.metadata.tables[n] for n in ("device", "network", "person"))
_at_work = (
    select(
        _person.c.sequence,
        _network.c.epoch,
        _device.c.acknowledged_through,
        _device.c.ahead,
        _device.c.seen_at,
    )
    .select_from(_person)
    .join(_network, _network.c.id == _person.c.network_id)
    .join(_device, (_device.c.network_id == _network.c.id) & (_device.c.person_id == _person.c.id))
    .where(
        _person.c.network_id == bindparam("network"),
        _person.c.id == bindparam("person"),
        _device.c.id == bindparam("device"),
        _device.c.revoked_at.is_(None),
    )
    .with_for_update(of=_person)
)


def confirm(
    session: NetworkSession, device: AtWork, numbers: Iterable[int], *, at: datetime
) -> int:
    """Note that these numbers got a verdict; how far they are confirmed without a gap.

    Invalid where more than 50,000 of them would wait for a lower one: no tablet counts like that.
    """
    confirmed = {*device.ahead, *numbers}
    through = device.acknowledged_through
    while through + 1 in confirmed:
        through += 1
    ahead = sorted(number for number in confirmed if number > through)
    if len(ahead) > MOST_AHEAD:
        raise Invalid("The lowest numbers of this tablet must come first.", code="malformed")
    session.ask(_confirm, device=device.device_id, through=through, beyond=ahead, at=at)
    return through


_confirm = (
    update(_device)
    .where(_device.c.network_id == bindparam("network"), _device.c.id == bindparam("device"))
    .values(
        acknowledged_through=bindparam("through"),
        ahead=bindparam("beyond"),
        seen_at=bindparam("at"),
    )
)


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
