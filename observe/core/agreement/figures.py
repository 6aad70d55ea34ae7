"""The figures that pages and the command line show: frozen, with limits, never NaN."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from observe.core.agreement.certainty import Certainty, Drawn
from observe.core.agreement.mcnemar import NEVER_APART, McNemar
from observe.core.agreement.ratings import RatedCriterion

FEWEST_LESSONS = 5

FEWER_THAN_FIVE = "fewer than 5 lessons"
NOT_PAIRED = "no lesson was rated by two observers"
ONE_LEVEL = "only one level was used"
TWO_LEVELS = "only two levels"
NO_ORDER = "the levels have no order"
NOT_LEVELS = "not a level scale"
MORE_OBSERVERS = "more than two observers a lesson"
NO_ROLES = "no two roles rated the same lesson"
NOT_POOLED = "no criterion can be pooled"
LEFT_OUT = "in intervals or samples, part of another criterion, or one of several codes"
SEVERAL_CELLS = "several cells a lesson"
ONE_PARTNER = "with one partner we cannot tell who"
NO_CHOICE = "no rating left another choice"

REASONS = (
    FEWER_THAN_FIVE,
    NOT_PAIRED,
    ONE_LEVEL,
    TWO_LEVELS,
    NO_ORDER,
    NOT_LEVELS,
    MORE_OBSERVERS,
    NO_ROLES,
    NOT_POOLED,
    LEFT_OUT,
    SEVERAL_CELLS,
    NEVER_APART,
    ONE_PARTNER,
    NO_CHOICE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % limits and what chance alone would give; without one, the reason.

    `error` is Gwet's own standard error of AC1 and AC2. `shrunk` is the value of a criterion pulled
    towards that of all criteria. `certainty` is what `at_least` asks.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    reason: str | None = None
    error: float | None = None
    shrunk: float | None = None
    certainty: Certainty | None = field(default=None, repr=False)

    def at_least(self, threshold: float) -> float | None:
        """The probability that the true value reaches the threshold; None where nothing says so."""
        return None if self.certainty is None else self.certainty.at_least(threshold)

    @property
    def dropped(self) -> int:
        """How many of the 2,000 draws behind the limits were 0/0."""
        return self.certainty.dropped if isinstance(self.certainty, Drawn) else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean signed difference, first minus second; `limits` are Bland and Altman's, mean +- 2 SD.

    All in levels, or in the unit of ratings that are numbers. `roles` says whether first and second
    were told apart by role; `lessons` on how many it rests.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    sd: float | None = None
    limits: tuple[float, float] | None = None
    roles: bool = False
    lessons: int = 0
    reason: str | None = None
    certainty: Certainty | None = field(default=None, repr=False)

    def at_least(self, threshold: float) -> float | None:
        """The probability that the true mean reaches the threshold; None where nothing says so."""
        return None if self.certainty is None else self.certainty.at_least(threshold)


@dataclass(frozen=True, slots=True)
class CriterionReport:
    """How far observers agree on one criterion.

    `n` lessons and `n_cells` lessons times occasions were rated by two or more; `alone` lessons by
    one only. `table` is K x K counts, first observer down, second across; None beyond two observers.
    `mcnemar` is there for two levels and two observers.
    """

    criterion: RatedCriterion
    n: int
    n_cells: int
    alone: int
    table: tuple[tuple[int, ...], ...] | None
    exact: Figure
    within_one: Figure
    alpha: Figure
    ac1: Figure
    ac2: Figure
    kappa_quadratic: Figure
    kappa_linear: Figure
    icc_a1: Figure
    mean_difference: Difference
    flags: tuple[str, ...]
    mcnemar: McNemar | None = None

    @property
    def same(self) -> int | None:
        """On how many cells both gave the same level; may be said of fewer than 5 lessons too."""
        return None if self.table is None else sum(row[i] for i, row in enumerate(self.table))

    def apart(self, levels: int) -> int | None:
        """On how many cells the two were exactly so many levels apart."""
        if self.table is None:
            return None
        return sum(
            count
            for down, row in enumerate(self.table)
            for across, count in enumerate(row)
            if abs(down - across) == levels
        )


@dataclass(frozen=True, slots=True)
class PooledReport:
    """How far observers agree over criteria; `left_out` holds (key, reason) of those not in."""

    criteria: int
    left_out: tuple[tuple[str, str], ...]
    n: int
    n_cells: int
    mean_difference: Difference
    alpha_stratified: Figure
    ac2_mean: Figure
    exact: Figure
    within_one: Figure


@dataclass(frozen=True, slots=True)
class Leniency:
    """How much higher levels an observer gives, in logits: positive is higher. None with a reason."""

    component: int
    observer: str
    lessons: int
    partners: int
    logits: float | None = None
    low: float | None = None
    high: float | None = None
    infit: float | None = None
    reason: str | None = None

    @property
    def infit_reason(self) -> str | None:
        """Why there is no infit; None where there is one."""
        if self.infit is not None:
            return None
        return self.reason or (ONE_PARTNER if self.partners < 2 else NO_CHOICE)

    @property
    def unusual(self) -> bool:
        """Whether the observer is less or more predictable than the model expects."""
        return self.infit is not None and not 0.5 <= self.infit <= 1.5


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say about one set of paired ratings."""

    lessons: int
    observers: int
    ratings: int
    criteria: tuple[CriterionReport, ...]
    pooled: PooledReport
    warnings: tuple[str, ...] = ()
    leniency: tuple[Leniency, ...] | None = field(default=None)

    def of(self, key: str) -> CriterionReport:
        """The criterion of this key; KeyError if it is not among them."""
        return {each.criterion.key: each for each in self.criteria}[key]


def lessons_missing(lessons: int) -> str | None:
    """Why no figure may be shown of so few lessons; None where it may."""
    if lessons == 0:
        return NOT_PAIRED
    return FEWER_THAN_FIVE if lessons < FEWEST_LESSONS else None


def figure(
    value: float,
    limits: tuple[float, float],
    *,
    chance: float | None = None,
    error: float | None = None,
    certainty: Certainty | None = None,
) -> Figure:
    """A figure whose limits hold the value."""
    low, high = limits
    low, high = min(low, value), max(high, value)
    return Figure(value, low, high, known(chance), error=error, certainty=certainty)


def known(value: float | None) -> float | None:
    """The value, or None in place of NaN."""
    return None if value is None or math.isnan(value) else value
