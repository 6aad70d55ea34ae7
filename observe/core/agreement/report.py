"""The whole report on a set of paired ratings: what pages and the command line show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from observe.core.agreement.counts import count
from observe.core.agreement.criterion import criterion_report
from observe.core.agreement.figures import (
    CriterionReport,
    Difference,
    Figure,
    Leniency,
    PooledReport,
    Report,
)
from observe.core.agreement.leniency import leniency
from observe.core.agreement.memory import keep_freed_memory
from observe.core.agreement.pooled import pooled_report
from observe.core.agreement.ratings import PairedRatings, RatedCriterion, paired
from observe.core.agreement.shrinking import partially_pooled

__all__ = [
    "CriterionReport",
    "Difference",
    "Figure",
    "Leniency",
    "PairedRatings",
    "PooledReport",
    "RatedCriterion",
    "Report",
    "paired",
    "report",
    "report_with_leniency",
]


def report(ratings: PairedRatings, *, seed: int | None = None) -> Report:
    """Every figure of each criterion, and those over all of them.

    Without a seed each table seeds its own draws: the same ratings always give the same report.
    """
    keep_freed_memory()
    criteria = tuple(criterion_report(each, seed=seed) for each in count(ratings))
    return Report(
        lessons=ratings.lessons,
        observers=_observers(ratings),
        ratings=ratings.ratings,
        criteria=partially_pooled(criteria),
        pooled=pooled_report(ratings, criteria),
        warnings=ratings.warnings,
    )


def report_with_leniency(ratings: PairedRatings, *, seed: int | None = None) -> Report:
    """The same report and the leniency of every observer, for a whole network."""
    found, everybody = report(ratings, seed=seed), leniency(ratings)
    components = max((each.component for each in everybody), default=1)
    apart = f"the observers fall into {components} groups that never met: their leniency cannot be compared"
    warnings = (*found.warnings, apart) if components > 1 else found.warnings
    return replace(found, leniency=everybody, warnings=warnings)


def _observers(ratings: PairedRatings) -> int:
    if ratings.observers:
        return len(ratings.observers)
    if ratings.first_by is None or ratings.second_by is None:
        return 2 if ratings.first.size else 0
    return int(np.union1d(ratings.first_by, ratings.second_by).size)
