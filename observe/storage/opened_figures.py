"""Who may have opened their figures, and when: what decides whether others see them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String, cast, distinct, func, select

from observe.core.permissions import RoleKind
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedLesson, PairedRating
from observe.storage.tables.lessons import Pair
from observe.storage.tables.people import FiguresOpened, Role


def opened(session: NetworkSession) -> Mapping[UUID, datetime]:
    """When each person first opened their own figures."""
    query = select(FiguresOpened.person_id, FiguresOpened.at)
    return dict(session.execute(query).all())


def reveals(
    session: NetworkSession, rubric_digest: str, *, among: Set[str]
) -> Mapping[UUID, list[datetime]]:
    """When those of these lessons that count were revealed, one moment a lesson, by observer.

    Lessons are named as `rated_pairs` names them.
    """
    table = PairedLesson
    query = (
        select(cast(table.lesson_id, String), table.observer_a, table.observer_b, Pair.revealed_at)
        .join(Pair, Pair.lesson_id == table.lesson_id)
        .where(table.rubric_digest == rubric_digest, table.left_out.is_(None))
    )
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for lesson_id, first, second, at in session.execute(query):
        if at is not None and lesson_id in among:
            found[first][lesson_id] = found[second][lesson_id] = at
    return {person_id: list(moments.values()) for person_id, moments in found.items()}


def headships(
    session: NetworkSession, person_ids: Collection[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """The schools that each person heads."""
    query = select(Role.person_id, Role.school_id).where(
        Role.kind == RoleKind.HEAD, Role.person_id.in_(person_ids), Role.school_id.is_not(None)
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, school_id in session.execute(query):
        found[person_id] |= {school_id} if school_id else set()
    return {person_id: frozenset(schools) for person_id, schools in found.items()}


def versions_of(session: NetworkSession, person_id: UUID) -> list[tuple[str, int]]:
    """(rubric version, lessons that count) with which somebody rated beside others, most first."""
    table = PairedRating
    found: dict[str, int] = defaultdict(int)
    for mine in (table.observer_a, table.observer_b):
        query = (
            select(table.rubric_digest, func.count(distinct(table.lesson_id)))
            .where(mine == person_id, table.left_out.is_(None))
            .group_by(table.rubric_digest)
        )
        for digest, lessons in session.execute(query):
            found[digest] += lessons
    return sorted(found.items(), key=lambda version: (-version[1], version[0]))


def days(session: NetworkSession, rubric_digest: str) -> Mapping[str, date]:
    """The day of each lesson of a rubric version, lessons named as `rated_pairs` names them."""
    table = PairedLesson
    query = select(cast(table.lesson_id, String), table.observed_on)
    return dict(session.execute(query.where(table.rubric_digest == rubric_digest)).all())
