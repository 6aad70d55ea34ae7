"""Who should observe together next: what joins groups, then who had one partner mostly, then who waits.

Everybody is in one list at most once. Of what is equally good the earlier in the order of people is
taken, so the same lessons give the same list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

FEWEST_TO_ROTATE = 5
NEVER, NONE = 0, -1
MOST_TRIPS = 2


class Kind(StrEnum):
    """What a proposal is for."""

    JOINS = "joins"
    ROTATES = "rotates"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Standing:
    """How people stand to each other, by their places in one order.

    `lessons` counts lessons together and `planned` those to come (people x people), `last` is the ordinal
    of the day of each one's last shared lesson, 0 for none (people). `may` says who can observe beside
    whom, `trips` how many of the two would have to visit another school (both people x people). All
    that is people x people is the same in both directions. `subjects` are those of whom a reason may
    tell (people).
    """

    lessons: Integers
    planned: Integers
    last: Integers
    may: Truths
    trips: Integers
    subjects: Truths

    @property
    def size(self) -> int:
        """How many people there are."""
        return int(self.last.size)


@dataclass(frozen=True, slots=True)
class Choice:
    """Two places, and why: the reason tells of the first of them.

    `sizes` are those of their groups at that point of the list; 1 is somebody alone.
    """

    first: int
    second: int
    kind: Kind
    sizes: tuple[int, int]


def next_pairs(standing: Standing, *, most: int, overdue_before: int) -> list[Choice]:
    """The best so many pairs; `overdue_before` is the ordinal of a day.

    Joins: the two groups that make most people comparable, between them the pair with fewest trips,
    then with most lessons. Rotates: whoever had more lessons with one partner than with all others,
    beside the person they met least. Overdue: whose last shared lesson is longest ago, before that day.
    """
    work = _Work.of(standing)
    found: list[Choice] = []
    for choices in (work.joins(), work.rotations(), work.overdue(overdue_before)):
        for choice in choices:
            if len(found) == most:
                return found
            found.append(choice)
    return found


@dataclass(slots=True)
class _Work:
    """What is left to choose from: who is free, and the group of each as if the list were done."""

    standing: Standing
    free: Truths
    met: Integers
    group: Integers
    total: Integers

    @classmethod
    def of(cls, standing: Standing) -> "_Work":
        """With nothing chosen yet."""
        met = standing.lessons + standing.planned
        free = np.asarray((standing.may & (standing.planned == 0)).any(axis=1))
        return cls(standing, free, met, groups(met), standing.lessons.sum(axis=1))

    def take(self, first: int, second: int, kind: Kind) -> Choice:
        """Choose two people, who are free no more."""
        both = self.group[first], self.group[second]
        sizes = [int((self.group == each).sum()) for each in both]
        self.free[[first, second]] = False
        self.group[self.group == both[1]] = both[0]
        return Choice(first, second, kind, (sizes[0], sizes[1]))

    def joins(self) -> Iterator[Choice]:
        """Pairs that join two groups, until nobody who is free can join any more."""
        within = self._worth_within() if self._apart() else None
        while within is not None and (best := self._best_join(within)):
            yield self.take(*best, Kind.JOINS)

    def _apart(self) -> bool:
        """Whether those who are free are in two groups or more."""
        of_free = self.group[self.free]
        return bool((of_free != of_free[:1]).any())

    def _worth_within(self) -> Integers:
        """What makes one pair better than others that join the same groups (people x people)."""
        strength = np.add.outer(self.total, self.total)
        fewer_trips = MOST_TRIPS - self.standing.trips
        return np.asarray(fewer_trips * (2 * self.total.max(initial=0) + 1) + strength)

    def _best_join(self, within: Integers) -> tuple[int, int] | None:
        size = np.bincount(self.group, minlength=self.standing.size)[self.group]
        worth = np.multiply.outer(size, size * (within.max() + 1)) + within
        worth[~self.standing.may] = NONE
        worth[self.group[:, np.newaxis] == self.group] = NONE
        worth[~self.free] = NONE
        worth[:, ~self.free] = NONE
        first, second = divmod(int(worth.argmax()), self.standing.size)
        return (first, second) if worth[first, second] > NONE else None

    def rotations(self) -> Iterator[Choice]:
        """For those whose lessons were mostly with one partner, whom they met least."""
        most = self.standing.lessons.max(axis=1, initial=0)
        drifted = (2 * most > self.total) & (self.total >= FEWEST_TO_ROTATE) & ~self._will_rotate()
        for person in _in_order(drifted & self.standing.subjects, self.total - 2 * most):
            newer = self.standing.lessons[person] < most[person]
            yield from self._beside_best(person, newer, Kind.ROTATES)

    def _will_rotate(self) -> Truths:
        """Who has a lesson to come with somebody else than the usual partner (people)."""
        others = self.standing.lessons < self.standing.lessons.max(axis=1, initial=0, keepdims=True)
        return np.asarray(((self.standing.planned > 0) & others).any(axis=1))

    def overdue(self, before: int) -> Iterator[Choice]:
        """For those who wait longest, whom they met least."""
        last = self.standing.last
        waits = (last > NEVER) & (last < before) & self.standing.subjects
        for person in _in_order(waits, last, self.total):
            yield from self._beside_best(person, np.ones_like(self.free), Kind.OVERDUE)

    def _beside_best(self, person: int, among: Truths, kind: Kind) -> Iterator[Choice]:
        """The pair of this person and whom they met least: with fewest trips, who waits longest."""
        can = self.free & among & self.standing.may[person] & (self.standing.planned[person] == 0)
        if self.free[person] and can.any():
            met, trips = self.met[person], self.standing.trips[person]
            best = _in_order(can, met, self.standing.last, trips, self.total)[0]
            yield self.take(person, best, kind)


def _in_order(which: Truths, *by: Integers) -> list[int]:
    """The places of those who are meant, by the first of these, then the next, then their order."""
    places = np.flatnonzero(which)
    keys = [places, *(each[places] for each in reversed(by))]
    return [int(each) for each in places[np.lexsort(keys)]]


def groups(lessons: Integers) -> Integers:
    """A number for each person's group (people): the least place of anybody they are linked with."""
    first, second = np.nonzero(lessons)
    least = np.arange(len(lessons))
    while True:
        before = least.copy()
        np.minimum.at(least, first, before[second])
        least = least[least]
        if (least == before).all():
            return least
