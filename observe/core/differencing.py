"""Whether groups, added up and taken from one another, would tell of a few people only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from observe.core.groups import People, large_enough

Place = TypeVar("Place")
ROUNDING = 1e-7
Known = npt.NDArray[np.float64]


def tells_of_few(groups: Sequence[Set[Place]], people: Mapping[Place, People]) -> bool:
    """Whether something can be worked out from these groups behind which fewer than five people stand.

    `people` stand behind each place (a school, a term and two capacities); a group is the sum of its
    places. What can be worked out is the groups added up, each times a number; it is looked at where
    everything cancels out that five people or more stand behind.
    """
    parts = _told_apart(groups, people)
    small = {where: who for where, who in parts.items() if not large_enough(who)}
    if not small:
        return False
    rest = _where_others_cancel(parts.keys() - small.keys(), len(groups))
    left = np.array(list(small), dtype=np.float64) @ rest
    return any(
        _rank(left[[not who <= few for who in small.values()]]) < _rank(left)
        for few in (_together(set(small.values())) if _rank(left) else ())
    )


def _told_apart(
    groups: Sequence[Set[Place]], people: Mapping[Place, People]
) -> Mapping[tuple[bool, ...], People]:
    """The people of the places that lie in the same groups, by the groups in which they lie."""
    found: dict[tuple[bool, ...], People] = defaultdict(frozenset)
    for place, who in people.items():
        found[tuple(place in group for group in groups)] |= who
    return found


def _where_others_cancel(others: Set[tuple[bool, ...]], groups: int) -> Known:
    """By what numbers to take the groups so that nothing is left of these parts, a column each."""
    known = np.array(list(others), dtype=np.float64).reshape(len(others), groups)
    sizes, ways = np.linalg.eigh(known.T @ known)
    return np.asarray(ways[:, sizes <= ROUNDING * max(1.0, float(sizes.max(initial=0.0)))])


def _rank(known: Known) -> int:
    return int(np.linalg.matrix_rank(known, tol=ROUNDING)) if known.size else 0


def _together(few: Collection[People]) -> set[People]:
    """These few people, and all who are still fewer than five with others of them."""
    found, last = set(few), set(few)
    while last:
        joined = {one | other for one in last for other in few}
        last = {who for who in joined if not large_enough(who)} - found
        found |= last
    return found
