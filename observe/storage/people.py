"""People, their roles and their visits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Missing
from observe.core.permissions import Person, Role, RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role with the names of its school and team."""

    id: UUID
    kind: RoleKind
    school: str = ""
    team: str = ""
    school_id: UUID | None = None


def find(session: NetworkSession, person_id: UUID) -> Person | None:
    """The person with the roles held now; None for a leaver or a stranger."""
    row = session.get(tables.Person, (session.network_id, person_id))
    if row is None or row.left_at is not None:
        return None
    return Person(row.id, row.network_id, row.name, roles_of(session, person_id))


def row_of(session: NetworkSession, person_id: UUID) -> tables.Person:
    """Somebody of this network, leavers too; Missing for a stranger."""
    row = session.get(tables.Person, (session.network_id, person_id))
    if row is None:
        raise Missing("There is no such person in your schools.")
    return row


def by_email(session: NetworkSession, email: str) -> tables.Person | None:
    """Whoever has this address in the network, leavers too."""
    return session.scalar(select(tables.Person).where(tables.Person.email == email))


def zone_of(session: NetworkSession, person: Person) -> str:
    """The time zone of the person's school; the network's when they have schools in several."""
    schools = {role.school_id for role in person.roles if role.school_id}
    query = select(tables.School.zone).where(tables.School.id.in_(schools)).distinct()
    zones = session.scalars(query).all() if schools else ()
    if len(zones) == 1:
        return zones[0]
    return session.get_one(tables.Network, session.network_id).zone


def roles_of(session: NetworkSession, person_id: UUID) -> tuple[Role, ...]:
    """Every role that somebody holds."""
    rows = session.scalars(select(tables.Role).where(tables.Role.person_id == person_id))
    return tuple(Role(RoleKind(row.kind), row.school_id, row.team_id) for row in rows)


def held_by(
    session: NetworkSession, person_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[RoleHeld, ...]]:
    """The roles of several people with the names of places, by person."""
    found: dict[UUID, list[RoleHeld]] = defaultdict(list)
    query = (
        select(tables.Role, tables.School.name, tables.Team.name)
        .outerjoin(tables.School, tables.School.id == tables.Role.school_id)
        .outerjoin(tables.Team, tables.Team.id == tables.Role.team_id)
        .where(tables.Role.person_id.in_(set(person_ids)))
        .order_by(tables.Role.id)
    )
    for role, school, team in session.execute(query):
        places = school or "", team or "", role.school_id
        held = RoleHeld(role.id, RoleKind(role.kind), *places)
        found[role.person_id].append(held)
    return {person_id: tuple(roles) for person_id, roles in found.items()}


def network_name(session: NetworkSession) -> str:
    """The name of the group of schools."""
    return session.get_one(tables.Network, session.network_id).name


def network(session: NetworkSession) -> tables.Network:
    """The group of schools itself."""
    return session.get_one(tables.Network, session.network_id)


def names(session: NetworkSession, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Names by person id, leavers too."""
    query = select(tables.Person.id, tables.Person.name).where(tables.Person.id.in_(set(ids)))
    return {row.id: row.name for row in session.execute(query)}


def seen(session: NetworkSession, visit_id: UUID, *, at: datetime) -> None:
    """Note that a visit goes on."""
    visit = session.get_one(tables.Visit, (session.network_id, visit_id))
    visit.seen_at = at
