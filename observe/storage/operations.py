"""The log of operations: each one as it was sent, with its first verdict, for ever."""

import dataclasses
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from observe.core.canonical import canonical
from observe.core.fold import Fields
from observe.core.operations import Kind, Operation, read_operation, uuid_in
from observe.core.verdict import Status
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tables import records as tables


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an operation that came before."""

    op_id: UUID
    person_id: UUID
    observation_id: UUID
    content: str
    status: Status
    code: str | None
    detail: str | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """With what an operation goes into the log; `observation_id` is the record that it is part of."""

    person_id: UUID
    observation_id: UUID
    device_id: UUID | None
    status: Status
    counts: bool
    at: datetime
    sequence: int = 0
    code: str | None = None
    detail: str | None = None


Anything = tuple[Any, ...]
KEPT = tuple(field.name for field in dataclasses.fields(Kept))
_table = Base.metadata.tables["operation"]
_own = _table.c.network_id == bindparam("network")


@dataclass(frozen=True, slots=True)
class Known:
    """What came before of some operations: by id, and the numbers that their tablet has given."""

    by_id: dict[UUID, Kept]
    numbers: set[int]


def known(session: NetworkSession, sent: Sequence[Operation], device_id: UUID | None) -> Known:
    """What of these operations came before, and which of their numbers another one has."""
    if len(sent) == 1:
        asked = {"op_ids": sent[0].op_id, "numbers": sent[0].device_seq}
        found = session.ask(_known_one, device=device_id, **asked).all()
    else:
        asked = {"op_ids": [o.op_id for o in sent], "numbers": [o.device_seq for o in sent]}
        found = session.ask(_known_many, device=device_id, **asked).all()
    return Known(
        {each.op_id: _kept(each) for each in found},
        {each.device_seq for each in found if device_id and each.device_id == device_id},
    )


def _kept(found: Any) -> Kept:
    named = {name: getattr(found, name) for name in KEPT}
    return Kept(**named | {"status": Status(found.status)})


def _known(same_id: ColumnElement[bool], same_number: ColumnElement[bool]) -> Select[*Anything]:
    told = (*(_table.c[name] for name in KEPT), _table.c.device_id, _table.c.device_seq)
    this_device = _table.c.device_id == bindparam("device")
    return select(*told).where(_own, or_(same_id, and_(this_device, same_number)))


_op_ids, _numbers = _table.c.op_id, _table.c.device_seq
_known_one = _known(_op_ids == bindparam("op_ids"), _numbers == bindparam("numbers"))
_known_many = _known(
    _op_ids.in_(bindparam("op_ids", expanding=True)),
    _numbers.in_(bindparam("numbers", expanding=True)),
)


def keep(session: NetworkSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write operations down, each as `row` makes it; IntegrityError if the id of one is taken."""
    if rows:
        session.bind.execute(_insert, rows)


_insert = insert(_table)


def row(network_id: UUID, operation: Operation, entry: Entry) -> dict[str, Any]:
    """The row of an operation; of a rejected one, `field` may be no field, and is left out."""
    judged = entry.status != Status.REJECTED
    return {
        "network_id": network_id,
        "op_id": operation.op_id,
        "person_id": entry.person_id,
        "observation_id": entry.observation_id,
        "device_id": entry.device_id,
        "device_seq": operation.device_seq,
        "lamport": operation.lamport,
        "kind": operation.kind,
        "field": operation.field if judged and operation.field else None,
        "previous": operation.previous,
        "content": operation.content,
        "body": json.dumps(operation.sent),
        "status": entry.status,
        "counts": entry.counts,
        "code": entry.code,
        "detail": entry.detail,
        "sequence": entry.sequence,
        "received_at": entry.at,
    }


def keep_reused(
    session: NetworkSession,
    operation: Operation,
    *,
    person_id: UUID,
    device_id: UUID | None,
    at: datetime,
) -> None:
    """Keep what came under the id of another operation; once, however often it comes."""
    session.merge(
        tables.ReusedOperation(
            network_id=session.network_id,
            op_id=operation.op_id,
            content=operation.content,
            person_id=person_id,
            device_id=device_id,
            body=json.dumps(operation.sent),
            received_at=at,
        )
    )


def first_writer(session: NetworkSession, observation_id: UUID) -> tuple[UUID, int] | None:
    """Who first wrote to a record that nobody has opened yet, and the last sequence in it."""
    table = tables.Operation
    query = (
        select(table.person_id, table.sequence)
        .where(table.observation_id == observation_id, table.counts)
        .order_by(table.sequence)
    )
    came = session.execute(query).all()
    return (came[0][0], came[-1][1]) if came else None


def counted(session: NetworkSession, observation_id: UUID) -> list[Operation]:
    """The operations that make up a record, in the order in which they came."""
    return [_read(body) for body in session.scalars(_of(observation_id, counts=True))]


def late(session: NetworkSession, observation_id: UUID) -> list[Operation]:
    """What came after the record was sealed and has not joined it, in the order in which it came."""
    return [_read(body) for body in session.scalars(_of(observation_id, counts=False))]


def parted(session: NetworkSession, observation_id: UUID) -> list[Operation]:
    """Every value of the fields that two tablets changed after the same operation."""
    return [_read(body) for body in session.ask(_parted, record=observation_id).scalars()]


