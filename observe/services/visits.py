"""A visit: from sign-in to sign-out on one device, held by a token that only the browser knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.services import tokens
from observe.storage import history, people, recognising, sign_ins
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.people import Visit

IDLE = timedelta(days=14)
NOTICE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A visit that goes on, whose it is, and the time zone in which they read a clock."""

    person: Person
    visit_id: UUID
    zone: str = "Europe/London"


def begin(session: NetworkSession, person_id: UUID, *, label: str, at: datetime) -> str:
    """Start a visit; the token for the browser."""
    token, fingerprint = tokens.new(session.network_id)
    session.add(
        Visit(
            network_id=session.network_id,
            id=new_id(at),
            person_id=person_id,
            token_hash=fingerprint,
            label=label[:200],
            started_at=at,
            seen_at=at,
        )
    )
    return token


def resume(database: Database, token: str, *, at: datetime) -> Resumed | None:
    """Whose visit a token holds; None when it ended, lay idle for 14 days or is not one."""
    network_id, fingerprint = tokens.read(token)
    if network_id is None:
        return None
    with database.read(network_id) as session:
        found = recognising.visitor(session, fingerprint)
    if found is None or at - found.seen_at > IDLE:
        return None
    if at - found.seen_at > NOTICE:
        with database.write(network_id) as session:
            people.seen(session, found.visit_id, at=at)
    return Resumed(found.person, found.visit_id, found.zone)


def end(session: NetworkSession, visit_id: UUID, *, by: Person, at: datetime) -> None:
    """End one of one's own visits; ending it twice does no harm."""
    visit = session.get(Visit, (session.network_id, visit_id))
    if visit is None or visit.person_id != by.id:
        raise Missing("That visit is not one of yours, or it is long over.")
    if visit.ended_at is None:
        visit.ended_at = at
        history.wrote(session, "ended a visit", "visit", visit.id, by=by.id, at=at)


def end_all(
    session: NetworkSession,
    person_id: UUID,
    *,
    but: UUID | None = None,
    by: Person | None = None,
    at: datetime,
) -> int:
    """End every visit of a person save one, by themselves unless somebody is named; how many."""
    others = [each for each in sign_ins.open_visits(session, person_id) if each.id != but]
    for visit in others:
        visit.ended_at = at
        doer = by.id if by else person_id
        history.wrote(session, "ended a visit", "visit", visit.id, by=doer, at=at)
    return len(others)
