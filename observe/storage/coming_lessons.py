"""The lessons that observers have before them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.observation import RecordState
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Lesson, Observation


def ids_after(session: NetworkSession, person_ids: Collection[UUID], after: datetime) -> list[UUID]:
    """The lessons after a moment at which one of these people is to observe and has not begun."""
    query = (
        select(Lesson.id)
        .join(Observation, Observation.lesson_id == Lesson.id)
        .where(
            Observation.observer_id.in_(person_ids),
            Observation.state == RecordState.PLANNED,
            Observation.waived_at.is_(None),
            Lesson.starts_at > after,
            Lesson.cancelled_at.is_(None),
            Lesson.alias_of.is_(None),
        )
        .distinct()
    )
    return list(session.scalars(query))
