"""What a record holds now: its fields, and the record that one reads from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from observe.core.fold import Conflict, Fields, Winner, conflicts, fold, record_of
from observe.core.observation import Record
from observe.core.operations import Operation
from observe.storage import operations
from observe.storage.database import NetworkSession
from observe.storage.tables import records as tables
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.people import Person, School


def fields_of(session: NetworkSession, observation_id: UUID) -> Fields:
    """The fields of a record, ready to take more operations."""
    fields = operations.tallies(session, observation_id)
    table = tables.RecordField
    query = select(table.field, table.lamport, table.op_id, table.value).where(
        table.observation_id == observation_id
    )
    for name, lamport, op_id, value in session.execute(query):
        if name not in fields.tallies:
            fields.winners[name] = Winner(lamport, op_id, value)
    return fields


def save_field(
    session: NetworkSession,
    observation_id: UUID,
    name: str,
    fields: Fields,
    *,
    by: Operation,
    known: Collection[str],
) -> None:
    """Write what a field holds now; `known` names the fields that the record has rows for."""
    table = tables.RecordField
    values = _row(session.network_id, observation_id, name, fields, by)
    if name not in known:
        session.connection().execute(insert(table), values)
        return
    key = (table.network_id, table.observation_id, table.field)
    same = [column == values[column.key] for column in key]
    session.connection().execute(update(table).where(*same).values(values))


def _row(
    network_id: UUID, observation_id: UUID, name: str, fields: Fields, by: Operation
) -> dict[str, object]:
    """A field with what decides it; a counted field has no winner, so its last operation stands."""
    won = fields.winners.get(name) or Winner(by.lamport, by.op_id, "")
    return {
        "network_id": network_id,
        "observation_id": observation_id,
        "field": name,
        "value": fields.value(name),
        "lamport": won.lamport,
        "op_id": won.op_id,
    }


def values_of(
    session: NetworkSession, observation_ids: Iterable[UUID]
) -> dict[UUID, dict[str, str]]:
    """{field: canonical JSON} of each of these records; empty for one that holds nothing."""
    table = tables.RecordField
    query = select(table.observation_id, table.field, table.value).where(
        table.observation_id.in_(list(observation_ids))
    )
    values: dict[UUID, dict[str, str]] = defaultdict(dict)
    for observation_id, name, value in session.execute(query):
        values[observation_id][name] = value
    return values


def read(session: NetworkSession, observation_id: UUID) -> Record:
    """One observer's record, with the notes that came after sealing marked as late."""
    after = operations.late(session, observation_id)
    values = values_of(session, [observation_id])[observation_id]
    if not after:
        return record_of(values)
    fields = fields_of(session, observation_id)
    for operation in after:
        fields.take(operation)
    return record_of(values, late=fields.values())


def late_ratings(session: NetworkSession, observation_id: UUID) -> list[tuple[str, str, object]]:
    """(criterion, occasion, value) of ratings that came after sealing: listed, never used."""
    late = fold(operations.late(session, observation_id))
    return [(*key, value) for key, value in record_of(late.values()).ratings.items()]


def conflicts_of(session: NetworkSession, observation_id: UUID) -> list[Conflict]:
    """Where two tablets gave a field different values without knowing of each other."""
    return conflicts(operations.counted(session, observation_id))


def lock_person(session: NetworkSession, person_id: UUID) -> int:
    """Hold back everybody else who adds to this person's records; the last sequence that was given."""
    query = select(Person.sequence).where(Person.id == person_id).with_for_update()
    return session.scalar(query) or 0


def keep_sequence(session: NetworkSession, person_id: UUID, sequence: int) -> None:
    """Remember the last sequence that was given to this person's operations."""
    query = update(Person).where(Person.network_id == session.network_id, Person.id == person_id)
    session.connection().execute(query.values(sequence=sequence))


def lock_lessons(
    session: NetworkSession,
    *,
    schools: Collection[UUID],
    observations: Collection[UUID],
    lessons: Collection[UUID],
) -> None:
    """Hold back whoever else seals, opens or joins these lessons; always in the same order."""
    named = select(Observation.lesson_id).where(Observation.id.in_(observations))
    wanted = {*lessons, *session.scalars(named)} if observations else set(lessons)
    for table, ids in ((School.id, schools), (Lesson.id, wanted)):
        if ids:
            session.execute(select(table).where(table.in_(ids)).order_by(table).with_for_update())


def real_id(session: NetworkSession, observation_id: UUID) -> UUID:
    """The record that an observation id means: itself, or the one into which it was folded."""
    alias = session.get(tables.ObservationAlias, (session.network_id, observation_id))
    return alias.observation_id if alias else observation_id


def add_alias(session: NetworkSession, alias_id: UUID, observation_id: UUID) -> None:
    """Let a second observation id mean a record."""
    session.add(tables.ObservationAlias(alias_id=alias_id, observation_id=observation_id))
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A record that comes whole and sealed: written elsewhere, or drawn for a demonstration."""

    observation_id: UUID
    observer_id: UUID
    operations: tuple[Operation, ...]
    begun_at: datetime
    sealed_at: datetime
