"""What a tablet sends, and what the server answers: sync/1."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from observe.core.errors import Refused, TooOften
from observe.core.observation import RecordState
from observe.core.opening import read_opening
from observe.core.operations import Batch, Kind, Operation
from observe.core.permissions import Person
from observe.core.sheet import Standing
from observe.core.verdict import Verdict
from observe.services import recording, sending
from observe.services.sending import Held, Sending
from observe.storage import devices, history, records
from observe.storage.database import NetworkSession
from observe.storage.devices import AtWork

ASKED_AGAIN = "every tablet asked again"
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 6
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
    """A verdict for each operation, and how far the tablet's numbers are confirmed.

    `seen_at` is when the tablet was heard of before this.
    """

    epoch: UUID
    acknowledged_through: int
    verdicts: tuple[Verdict, ...]
    records: tuple[RecordLine, ...]
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OtherEpoch:
    """The server came back from a backup: what it still knows of this tablet's numbers."""

    epoch: UUID
    known_through: int


def receive(
    session: NetworkSession, batch: Batch, *, by: Person, at: datetime
) -> Answer | OtherEpoch:
    """Keep what a tablet sends, each operation with a verdict; Refused for a tablet not known."""
    device = devices.at_work(session, batch.device_id, by.id)
    if device is None:
        raise Refused("This tablet is not registered for you.", code="unknown_device")
    epoch = _epoch(session, batch, device, by=by, at=at)
    if batch.epoch != str(epoch):
        return OtherEpoch(epoch, device.acknowledged_through)
    work = sending.begin(
        session,
        batch.operations,
        person=by,
        by=by.id,
        device_id=device.device_id,
        at=at,
        sequence=device.sequence,
    )
    verdicts = take(work, batch.operations)
    confirmed = (*batch.skipped, *(each.device_seq for each in batch.operations))
    through = devices.confirm(session, device, confirmed, at=at)
    lines = tuple(_lines(work, batch))
    sending.leave(work)
    return Answer(epoch, through, verdicts, lines, seen_at=device.seen_at)


def _epoch(
    session: NetworkSession, batch: Batch, device: AtWork, *, by: Person, at: datetime
) -> UUID:
    """The epoch of the server's data; a new one if this tablet was told more than we know of."""
    forgotten = batch.acknowledged_through > device.acknowledged_through
    if forgotten and batch.epoch == str(device.epoch):
        return _new_epoch(session, device, by=by, at=at)
    return device.epoch


def _new_epoch(session: NetworkSession, device: AtWork, *, by: Person, at: datetime) -> UUID:
    """Ask every tablet again; TooOften for whoever claims a backup again and again.

    No claim can be told from a lie, for the server cannot know what it lost; the tablet keeps all and
    comes again, so that the worst of a true one is a wait.
    """
    if history.done(session, ASKED_AGAIN, "device", by=by.id, since=at - HOUR) >= MOST_AN_HOUR:
        raise TooOften("This server asked every tablet again a moment ago. Nothing is lost.")
    history.wrote(session, ASKED_AGAIN, "device", device.device_id, by=by.id, at=at)
    return devices.new_epoch(session, at=at)


def take(work: Sending, operations: Sequence[Operation]) -> tuple[Verdict, ...]:
    """Work through operations in the order in which they were sent.

    All are written together; if the database refuses that, each one in a savepoint of its own.
    """
    if moves := [operation for operation in operations if operation.kind in MOVES]:
        _lock(work, moves)
    try:
        with work.session.savepoint():
            return _in_turn(work, operations)
    except IntegrityError:
        return _one_by_one(work, operations)


def _in_turn(work: Sending, operations: Iterable[Operation]) -> tuple[Verdict, ...]:
    verdicts = tuple(recording.verdict(work, operation) for operation in operations)
    sending.settle(work)
    return verdicts


def _one_by_one(work: Sending, operations: Iterable[Operation]) -> tuple[Verdict, ...]:
    """What one operation meets leaves no trace in the others."""
    sending.forget(work)
    verdicts: list[Verdict] = []
    for operation in operations:
        with work.session.savepoint():
            verdicts += _in_turn(sending.alone(work, operation), [operation])
    return tuple(verdicts)


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
        mine = record.owner_id == work.person.id and (record.lesson_id or record.revision)
        if mine and record.id not in told:
            told.add(record.id)
            yield _line(record, sending.standing(work, record))


def _line(record: Held, stands: Standing) -> RecordLine:
    hashed, notes, ratings = stands.state_hash, stands.notes, stands.ratings
    return RecordLine(record.id, record.revision, record.state, hashed, notes, ratings)
