"""From which talk a rule came, as far as it may be said without saying whose talk it was."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from observe.core.pairing import OPEN
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.people import School, SchoolClass

TEACHERS, OBSERVERS = 2, 3


@dataclass(frozen=True, slots=True)
class Source:
    """A talk told by its month and kind of lesson, and by class and subject where several fit them.

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


_Fits = Mapping[tuple[object, ...], bool]


def sources(session: NetworkSession, lesson_ids: Collection[UUID]) -> dict[UUID, Source]:
    """The source of each of these lessons' talks.

    Class and subject are named only if in that month talks took place about lessons of it of two teachers,
    with three observers in all; of the subject alone, likewise.
    """
    found = _lessons(session, lesson_ids)
    if not found:
        return {}
    months = _Months(found)
    of_class = _enough(session, months, Lesson.school_subject, SchoolClass.name)
    of_subject = _enough(session, months, Lesson.school_subject)
    return {each.id: _source(each, months, of_class, of_subject) for each in found}


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


class _Months:
    """The months of some lessons, each where its school is, as numbers in a query."""

    def __init__(self, found: Iterable[_Lesson]) -> None:
        self.numbers = {month: number for number, month in enumerate({_month(e) for e in found})}

    def of(self, lesson: _Lesson) -> int:
        """The number of a lesson's month."""
        return self.numbers[_month(lesson)]

    def within(self) -> list[ColumnElement[bool]]:
        """By number, whether a lesson began in that month."""
        at = Lesson.starts_at
        return [(at >= begin) & (at < end) for begin, end in map(_bounds, self.numbers)]


def _month(lesson: _Lesson) -> tuple[date, ZoneInfo]:
    return lesson.month, lesson.zone


def _bounds(month: tuple[date, ZoneInfo]) -> tuple[datetime, datetime]:
    first, zone = month
    years, rest = divmod(first.month, 12)
    after = first.replace(year=first.year + years, month=rest + 1)
    begin, end = (datetime(d.year, d.month, 1, tzinfo=zone).astimezone(UTC) for d in (first, after))
    return begin, end


def _enough(session: NetworkSession, months: _Months, *named: InstrumentedAttribute[str]) -> _Fits:
    """By number of the month, kind and what else is named, whether several may be meant."""
    within = months.within()
    number = case(*((there, place) for place, there in enumerate(within)))
    query = (
        select(
            number.label("which_month"),
            Lesson.kind,
            *named,
            func.count(Lesson.teacher_id.distinct()),
            func.count(Observation.observer_id.distinct()),
        )
        .join(Pair, Pair.lesson_id == Lesson.id)
        .join(Observation, Observation.lesson_id == Lesson.id)
        .outerjoin(SchoolClass, SchoolClass.id == Lesson.class_id)
        .where(or_(*within), Pair.state.in_(OPEN), Observation.sealed_at.is_not(None))
        .group_by("which_month", Lesson.kind, *named)
    )
    rows = session.execute(query).all()
    return {tuple(row[:-2]): row[-2] >= TEACHERS and row[-1] >= OBSERVERS for row in rows}


def _source(lesson: _Lesson, months: _Months, of_class: _Fits, of_subject: _Fits) -> Source:
    key = (months.of(lesson), lesson.kind, lesson.subject)
    about = ""
    if lesson.subject and of_subject.get(key):
        about = lesson.subject
    if lesson.subject and lesson.class_name and of_class.get((*key, lesson.class_name)):
        about = f"{lesson.class_name} {lesson.subject}"
    return Source(lesson.month, lesson.kind, about)
