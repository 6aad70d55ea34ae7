"""Pairs: who sealed what, and what the talk came to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from observe.core.errors import Missing
from observe.core.fold import record_of
from observe.core.observation import Record
from observe.core.pairing import Agreed, Cause, Outcome, PairState
from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.tables.calibration import AgreedRating
from observe.storage.tables.lessons import Lesson, Observation, Pair, PairClosing
from observe.storage.tables.people import Person
from observe.storage.tables.records import RecordField

HOW_FAR = ("clock/started", "context/ended", "context/partial")
NO_PAIR = "This lesson has one observer only, so there is nothing to compare."


@dataclass(frozen=True, slots=True)
class MyPair:
    """One of somebody's pairs, whether they said that the talk is finished, and when they sealed."""

    lesson_id: UUID
    state: str
    blind: bool
    revealed_at: datetime | None
    closed_at: datetime | None
    closed_by_one: bool
    tapped: bool
    sealed_at: datetime | None


def find(session: NetworkSession, lesson_id: UUID) -> Pair:
    """The row of a pair; Missing for a lesson with one observer."""
    found = session.get(Pair, (session.network_id, lesson_id))
    if found is None:
        raise Missing(NO_PAIR)
    return found


def hold(session: NetworkSession, lesson_id: UUID) -> Pair | None:
    """The row of a pair, which nobody else changes until this transaction ends; None without one."""
    key = (session.network_id, lesson_id)
    return session.get(Pair, key, with_for_update=True, populate_existing=True)


def joined(session: NetworkSession, lesson_id: UUID) -> UUID:
    """The lesson that an address means: itself, or the one with which it was joined."""
    query = select(Lesson.alias_of).where(Lesson.id == lesson_id)
    return session.scalar(query) or lesson_id


def of_person(session: NetworkSession, person_id: UUID) -> list[MyPair]:
    """The pairs in which somebody observes that are not closed, the latest lesson first."""
    query = _mine(person_id).where(Pair.state != PairState.CLOSED)
    return [MyPair(*found) for found in session.execute(query)]


def closed_of_person(session: NetworkSession, person_id: UUID, *, most: int | None) -> list[MyPair]:
    """The closed ones, the latest lesson first, at most so many; all with None."""
    query = _mine(person_id).where(Pair.state == PairState.CLOSED).limit(most)
    return [MyPair(*found) for found in session.execute(query)]


def closed_count(session: NetworkSession, person_id: UUID) -> int:
    """How many pairs of somebody are closed."""
    query = (
        select(func.count())
        .select_from(Observation)
        .join(Pair, Pair.lesson_id == Observation.lesson_id)
        .where(_takes_part(person_id), Pair.state == PairState.CLOSED)
    )
    return session.scalar(query) or 0


def _mine(
    person_id: UUID,
) -> Select[UUID, str, bool, datetime | None, datetime | None, bool, bool, datetime | None]:
    tapped = select(PairClosing.lesson_id).where(
        PairClosing.lesson_id == Pair.lesson_id, PairClosing.person_id == person_id
    )
    return (
        select(
            Pair.lesson_id,
            Pair.state,
            Pair.blind,
            Pair.revealed_at,
            Pair.closed_at,
            Pair.closed_by_one,
            tapped.exists(),
            Observation.sealed_at,
        )
        .join(Observation, Observation.lesson_id == Pair.lesson_id)
        .join(Lesson, Lesson.id == Pair.lesson_id)
        .where(_takes_part(person_id), Lesson.cancelled_at.is_(None), Lesson.alias_of.is_(None))
        .order_by(Lesson.starts_at.desc(), Lesson.id)
    )


def _takes_part(person_id: UUID) -> ColumnElement[bool]:
    return and_(Observation.observer_id == person_id, TAKES_PART)


@dataclass(frozen=True, slots=True)
class Times:
    """When a record was begun, on which day it was made, and how far the talk moves its lines."""

    begun_at: datetime | None
    observed_on: date | None
    shift_minutes: int


def times(session: NetworkSession, lesson_id: UUID) -> dict[UUID, Times]:
    """By observation, when it was begun and made."""
    query = select(
        Observation.id,
        Observation.begun_at,
        Observation.observed_on,
        func.coalesce(Observation.shift_minutes, 0),
    ).where(Observation.lesson_id == lesson_id)
    return {found[0]: Times(*found[1:]) for found in session.execute(query)}


