"""Who is to answer what a teacher said to a summary."""

from uuid import UUID

from sqlalchemy import select

from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Reply


def answerers(session: NetworkSession, summary_id: UUID) -> frozenset[UUID]:
    """Who is to answer the replies to a summary that nobody has answered yet."""
    query = select(Reply.answerer_id).where(
        Reply.summary_id == summary_id, Reply.answered_at.is_(None), Reply.answerer_id.is_not(None)
    )
    return frozenset(each for each in session.scalars(query) if each)
