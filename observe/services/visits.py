"""A visit: from sign-in to sign-out on one device, held by a token that only the browser knows."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.storage import people
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.people import Visit

IDLE = timedelta(days=14)
NOTICE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A visit that goes on, and whose it is."""

    person: Person
    visit_id: UUID


def begin(session: NetworkSession, person_id: UUID, *, label: str, at: datetime) -> str:
    """Start a visit; the token for the browser, `<network>.<random>`."""
    secret = secrets.token_urlsafe(32)
    session.add(
        Visit(
            network_id=session.network_id,
            id=new_id(at),
            person_id=person_id,
            token_hash=fingerprint(secret),
            label=label[:200],
            started_at=at,
            seen_at=at,
        )
    )
    return f"{session.network_id}.{secret}"


def resume(database: Database, token: str, *, at: datetime) -> Resumed | None:
    """Whose visit a token holds; None when it ended, lay idle for 14 days or is not one."""
    network_id, secret = split(token)
    if network_id is None:
        return None
    with database.read(network_id) as session:
        visit = people.visit_of(session, fingerprint(secret))
        if visit is None or at - visit.seen_at > IDLE:
            return None
        person = people.find(session, visit.person_id)
    if person is None:
        return None
    if at - visit.seen_at > NOTICE:
        with database.write(network_id) as session:
            people.seen(session, visit.id, at=at)
    return Resumed(person, visit.id)


def split(token: str) -> tuple[UUID | None, str]:
    """The network and the secret of a token; (None, "") if it has another form."""
    network, _, secret = token.partition(".")
    try:
        return UUID(network), secret
    except ValueError:
        return None, ""


def fingerprint(secret: str) -> str:
    """What is stored of a secret: its sha256, for the secret itself is long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
