"""What a tablet sends, and what the server answers: sync/1."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.errors import Refused
from observe.core.fold import counts_of
from observe.core.observation import RecordState
from observe.core.opening import read_opening
from observe.core.operations import Batch, Kind, Operation
from observe.core.permissions import Person
from observe.core.verdict import Verdict
from observe.services import recording, sending
from observe.services.sending import Held, Sending
from observe.storage import devices, records
from observe.storage.database import NetworkSession
from observe.storage.tables.records import Device

MOVES = (Kind.OPEN, Kind.SEAL, Kind.UNSEAL, Kind.WITHDRAW)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """How a record stands on the server after a request."""

    observation_id: UUID
    revision: int
    state: RecordState
    state_hash: str
    notes: int
    ratings: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict for each operation, and how far the tablet's numbers are confirmed."""

    epoch: UUID
    acknowledged_through: int
    verdicts: tuple[Verdict, ...]
    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True)
class OtherEpoch:
    """The server came back from a backup: what it still knows of this tablet's numbers."""

    epoch: UUID
    known_through: int


def receive(
    session: NetworkSession, batch: Batch, *, by: Person, at: datetime
) -> Answer | OtherEpoch:
    """Keep what a tablet sends, each operation with a verdict; Refused for a tablet not known."""
    work = sending.begin(
        session, batch.operations, person=by, by=by.id, device_id=batch.device_id, at=at
    )
    device = _device(session, batch, by)
    epoch = _epoch(session, batch, device, at=at)
    if batch.epoch != str(epoch):
        return OtherEpoch(epoch, device.acknowledged_through)
    verdicts = take(work, batch.operations)
    devices.confirm(device, (*batch.skipped, *(each.device_seq for each in batch.operations)))
    device.seen_at = at
    return Answer(epoch, device.acknowledged_through, verdicts, tuple(_lines(work, batch)))


def take(work: Sending, operations: tuple[Operation, ...]) -> tuple[Verdict, ...]:
    """Work through operations in the order in which they were sent."""
    _lock(work, [operation for operation in operations if operation.kind in MOVES])
    verdicts = tuple(recording.verdict(work, operation) for operation in operations)
    sending.finish(work)
    return verdicts


def _device(session: NetworkSession, batch: Batch, by: Person) -> Device:
    device = devices.of_person(session, batch.device_id, by.id)
    if device is None:
        raise Refused("This tablet is not registered for you.", code="unknown_device")
    return device


def _epoch(session: NetworkSession, batch: Batch, device: Device, *, at: datetime) -> UUID:
    """The epoch of the server's data; a new one if this tablet was told more than we know of."""
    epoch = devices.epoch(session)
    forgotten = batch.acknowledged_through > device.acknowledged_through
    return devices.new_epoch(session, at=at) if forgotten and batch.epoch == str(epoch) else epoch


def _lock(work: Sending, moves: list[Operation]) -> None:
    """Whoever else seals, opens or joins the same lessons waits until we are done."""
    told = [read_opening(each.value) for each in moves if each.kind == Kind.OPEN]
    lessons = {each.lesson_id for each in told if each}
    schools = {each.unplanned.school_id for each in told if each and each.unplanned}
    observations = {each.observation_id for each in moves}
    records.lock_lessons(work.session, schools=schools, observations=observations, lessons=lessons)


def _lines(work: Sending, batch: Batch) -> Iterator[RecordLine]:
    """Each record once that was sent to, if it is the sender's own and anything is there."""
    told = set()
    for operation in batch.operations:
        record = sending.record_of(work, operation.observation_id)
        mine = record.owner_id == work.person.id and (record.row or record.revision)
        if mine and record.id not in told:
            told.add(record.id)
            yield _line(record)


def _line(record: Held) -> RecordLine:
    hashed = (record.row and record.row.state_hash) or record.state_hash
    notes, ratings = counts_of(record.fields.values())
    return RecordLine(record.id, record.revision, record.state, hashed, notes, ratings)
