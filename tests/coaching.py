"""Coaching partnerships for tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.ids import new_id
from observe.services import coaching, coaching_log, coaching_sessions
from observe.services.coaching_sessions import Wish
from observe.storage import coaching as kept
from tests.factories import NOW, School

GOAL = "Ask before I tell"
AGENDA = "The last two feedback talks"
LOGGED = "I talk too much in the first minute"


@dataclass(frozen=True)
class Coached:
    """A partnership with a goal, a session and an entry in the log of whoever asked."""

    id: UUID
    goal: UUID
    session: UUID
    entry: UUID


def asked(school: School, *, by: str = "Sion", of: str = "Ruth", at: datetime = NOW) -> UUID:
    """Somebody asks another to coach them."""
    with school.database.write(school.network_id) as session:
        return coaching.ask(session, school[of].id, "other", by=school[by], at=at)


def going_on(school: School, *, by: str = "Sion", of: str = "Ruth", at: datetime = NOW) -> UUID:
    """The other has said yes at the same moment."""
    partnership_id = asked(school, by=by, of=of, at=at)
    with school.database.write(school.network_id) as session:
        coaching.answer(session, partnership_id, yes=True, by=school[of], at=at)
    return partnership_id


def a_session(school: School, partnership_id: UUID, *, by: str = "Sion") -> UUID:
    """One in two days, with an agenda."""
    wish = Wish(starts_at=NOW + timedelta(days=2), minutes=60, place="Room 4", agenda=AGENDA)
    with school.database.write(school.network_id) as session:
        return coaching_sessions.plan(session, partnership_id, wish, by=school[by], at=NOW)


def logged(school: School, partnership_id: UUID, *, by: str = "Sion", text: str = LOGGED) -> UUID:
    """An entry in somebody's log."""
    entry_id = new_id(NOW)
    with school.database.write(school.network_id) as session:
        write = coaching_log.write
        write(session, partnership_id, entry_id, text, revision=0, by=school[by], at=NOW)
    return entry_id


def coached(school: School) -> Coached:
    """Siôn and Ruth in the middle of it."""
    partnership_id = going_on(school)
    with school.database.write(school.network_id) as session:
        coaching.add_goal(session, partnership_id, GOAL, by=school["Sion"], at=NOW)
        session.flush()
        (goal,) = kept.goals(session, partnership_id)
    return Coached(
        id=partnership_id,
        goal=goal.id,
        session=a_session(school, partnership_id),
        entry=logged(school, partnership_id),
    )
