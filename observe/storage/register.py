"""The facilitator's register: who is here, who left, and how far the network is set up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select

from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables
from observe.storage.tables.base import Base
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.rubrics import RubricVersion


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a network is set up."""

    schools: int
    teams: int
    people: int
    able_to_sign_in: int
    rubrics: int
    lessons: int


def counts(session: NetworkSession) -> Counts:
    """How many there are of each; people are those who are more than facilitators."""
    set_up = (RoleKind.FACILITATOR.value, RoleKind.DEPUTY.value)
    workers = select(func.count(func.distinct(tables.Role.person_id))).where(
        tables.Role.kind.not_in(set_up)
    )
    here = tables.SignIn.people[str(session.network_id)].as_string()
    able = select(func.count()).where(tables.SignIn.password_hash.is_not(None), here.is_not(None))
    return Counts(
        schools=_count(session, tables.School),
        teams=_count(session, tables.Team),
        people=session.scalar(workers) or 0,
        able_to_sign_in=session.scalar(able) or 0,
        rubrics=_count(session, RubricVersion),
        lessons=int(bool(session.scalar(select(exists().where(Lesson.id.is_not(None)))))),
    )


def _count(session: NetworkSession, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the register."""

    id: UUID
    name: str
    email: str
    left: bool


def everybody(session: NetworkSession, *, school_id: UUID | None = None) -> list[Entry]:
    """Everybody, leavers too, in no order; of one school where it is given."""
    person = tables.Person
    query = select(person.id, person.name, person.email, person.left_at)
    if school_id is not None:
        inside = select(tables.Role.person_id).where(tables.Role.school_id == school_id)
        query = query.where(person.id.in_(inside))
    return [
        Entry(id, name, email or "", left is not None)
        for id, name, email, left in session.execute(query)
    ]


def schools(session: NetworkSession) -> Sequence[tables.School]:
    """The schools by name."""
    return session.scalars(select(tables.School).order_by(tables.School.name)).all()


def teams(session: NetworkSession, school_ids: Iterable[UUID]) -> Sequence[tables.Team]:
    """The teams of these schools by name."""
    query = select(tables.Team).where(tables.Team.school_id.in_(set(school_ids)))
    return session.scalars(query.order_by(tables.Team.name)).all()


def classes(session: NetworkSession, school_id: UUID) -> Sequence[tables.SchoolClass]:
    """The classes of a school by name."""
    query = select(tables.SchoolClass).where(tables.SchoolClass.school_id == school_id)
    return session.scalars(query.order_by(tables.SchoolClass.name)).all()
