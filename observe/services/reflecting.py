"""A private reflection after each pair: on one's own observing, and read by its author alone."""

from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.permissions import Person, Thing
from observe.core.reflections import LONGEST, Answers, Reflection
from observe.services import calibration
from observe.storage import history, records, reflections
from observe.storage.database import NetworkSession

MOST_TO_TRY = 3
LATEST = 20
STALE = "You wrote something else on another page or tablet meanwhile. Look at both, then save."
TOO_LONG = f"This answer is longer than {LONGEST} letters. Make it shorter."


def thing(session: NetworkSession, lesson_id: UUID, *, by: Person) -> Thing:
    """One's reflection as permissions see it: its author keeps it, whatever became of the pair."""
    if reflections.find(session, by.id, lesson_id):
        return Thing(network_id=session.network_id, author_id=by.id)
    return calibration.thing(session, lesson_id)


def own(session: NetworkSession, lesson_id: UUID, *, by: Person) -> Reflection | None:
    """What one wrote on a pair oneself; of nobody else there is a way to ask."""
    return reflections.find(session, by.id, lesson_id)


def write(
    session: NetworkSession,
    lesson_id: UUID,
    answers: Answers,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> int:
    """Keep one's answers; the new revision, 0 where nothing is left of them.

    `revision` is that of what was on the page. Stale if other words were kept meanwhile, Invalid if an
    answer is too long.
    """
    if answers.too_long:
        raise Invalid(TOO_LONG, field=answers.too_long)
    records.lock_person(session, by.id)  # two tablets of one person may save at the same moment
    there = reflections.find(session, by.id, lesson_id)
    if there and there.answers == answers:
        return there.revision
    if there and there.revision != revision:
        raise Stale(STALE)
    if answers.empty:
        delete(session, lesson_id, by=by, at=at)
        return 0
    _keep(session, lesson_id, answers, by=by, at=at)
    return there.revision + 1 if there else 1


def _keep(
    session: NetworkSession, lesson_id: UUID, answers: Answers, *, by: Person, at: datetime
) -> None:
    """Other words for what to try are to be tried anew, though the old ones were ticked off."""
    row = reflections.row(session, by.id, lesson_id)
    if row is None:
        reflections.add(session, by.id, lesson_id, answers, at=at)
    else:
        row.tried_at = row.tried_at if row.next_time == answers.next_time else None
        row.looked_at, row.missed, row.next_time = (
            answers.looked_at,
            answers.missed,
            answers.next_time,
        )
        row.revision, row.changed_at = row.revision + 1, at
    _wrote(session, "reflection written", lesson_id, by=by, at=at)


def delete(session: NetworkSession, lesson_id: UUID, *, by: Person, at: datetime) -> Answers | None:
    """Delete it for good; what stood in it, so that the page can give it back. Twice does no harm."""
    row = reflections.row(session, by.id, lesson_id)
    if row is None:
        return None
    stood = Answers(row.looked_at, row.missed, row.next_time)
    session.delete(row)
    session.flush()
    _wrote(session, "reflection deleted", lesson_id, by=by, at=at)
    return stood


def tick(session: NetworkSession, lesson_id: UUID, *, done: bool, by: Person, at: datetime) -> None:
    """Say that one tried what one wanted to try, or that one has it still to do."""
    row = reflections.row(session, by.id, lesson_id)
    if row is None or not row.next_time:
        raise Conflict("There is nothing that you wanted to try after this lesson.")
    if (row.tried_at is not None) != done:
        row.tried_at = at if done else None
        did = "reflection ticked off" if done else "reflection opened again"
        _wrote(session, did, lesson_id, by=by, at=at)


def to_try(
    session: NetworkSession, person_id: UUID, *, but: UUID | None = None
) -> tuple[Reflection, ...]:
    """What somebody wanted to try next time and has not ticked off, the latest first.

    `but` is a lesson of which one has the reflection before one already.
    """
    found = reflections.to_try(session, person_id, most=MOST_TO_TRY + 1)
    return tuple(each for each in found if each.lesson_id != but)[:MOST_TO_TRY]


def latest(session: NetworkSession, person_id: UUID) -> list[Reflection]:
    """Somebody's own latest reflections."""
    return reflections.of_person(session, person_id, most=LATEST)


def _wrote(session: NetworkSession, did: str, lesson_id: UUID, *, by: Person, at: datetime) -> None:
    """History says that something was written, and never a word of it."""
    history.wrote(session, did, "reflection", lesson_id, by=by.id, at=at)
