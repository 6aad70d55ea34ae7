"""Taking words out of records: of the log, of the fields, and giving a sealed record its new hash."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from observe.core.canonical import canonical
from observe.core.fold import state_hash
from observe.core.observation import RecordState
from observe.core.record_words import emptied, frame_alone, private_notes, without_words, written
from observe.core.verdict import Status
from observe.storage import fields, shelf
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.trust import ResealedRecord

_operation = Base.metadata.tables["operation"]
_field = Base.metadata.tables["record_field"]


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose words are to go: its id, its state and the rubric by which it was written."""

    id: UUID
    state: RecordState
    rubric: str


@dataclass(frozen=True, slots=True)
class _Erasing:
    """What is taken out of one record: every word, or the private notes alone."""

    session: NetworkSession
    record_id: UUID
    written: frozenset[str]
    notes: frozenset[str] | None


def of_teacher(session: NetworkSession, person_id: UUID) -> list[Record]:
    """The records of the lessons that somebody taught."""
    return found(session, Lesson.teacher_id == person_id)


def of_observer(session: NetworkSession, person_id: UUID) -> list[Record]:
    """The records that somebody wrote."""
    return found(session, Observation.observer_id == person_id)


def found(session: NetworkSession, *wanted: ColumnElement[bool]) -> list[Record]:
    """The records for which this holds."""
    query = select(Observation.id, Observation.state, Lesson.rubric_digest).join(
        Lesson, Lesson.id == Observation.lesson_id
    )
    rows = session.execute(query.where(*wanted).order_by(Observation.id))
    return [Record(each.id, RecordState(each.state), each.rubric_digest) for each in rows]


def empty(session: NetworkSession, record: Record, *, private_only: bool = False) -> int:
    """Take every word out of a record, or what is in private notes alone; from how many fields."""
    notes = _private(session, record.id) if private_only else None
    if notes is not None and not notes:
        return 0
    words = written(shelf.rubric(session, record.rubric))
    this = _Erasing(session, record.id, words, notes)
    _empty_log(this)
    return _empty_fields(this)


def _private(session: NetworkSession, record_id: UUID) -> frozenset[str]:
    bodies = session.scalars(select(_operation.c.body).where(_of(session, record_id)))
    sent = (json.loads(body) for body in bodies)
    return private_notes((str(each.get("field") or ""), each.get("value")) for each in sent)


def _empty_log(this: _Erasing) -> None:
    """The log keeps what came, when and in which order, without the words."""
    columns = (_operation.c.op_id, _operation.c.body, _operation.c.status)
    rows = this.session.execute(select(*columns).where(_of(this.session, this.record_id))).all()
    changed = [
        {"op": row.op_id, "left": left}
        for row in rows
        if (left := _left(this, json.loads(row.body), Status(row.status))) is not None
    ]
    _write_log(this.session, changed)


def _left(this: _Erasing, sent: Mapping[str, Any], status: Status) -> str | None:
    """What is left of an operation, as JSON; None where all of it stays."""
    field = sent.get("field")
    if this.notes is not None and not (isinstance(field, str) and _is_of(field, this.notes)):
        return None
    refused = status == Status.REJECTED
    left = frame_alone(sent) if refused else without_words(sent, this.written)
    return None if left == sent else json.dumps(left)


def _is_of(field: str, notes: Collection[str]) -> bool:
    sort, _, rest = field.partition("/")
    return sort == "note" and rest.partition("/")[0] in notes


def _write_log(session: NetworkSession, changed: list[dict[str, Any]]) -> None:
    if changed:
        mine = _operation.c.network_id == session.network_id
        this = update(_operation).where(mine, _operation.c.op_id == bindparam("op"))
        session.connection().execute(this.values(body=bindparam("left"), detail=None), changed)


