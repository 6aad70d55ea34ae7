"""Whether somebody passes, trains again, or needs more lessons, and which clause of the rule decided."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from observe.core.agreement.limits import Limits, proportion_at_least, wilson
from observe.core.certification_rule import DecideBy, Rule, Statistic

ALIKE = 0.1
ROUNDING = 1e-9


class Decision(StrEnum):
    """What a look comes to."""

    PASS = "pass"  # noqa: S105 -- no password
    TRAIN = "train again"
    MORE = "more lessons"


class Clause(StrEnum):
    """Which part of a rule decided."""

    PROBABLE = "the probability reached the upper cut"
    IMPROBABLE = "the probability fell to the lower cut"
    REACHED = "the share was reached"
    MISSED = "the share was missed at the last look"
    LIMIT_ABOVE = "the lower limit reached the share"
    LIMIT_BELOW = "the upper limit stayed below the share"
    IN_A_ROW = "each of the last lessons reached the share"
    NOT_IN_A_ROW = "no such row of lessons by the last look"
    GAP = "two levels were further apart than allowed"
    FLOOR = "a criterion stayed below its floor"
    UNDECIDED = "neither is sure yet"
    LAST_LOOK = "the last look left it open"


class Cell(NamedTuple):
    """Two levels of one criterion: how many levels apart, of how many levels in all."""

    criterion: str
    gap: int
    levels: int


class Recheck(StrEnum):
    """Whether a lesson may be the re-check of somebody who is certified."""

    NEVER = "never"
    WHEN_DUE = "once one is due"
    PLANNED = "planned so"


@dataclass(frozen=True, slots=True)
class LessonSeen:
    """One lesson as a rule sees it: the gaps of the criteria that count, and in which rubric version.

    An exercise beside its reference is seen as a lesson is.
    """

    lesson_id: UUID
    observed_on: date
    rubric_digest: str
    cells: tuple[Cell, ...]
    recheck: Recheck = Recheck.WHEN_DUE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some lessons say: `points` of `cells`, one a criterion and lesson.

    The cells of one lesson are alike, so that they count as cells / D with the design effect
    D = 1 + .1 (mean cells a lesson - 1).
    """

    lessons: int
    cells: int
    points: float

    @property
    def share(self) -> float:
        """The points of a cell, 0 to 1."""
        return self.points / self.cells

    @property
    def design(self) -> float:
        """D, by how much the cells of one lesson overstate what they know."""
        return 1 + ALIKE * (self.cells / self.lessons - 1)

    @property
    def limits(self) -> Limits:
        """95 % limits of the share, Wilson's on cells / D."""
        return wilson(self.share, self.cells / self.design)

    def probability(self, threshold: float) -> float:
        """P(at or above the threshold), by Beta(k/D + 1, (N - k)/D + 1)."""
        D = self.design
        return proportion_at_least(self.points / D, self.cells / D, threshold)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a look came to and why; `criterion` where one decided. `evidence` is of all its lessons."""

    look: int
    decision: Decision
    clause: Clause
    evidence: Evidence
    criterion: str = ""


def counting(rule: Rule, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells that this rule asks about: of criteria with enough levels."""
    fewest = max(rule.scope.levels, 3 if rule.statistic.needs_neighbours else 2)
    return tuple(cell for cell in cells if cell.levels >= fewest)


def points_of(rule: Rule, gap: int) -> float:
    """What two levels so far apart are worth, 0 to 1."""
    if rule.statistic is Statistic.WITHIN_ONE:
        return float(gap <= 1)
    if gap == 1 and rule.adjacent_part is not None:
        return rule.adjacent_part
    return float(gap == 0)


def evidence(rule: Rule, lessons: Sequence[LessonSeen]) -> Evidence:
    """What these lessons say about what the rule asks; they have one cell or more."""
    cells = [cell for lesson in lessons for cell in lesson.cells]
    return Evidence(len(lessons), len(cells), math.fsum(points_of(rule, c.gap) for c in cells))


