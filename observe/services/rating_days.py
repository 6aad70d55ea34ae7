"""The days of lessons in a file of ratings, and how agreement went from the first to the last."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from observe.core.agreement.drift import Drift, drift
from observe.core.agreement.figures import Figure
from observe.core.agreement.ratings import Integers, LongRatings, PairedRatings
from observe.services.ratings_table import BLANK, Column

NO_DAYS = "the file has no column observed_on"
NO_DAY = "no lesson has a day"
UNKNOWN = 0


def days_of(observed_on: Column, lesson: Column) -> Integers:
    """The first day that a row of each lesson names (lessons; ordinals), 0 where none does."""
    known = [_ordinal(word) for word in observed_on.words]
    day = np.array(known, dtype=np.int64)[observed_on.codes]
    never = np.iinfo(np.int64).max
    first = np.full(len(lesson.words), never)
    np.minimum.at(first, lesson.codes[day != UNKNOWN], day[day != UNKNOWN])
    return np.where(first == never, UNKNOWN, first)


def _ordinal(word: str) -> int:
    """The day that a word such as 2026-11-17 is, with or without a time; 0 if it is none."""
    try:
        return datetime.fromisoformat(word).toordinal()
    except ValueError:
        return UNKNOWN


def undated(observed_on: Column, days: Integers) -> tuple[str, ...]:
    """What is to be said of rows whose day cannot be read, and of lessons that have none."""
    unread = [word not in BLANK and _ordinal(word) == UNKNOWN for word in observed_on.words]
    rows = int(np.count_nonzero(np.array(unread, np.bool_)[observed_on.codes]))
    lessons = int(np.count_nonzero(days == UNKNOWN))
    of_rows = f"{rows} {'row has' if rows == 1 else 'rows have'} no day such as 2026-11-17"
    of_lessons = f"{lessons} {'lesson has' if lessons == 1 else 'lessons have'} no day"
    told = ((rows, of_rows), (lessons, f"{of_lessons}: not in what is said over time"))
    return tuple(sentence for number, sentence in told if number)


def over_time(ratings: LongRatings, paired: PairedRatings) -> Drift:
    """How difference and agreement went over the lessons that have a day; the reason if none can be.

    `paired` are the same ratings in pairs.
    """
    if ratings.day is None:
        return _unknown(NO_DAYS)
    dated = np.flatnonzero(ratings.day[paired.lesson] != UNKNOWN)
    if paired.lesson.size and not dated.size:
        return _unknown(NO_DAY)
    return drift(paired.only(dated), ratings.day)


def _unknown(reason: str) -> Drift:
    return Drift((), Figure(reason=reason), reason=reason)
