"""Who reads summaries before their teachers: who leads a team, heads a school or is a deputy now."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select

from observe.core.feedback import review
from observe.core.lesson import Lesson
from observe.core.permissions import Person as Somebody
from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables import lessons as lesson_tables
from observe.storage.tables.people import Person, Role

Post = tuple[RoleKind, UUID | None]
Ladder = tuple[frozenset[UUID], ...]

DEPUTIES: Post = (RoleKind.DEPUTY, None)


def ladders(session: NetworkSession, about: Iterable[Lesson]) -> Callable[[Lesson, UUID], Ladder]:
    """Finds, for one of these lessons and an author, who reads and who is next; asks once for all."""
    holders = _holders(session, list(about))

    def find(lesson: Lesson, author_id: UUID) -> Ladder:
        places = (RoleKind.LEADER, lesson.team_id), (RoleKind.HEAD, lesson.school_id), DEPUTIES
        asked = [holders[place] for place in places]
        return review.ladder(*asked, teacher=lesson.teacher_id, author=author_id)

    return find


def near(reader: Somebody) -> ColumnElement[bool] | None:
    """Lessons of the teams and schools in which somebody may be asked to read; all for a deputy."""
    lesson = lesson_tables.Lesson
    if reader.has(RoleKind.DEPUTY):
        return lesson.network_id == reader.network_id
    teams, schools = reader.teams(RoleKind.LEADER), reader.schools(RoleKind.HEAD)
    return (
        or_(lesson.team_id.in_(teams), lesson.school_id.in_(schools)) if teams or schools else None
    )


def _holders(session: NetworkSession, about: Sequence[Lesson]) -> defaultdict[Post, set[UUID]]:
    """Who leads the teams and schools of these lessons, or is a deputy, and has not left."""
    led = Role.team_id.in_({each.team_id for each in about})
    headed = Role.school_id.in_({each.school_id for each in about})
    asked = or_(
        and_(Role.kind == RoleKind.LEADER, led),
        and_(Role.kind == RoleKind.HEAD, headed),
        Role.kind == RoleKind.DEPUTY,
    )
    place = case((Role.kind == RoleKind.LEADER, Role.team_id), else_=Role.school_id)
    query = (
        select(Role.kind, place, Role.person_id)
        .join(Person, Person.id == Role.person_id)
        .where(asked, Person.left_at.is_(None))
    )
    found = defaultdict[Post, set[UUID]](set)
    for kind, where, person_id in session.execute(query):
        found[DEPUTIES if kind == RoleKind.DEPUTY else (RoleKind(kind), where)].add(person_id)
    return found
