"""How often the 95 % limits of the agreement engine hold the truth, at the sizes that schools have.

    python bench/coverage.py [--sets 1000] [--quick] [--only WORD]

Draws sets of lessons from populations whose agreement is known (`populations.py`) and from real ones where
they lie beside the repository, asks the engine for its figures, and counts how often their limits hold
the truth. Prints by kind of lesson the mean and the worst cell of each statistic, every cell under .90 with
what went wrong in it, and how far the probability of a threshold can be believed. A set of which the engine
gives no figure, because one level only was used, is no miss and no hit; its share is printed.
`--quick` is 100 sets a cell; `--only real` leaves out what has another title. A table that came up before
in a cell is not drawn again.
Aims: mean .94 (pooled .93); none under .90 for alpha and kappa, none under .82 for AC2, at 1,000 sets.
"""

import argparse
import math
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from populations import (
    Criteria,
    Occasions,
    OneCriterion,
    Population,
    ThreeObservers,
    real_lessons,
)

from observe.core.agreement.counts import count
from observe.core.agreement.criterion import criterion_report
from observe.core.agreement.figures import Difference, Figure
from observe.core.agreement.ratings import Floats, PairedRatings
from observe.core.agreement.report import report

LESSONS = (5, 10, 20, 40)
RHOS = (0.1, 0.3, 0.5, 0.7, 0.9)
THRESHOLDS = (0.2, 0.4, 0.6, 0.8)
LOW = 0.9
RARE = 0.9  # a cell with so many sets without a figure says nothing of coverage

OF_ONE = (
    "alpha",
    "kappa_quadratic",
    "kappa_linear",
    "ac1",
    "ac2",
    "icc_a1",
    "exact",
    "within_one",
    "mean_difference",
)
POOLED = ("alpha_stratified", "ac2_mean", "exact", "within_one", "mean_difference")

SIX_LOW, SIX_MIXED, SIX_HIGH = (0.1,) * 6, (0.1, 0.3, 0.3, 0.5, 0.5, 0.7), (0.7,) * 6

Named = tuple[str, str, Figure | Difference]
Figures = Callable[[PairedRatings], Iterator[Named]]
Plan = tuple[str, Sequence[Population], Figures]


@dataclass
class Cell:
    """One statistic of one population at one number of lessons, and how its limits did."""

    statistic: str
    where: str
    lessons: int
    truth: float
    sets: int = 0
    without: int = 0
    above: int = 0
    below: int = 0
    width: float = 0.0

    def add(self, figure: Figure | Difference, times: int) -> None:
        if figure.low is None or figure.high is None:
            self.without += times
            return
        self.sets += times
        self.above += times * (self.truth > figure.high)
        self.below += times * (self.truth < figure.low)
        self.width += times * (figure.high - figure.low)

    @property
    def held(self) -> float:
        return 1 - (self.above + self.below) / self.sets

    @property
    def mean_width(self) -> float:
        return self.width / self.sets

    @property
    def no_figure(self) -> float:
        return self.without / (self.sets + self.without)

    @property
    def says_something(self) -> bool:
        return self.no_figure < RARE


@dataclass
class Kind:
    """Cells that are judged together."""

    title: str
    cells: list[Cell] = field(default_factory=list)

    def of(self, statistic: str) -> list[Cell]:
        return [cell for cell in self.cells if cell.statistic == statistic and cell.says_something]


def one(ratings: PairedRatings) -> Iterator[Named]:
    """The figures of a criterion."""
    found = criterion_report(count(ratings)[0])
    for statistic in OF_ONE:
        yield statistic, "", getattr(found, statistic)


def pooled(ratings: PairedRatings) -> Iterator[Named]:
    """The figures over all criteria."""
    found = report(ratings).pooled
    for statistic in POOLED:
        yield statistic, "", getattr(found, statistic)


def both(ratings: PairedRatings) -> Iterator[Named]:
    """The figures of each criterion and over all of them."""
    found = report(ratings)
    for statistic in POOLED:
        yield f"pooled {statistic}", "", getattr(found.pooled, statistic)
    for each, statistic in product(found.criteria, OF_ONE):
        yield statistic, each.criterion.key, getattr(each, statistic)


