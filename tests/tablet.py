"""A tablet as the server sees it: makes operations in order, with its own numbers and clock."""

from typing import Any
from uuid import UUID, uuid4

from observe.core.canonical import canonical
from observe.core.fold import fold, state_hash
from observe.core.operations import Operation, read_operation

Sent = dict[str, Any]


class Tablet:
    """Somebody's tablet, with one record open on it."""

    def __init__(self, observation_id: UUID | None = None, *, rubric: str | None = None) -> None:
        self.device_id = uuid4()
        self.observation_id = observation_id or uuid4()
        self.rubric = rubric
        self.device_seq = 0
        self.lamport = 0
        self.made: list[Sent] = []

    def make(self, kind: str, field: str | None = None, value: Any = None, **keys: Any) -> Sent:
        """One operation, as it goes over the wire."""
        self.device_seq += 1
        self.lamport += 1
        operation = {
            "op_id": str(uuid4()),
            "observation_id": str(self.observation_id),
            "device_seq": self.device_seq,
            "lamport": self.lamport,
            "kind": kind,
            "field": field,
            "value": value,
            "previous": self._last(field),
            "rubric": self.rubric,
            "at": "2026-11-21T10:15:30.120+01:00",
            "elapsed_ms": 1000 * self.device_seq,
        }
        self.made.append(operation | keys)
        return self.made[-1]

    def set(self, field: str, value: Any, **keys: Any) -> Sent:
        """A field gets a value."""
        return self.make("set", field, value, **keys)

    def note(self, text: str, *, at: int = 0, **parts: Any) -> list[Sent]:
        """A line of evidence."""
        note = uuid4()
        rest = [self.set(f"note/{note}/{part}", value) for part, value in parts.items()]
        return [
            self.set(f"note/{note}/text", text),
            self.set(f"note/{note}/elapsed_ms", at),
            *rest,
        ]

    def seal(self, **keys: Any) -> Sent:
        """Close the record as this tablet knows it."""
        return self.make("seal", value={"state_hash": self.state_hash()}, **keys)

    def state_hash(self) -> str:
        """What this tablet takes the record to be."""
        return state_hash(fold(read_operation(each) for each in self.made).values())

    def _last(self, field: str | None) -> str | None:
        same = [each["op_id"] for each in self.made if field and each["field"] == field]
        return same[-1] if same else None


def operations(tablet: Tablet) -> list[Operation]:
    """Everything that a tablet made, read as the server reads it."""
    return [read_operation(each) for each in tablet.made]


def spelled(value: Any) -> str:
    """Canonical JSON as text."""
    return canonical(value).decode()
