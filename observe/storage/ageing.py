"""What has been kept long enough: found for the list, and erased."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from observe.core.feedback.review import State
from observe.core.observation import RecordState
from observe.core.retention import Kind, kept_from
from observe.storage import erasing, erasing_records, erasures
from observe.storage.database import NetworkSession
from observe.storage.erasing import TABLES
from observe.storage.erasing_records import Record
from observe.storage.tables.feedback import Summary, Target
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.people import Person
from observe.storage.tables.trust import Erasure, ResealedRecord
from observe.storage.words_of_people import WORDS, Aged, Does

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Over:
    """A day before which what was written is over, for each kind."""

    today: date
    months: Mapping[Kind, int]

    def before(self, kind: Kind) -> datetime:
        """The first moment that is still kept."""
        return datetime.combine(kept_from(kind, self.today, self.months), time.min, UTC)


@dataclass(frozen=True, slots=True)
class About:
    """One lesson or summary whose words are over: of whom and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heap:
    """How many rows of a table are over, and since when the oldest lies there."""

    table: str
    kind: Kind
    number: int
    oldest: datetime


def records(session: NetworkSession, over: Over) -> list[Record]:
    """The records whose words are over and still there."""
    return erasing_records.found(session, *_records(session, over))


def _records(session: NetworkSession, over: Over) -> tuple[ColumnElement[bool], ...]:
    done = (
        select(ResealedRecord.observation_id)
        .join(Erasure, Erasure.id == ResealedRecord.erasure_id)
        .where(
            ResealedRecord.network_id == session.network_id,
            Erasure.network_id == session.network_id,
            Erasure.what == erasures.RETENTION,
        )
    )
    written = func.coalesce(Observation.sealed_at, Observation.begun_at)
    old = written < over.before(Kind.NOTES)
    return (old, Observation.state != RecordState.PLANNED, Observation.id.not_in(done))


def lessons(session: NetworkSession, over: Over) -> list[About]:
    """The lessons of these records, the oldest first, at most 200."""
    query = (
        select(Person.name, Lesson.starts_at)
        .join(Lesson, Lesson.teacher_id == Person.id)
        .join(Observation, Observation.lesson_id == Lesson.id)
        .where(*_records(session, over))
        .distinct()
    )
    return _about(session, query.order_by(Lesson.starts_at, Person.name))


def summaries(session: NetworkSession, over: Over, *, released: bool) -> list[UUID]:
    """Summaries that were released long enough ago, or that never were and lie there since long."""
    query = select(Summary.id).where(_summaries(over, released=released))
    return list(session.scalars(query.order_by(Summary.id)))


def teachers(session: NetworkSession, over: Over, *, released: bool) -> list[About]:
    """For whom these summaries are, and of which day, the oldest first, at most 200."""
    day = Summary.released_at if released else Summary.changed_at
    query = select(Person.name, day).join(Summary, Summary.teacher_id == Person.id)
    return _about(
        session, query.where(_summaries(over, released=released)).order_by(day, Person.name)
    )


def _summaries(over: Over, *, released: bool) -> ColumnElement[bool]:
    if released:
        old = Summary.released_at < over.before(Kind.SUMMARIES)
        return and_(Summary.state == State.RELEASED, old)
    old = Summary.changed_at < over.before(Kind.NOTES)
    return and_(Summary.state != State.RELEASED, old)


def _about(session: NetworkSession, query: Any) -> list[About]:
    return [About(name, at) for name, at in session.execute(query.limit(MOST_SHOWN))]


def delete_summaries(session: NetworkSession, ids: Sequence[UUID]) -> Counter[str]:
    """Delete summaries with all that was said about them, their targets, and what history quoted."""
    session.flush()
    targets = session.scalars(select(Target.id).where(Target.summary_id.in_(ids))).all()
    gone = erasing.delete_rows(session, "target", TABLES["target"].c.id.in_(targets))
    gone += erasing.delete_rows(session, "summary", TABLES["summary"].c.id.in_(ids))
    erasures.forget_things(session, [*ids, *targets])
    session.expire_all()
    return gone


def heaps(session: NetworkSession, over: Over) -> Iterator[Heap]:
    """What is over in every other table."""
    for table, aged, where in _aged(over):
        since = TABLES[table].c[aged.since]
        here = TABLES[table].c.network_id == session.network_id
        number, oldest = session.execute(
            select(func.count(), func.min(since)).where(here, where)
        ).one()
        if number:
            yield Heap(table, aged.kind, number, oldest)


def erase_heaps(session: NetworkSession, over: Over) -> Counter[str]:
    """Delete these rows, or the words in them; how many by table."""
    session.flush()
    gone: Counter[str] = Counter()
    for table, aged, where in list(_aged(over)):
        if aged.rows is Does.DELETED:
            gone += erasing.delete_rows(session, table, where)
        else:
            gone[table] += erasing.empty_rows(session, table, where)
    session.expire_all()
    return gone


def _aged(over: Over) -> Iterator[tuple[str, Aged, ColumnElement[bool]]]:
    for table, words in WORDS.items():
        if words.aged is not None:
            old = TABLES[table].c[words.aged.since] < over.before(words.aged.kind)
            left = _left(table, words.gone) if words.aged.rows is Does.EMPTIED else None
            yield table, words.aged, old if left is None else and_(old, left)


def _left(table: str, columns: Sequence[str]) -> ColumnElement[bool]:
    """Rows in which a column that is emptied still holds something."""
    return or_(*(TABLES[table].c[name] != "" for name in columns))


def held(over: Over) -> ColumnElement[bool]:
    """Operations that came so long ago that their words are over."""
    return erasing_records.sent_before(over.before(Kind.NOTES))
