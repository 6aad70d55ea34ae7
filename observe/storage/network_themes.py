"""What the released summaries of all schools of a network speak of, without anybody's words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from observe.core.feedback import letter
from observe.core.feedback.review import State
from observe.core.feedback.themes import Told, claims_of
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Summary, SummaryVersion
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.rubrics import RubricVersion

Between = tuple[datetime, datetime]


def versions_used_most(session: NetworkSession, between: Between) -> list[str]:
    """The versions, the newest first, of the rubric most summaries of a stretch of time were written by."""
    query = (
        select(RubricVersion.rubric, RubricVersion.version, RubricVersion.digest, func.count())
        .join(Lesson, Lesson.rubric_digest == RubricVersion.digest)
        .join(Summary, Summary.lesson_id == Lesson.id)
        .where(*_within(between))
        .group_by(RubricVersion.rubric, RubricVersion.version, RubricVersion.digest)
        .order_by(RubricVersion.version.desc(), RubricVersion.digest)
    )
    rows = list(session.execute(query))
    times = Counter[str]()
    for rubric, _version, _digest, number in rows:
        times[rubric] += number
    most = max(sorted(times), key=lambda rubric: times[rubric], default="")
    return [digest for rubric, _version, digest, _number in rows if rubric == most]


def told(
    session: NetworkSession, digests: Sequence[str], between: Between
) -> Iterator[tuple[UUID, Told]]:
    """(school, what a summary that stands released speaks of) of every school."""
    query = (
        select(Lesson.school_id, Summary.teacher_id, Lesson.team_id, SummaryVersion.letter)
        .join(Summary, Summary.lesson_id == Lesson.id)
        .join(SummaryVersion, SummaryVersion.summary_id == Summary.id)
        .where(
            *_within(between),
            Lesson.rubric_digest.in_(digests),
            SummaryVersion.recalled_at.is_(None),
        )
        .order_by(Summary.id)
    )
    for school_id, teacher_id, team_id, kept in session.execute(query):
        yield school_id, Told(teacher_id, team_id, claims_of(letter.from_json(kept).lines))


def _within(between: Between) -> tuple[ColumnElement[bool], ...]:
    begins, ends = between
    return (
        Lesson.starts_at >= begins,
        Lesson.starts_at < ends,
        Summary.state == State.RELEASED,
    )
