"""What was agreed on re-checks that nobody announces, and whether a lesson keeps to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observe.core.errors import Invalid
from observe.core.planner import Availability, part_of
from observe.core.terms import OwnTerm, term_of

MOST, MOST_WEEKS = 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Whether re-checks may come unannounced, and then how: at most `most` a half term and person.

    None comes in the `first_weeks` weeks of a term, and with `only_free` only in half days that the
    person said are free.
    """

    unannounced: bool = False
    most: int = 1
    first_weeks: int = 2
    only_free: bool = True


def check(limits: Limits) -> None:
    """Invalid, with the field, for numbers that make no sense."""
    if not 1 <= limits.most <= MOST:
        raise Invalid(f"There are 1 to {MOST} a half term.", field="most")
    if not 0 <= limits.first_weeks <= MOST_WEEKS:
        raise Invalid(f"They stay away 0 to {MOST_WEEKS} weeks.", field="first_weeks")


class Against(StrEnum):
    """What of the limits speaks against a lesson."""

    FIRST_WEEKS = "the first weeks of a term"
    TOO_MANY = "enough in this half term"
    NOT_FREE = "not a half day that they said is free"
    AWAY = "away"


def against(
    limits: Limits,
    day: date,
    hour: int,
    *,
    others: Sequence[date],
    free: Availability,
    term: OwnTerm | None = None,
) -> Against | None:
    """What the limits have against a re-check then, where `others` are on these days; None if nothing.

    `term` is the one of that day as the school keeps it, where it does.
    """
    begins = term.first_day if term else term_of(day).first_day
    if day < begins + timedelta(weeks=limits.first_weeks):
        return Against.FIRST_WEEKS
    half = half_of(day)
    if sum(half_of(other) == half for other in others) >= limits.most:
        return Against.TOO_MANY
    if free.away_on(day):
        return Against.AWAY
    if limits.only_free and (day.weekday(), part_of(hour)) not in free.half_days:
        return Against.NOT_FREE
    return None


def half_of(day: date) -> date:
    """The first day of the half term in which a day lies."""
    return max(first for first, _last in term_of(day).halves if first <= day)
