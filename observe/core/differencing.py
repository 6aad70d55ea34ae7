"""Whether groups, added up and taken from one another, would tell of a few people only."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from observe.core.groups import FEWEST_PEOPLE, People, large_enough

Place = TypeVar("Place")
NEARLY = 1e-7
Known = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]


def safe_together(groups: Sequence[Set[Place]], people: Mapping[Place, People]) -> list[bool]:
    """Of each group in turn, whether it may stand beside those before it that may.

    `people` stand behind each place (a school, a term and two capacities); a group is the sum of its
    places. What can be worked out is the groups added up, each times a number; a group may not stand
    there where something could be worked out behind which fewer than five people stand.
    """
    inside, who = _told_apart(groups, people)
    told = _Told(who)
    return [told.takes(row) for row in inside]


def _told_apart(
    groups: Sequence[Set[Place]], people: Mapping[Place, People]
) -> tuple[Known, list[People]]:
    """Groups x parts, and who stands behind each part: the places that lie in the same groups."""
    lies_in: dict[Place, list[int]] = {place: [] for place in people}
    for row, group in enumerate(groups):
        for place in group:
            lies_in[place].append(row)
    parts: dict[tuple[int, ...], list[People]] = defaultdict(list)
    for place, rows in lies_in.items():
        parts[tuple(rows)].append(people[place])
    inside = np.zeros((len(groups), len(parts)))
    for part, holds in enumerate(parts):
        inside[list(holds), part] = 1
    return inside, list(map(_all, parts.values()))


def _all(several: Iterable[People]) -> People:
    return People().union(*several)


class _Reduced:
    """Rows that come to the same as those taken in, each with a column in which it alone is not nought."""

    def __init__(self, columns: int) -> None:
        self._held: Known = np.zeros((8, columns))
        self.own: list[int] = []

    @property
    def rows(self) -> Known:
        """The rows, in the order of their own columns."""
        return self._held[: len(self.own)]

    def rest(self, row: Known) -> Known:
        """What the rows leave of another."""
        times = row[self.own]
        used = np.flatnonzero(times)
        left = row - times[used] @ self.rows[used]
        left[np.abs(left) < NEARLY] = 0
        return np.asarray(left)

    def add(self, rest: Known, own: int) -> None:
        """One row more, of which nothing can be left out, with the column that is to be its own."""
        rest = rest / rest[own]
        others = np.flatnonzero(self.rows[:, own])
        self.rows[others] -= np.outer(self.rows[others, own], rest)
        if len(self.own) == len(self._held):
            self._held = np.concatenate([self._held, np.zeros_like(self._held)])
        self._held[len(self.own)] = rest
        self.own.append(own)


class _Told:
    """What can be worked out so far: rows that each have a large part for their own.

    `_beyond` is the rest of it, where nothing is left of any part that five people or more stand behind.
    """

    def __init__(self, who: Sequence[People]) -> None:
        self._large = np.array([large_enough(each) for each in who], dtype=np.bool_)
        self._few = [each for each in who if not large_enough(each)]
        self._sizes = np.array([len(each) for each in self._few])
        self._inside = _inside(self._few)
        self._whole = _Reduced(len(who))
        self._beyond = _Reduced(len(self._few))
        self._beside: dict[int, Chosen] = {}

    def takes(self, group: Known) -> bool:
        """Take in a group, unless a few people could be told then; whether it was taken in."""
        rest = self._whole.rest(group)
        own = np.flatnonzero(self._large & (rest != 0))
        if own.size:
            self._whole.add(rest, int(own[np.abs(rest[own]).argmax()]))
            return True
        return self._goes_beyond(self._beyond.rest(rest[~self._large]))

    def _goes_beyond(self, rest: Known) -> bool:
        """Whoever is told now, and was not before, is told with its own part or one of those it changes."""
        if not rest.any():
            return True
        own, touched = self._own_of(rest)
        rows = np.vstack([self._beyond.rows, rest / rest[own]])
        rows[touched] -= np.outer(rows[touched, own], rows[-1])
        owns = np.array([*self._beyond.own, own])
        if any(self._tells_at(rows, owns, n) for n in (len(rows) - 1, *touched)):
            return False
        self._beyond.add(rest, own)
        return True

    def _own_of(self, rest: Known) -> tuple[int, list[int]]:
        """A column for this row that few others know of, of many people; and the rows that know it."""
        used = np.flatnonzero(rest)
        knows = self._beyond.rows[:, used] != 0
        people = [len(self._few[n]) for n in used]
        place = int(np.lexsort((np.negative(people), knows.sum(axis=0)))[0])
        return int(used[place]), np.flatnonzero(knows[:, place]).tolist()

    def _tells_at(self, rows: Known, owns: npt.NDArray[np.intp], at: int) -> bool:
        """Whether a few people could be told with the own part of this row."""
        near = self._near(int(owns[at]))
        beside = [n for n in np.flatnonzero(near[owns]).tolist() if n != at]
        known = rows[[at, *beside]]
        far = np.flatnonzero(~near & (np.abs(known).max(axis=0) > NEARLY))
        return _narrow(_without(known, far), self._few)

    def _near(self, part: int) -> Chosen:
        """The parts behind which, with this one, fewer than five people stand."""
        if part not in self._beside:
            mine = self._few[part]
            shared = np.sum([self._inside[person] for person in mine], axis=0)
            self._beside[part] = self._sizes + len(mine) - shared < FEWEST_PEOPLE
        return self._beside[part]


def _inside(who: Sequence[People]) -> Mapping[Hashable, Chosen]:
    """The parts behind which each person stands."""
    found: dict[Hashable, Chosen] = defaultdict(lambda: np.zeros(len(who), np.bool_))
    for part, people in enumerate(who):
        for person in people:
            found[person][part] = True
    return found


def _without(known: Known, columns: Sequence[int] | npt.NDArray[np.intp]) -> Known:
    """What the rows come to where these columns are nought."""
    for column in columns:
        sizes = np.abs(known[:, column])
        if sizes.max(initial=0.0) > NEARLY:
            row = int(sizes.argmax())
            mine, known = known[row] / known[row, column], np.delete(known, row, axis=0)
            known = known - np.outer(known[:, column], mine)
    return known


def _narrow(known: Known, who: Sequence[People]) -> bool:
    """Whether the rows come to something behind which fewer than five people stand together."""
    known, few = _only_small(known, list(who))
    if not len(known):
        return False
    weight = (np.linalg.qr(known.T)[0] ** 2).sum(axis=1)
    return any(
        np.linalg.matrix_rank(known[:, ~inside], tol=NEARLY) < len(known)
        for inside in _heavy(few, weight)
    )


def _only_small(known: Known, who: list[People]) -> tuple[Known, list[People]]:
    """What is left where columns that are always together have five people or more behind them."""
    while len(known):
        known, who = _joined(known, who)
        wide = [n for n, people in enumerate(who) if large_enough(people)]
        if not wide:
            break
        known = _without(known, wide)
    return known, who


def _joined(known: Known, who: Sequence[People]) -> tuple[Known, list[People]]:
    """One column for those that are alike but for a number, with the people behind any of them."""
    used = np.flatnonzero(np.abs(known).max(axis=0) > NEARLY)
    columns = known[:, used]
    first = (np.abs(columns) > NEARLY).argmax(axis=0)
    alike = np.round(columns / columns[first, np.arange(used.size)], 6) + 0.0
    parts: dict[bytes, list[int]] = defaultdict(list)
    for n, column in enumerate(alike.T):
        parts[column.tobytes()].append(n)
    kept = [places[0] for places in parts.values()]
    return columns[:, kept], [_all(who[used[n]] for n in places) for places in parts.values()]


def _heavy(who: Sequence[People], weight: Known) -> Iterator[Chosen]:
    """The columns within each few people that weigh enough for something to be nought outside them.

    A column weighs as much as a unit of it can be worked out from the rows, at most 1; whatever is
    nought outside some columns needs 1 of them in all.
    """
    weighs: dict[People, float] = defaultdict(float)
    for people, each in zip(who, weight, strict=True):
        weighs[people] += float(each)
    for few in _together(weighs.keys()):
        if sum(weighs.get(part, 0.0) for part in _parts(few)) > 1 - NEARLY:
            yield np.array([people <= few for people in who], dtype=np.bool_)


def _parts(few: People) -> Iterator[People]:
    for size in range(1, len(few) + 1):
        yield from map(frozenset, combinations(few, size))


def _together(few: Set[People]) -> set[People]:
    """These few people, and all who are still fewer than five with others of them."""
    found, last = set(few), set(few)
    while last:
        open_ones = [who for who in last if len(who) < FEWEST_PEOPLE - 1]
        joined = {one | other for one in open_ones for other in few}
        last = {who for who in joined if not large_enough(who)} - found
        found |= last
    return found
