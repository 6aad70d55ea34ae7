"""One observer beside the reference: how far apart, what guessing gives, and how a group spreads."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from observe.core.exercises import Given, Settled, Value
from observe.core.groups import FEWEST_PEOPLE
from observe.core.rubric import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person gave a criterion beside its reference; positions from 0, None without a level."""

    criterion: Criterion
    given: Given
    mine: int | None
    reference: int
    reason: str

    @property
    def gap(self) -> int | None:
        """How many levels apart; None where the person gave none."""
        return None if self.mine is None else abs(self.mine - self.reference)


@dataclass(frozen=True, slots=True)
class Tally:
    """On how many criteria somebody was how near, and what choosing blindly gives on average."""

    rated: int
    same: int
    near: int
    blind_same: float
    blind_near: float
    none: int

    @property
    def says_near(self) -> bool:
        """Whether "at most one apart" says more than "the same"."""
        return self.blind_near < self.rated


def outcomes(
    rubric: Rubric, given: Mapping[str, Given], reference: Mapping[str, Settled]
) -> list[Outcome]:
    """Each criterion that has a reference, in the rubric's order."""
    return [
        outcome(each, given.get(each.criterion, Given()), reference[each.criterion])
        for each in rubric.criteria()
        if each.criterion in reference
    ]


def outcome(criterion: Criterion, given: Given, settled: Settled) -> Outcome:
    """One criterion beside its reference."""
    reference = criterion.scale.position(settled.level)
    if reference is None:
        raise ValueError(f"{criterion.criterion} has no level {settled.level}")
    mine = criterion.scale.position(given.value)
    return Outcome(criterion, given, mine, reference, settled.reason)


def tally(found: Iterable[Outcome]) -> Tally:
    """The counts over criteria; only those to which the person gave a level are rated."""
    every = list(found)
    rated = [each for each in every if each.gap is not None]
    return Tally(
        rated=len(rated),
        same=sum(each.gap == 0 for each in rated),
        near=sum((each.gap or 0) <= 1 for each in rated),
        blind_same=sum(1 / len(each.criterion.scale.levels) for each in rated),
        blind_near=sum(_near_by_guessing(each) for each in rated),
        none=len(every) - len(rated),
    )


def _near_by_guessing(found: Outcome) -> float:
    """How often a level chosen blindly is at most one from the reference."""
    last = len(found.criterion.scale.levels) - 1
    near = min(found.reference + 1, last) - max(found.reference - 1, 0) + 1
    return near / (last + 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a group's levels of one criterion spread; `counts` is None for fewer than five levels.

    `counts` has one entry a level, lowest first; `silent` people gave no level.
    """

    criterion: Criterion
    reference: int
    reason: str
    counts: tuple[int, ...] | None
    rated: int
    silent: int
    mine: int | None = None

    @property
    def same(self) -> int | None:
        """How many gave the level of the reference."""
        return None if self.counts is None else self.counts[self.reference]

    @property
    def near(self) -> int | None:
        """How many were at most one level away."""
        if self.counts is None:
            return None
        low = max(self.reference - 1, 0)
        return sum(self.counts[low : self.reference + 2])


def spread(
    criterion: Criterion, values: Sequence[Value], settled: Settled, *, mine: Value = None
) -> Spread:
    """How levels spread around the reference, without names; fewer than five are told of nobody."""
    places = [place for v in values if (place := criterion.scale.position(v)) is not None]
    counted, enough = Counter(places), len(places) >= FEWEST_PEOPLE
    silent = len(values) - len(places)
    return Spread(
        criterion=criterion,
        reference=outcome(criterion, Given(), settled).reference,
        reason=settled.reason,
        counts=tuple(counted[n] for n in range(len(criterion.scale.levels))) if enough else None,
        rated=len(places) if enough else 0,
        silent=silent if enough else 0,
        mine=criterion.scale.position(mine),
    )
