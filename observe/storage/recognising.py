"""Who asks: whoever a browser's visit or a tablet's grant belongs to, found with one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, select

from observe.core.permissions import Person, Role, RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import Base

_network, _person, _role, _school, _visit, _device = (
    Base.metadata.tables[name]
    for name in ("network", "person", "role", "school", "visit", "device")
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is signed in on a browser, and the time zone in which they read a clock."""

    visit_id: UUID
    seen_at: datetime
    person: Person
    zone: str


def visitor(session: NetworkSession, token_hash: str) -> Visitor | None:
    """Whose visit a token opens; None once it has ended or its person has left."""
    found = session.ask(_visitor, token=token_hash).all()
    if not found:
        return None
    return Visitor(found[0].id, found[0].seen_at, _person_in(session, found), _zone_in(found))


def granted(session: NetworkSession, grant_hash: str, *, seen_after: datetime) -> Person | None:
    """For whom a grant may send; None if it was revoked or is too old, or its person has left."""
    found = session.ask(_granted, grant=grant_hash, seen_after=seen_after).all()
    return _person_in(session, found) if found else None


def _person_in(session: NetworkSession, found: Sequence[Any]) -> Person:
    held = [row for row in found if row.kind is not None]
    roles = tuple(Role(RoleKind(row.kind), row.school_id, row.team_id) for row in held)
    return Person(found[0].person_id, session.network_id, found[0].name, roles)


def _zone_in(found: Sequence[Any]) -> str:
    """The time zone of the person's school; the network's when they have schools in several."""
    zones = {row.zone for row in found if row.zone}
    return str(zones.pop() if len(zones) == 1 else found[0].network_zone)


def _with_roles(held: Table) -> Select[*tuple[Any, ...]]:
    """What somebody holds, and who they are: one row for each of their roles."""
    of_role = and_(_role.c.network_id == _person.c.network_id, _role.c.person_id == _person.c.id)
    of_school = and_(_school.c.network_id == _role.c.network_id, _school.c.id == _role.c.school_id)
    return (
        select(
            held.c.id,
            held.c.seen_at,
            held.c.person_id,
            _person.c.name,
            _role.c.kind,
            _role.c.school_id,
            _role.c.team_id,
            _school.c.zone,
            _network.c.zone.label("network_zone"),
        )
        .join(
            _person,
            and_(_person.c.network_id == held.c.network_id, _person.c.id == held.c.person_id),
        )
        .join(_network, _network.c.id == held.c.network_id)
        .outerjoin(_role, of_role)
        .outerjoin(_school, of_school)
        .where(held.c.network_id == bindparam("network"), _person.c.left_at.is_(None))
    )


_visitor = _with_roles(_visit).where(
    _visit.c.token_hash == bindparam("token"), _visit.c.ended_at.is_(None)
)
_granted = _with_roles(_device).where(
    _device.c.grant_hash == bindparam("grant"),
    _device.c.revoked_at.is_(None),
    _device.c.seen_at > bindparam("seen_after"),
)
