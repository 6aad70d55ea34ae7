"""Gwet's own standard error of AC1 and AC2, from how each lesson stands to the whole.

It is shown beside the coefficient; the limits do not rest on it, for at school sizes it is too
small. It asks for one cell a lesson.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.counts import Counted
from observe.core.agreement.ratings import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Lessons:
    """Lessons, or kinds of lessons, as AC sees them.

    `p_a` is the weighted agreement within each (0 where one observer rated it alone), `share` (lessons
    x K) how its ratings fall on the levels, `times` how often such a lesson is there, `paired`
    whether two observers rated it.
    """

    p_a: Floats
    share: Floats
    times: Floats
    paired: Floats


def gwet_error(counted: Counted, weights: Floats) -> float | None:
    """The standard error of AC with these weights (K x K); None where a lesson has several cells.

    None too with one lesson, or a scale of one level.
    Lessons that one observer rated count in pi, and so in n, beyond two observers only.
    Source: Gwet 2014, Handbook of Inter-Rater Reliability, 5.3; of two observers 2008, theorem 2.
    """
    if not counted.one_cell_a_lesson or counted.size < 2 or counted.lessons < 2:
        return None
    if not (counted.two_observers or counted.by_lesson):
        return None
    lessons = _of_two(counted, weights) if counted.two_observers else _of_more(counted, weights)
    return _error(lessons, weights)


def _error(lessons: Lessons, weights: Floats) -> float | None:
    """sqrt(sum (AC*_i - AC)^2 / (n (n - 1))).

    AC*_i = (n/n') (p_a|i - p_e) / (1 - p_e) - 2 (1 - AC) (p_e|i - p_e) / (1 - p_e).
    """
    K, n = weights.shape[0], float(lessons.times.sum())
    n_paired = float(lessons.times @ lessons.paired)
    T_w = weights.sum() / (K * (K - 1))
    pi = lessons.times @ lessons.share / n
    p_e, p_e_i = T_w * float(pi @ (1 - pi)), T_w * (lessons.share @ (1 - pi))
    p_a = float(lessons.times @ lessons.p_a) / n_paired
    AC = (p_a - p_e) / (1 - p_e)
    own = n / n_paired * (lessons.p_a - p_e * lessons.paired) / (1 - p_e)
    away = own - 2 * (1 - AC) * (p_e_i - p_e) / (1 - p_e) - AC
    return float(np.sqrt(lessons.times @ away**2 / (n * (n - 1))))


def _of_two(counted: Counted, weights: Floats) -> Lessons:
    """One kind of lesson for each two levels."""
    K = counted.size
    level = np.eye(K)
    share = (level[:, np.newaxis] + level[np.newaxis, :]) / 2
    times = counted.total.pairs.ravel()
    return Lessons(weights.ravel(), share.reshape(-1, K), times, np.ones(K * K))


def _of_more(counted: Counted, weights: Floats) -> Lessons:
    """The lessons one by one, and those that one observer rated by level."""
    ratings, K, n = counted.ratings, counted.size, counted.lessons
    p_a = np.bincount(counted.lesson, ratings.cell_weights * weights[ratings.first, ratings.second])
    place = np.concatenate(
        [counted.lesson * K + ratings.first, counted.lesson * K + ratings.second]
    )
    given = np.bincount(place, np.tile(ratings.weights, 2), minlength=n * K).reshape(n, K)
    share = given / given.sum(axis=1, keepdims=True)
    return Lessons(
        p_a=np.concatenate([p_a, np.zeros(K)]),
        share=np.concatenate([share, np.eye(K)]),
        times=np.concatenate([np.ones(n), counted.alone]),
        paired=np.concatenate([np.ones(n), np.zeros(K)]),
    )
