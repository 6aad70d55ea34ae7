"""What is true in the demonstration: how strict each observer is, how hard each criterion, who drifts.

A level is drawn as in a graded response model: what there is to see, less the criterion's difficulty and
the observer's severity on that day, plus noise, cut at fixed thresholds (Samejima 1969).
"""

import random
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observe.core.observation import Capacity

THRESHOLDS = (-1.25, 0.0, 1.3)
SPREAD = {Capacity.HEAD: 0.45, Capacity.ADVISER: 0.25, Capacity.LEADER: 0.4}
NOISE = {Capacity.HEAD: 0.6, Capacity.ADVISER: 0.36, Capacity.LEADER: 0.58}
LEARNS = {Capacity.HEAD: 0.3, Capacity.LEADER: 0.2}
DRIFT, HARDNESS, QUALITY, OF_LESSON, OF_CRITERION = 0.2, 0.5, 0.75, 0.3, 0.7


@dataclass(frozen=True, slots=True)
class Eye:
    """How one observer sees: severity at the start, what is added over a year, and noise (logits)."""

    severity: float
    drift: float
    noise: float
    learns: float

    def severity_at(self, year: float) -> float:
        """Severity after that share of the year, 0 to 1."""
        return self.severity + self.drift * year

    def noise_at(self, year: float) -> float:
        """The spread of chance after that share of the year; practice makes it smaller."""
        return self.noise * (1 - self.learns * year)


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that the figures of the demonstration should find again."""

    eyes: Mapping[UUID, Eye]
    difficulty: Mapping[str, float]
    quality: Mapping[UUID, float]

    def level(
        self, seen: float, observer: UUID, criterion: str, *, year: float, rng: random.Random
    ) -> int:
        """The position, 0 to 3, that an observer gives to what there is to see."""
        eye = self.eyes[observer]
        felt = seen - self.difficulty[criterion] - eye.severity_at(year)
        return bisect(THRESHOLDS, felt + rng.gauss(0, eye.noise_at(year)))


def draw(
    rng: random.Random,
    observers: Iterable[tuple[UUID, Capacity]],
    criteria: Sequence[str],
    teachers: Iterable[UUID],
) -> Truth:
    """A truth for these people and criteria; the same for the same `rng`."""
    return Truth(
        eyes={observer: _eye(capacity, rng) for observer, capacity in observers},
        difficulty={criterion: rng.gauss(0, HARDNESS) for criterion in criteria},
        quality={teacher: rng.gauss(0.35, QUALITY) for teacher in teachers},
    )


def what_there_is(
    truth: Truth, teacher: UUID, criteria: Sequence[str], rng: random.Random
) -> dict[str, float]:
    """What a lesson has to show on each criterion, the same for all who observe it (logits)."""
    lesson = truth.quality[teacher] + rng.gauss(0, OF_LESSON)
    return {criterion: lesson + rng.gauss(0, OF_CRITERION) for criterion in criteria}


def _eye(capacity: Capacity, rng: random.Random) -> Eye:
    return Eye(
        severity=rng.gauss(0, SPREAD[capacity]),
        drift=rng.gauss(0, DRIFT),
        noise=NOISE[capacity],
        learns=LEARNS.get(capacity, 0.0),
    )
