"""How agreement went over time, window by window, then by how much in 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from observe.cli.agreement_words import lessons, percent, signed, with_something
from observe.core.agreement.drift import Drift, Window
from observe.services.rating_days import NO_DAYS

HEADINGS = ("from", "to", "lessons", "first minus second", "same level", "by chance")


def over_time_lines(found: Drift) -> Iterator[str]:
    """Nothing for a file that names no day; where one cannot say yet, why."""
    if found.reason == NO_DAYS:
        return
    yield ""
    if found.reason is not None:
        yield f"Over time: cannot be said, {found.reason}."
        return
    yield f"Over time, {lessons(found.lessons)}: {_slope(found)}"
    for line in with_something([HEADINGS, *map(_row, found.windows)]):
        yield f"  {line}"
    if found.waiting:
        yield f"  {lessons(found.waiting)} after the last window"


def _slope(found: Drift) -> str:
    slope = found.slope
    if slope.value is None:
        return f"the difference cannot be said to move, {slope.reason}."
    limits = f"({slope.low:+z.2f} to {slope.high:+z.2f})"
    return f"the difference moves by {slope.value:+z.2f} {limits} of a level in 30 days."


def _row(window: Window) -> tuple[str, ...]:
    ends = (window.first_day, window.last_day)
    first, last = (date.fromordinal(day).isoformat() for day in ends)
    chance = "" if window.exact.chance is None else f"{window.exact.chance:.0%}"
    counted = str(window.lessons)
    return first, last, counted, signed(window.difference), percent(window.exact), chance
