"""What lies on an observer's desk: open records, pairs to compare, summaries to finish."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from observe.core.observation import RecordState
from observe.core.pairing import PairState
from observe.storage.database import NetworkSession
from observe.storage.lessons import OPEN_RECORDS
from observe.storage.tables import feedback, people
from observe.storage.tables import lessons as tables

TO_FINISH = ("draft", "sent back")


@dataclass(frozen=True, slots=True)
class SummaryDue:
    """A summary that its author has still to finish."""

    id: UUID
    lesson_id: UUID
    title: str
    teacher: str
    state: str
    due_on: date


def open_lessons(session: NetworkSession, person_id: UUID) -> list[UUID]:
    """Lessons for which this person's record is still expected or open."""
    query = (
        select(tables.Lesson.id)
        .join(tables.Observation, tables.Observation.lesson_id == tables.Lesson.id)
        .where(
            tables.Observation.observer_id == person_id,
            tables.Observation.state.in_(OPEN_RECORDS),
            tables.Observation.waived_at.is_(None),
            tables.Lesson.cancelled_at.is_(None),
            tables.Lesson.alias_of.is_(None),
        )
    )
    return list(session.scalars(query))


def pairs_in(session: NetworkSession, person_id: UUID, state: PairState) -> list[UUID]:
    """Lessons of this observer whose pair is in that state."""
    query = (
        select(tables.Pair.lesson_id)
        .join(tables.Observation, tables.Observation.lesson_id == tables.Pair.lesson_id)
        .where(
            tables.Observation.observer_id == person_id,
            tables.Observation.state != RecordState.WITHDRAWN,
            tables.Observation.waived_at.is_(None),
            tables.Pair.state == state,
        )
    )
    return list(session.scalars(query))


def summaries_due(session: NetworkSession, author_id: UUID) -> list[SummaryDue]:
    """Drafts of an author that are not yet with their reader, soonest due first."""
    query = (
        select(
            feedback.Summary.id,
            tables.Lesson.id,
            func.trim(
                func.coalesce(people.SchoolClass.name, "")
                .concat(" ")
                .concat(tables.Lesson.school_subject)
            ),
            people.Person.name,
            feedback.Summary.state,
            feedback.Summary.due_on,
        )
        .join(tables.Lesson, tables.Lesson.id == feedback.Summary.lesson_id)
        .join(people.Person, people.Person.id == feedback.Summary.teacher_id)
        .outerjoin(people.SchoolClass, people.SchoolClass.id == tables.Lesson.class_id)
        .where(feedback.Summary.author_id == author_id, feedback.Summary.state.in_(TO_FINISH))
        .order_by(feedback.Summary.due_on, feedback.Summary.id)
    )
    return [SummaryDue(*row) for row in session.execute(query)]
