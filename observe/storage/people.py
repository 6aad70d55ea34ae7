"""People, their roles and their visits."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.permissions import Person, Role, RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables


def find(session: NetworkSession, person_id: UUID) -> Person | None:
    """The person with the roles held now; None for a leaver or a stranger."""
    row = session.get(tables.Person, (session.network_id, person_id))
    if row is None or row.left_at is not None:
        return None
    return Person(row.id, row.network_id, row.name, roles_of(session, person_id))


def roles_of(session: NetworkSession, person_id: UUID) -> tuple[Role, ...]:
    """Every role that somebody holds."""
    rows = session.scalars(select(tables.Role).where(tables.Role.person_id == person_id))
    return tuple(Role(RoleKind(row.kind), row.school_id, row.team_id) for row in rows)


def names(session: NetworkSession, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Names by person id, leavers too."""
    query = select(tables.Person.id, tables.Person.name).where(tables.Person.id.in_(set(ids)))
    return {row.id: row.name for row in session.execute(query)}


def visit_of(session: NetworkSession, token_hash: str) -> tables.Visit | None:
    """The visit that a token opens, unless it has ended."""
    query = select(tables.Visit).where(
        tables.Visit.token_hash == token_hash, tables.Visit.ended_at.is_(None)
    )
    return session.scalar(query)


def seen(session: NetworkSession, visit_id: UUID, *, at: datetime) -> None:
    """Note that a visit goes on."""
    visit = session.get_one(tables.Visit, (session.network_id, visit_id))
    visit.seen_at = at
