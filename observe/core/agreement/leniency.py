"""Who gives higher levels, over the whole network, from lessons that two observers rated.

What the lesson was like and how hard the criterion is cancel out: `conditional` holds the model,
Linacre's many-facet Rasch model (1989) made conditional as by Andersen (1973), Psychometrika 38:123.
Shown is leniency, the negative of its severity: positive gives higher levels.
"""

from __future__ import annotations

import numpy as np

from observe.core.agreement import conditional
from observe.core.agreement.conditional import Matches, Stratum
from observe.core.agreement.figures import FEWER_THAN_FIVE, FEWEST_LESSONS, Leniency
from observe.core.agreement.limits import UPPER
from observe.core.agreement.quantiles import t_quantile
from observe.core.agreement.ratings import Floats, Integers, PairedRatings

MOST_LEVELS = 20


def leniency(paired: PairedRatings) -> tuple[Leniency, ...]:
    """How much higher levels each observer gives, in logits, by connected component.

    Ordered criteria only. Within a component leniencies sum to zero; two components are never on
    one scale. The standard error is the larger of the lesson sandwich and the penalised model.
    Raises ValueError where it is not known who gave each rating.
    """
    matches = matches_of(paired)
    strata = conditional.strata_of(matches)
    if not strata:
        return ()
    theta = conditional.fitted(matches, strata)
    met = _Meetings(matches)
    severity = theta[: matches.observers] - met.means(theta[: matches.observers])
    error = _errors(matches, strata, theta, met)
    infit = _infit(matches, strata, theta)
    return tuple(
        _shown(paired.observers[each], each, met, -severity[each], error[each], infit[each])
        for each in met.in_order()
    )


def matches_of(paired: PairedRatings) -> Matches:
    """The pairs of ratings on ordered criteria."""
    if paired.first_by is None or paired.second_by is None:
        raise ValueError("leniency needs to know who gave each rating")
    mine = paired.of_criteria(
        each.scale == "ordinal" and 1 < len(each.levels) <= MOST_LEVELS for each in paired.criteria
    )
    return Matches(
        criterion=mine.criterion,
        lesson=mine.lesson,
        first_by=paired.first_by[:0] if mine.first_by is None else mine.first_by,
        second_by=paired.second_by[:0] if mine.second_by is None else mine.second_by,
        first=mine.first,
        second=mine.second,
        weight=mine.weights,
        observers=len(paired.observers),
        levels=tuple(len(each.levels) for each in paired.criteria),
    )


class _Meetings:
    """Who met whom: the lessons, partners and connected component of each observer (observers each).

    Components count from 1, the largest first; 0 is who met nobody.
    """

    def __init__(self, matches: Matches) -> None:
        both = np.concatenate([matches.first_by, matches.second_by])
        others = np.concatenate([matches.second_by, matches.first_by])
        self.lessons = _distinct(both, np.tile(matches.lesson, 2), matches.observers)
        self.partners = _distinct(both, others, matches.observers)
        self.component = _components(both, others, matches.observers)

    def in_order(self) -> list[int]:
        """Observers who met somebody, by component."""
        met = np.flatnonzero(self.component)
        return [int(each) for each in met[np.argsort(self.component[met], kind="stable")]]

    def means(self, value: Floats) -> Floats:
        """For each observer the mean over the component (observers, or observers x anything)."""
        size = np.bincount(self.component)[self.component]
        same = self.component[:, np.newaxis] == self.component[np.newaxis, :]
        return np.asarray((same / size[:, np.newaxis]) @ value)


def _distinct(of: Integers, among: Integers, size: int) -> Integers:
    """How many different values each observer has."""
    values = int(among.max(initial=0)) + 1
    different = np.flatnonzero(np.bincount(of * values + among)) // values
    return np.asarray(np.bincount(different, minlength=size), dtype=np.int64)


def _components(first: Integers, second: Integers, size: int) -> Integers:
    """The component of each observer: the least number spreads along the meetings until it rests."""
    least = np.arange(size)
    while True:
        before = least.copy()
        np.minimum.at(least, first, before[second])
        least = least[least]
        if (least == before).all():
            break
    met = np.isin(np.arange(size), first)
    roots, members = np.unique(least[met], return_counts=True)
    number = np.zeros(size, np.int64)
    number[roots[np.lexsort((roots, -members))]] = np.arange(1, roots.size + 1)
    return np.where(met, number[least], 0)


def _errors(matches: Matches, strata: tuple[Stratum, ...], theta: Floats, met: _Meetings) -> Floats:
    """Standard errors of severities that sum to zero in each component (observers)."""
    model = np.asarray(np.linalg.inv(conditional.penalised(strata, theta)[1]))
    sandwich = model @ conditional.spread_of_lessons(matches, strata, theta) @ model
    by_model, by_lessons = (_centred(each, matches.observers, met) for each in (model, sandwich))
    return np.asarray(np.sqrt(np.maximum(by_model, by_lessons)))


def _centred(covariance: Floats, observers: int, met: _Meetings) -> Floats:
    """Variances after each component's mean has been taken off (observers)."""
    own = covariance[:observers, :observers]
    once = own - met.means(own)
    return np.maximum(np.diag(once - met.means(once.T).T), 0)


def _infit(matches: Matches, strata: tuple[Stratum, ...], theta: Floats) -> Floats:
    """Squared surprises over their variance (observers); NaN where nothing could surprise."""
    squared, variance = conditional.surprises(matches, strata, theta)
    known = variance > 0
    infit = np.full(squared.size, np.nan)
    infit[known] = squared[known] / variance[known]
    return infit


def _shown(
    name: str, observer: int, met: _Meetings, logits: float, error: float, infit: float
) -> Leniency:
    lessons, partners = int(met.lessons[observer]), int(met.partners[observer])
    component = int(met.component[observer])
    if lessons < FEWEST_LESSONS:
        return Leniency(component, name, lessons, partners, reason=FEWER_THAN_FIVE)
    half = t_quantile(UPPER, lessons - 1) * float(error)
    told_apart = partners > 1 and not np.isnan(infit)
    return Leniency(
        component=component,
        observer=name,
        lessons=lessons,
        partners=partners,
        logits=float(logits),
        low=float(logits) - half,
        high=float(logits) + half,
        infit=float(infit) if told_apart else None,
    )
