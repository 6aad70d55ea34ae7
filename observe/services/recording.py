"""What each kind of operation does to a record, and the verdict it gets."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from observe.core.judging import Code, Judgement, Rejection, judge
from observe.core.observation import RecordState
from observe.core.operations import Kind, Operation
from observe.core.verdict import NEEDS_REPAIR, Status, Verdict
from observe.services import openings
from observe.services.sending import (
    Held,
    Sending,
    deciding,
    keep,
    look_anew,
    move,
    record_of,
    reject,
    rejected,
    rivals,
    rubric_of,
    save,
    standing,
    write,
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
    """What becomes of an operation: the first verdict again, or a first one."""
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
        return replace(again, code=known.code, fields=deciding(sending, record))
    return again


def _first(sending: Sending, operation: Operation) -> Verdict:
    record = record_of(sending, operation.observation_id)
    if fault := _fault(sending, record, operation):
        return reject(sending, operation, fault)
    if operation.kind not in KINDS:
        return _content(sending, record, operation)
    write(sending)
    given = KINDS[operation.kind](sending, record, operation)
    look_anew(sending)
    return given


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
    against = rivals(sending, record, operation) if operation.kind == Kind.SET else []
    kept = keep(sending, record, operation)
    save(record, [operation])
    openings.arrive(sending, record)
    return replace(kept, conflicts_with=against) if against else kept


def _seal(sending: Sending, record: Held, operation: Operation) -> Verdict:
    if record.state == RecordState.SEALED:
        return keep(sending, record, operation, Status.LATE)
    if operation.value["state_hash"] != standing(sending, record).state_hash:
        kept = keep(sending, record, operation, code=NEEDS_REPAIR)
        openings.arrive(sending, record)
        return replace(kept, fields=deciding(sending, record))
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
        save(record, operations.include_late(sending.session, record.id))
    if record.state == RecordState.SEALED:
        move(sending, record, RecordState.DRAFT)
        _history(sending, record, "record unsealed", operation)
    return kept


def _withdraw(sending: Sending, record: Held, operation: Operation) -> Verdict:
    kept = keep(sending, record, operation)
    move(sending, record, RecordState.WITHDRAWN, reason=_reason(operation))
    if record.lesson_id is not None:
        _history(sending, record, "record withdrawn", operation)
    return kept


def _partner_has_sealed(sending: Sending, record: Held) -> bool:
    """Whether anybody else has sealed a record of this lesson, or the pair was opened."""
    if record.lesson_id is None:
        return False
    return records.is_shut_in(sending.session, record.lesson_id, but=record.id)


def _history(sending: Sending, record: Held, did: str, operation: Operation) -> None:
    history.wrote(
        sending.session,
        did,
        "observation",
        record.id,
        by=sending.by,
        at=sending.at,
        reason=_reason(operation),
    )


def _reason(operation: Operation) -> str:
    """The reason that was given, without what no database keeps."""
    return str(operation.value["reason"]).replace("\0", "")


KINDS: Mapping[Kind, Callable[[Sending, Held, Operation], Verdict]] = {
    Kind.OPEN: openings.open_record,
    Kind.SEAL: _seal,
    Kind.UNSEAL: _unseal,
    Kind.WITHDRAW: _withdraw,
}
