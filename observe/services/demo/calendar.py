"""The days on which lessons can be seen."""

from collections.abc import Iterator
from datetime import date, time, timedelta

SATURDAY = 5
HOLIDAYS = (((12, 20), (12, 31)), ((1, 1), (1, 4)), ((4, 1), (4, 14)), ((7, 22), (8, 31)))
SLOTS = (time(9, 15), time(10, 30), time(11, 35), time(13, 20), time(14, 20))
A_YEAR = 364


def is_school_day(day: date) -> bool:
    """Monday to Friday, outside the long holidays."""
    at = (day.month, day.day)
    return day.weekday() < SATURDAY and not any(first <= at <= last for first, last in HOLIDAYS)


def holidays(today: date) -> Iterator[tuple[str, date, date]]:
    """The long holidays from last year’s Easter to next year’s Christmas, with first and last day."""
    for year in (today.year - 1, today.year, today.year + 1):
        yield "Easter", date(year, 4, 1), date(year, 4, 14)
        yield "Summer", date(year, 7, 22), date(year, 8, 31)
        yield "Christmas", date(year, 12, 20), date(year + 1, 1, 4)


def before(today: date, *, days: int = A_YEAR) -> list[date]:
    """The school days of the year up to yesterday, the first one first."""
    past = (today - timedelta(days=ago) for ago in range(days, 0, -1))
    return [day for day in past if is_school_day(day)]


def closed(first: date, *, days: int = 35) -> set[date]:
    """The days without school in the weeks that begin on that day."""
    coming = (first + timedelta(days=ahead) for ahead in range(days))
    return {day for day in coming if not is_school_day(day)}


def after(today: date) -> Iterator[date]:
    """School days from tomorrow on, without end."""
    day = today
    while True:
        day += timedelta(days=1)
        if is_school_day(day):
            yield day
