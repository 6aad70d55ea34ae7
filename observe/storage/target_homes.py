"""Where a teacher's targets are at home: in the school and team of the lesson, or where they went since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Role


@dataclass(frozen=True, slots=True)
class Home:
    """A school, and the team in it; None for a teacher of no team."""

    school_id: UUID
    team_id: UUID | None


def teaches_in(teams: Collection[UUID], schools: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a role is that of a teacher in one of these teams or schools."""
    there = Role.team_id.in_(teams) | Role.school_id.in_(schools)
    return (Role.kind == RoleKind.TEACHER.value) & there


def taught(session: NetworkSession, teachers: Collection[UUID]) -> Mapping[UUID, list[Home]]:
    """Where each of these people teaches now, what they came to last first."""
    query = (
        select(Role.person_id, Role.school_id, Role.team_id)
        .where(Role.person_id.in_(teachers), Role.kind == RoleKind.TEACHER.value)
        .order_by(Role.id.desc())
    )
    found: dict[UUID, list[Home]] = defaultdict(list)
    for person_id, school_id, team_id in session.execute(query):
        if school_id:
            found[person_id].append(Home(school_id, team_id))
    return found


def home(then: Home, now: Collection[Home]) -> Home:
    """Where a target of a lesson is followed: in its school as long as its teacher teaches there.

    A team that was left hands it on to the new one; a school that was left, to the one they came to last.
    """
    there = next((each for each in now if each.school_id == then.school_id), None)
    if there is not None:
        return Home(then.school_id, there.team_id or then.team_id)
    return next(iter(now), then)
