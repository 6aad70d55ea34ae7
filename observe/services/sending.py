"""One request of a tablet while it is worked through: who sends, and the records it touches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from observe.core.fold import Fields, fold, started_at, winner
from observe.core.judging import Rejection
from observe.core.observation import RecordState
from observe.core.operations import Kind, Operation
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.core.sheet import Sheet, Standing, sheet_of
from observe.core.verdict import Deciding, Status, Verdict
from observe.services import revealing
from observe.storage import fields, operations, records, rubrics, shelf
from observe.storage.database import NetworkSession
from observe.storage.operations import Entry, Kept, Place, Values
from observe.storage.records import Row
from observe.storage.tables.lessons import Observation

ADDRESS = re.compile(r"sha256:[0-9a-f]{64}")
_published: set[tuple[UUID, str]] = set()


@dataclass(slots=True)
class Held:
    """A record to which operations are added; `lesson_id` is None until its `open` has come.

    `new` is what has not been written down yet. `stated` is the hash that the database has of it.
    """

    id: UUID
    owner_id: UUID
    state: RecordState
    lesson_id: UUID | None = None
    revision: int = 0
    stated: str | None = None
    written: int = 0
    new: Fields = field(default_factory=Fields)
    logged: dict[Place, Values] | None = None
    beside: dict[Place, Values] = field(default_factory=dict)
    sheet: Sheet | None = None
    standing: Standing | None = None


@dataclass(slots=True)
class Sending:
    """What one person sends from one tablet; `by` is who hands it in, nearly always the same.

    `rows` are the operations that have a verdict and are not written down yet.
    """

    session: NetworkSession
    person: Person
    by: UUID
    device_id: UUID | None
    at: datetime
    operations: Sequence[Operation]
    sequence: int
    written: int = 0
    kept: dict[UUID, Kept] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    records: dict[UUID, Held] = field(default_factory=dict)
    rubrics: dict[str, Rubric | None] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


def begin(
    session: NetworkSession,
    sent: Sequence[Operation],
    *,
    person: Person,
    by: UUID,
    device_id: UUID | None,
    at: datetime,
    sequence: int | None = None,
) -> Sending:
    """Look up what came before of what is sent.

    `sequence` is the person's last, if the lock on the person has been taken already.
    """
    last = records.lock_person(session, person.id) if sequence is None else sequence
    sending = Sending(session, person, by, device_id, at, sent, last, last)
    if sent:
        came = operations.known(session, sent, device_id)
        sending.kept, sending.numbers = came.by_id, came.numbers
    return sending


def alone(sending: Sending, operation: Operation) -> Sending:
    """One operation of a request, worked through as if it had come by itself."""
    return begin(
        sending.session,
        [operation],
        person=sending.person,
        by=sending.by,
        device_id=sending.device_id,
        at=sending.at,
    )


def forget(sending: Sending) -> None:
    """Believe nothing that is not in the database."""
    sending.rows.clear()
    sending.records.clear()


def record_of(sending: Sending, observation_id: UUID) -> Held:
    """The record that an observation id means; of a new id, one that belongs to whoever sends."""
    if observation_id not in sending.records:
        sending.records[observation_id] = _look_up(sending, observation_id)
    return sending.records[observation_id]


def _look_up(sending: Sending, observation_id: UUID) -> Held:
    if row := records.row(sending.session, observation_id):
        return _opened(row)
    real = records.real_id(sending.session, observation_id)
    return record_of(sending, real) if real else _waiting(sending, observation_id)


def _opened(row: Row) -> Held:
    return Held(
        id=row.id,
        owner_id=row.observer_id,
        state=RecordState(row.state),
        lesson_id=row.lesson_id,
        revision=row.revision,
        written=row.revision,
        stated=row.state_hash,
    )


def _waiting(sending: Sending, observation_id: UUID) -> Held:
    """What came before its `open` belongs to whoever first wrote to it."""
    begun = operations.first_writer(sending.session, observation_id)
    if begun is None:
        return Held(observation_id, sending.person.id, RecordState.WAITING)
    owner, revision = begun
    came = operations.counted(sending.session, observation_id)
    withdrawn = any(operation.kind == Kind.WITHDRAW for operation in came)
    state = RecordState.WITHDRAWN if withdrawn else RecordState.WAITING
    return Held(observation_id, owner, state, revision=revision, written=revision)


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


def keep(
    sending: Sending,
    record: Held,
    operation: Operation,
    status: Status = Status.ACCEPTED,
    *,
    code: str | None = None,
) -> Verdict:
    """Put an operation into the log of a record, with the next number of its owner's sequence."""
    sending.sequence += 1
    entry = Entry(
        person_id=sending.person.id,
        observation_id=record.id,
        device_id=sending.device_id,
        status=status,
        counts=status == Status.ACCEPTED,
        at=sending.at,
        sequence=sending.sequence,
        code=code,
    )
    _note(sending, operation, entry)
    if status == Status.ACCEPTED:
        record.revision = sending.sequence
    return Verdict(op_id=operation.op_id, status=status, sequence=sending.sequence, code=code)


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
    row = operations.row(sending.session.network_id, operation, entry)
    sending.rows.append(row)
    sending.kept[operation.op_id] = Kept(*(row[name] for name in operations.KEPT))
    sending.numbers.add(operation.device_seq)


