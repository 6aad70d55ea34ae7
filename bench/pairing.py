"""What the next best pair is worth over a year, and how fast it and the map of observers answer.

    python bench/pairing.py [--years 200] [--seed 1] [--only year|speed]

Year: 15 heads and 4 advisers, 39 weeks in six half terms, 8 lessons a week, about as many as in the
demonstration. Four ways to choose who observes together: the next best pair (as `core.next_pairs` lists
it, each week anew), two people drawn at random for each lesson, the same with nobody twice in a week, and
each head always beside the same adviser. Leniencies are drawn once a year, levels from the model that the
leniency pages fit, with lessons and criteria of their own; at the end of each half term the app's own
fit is set beside the truth. Somebody without a figure is taken as being in the middle. Printed: after
which week the graph is connected, the mean absolute error, and, since single years differ by chance, how
far the links alone are from the best that so many lessons allow.
Speed: 1,000 observers and 50,000 pairs in a database of SQLite, in `bench/crowd.py`: the planner's
proposals, and the map's service and page; cold is right after one more lesson was revealed.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import crowd
import numpy as np

from observe.core.agreement.leniency import leniency
from observe.core.agreement.ratings import Floats, Integers, PairedRatings, RatedCriterion
from observe.core.next_pairs import Standing, groups, next_pairs

HEADS, ADVISERS = 15, 4
PEOPLE = HEADS + ADVISERS
HALF_TERMS = (7, 7, 6, 6, 6, 7)
ENDS = tuple(accumulate(HALF_TERMS))
A_WEEK = 8
CRITERIA, LEVELS = 10, 4
LENIENT, LESSON, OF_CRITERION, HARD = 0.45, 0.8, 0.7, 0.5
MIDDLE = np.array([0.0, 1.5, 1.5, 0.0])  # levels between the ends are given more often
FIRST_WEEK = 740_000
Pair = tuple[int, int]


@dataclass
class Year:
    """One year of lessons: who observed with whom, and what they gave."""

    seed: int
    rng: np.random.Generator
    lenient: Floats
    hard: Floats
    lessons: Integers = field(default_factory=lambda: np.zeros((PEOPLE, PEOPLE), np.int64))
    last: Integers = field(default_factory=lambda: np.zeros(PEOPLE, np.int64))
    pairs: list[Pair] = field(default_factory=list)
    levels: list[Integers] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        return bool((groups(self.lessons) == 0).all())

    def observe(self, pair: Pair, week: int) -> None:
        """One lesson: what there is to see is the same for both, and each cuts it into levels.

        The year's lesson of this number is the same whoever observes it, so that ways to choose differ
        by whom they choose and by little else.
        """
        rng = np.random.default_rng((self.seed, len(self.pairs)))
        seen = rng.normal(0, LESSON) + rng.normal(0, OF_CRITERION, CRITERIA) - self.hard
        self.levels.append(np.array([_given(seen + self.lenient[who], rng) for who in pair]))
        self.pairs.append(pair)
        self.lessons[pair] += 1
        self.lessons[pair[::-1]] += 1
        self.last[list(pair)] = FIRST_WEEK + 7 * week

    def error(self) -> float:
        """Mean absolute difference of fitted from true leniency, both around their means (logits)."""
        found = np.zeros(PEOPLE)
        for each in leniency(self._ratings()):
            found[int(each.observer)] = each.logits or 0.0
        return float(np.abs(found - (self.lenient - self.lenient.mean())).mean())

    def _ratings(self) -> PairedRatings:
        lessons = len(self.pairs)
        first, second = (
            np.concatenate([lesson[side] for lesson in self.levels]) for side in (0, 1)
        )
        who = np.repeat(np.array(self.pairs), CRITERIA, axis=0)
        return PairedRatings(
            criteria=tuple(RatedCriterion(f"c{n}", f"c{n}", (1, 2, 3, 4)) for n in range(CRITERIA)),
            criterion=np.tile(np.arange(CRITERIA), lessons),
            lesson=np.repeat(np.arange(lessons), CRITERIA),
            first=first,
            second=second,
            first_by=who[:, 0],
            second_by=who[:, 1],
            observers=tuple(map(str, range(PEOPLE))),
        )


def _given(felt: Floats, rng: np.random.Generator) -> Integers:
    """A level for each criterion: log P is the level times what is felt, plus how usual it is."""
    weight = np.exp(np.multiply.outer(felt, np.arange(LEVELS)) - felt[:, np.newaxis] * 1.5)
    below = (weight * np.exp(MIDDLE)).cumsum(axis=1)
    drawn = rng.random((CRITERIA, 1)) * below[:, -1:]
    return np.asarray((drawn > below).sum(axis=1), dtype=np.int64)


def a_year(seed: int) -> Year:
    rng = np.random.default_rng(seed)
    return Year(seed, rng, rng.normal(0, LENIENT, PEOPLE), rng.normal(0, HARD, CRITERIA))


def advisers_of(head: int) -> Pair:
    """Two advisers a school, as in the demonstration."""
    return HEADS + head % ADVISERS, HEADS + (head + 1) % ADVISERS


def trips() -> Integers:
    """Nobody travels where an adviser of the school comes; everybody else does (people x people)."""
    far = np.ones((PEOPLE, PEOPLE), np.int64)
    for head in range(HEADS):
        for adviser in advisers_of(head):
            far[head, adviser] = far[adviser, head] = 0
    return far


MAY, TRIPS = ~np.eye(PEOPLE, dtype=np.bool_), trips()
Way = Callable[[Year, int], Sequence[Pair]]


def next_best(year: Year, week: int) -> Sequence[Pair]:
    """The app's list; whoever observed last week may be in it when nobody waits longer."""
    everybody = np.ones(PEOPLE, np.bool_)
    standing = Standing(year.lessons, np.zeros_like(year.lessons), year.last, MAY, TRIPS, everybody)
    found = next_pairs(standing, most=A_WEEK, overdue_before=FIRST_WEEK + 7 * week)
    return [(each.first, each.second) for each in found]


