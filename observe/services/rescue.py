"""Work that a tablet could not send, brought in as a file by its owner or a facilitator."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from observe.core.errors import Invalid, Missing, Refused
from observe.core.observation import RecordState
from observe.core.operations import Operation, read_operation, uuid_in
from observe.core.permissions import Person, Thing
from observe.core.verdict import Status
from observe.services import capture, sending
from observe.services.sending import Sending
from observe.storage import devices, history, lessons, people
from observe.storage.database import NetworkSession

CLOSED = (RecordState.SEALED, RecordState.WITHDRAWN)
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Export:
    """A file from a tablet: whose work it is, the operations in it, and how many texts are none yet."""

    person_id: UUID
    device_id: UUID | None
    operations: tuple[Operation, ...]
    not_saved: int = 0


def read_export(sent: Any) -> Export:
    """The file's work; Invalid if it is not an export from a tablet."""
    told = sent if isinstance(sent, dict) else {}
    person_id, work = uuid_in(told.get("person_id")), told.get("operations")
    if person_id is None or not isinstance(work, list) or len(work) > MOST:
        raise Invalid("This is not a file that a tablet exported.", code="malformed")
    not_saved = told.get("not_saved")
    return Export(
        person_id=person_id,
        device_id=uuid_in(told.get("device_id")),
        operations=tuple(map(read_operation, work)),
        not_saved=len(not_saved) if isinstance(not_saved, list) else 0,
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is in a file, and whose it is; nothing of what they wrote."""

    owner: str
    lessons: int
    lines: int
    changes: int
    not_saved: int


def contents(session: NetworkSession, export: Export, *, by: Person) -> Contents:
    """What a file would bring, refused to whoever could not bring it in."""
    person = _author(session, export)
    _not_beside(session, export, by)
    return Contents(
        owner=person.name,
        lessons=len({operation.observation_id for operation in export.operations}),
        lines=len({operation.field for operation in export.operations if _is_line(operation)}),
        changes=len(export.operations),
        not_saved=export.not_saved,
    )


def _is_line(operation: Operation) -> bool:
    return operation.field.startswith("note/") and operation.field.endswith("/text")


def owner(session: NetworkSession, export: Export) -> Thing:
    """The work as permissions see it."""
    return Thing(network_id=session.network_id, author_id=export.person_id)


def take_in(session: NetworkSession, export: Export, *, by: Person, at: datetime) -> dict[str, int]:
    """Keep an export as its owner's work, for records still open; how many got which verdict."""
    person = _author(session, export)
    _not_beside(session, export, by)
    device_id = _known_device(session, export)
    work = sending.begin(
        session, export.operations, person=person, by=by.id, device_id=device_id, at=at
    )
    open_ = tuple(_still_open(work, export.operations))
    counts = Counter(str(verdict.status) for verdict in capture.take(work, open_))
    # What the file opened is known only now, as is the lesson that its letters were joined with.
    _not_beside(session, export, by)
    counts["closed"] = len(export.operations) - len(open_)
    history.wrote(
        session, "work brought in", "person", person.id, by=by.id, at=at, counts=dict(counts)
    )
    return {name: counts[name] for name in (*Status, "closed")}


def _author(session: NetworkSession, export: Export) -> Person:
    person = people.find(session, export.person_id)
    if person is None:
        raise Missing("Whoever wrote this is not in your schools any more.")
    return person


def _not_beside(session: NetworkSession, export: Export, by: Person) -> None:
    records = {operation.observation_id for operation in export.operations}
    if by.id != export.person_id and lessons.observes_beside(session, by.id, records):
        raise Refused(
            "You observe one of these lessons yourself, so somebody else must bring this file in."
        )


def _known_device(session: NetworkSession, export: Export) -> UUID | None:
    if export.device_id is None:
        return None
    device = devices.of_person(session, export.device_id, export.person_id)
    return device.id if device else None


def _still_open(work: Sending, operations: Iterable[Operation]) -> Iterator[Operation]:
    """What came before, to be counted as such, and what belongs to a record that is not closed."""
    for operation in operations:
        record = sending.record_of(work, operation.observation_id)
        mine = record.owner_id == work.person.id
        if operation.op_id in work.kept or not mine or record.state not in CLOSED:
            yield operation
