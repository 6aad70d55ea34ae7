"""A whole record as the operations that would have made it: for imports and demonstrations."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.fold import fold, state_hash
from observe.core.observation import Note, Record
from observe.core.operations import Kind, Operation, read_operation
from observe.core.rubric import Rubric, ScaleType

Step = tuple[Kind, str | None, Any]


def as_operations(
    record: Record,
    *,
    observation_id: UUID,
    lesson_id: UUID,
    rubric: Rubric,
    address: str,
    begun_at: datetime,
    new_id: Callable[[datetime], UUID],
    sealed: bool = True,
) -> tuple[Operation, ...]:
    """The record opened, written a second a step from `begun_at`, and sealed unless it is a draft.

    `address` is the rubric's `sha256:...`; `new_id` makes the id of each operation.
    """
    told = [(Kind.OPEN, None, {"lesson_id": str(lesson_id)}), *_steps(record, rubric)]
    made = [
        _operation(number, step, observation_id, address, begun_at, new_id)
        for number, step in enumerate(told, start=1)
    ]
    if not sealed:
        return tuple(made)
    stated = {"state_hash": state_hash(fold(made).values())}
    seal = (Kind.SEAL, None, stated)
    last = _operation(len(made) + 1, seal, observation_id, address, begun_at, new_id)
    return (*made, last)


def _steps(record: Record, rubric: Rubric) -> Iterator[Step]:
    for (key, occasion), value in record.ratings.items():
        field, criterion = f"rating/{key}/{occasion}", rubric.find(key)
        if criterion and criterion.scale.type is ScaleType.COUNT:
            yield from [(Kind.TALLY, field, None)] * value
        else:
            yield Kind.SET, field, value
    for criterion_key, look_for, occasion in sorted(record.look_fors):
        yield Kind.SET, f"lookfor/{criterion_key}/{look_for}/{occasion}", True
    for note in record.notes:
        yield from _note(note)
    for target, seen in record.targets.items():
        yield Kind.SET, f"target/{target}", seen


def _note(note: Note) -> Iterator[Step]:
    """A note's parts, without those that say nothing."""
    parts = {
        "text": note.text,
        "elapsed_ms": note.elapsed_ms,
        "criteria": list(note.criteria),
        "mark": note.mark,
        "speaker": note.speaker,
        "private": note.private,
    }
    for part, value in parts.items():
        if value or part == "elapsed_ms":
            yield Kind.SET, f"note/{note.id}/{part}", value


def _operation(
    number: int,
    step: Step,
    observation_id: UUID,
    address: str,
    begun_at: datetime,
    new_id: Callable[[datetime], UUID],
) -> Operation:
    kind, field, value = step
    at = begun_at + timedelta(seconds=number)
    sent = {
        "op_id": str(new_id(at)),
        "observation_id": str(observation_id),
        "device_seq": number,
        "lamport": number,
        "kind": kind.value,
        "field": field,
        "value": value,
        "previous": None,
        "rubric": address,
        "at": at.isoformat(),
        "elapsed_ms": number * 1000,
    }
    return read_operation(sent)
