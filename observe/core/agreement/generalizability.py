"""How many lessons by how many observers say something about a teacher: G-study and D-study.

The score of a visit is taken apart into what is the teacher's, the observer's, the lesson's and the
rest (G-study); from these parts follows how sure the mean of other numbers of visits is (D-study).
Source: Brennan 2001, Generalizability Theory, ch. 3, 4 and 7; Cronbach et al. 1972.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from observe.core.agreement.figures import NOT_POOLED, lessons_missing
from observe.core.agreement.pooled import why_not_pooled
from observe.core.agreement.ratings import (
    Floats,
    Integers,
    LongRatings,
    RatedCriterion,
    joined,
    numbered,
)

TEACHER, OBSERVER, LESSON = "teacher", "observer", "lesson"
ENOUGH = 0.8
MOST_OBSERVERS = 10
MOST_LESSONS = 200
SAME = 1e-9  # two kinds of variance that the visits cannot tell apart

NOT_APART = "the visits cannot tell teachers, observers and lessons apart"

Effects = Mapping[tuple[str, ...], Integers]


@dataclass(frozen=True, eq=False, slots=True)
class Visits:
    """One array entry for each lesson that an observer rated: whose, which, by whom, how high.

    All but `score` count from 0. Where two observers rated one lesson both have its number.
    """

    teacher: Integers
    lesson: Integers
    observer: Integers
    score: Floats


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the variance of single visits, in squared units of the score.

    `facets` are the names that tell its values apart. `negative` says that the estimate fell below
    0, as it may where the part is small, and was set to 0.
    """

    facets: tuple[str, ...]
    variance: float
    negative: bool = False

    @property
    def name(self) -> str:
        """As in tables: teacher x observer."""
        return " x ".join(self.facets)


