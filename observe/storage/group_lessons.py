"""What is known of the lessons behind the figures of a group: their teachers, and why people differed."""

from typing import Any

from sqlalchemy import Select, String, cast, func, select

from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Selection, within
from observe.storage.tables.calibration import AgreedRating, PairedLesson
from observe.storage.tables.lessons import Lesson


def teachers(session: NetworkSession, selection: Selection) -> dict[str, str]:
    """The teacher of each lesson that counts, both as text."""
    query = (
        select(cast(Lesson.id, String), cast(Lesson.teacher_id, String))
        .where(Lesson.id.in_(_lessons(selection)))
        .order_by(Lesson.id)
    )
    return dict(session.execute(query).all())


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


def _lessons(selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedLesson
    return within(select(table.lesson_id).where(table.left_out.is_(None)), selection)
