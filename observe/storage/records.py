"""What a record holds now: its fields, and the record that one reads from them."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Update, and_, bindparam, func, insert, select, update

from observe.core.fold import Conflict, conflicts, fold, record_of, state_hash
from observe.core.observation import Record, RecordState
from observe.core.operations import Operation
from observe.core.verdict import Status
from observe.storage import fields, operations
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tables import records as tables
from observe.storage.tables.base import Instant
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.people import Person, School

AT_ONCE = 200


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
    whole = fields.of_record(session, observation_id)
    for operation in after:
        whole.take(operation)
    return record_of(values, late=whole.values())


def of_observer(session: NetworkSession, lesson_id: UUID, observer_id: UUID) -> UUID | None:
    """The record of one observer of a lesson; None where they do not observe it."""
    query = select(Observation.id).where(
        Observation.lesson_id == lesson_id, Observation.observer_id == observer_id
    )
    return session.scalar(query)


def is_shut_in(session: NetworkSession, lesson_id: UUID, *, but: UUID) -> bool:
    """Whether another record of a lesson is sealed, or its pair was opened."""
    sealed = select(Observation.id).where(
        Observation.lesson_id == lesson_id,
        Observation.id != but,
        Observation.state == RecordState.SEALED,
    )
    revealed = select(Pair.revealed_at).where(Pair.lesson_id == lesson_id)
    return session.scalar(sealed) is not None or session.scalar(revealed) is not None


def last_sequence(session: NetworkSession, person_id: UUID) -> int:
    """The last sequence that was given to this person's operations."""
    return session.scalar(select(Person.sequence).where(Person.id == person_id)) or 0


def late_ratings(session: NetworkSession, observation_id: UUID) -> list[tuple[str, str, object]]:
    """(criterion, occasion, value) of ratings that came after sealing: listed, never used."""
    late = fold(operations.late(session, observation_id))
    return [(*key, value) for key, value in record_of(late.values()).ratings.items()]


def conflicts_of(session: NetworkSession, observation_id: UUID) -> list[Conflict]:
    """Where two tablets gave a field different values without knowing of each other."""
    return conflicts(operations.parted(session, observation_id))


def lock_person(session: NetworkSession, person_id: UUID) -> int:
    """Hold back everybody else who adds to this person's records; the last sequence that was given."""
    query = select(Person.sequence).where(Person.id == person_id).with_for_update()
    return session.scalar(query) or 0


def keep_sequence(session: NetworkSession, person_id: UUID, sequence: int) -> None:
    """Remember the last sequence that was given to this person's operations."""
    session.ask(_keep_sequence, person=person_id, reached=sequence)


_person = Base.metadata.tables["person"]
_keep_sequence = (
    update(_person)
    .where(_person.c.network_id == bindparam("network"), _person.c.id == bindparam("person"))
    .values(sequence=bindparam("reached"))
)


@dataclass(frozen=True, slots=True)
class Row:
    """An observation that the server knows: whose it is, and how far it had come."""

    id: UUID
    lesson_id: UUID
    observer_id: UUID
    state: str
    revision: int
    state_hash: str | None


def row(session: NetworkSession, observation_id: UUID) -> Row | None:
    """An observation, if the server knows it."""
    found = session.ask(_row, record=observation_id).first()
    return Row(*found) if found else None


_observation = Base.metadata.tables["observation"]
_of_record = and_(
    _observation.c.network_id == bindparam("network"), _observation.c.id == bindparam("record")
)
_row = select(*(_observation.c[field.name] for field in dataclasses.fields(Row))).where(_of_record)


def stand(
    session: NetworkSession,
    observation_id: UUID,
    *,
    revision: int,
    state_hash: str,
    begun_at: datetime | None,
) -> None:
    """Write down how a record stands; its start only where there is something to say of it."""
    told = {"revised": revision, "hashed": state_hash, "begun": begun_at}
    session.ask(_stand, record=observation_id, **told)


