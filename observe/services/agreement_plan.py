"""How many lessons it takes: until a figure is sure enough, and until teachers can be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from observe.core.agreement.figures import Difference, Figure
from observe.core.agreement.generalizability import GStudy, Need, g_study, needed, visits_of
from observe.core.agreement.planning import lessons_needed
from observe.core.agreement.ratings import LongRatings, pair_up
from observe.core.agreement.report import report

POOLED = {
    "exact": "exact",
    "within_one": "within_one",
    "alpha": "alpha_stratified",
    "ac2": "ac2_mean",
    "mean_difference": "mean_difference",
}
OF_ONE_CRITERION = ("ac1", "kappa_quadratic", "kappa_linear", "icc_a1")
STATISTICS = (*POOLED, *OF_ONE_CRITERION)

NO_TEACHERS = "the file has no column teacher"
NOT_POOLED = "this figure is of one criterion only"
TOO_MANY = "no number of lessons would do"


@dataclass(frozen=True, slots=True)
class Aim:
    """How many lessons bring one figure's limits down to a half-width; None with the reason.

    `value` and what `chance` alone gives are those of the `n` lessons there are, `half_width` too.
    """

    name: str
    n: int
    value: float | None = None
    chance: float | None = None
    half_width: float | None = None
    lessons: int | None = None
    reason: str | None = None

    @property
    def more(self) -> int | None:
        """How many lessons there are still to be."""
        return None if self.lessons is None else self.lessons - self.n


@dataclass(frozen=True, slots=True)
class Visiting:
    """What a lesson says of its teacher (the G-study), and the visits that would do."""

    study: GStudy | None
    needed: tuple[Need, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What it takes for each criterion, over all of them, and to tell teachers apart."""

    statistic: str
    criteria: tuple[Aim, ...]
    pooled: Aim
    pooled_criteria: int
    visiting: Visiting
    warnings: tuple[str, ...]


def plan(
    ratings: LongRatings,
    *,
    half_width: float,
    statistic: str | None,
    target: float,
    seed: int | None,
) -> Plan:
    """The lessons needed until `statistic` is known to `half_width`, and visits to `target` (0 to 1).

    Without a statistic it is the share of the same level, or alpha where ratings are no levels.
    """
    found = report(pair_up(ratings), seed=seed)
    name = statistic or _usual(ratings)
    pooled = getattr(found.pooled, POOLED[name]) if name in POOLED else Figure(reason=NOT_POOLED)
    return Plan(
        statistic=name,
        criteria=tuple(
            aim_of(each.criterion.key, each.n, getattr(each, name), half_width)
            for each in found.criteria
        ),
        pooled=aim_of("", found.pooled.n, pooled, half_width),
        pooled_criteria=found.pooled.criteria,
        visiting=_visiting(ratings, target),
        warnings=found.warnings,
    )


def _usual(ratings: LongRatings) -> str:
    return "exact" if any(each.has_levels for each in ratings.criteria) else "alpha"


def aim_of(name: str, n: int, figure: Figure | Difference, half_width: float) -> Aim:
    """How many lessons bring the limits of a figure, which rests on `n`, to this half-width."""
    if figure.low is None or figure.high is None:
        return Aim(name, n, reason=figure.reason)
    if isinstance(figure, Difference):
        n = figure.lessons
    now = (figure.high - figure.low) / 2
    lessons = lessons_needed(half_width, now=now, lessons=n)
    return Aim(
        name=name,
        n=n,
        value=figure.value,
        chance=figure.chance if isinstance(figure, Figure) else None,
        half_width=now,
        lessons=lessons,
        reason=TOO_MANY if lessons is None else None,
    )


def _visiting(ratings: LongRatings, target: float) -> Visiting:
    if ratings.teacher is None:
        return Visiting(None, reason=NO_TEACHERS)
    study = g_study(visits_of(ratings, ratings.teacher))
    return Visiting(study, needed(study.components, target=target), study.reason)
