"""What the released summaries of a school speak of, without anybody's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from observe.core.feedback import letter
from observe.core.feedback.review import State
from observe.core.feedback.themes import Told, claims_of
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Summary, SummaryVersion
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.people import School, Team
from observe.storage.tables.rubrics import RubricVersion


@dataclass(frozen=True, slots=True)
class Rated:
    """A rubric version by which lessons of released summaries were observed, and their days in UTC."""

    digest: str
    rubric: str
    version: int
    first: datetime
    last: datetime


def rubrics_used(session: NetworkSession, school_id: UUID) -> list[Rated]:
    """The rubric versions of the released summaries of a school, the newest version first."""
    query = (
        select(
            RubricVersion.digest,
            RubricVersion.rubric,
            RubricVersion.version,
            func.min(Lesson.starts_at),
            func.max(Lesson.starts_at),
        )
        .join(Lesson, Lesson.rubric_digest == RubricVersion.digest)
        .join(Summary, Summary.lesson_id == Lesson.id)
        .where(Lesson.school_id == school_id, Summary.state == State.RELEASED)
        .group_by(RubricVersion.digest, RubricVersion.rubric, RubricVersion.version)
        .order_by(RubricVersion.version.desc(), RubricVersion.digest)
    )
    return [Rated(*row) for row in session.execute(query)]


def told(
    session: NetworkSession, school_id: UUID, digests: list[str], year: tuple[date, date]
) -> Iterator[Told]:
    """What each summary that stands released speaks of, for lessons of a year; `year` is half open."""
    zone = ZoneInfo(session.get_one(School, (session.network_id, school_id)).zone)
    begins, ends = (datetime.combine(day, time(), zone) for day in year)
    query = (
        select(Summary.teacher_id, Lesson.team_id, SummaryVersion.letter)
        .join(Lesson, Lesson.id == Summary.lesson_id)
        .join(SummaryVersion, SummaryVersion.summary_id == Summary.id)
        .where(
            Lesson.school_id == school_id,
            Lesson.rubric_digest.in_(digests),
            Lesson.starts_at >= begins,
            Lesson.starts_at < ends,
            Summary.state == State.RELEASED,
            SummaryVersion.recalled_at.is_(None),
        )
        .order_by(Summary.id)
    )
    for teacher_id, team_id, kept in session.execute(query):
        yield Told(teacher_id, team_id, claims_of(letter.from_json(kept).lines))


def teams(session: NetworkSession, school_id: UUID) -> dict[UUID, str]:
    """The teams of a school by name."""
    query = select(Team.id, Team.name).where(Team.school_id == school_id).order_by(Team.name)
    return {row.id: row.name for row in session.execute(query)}
