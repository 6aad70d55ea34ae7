"""The rows of a whole network, as sums and as arrays: whom they come from is known, not named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, distinct, func, select

from observe.core.observation import Capacity
from observe.core.pairing import OPEN, LeftOut
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedRating
from observe.storage.tables.lessons import Lesson, Pair
from observe.storage.tables.people import School
from observe.storage.tables.rubrics import RubricVersion

Sums = tuple[tuple[str, str | None, int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of a rubric version: of all schools or one, of all observers or head beside adviser."""

    rubric_digest: str
    school_id: UUID | None = None
    by_role: bool = False


def versions(session: NetworkSession) -> list[tuple[str, str]]:
    """(digest, title) of each rubric version with which pairs were rated, that of most own pairs first."""
    table, version = PairedRating, RubricVersion
    rated = select(table.rubric_digest).distinct()
    pairs = select(Lesson.rubric_digest, func.count().label("n")).join(
        Pair, Pair.lesson_id == Lesson.id
    )
    own = pairs.where(Pair.state.in_(OPEN), Lesson.imported.is_(False))
    used = own.group_by(Lesson.rubric_digest).subquery()
    query = (
        select(version.digest, version.title, version.version)
        .outerjoin(used, used.c.rubric_digest == version.digest)
        .where(version.digest.in_(rated))
        .order_by(func.coalesce(used.c.n, 0).desc(), version.digest)
    )
    return [(digest, f"{title}, version {n}") for digest, title, n in session.execute(query)]


def sums(session: NetworkSession, rubric_digest: str) -> Sums:
    """(criterion, left out, level, level, weight) of a version, each two levels once.

    Answered from the index alone; any reveal and any withdrawal changes it.
    """
    table = PairedRating
    levels = table.criterion, table.left_out, table.level_a, table.level_b
    query = (
        select(*levels, func.sum(table.weight))
        .where(table.rubric_digest == rubric_digest)
        .group_by(*levels)
        .order_by(table.criterion, table.level_a, table.level_b)
    )
    return tuple((c, why, a, b, float(w)) for c, why, a, b, w in session.execute(query))


@dataclass(frozen=True, slots=True)
class Behind:
    """Who rated in one school, with a head beside an adviser or in any pair."""

    school_id: UUID
    by_role: frozenset[UUID]
    anybody: frozenset[UUID]


def people_behind(session: NetworkSession, rubric_digest: str) -> list[Behind]:
    """Who stands behind the rows that count, by school."""
    table = PairedRating
    query = (
        select(
            table.school_id, table.capacity_a, table.capacity_b, table.observer_a, table.observer_b
        )
        .where(table.rubric_digest == rubric_digest, table.left_out.is_(None))
        .distinct()
    )
    by_role: dict[UUID, set[UUID]] = defaultdict(set)
    anybody: dict[UUID, set[UUID]] = defaultdict(set)
    for school, first, second, *people in session.execute(query):
        anybody[school].update(people)
        if (first, second) == (Capacity.HEAD, Capacity.ADVISER):
            by_role[school].update(people)
    return [Behind(s, frozenset(by_role[s]), frozenset(who)) for s, who in anybody.items()]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Two levels of one lesson, of observers that a file does not name."""

    criterion: str
    occasion: str
    lesson: str
    level_a: int
    level_b: int
    weight: float
    observer_a: str
    observer_b: str
    capacity_a: str
    capacity_b: str
    block: int


def rows(session: NetworkSession, selection: Selection) -> Sequence[GroupRow]:
    """The rows of a selection that count, lesson by lesson."""
    table = PairedRating
    query = select(
        table.criterion,
        table.occasion,
        cast(table.lesson_id, String),
        table.level_a,
        table.level_b,
        table.weight,
        cast(table.observer_a, String),
        cast(table.observer_b, String),
        table.capacity_a,
        table.capacity_b,
        table.block,
    ).where(table.left_out.is_(None))
    found = session.execute(_within(query, selection).order_by(table.lesson_id))
    return [GroupRow(*row) for row in found]


def left_out(session: NetworkSession, selection: Selection) -> dict[LeftOut, int]:
    """How many lessons of a selection are in no figure, and why."""
    table = PairedRating
    query = (
        select(table.left_out, func.count(distinct(table.lesson_id)))
        .where(table.left_out.is_not(None))
        .group_by(table.left_out)
    )
    return {LeftOut(str(why)): n for why, n in session.execute(_within(query, selection))}


def _within(query: Select[*tuple[Any, ...]], selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedRating
    query = query.where(table.rubric_digest == selection.rubric_digest)
    if selection.school_id is not None:
        query = query.where(table.school_id == selection.school_id)
    if selection.by_role:
        query = query.where(table.capacity_a == Capacity.HEAD, table.capacity_b == Capacity.ADVISER)
    return query


def school_names(session: NetworkSession) -> dict[UUID, str]:
    """Every school's name, by name."""
    query = select(School.id, School.name).order_by(School.name)
    return dict(session.execute(query).all())
