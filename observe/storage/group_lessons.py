"""What is known of the lessons behind the figures of a group: their teachers, and why people differed."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select

from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rubric import Criterion, OccasionKind
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Selection, within
from observe.storage.tables.calibration import AgreedRating, PairedLesson
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.records import RecordField

NO_LEVEL = tuple(map(json.dumps, (None, NOT_SEEN, NOT_APPLICABLE)))
AT_ONCE = 500


def teachers(session: NetworkSession, selection: Selection) -> dict[str, str]:
    """The teacher of each lesson that counts, both as text."""
    query = (
        select(cast(Lesson.id, String), cast(Lesson.teacher_id, String))
        .where(Lesson.id.in_(_lessons(selection)))
        .order_by(Lesson.id)
    )
    return dict(session.execute(query).all())


def places(session: NetworkSession, rubric_digest: str) -> dict[str, tuple[UUID, date]]:
    """The school and the day of each lesson of a rubric version, named as `rated_pairs` names them."""
    pair = PairedLesson
    query = select(cast(pair.lesson_id, String), pair.school_id, pair.observed_on).distinct()
    found = session.execute(query.where(pair.rubric_digest == rubric_digest))
    return {lesson: (school_id, day) for lesson, school_id, day in found}


def causes(session: NetworkSession, selection: Selection, criterion: str) -> list[tuple[str, int]]:
    """(cause, how often) of what was talked about after these lessons, on one criterion."""
    query = (
        select(AgreedRating.cause, func.count())
        .where(
            AgreedRating.lesson_id.in_(_lessons(selection)),
            AgreedRating.criterion == criterion,
            AgreedRating.cause.is_not(None),
        )
        .group_by(AgreedRating.cause)
    )
    return [(str(cause), times) for cause, times in session.execute(query)]


class Recorded(NamedTuple):
    """The record of one observer of one lesson, by its id."""

    id: UUID
    lesson: str
    observer: str


def records(session: NetworkSession, lessons: Iterable[str]) -> Iterator[Recorded]:
    """The records of these lessons."""
    table = Observation
    query = select(table.id, cast(table.lesson_id, String), cast(table.observer_id, String))
    for some in _some_at_once(map(UUID, lessons)):
        yield from map(Recorded._make, session.execute(query.where(table.lesson_id.in_(some))))


def given(
    session: NetworkSession, criterion: Criterion, record_ids: Iterable[UUID]
) -> Iterator[tuple[UUID, str, str]]:
    """(record, field, value) of what these records say of a criterion, "not seen" and the like aside.

    What is rated once a lesson has one field, which the key of the table leads to.
    """
    table = RecordField
    name, once = f"rating/{criterion.criterion}/", criterion.occasion is OccasionKind.WHOLE
    of_this = table.field == f"{name}{OccasionKind.WHOLE}" if once else table.field.startswith(name)
    query = select(table.observation_id, table.field, table.value)
    query = query.where(of_this, table.value.not_in(NO_LEVEL))
    for some in _some_at_once(iter(record_ids)):
        found = session.execute(query.where(table.observation_id.in_(some)))
        yield from ((record_id, field, value) for record_id, field, value in found)


def _some_at_once(ids: Iterator[UUID]) -> Iterator[list[UUID]]:
    while some := list(islice(ids, AT_ONCE)):
        yield some


def _lessons(selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedLesson
    return within(select(table.lesson_id).where(table.left_out.is_(None)), selection)
