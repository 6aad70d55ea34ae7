"""What an operation of sync/1 is, and a batch of them: reading what a tablet sent."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from observe.core.canonical import canonical
from observe.core.errors import Invalid, TooLarge

PROTOCOL = 1
MOST_OPERATIONS = 200
MOST_SKIPPED = 10_000
LARGEST_REQUEST = 512 * 1024
LARGEST_OPERATION = 32 * 1024
LARGEST_TEXT = 20 * 1024
LARGEST_NUMBER = 2**53 - 1
DEEPEST = 64

T = TypeVar("T")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Kind(StrEnum):
    """What an operation does to a record."""

    OPEN = "open"
    SET = "set"
    TALLY = "tally"
    UNTALLY = "untally"
    SEAL = "seal"
    UNSEAL = "unseal"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of an observer's work, as a device sent it; never changed afterwards."""

    op_id: UUID
    observation_id: UUID
    device_seq: int
    lamport: int
    kind: Kind
    sent: Mapping[str, Any]
    canonical: bytes | None

    @property
    def field(self) -> str:
        """The field that a `set` or a count is about; empty where there is none."""
        field = self.sent.get("field")
        return field if isinstance(field, str) else ""

    @property
    def value(self) -> Any:
        """What the field is to become, or what the kind needs to know."""
        return self.sent.get("value")

    @property
    def previous(self) -> UUID | None:
        """The operation that decided the field when this one was made."""
        return uuid_in(self.sent.get("previous"))

    @property
    def rubric(self) -> str | None:
        """The address of the rubric version that the observer had before them."""
        rubric = self.sent.get("rubric")
        return rubric if isinstance(rubric, str) else None

    @property
    def content(self) -> str:
        """sha256 of what was sent: two operations of one id are the same if this is the same."""
        spelled = self.canonical or json.dumps(with_content(self.sent), sort_keys=True).encode()
        return hashlib.sha256(spelled).hexdigest()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one device sends at once."""

    protocol: object
    device_id: UUID
    person_id: UUID
    epoch: str
    acknowledged_through: int
    skipped: tuple[int, ...]
    operations: tuple[Operation, ...]


def uuid_in(value: object) -> UUID | None:
    """The UUID that a text spells with hyphens, or None."""
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else None


def with_content(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent without the keys that hold null: a key left out says the same."""
    return {key: part for key, part in sent.items() if part is not None}


def whole(value: object, *, least: int = 0) -> int | None:
    """A whole JSON number from `least` to 2^53 - 1 (3.0 is one, true is not), or None."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if least <= value <= LARGEST_NUMBER else None


def is_deep(value: object) -> bool:
    """Whether lists and objects lie more than 64 deep in each other, too deep to write down again."""
    layer = [value]
    for _ in range(DEEPEST):
        inside = [part for part in layer if isinstance(part, dict | list)]
        layer = [each for p in inside for each in (p.values() if isinstance(p, dict) else p)]
        if not layer:
            return False
    return True


def read_operation(sent: object) -> Operation:
    """The operation in a JSON value; Invalid if it lacks what every verdict needs."""
    if not isinstance(sent, dict) or is_deep(sent):
        raise _malformed("An operation is a JSON object with few layers.")
    return Operation(
        op_id=_needed(uuid_in(sent.get("op_id")), "op_id"),
        observation_id=_needed(uuid_in(sent.get("observation_id")), "observation_id"),
        device_seq=_needed(whole(sent.get("device_seq"), least=1), "device_seq"),
        lamport=_needed(whole(sent.get("lamport")), "lamport"),
        kind=_kind(sent.get("kind")),
        sent=sent,
        canonical=_spelled(sent),
    )


def read_batch(sent: object) -> Batch:
    """The batch in a JSON value; TooLarge above 200 operations, Invalid if it is malformed.

    A tablet that skips more than 10,000 numbers names the lowest, and the rest with what it sends next.
    """
    if not isinstance(sent, dict):
        raise _malformed("A request is a JSON object.")
    operations = _list(sent.get("operations"), "operations")
    if len(operations) > MOST_OPERATIONS:
        raise TooLarge(f"A request holds at most {MOST_OPERATIONS} operations: send fewer.")
    return Batch(
        protocol=sent.get("protocol"),
        device_id=_needed(uuid_in(sent.get("device_id")), "device_id"),
        person_id=_needed(uuid_in(sent.get("person_id")), "person_id"),
        epoch=_text(sent.get("epoch"), "epoch"),
        acknowledged_through=_number(sent.get("acknowledged_through"), "acknowledged_through"),
        skipped=_numbers(sent.get("skipped"), "skipped"),
        operations=tuple(read_operation(each) for each in operations),
    )


def _spelled(sent: Mapping[str, Any]) -> bytes | None:
    """Canonical JSON of what has content; None if there is no such form."""
    try:
        return canonical(with_content(sent))
    except Invalid:
        return None


def _kind(value: object) -> Kind:
    known = {kind.value: kind for kind in Kind}
    return _needed(known.get(value) if isinstance(value, str) else None, "kind")


def _needed(value: T | None, name: str) -> T:
    if value is None:
        raise _malformed(f"{name} is missing or not valid.")
    return value


def _list(value: object, name: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise _malformed(f"{name} must be a list.")
    return value


def _text(value: object, name: str) -> str:
    if value is not None and not isinstance(value, str):
        raise _malformed(f"{name} must be a text.")
    return value or ""


def _number(value: object, name: str) -> int:
    return 0 if value is None else _needed(whole(value), name)


def _numbers(value: object, name: str) -> tuple[int, ...]:
    listed = [] if value is None else _list(value, name)
    if len(listed) > MOST_SKIPPED:
        raise _malformed(f"{name} holds at most {MOST_SKIPPED} numbers: send the lowest first.")
    return tuple(_needed(whole(each, least=1), name) for each in listed)


def _malformed(sentence: str) -> Invalid:
    return Invalid(sentence, code="malformed")
