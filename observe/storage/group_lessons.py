"""What is known of the lessons behind the figures of a group: their teachers, and why people differed."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, distinct, func, select

from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Selection, within
from observe.storage.tables.calibration import AgreedRating, PairedLesson
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.records import RecordField

NO_LEVEL = tuple(map(json.dumps, (None, NOT_SEEN, NOT_APPLICABLE)))


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


def given_by_one(session: NetworkSession, selection: Selection) -> list[tuple[str, str, str]]:
    """(lesson, field, value) of each rating that one alone of the paired observers of a lesson gave."""
    pair, theirs, field = PairedLesson, Observation, RecordField
    query = (
        select(cast(pair.lesson_id, String), field.field, func.max(field.value))
        .join(theirs, theirs.lesson_id == pair.lesson_id)
        .join(field, field.observation_id == theirs.id)
        .where(
            theirs.observer_id.in_([pair.observer_a, pair.observer_b]),
            pair.left_out.is_(None),
            field.field.startswith("rating/"),
            field.value.not_in(NO_LEVEL),
        )
        .group_by(pair.lesson_id, field.field)
        .having(func.count(distinct(theirs.id)) == 1)
    )
    return [tuple(row) for row in session.execute(within(query, selection))]


def _lessons(selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedLesson
    return within(select(table.lesson_id).where(table.left_out.is_(None)), selection)
