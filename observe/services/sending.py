"""One request of a tablet while it is worked through: who sends, and the records it touches."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from observe.core.fold import Fields, fold, started_at, state_hash
from observe.core.judging import Rejection
from observe.core.observation import RecordState
from observe.core.operations import Kind, Operation
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.core.verdict import Status, Verdict
from observe.services import revealing
from observe.storage import operations, records, rubrics, shelf
from observe.storage.database import NetworkSession
from observe.storage.operations import Entry, Kept
from observe.storage.tables.lessons import Observation

ADDRESS = re.compile(r"sha256:[0-9a-f]{64}")
_published: set[tuple[UUID, str]] = set()


@dataclass(slots=True)
class Held:
    """A record to which operations are added; `row` is None until its `open` has come."""

    id: UUID
    owner_id: UUID
    fields: Fields
    row: Observation | None = None
    saved: set[str] = field(default_factory=set)
    revision: int = 0
    withdrawn: bool = False

    @property
    def state(self) -> RecordState:
        """How far its observer is with it."""
        if self.row is not None:
            return RecordState(self.row.state)
        return RecordState.WITHDRAWN if self.withdrawn else RecordState.WAITING

    @property
    def state_hash(self) -> str:
        """What a seal has to state for the record to close."""
        return state_hash(self.fields.values())


@dataclass(slots=True)
class Sending:
    """What one person sends from one tablet; `by` is who hands it in, nearly always the same."""

    session: NetworkSession
    person: Person
    by: UUID
    device_id: UUID | None
    at: datetime
    sequence: int = 0
    kept: dict[UUID, Kept] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    records: dict[UUID, Held] = field(default_factory=dict)
    rubrics: dict[str, Rubric | None] = field(default_factory=dict)


def begin(
    session: NetworkSession,
    sent: Iterable[Operation],
    *,
    person: Person,
    by: UUID,
    device_id: UUID | None,
    at: datetime,
) -> Sending:
    """Take the lock on the person, and look up what came before of what is sent."""
    sending = Sending(session, person, by, device_id, at, records.lock_person(session, person.id))
    coming = list(sent)
    sending.kept = operations.kept(session, [operation.op_id for operation in coming])
    if device_id:
        numbers = [operation.device_seq for operation in coming]
        sending.numbers = operations.numbers(session, device_id, numbers)
    return sending


def finish(sending: Sending) -> None:
    """Write down how far the sequence went, and of each record its revision and its hash."""
    records.keep_sequence(sending.session, sending.person.id, sending.sequence)
    for record in sending.records.values():
        if record.row is not None and record.owner_id == sending.person.id:
            _stand(record, record.row, heard=sending.at)
    sending.session.flush()


def _stand(record: Held, row: Observation, *, heard: datetime) -> None:
    values = record.fields.values()
    row.revision, row.state_hash = record.revision, state_hash(values)
    row.begun_at = started_at(values, heard=heard) or row.begun_at


def look_anew(sending: Sending, operation: Operation) -> None:
    """Forget what was believed of an operation that the database refused, and read it again."""
    untrue = sending.records.pop(operation.observation_id, None)
    sending.records = {key: each for key, each in sending.records.items() if each is not untrue}
    finish(sending)
    sending.records.clear()
    sending.numbers.discard(operation.device_seq)
    sending.kept.pop(operation.op_id, None)
    sending.kept |= operations.kept(sending.session, [operation.op_id])


def rubric_of(sending: Sending, address: str | None) -> Rubric | None:
    """The rubric of this address, if this network ever published it."""
    if address is None or not ADDRESS.fullmatch(address):
        return None
    if address not in sending.rubrics:
        known = _is_published(sending.session, address)
        sending.rubrics[address] = shelf.rubric(sending.session, address) if known else None
    return sending.rubrics[address]


def _is_published(session: NetworkSession, address: str) -> bool:
    """Asked once for each network: what was published stays so."""
    place = (session.network_id, address)
    if place not in _published and rubrics.is_published(session, address):
        _published.add(place)
    return place in _published


def record_of(sending: Sending, observation_id: UUID) -> Held:
    """The record that an observation id means; of a new id, one that belongs to whoever sends."""
    if observation_id not in sending.records:
        sending.records[observation_id] = _load(sending, observation_id)
    return sending.records[observation_id]


def _load(sending: Sending, observation_id: UUID) -> Held:
    session = sending.session
    row = session.get(Observation, (session.network_id, observation_id), populate_existing=True)
    if row is None:
        real = records.real_id(session, observation_id)
        return record_of(sending, real) if real else _waiting(sending, observation_id)
    fields = records.fields_of(session, observation_id)
    return Held(row.id, row.observer_id, fields, row, set(fields.values()), row.revision)


def _waiting(sending: Sending, observation_id: UUID) -> Held:
    """What came before its `open` belongs to whoever first wrote to it."""
    begun = operations.first_writer(sending.session, observation_id)
    if begun is None:
        return Held(observation_id, sending.person.id, Fields())
    owner, revision = begun
    came = operations.counted(sending.session, observation_id)
    withdrawn = any(operation.kind == Kind.WITHDRAW for operation in came)
    return Held(observation_id, owner, fold(came), revision=revision, withdrawn=withdrawn)


def keep(
    sending: Sending,
    record: Held,
    operation: Operation,
    status: Status = Status.ACCEPTED,
    *,
    code: str | None = None,
) -> Verdict:
    """Write an operation into the log of a record, with the next number of its owner's sequence."""
    sequence = sending.sequence + 1
    entry = Entry(
        person_id=sending.person.id,
        observation_id=record.id,
        device_id=sending.device_id,
        status=status,
        counts=status == Status.ACCEPTED,
        at=sending.at,
        sequence=sequence,
        code=code,
    )
    _note(sending, operation, entry)
    sending.sequence = sequence
    if status == Status.ACCEPTED:
        record.revision = sequence
    return Verdict(op_id=operation.op_id, status=status, sequence=sequence, code=code)


