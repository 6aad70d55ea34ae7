"""From which talk a rule came, as far as it may be said without saying whose talk it was."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, literal, select
from sqlalchemy.orm import aliased

from observe.core.pairing import OPEN
from observe.storage.database import NetworkSession
from observe.storage.tables.base import Instant
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.people import School, SchoolClass


@dataclass(frozen=True, slots=True)
class Source:
    """A talk told by its month and kind of lesson, and by class and subject where another fits them.

    `month` is its first day; `about` is `Year 5 Maths`, `Maths`, or empty where that would tell whose.
    """

    month: date
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """A lesson with a talk: when, and what was taught."""

    id: UUID
    month: date
    zone: ZoneInfo
    kind: str
    subject: str
    class_name: str


def sources(session: NetworkSession, lesson_ids: Collection[UUID]) -> dict[UUID, Source]:
    """The source of each of these lessons' talks.

    Class and subject are named only if in that month there was another talk about a lesson of them, with
    another teacher, and one of its observers was not in this one; the subject alone, likewise.
    """
    found = _lessons(session, lesson_ids)
    if not found:
        return {}
    of_class = _with_another(session, found, same_class=True)
    of_subject = _with_another(session, found, same_class=False)
    return {each.id: _source(each, of_class, of_subject) for each in found}


def _lessons(session: NetworkSession, lesson_ids: Collection[UUID]) -> list[_Lesson]:
    query = (
        select(
            *(Lesson.id, Lesson.starts_at, School.zone, Lesson.kind),
            *(Lesson.school_subject, SchoolClass.name),
        )
        .join(School, School.id == Lesson.school_id)
        .outerjoin(SchoolClass, SchoolClass.id == Lesson.class_id)
        .where(Lesson.id.in_(list(lesson_ids)))
    )
    return [_lesson(*found) for found in session.execute(query)]


def _lesson(
    lesson_id: UUID, at: datetime, zone: str, kind: str, subject: str, class_name: str | None
) -> _Lesson:
    where = ZoneInfo(zone)
    month = at.astimezone(where).date().replace(day=1)
    return _Lesson(lesson_id, month, where, kind, subject, class_name or "")


def _source(lesson: _Lesson, of_class: Collection[UUID], of_subject: Collection[UUID]) -> Source:
    about = ""
    if lesson.subject and lesson.id in of_subject:
        about = lesson.subject
    if lesson.subject and lesson.class_name and lesson.id in of_class:
        about = f"{lesson.class_name} {lesson.subject}"
    return Source(lesson.month, lesson.kind, about)


def _with_another(
    session: NetworkSession, found: Iterable[_Lesson], *, same_class: bool
) -> set[UUID]:
    """Those beside which another talk of their month fits the same words."""
    bounds = {(each.month, each.zone): _bounds(each.month, each.zone) for each in found}
    begin, end = _when(list(bounds.values()))
    other = exists().where(
        _FITS, *[_SAME_CLASS] * same_class, _OTHER.starts_at >= begin, _OTHER.starts_at < end
    )
    query = select(Lesson.id).where(Lesson.id.in_([each.id for each in found]), other)
    return set(session.scalars(query))


def _when(bounds: list[tuple[datetime, datetime]]) -> Iterator[ColumnElement[datetime]]:
    """When the month of a lesson begins and ends, in a query."""
    at = Lesson.starts_at
    within = [(at >= begin) & (at < end) for begin, end in bounds]
    for moments in zip(*bounds, strict=True):
        told = (literal(moment, Instant()) for moment in moments)
        yield case(*zip(within, told, strict=True))


def _bounds(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    years, rest = divmod(first.month, 12)
    after = first.replace(year=first.year + years, month=rest + 1)
    begin, end = (datetime(d.year, d.month, 1, tzinfo=zone).astimezone(UTC) for d in (first, after))
    return begin, end


def _was_talked_about(other: type[Lesson]) -> ColumnElement[bool]:
    return exists().where(
        Pair.network_id == other.network_id, Pair.lesson_id == other.id, Pair.state.in_(OPEN)
    )


def _somebody_else_observed(other: type[Lesson]) -> ColumnElement[bool]:
    theirs, mine = aliased(Observation), aliased(Observation)
    here = select(mine.observer_id).where(
        mine.network_id == Lesson.network_id, mine.lesson_id == Lesson.id
    )
    return exists().where(
        theirs.network_id == other.network_id,
        theirs.lesson_id == other.id,
        theirs.sealed_at.is_not(None),
        theirs.observer_id.not_in(here.correlate(Lesson)),
    )


def _of_the_same_class(other: type[Lesson]) -> ColumnElement[bool]:
    taught, own = aliased(SchoolClass), aliased(SchoolClass)
    same = exists().where(
        taught.network_id == other.network_id,
        taught.id == other.class_id,
        own.network_id == Lesson.network_id,
        own.id == Lesson.class_id,
        own.name == taught.name,
    )
    return same.correlate(Lesson, other)


def _fits(other: type[Lesson]) -> ColumnElement[bool]:
    """Whether another lesson could be meant by the same kind and subject."""
    return and_(
        other.network_id == Lesson.network_id,
        other.school_subject == Lesson.school_subject,
        other.kind == Lesson.kind,
        other.teacher_id != Lesson.teacher_id,
        _was_talked_about(other),
        _somebody_else_observed(other),
    )


# put together once: these take longer to build than to ask
_OTHER = aliased(Lesson)
_FITS, _SAME_CLASS = _fits(_OTHER), _of_the_same_class(_OTHER)
