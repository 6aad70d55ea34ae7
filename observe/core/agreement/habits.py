"""What each observer does whatever the lesson: how alike, how spread out and how extreme the levels.

Both sides are looked at on the very same lessons and criteria, so that one stands beside the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from observe.core.agreement.figures import NO_ROLES, NOT_POOLED, lessons_missing
from observe.core.agreement.pooled import one_level_a_lesson, why_not_pooled
from observe.core.agreement.ratings import Floats, Integers, PairedRatings, joined, numbered

ONE_CRITERION = "no lesson has two criteria"


@dataclass(frozen=True, slots=True)
class Habits:
    """How one side uses the levels, over criteria that are pooled and have as many levels.

    `halo` is the standard deviation over the criteria of one lesson (levels), its mean over lessons:
    small where all criteria get the same level. `spread` is that over the lessons of one criterion,
    its mean over criteria. `levels_used` of `levels` were given at all; `commonest` is a position
    from 0. The shares are of all ratings, 0 to 1. What is None has its `reason`.
    """

    lessons: int
    criteria: int = 0
    halo: float | None = None
    spread: float | None = None
    levels_used: int = 0
    levels: int = 0
    commonest: int | None = None
    commonest_share: float | None = None
    lowest_share: float | None = None
    highest_share: float | None = None
    reason: str | None = None


def habits(paired: PairedRatings) -> tuple[Habits, Habits]:
    """The habits of the first and of the second observers, beside one another.

    Only pairs with a signed difference count where roles are known. A criterion of another number
    of levels than most is left out, for its levels are not the same levels.
    Source: halo and range restriction as in Saal, Downey and Lahey 1980, Psychol. Bull. 88:413.
    """
    mine = _alike(paired)
    lessons = int(np.unique(mine.lesson).size)
    reason = lessons_missing(lessons) if lessons or not paired.first.size else _nothing(paired)
    if reason is not None:
        return Habits(lessons, reason=reason), Habits(lessons, reason=reason)
    return _of_side(mine, mine.first, mine.first_by), _of_side(mine, mine.second, mine.second_by)


def _nothing(paired: PairedRatings) -> str:
    return NO_ROLES if paired.signed is not None and not paired.signed.any() else NOT_POOLED


def _alike(paired: PairedRatings) -> PairedRatings:
    """One level a lesson of pooled criteria, of the scale with the most pairs of ratings."""
    sizes = np.array(
        [0 if why_not_pooled(each) else len(each.levels) for each in paired.criteria], np.int64
    )
    size = sizes[paired.criterion]
    signed = np.ones(size.size, np.bool_) if paired.signed is None else paired.signed
    pairs = np.bincount(size[signed & (size > 1)], minlength=3)
    most = int(pairs[3:].argmax()) + 3 if pairs[3:].any() else 2
    return one_level_a_lesson(paired.only(np.flatnonzero(signed & (size == most))))


def _of_side(mine: PairedRatings, level: Integers, by: Integers | None) -> Habits:
    """Each level counts once, however many partners the observer had in that lesson."""
    who = np.zeros_like(level) if by is None else by
    _, once = np.unique(joined((mine.lesson, who, mine.criterion)), return_index=True)
    sheet = numbered(joined((mine.lesson, who)))[once]
    criterion, given = mine.criterion[once], level[once].astype(np.float64)
    levels = len(mine.criteria[int(criterion[0])].levels)
    share = np.bincount(level[once], minlength=levels) / once.size
    halo = _mean_deviation(sheet, given)
    return Habits(
        lessons=int(np.unique(mine.lesson).size),
        criteria=int(np.unique(criterion).size),
        halo=halo,
        spread=_mean_deviation(criterion, given),
        levels_used=int(np.count_nonzero(share)),
        levels=levels,
        commonest=int(share.argmax()),
        commonest_share=float(share.max()),
        lowest_share=float(share[0]),
        highest_share=float(share[-1]),
        reason=ONE_CRITERION if halo is None else None,
    )


def _mean_deviation(group: Integers, value: Floats) -> float | None:
    """The mean over groups of two values or more of their standard deviation; None without one."""
    n = np.bincount(group)
    several = n > 1
    if not several.any():
        return None
    mean = np.bincount(group, value) / np.maximum(n, 1)
    squares = np.bincount(group, (value - mean[group]) ** 2)
    return float(np.sqrt(squares[several] / (n[several] - 1)).mean())
