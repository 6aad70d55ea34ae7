"""What groups tell beside one another, beside a slow look at every few people there are."""

from collections.abc import Sequence
from itertools import chain, combinations
from uuid import UUID

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observe.core.differencing import safe_together

People = frozenset[UUID]
Groups = Sequence[frozenset[int]]


def people(*numbers: int) -> People:
    return frozenset(UUID(int=number) for number in numbers)


def tells_slowly(groups: Groups, who: Sequence[People]) -> bool:
    """Whether for some four people or fewer the groups come to something outside of whom all is nought."""
    known = np.array([[place in group for place in range(len(who))] for group in groups], float)
    every = sorted(frozenset[UUID]().union(*who))
    few = chain.from_iterable(combinations(every, size) for size in range(1, 5))
    return any(
        rank(known[:, [not each <= set(some) for each in who]]) < rank(known) for some in few
    )


def rank(known: np.ndarray) -> int:
    return int(np.linalg.matrix_rank(known)) if known.size else 0


def chosen_slowly(groups: Groups, who: Sequence[People]) -> list[bool]:
    safe: list[frozenset[int]] = []
    found = []
    for group in groups:
        found.append(not tells_slowly([*safe, group], who))
        safe += [group] if found[-1] else []
    return found


PLACES = st.lists(
    st.frozensets(st.integers(0, 8), min_size=1, max_size=6).map(lambda who: people(*who)),
    min_size=1,
    max_size=7,
)
CASES = PLACES.flatmap(
    lambda who: st.tuples(
        st.lists(st.frozensets(st.integers(0, len(who) - 1), min_size=1), max_size=7), st.just(who)
    )
)


@settings(max_examples=150)
@given(CASES)
@example(([frozenset({0, 1}), frozenset({1, 2}), frozenset({0, 2})], [people(1, 2)] * 3))
@example(
    (
        [frozenset({0, 1, 2}), frozenset({1, 2, 3}), frozenset({2, 3}), frozenset({0, 3})],
        [people(1, 2), people(1, 2, 3), people(4, 5, 6, 7, 8), people(2, 3, 4)],
    )
)
def test_each_group_stands_where_a_slow_look_at_every_few_people_lets_it(
    case: tuple[Groups, Sequence[People]],
) -> None:
    groups, who = case
    assert safe_together(groups, dict(enumerate(who))) == chosen_slowly(groups, who)


def test_a_part_told_only_by_many_groups_together_is_told() -> None:
    """Each school less its terms tells of many; all of it together tells of two."""
    who = [people(1, 2), *(people(*range(10 * n, 10 * n + 6)) for n in range(1, 6))]
    whole = frozenset(range(6))
    parts = [frozenset({n}) for n in range(1, 6)]
    assert safe_together([whole, *parts], dict(enumerate(who))) == [True] * 5 + [False]
