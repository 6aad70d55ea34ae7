"""The three terms of a school year, as plain ranges of days: autumn, spring to Easter, summer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

SEPTEMBER = 9
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=31)


class Season(StrEnum):
    """Which of the three terms of a school year it is."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term from its first day to its last; spring ends on Easter Sunday."""

    first_day: date
    last_day: date
    season: Season

    @property
    def key(self) -> str:
        """How an address names it, `autumn-2026`."""
        return f"{self.season}-{self.first_day.year}"

    @property
    def name(self) -> str:
        """How a person names it, `Autumn 2026`."""
        return f"{self.season.capitalize()} {self.first_day.year}"

    @property
    def halves(self) -> tuple[tuple[date, date], tuple[date, date]]:
        """The first and last day of each half; the second begins on a Monday."""
        middle = self.first_day + (self.last_day - self.first_day) / 2
        monday = middle - timedelta(days=middle.weekday())
        return (self.first_day, monday - timedelta(days=1)), (monday, self.last_day)

    def mondays(self) -> list[date]:
        """The Monday of each week that has a day in the term."""
        first = self.first_day - timedelta(days=self.first_day.weekday())
        weeks = (self.last_day - first).days // 7 + 1
        return [first + timedelta(weeks=week) for week in range(weeks)]


def term_of(day: date) -> Term:
    """The term in which a day lies, holidays with the term before them."""
    year = day.year
    if day.month >= SEPTEMBER:
        return Term(date(year, SEPTEMBER, 1), date(year, 12, 31), Season.AUTUMN)
    sunday = easter(year)
    if day <= sunday:
        return Term(date(year, 1, 1), sunday, Season.SPRING)
    return Term(sunday + timedelta(days=1), date(year, 8, 31), Season.SUMMER)


def school_year(day: date) -> tuple[date, date]:
    """The first day of the school year in which a day lies, and the first of the next: 1 September."""
    year = day.year if day.month >= SEPTEMBER else day.year - 1
    return date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER, 1)


def term_before(term: Term) -> Term:
    """The term that ends the day before this one begins."""
    return term_of(term.first_day - timedelta(days=1))


def term_after(term: Term) -> Term:
    """The term that begins the day after this one ends."""
    return term_of(term.last_day + timedelta(days=1))


A_MONTH_OF = {Season.AUTUMN: SEPTEMBER, Season.SPRING: 1, Season.SUMMER: 8}


def term_named(key: str) -> Term:
    """The term of this key; ValueError if it is none."""
    season, _dash, year = key.partition("-")
    return term_of(date(int(year), A_MONTH_OF[Season(season)], 1))


def terms_of(days: Iterable[date]) -> list[Term]:
    """The terms in which these days lie, the latest first."""
    return sorted({term_of(day) for day in days}, reverse=True)


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term as a school keeps it: which it is, its first day of school and its last."""

    term: Term
    first_day: date
    last_day: date


def between(kept: Iterable[OwnTerm]) -> list[tuple[date, date]]:
    """The first and last day of each holiday between a term and the next, where a school keeps both."""
    ordered = sorted(kept, key=lambda each: each.term)
    return [
        (one.last_day + A_DAY, other.first_day - A_DAY)
        for one, other in pairwise(ordered)
        if term_after(one.term) == other.term and one.last_day + A_DAY < other.first_day
    ]


def fault_of(own: OwnTerm) -> str | None:
    """What is wrong with the days of a term, in a sentence; None where nothing is."""
    if own.last_day < own.first_day:
        return "The last day is before the first."
    begins_well = own.term.first_day - A_MONTH <= own.first_day <= own.term.last_day
    ends_well = own.term.first_day <= own.last_day <= own.term.last_day + A_MONTH
    return None if begins_well and ends_well else "These days are not in this term."


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher, Nature 1876)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, odd_century = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    leaps_within, odd_year = divmod(of_century, 4)
    to_sunday = (32 + 2 * odd_century + 2 * leaps_within - epact - odd_year) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