def measure(kind: Kind, population: Population, figures: Figures, *, sets: int) -> None:
    """Adds the cells of a population at 5, 10, 20 and 40 lessons."""
    truths = {
        (statistic, part): figure.value for statistic, part, figure in figures(population.whole())
    }
    for lessons in LESSONS:
        cells = {
            (statistic, part): Cell(statistic, f"{population.name} {part}".strip(), lessons, truth)
            for (statistic, part), truth in truths.items()
            if truth is not None
        }
        for ratings, times in population.sets(generator_of(population, lessons), lessons, sets):
            for statistic, part, figure in figures(ratings):
                if (statistic, part) in cells:
                    cells[statistic, part].add(figure, times)
        kind.cells += cells.values()


def generator_of(population: Population, lessons: int) -> np.random.Generator:
    """Each population and number of lessons has its own draws, the same in every run."""
    return np.random.default_rng([lessons, *population.name.encode()])


def print_kind(kind: Kind) -> None:
    """Mean by number of lessons, and the worst cell, of each statistic."""
    print(f"\n## {kind.title}\n")
    print("| limits of | 5 lessons | 10 | 20 | 40 | mean | worst | where | no figure |")
    print("|---|---|---|---|---|---|---|---|---|")
    for statistic in dict.fromkeys(cell.statistic for cell in kind.cells):
        cells = kind.of(statistic)
        if not cells:
            continue
        worst = min(cells, key=lambda cell: cell.held)
        by_lessons = " | ".join(_mean([c for c in cells if c.lessons == n]) for n in LESSONS)
        print(
            f"| {statistic} | {by_lessons} | {_mean(cells)} | {worst.held:.3f} "
            f"| {worst.lessons} lessons, {worst.where} | {_mean_of(c.no_figure for c in cells):.3f} |"
        )


def _mean(cells: list[Cell]) -> str:
    if not cells:
        return ""
    width = _mean_of(cell.mean_width for cell in cells)
    return f"{_mean_of(cell.held for cell in cells):.3f} ({width:.2f})"


def _mean_of(values: Iterable[float]) -> float:
    return statistics.fmean([*values] or [math.nan])