def save(record: Held, came: Iterable[Operation]) -> None:
    """Let operations have their effect on a record's fields."""
    for operation in came:
        record.new.take(operation)


def rivals(sending: Sending, record: Held, operation: Operation) -> list[UUID]:
    """What gave this field another value without knowing of this operation, which joins them."""
    place, value = (operation.field, operation.previous), winner(operation).value
    here = record.beside.setdefault(place, {})
    before = _in_log(sending, record, place) | here
    here[operation.op_id] = value
    return [op_id for op_id, other in before.items() if other != value]


def _in_log(sending: Sending, record: Held, place: Place) -> Values:
    """What came at a place before; asked once for all that is sent, never for a field that is new."""
    if record.logged is None:
        if record.lesson_id is not None and place[0] not in _sheet(sending, record).values:
            return {}
        mine = [o for o in sending.operations if record_of(sending, o.observation_id) is record]
        places = {(o.field, o.previous) for o in mine if o.kind == Kind.SET}
        record.logged = operations.rivals(sending.session, record.id, places)
    return record.logged.get(place, {})


def write(sending: Sending) -> None:
    """Write down what has a verdict, and what it did to the fields of records that were opened."""
    operations.keep(sending.session, sending.rows)
    sending.rows = []
    for record in sending.records.values():
        if record.lesson_id is not None:
            _write_fields(sending, record)


def _write_fields(sending: Sending, record: Held) -> None:
    changed = fields.save(sending.session, record.id, record.new)
    record.new = Fields()
    if changed:
        _sheet(sending, record).put(changed)
        record.standing = None


def _sheet(sending: Sending, record: Held) -> Sheet:
    if record.sheet is None:
        record.sheet = fields.sheet(sending.session, record.id, record.stated)
    return record.sheet


def standing(sending: Sending, record: Held) -> Standing:
    """How a record stands with everything that came for it."""
    write(sending)
    if record.lesson_id is None:
        came = operations.counted(sending.session, record.id)
        return sheet_of(fold(came).values()).standing()
    if record.standing is None:
        record.standing = _sheet(sending, record).standing()
    return record.standing


def deciding(sending: Sending, record: Held) -> Deciding:
    """Which operation decides each field of a record."""
    write(sending)
    if record.lesson_id is not None:
        return fields.of_record(sending.session, record.id).deciding()
    return fold(operations.counted(sending.session, record.id)).deciding()


def settle(sending: Sending) -> None:
    """Write everything down: how each record stands, and how far the sequence went."""
    write(sending)
    for record in sending.records.values():
        if record.lesson_id is not None and record.revision != record.written:
            _stand(sending, record)
    if sending.sequence != sending.written:
        records.keep_sequence(sending.session, sending.person.id, sending.sequence)
        sending.written = sending.sequence
    sending.session.flush()


def _stand(sending: Sending, record: Held) -> None:
    stands = standing(sending, record)
    records.stand(
        sending.session,
        record.id,
        revision=record.revision,
        state_hash=stands.state_hash,
        begun_at=started_at({"clock/started": stands.started}, heard=sending.at),
    )
    record.written, record.stated = record.revision, stands.state_hash


def leave(sending: Sending) -> None:
    """Forget the records, and remember what they hold for whoever sends to them next."""
    for record in sending.records.values():
        if record.sheet is not None and record.standing is not None:
            fields.remember(record.sheet, record.standing.state_hash)
            record.sheet = None
    sending.records.clear()


def look_anew(sending: Sending) -> None:
    """Read the records again, after what may have changed others than the one it was about."""
    settle(sending)
    leave(sending)


def _row_of(sending: Sending, record: Held) -> Observation:
    """The observation of an opened record, as it is now, to be changed."""
    key = (sending.session.network_id, record.id)
    return sending.session.get_one(Observation, key, populate_existing=True)


def move(sending: Sending, record: Held, state: RecordState, **told: Any) -> None:
    """Bring a record to a state; when it was the last to be sealed, the pair is revealed.

    What is told beside it (`begun_at`, `reason`) is kept with the observation.
    """
    record.state = state
    if record.lesson_id is None:
        return
    stands, row = standing(sending, record), _row_of(sending, record)
    row.state, row.revision, row.state_hash = state, record.revision, stands.state_hash
    row.sealed_at = sending.at if state == RecordState.SEALED else None
    for name, value in told.items():
        setattr(row, name, value)
    sending.session.flush()
    revealing.reveal(sending.session, row.lesson_id, at=sending.at)
