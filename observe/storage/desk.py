"""What lies on an observer's desk: open records, pairs to compare, summaries to finish."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select

from observe.core.feedback.review import WITH_AUTHOR
from observe.core.observation import RecordState
from observe.core.pairing import PairState
from observe.storage import school_days
from observe.storage.database import NetworkSession
from observe.storage.lessons import OPEN_RECORDS
from observe.storage.seats import TAKES_PART
from observe.storage.tables import feedback, people
from observe.storage.tables import lessons as tables

UNFINISHED = (RecordState.WAITING, RecordState.DRAFT)


@dataclass(frozen=True, slots=True)
class SummaryDue:
    """A summary that its author has still to finish."""

    id: UUID
    lesson_id: UUID
    title: str
    teacher: str
    state: str
    due_on: date
    holidays: frozenset[date]


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One of somebody's own records that a tablet may still need."""

    observation_id: UUID
    lesson_id: UUID
    state: RecordState
    revision: int
    state_hash: str | None


def own_records(session: NetworkSession, person_id: UUID, *, since: datetime) -> list[OwnRecord]:
    """Own records that are open, and those of lessons after a moment, the earliest lesson first."""
    row, lesson = tables.Observation, tables.Lesson
    query = (
        select(row.id, row.lesson_id, row.state, row.revision, row.state_hash)
        .join(lesson, lesson.id == row.lesson_id)
        .where(
            row.observer_id == person_id,
            row.state != RecordState.WITHDRAWN,
            lesson.cancelled_at.is_(None),
            or_(row.state.in_(UNFINISHED), lesson.starts_at > since),
        )
        .order_by(lesson.starts_at, row.id)
    )
    return [OwnRecord(r[0], r[1], RecordState(r[2]), r[3], r[4]) for r in session.execute(query)]


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
            TAKES_PART,
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
            tables.Lesson.school_id,
        )
        .join(tables.Lesson, tables.Lesson.id == feedback.Summary.lesson_id)
        .join(people.Person, people.Person.id == feedback.Summary.teacher_id)
        .outerjoin(people.SchoolClass, people.SchoolClass.id == tables.Lesson.class_id)
        .where(feedback.Summary.author_id == author_id, feedback.Summary.state.in_(WITH_AUTHOR))
        .order_by(feedback.Summary.due_on, feedback.Summary.id)
    )
    found = session.execute(query).all()
    off = _holidays(session, {row[6] for row in found}, [row[5] for row in found])
    return [_summary_due(row, off[row[6]]) for row in found]


def _summary_due(row: Row[*tuple[Any, ...]], holidays: frozenset[date]) -> SummaryDue:
    summary_id, lesson_id, title, teacher, state, due_on, _school_id = row
    return SummaryDue(summary_id, lesson_id, title, teacher, state, due_on, holidays)


def _holidays(
    session: NetworkSession, school_ids: Collection[UUID], due: Sequence[date]
) -> Mapping[UUID, frozenset[date]]:
    """Days without school around the days on which something is due, by school."""
    if not due:
        return {}
    since, until = min(due) - school_days.AROUND, max(due) + school_days.AROUND
    return school_days.by_school(session, school_ids, since, until)