_set = and_(
    _own,
    _table.c.observation_id == bindparam("record"),
    _table.c.kind == Kind.SET,
    _table.c.counts,
)
_forks = (
    select(_table.c.field)
    .where(_set)
    .group_by(_table.c.field, _table.c.previous)
    .having(func.count() > 1)
)
_parted = select(_table.c.body).where(_set, _table.c.field.in_(_forks))


def once_private(session: NetworkSession, observation_id: UUID) -> set[str]:
    """The notes of a record that were private at any time, also for a moment or too late."""
    found = session.ask(_private, record=observation_id)
    return {field.split("/")[1] for field, body in found if json.loads(body).get("value") is True}


_private = select(_table.c.field, _table.c.body).where(
    _own,
    _table.c.observation_id == bindparam("record"),
    _table.c.kind == Kind.SET,
    or_(_table.c.field.like("note/%/private"), _table.c.field.like("note/%/safeguarding")),
)


def tallies(session: NetworkSession, observation_id: UUID) -> Fields:
    """The counts of a record and what was taken back of them."""
    fields = Fields()
    for kind, op_id, field, body in session.ask(_tallies, record=observation_id):
        if kind == Kind.TALLY:
            fields.tallies.setdefault(field, set()).add(op_id)
        elif named := uuid_in(json.loads(body)["value"]):
            fields.taken_back.add(named)
    return fields


_tallies = select(_table.c.kind, _table.c.op_id, _table.c.field, _table.c.body).where(
    _own,
    _table.c.observation_id == bindparam("record"),
    _table.c.kind.in_((Kind.TALLY, Kind.UNTALLY)),
    _table.c.counts,
)


Place = tuple[str, UUID | None]
Values = dict[UUID, str]


def rivals(
    session: NetworkSession, observation_id: UUID, places: Collection[Place]
) -> dict[Place, Values]:
    """What a record was given at these places (field, previous): {operation: canonical JSON}."""
    asked = {
        "fields": list({field for field, _ in places}),
        "previous": list({previous for _, previous in places if previous}),
    }
    found: dict[Place, Values] = defaultdict(dict)
    for op_id, field, previous, body in session.ask(_rivals, record=observation_id, **asked):
        found[field, previous][op_id] = canonical(json.loads(body).get("value")).decode()
    return found


_rivals = select(_table.c.op_id, _table.c.field, _table.c.previous, _table.c.body).where(
    _set,
    _table.c.field.in_(bindparam("fields", expanding=True)),
    or_(
        _table.c.previous.in_(bindparam("previous", expanding=True)),
        _table.c.previous.is_(None),
    ),
)


def include_late(session: NetworkSession, observation_id: UUID) -> list[Operation]:
    """Let everything that came late join the record; what that was."""
    joining = late(session, observation_id)
    session.execute(
        update(tables.Operation)
        .where(
            tables.Operation.network_id == session.network_id,
            tables.Operation.observation_id == observation_id,
            tables.Operation.status != Status.REJECTED,
        )
        .values(counts=True)
        .execution_options(synchronize_session=False)
    )
    return joining


def move(session: NetworkSession, from_id: UUID, to_id: UUID, *, counts: bool) -> list[Operation]:
    """Make what was held under one observation id part of another record; what that was."""
    moving = counted(session, from_id)
    session.execute(
        update(tables.Operation)
        .where(
            tables.Operation.network_id == session.network_id,
            tables.Operation.observation_id == from_id,
            tables.Operation.counts,
        )
        .values(observation_id=to_id, counts=counts)
        .execution_options(synchronize_session=False)
    )
    return moving


@dataclass(frozen=True, slots=True)
class Change:
    """An operation in its owner's changes: as it was sent, whether it counts or is late, its place."""

    sent: dict[str, Any]
    status: Status
    sequence: int


def changes(session: NetworkSession, person_id: UUID, *, after: int, most: int) -> Sequence[Change]:
    """What somebody recorded on any tablet after a place in their sequence, at most so much."""
    table = tables.Operation
    query = (
        _changes()
        .where(table.person_id == person_id, table.sequence > after)
        .order_by(table.sequence)
        .limit(most)
    )
    return [_change(row) for row in session.execute(query)]


def of_records(
    session: NetworkSession, observation_ids: Iterable[UUID]
) -> Iterator[tuple[UUID, Change]]:
    """(record, operation) of what was accepted or came late for these records, in order."""
    table = tables.Operation
    wanted = (table.observation_id.in_(list(observation_ids)), table.sequence > 0)
    query = _changes().where(*wanted).order_by(table.sequence)
    for found in session.execute(query):
        yield found.observation_id, _change(found)


def _read(body: str) -> Operation:
    """An operation from its row."""
    return read_operation(json.loads(body))


def _of(observation_id: UUID, *, counts: bool) -> Select[str]:
    table = tables.Operation
    return (
        select(table.body)
        .where(
            table.observation_id == observation_id,
            table.counts.is_(counts),
            table.status != Status.REJECTED,
        )
        .order_by(table.sequence)
    )


def _changes() -> Select[UUID, str, bool, int]:
    table = tables.Operation
    return select(table.observation_id, table.body, table.counts, table.sequence)


def _change(found: Row[UUID, str, bool, int]) -> Change:
    """What came late and joined later counts like the rest: another tablet has to know that."""
    status = Status.ACCEPTED if found.counts else Status.LATE
    return Change(json.loads(found.body), status, found.sequence)
