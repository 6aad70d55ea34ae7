"""What teachers say to their summaries, what is answered, and what they add later."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update

from observe.core.feedback.summary import Addition, Reply
from observe.core.ids import new_id
from observe.storage import people
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables

Row = tables.Reply


def keep(
    session: NetworkSession,
    summary_id: UUID,
    text: str,
    *,
    by: UUID,
    at: datetime,
    differs: bool = False,
    answerer_id: UUID | None = None,
    answer_by: date | None = None,
) -> None:
    """Keep what a teacher says, with who answers it by when; or what is answered, with neither."""
    session.add(
        Row(
            id=new_id(at),
            summary_id=summary_id,
            by=by,
            at=at,
            differs=differs,
            text=text,
            answerer_id=answerer_id,
            answer_by=answer_by,
        )
    )
    session.flush()


def is_last(session: NetworkSession, summary_id: UUID, text: str, *, by: UUID) -> bool:
    """Whether the last words said are these, by the same person: the same form sent twice."""
    query = select(Row.by, Row.text).where(Row.summary_id == summary_id)
    last = session.execute(query.order_by(Row.at.desc(), Row.id.desc()).limit(1)).first()
    return last is not None and (last.by, last.text) == (by, text)


def close(session: NetworkSession, summary_id: UUID, *, by: UUID, at: datetime) -> None:
    """Whoever answers closes what waits for them, and what nobody sees differently."""
    mine = or_(Row.answerer_id == by, Row.differs.is_(False))
    session.execute(update(Row).where(_open(summary_id), mine).values(answered_at=at))


def of_summary(session: NetworkSession, summary_id: UUID) -> list[Reply]:
    """What was said to a summary and answered, the oldest first."""
    query = select(Row).where(Row.summary_id == summary_id).order_by(Row.at, Row.id)
    found = session.scalars(query).all()
    who = [person for each in found for person in (each.by, each.answerer_id) if person]
    names = people.names(session, who)
    return [
        Reply(
            by=names[each.by],
            at=each.at,
            text=each.text,
            differs=each.differs,
            answerer=names[each.answerer_id] if each.answerer_id else None,
            answer_by=each.answer_by,
            answered_at=each.answered_at,
        )
        for each in found
    ]


def answerers(session: NetworkSession, summary_id: UUID) -> frozenset[UUID]:
    """Who is to answer what was said to a summary and nobody has answered yet."""
    query = select(Row.answerer_id).where(_open(summary_id), Row.answerer_id.is_not(None))
    return frozenset(each for each in session.scalars(query) if each)


def waiting_for(session: NetworkSession, person_id: UUID) -> dict[UUID, date]:
    """The summaries to which somebody owes an answer, with the day by which it is promised."""
    mine = (Row.answerer_id == person_id, Row.answered_at.is_(None))
    query = select(Row.summary_id, Row.answer_by).where(*mine).order_by(Row.answer_by.desc())
    return {summary_id: by for summary_id, by in session.execute(query) if by}


def answered(session: NetworkSession, ids: Collection[UUID]) -> dict[UUID, bool]:
    """To which of these summaries the teacher said something, and whether they see it differently."""
    said = Row.by == tables.Summary.teacher_id
    query = (
        select(Row.summary_id, Row.differs)
        .join(tables.Summary, tables.Summary.id == Row.summary_id)
        .where(Row.summary_id.in_(ids), said)
    )
    found: dict[UUID, bool] = {}
    for summary_id, differs in session.execute(query):
        found[summary_id] = differs or found.get(summary_id, False)
    return found


def add(session: NetworkSession, summary_id: UUID, text: str, *, by: UUID, at: datetime) -> None:
    """Keep what a teacher adds later."""
    row = tables.AddedEvidence(id=new_id(at), summary_id=summary_id, by=by, at=at, text=text)
    session.add(row)
    session.flush()


def added(session: NetworkSession, summary_id: UUID) -> list[Addition]:
    """What a teacher added to a summary, the oldest first."""
    kept = tables.AddedEvidence
    query = select(kept).where(kept.summary_id == summary_id).order_by(kept.at, kept.id)
    return [Addition(each.at, each.text) for each in session.scalars(query)]


def _open(summary_id: UUID) -> ColumnElement[bool]:
    return (Row.summary_id == summary_id) & Row.answered_at.is_(None)