_stand = (
    update(_observation)
    .where(_of_record)
    .values(
        revision=bindparam("revised"),
        state_hash=bindparam("hashed"),
        begun_at=func.coalesce(bindparam("begun", type_=Instant()), _observation.c.begun_at),
    )
)


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


def real_id(session: NetworkSession, observation_id: UUID) -> UUID | None:
    """The record into which a second observation id was folded; None if it was not."""
    alias = session.get(tables.ObservationAlias, (session.network_id, observation_id))
    return alias.observation_id if alias else None


def add_alias(session: NetworkSession, alias_id: UUID, observation_id: UUID) -> None:
    """Let a second observation id mean a record."""
    session.add(tables.ObservationAlias(alias_id=alias_id, observation_id=observation_id))
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRecord:
    """All that one observer recorded of a planned lesson, sealed or (`sealed_at` None) a draft."""

    observation_id: UUID
    observer_id: UUID
    operations: Sequence[Operation]
    begun_at: datetime
    sealed_at: datetime | None
    observed_on: date | None = None


def keep_whole(session: NetworkSession, wholes: Iterable[WholeRecord]) -> int:
    """Keep records that come whole, many at a time; how many operations they have.

    Their observations are planned already. Pairs stay as they are: the caller reveals them.
    """
    coming = list(wholes)
    session.flush()
    reached = _sequences(session, {whole.observer_id for whole in coming})
    kept = 0
    for start in range(0, len(coming), AT_ONCE):
        kept += _keep_some(session, coming[start : start + AT_ONCE], reached)
    for person_id, sequence in reached.items():
        keep_sequence(session, person_id, sequence)
    session.expire_all()
    return kept


def _sequences(session: NetworkSession, people: Collection[UUID]) -> dict[UUID, int]:
    query = select(Person.id, Person.sequence).where(Person.id.in_(people)).order_by(Person.id)
    return {row.id: row.sequence for row in session.execute(query.with_for_update())}


def _keep_some(
    session: NetworkSession, wholes: Sequence[WholeRecord], reached: dict[UUID, int]
) -> int:
    """Write some records with a few statements; `reached` goes on with each operation."""
    entries: list[dict[str, object]] = []
    held: list[dict[str, object]] = []
    changes: list[dict[str, object]] = []
    for whole in wholes:
        entries += _entries(session.network_id, whole, reached)
        folded = fold(whole.operations)
        names = folded.values()
        held += [fields.row(session.network_id, whole.observation_id, n, folded) for n in names]
        changes.append(_standing(whole, state_hash(names), reached[whole.observer_id]))
    statements = (
        (insert(tables.Operation), entries),
        (insert(tables.RecordField), held),
        (_change(session.network_id), changes),
    )
    for statement, rows in statements:
        if rows:
            session.connection().execute(statement, rows)
    return len(entries)


def _entries(
    network_id: UUID, whole: WholeRecord, reached: dict[UUID, int]
) -> Iterator[dict[str, object]]:
    for operation in whole.operations:
        reached[whole.observer_id] += 1
        entry = operations.Entry(
            person_id=whole.observer_id,
            observation_id=whole.observation_id,
            device_id=None,
            status=Status.ACCEPTED,
            counts=True,
            at=whole.sealed_at or whole.begun_at,
            sequence=reached[whole.observer_id],
        )
        yield operations.row(network_id, operation, entry)


def _standing(whole: WholeRecord, hashed: str, revision: int) -> dict[str, object]:
    return {
        "which": whole.observation_id,
        "state": RecordState.SEALED if whole.sealed_at else RecordState.DRAFT,
        "revision": revision,
        "observed_on": whole.observed_on,
        "begun_at": whole.begun_at,
        "sealed_at": whole.sealed_at,
        "state_hash": hashed,
    }


def _change(network_id: UUID) -> Update:
    """Brings an observation to where `_standing` says it is."""
    named = ("state", "revision", "observed_on", "begun_at", "sealed_at", "state_hash")
    return (
        update(Observation)
        .where(Observation.network_id == network_id, Observation.id == bindparam("which"))
        .values({name: bindparam(name) for name in named})
    )
