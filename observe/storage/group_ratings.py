"""The rows of a whole network, as sums and as arrays: whom they come from is known, not named."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, and_, cast, distinct, func, select

from observe.core.observation import Capacity
from observe.core.pairing import LeftOut
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedLesson, PairedRating
from observe.storage.tables.lessons import Lesson
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
    table, version = PairedLesson, RubricVersion
    imported = Lesson.id == table.lesson_id, Lesson.imported.is_(True)
    own = func.count().filter(Lesson.id.is_(None))
    rated = select(table.rubric_digest, own.label("own")).outerjoin(Lesson, and_(*imported))
    used = rated.group_by(table.rubric_digest).subquery()
    query = (
        select(version.digest, version.title, version.version)
        .join(used, used.c.rubric_digest == version.digest)
        .order_by(used.c.own.desc(), version.digest)
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
    table = PairedLesson
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


class Rated(NamedTuple):
    """What was rated, one entry a paired rating; most lessons of a rubric version share one."""

    criteria: tuple[str, ...]
    occasions: tuple[str, ...]
    weights: tuple[float, ...]


class RatedPair(NamedTuple):
    """What two observers, whom a file does not name, gave in one lesson: positions of levels from 0."""

    lesson: str
    observer_a: str
    observer_b: str
    capacity_a: str
    capacity_b: str
    block: int
    rated: Rated
    first: Sequence[int]
    second: Sequence[int]

    @property
    def by_role(self) -> bool:
        """Whether a head stands beside an adviser."""
        return (self.capacity_a, self.capacity_b) == (Capacity.HEAD, Capacity.ADVISER)


def rated_pairs(session: NetworkSession, selection: Selection) -> Sequence[RatedPair]:
    """What counts of a selection, lesson by lesson."""
    table = PairedLesson
    query = select(
        cast(table.lesson_id, String),
        cast(table.observer_a, String),
        cast(table.observer_b, String),
        table.capacity_a,
        table.capacity_b,
        table.block,
        cast(table.rated, String),
        table.levels,
    ).where(table.left_out.is_(None))
    found = session.execute(_within(query, selection).order_by(table.lesson_id))
    return [_pair(*row) for row in found]


def _pair(*row: Any) -> RatedPair:
    *shared, told, levels = row
    return RatedPair._make((*shared, _rated(told), *levels))


@lru_cache(maxsize=1024)
def _rated(told: str) -> Rated:
    """Read once for all lessons in which the same was rated."""
    return Rated(*map(tuple, json.loads(told)))


def left_out(session: NetworkSession, selection: Selection) -> dict[LeftOut, int]:
    """How many lessons of a selection are in no figure, and why."""
    table = PairedLesson
    query = (
        select(table.left_out, func.count(distinct(table.lesson_id)))
        .where(table.left_out.is_not(None))
        .group_by(table.left_out)
    )
    return {LeftOut(str(why)): n for why, n in session.execute(_within(query, selection))}


def _within(query: Select[*tuple[Any, ...]], selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedLesson
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
