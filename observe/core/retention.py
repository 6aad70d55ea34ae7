"""How long what is written about somebody is kept."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from observe.core.errors import Invalid

YEARS = 3
SCHOOL_YEAR_ENDS = (8, 31)
YEAR = 12


class Kind(StrEnum):
    """A kind of words that is kept for a time of its own."""

    NOTES = "notes"
    SUMMARIES = "summaries"
    MAILS = "mails"
    VISITS = "visits"
    READ_LOG = "read_log"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Sense:
    """For how many months a kind is kept if nobody chose, and between which a network may choose."""

    proposed: int
    least: int
    most: int
    step: int = 1


SENSE: Mapping[Kind, Sense] = {
    Kind.NOTES: Sense(13, 6, 36),
    Kind.SUMMARIES: Sense(YEARS * YEAR, YEAR, 7 * YEAR, YEAR),
    Kind.MAILS: Sense(13, 1, 13),
    Kind.VISITS: Sense(13, 1, 24),
    Kind.READ_LOG: Sense(2 * YEAR, YEAR, 6 * YEAR, YEAR),
    Kind.HISTORY: Sense(6 * YEAR, 3 * YEAR, 10 * YEAR, YEAR),
}


def kept_until(released: date, *, years: int = YEARS) -> date:
    """The end of the third school year after a summary's own, when it is erased.

    A school year ends on 31 August.
    """
    return date(_school_year(released) + years - 1, *SCHOOL_YEAR_ENDS)


def first_kept(today: date, *, years: int = YEARS) -> date:
    """The first day of release whose summaries are still kept today."""
    return date(_school_year(today) - years, 9, 1)


def _school_year(day: date) -> int:
    """The year in which the school year of a day ends."""
    return day.year if (day.month, day.day) <= SCHOOL_YEAR_ENDS else day.year + 1


def months_before(today: date, months: int) -> date:
    """The same day so many months ago; the last of its month where that has fewer days."""
    count = today.year * YEAR + today.month - 1 - months
    year, month = divmod(count, YEAR)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def kept_from(kind: Kind, today: date, months: Mapping[Kind, int]) -> date:
    """The first day from which what was written is still kept today."""
    if kind is Kind.SUMMARIES:
        return first_kept(today, years=months[kind] // YEAR)
    return months_before(today, months[kind])


def complete(chosen: Mapping[str, object]) -> dict[Kind, int]:
    """For how many months each kind is kept, with what is proposed where nothing sensible was chosen."""
    return {kind: _sensible(chosen.get(kind), sense) for kind, sense in SENSE.items()}


def _sensible(value: object, sense: Sense) -> int:
    times = range(sense.least, sense.most + 1, sense.step)
    return value if isinstance(value, int) and value in times else sense.proposed


def check(kind: Kind, months: int | None) -> int:
    """The months themselves; Invalid outside what makes sense for the kind."""
    sense = SENSE[kind]
    if months is None or months not in range(sense.least, sense.most + 1, sense.step):
        least, most = span(kind, sense.least), span(kind, sense.most)
        raise Invalid(f"Choose between {least} and {most}.", field=kind)
    return months


def span(kind: Kind, months: int) -> str:
    """A time in the unit in which it is chosen: `13 months`, `2 years`, `3 school years`."""
    step = SENSE[kind].step
    unit = "school year" if kind is Kind.SUMMARIES else "year" if step == YEAR else "month"
    number = months // step
    return f"{number} {unit}{'' if number == 1 else 's'}"
