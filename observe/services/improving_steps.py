"""Rounds of plan, do, study, act in an improvement cycle."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.ids import new_id
from observe.core.improving import LONGEST, Decision, Words
from observe.core.permissions import Person
from observe.services.improving import STALE, must_go_on
from observe.storage import history, improving
from observe.storage.database import NetworkSession
from observe.storage.tables.improving import CycleStep

MOST_STEPS = 40


def add(
    session: NetworkSession,
    cycle_id: UUID,
    words: Words,
    tried_on: date | None,
    *,
    by: Person,
    at: datetime,
) -> UUID:
    """Plan one more round."""
    must_go_on(session, cycle_id)
    _check(words)
    before = improving.steps(session, cycle_id)
    if len(before) >= MOST_STEPS:
        raise Conflict("There are very many rounds already. Begin another cycle.")
    step_id = new_id(at)
    told: dict[str, Any] = {"number": len(before) + 1, "tried_on": tried_on, **_columns(words)}
    made: dict[str, Any] = {"decision": Decision.OPEN, "revision": 1, "changed_at": at}
    session.add(CycleStep(id=step_id, cycle_id=cycle_id, **told, **made))
    session.flush()
    _wrote(session, "improvement step planned", step_id, by=by, at=at)
    return step_id


def change(
    session: NetworkSession,
    cycle_id: UUID,
    step_id: UUID,
    words: Words,
    tried_on: date | None,
    decision: str,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """What came of a round; Stale where somebody else changed it since one read it."""
    must_go_on(session, cycle_id)
    _check(words)
    if decision not in [each.value for each in Decision]:
        raise Invalid("Say what becomes of this change.", field="decision")
    kept = improving.step_row(session, cycle_id, step_id)
    told: dict[str, Any] = {**_columns(words), "tried_on": tried_on, "decision": decision}
    if all(getattr(kept, name) == value for name, value in told.items()):
        return
    if kept.revision != revision:
        raise Stale(STALE, field="change")
    for name, value in told.items():
        setattr(kept, name, value)
    kept.revision, kept.changed_at = kept.revision + 1, at
    _wrote(session, "improvement step changed", step_id, by=by, at=at)


def _columns(words: Words) -> dict[str, str]:
    return {name: getattr(words, name) for name in words.__slots__}


def _check(words: Words) -> None:
    if not words.change:
        raise Invalid("Say what you will try.", field="change")
    for name, text in _columns(words).items():
        if len(text) > LONGEST:
            raise Invalid(f"This is longer than {LONGEST} letters. Make it shorter.", field=name)


def _wrote(session: NetworkSession, did: str, step_id: UUID, *, by: Person, at: datetime) -> None:
    history.wrote(session, did, "improvement step", step_id, by=by.id, at=at)
