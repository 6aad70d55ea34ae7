"""How sure it is that two sides differ in their habits: the difference, and its limits by lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from observe.core.agreement.figures import Figure, figure
from observe.core.agreement.habits import Habits, habits
from observe.core.agreement.limits import jackknife
from observe.core.agreement.ratings import PairedRatings

COMPARED = ("halo", "spread", "lowest_share", "highest_share")
MOST_PARTS = 25
TOO_FEW = "fewer than 6 lessons"

Sides = tuple[Habits, Habits]


def differences(paired: PairedRatings) -> Mapping[str, Figure]:
    """First less second of each habit that is a number, by name, with 95 % limits.

    The limits leave out one lesson at a time (one of 25 parts of the lessons above that), t with
    one degree fewer than there are parts, for it is the lesson that varies. Source: Tukey's jackknife
    as in Efron and Stein 1981, Ann. Stat. 9:586.
    """
    whole, without = habits(paired), _without_each(paired)
    return {name: _difference(name, whole, without) for name in COMPARED}


def _without_each(paired: PairedRatings) -> Sequence[Sides]:
    lessons = np.unique(paired.lesson)
    parts = min(MOST_PARTS, lessons.size)
    part = np.zeros(int(lessons.max(initial=-1)) + 1, dtype=np.int64)
    part[lessons] = np.arange(lessons.size) % max(parts, 1)
    mine = part[paired.lesson]
    return [habits(paired.only(np.flatnonzero(mine != each))) for each in range(parts)]


def _difference(name: str, whole: Sides, without: Sequence[Sides]) -> Figure:
    value = _less(name, whole)
    others = [less for sides in without if (less := _less(name, sides)) is not None]
    moved = jackknife(np.array(others)) if len(others) == len(without) else None
    if value is None or moved is None:
        return Figure(reason=whole[0].reason or TOO_FEW)
    return figure(value, moved.around(value))


def _less(name: str, sides: Sides) -> float | None:
    first, second = (getattr(side, name) for side in sides)
    return None if first is None or second is None else float(first - second)
