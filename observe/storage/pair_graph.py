"""Who has observed with whom, who is to, and who could: what the map of observers is drawn from."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    distinct,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from observe.core.network import Met, together
from observe.core.pairing import LeftOut, PairState
from observe.core.permissions import OBSERVERS, Role, RoleKind
from observe.storage.database import NetworkSession
from observe.storage.seats import TAKES_PART
from observe.storage.tables import people
from observe.storage.tables.calibration import PairedLesson
from observe.storage.tables.lessons import Lesson, Observation, Pair

STILL_TO_COME = (PairState.PLANNED, PairState.UNDER_WAY)
APART = (LeftOut.NOT_BLIND, LeftOut.UNSEALED_IMPORT)


@dataclass(frozen=True, slots=True)
class Window:
    """Which lessons are meant: from a day on, of a rubric version, at a school; or all."""

    since: date | None = None
    rubric_digest: str = ""
    school_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose lessons somebody may know of: their own, and those of these schools and teams; or all."""

    person_id: UUID
    schools: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Lessons:
    """Who met whom in lessons that count, and how many do not count, and why."""

    met: Sequence[Met]
    apart: Mapping[LeftOut, int]


def lessons(session: NetworkSession, window: Window, reach: Reach | None = None) -> Lessons:
    """Who met whom, those of most lessons first; `reach` leaves out lessons that a reader may not know."""
    table = PairedLesson
    days = func.min(table.observed_on), func.max(table.observed_on)
    both = cast(table.observer_a, String), cast(table.observer_b, String)
    query = select(table.left_out, *both, func.count(), *days)
    query = query.group_by(table.observer_a, table.observer_b, table.left_out)
    links: dict[tuple[str, str], _Link] = {}
    apart: dict[LeftOut, int] = defaultdict(int)
    found = session.execute(query.where(*_within(window), _known(reach)))
    for why, one, other, times, first_day, last_day in found:
        if why is None:
            key = (other, one) if (other, one) in links else (one, other)
            links[key] = _with(links.get(key), (times, first_day, last_day))
        elif why in APART:
            apart[LeftOut(why)] += times
    ordered = sorted(links.items(), key=lambda link: (-link[1][0], link[0]))
    ids = {name: UUID(name) for link in links for name in link}
    met = [Met(ids[one], ids[other], *told) for (one, other), told in ordered]
    return Lessons(met, dict(apart))


_Link = tuple[int, date, date]


def _with(before: _Link | None, more: _Link) -> _Link:
    """Lessons added up, whoever stood first in them."""
    if before is None:
        return more
    return before[0] + more[0], min(before[1], more[1]), max(before[2], more[2])


def _within(window: Window) -> list[ColumnElement[bool]]:
    table = PairedLesson
    found: list[ColumnElement[bool]] = []
    if window.since is not None:
        found.append(table.observed_on >= window.since)
    if window.rubric_digest:
        found.append(table.rubric_digest == window.rubric_digest)
    if window.school_id is not None:
        found.append(table.school_id == window.school_id)
    return found


def _known(reach: Reach | None) -> ColumnElement[bool]:
    """Whether a lesson is one that the reader may know of."""
    if reach is None or reach.everywhere:
        return true()
    table = PairedLesson
    of_teams = select(Lesson.id).where(Lesson.team_id.in_(reach.teams))
    return or_(
        table.observer_a == reach.person_id,
        table.observer_b == reach.person_id,
        table.school_id.in_(reach.schools),
        table.lesson_id.in_(of_teams) if reach.teams else false(),
    )


def shared_lessons(
    session: NetworkSession, person_ids: Collection[UUID], window: Window
) -> Mapping[UUID, int]:
    """How many lessons that count each of these people observed beside others, each lesson once."""
    if not person_ids:
        return {}
    table = PairedLesson
    mine = [
        select(side.label("person"), table.lesson_id.label("lesson")).where(
            side.in_(person_ids), table.left_out.is_(None), *_within(window)
        )
        for side in (table.observer_a, table.observer_b)
    ]
    every = mine[0].union_all(mine[1]).subquery()
    query = select(every.c.person, func.count(distinct(every.c.lesson))).group_by(every.c.person)
    return dict(session.execute(query).all())