def at_random(year: Year, _week: int) -> Sequence[Pair]:
    both = (year.rng.choice(PEOPLE, 2, replace=False) for _ in range(A_WEEK))
    return [(int(one), int(other)) for one, other in both]


def once_a_week(year: Year, _week: int) -> Sequence[Pair]:
    drawn = year.rng.permutation(PEOPLE)[: 2 * A_WEEK]
    return [(int(one), int(other)) for one, other in drawn.reshape(A_WEEK, 2)]


def fixed(year: Year, _week: int) -> Sequence[Pair]:
    return [(int(head), advisers_of(int(head))[0]) for head in year.rng.permutation(HEADS)[:A_WEEK]]


BEST, RANDOM, ONCE = "next best pair", "at random", "at random, once a week each"
WAYS: dict[str, Way] = {
    BEST: next_best,
    RANDOM: at_random,
    ONCE: once_a_week,
    "fixed pairs": fixed,
}


@dataclass(frozen=True)
class Lived:
    """After which week all were linked; at the end of each half term the error and what links allow."""

    linked: int | None
    errors: list[float]
    allowed: list[float]


def lived(seed: int, choose: Way) -> Lived:
    year, linked = a_year(seed), None
    errors, allowed = list[float](), list[float]()
    for week in range(1, sum(HALF_TERMS) + 1):
        for pair in choose(year, week):
            year.observe(pair, week)
        linked = linked or (week if year.connected else None)
        if week in ENDS:
            errors.append(year.error())
            allowed.append(beyond_the_least(year.lessons) if year.connected else np.nan)
    return Lived(linked, errors, allowed)


def beyond_the_least(lessons: Integers) -> float:
    """How much larger standard errors are than if as many lessons linked everybody alike (a share).

    From the Laplacian of the graph, whose inverse is the variance of leniencies that sum to zero when each
    lesson tells as much as any other.
    """
    laplacian = np.diag(lessons.sum(axis=1)) - lessons
    variances = np.diag(np.linalg.pinv(laplacian.astype(np.float64)))
    least = ((PEOPLE - 1) / PEOPLE) ** 2 * PEOPLE / lessons.sum()
    return float(np.sqrt(variances).mean() / np.sqrt(least) - 1)


def years(times: int, seed: int) -> Iterator[str]:
    lives = {
        name: [lived(seed + number, choose) for number in range(times)]
        for name, choose in WAYS.items()
    }
    yield from _linked(lives, times)
    yield _head("mean absolute error (logits) at the end of week")
    errors = {name: np.array([each.errors for each in found]) for name, found in lives.items()}
    for name, each in errors.items():
        yield f"  {name:<34}" + _row(each)
    for name in (RANDOM, ONCE):
        yield f"  {name + ', more':<34}" + _row(errors[name] - errors[BEST], with_error=True)
    yield _head("standard error beyond the least that so many lessons allow, by the graph alone")
    for name, found in lives.items():
        allowed = np.array([each.allowed for each in found])
        told = "not linked" if np.isnan(allowed).all() else _shares(allowed)
        yield f"  {name:<34}{told}"


def _linked(lives: dict[str, list[Lived]], times: int) -> Iterator[str]:
    yield f"{times} years; connected after week (aim: within the first half term, 6)"
    for name, found in lives.items():
        weeks = [each.linked for each in found if each.linked is not None]
        when = f"median {np.median(weeks):.0f}, latest {max(weeks)}" if weeks else "never"
        yield f"  {name:<34}{when}, {len(weeks)} of {times} in the year"


def _head(what: str) -> str:
    return f"{what:<36}\n{'':<36}" + " ".join(f"{end:>15}" for end in (*ENDS, "all together"))


def _row(errors: Floats, *, with_error: bool = False) -> str:
    """The mean over the years for each half term and for all (years x half terms), and its error."""
    every = np.column_stack([errors, errors.mean(axis=1)])
    error = every.std(axis=0, ddof=1) / np.sqrt(len(every))
    told = zip(every.mean(axis=0), error, strict=True)
    return " ".join(
        f"{mean:+.3f} (se {of:.3f})" if with_error else f"{mean:15.3f}" for mean, of in told
    )


def _shares(allowed: Floats) -> str:
    """The mean of each half term over the years in which all were linked, in per cent."""
    return " ".join(f"{100 * each:13.1f} %" for each in np.nanmean(allowed, axis=0))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("year", "speed"))
    asked = parser.parse_args()
    if asked.only != "speed":
        for line in years(asked.years, asked.seed):
            print(line, flush=True)
    if asked.only != "year":
        for line in crowd.measured():
            print(line, flush=True)


if __name__ == "__main__":
    main()
