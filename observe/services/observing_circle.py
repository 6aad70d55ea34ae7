"""Everybody who observes in a network, what they observed together, and who could observe beside whom."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

import numpy as np

from observe.core.network import Met
from observe.core.next_pairs import Integers, Standing, Truths
from observe.core.permissions import WHOLE_SCHOOL, Person, RoleKind
from observe.core.terms import school_year
from observe.services import planning, visit_cap
from observe.storage import free_times, pair_graph
from observe.storage.database import NetworkSession
from observe.storage.pair_graph import Observer, Window
from observe.storage.staff import Place

STILL_EXPECTED = timedelta(days=14)
SOON = timedelta(days=14)
VISIT = (RoleKind.HEAD, RoleKind.ADVISER)


def since(today: date) -> date:
    """The day from which lessons together are looked at: the first of the last school year."""
    this_year, _ = school_year(today)
    last_year, _ = school_year(this_year - timedelta(days=1))
    return last_year


@dataclass(frozen=True, slots=True)
class Known:
    """What was read already: the links since that day of `since`, and the observers by name."""

    met: Sequence[Met]
    observers: Sequence[Observer]


@dataclass(frozen=True)
class Circle:
    """The observers in the order of their names, lessons held and to come, and the schools.

    The schools are those at which the reader plans lessons; `on_leave` are those who are away now and
    for the next two weeks.
    """

    observers: Sequence[Observer]
    met: Sequence[Met]
    planned: Sequence[Met]
    schools: Sequence[Place]
    on_leave: frozenset[UUID]

    @cached_property
    def place(self) -> Mapping[UUID, int]:
        """Where each observer stands in the order."""
        return {each.id: number for number, each in enumerate(self.observers)}


def circle(
    session: NetworkSession, *, by: Person, at: datetime, known: Known | None = None
) -> Circle:
    """Everybody in this network, as far as it takes to say who should observe with whom."""
    planned = pair_graph.planned(session, at - STILL_EXPECTED)
    read = known or _read(session, at)
    met_or_will = {person_id for each in (*read.met, *planned) for person_id in each.both}
    observers = [each for each in read.observers if is_expected(each, met_or_will)]
    here = {each.id for each in observers}
    return Circle(
        observers=observers,
        met=read.met,
        planned=[each for each in planned if here.issuperset(each.both)],
        schools=planning.schools(session, by=by),
        on_leave=_on_leave(session, here, at.date()),
    )


def _read(session: NetworkSession, at: datetime) -> Known:
    met = pair_graph.lessons(session, Window(since(at.date()))).met
    ids = {person_id for each in met for person_id in each.both}
    return Known(met, pair_graph.observers(session, ids))


def is_expected(observer: Observer, met: Collection[UUID]) -> bool:
    """Whether somebody belongs to those who observe: a leader only after a lesson with somebody."""
    return observer.id in met or observer.has(*VISIT)


def full(
    session: NetworkSession, schools: Collection[UUID], *, by: Person, at: datetime
) -> frozenset[UUID]:
    """Those of these schools at which no teacher whom the reader plans for may be visited this year."""
    whole = by.has(RoleKind.FACILITATOR, *WHOLE_SCHOOL)
    teams = None if whole else by.teams(RoleKind.LEADER)
    teachers = pair_graph.teachers(session, schools, teams=teams)
    left = visit_cap.left(session, {each for there in teachers.values() for each in there}, at)
    return frozenset(s for s in schools if all(left.get(t) == 0 for t in teachers.get(s, ())))


def _on_leave(session: NetworkSession, ids: Collection[UUID], today: date) -> frozenset[UUID]:
    away = free_times.away_of(session, ids, today, today)
    return frozenset(
        person_id
        for person_id, stretches in away.items()
        if any(each.last_day >= today + SOON for each in stretches)
    )


def standing(of: Circle, by: Person, closed: Collection[UUID] = ()) -> Standing:
    """How everybody stands to each other, as far as this reader may be told.

    A facilitator is told of everybody. Others are told of themselves beside anybody, of the people of the
    schools that they head or coach beside one another, and no reason tells of an adviser but themselves.
    Nobody observes at a school that is closed.
    """
    may, shared = _may(of, closed)
    pairs, subjects = told(of, by)
    return Standing(
        lessons=_counted(of, of.met),
        planned=_counted(of, of.planned),
        last=np.maximum(_last(of, of.met), _last(of, of.planned)),
        may=may & pairs,
        trips=np.where(shared, 0, 1),
        subjects=subjects,
    )


def _last(of: Circle, met: Sequence[Met]) -> Integers:
    """The day of each one's last lesson with somebody; 0 for none (observers)."""
    last = np.zeros(len(of.observers), dtype=np.int64)
    days = [each.last_day.toordinal() for each in met]
    np.maximum.at(last, _ends(of, met), np.array(days, dtype=np.int64)[:, np.newaxis])
    return last


def _counted(of: Circle, met: Sequence[Met]) -> Integers:
    """Lessons together (observers x observers)."""
    counted = np.zeros((len(of.observers),) * 2, dtype=np.int64)
    ends = _ends(of, met)
    np.add.at(counted, (ends[:, 0], ends[:, 1]), [each.lessons for each in met])
    return counted + counted.T


def _ends(of: Circle, met: Sequence[Met]) -> Integers:
    """The places of the two people of each link (links x 2)."""
    place = of.place
    ends = [(place[each.first], place[each.second]) for each in met]
    return np.array(ends, dtype=np.int64).reshape(len(met), 2)


def _may(of: Circle, closed: Collection[UUID]) -> tuple[Truths, Truths]:
    """Who can observe beside whom at an open school of either, and who need not travel for it.

    Both are observers x observers. A leader observes in the own school only; who left or is on leave
    observes nowhere.
    """
    open_ = [each.id for each in of.schools if each.id not in closed]
    number = {school_id: place for place, school_id in enumerate(open_)}
    member = np.zeros((len(of.observers), len(open_)), dtype=np.float32)
    for place, observer in enumerate(of.observers):
        member[place, [number[each] for each in observer.schools if each in number]] = 1
    shared = member @ member.T > 0
    at_home = member.any(axis=1)
    visits = _those(of, lambda each: each.has(*VISIT))
    there = _those(of, lambda each: not each.left and each.id not in of.on_leave)
    may = shared | np.logical_and.outer(at_home, visits) | np.logical_and.outer(visits, at_home)
    may &= np.logical_and.outer(there, there)
    np.fill_diagonal(may, False)
    return may, shared


def told(of: Circle, by: Person) -> tuple[Truths, Truths]:
    """Of which pairs (observers x observers) and of whom (observers) this reader is told."""
    if by.has(RoleKind.FACILITATOR):
        return np.ones((len(of.observers),) * 2, np.bool_), np.ones(len(of.observers), np.bool_)
    mine = _those(of, lambda each: each.id == by.id)
    schools = by.schools(*WHOLE_SCHOOL)
    near = mine | _those(of, lambda each: bool(each.schools & schools))
    pairs = np.logical_and.outer(near, near) | np.logical_or.outer(mine, mine)
    return pairs, mine | (near & ~_those(of, lambda each: each.has(RoleKind.ADVISER)))


def _those(of: Circle, holds: Callable[[Observer], bool]) -> Truths:
    """Of whom something holds (observers)."""
    return np.array([holds(each) for each in of.observers], dtype=np.bool_)
