"""Who should observe together next, each with the reason."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from observe.core import next_pairs
from observe.core.next_pairs import Choice, Kind, Standing, Truths
from observe.core.permissions import Person
from observe.services import free_times, observing_circle
from observe.services.observing_circle import VISIT, Circle, Known
from observe.storage import pair_graph
from observe.storage.database import NetworkSession
from observe.storage.pair_graph import Observer, Window
from observe.storage.staff import Named, Place

OVERDUE_AFTER = timedelta(days=42)
LOOKED_AHEAD = timedelta(days=28)
FEW_SCHOOLS = 8


@dataclass(frozen=True, slots=True)
class Begins:
    """Neither has observed with anybody since that day."""

    since: date


@dataclass(frozen=True, slots=True)
class JoinsOne:
    """Somebody new comes to a group through somebody known: of how many people it is then."""

    new: str
    known: str
    people: int
    since: date


@dataclass(frozen=True, slots=True)
class JoinsGroups:
    """Two groups become one of so many people, with or without everybody in it."""

    people: int
    everybody: bool


@dataclass(frozen=True, slots=True)
class Rotates:
    """So many of somebody's lessons were with one partner, who is None where the reader may not know."""

    of: str
    partner: str | None
    times: int
    shared: int


@dataclass(frozen=True, slots=True)
class Waits:
    """When somebody's last shared lesson was."""

    of: str
    last: date
    this_year: bool


Reason = Begins | JoinsOne | JoinsGroups | Rotates | Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two people who should observe together, at which school they could, and why.

    `day` is the first on which both are free in the next four weeks; None where there is none.
    """

    first: Named
    second: Named
    kind: Kind
    reason: Reason
    school_id: UUID
    school: str
    day: date | None

    @property
    def both(self) -> tuple[UUID, UUID]:
        """The two people's ids."""
        return self.first.id, self.second.id


def proposals(
    session: NetworkSession,
    *,
    by: Person,
    at: datetime,
    most: int = 5,
    known: Known | None = None,
) -> Sequence[Proposal]:
    """The best pairs to come that this reader may plan, nobody in two of them; the best first.

    What a page has read already is handed in as `known`.
    """
    circle = observing_circle.circle(session, by=by, at=at, known=known)
    standing, chosen, schools = _chosen(session, circle, by=by, at=at, most=most)
    named, _ = observing_circle.told(circle, by)
    shared = _shared(session, circle, chosen, at)
    told = _Telling(circle, standing, named, shared, at.date())
    return [
        _proposal(session, told, choice, school, at.date())
        for choice, school in zip(chosen, schools, strict=True)
    ]


def _chosen(
    session: NetworkSession, circle: Circle, *, by: Person, at: datetime, most: int
) -> tuple[Standing, Sequence[Choice], Sequence[Place]]:
    """The best pairs, each at a school where a teacher may still be visited this year.

    Only schools that are chosen are asked for it, and twice as many more each time that one is full.
    """
    before = (at.date() - OVERDUE_AFTER).toordinal()
    closed: frozenset[UUID] = frozenset()
    asked: dict[UUID, None] = {}
    more = FEW_SCHOOLS
    while True:
        standing = observing_circle.standing(circle, by, closed)
        chosen = next_pairs.next_pairs(standing, most=most, overdue_before=before)
        open_ = [each for each in circle.schools if each.id not in closed]
        schools = [_school(open_, *_two(circle, choice)) for choice in chosen]
        new = [each.id for each in schools if each.id not in asked]
        rest = [each.id for each in open_ if each.id not in asked]
        new = list(dict.fromkeys((*new, *(rest[:more] if closed else ()))))
        full = observing_circle.full(session, new, by=by, at=at) if new else frozenset()
        if not full & {each.id for each in schools}:
            return standing, chosen, schools
        closed |= full
        asked |= dict.fromkeys(new)
        more *= 2


