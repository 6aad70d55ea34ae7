"""Ratings for the tests, from a table of levels or a few rows."""

from collections.abc import Sequence

import numpy as np

from observe.core.agreement.ratings import (
    Floats,
    LongRatings,
    PairedRatings,
    RatedCriterion,
    Scale,
    pair_up,
    paired,
)

Word = str | int | float | None


def criterion(
    levels: int | Sequence[int | float | str] = 4, *, key: str = "pace", scale: Scale = "ordinal"
) -> RatedCriterion:
    names = tuple(range(1, levels + 1)) if isinstance(levels, int) else tuple(levels)
    return RatedCriterion(key, key.title(), names, scale)


def of_table(table: Sequence[Sequence[int]], **given: object) -> PairedRatings:
    """One criterion, one lesson for each count of the table."""
    mine = criterion(len(table), **given)  # type: ignore[arg-type]
    cells = [
        (down, across)
        for down, row in enumerate(table)
        for across, count in enumerate(row)
        for _ in range(count)
    ]
    rows = [(mine.key, lesson, a, b, 1.0) for lesson, (a, b) in enumerate(cells)]
    return paired([mine], rows)


def of_matrix(
    rows: Sequence[Sequence[Word]], levels: Sequence[int | float | str], scale: Scale
) -> PairedRatings:
    """One criterion; lessons down, observers across, None where an observer gave no level."""
    place = {level: position for position, level in enumerate(levels)}
    entries = np.array(
        [
            (lesson, observer, place[word])
            for lesson, row in enumerate(rows)
            for observer, word in enumerate(row)
            if word is not None
        ]
    )
    zeros = np.zeros(len(entries), np.int64)
    long = LongRatings(
        criteria=(criterion(levels, scale=scale),),
        observers=tuple(f"observer {place}" for place in range(len(rows[0]))),
        lesson=entries[:, 0],
        observer=entries[:, 1],
        criterion=zeros,
        occasion=zeros,
        level=entries[:, 2],
    )
    return pair_up(long)


def counts(table: Sequence[Sequence[int]]) -> Floats:
    return np.array(table, dtype=np.float64)
