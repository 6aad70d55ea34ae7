"""What to look for at the next lesson: a teacher's open targets, and who agreed a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from observe.core.feedback.targets import ENDED
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback, lessons


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """What a teacher is trying, since when and by when."""

    id: UUID
    text: str
    criterion: str | None
    made_at: datetime
    due_on: date


def open_targets(session: NetworkSession, teacher_id: UUID) -> list[OpenTarget]:
    """A teacher's targets of released summaries that are neither met nor dropped, soonest due first."""
    target = feedback.Target
    query = (
        select(target.id, target.text, target.criterion, target.made_at, target.due_on)
        .join(feedback.Summary, feedback.Summary.id == target.summary_id)
        .where(
            target.teacher_id == teacher_id,
            target.state.not_in(ENDED),
            feedback.Summary.released_at.is_not(None),
        )
        .order_by(target.due_on, target.id)
    )
    return [OpenTarget(*row) for row in session.execute(query)]


def observers_of(session: NetworkSession, lesson_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Who observed each of these lessons."""
    row = lessons.Observation
    query = select(row.lesson_id, row.observer_id).where(row.lesson_id.in_(lesson_ids))
    found: dict[UUID, list[UUID]] = {lesson_id: [] for lesson_id in lesson_ids}
    for lesson_id, observer_id in session.execute(query):
        found[lesson_id].append(observer_id)
    return found


def rubric_in_use(session: NetworkSession, school_id: UUID) -> str | None:
    """The rubric that a school's latest planned lesson uses."""
    query = (
        select(lessons.Lesson.rubric_digest)
        .where(lessons.Lesson.school_id == school_id, lessons.Lesson.imported.is_(False))
        .order_by(lessons.Lesson.starts_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def week_counts(session: NetworkSession, since: datetime, until: datetime) -> dict[str, int]:
    """How many lessons of these days stand where: by state of their pair, or `single`."""
    state = func.coalesce(lessons.Pair.state, "single")
    query = (
        select(state, func.count())
        .select_from(lessons.Lesson)
        .outerjoin(lessons.Pair, lessons.Pair.lesson_id == lessons.Lesson.id)
        .where(
            lessons.Lesson.starts_at >= since,
            lessons.Lesson.starts_at < until,
            lessons.Lesson.cancelled_at.is_(None),
            lessons.Lesson.alias_of.is_(None),
        )
        .group_by(state)
    )
    return {row[0]: row[1] for row in session.execute(query)}