def _empty_fields(this: _Erasing) -> int:
    known = fields.values(this.session, this.record_id)
    changed = {
        name: canonical(left).decode()
        for name, value in known.items()
        if (this.notes is None or _is_of(name, this.notes))
        and (left := emptied(name, json.loads(value), this.written)) != json.loads(value)
    }
    _write_fields(this.session, this.record_id, changed)
    return len(changed)


def _write_fields(session: NetworkSession, record_id: UUID, changed: Mapping[str, str]) -> None:
    here = (_field.c.network_id == session.network_id, _field.c.observation_id == record_id)
    this = update(_field).where(*here, _field.c.field == bindparam("named"))
    if changed:
        rows = [{"named": name, "left": value} for name, value in changed.items()]
        session.connection().execute(this.values(value=bindparam("left")), rows)


def empty_held(session: NetworkSession, *wanted: ColumnElement[bool]) -> int:
    """Empty what was refused, and what waits for a record that was never opened; how many of these."""
    known = select(Observation.id).where(Observation.network_id == session.network_id)
    held = or_(_operation.c.status == Status.REJECTED, _operation.c.observation_id.not_in(known))
    query = select(_operation.c.op_id, _operation.c.body).where(
        _operation.c.network_id == session.network_id, held, *wanted
    )
    rows = [(row.op_id, json.loads(row.body)) for row in session.execute(query)]
    changed = [
        {"op": op_id, "left": json.dumps(left)}
        for op_id, sent in rows
        if (left := frame_alone(sent)) != sent
    ]
    _write_log(session, changed)
    return len(changed)


def sent_by(person_id: UUID) -> ColumnElement[bool]:
    """Operations of one person."""
    return _operation.c.person_id == person_id


def sent_before(at: datetime) -> ColumnElement[bool]:
    """Operations that came before a moment."""
    return _operation.c.received_at < at


def reseal(
    session: NetworkSession, record_id: UUID, erasure_id: UUID, *, fields_gone: int, at: datetime
) -> None:
    """Give a record the hash of what it holds now, and keep the one that it had before."""
    row = session.get_one(Observation, (session.network_id, record_id))
    before = row.state_hash
    after = before and state_hash(fields.values(session, record_id))
    row.state_hash = after
    kept = session.get(ResealedRecord, (session.network_id, record_id, erasure_id))
    if kept is not None:
        kept.after, kept.fields = after, kept.fields + fields_gone
        return
    session.add(
        ResealedRecord(
            network_id=session.network_id,
            observation_id=record_id,
            erasure_id=erasure_id,
            before=before,
            after=after,
            fields=fields_gone,
            at=at,
        )
    )


def open_with(
    session: NetworkSession, is_named: Iterable[UUID]
) -> Iterator[tuple[UUID, UUID, str, dict[str, Any]]]:
    """(record, observer, rubric, {field: value}) of those of these records that are still written."""
    query = (
        select(Observation.id, Observation.observer_id, Lesson.rubric_digest)
        .join(Lesson, Lesson.id == Observation.lesson_id)
        .where(Observation.id.in_(list(is_named)), Observation.state == RecordState.DRAFT)
    )
    for row in session.execute(query).all():
        known = fields.values(session, row.id)
        yield (
            row.id,
            row.observer_id,
            row.rubric_digest,
            {n: json.loads(v) for n, v in known.items()},
        )


def highest(session: NetworkSession, record_id: UUID) -> int:
    """The highest lamport number of a record's operations."""
    numbers = select(_operation.c.lamport).where(_of(session, record_id))
    return max(session.scalars(numbers), default=0)


def deciding(session: NetworkSession, record_id: UUID) -> dict[str, UUID]:
    """{field: the operation that decides it} of a record."""
    here = (_field.c.network_id == session.network_id, _field.c.observation_id == record_id)
    return dict(session.execute(select(_field.c.field, _field.c.op_id).where(*here)).all())


def _of(session: NetworkSession, record_id: UUID) -> ColumnElement[bool]:
    mine = _operation.c.network_id == session.network_id
    return mine & (_operation.c.observation_id == record_id)
