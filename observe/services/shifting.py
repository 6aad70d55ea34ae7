"""Moving one's own script in time, where two tablets' clocks did not run alike."""

from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid
from observe.core.pairing import PairState
from observe.core.permissions import Person
from observe.storage import history, lessons, pairs, records
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Observation

FURTHEST = 90
NOT_NOW = "The talk about this lesson is not open, so the scripts stay as they lie."


def shift(
    session: NetworkSession, lesson_id: UUID, minutes: int, *, by: Person, at: datetime
) -> int:
    """Lay the lines of one's own script so many minutes later (or, below 0, earlier) in the talk.

    Gives the minutes before, so that it can be undone. The record and its times stay as they are.
    """
    if abs(minutes) > FURTHEST:
        raise Invalid(f"A script is moved by at most {FURTHEST} minutes.")
    lessons.find(session, lesson_id)
    if pairs.find(session, lesson_id).state != PairState.REVEALED:
        raise Conflict(NOT_NOW)
    row = _own(session, lesson_id, by)
    before, row.shift_minutes = row.shift_minutes or 0, minutes
    if before != minutes:
        history.wrote(
            session,
            *("script shifted", "lesson", lesson_id),
            by=by.id,
            at=at,
            minutes=minutes,
            before=before,
        )
    return before


def _own(session: NetworkSession, lesson_id: UUID, by: Person) -> Observation:
    observation_id = records.of_observer(session, lesson_id, by.id)
    if observation_id is None:
        raise Conflict("You have no record of this lesson that could be moved.")
    return session.get_one(Observation, (session.network_id, observation_id))