def sealed_at(session: NetworkSession, lesson_id: UUID, person_id: UUID) -> datetime | None:
    """When somebody sealed their record of a lesson; None while they have not."""
    query = select(Observation.sealed_at).where(
        Observation.lesson_id == lesson_id, Observation.observer_id == person_id
    )
    return session.scalar(query)


def closed_at(session: NetworkSession, lesson_id: UUID) -> datetime | None:
    """When the talk about a lesson was finished."""
    return session.scalar(select(Pair.closed_at).where(Pair.lesson_id == lesson_id))


def given(
    session: NetworkSession, lesson_ids: Collection[UUID], observer_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], Record]:
    """What each of these observers rated in each of these lessons, by (lesson, observer); no notes."""
    field = RecordField.field
    query = (
        select(Observation.lesson_id, Observation.observer_id, field, RecordField.value)
        .join(RecordField, RecordField.observation_id == Observation.id)
        .where(
            Observation.lesson_id.in_(lesson_ids),
            Observation.observer_id.in_(observer_ids),
            or_(field.startswith("rating/"), field.in_(HOW_FAR)),
        )
    )
    found: dict[tuple[UUID, UUID], dict[str, str]] = defaultdict(dict)
    for lesson_id, observer_id, name, value in session.execute(query):
        found[lesson_id, observer_id][name] = value
    return {whose: record_of(values) for whose, values in found.items()}


def agreed(session: NetworkSession, lesson_id: UUID) -> dict[str, Agreed]:
    """The agreed record of a lesson, by criterion."""
    query = select(AgreedRating).where(AgreedRating.lesson_id == lesson_id)
    return {found.criterion: _agreed(found) for found in session.scalars(query)}


def agreed_on(session: NetworkSession, lesson_id: UUID, criterion: str) -> Agreed | None:
    """What was agreed on one criterion, or None."""
    found = session.get(AgreedRating, (session.network_id, lesson_id, criterion))
    return _agreed(found) if found else None


def _agreed(found: AgreedRating) -> Agreed:
    return Agreed(
        criterion=found.criterion,
        outcome=Outcome(found.outcome),
        level=found.level,
        cause=Cause(found.cause) if found.cause else None,
        by=found.by,
        at=found.at,
        revision=found.revision,
    )


def keep_agreed(session: NetworkSession, lesson_id: UUID, agreed: Agreed) -> None:
    """Write or replace what was agreed on one criterion."""
    session.merge(
        AgreedRating(
            network_id=session.network_id,
            lesson_id=lesson_id,
            criterion=agreed.criterion,
            level=agreed.level,
            outcome=agreed.outcome,
            cause=agreed.cause,
            by=agreed.by,
            at=agreed.at,
            revision=agreed.revision,
        )
    )


def taps(session: NetworkSession, lesson_id: UUID) -> set[UUID]:
    """Who has said that the talk is finished."""
    query = select(PairClosing.person_id).where(PairClosing.lesson_id == lesson_id)
    return set(session.scalars(query))


def tap(session: NetworkSession, lesson_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """Keep that somebody said so; once however often they do."""
    key = (session.network_id, lesson_id, person_id)
    if session.get(PairClosing, key) is None:
        session.add(PairClosing(lesson_id=lesson_id, person_id=person_id, at=at))
        session.flush()


def untap(session: NetworkSession, lesson_id: UUID, *, but: UUID) -> None:
    """Ask the others again, for something changed after they said so."""
    query = delete(PairClosing).where(
        PairClosing.network_id == session.network_id,
        PairClosing.lesson_id == lesson_id,
        PairClosing.person_id != but,
    )
    session.execute(query)


def dissolve(session: NetworkSession, lesson_id: UUID) -> None:
    """Make a lesson that only one still observes a single one."""
    for closing in session.scalars(select(PairClosing).where(PairClosing.lesson_id == lesson_id)):
        session.delete(closing)
    session.delete(find(session, lesson_id))


def person_name(session: NetworkSession, person_id: UUID) -> str:
    """The name of somebody of this network; Missing for a stranger."""
    name = session.scalar(select(Person.name).where(Person.id == person_id))
    if name is None:
        raise Missing("There is nobody of that name here.")
    return name
