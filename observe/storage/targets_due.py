"""Targets by the day on which they are due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from observe.core.feedback.targets import ENDED
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import Summary, Target


@dataclass(frozen=True, slots=True)
class Due:
    """An open target, whose it is, and its day."""

    id: UUID
    teacher_id: UUID
    due_on: date


def between(session: NetworkSession, first: date, last: date) -> list[Due]:
    """Targets of released summaries and of suggestions, not ended and due on one of these days."""
    query = (
        select(Target.id, Target.teacher_id, Target.due_on)
        .outerjoin(Summary, Summary.id == Target.summary_id)
        .where(
            Target.due_on >= first,
            Target.due_on <= last,
            Target.state.not_in(ENDED),
            or_(Summary.released_at.is_not(None), Target.summary_id.is_(None)),
        )
        .order_by(Target.due_on, Target.id)
    )
    return [Due(*row) for row in session.execute(query)]