def planned(session: NetworkSession, since: datetime) -> list[Met]:
    """Who is to observe together from that moment on, a lesson not yet sealed by all."""
    waiting = session.scalars(select(Pair.lesson_id).where(Pair.state.in_(STILL_TO_COME))).all()
    query = (
        select(Lesson.id, Lesson.starts_at, Observation.observer_id)
        .join(Observation, Observation.lesson_id == Lesson.id)
        .where(
            Lesson.id.in_(waiting),
            Lesson.starts_at >= since,
            Lesson.cancelled_at.is_(None),
            TAKES_PART,
        )
        .order_by(Lesson.starts_at, Lesson.id, Observation.observer_id)
    )
    seats: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    for lesson_id, starts_at, observer_id in session.execute(query):
        seats[lesson_id].append((observer_id, starts_at.date()))
    return together(
        Met(one, other, 1, day, day)
        for watching in seats.values()
        for place, (one, day) in enumerate(watching)
        for other, _day in watching[place + 1 :]
    )


@dataclass(frozen=True, slots=True)
class Observer:
    """Somebody who observes or did: by name, with the roles in which they do so today."""

    id: UUID
    name: str
    left: bool
    roles: tuple[Role, ...]

    @property
    def schools(self) -> frozenset[UUID]:
        """The schools that this person heads, coaches or leads a team of."""
        return frozenset(role.school_id for role in self.roles if role.school_id)

    def has(self, *kinds: RoleKind) -> bool:
        """Whether the person holds one of these roles anywhere."""
        return any(role.kind in kinds for role in self.roles)


def observers(session: NetworkSession, also: Collection[UUID] = ()) -> list[Observer]:
    """Who may observe today, by name, and these others: who left, or observes no more."""
    role, person = people.Role, people.Person
    query = (
        select(person.id, person.name, person.left_at, role.kind, role.school_id, role.team_id)
        .join(role, role.person_id == person.id)
        .where(role.kind.in_(OBSERVERS))
        .order_by(role.id)
    )
    held: dict[UUID, list[Role]] = defaultdict(list)
    named: dict[UUID, tuple[str, bool]] = {}
    for person_id, name, left_at, kind, *where in session.execute(query):
        held[person_id].append(Role(RoleKind(kind), *where))
        named[person_id] = name, left_at is not None
    others = set(also) - named.keys()
    rest = select(person.id, person.name, person.left_at).where(person.id.in_(others))
    for person_id, name, left_at in session.execute(rest) if others else ():
        named[person_id] = name, left_at is not None
    found = [
        Observer(person_id, name, left, tuple(held[person_id]))
        for person_id, (name, left) in named.items()
        if not left or person_id in also
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id.int))


def teachers(
    session: NetworkSession, school_ids: Collection[UUID], *, teams: Collection[UUID] | None
) -> Mapping[UUID, list[UUID]]:
    """Who teaches at each of these schools; only those of `teams` where these are given."""
    role, person = people.Role, people.Person
    query: Select[*tuple[Any, ...]] = (
        select(role.school_id, role.person_id)
        .join(person, person.id == role.person_id)
        .where(
            role.kind == RoleKind.TEACHER,
            role.school_id.in_(school_ids),
            person.left_at.is_(None),
            literal(value=True) if teams is None else role.team_id.in_(teams),
        )
        .order_by(role.school_id, role.person_id)
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for school_id, person_id in session.execute(query):
        found[school_id].append(person_id)
    return found


def versions(session: NetworkSession, window: Window) -> set[str]:
    """The rubric versions with which people rated together in a window."""
    table = PairedLesson
    query = select(table.rubric_digest).where(table.left_out.is_(None), *_within(window))
    return set(session.scalars(query.distinct()))


def first_day(session: NetworkSession) -> date | None:
    """The day of the first lesson that two people rated together; None before any."""
    return session.scalar(
        select(func.min(PairedLesson.observed_on)).where(PairedLesson.left_out.is_(None))
    )
