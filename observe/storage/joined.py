"""Lessons that are really one: found by the code that two tablets share, and folded into one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased

from observe.core.pairing import OPEN
from observe.storage.database import NetworkSession
from observe.storage.lessons import JOINED, SEPARATED
from observe.storage.tables.feedback import Summary, SummaryComment, SummaryText
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Lesson, Observation, Pair
from observe.storage.tables.people import Person
from observe.storage.tables.rubrics import RubricVersion

NEAR = timedelta(hours=3)


def find(session: NetworkSession, lesson_id: UUID) -> Lesson | None:
    """The row of a lesson, or of the one with which it was joined; read anew, for it may have moved."""
    found = session.get(Lesson, (session.network_id, lesson_id), populate_existing=True)
    return find(session, found.alias_of) if found and found.alias_of else found


def of_same_code(session: NetworkSession, lesson: Lesson, *, came_after: datetime) -> list[UUID]:
    """Other lessons of this school and code that began within three hours, by the tablets' own clocks.

    Only those that the server heard of after a moment of its own clock.
    """
    query = select(Lesson.id).where(
        Lesson.school_id == lesson.school_id,
        Lesson.pair_code == lesson.pair_code,
        Lesson.id != lesson.id,
        Lesson.starts_at.between(lesson.starts_at - NEAR, lesson.starts_at + NEAR),
        Lesson.planned_at >= came_after,
        Lesson.cancelled_at.is_(None),
    )
    return list(session.scalars(query.order_by(Lesson.id)))


@dataclass(frozen=True, slots=True)
class OtherRubric:
    """Somebody who has the same letters at that time, and sees by another rubric."""

    name: str
    title: str
    digest: str


def of_other_rubric(
    session: NetworkSession, lesson_ids: Collection[UUID], person_id: UUID
) -> dict[UUID, OtherRubric]:
    """For each of these lessons somebody else's of the same letters that a rubric keeps apart."""
    mine, theirs = aliased(Lesson), aliased(Lesson)
    own = select(Observation.lesson_id).where(Observation.observer_id == person_id)
    same = and_(
        theirs.network_id == mine.network_id,
        theirs.school_id == mine.school_id,
        theirs.pair_code == mine.pair_code,
        theirs.rubric_digest != mine.rubric_digest,
    )
    columns = (mine.id, mine.starts_at, theirs.starts_at, Person.name, RubricVersion.title)
    query = (
        select(*columns, theirs.rubric_digest)
        .join(theirs, same)
        .join(Observation, Observation.lesson_id == theirs.id)
        .join(Person, Person.id == Observation.observer_id)
        .join(RubricVersion, RubricVersion.digest == theirs.rubric_digest)
        .where(mine.id.in_(lesson_ids), theirs.cancelled_at.is_(None), theirs.id.not_in(own))
        .order_by(theirs.id)
    )
    near = (row for row in session.execute(query) if abs(row[1] - row[2]) <= NEAR)
    return {lesson_id: OtherRubric(*told) for lesson_id, _, _, *told in near}


def codes_given(session: NetworkSession, person_id: UUID | None, *, since: datetime) -> int:
    """How many lessons with letters a person has made since a moment of the server's clock."""
    query = select(func.count()).where(
        Lesson.pair_code.is_not(None),
        Lesson.planned_by == person_id,
        Lesson.planned_at >= since,
    )
    return session.scalars(query.select_from(Lesson)).one()


def first_observation(session: NetworkSession, lesson_id: UUID) -> UUID:
    """The oldest observation of a lesson."""
    query = select(Observation.id).where(Observation.lesson_id == lesson_id)
    return min(session.scalars(query))


def observers(session: NetworkSession, lesson_ids: Collection[UUID]) -> list[UUID]:
    """Who observes these lessons, twice whoever observes two of them."""
    query = select(Observation.observer_id).where(Observation.lesson_id.in_(lesson_ids))
    return list(session.scalars(query))


def is_revealed(session: NetworkSession, lesson_ids: Collection[UUID]) -> bool:
    """Whether the records of one of these lessons lie open."""
    query = select(Pair.lesson_id).where(Pair.lesson_id.in_(lesson_ids), Pair.state.in_(OPEN))
    return session.scalar(query) is not None


