"""The rows of a whole network, as sums and as arrays: whom they come from is known, not named."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    bindparam,
    case,
    cast,
    distinct,
    exists,
    func,
    select,
    true,
)

from observe.core.counting import ALL, BY_ROLE, Capacities, Kind, capacities_key
from observe.core.groups import FEWEST_PEOPLE, People
from observe.core.pairing import LeftOut
from observe.core.terms import Term
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import (
    CellCount,
    LessonCount,
    ObserverCount,
    PairedLesson,
    RaterCount,
)
from observe.storage.tables.people import School
from observe.storage.tables.rubrics import RubricVersion

Row = Sequence[Any]
Sums = tuple[frozenset[tuple[Any, ...]], ...]
ROLES, EVERYBODY = "roles", "all"
PLACE = "school_id", "term", "capacity_a", "capacity_b"
ORDER = PairedLesson.lesson_id, PairedLesson.observer_a, PairedLesson.observer_b


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of a rubric version: of a school, of two capacities, of a term, or of all."""

    rubric_digest: str
    school_id: UUID | None = None
    capacities: Capacities | None = None
    term: Term | None = None

    @property
    def by_role(self) -> bool:
        """Whether a head stands beside an adviser throughout."""
        return self.capacities == BY_ROLE

    @property
    def who(self) -> str:
        """Who stands beside whom, as an address says it: "roles", "all" or "head-leader"."""
        if self.capacities is None:
            return EVERYBODY
        return ROLES if self.by_role else capacities_key(self.capacities)

    @property
    def term_key(self) -> str:
        """The term as the kept counts know it, empty for all terms."""
        return self.term.key if self.term else ALL


def versions(session: NetworkSession) -> list[tuple[str, str]]:
    """(digest, title) of each version with which pairs were rated, that of most own lessons first."""
    table, version = LessonCount, RubricVersion
    own = func.sum(case((table.kind == Kind.OWN, table.times), else_=0))
    used = (
        select(table.rubric_digest, own.label("own"))
        .where(
            table.term == ALL,
            table.capacities == ALL,
            table.kind.in_([Kind.OWN, Kind.IMPORTED]),
        )
        .group_by(table.rubric_digest)
        .subquery()
    )
    query = (
        select(version.digest, version.title, version.version)
        .join(used, used.c.rubric_digest == version.digest)
        .order_by(used.c.own.desc(), version.digest)
    )
    return [(digest, f"{title}, version {n}") for digest, title, n in session.execute(query)]


def sums(session: NetworkSession, rubric_digest: str) -> Sums:
    """What stands for all rows of a version: any reveal and any withdrawal changes it.

    Read from the kept counts, so that it takes no longer where there are more rows.
    """
    every = _of_cells, _of_lessons, _of_observers
    return tuple(
        frozenset(map(tuple, session.execute(query, {"digest": rubric_digest}))) for query in every
    )


def _told_apart(table: type[Any], *columns: Any, by: Any) -> Select[*tuple[Any, ...]]:
    """How often each of these columns is there, and where: a sum that weighs each by a number."""
    weighed = func.sum(cast(table.times, BigInteger) * by)
    query = select(*columns, func.sum(table.times), func.count(), weighed).group_by(*columns)
    return query.where(table.rubric_digest == bindparam("digest"))


_of_cells = _told_apart(
    CellCount, CellCount.criterion, CellCount.level_a, CellCount.level_b, by=CellCount.block
).where(CellCount.term == ALL)
_of_lessons = _told_apart(
    LessonCount, LessonCount.term, LessonCount.kind, LessonCount.of, by=LessonCount.gap_sum
)
_of_observers = _told_apart(
    ObserverCount,
    *(ObserverCount.school_id, ObserverCount.term),
    *(ObserverCount.capacity_a, ObserverCount.capacity_b),
    by=1,
)


_observer = (
    *(getattr(ObserverCount, name) for name in PLACE),
    cast(ObserverCount.person_id, String),
)


@dataclass(frozen=True, slots=True)
class Behind:
    """Who rated in one school and term, in these two capacities."""

    school_id: UUID
    term: str
    capacities: Capacities
    people: People


