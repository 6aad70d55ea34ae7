"""Signed differences of two ratings, first minus second, as the mean difference needs them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.ratings import Floats, Integers, PairedRatings, numbered


@dataclass(frozen=True, eq=False, slots=True)
class Gaps:
    """The differences that have a sign, by cell and by lesson.

    `means` are the means of lessons, each of so many `lessons` (means each); `of_cells` are the
    differences of single cells, each with its `weight` (cells each, or kinds of cells). `roles` says
    whether first and second are told apart by role, `rated` whether anything was rated at all.
    """

    means: Floats
    lessons: Integers
    of_cells: Floats
    weight: Floats
    roles: bool
    rated: bool


def gaps_of(ratings: PairedRatings, gap: Floats) -> Gaps:
    """The differences (one a pair of ratings) of pairs across roles, where roles are known."""
    signed = ratings.signed if ratings.signed is not None else np.ones(gap.size, np.bool_)
    weight = ratings.cell_weights[signed]
    means = lesson_means(numbered(ratings.lesson[signed]), gap[signed], weight)
    return Gaps(
        means=means,
        lessons=np.ones(means.size, np.int64),
        of_cells=gap[signed],
        weight=weight,
        roles=ratings.signed is not None,
        rated=gap.size > 0,
    )


def lesson_means(lesson: Integers, value: Floats, weight: Floats) -> Floats:
    """The weighted mean of a value for each lesson that has one."""
    whole = np.bincount(lesson, weight)
    return np.asarray(np.bincount(lesson, weight * value)[whole > 0] / whole[whole > 0])