def _two(circle: Circle, choice: Choice) -> tuple[Observer, Observer]:
    return circle.observers[choice.first], circle.observers[choice.second]


def _shared(
    session: NetworkSession, circle: Circle, chosen: Sequence[Choice], at: datetime
) -> Mapping[UUID, int]:
    """The lessons beside others of everybody whose lessons are a reason."""
    window = Window(observing_circle.since(at.date()))
    ids = [circle.observers[each.first].id for each in chosen if each.kind is Kind.ROTATES]
    return pair_graph.shared_lessons(session, ids, window)


def _proposal(
    session: NetworkSession, told: "_Telling", choice: Choice, school: Place, today: date
) -> Proposal:
    first, second = _two(told.circle, choice)
    tomorrow = today + timedelta(days=1)
    free = free_times.free_between(session, [first.id, second.id], tomorrow, today + LOOKED_AHEAD)
    return Proposal(
        first=Named(first.id, first.name),
        second=Named(second.id, second.name),
        kind=choice.kind,
        reason=told.reason(choice),
        school_id=school.id,
        school=school.name,
        day=next(iter(free), None),
    )


def _school(schools: Sequence[Place], first: Observer, second: Observer) -> Place:
    """An open school where both may observe: one that both belong to, else of whoever has fewest."""

    def worse(place: Place) -> tuple[bool, int]:
        hosts = [each for each in (first, second) if place.id in each.schools]
        return len(hosts) < 2, min(len(each.schools) for each in hosts)

    return min((each for each in schools if _can_host(each, first, second)), key=worse)


def _can_host(place: Place, first: Observer, second: Observer) -> bool:
    """Whether one belongs to a school and the other does too or may visit."""
    inside = [place.id in each.schools for each in (first, second)]
    visits = [each.has(*VISIT) for each in (first, second)]
    return any(inside) and all(is_in or may for is_in, may in zip(inside, visits, strict=True))


@dataclass(frozen=True)
class _Telling:
    """What reasons are told from; `named` says of which two the reader may know that they met."""

    circle: Circle
    standing: Standing
    named: Truths
    shared: Mapping[UUID, int]
    today: date

    def reason(self, choice: Choice) -> Reason:
        """Why these two."""
        reasons: Mapping[Kind, Callable[[Choice], Reason]] = {
            Kind.JOINS: self._joins,
            Kind.ROTATES: self._rotates,
            Kind.OVERDUE: self._waits,
        }
        return reasons[choice.kind](choice)

    def _joins(self, choice: Choice) -> Reason:
        since, people = observing_circle.since(self.today), sum(choice.sizes)
        first, second = (self._given(place) for place in (choice.first, choice.second))
        if choice.sizes == (1, 1):
            return Begins(since)
        if 1 not in choice.sizes:
            return JoinsGroups(people, everybody=people == len(self.circle.observers))
        new, known = (first, second) if choice.sizes[0] == 1 else (second, first)
        return JoinsOne(new, known, people, since)

    def _rotates(self, choice: Choice) -> Rotates:
        partner = int(self.standing.lessons[choice.first].argmax())
        person = self.circle.observers[choice.first]
        times = int(self.standing.lessons[choice.first, partner])
        who = self._given(partner) if self.named[choice.first, partner] else None
        return Rotates(
            self._given(choice.first), who, times, max(self.shared.get(person.id, times), times)
        )

    def _waits(self, choice: Choice) -> Waits:
        last = date.fromordinal(int(self.standing.last[choice.first]))
        return Waits(self._given(choice.first), last, this_year=last.year == self.today.year)

    def _given(self, place: int) -> str:
        """The name by which one speaks of somebody; the whole name where two have the same."""
        name = self.circle.observers[place].name
        given = name.split()[0]
        return given if self._given_names[given] == 1 else name

    @cached_property
    def _given_names(self) -> Counter[str]:
        return Counter(each.name.split()[0] for each in self.circle.observers)