def print_low(kind: Kind) -> None:
    """Every cell under .90, and on which side the truth lay."""
    low = [cell for cell in kind.cells if cell.says_something and cell.held < LOW]
    print(f"\n{len(low)} of {len(kind.cells)} cells under {LOW:.2f}.")
    if not low:
        return
    print(
        "\n| limits of | lessons | where | truth | held | width | truth above | truth below | no figure |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for cell in sorted(low, key=lambda cell: (cell.statistic, cell.lessons, cell.held)):
        print(
            f"| {cell.statistic} | {cell.lessons} | {cell.where} | {cell.truth:.2f} | {cell.held:.3f} "
            f"| {cell.mean_width:.2f} | {cell.above / cell.sets:.3f} | {cell.below / cell.sets:.3f} "
            f"| {cell.no_figure:.3f} |"
        )


class Beliefs:
    """How often the truth reached a threshold, by the probability that was given."""

    def __init__(self) -> None:
        self.seen: dict[str, Floats] = defaultdict(lambda: np.zeros((10, 3)))
        self.at_truth: dict[str, Floats] = defaultdict(lambda: np.zeros(3))

    def add(self, statistic: str, probability: float, *, reached: bool, times: int) -> None:
        tenth = self.seen[statistic][min(int(10 * probability), 9)]
        tenth += times * np.array([1, probability, reached])

    def add_at_truth(self, statistic: str, probability: float, times: int) -> None:
        self.at_truth[statistic] += times * np.array([1, probability >= 0.9, probability <= 0.1])


def believe(beliefs: Beliefs, population: OneCriterion, *, sets: int) -> None:
    """Adds the probabilities of thresholds, the truth itself among them."""
    truths = {statistic: figure.value for statistic, _, figure in one(population.whole())}
    for lessons in LESSONS:
        for ratings, times in population.sets(generator_of(population, lessons), lessons, sets):
            for statistic, _, figure in one(ratings):
                truth = truths[statistic]
                if (
                    isinstance(figure, Figure)
                    and figure.certainty is not None
                    and truth is not None
                ):
                    believe_figure(beliefs, statistic, figure, truth=truth, times=times)


def believe_figure(
    beliefs: Beliefs, statistic: str, figure: Figure, *, truth: float, times: int
) -> None:
    for threshold in THRESHOLDS:
        p = figure.at_least(threshold) or 0.0
        beliefs.add(statistic, p, reached=truth >= threshold, times=times)
    beliefs.add_at_truth(statistic, figure.at_least(truth) or 0.0, times)


def print_beliefs(beliefs: Beliefs) -> None:
    print("\n## Probability of reaching a threshold\n")
    tenths = " | ".join(f"{place / 10:.1f} to {(place + 1) / 10:.1f}" for place in range(10))
    print(f"| probability said | {tenths} | truth at the threshold: P ≥ .9 | P ≤ .1 |")
    print("|---" * 13 + "|")
    for statistic, seen in beliefs.seen.items():
        reached = " | ".join(f"{yes / n:.2f}" if n else "" for n, _, yes in seen.tolist())
        n, sure, doubtful = beliefs.at_truth[statistic].tolist()
        print(f"| {statistic} reached | {reached} | {sure / n:.3f} | {doubtful / n:.3f} |")


def plans() -> Iterator[Plan]:
    """What is measured, the kind that the aims are about first."""
    every = product((2, 3, 4, 5, 7), ("flat", "skewed"), RHOS)
    yield "One criterion, flat and skewed margins", [OneCriterion(*each) for each in every], one
    hard = product((4,), ("crowded", "apart"), RHOS)
    title = "Harder margins: one level takes 80 %, or the observers differ"
    yield title, [OneCriterion(*each) for each in hard], one
    margins = ("flat", "skewed", "crowded")
    yield "25 occasions a lesson", [Occasions(4, m, 0.5) for m in margins], one
    yield "3 occasions a lesson", [Occasions(4, m, 0.5, 3) for m in margins], one
    yield "Three observers, with gaps", [ThreeObservers(4, m, 0.5) for m in margins], one
    several = product(margins, (SIX_LOW, SIX_MIXED, SIX_HIGH))
    yield "Pooled over six criteria", [Criteria(*each) for each in several], pooled
    real = real_lessons()
    yield "Real lessons, 18 criteria", [] if real is None else [real], both


def measured(plan: Plan, *, sets: int) -> Kind:
    """The cells of all populations of a plan, with a word on each when it is done."""
    title, populations, figures = plan
    kind = Kind(title)
    for population in populations:
        begun = time.perf_counter()
        measure(kind, population, figures, sets=sets)
        taken = time.perf_counter() - begun
        print(f"{population.name}: {taken:.0f} s", file=sys.stderr, flush=True)
    return kind


def print_all(plan: Plan, *, sets: int) -> None:
    title, populations, _ = plan
    if not populations:
        print(f"\n## {title}\n\nLeft out: their file is not beside the repository.")
        return
    kind = measured(plan, sets=sets)
    print_kind(kind)
    print_low(kind)


def print_probabilities(*, sets: int) -> None:
    beliefs = Beliefs()
    for K, margins, rho in product((2, 4, 7), ("flat", "skewed"), RHOS):
        believe(beliefs, OneCriterion(K, margins, rho), sets=sets)
    print_beliefs(beliefs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--quick", action="store_true", help="100 sets a cell")
    parser.add_argument("--only", default="", metavar="WORD", help="kinds with this in their title")
    asked = parser.parse_args()
    sets = 100 if asked.quick else asked.sets
    print(f"{sets} sets a cell; share of limits that held the truth, in brackets their mean width.")
    for plan in plans():
        if asked.only.lower() in plan[0].lower():
            print_all(plan, sets=sets)
            sys.stdout.flush()
    if asked.only.lower() in "probability of reaching a threshold":
        print_probabilities(sets=sets)


if __name__ == "__main__":
    main()