def reject(sending: Sending, operation: Operation, fault: Rejection) -> Verdict:
    """Keep an operation that has no effect, with the reason."""
    entry = Entry(
        person_id=sending.person.id,
        observation_id=operation.observation_id,
        device_id=sending.device_id,
        status=Status.REJECTED,
        counts=False,
        at=sending.at,
        code=fault.code,
        detail=fault.detail,
    )
    _note(sending, operation, entry)
    return rejected(operation, fault)


def rejected(operation: Operation, fault: Rejection) -> Verdict:
    """The verdict on an operation that has no effect."""
    return Verdict(
        op_id=operation.op_id, status=Status.REJECTED, code=fault.code, detail=fault.detail
    )


def _note(sending: Sending, operation: Operation, entry: Entry) -> None:
    sending.kept[operation.op_id] = operations.keep(sending.session, operation, entry)
    sending.numbers.add(operation.device_seq)


def save(sending: Sending, record: Held, came: Iterable[Operation]) -> None:
    """Let operations have their effect on a record's fields."""
    for operation in came:
        name = record.fields.take(operation)
        if name and record.row is not None:
            save_field(sending, record, name, by=operation)


def save_field(sending: Sending, record: Held, name: str, *, by: Operation) -> None:
    """Write what a field of an opened record holds now."""
    records.save_field(sending.session, record.id, name, record.fields, by=by, known=record.saved)
    record.saved.add(name)


def move(sending: Sending, record: Held, state: RecordState) -> None:
    """Bring a record to a state; when it was the last to be sealed, the pair is revealed."""
    if record.row is None:
        return
    record.row.state = state
    record.row.sealed_at = sending.at if state == RecordState.SEALED else None
    record.row.state_hash, record.row.revision = record.state_hash, record.revision
    sending.session.flush()
    revealing.reveal(sending.session, record.row.lesson_id, at=sending.at)
