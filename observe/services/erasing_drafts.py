"""A name in a record that is still written: the text without it is the observer's next change.

Their tablets then get it like any other change of theirs, and can still seal.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from observe.core.erasing import Spellings
from observe.core.ids import new_id
from observe.core.operations import Kind, Operation, read_operation
from observe.services import capture, sending
from observe.storage import erasing_records, naming, people
from observe.storage.database import NetworkSession


def write_anew(session: NetworkSession, spelled: Spellings, *, at: datetime) -> None:
    """Send the words without a name, for each open record in which it stands."""
    named = naming.records_with(session, spelled)
    for record_id, observer_id, rubric, values in erasing_records.open_with(session, named):
        observer = people.find(session, observer_id)
        changed = _changed(session, record_id, rubric, _without(values, spelled), at=at)
        sent = tuple(changed)
        if observer is not None and sent:
            work = sending.begin(
                session, sent, person=observer, by=observer_id, device_id=None, at=at
            )
            capture.take(work, sent)
            sending.leave(work)
    session.flush()


def _without(values: dict[str, Any], spelled: Spellings) -> dict[str, Any]:
    """The fields that change, with what they are to hold."""
    new = {name: spelled.scrubbed(value) for name, value in values.items()}
    return {name: value for name, value in new.items() if value != values[name]}


def _changed(
    session: NetworkSession, record_id: UUID, rubric: str, values: dict[str, Any], *, at: datetime
) -> Iterator[Operation]:
    lamport = erasing_records.highest(session, record_id)
    before = erasing_records.deciding(session, record_id)
    for number, (name, value) in enumerate(values.items(), 1):
        sent = {
            "op_id": str(new_id(at)),
            "observation_id": str(record_id),
            "device_seq": number,
            "lamport": lamport + number,
            "kind": Kind.SET.value,
            "field": name,
            "value": value,
            "previous": str(before[name]),
            "rubric": rubric,
            "at": at.isoformat(),
        }
        yield read_operation(sent)
