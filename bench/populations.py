"""Populations of paired lessons whose true agreement is known, for `bench/coverage.py`.

A lesson has a quality, two observers see it with errors, and cut what they see into levels: two
normal variables with correlation rho. The table of all lessons is worked out, not drawn, and what
the engine says of 400,000 lessons of it is the truth.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from statistics import NormalDist
from typing import Protocol

import numpy as np

from observe.core.agreement.ratings import (
    Floats,
    Integers,
    LongRatings,
    PairedRatings,
    RatedCriterion,
    pair_up,
)

MANY_LESSONS = 400_000
REPEATED = 100
OECD = Path(__file__).resolve().parents[2] / "shared/reference/oecd_gti_video_components"

Sets = Iterator[tuple[PairedRatings, int]]


class Population(Protocol):
    """Lessons without end: `sets` draws so many of them and says how often each set came up."""

    @property
    def name(self) -> str: ...

    def whole(self) -> PairedRatings: ...

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets: ...


def shares(margins: str, levels: int) -> tuple[Floats, Floats]:
    """How often the first and the second observer give each level, lowest first."""
    flat = np.full(levels, 1 / levels)
    if margins == "flat":
        return flat, flat
    if margins == "skewed":  # each level half as often as the one below
        halved = 0.5 ** np.arange(levels)
        return halved / halved.sum(), halved / halved.sum()
    if margins == "crowded":  # one level takes 80 %, as in the flag
        crowded = np.full(levels, 0.2 / (levels - 1))
        crowded[levels // 2] = 0.8
        return crowded, crowded
    rising = np.arange(1.0, levels + 1)  # apart: what one gives seldom the other gives often
    return rising / rising.sum(), rising[::-1] / rising.sum()


@lru_cache
def joint(margins: str, levels: int, rho: float) -> Floats:
    """Shares of all lessons, first observer x second: over the lesson's quality, summed finely."""
    quality = np.linspace(-8, 8, 1601)
    weight = np.exp(-(quality**2) / 2)
    first, second = (_given_quality(each, quality, rho) for each in shares(margins, levels))
    table = (first * (weight / weight.sum())[:, np.newaxis]).T @ second
    return np.asarray(table / table.sum())


def _given_quality(share: Floats, quality: Floats, rho: float) -> Floats:
    """P(level | quality): qualities x levels."""
    away = (cuts(share) - math.sqrt(rho) * quality[:, np.newaxis]) / math.sqrt(1 - rho)
    below = np.vectorize(NormalDist().cdf)(away)
    ends = np.zeros((quality.size, 1)), np.ones((quality.size, 1))
    return np.diff(np.hstack([ends[0], below, ends[1]]), axis=1)


def cuts(share: Floats) -> Floats:
    """Where a standard normal is cut so that each level has its share: K - 1."""
    return np.array([NormalDist().inv_cdf(float(below)) for below in share.cumsum()[:-1]])


def levels_of(seen: Floats, share: Floats) -> Integers:
    """What an observer writes down of what was seen."""
    return np.asarray(np.searchsorted(cuts(share), seen), dtype=np.int64)


def criterion(levels: int, key: str = "criterion") -> RatedCriterion:
    return RatedCriterion(key, key, tuple(range(1, levels + 1)))


def of_table(mine: RatedCriterion, table: Integers) -> PairedRatings:
    """One lesson for each count of the table (K x K)."""
    cell = np.repeat(np.arange(table.size), table.ravel())
    first, second = np.divmod(cell, len(mine.levels))
    return PairedRatings((mine,), np.zeros_like(cell), np.arange(cell.size), first, second)


@dataclass(frozen=True)
class OneCriterion:
    """One criterion, two observers, one cell a lesson."""

    levels: int
    margins: str
    rho: float

    @property
    def name(self) -> str:
        return f"K {self.levels}, {self.margins}, rho {self.rho}"

    @property
    def joint(self) -> Floats:
        return joint(self.margins, self.levels, self.rho)

    def whole(self) -> PairedRatings:
        return of_table(criterion(self.levels), np.rint(self.joint * MANY_LESSONS).astype(np.int64))

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets:
        """Each different table once, so that its limits are drawn once."""
        drawn = generator.multinomial(lessons, self.joint.ravel(), size=times)
        for table, seen in Counter(map(tuple, drawn.tolist())).items():
            yield of_table(criterion(self.levels), np.array(table)), seen


@dataclass(frozen=True)
class Occasions(OneCriterion):
    """Many occasions a lesson, which are alike: two observers differ by lesson and by occasion."""

    occasions: int = 25

    @property
    def name(self) -> str:
        return f"K {self.levels}, {self.margins}, rho {self.rho}, {self.occasions} occasions"

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets:
        lesson = np.repeat(np.arange(lessons), self.occasions)
        for _ in range(times):
            first, second = (
                levels_of(seen[lesson, np.arange(lesson.size) % self.occasions], share)
                for seen, share in zip(
                    self._seen(generator, lessons), shares(self.margins, self.levels), strict=True
                )
            )
            yield (
                PairedRatings(
                    (criterion(self.levels),), np.zeros_like(lesson), lesson, first, second
                ),
                1,
            )

    def _seen(self, generator: np.random.Generator, lessons: int) -> list[Floats]:
        """Half of quality and a third of error belong to the lesson: observers of lessons x occasions."""
        quality = self._mixed(generator, lessons, 0.5)
        return [
            math.sqrt(self.rho) * quality
            + math.sqrt(1 - self.rho) * self._mixed(generator, lessons, 1 / 3)
            for _ in range(2)
        ]

    def _mixed(self, generator: np.random.Generator, lessons: int, shared: float) -> Floats:
        whole = generator.normal(size=(lessons, 1))
        own = generator.normal(size=(lessons, self.occasions))
        return np.asarray(math.sqrt(shared) * whole + math.sqrt(1 - shared) * own)


