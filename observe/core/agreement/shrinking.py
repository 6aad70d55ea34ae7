"""Partial pooling: what each criterion says, pulled towards what all of them say.

A criterion rated on few lessons is pulled far, one that is sure of itself hardly; where criteria
differ no more than chance would let them, all are pulled to their mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from observe.core.agreement.certainty import Drawn, Student, atanh
from observe.core.agreement.figures import CriterionReport, Figure
from observe.core.agreement.pooled import why_not_pooled
from observe.core.agreement.ratings import Floats

SHRUNK = ("alpha", "ac2", "kappa_quadratic")
FEWEST_CRITERIA = 3
LEAST_VARIANCE = 1e-6


def partially_pooled(reports: Sequence[CriterionReport]) -> tuple[CriterionReport, ...]:
    """The reports with the shrunk values of criteria that are pooled, beside the raw ones."""
    pulled = {name: _pulled([getattr(each, name) for each in reports], reports) for name in SHRUNK}
    both = zip(reports, *(pulled[name] for name in SHRUNK), strict=True)
    return tuple(
        replace(each, alpha=alpha, ac2=ac2, kappa_quadratic=kappa)
        for each, alpha, ac2, kappa in both
    )


def _pulled(figures: Sequence[Figure], reports: Sequence[CriterionReport]) -> list[Figure]:
    """The figures of one statistic, with the shrunk value of those that can be pulled."""
    both = enumerate(zip(figures, reports, strict=True))
    places = [place for place, (figure, report) in both if _can_be_pulled(figure, report)]
    values = [figures[place].value or 0.0 for place in places]
    pulled = shrunk(values, [_variance(figures[place]) for place in places])
    found = list(figures)
    for place, value in zip(places, pulled or (), strict=False):
        found[place] = replace(figures[place], shrunk=value)
    return found


def _can_be_pulled(figure: Figure, report: CriterionReport) -> bool:
    known = figure.value is not None and isinstance(figure.certainty, Drawn | Student)
    return known and why_not_pooled(report.criterion) is None


def _variance(figure: Figure) -> float:
    """Of atanh of what the limits were made from."""
    return figure.certainty.variance if isinstance(figure.certainty, Drawn | Student) else 0.0


def shrunk(values: Sequence[float], variances: Sequence[float]) -> list[float] | None:
    """Coefficients of criteria pulled to their mean; None for fewer than three of them.

    `variances` are those of atanh of each one's draws. On the scale of atanh a value z_i keeps the
    share tau^2 / (tau^2 + v_i) of its distance from the mean mu, each weighing 1 / (tau^2 + v_i).
    Source: Efron and Morris 1975, J. Am. Stat. Assoc. 70:311; tau^2 by DerSimonian and Laird 1986.
    """
    if len(values) < FEWEST_CRITERIA:
        return None
    z = atanh(np.asarray(values, dtype=np.float64))
    v = np.maximum(np.asarray(variances, dtype=np.float64), LEAST_VARIANCE)
    tau_squared = _between(z, v)
    mu = np.average(z, weights=1 / (tau_squared + v))
    pulled = mu + (z - mu) * tau_squared / (tau_squared + v)
    return [float(each) for each in np.tanh(pulled)]


def _between(z: Floats, v: Floats) -> float:
    """tau^2, the variance between criteria beyond what their own variances explain; not below 0."""
    w = 1 / v
    Q = float(w @ (z - np.average(z, weights=w)) ** 2)
    spare = w.sum() - (w @ w) / w.sum()
    return float(max(0.0, (Q - (z.size - 1)) / spare))
