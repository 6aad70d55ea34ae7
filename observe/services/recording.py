"""What each kind of operation does to a record, and the verdict it gets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from observe.core.judging import Code, Judgement, Rejection, judge
from observe.core.observation import RecordState
from observe.core.operations import Kind, Operation
from observe.core.verdict import NEEDS_REPAIR, Status, Verdict
from observe.services import openings
from observe.services.sending import (
    Held,
    Sending,
    keep,
    look_anew,
    move,
    record_of,
    reject,
    rejected,
    rubric_of,
    save,
)
from observe.storage import history, operations, records
from observe.storage.operations import Kept

REUSED = Rejection(Code.ID_REUSE, "Another operation has this id; the first one stands.")
NUMBERED = Rejection(Code.SEQUENCE_REUSE, "This tablet has given this number to another operation.")
NOT_OWNER = Rejection(Code.NOT_OWNER, "This record belongs to somebody else.")
GONE = Rejection(Code.WITHDRAWN, "This record was withdrawn; it takes nothing more.")
TOO_LATE = Rejection(
    Code.PARTNER_SEALED, "Your partner has sealed, so your record can no longer be opened again."
)


def verdict(sending: Sending, operation: Operation) -> Verdict:
    """What becomes of an operation: the first verdict again, or a first one in its own savepoint."""
    try:
        return _again(sending, operation) or _first(sending, operation)
    except IntegrityError:
        # Somebody else's tablet sent this id in the same moment: now it is there to be seen.
        look_anew(sending, operation)
        return _again(sending, operation) or _first(sending, operation)


def _again(sending: Sending, operation: Operation) -> Verdict | None:
    """The verdict on an operation whose id came before; None if it did not."""
    known = sending.kept.get(operation.op_id)
    if known is None:
        return None
    if (known.person_id, known.content) != (sending.person.id, operation.content):
        return _reused(sending, operation)
    if known.status == Status.ACCEPTED:
        return _duplicate(sending, operation, known)
    return Verdict(
        op_id=known.op_id,
        status=known.status,
        sequence=known.sequence or None,
        code=known.code,
        detail=known.detail,
    )


def _reused(sending: Sending, operation: Operation) -> Verdict:
    operations.keep_reused(
        sending.session,
        operation,
        person_id=sending.person.id,
        device_id=sending.device_id,
        at=sending.at,
    )
    return rejected(operation, REUSED)


def _duplicate(sending: Sending, operation: Operation, known: Kept) -> Verdict:
    """What was accepted before; a seal that did not fit says again what the record holds."""
    record = record_of(sending, operation.observation_id)
    again = Verdict(op_id=known.op_id, status=Status.DUPLICATE, sequence=known.sequence)
    if record.id != operation.observation_id and operation.kind == Kind.OPEN:
        return replace(again, same_as=record.id)
    if known.code == NEEDS_REPAIR and record.state != RecordState.SEALED:
        return replace(again, code=known.code, fields=record.fields.deciding())
    return again


def _first(sending: Sending, operation: Operation) -> Verdict:
    with sending.session.begin_nested():
        record = record_of(sending, operation.observation_id)
        fault = _fault(sending, record, operation)
        if fault:
            return reject(sending, operation, fault)
        return KINDS.get(operation.kind, _content)(sending, record, operation)


def _fault(sending: Sending, record: Held, operation: Operation) -> Judgement:
    if operation.device_seq in sending.numbers:
        return NUMBERED
    if fault := judge(operation, rubric_of(sending, operation.rubric)):
        return fault
    if record.owner_id != sending.person.id:
        return NOT_OWNER
    return GONE if record.state == RecordState.WITHDRAWN else None


def _content(sending: Sending, record: Held, operation: Operation) -> Verdict:
    """A value or a count: part of the record until it is sealed, late afterwards."""
    if record.state == RecordState.SEALED:
        return keep(sending, record, operation, Status.LATE)
    against = _rivals(sending, record, operation)
    kept = keep(sending, record, operation)
    save(sending, record, [operation])
    openings.arrive(sending, record)
    return replace(kept, conflicts_with=against)


def _rivals(sending: Sending, record: Held, operation: Operation) -> list[UUID]:
    if operation.kind != Kind.SET or operation.field not in record.fields.winners:
        return []
    return operations.rivals(sending.session, record.id, operation)


def _open(sending: Sending, record: Held, operation: Operation) -> Verdict:
    return openings.open_record(sending, record, operation)


def _seal(sending: Sending, record: Held, operation: Operation) -> Verdict:
    if record.state == RecordState.SEALED:
        return keep(sending, record, operation, Status.LATE)
    if operation.value["state_hash"] != record.state_hash:
        kept = keep(sending, record, operation, code=NEEDS_REPAIR)
        openings.arrive(sending, record)
        return replace(kept, fields=record.fields.deciding())
    kept = keep(sending, record, operation)
    if record.state == RecordState.DRAFT:
        openings.close(sending, record)
    openings.arrive(sending, record)
    return kept


def _unseal(sending: Sending, record: Held, operation: Operation) -> Verdict:
    if _partner_has_sealed(sending, record):
        return reject(sending, operation, TOO_LATE)
    kept = keep(sending, record, operation)
    if operation.value["include"]:
        save(sending, record, operations.include_late(sending.session, record.id))
    if record.state == RecordState.SEALED:
        move(sending, record, RecordState.DRAFT)
        _history(sending, record, "record unsealed", operation)
    return kept


def _withdraw(sending: Sending, record: Held, operation: Operation) -> Verdict:
    kept = keep(sending, record, operation)
    record.withdrawn = True
    if record.row is not None:
        record.row.reason = operation.value["reason"].replace("\0", "")
        move(sending, record, RecordState.WITHDRAWN)
        _history(sending, record, "record withdrawn", operation)
    return kept


def _partner_has_sealed(sending: Sending, record: Held) -> bool:
    """Whether anybody else has sealed a record of this lesson, or the pair was opened."""
    if record.row is None:
        return False
    return records.is_shut_in(sending.session, record.row.lesson_id, but=record.id)


def _history(sending: Sending, record: Held, did: str, operation: Operation) -> None:
    reason = operation.value["reason"].replace("\0", "")
    history.wrote(
        sending.session, did, "observation", record.id, by=sending.by, at=sending.at, reason=reason
    )


KINDS: Mapping[Kind, Callable[[Sending, Held, Operation], Verdict]] = {
    Kind.OPEN: _open,
    Kind.SEAL: _seal,
    Kind.UNSEAL: _unseal,
    Kind.WITHDRAW: _withdraw,
}