def is_written_up(session: NetworkSession, lesson_ids: Collection[UUID]) -> bool:
    """Whether somebody has worked on the summary of one of these lessons, or said something of it."""
    said_of = select(SummaryComment.id).where(SummaryComment.summary_id == Summary.id).exists()
    worked_on = or_(Summary.revision > 1, Summary.submitted_at.is_not(None), said_of)
    query = select(Summary.id).where(Summary.lesson_id.in_(lesson_ids), worked_on)
    return session.scalar(query) is not None


def drop_drafts(session: NetworkSession, lesson_ids: Collection[UUID]) -> None:
    """Drafts of single records, in which nobody wrote yet, make way for the one of the pair."""
    drafts = session.scalars(select(Summary).where(Summary.lesson_id.in_(lesson_ids))).all()
    texts = select(SummaryText).where(SummaryText.summary_id.in_([each.id for each in drafts]))
    for rows in (session.scalars(texts).all(), drafts):
        for row in rows:
            session.delete(row)
        session.flush()


@dataclass(frozen=True, slots=True)
class Join:
    """Two lessons that became one: which stays, which became its other name, and whose record moved."""

    stays: UUID
    goes: UUID
    moved: UUID


def last_join(session: NetworkSession, lesson_id: UUID) -> Join | None:
    """How this lesson came about of two; None if it did not, or was made two again, or of more."""
    found = _last_line(session, lesson_id)
    names = session.scalars(select(Lesson.id).where(Lesson.alias_of == lesson_id)).all()
    if found is None or found.did != JOINED or len(names) != 1:
        return None
    moved = found.details.get("moved", ())
    return Join(lesson_id, names[0], UUID(moved[0])) if len(moved) == 1 else None


def was_separated(session: NetworkSession, lesson_id: UUID) -> bool:
    """Whether this lesson was joined with another and is its own again."""
    found = _last_line(session, lesson_id)
    return found is not None and found.did == SEPARATED


def _last_line(session: NetworkSession, lesson_id: UUID) -> HistoryLine | None:
    line = HistoryLine
    query = select(line).where(
        line.thing == "lesson",
        line.thing_id == str(lesson_id),
        line.did.in_((JOINED, SEPARATED)),
    )
    return session.scalars(query.order_by(line.at.desc(), line.id.desc()).limit(1)).first()


def is_by_hand(session: NetworkSession, join: Join) -> bool:
    """Whether nothing but a person joined them: not the same letters, which would do it again."""
    query = select(Lesson.pair_code).where(Lesson.id.in_((join.stays, join.goes)))
    codes = [code for code in session.scalars(query) if code]
    return len(codes) == len(set(codes))


def unfold(session: NetworkSession, join: Join) -> None:
    """The second lesson is its own again, with the record that came from it."""
    in_network = Lesson.network_id == session.network_id
    own = update(Lesson).where(in_network, Lesson.id == join.goes)
    session.execute(own.values(alias_of=None))
    both = update(Lesson).where(in_network, Lesson.id.in_((join.stays, join.goes)))
    session.execute(both.values(revision=Lesson.revision + 1))
    session.execute(
        update(Observation)
        .where(Observation.network_id == session.network_id, Observation.id == join.moved)
        .values(lesson_id=join.goes)
    )
    session.expire_all()


def records_in(session: NetworkSession, lesson_id: UUID) -> list[UUID]:
    """Every record of a lesson, also of whoever withdrew."""
    return list(session.scalars(select(Observation.id).where(Observation.lesson_id == lesson_id)))


def fold(session: NetworkSession, stays: UUID, goes: UUID) -> None:
    """The second lesson becomes another name of the first, and its records move there."""
    network_id = session.network_id
    if pair := session.get(Pair, (network_id, goes)):
        session.delete(pair)
    if session.get(Pair, (network_id, stays)) is None:
        session.add(Pair(lesson_id=stays))
    session.flush()
    session.execute(
        update(Lesson)
        .where(Lesson.network_id == network_id, or_(Lesson.id == goes, Lesson.alias_of == goes))
        .values(alias_of=stays, revision=Lesson.revision + 1)
    )
    session.execute(
        update(Observation)
        .where(Observation.network_id == network_id, Observation.lesson_id == goes)
        .values(lesson_id=stays)
    )
