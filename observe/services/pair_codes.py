"""Six letters that two tablets share: lessons made apart, without network, become one pair."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from observe.core.pairing import OPEN
from observe.services import revealing
from observe.storage import history
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Summary
from observe.storage.tables.lessons import Lesson, Observation, Pair

NEAR = timedelta(hours=3)


def give(session: NetworkSession, lesson_id: UUID, code: str, *, by: UUID, at: datetime) -> None:
    """Note the code of a lesson, and join it with every lesson of that code that was near in time."""
    lesson = session.get_one(Lesson, (session.network_id, lesson_id))
    lesson.pair_code = code
    session.flush()
    for other_id in _near(session, lesson):
        _join(session, lesson_id, other_id, by=by, at=at)


def _near(session: NetworkSession, lesson: Lesson) -> list[UUID]:
    """Lessons of this school and code that began within three hours, by the tablets' own clocks."""
    query = select(Lesson.id).where(
        Lesson.school_id == lesson.school_id,
        Lesson.pair_code == lesson.pair_code,
        Lesson.id != lesson.id,
        Lesson.starts_at.between(lesson.starts_at - NEAR, lesson.starts_at + NEAR),
        Lesson.cancelled_at.is_(None),
    )
    return list(session.scalars(query.order_by(Lesson.id)))


def _join(
    session: NetworkSession, lesson_id: UUID, other_id: UUID, *, by: UUID, at: datetime
) -> None:
    one, other = _standing(session, lesson_id), _standing(session, other_id)
    if one.id == other.id or not _fit(session, one, other):
        return
    stays, goes = sorted((one.id, other.id), key=lambda each: _observations(session, each)[0])
    _drop_drafts(session, stays, goes)
    fold(session, stays, goes)
    for each in (stays, goes):
        history.wrote(session, "lessons joined", "lesson", each, by=by, at=at, stays=str(stays))
    revealing.reveal(session, stays, at=at)


def _standing(session: NetworkSession, lesson_id: UUID) -> Lesson:
    """The lesson itself, or the one with which it was joined."""
    key = session.network_id
    lesson = session.get_one(Lesson, (key, lesson_id), populate_existing=True)
    if lesson.alias_of is None:
        return lesson
    return session.get_one(Lesson, (key, lesson.alias_of), populate_existing=True)


def _fit(session: NetworkSession, one: Lesson, other: Lesson) -> bool:
    """Whether two lessons can be one: same rubric, other observers, nothing revealed or written."""
    both = (one.id, other.id)
    watching = list(
        session.scalars(select(Observation.observer_id).where(Observation.lesson_id.in_(both)))
    )
    revealed = select(Pair.lesson_id).where(Pair.lesson_id.in_(both), Pair.state.in_(OPEN))
    worked_on = select(Summary.id).where(
        Summary.lesson_id.in_(both), or_(Summary.revision > 1, Summary.submitted_at.is_not(None))
    )
    return (
        one.rubric_digest == other.rubric_digest
        and len(watching) == len(set(watching))
        and session.scalar(revealed) is None
        and session.scalar(worked_on) is None
    )


def _observations(session: NetworkSession, lesson_id: UUID) -> list[UUID]:
    query = select(Observation.id).where(Observation.lesson_id == lesson_id)
    return sorted(session.scalars(query))


def _drop_drafts(session: NetworkSession, *lesson_ids: UUID) -> None:
    """Drafts of single records, in which nobody wrote yet, make way for the one of the pair."""
    for draft in session.scalars(select(Summary).where(Summary.lesson_id.in_(lesson_ids))):
        session.delete(draft)


def fold(session: NetworkSession, stays: UUID, goes: UUID) -> None:
    """The second lesson becomes another name of the first, and its records move there."""
    network_id = session.network_id
    same = Lesson.network_id == network_id
    if pair := session.get(Pair, (network_id, goes)):
        session.delete(pair)
    if session.get(Pair, (network_id, stays)) is None:
        session.add(Pair(lesson_id=stays))
    session.flush()
    session.execute(
        update(Lesson)
        .where(same, or_(Lesson.id == goes, Lesson.alias_of == goes))
        .values(alias_of=stays, revision=Lesson.revision + 1)
    )
    session.execute(
        update(Observation)
        .where(Observation.network_id == network_id, Observation.lesson_id == goes)
        .values(lesson_id=stays)
    )
