"""Who plans a lesson of whom: a leader for the team, a head or adviser for the school."""

from uuid import UUID

from observe.core.permissions import WHOLE_SCHOOL, Person, RoleKind
from observe.storage import staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Place

MOST_NAMED = 3


def schools(session: NetworkSession, by: Person) -> list[Place]:
    """The schools at which somebody plans lessons: all for a facilitator, else where they observe."""
    if by.has(RoleKind.FACILITATOR):
        return staff.schools(session)
    return staff.schools(session, by.schools(*WHOLE_SCHOOL, RoleKind.LEADER))


def teams(by: Person, school_id: UUID) -> frozenset[UUID] | None:
    """The teams to which a leader is held; None for whoever plans for the whole school."""
    if by.has(RoleKind.FACILITATOR) or school_id in by.schools(*WHOLE_SCHOOL):
        return None
    return by.teams(RoleKind.LEADER)


def not_there(session: NetworkSession, school_id: UUID) -> str:
    """Why somebody cannot plan at a school, and who could."""
    found = staff.schools(session, [school_id])
    if not found:
        return "You do not plan lessons at that school."
    could = who_could(session, school_id)
    return f"You do not plan lessons at {found[0].name}: its head, advisers and leaders do. {could}"


def not_of_team(session: NetworkSession, school_id: UUID, teacher_id: UUID) -> str:
    """Why a lesson of this teacher is not somebody's to plan, and who could."""
    if not staff.teaches(session, teacher_id, school_id):
        return "Choose a teacher of this school."
    team_id = staff.team_of(session, teacher_id, school_id)
    could = who_could(session, school_id, team_id=team_id, but=teacher_id)
    return f"This teacher is not in a team that you lead. {could}"


def who_could(
    session: NetworkSession,
    school_id: UUID,
    *,
    team_id: UUID | None = None,
    but: UUID | None = None,
) -> str:
    """`Siôn Prydderch (head) or Helen Marsh (team leader) can.`, the facilitator where there is none."""
    found = staff.planners(session, school_id, team_id=team_id)
    names = [f"{each.name} ({each.role})" for each in found if each.id != but]
    return f"{one_of(names[:MOST_NAMED] or ['Your facilitator'])} can."


def heads(session: NetworkSession, school_id: UUID) -> list[str]:
    """The names of a school's heads."""
    return [each.name for each in staff.planners(session, school_id) if each.role == "head"]


def one_of(names: list[str]) -> str:
    """`Ann, Ben or Cai`; at least one name."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