def judge(rule: Rule, lessons: Sequence[LessonSeen], *, look: int) -> Judgement:
    """What the first lessons of an attempt come to, as many as the look asks for."""
    seen = lessons[:look]
    if len(seen) < look or look not in rule.looks:
        raise ValueError(f"no look of this rule falls due after {len(seen)} lessons")
    found = evidence(rule, seen)
    decision, clause, criterion = _decided(rule, seen, found)
    return Judgement(look, decision, clause, found, criterion)


def _decided(
    rule: Rule, lessons: Sequence[LessonSeen], found: Evidence
) -> tuple[Decision, Clause, str]:
    far = too_far(rule, lessons)
    if far:
        return Decision.TRAIN, Clause.GAP, far
    last = rule.next_look(found.lessons) is None
    decision, clause = row(rule, lessons) if rule.in_a_row else verdict(rule, found)
    low = below_floor(rule, lessons) if decision is Decision.PASS else ""
    if low:
        return (Decision.TRAIN if last else Decision.MORE), Clause.FLOOR, low
    return decision, clause, ""


def verdict(rule: Rule, found: Evidence) -> tuple[Decision, Clause]:
    """What the share over all criteria comes to, gaps, floors and rows aside."""
    last = rule.next_look(found.lessons) is None
    if rule.decide_by is DecideBy.POINT:
        return _by_point(found.share >= rule.threshold - ROUNDING, last=last)
    if rule.decide_by is DecideBy.LOWER_LIMIT:
        low, high = found.limits
        above, below = low >= rule.threshold, high < rule.threshold
        return _by_sides(above, below, (Clause.LIMIT_ABOVE, Clause.LIMIT_BELOW), last=last)
    if rule.cuts is None:
        raise ValueError("a decision by probability needs cuts")
    sure = found.probability(rule.threshold)
    above, below = sure >= rule.cuts.pass_from, sure <= rule.cuts.train_to
    return _by_sides(above, below, (Clause.PROBABLE, Clause.IMPROBABLE), last=last)


def _by_point(reached: bool, *, last: bool) -> tuple[Decision, Clause]:
    if reached:
        return Decision.PASS, Clause.REACHED
    return (Decision.TRAIN, Clause.MISSED) if last else (Decision.MORE, Clause.UNDECIDED)


def _by_sides(
    above: bool, below: bool, clauses: tuple[Clause, Clause], *, last: bool
) -> tuple[Decision, Clause]:
    """Passed, to train again, or neither: a last look that leaves it open sends nobody back."""
    if above:
        return Decision.PASS, clauses[0]
    if below:
        return Decision.TRAIN, clauses[1]
    return Decision.MORE, Clause.LAST_LOOK if last else Clause.UNDECIDED


def row(rule: Rule, lessons: Sequence[LessonSeen]) -> tuple[Decision, Clause]:
    """Whether each of the last lessons reached the threshold by itself."""
    latest = lessons[-(rule.in_a_row or 1) :]
    if all(evidence(rule, [each]).share >= rule.threshold - ROUNDING for each in latest):
        return Decision.PASS, Clause.IN_A_ROW
    if rule.next_look(len(lessons)) is None:
        return Decision.TRAIN, Clause.NOT_IN_A_ROW
    return Decision.MORE, Clause.UNDECIDED


def too_far(rule: Rule, lessons: Sequence[LessonSeen]) -> str:
    """The criterion of the largest gap above what is allowed; empty if there is none."""
    if rule.max_gap is None:
        return ""
    cells = [cell for lesson in lessons for cell in lesson.cells if cell.gap > rule.max_gap]
    return max(cells, key=lambda cell: cell.gap).criterion if cells else ""


def below_floor(rule: Rule, lessons: Sequence[LessonSeen]) -> str:
    """The criterion that is furthest below its floor; empty if none is below."""
    given: dict[str, list[float]] = defaultdict(list)
    for lesson in lessons:
        for cell in lesson.cells:
            given[cell.criterion].append(points_of(rule, cell.gap))
    short = {
        key: floor - math.fsum(points) / len(points)
        for key, points in given.items()
        if (floor := rule.floor_of(key)) is not None
    }
    worst = max(short, key=lambda key: short[key], default="")
    return worst if worst and short[worst] > ROUNDING else ""