def people_behind(session: NetworkSession, rubric_digest: str) -> list[Behind]:
    """Who stands behind the rows that count, by school, term and capacities."""
    query = select(*_observer).where(ObserverCount.rubric_digest == rubric_digest)
    return _behind(session.execute(query.order_by(*_observer[:-1])))


def _behind(rows: Iterable[Row]) -> list[Behind]:
    """By school, term and two capacities, from rows of these and a person."""
    found: dict[tuple[UUID, str, str, str], set[str]] = defaultdict(set)
    for school, term, first, second, person in rows:
        found[school, term, first, second].add(person)
    return [Behind(s, t, (a, b), frozenset(who)) for (s, t, a, b), who in found.items()]


def people_silent(session: NetworkSession, rubric_digest: str) -> Mapping[str, frozenset[Behind]]:
    """Who observed in a school, term and capacities and never rated a criterion there, by criterion.

    Nearly everybody rates everything, so these are far fewer than those who did.
    """
    every, rater = ObserverCount, RaterCount
    rated = select(rater.criterion).where(rater.rubric_digest == rubric_digest).distinct().cte()
    same = ("network_id", "rubric_digest", *PLACE, "person_id")
    rates = exists().where(
        *(getattr(rater, name) == getattr(every, name) for name in same),
        rater.criterion == rated.c.criterion,
    )
    query = select(rated.c.criterion, *_observer).join_from(rated, every, true())
    query = query.where(every.rubric_digest == rubric_digest, ~rates)
    found: dict[str, list[Row]] = {c: [] for c in session.scalars(select(rated.c.criterion))}
    for criterion, *row in session.execute(query):
        found[criterion].append(row)
    return {criterion: frozenset(_behind(rows)) for criterion, rows in found.items()}


def rated_by_few(
    session: NetworkSession, rubric_digest: str, capacities: Capacities
) -> frozenset[str]:
    """The criteria that somebody rated in these two capacities, but fewer than five people."""
    table = RaterCount
    people = func.count(distinct(table.person_id))
    query = select(table.criterion).where(
        table.rubric_digest == rubric_digest,
        table.capacity_a == capacities[0],
        table.capacity_b == capacities[1],
    )
    few = query.group_by(table.criterion).having(people < FEWEST_PEOPLE)
    return frozenset(session.scalars(few))


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
        return (self.capacity_a, self.capacity_b) == BY_ROLE


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
    found = session.execute(within(query, selection).order_by(*ORDER))
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
    query = _left_out_of_school(selection) if selection.school_id else _left_out_kept(selection)
    return {LeftOut(str(why)): n for why, n in session.execute(query)}


def _left_out_kept(selection: Selection) -> Select[*tuple[Any, ...]]:
    table, pair = LessonCount, selection.capacities
    return select(table.of, table.times).where(
        table.rubric_digest == selection.rubric_digest,
        table.term == selection.term_key,
        table.capacities == (capacities_key(pair) if pair else ALL),
        table.kind == Kind.LEFT_OUT,
    )


def _left_out_of_school(selection: Selection) -> Select[*tuple[Any, ...]]:
    table = PairedLesson
    query = select(table.left_out, func.count(distinct(table.lesson_id)))
    return within(query.where(table.left_out.is_not(None)).group_by(table.left_out), selection)


def within(query: Select[*tuple[Any, ...]], selection: Selection) -> Select[*tuple[Any, ...]]:
    """A query about paired lessons, of those of a selection."""
    table = PairedLesson
    query = query.where(table.rubric_digest == selection.rubric_digest)
    if selection.school_id is not None:
        query = query.where(table.school_id == selection.school_id)
    if selection.capacities is not None:
        first, second = selection.capacities
        query = query.where(table.capacity_a == first, table.capacity_b == second)
    if selection.term is not None:
        days = selection.term.first_day, selection.term.last_day
        query = query.where(table.observed_on.between(*days))
    return query


def school_names(session: NetworkSession) -> dict[UUID, str]:
    """Every school's name, by name."""
    query = select(School.id, School.name).order_by(School.name)
    return dict(session.execute(query).all())