@dataclass(frozen=True)
class ThreeObservers(OneCriterion):
    """Three observers a lesson, of whom each misses one lesson in ten."""

    @property
    def name(self) -> str:
        return f"K {self.levels}, {self.margins}, rho {self.rho}, three observers"

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets:
        for _ in range(times):
            quality = math.sqrt(self.rho) * generator.normal(size=(lessons, 1))
            seen = quality + math.sqrt(1 - self.rho) * generator.normal(size=(lessons, 3))
            given = levels_of(seen, shares(self.margins, self.levels)[0])
            yield self._rated(given, generator.random(given.shape) >= 0.1), 1

    def _rated(
        self, given: Integers, there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    ) -> PairedRatings:
        lesson, observer = np.nonzero(there)
        zeros = np.zeros_like(lesson)
        names = ("first", "second", "third")
        return pair_up(
            LongRatings(
                (criterion(self.levels),), names, lesson, observer, zeros, zeros, given[there]
            )
        )


@dataclass(frozen=True)
class Criteria:
    """Several criteria of 4 levels; lessons good in one are rather good in all (halo)."""

    margins: str
    rhos: tuple[float, ...]
    halo: float = 0.3

    @property
    def name(self) -> str:
        return f"{len(self.rhos)} criteria, {self.margins}, rho {self.rhos[0]} to {self.rhos[-1]}"

    @cached_property
    def criteria(self) -> tuple[RatedCriterion, ...]:
        return tuple(criterion(4, f"c{place}") for place in range(len(self.rhos)))

    def whole(self) -> PairedRatings:
        tables = [np.rint(joint(self.margins, 4, rho) * MANY_LESSONS / 10) for rho in self.rhos]
        each = [of_table(criterion(4), table.astype(np.int64)) for table in tables]
        return PairedRatings(
            self.criteria,
            np.concatenate([np.full(one.first.size, place) for place, one in enumerate(each)]),
            np.concatenate([one.lesson for one in each]),
            np.concatenate([one.first for one in each]),
            np.concatenate([one.second for one in each]),
        )

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets:
        rho, share = np.array(self.rhos), shares(self.margins, 4)[0]
        lesson, place = np.divmod(np.arange(lessons * rho.size), rho.size)
        for _ in range(times):
            quality = self._mixed(generator, lessons)
            first, second = (
                levels_of(
                    np.sqrt(rho) * quality + np.sqrt(1 - rho) * self._mixed(generator, lessons),
                    share,
                ).ravel()
                for _ in range(2)
            )
            yield PairedRatings(self.criteria, place, lesson, first, second), 1

    def _mixed(self, generator: np.random.Generator, lessons: int) -> Floats:
        """What a lesson has in common over criteria and what not: lessons x criteria."""
        whole = generator.normal(size=(lessons, 1))
        own = generator.normal(size=(lessons, len(self.rhos)))
        return np.asarray(math.sqrt(self.halo) * whole + math.sqrt(1 - self.halo) * own)


@dataclass(frozen=True, eq=False)
class RealLessons:
    """Lessons of the OECD's Global Teaching InSights, drawn with putting back."""

    criteria: tuple[RatedCriterion, ...]
    levels: Integers
    name: str = "OECD"

    def whole(self) -> PairedRatings:
        return self._of(np.tile(np.arange(len(self.levels)), REPEATED))

    def sets(self, generator: np.random.Generator, lessons: int, times: int) -> Sets:
        for _ in range(times):
            yield self._of(generator.integers(0, len(self.levels), lessons)), 1

    def _of(self, lessons: Integers) -> PairedRatings:
        """These lessons, each as a lesson of its own; a criterion that one left out is a gap."""
        lesson, place = np.nonzero((self.levels[lessons] >= 0).all(axis=2))
        first, second = self.levels[lessons[lesson], place].T.copy()
        return PairedRatings(self.criteria, place, lesson, first, second)


def real_lessons() -> RealLessons | None:
    """The lessons beside the repository, lessons x criteria x 2 positions; None if they are not."""
    file = OECD / "pairs_developer.csv"
    if not file.is_file():
        return None
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    keys = [
        name.removesuffix("_a") for name in rows[0] if name.endswith("_a") and name[:2].isupper()
    ]
    levels = [[[_position(row[f"{key}_{by}"]) for by in "ab"] for key in keys] for row in rows]
    return RealLessons(tuple(criterion(4, key) for key in keys), np.array(levels))


def _position(word: str) -> int:
    return int(word) - 1 if word.isdigit() else -1