@dataclass(frozen=True, slots=True)
class GStudy:
    """The components of one design, and on how many they rest; none with the reason."""

    design: str
    teachers: int
    observers: int
    lessons: int
    components: tuple[Component, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well a mean over visits tells teachers apart (0 to 1; None if they do not differ).

    `relative` (E rho^2) is for an order of teachers who all met the same observers, `absolute` (Phi)
    for the level itself, as where each teacher has other observers.
    """

    relative: float | None
    absolute: float | None


@dataclass(frozen=True, slots=True)
class Need:
    """So many observers with so many lessons each, every lesson with one observer."""

    observers: int
    lessons_each: int
    absolute: float

    @property
    def lessons(self) -> int:
        """How many lessons in all."""
        return self.observers * self.lessons_each


def visits_of(ratings: LongRatings, teacher: Integers) -> Visits:
    """The visits of a file of ratings; `teacher` is the teacher of each lesson (lessons, from 0).

    The score is the mean position over criteria that are pooled, in levels where all have as many,
    else each criterion from 0 (lowest level) to 1 (highest).
    """
    top = np.array([_top(each) for each in ratings.criteria], dtype=np.int64)
    rated = np.flatnonzero(top[ratings.criterion] > 0)
    unit = top if np.unique(top[top > 0]).size > 1 else np.ones_like(top)
    level = ratings.level[rated] / unit[ratings.criterion[rated]]
    visit = numbered(joined((ratings.lesson[rated], ratings.observer[rated])))
    times = np.bincount(visit)
    seen_at = np.zeros(times.size, np.int64)
    seen_at[visit] = rated
    lesson = ratings.lesson[seen_at]
    return Visits(
        teacher=teacher[lesson],
        lesson=lesson,
        observer=ratings.observer[seen_at],
        score=np.asarray(np.bincount(visit, level) / times),
    )


def _top(criterion: RatedCriterion) -> int:
    """The position of the highest level; 0 where a criterion is not pooled."""
    return 0 if why_not_pooled(criterion) else len(criterion.levels) - 1


def g_study(visits: Visits) -> GStudy:
    """The components of the design that these visits have; any of it may be unbalanced.

    (lesson : teacher) x observer where observers shared lessons; else teacher x (lesson : observer)
    where an observer saw a teacher again, and teacher x observer where nobody did. Where nobody did,
    what a visit adds by its lesson cannot be told from teacher x observer, and stands under it.
    """
    design, effects = _design_of(visits)
    lessons = _distinct(visits.lesson)
    counts = (_distinct(visits.teacher), _distinct(visits.observer), lessons)
    missing = lessons_missing(lessons) if lessons else NOT_POOLED
    if missing is not None:
        return GStudy(design, *counts, reason=missing)
    components = variance_components(visits.score, effects)
    return GStudy(design, *counts, components or (), None if components else NOT_APART)


def _design_of(visits: Visits) -> tuple[str, Effects]:
    teacher, lesson, observer = visits.teacher, visits.lesson, visits.observer
    each, both = np.arange(teacher.size), joined((teacher, observer))
    again = _distinct(both) < each.size
    ours: Effects = {(TEACHER,): teacher}
    crossed: Effects = {(OBSERVER,): observer}
    rest: Effects = {(TEACHER, OBSERVER): each}
    if again:
        rest = {(TEACHER, OBSERVER): both, (TEACHER, OBSERVER, LESSON): each}
    if _distinct(teacher) < _distinct(lesson) < each.size:
        lessons: Effects = {(TEACHER, LESSON): lesson}
        return "(lesson : teacher) x observer", {**ours, **lessons, **crossed, **rest}
    if not again:
        return "teacher x observer", {**ours, **crossed, **rest}
    nested: Effects = {(OBSERVER, LESSON): joined((observer, _turn(both)))}
    return "teacher x (lesson : observer)", {**ours, **crossed, **nested, **rest}


def _turn(group: Integers) -> Integers:
    """The first, second, third entry of each group, from 0."""
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], group[order])
    turn = np.empty_like(order)
    turn[order] = np.arange(order.size) - start
    return turn


def _distinct(numbers: Integers) -> int:
    return int(np.unique(numbers).size)


def variance_components(score: Floats, effects: Effects) -> tuple[Component, ...] | None:
    """The variance of each random effect; None where the scores cannot tell the effects apart.

    `effects` has for each effect its value in every score (scores, from 0), the last of them finest.
    T(alpha) = sum over values a of (sum of scores)^2 / n_a has the expectation
    n mu^2 + sum over effects beta of sigma^2(beta) sum_a sum_b n_ab^2 / n_a; these equations are
    solved. With balanced scores that is the analysis of variance.
    Source: Henderson 1953, Biometrics 9:226, method 1; Brennan 2001, 7.1 (analogous ANOVA).
    """
    away = score - score.mean()
    codes = [numbered(value) for value in effects.values()]
    mean = np.zeros_like(codes[0])
    k = np.array([[_k(alpha, beta) - _k(mean, beta) for beta in codes] for alpha in codes])
    T = np.array([_sum_of_squares(away, alpha) for alpha in codes])
    if np.linalg.svd(k / away.size, compute_uv=False)[-1] < SAME:
        return None
    found = np.linalg.solve(k, T).tolist()
    return tuple(
        Component(facets, max(variance, 0.0), negative=variance < -SAME)
        for facets, variance in zip(effects, found, strict=True)
    )


def _sum_of_squares(score: Floats, alpha: Integers) -> float:
    """T(alpha)."""
    return float((np.bincount(alpha, score) ** 2 / np.bincount(alpha)).sum())


def _k(alpha: Integers, beta: Integers) -> float:
    """Sum over a and b of n_ab^2 / n_a."""
    both = joined((alpha, beta))
    cell = numbered(both)
    n_ab = np.bincount(cell)
    a = np.empty(n_ab.size, np.int64)
    a[cell] = alpha
    return float((n_ab**2 / np.bincount(alpha)[a]).sum())


def d_study(
    components: Iterable[Component], sizes: Mapping[str, int], *, of: str = TEACHER
) -> Reliability:
    """How reliable the mean is over so many of each facet (`sizes`, by name) for the object `of`.

    E rho^2 = sigma^2(tau) / (sigma^2(tau) + sigma^2(delta)), delta the effects that go with the
    object; Phi has all others below the line too. Source: Brennan 2001, 1.2.
    """
    parts = tuple(components)
    tau = sum(each.variance for each in parts if each.facets == (of,))
    errors = [(of in each.facets, _error(each, sizes, of)) for each in parts]
    delta = sum(error for with_object, error in errors if with_object)
    return Reliability(_share(tau, delta), _share(tau, sum(error for _, error in errors)))


def _error(component: Component, sizes: Mapping[str, int], of: str) -> float:
    if component.facets == (of,):
        return 0.0
    times = math.prod(sizes[facet] for facet in component.facets if facet != of)
    return component.variance / times


def _share(tau: float, error: float) -> float | None:
    return tau / (tau + error) if tau > 0 else None


def reliability(
    components: Iterable[Component], *, observers: int, lessons_each: int
) -> Reliability:
    """How reliable a teacher's mean is over so many observers with so many lessons of their own."""
    alone = [_seen_by_one(each) for each in components]
    return d_study(alone, {OBSERVER: observers, LESSON: lessons_each})


def _seen_by_one(component: Component) -> Component:
    """A lesson that one observer sees is averaged over observers too."""
    if LESSON not in component.facets or OBSERVER in component.facets:
        return component
    return Component((*component.facets, OBSERVER), component.variance, component.negative)


def needed(components: Iterable[Component], *, target: float = ENOUGH) -> tuple[Need, ...]:
    """The fewest lessons by one observer, by two, and so on, until Phi reaches the target (0 to 1).

    A number of observers with whom no number of lessons would do is not among them; nor is any where
    one fewer did with one lesson each. Where ten observers would not do, it is as many as it takes
    with one lesson each. Empty where that is out of reach, or where teachers do not differ.
    """
    parts = tuple(components)
    found: list[Need] = []
    for observers in range(1, MOST_OBSERVERS + 1):
        need = _fewest_lessons(parts, observers, target)
        found += [need] if need else []
        if need is not None and need.lessons_each == 1:
            break
    return tuple(found) or _each_by_another(parts, target)


def _each_by_another(parts: Sequence[Component], target: float) -> tuple[Need, ...]:
    for observers in range(MOST_OBSERVERS + 1, MOST_LESSONS + 1):
        phi = reliability(parts, observers=observers, lessons_each=1).absolute
        if phi is not None and phi >= target:
            return (Need(observers, 1, phi),)
    return ()


def _fewest_lessons(parts: Sequence[Component], observers: int, target: float) -> Need | None:
    several = any(LESSON in each.facets for each in parts)
    for lessons_each in range(1, MOST_LESSONS + 1 if several else 2):
        phi = reliability(parts, observers=observers, lessons_each=lessons_each).absolute
        if phi is not None and phi >= target:
            return Need(observers, lessons_each, phi)
    return None
