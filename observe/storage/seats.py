"""Who observes a lesson: places added, taken out, and given back to whoever had begun after all."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from observe.core.ids import new_id
from observe.core.observation import Capacity, RecordState
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Observation
from observe.storage.tables.planning import TakenOut

TAKES_PART = and_(Observation.state != RecordState.WITHDRAWN, Observation.waived_at.is_(None))


def add(
    session: NetworkSession, lesson_id: UUID, observer_id: UUID, capacity: Capacity, *, at: datetime
) -> None:
    """An empty record for an observer; under its old id if they had a place here before."""
    before = session.get(TakenOut, (session.network_id, lesson_id, observer_id))
    observation_id = before.observation_id if before else new_id(at)
    if before:
        session.delete(before)
    session.add(
        Observation(
            id=observation_id, lesson_id=lesson_id, observer_id=observer_id, capacity=capacity
        )
    )


def expect_again(session: NetworkSession, observation_id: UUID) -> None:
    """Count on somebody with whom the others had gone on without."""
    session.get_one(Observation, (session.network_id, observation_id)).waived_at = None


def take_out(session: NetworkSession, observation_id: UUID, *, at: datetime) -> None:
    """Take out an observer who has not begun; their place is remembered."""
    row = session.get_one(Observation, (session.network_id, observation_id))
    session.add(
        TakenOut(
            lesson_id=row.lesson_id,
            person_id=row.observer_id,
            observation_id=row.id,
            capacity=row.capacity,
            at=at,
        )
    )
    session.delete(row)


def give_back(
    session: NetworkSession, person_id: UUID, *, named: UUID, lesson_id: UUID
) -> UUID | None:
    """The record of somebody who was taken out of lesson `named`, as one no longer expected.

    None if they never had a place there. `lesson_id` is where that lesson's records are now.
    """
    before = session.get(TakenOut, (session.network_id, named, person_id))
    if before is None:
        return None
    row = Observation(
        id=before.observation_id,
        lesson_id=lesson_id,
        observer_id=person_id,
        capacity=before.capacity,
        state=RecordState.WAITING,
        waived_at=before.at,
    )
    session.add(row)
    session.delete(before)
    session.flush()
    return row.id


def withdrew(session: NetworkSession, lesson_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Who of these people withdrew a record of this lesson."""
    query = select(Observation.observer_id).where(
        Observation.lesson_id == lesson_id,
        Observation.observer_id.in_(person_ids),
        Observation.state == RecordState.WITHDRAWN,
    )
    return set(session.scalars(query))
