"""A list of days without school as somebody pastes it: `Half term, 26/10/2026 to 30/10/2026`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from observe.core.errors import Invalid

LONGEST = timedelta(days=100)
MOST = 60
LONGEST_NAME = 80
EARLIEST, LATEST = 2000, 2100
SUCH_AS = "such as 26/10/2026 to 30/10/2026"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun)\.?,?\s+"
DAY = re.compile(
    rf"(?:\b{WEEKDAY})?(?:\b(?P<iso>\d{{4}}-\d\d?-\d\d?)\b"
    r"|\b(?P<slashed>\d\d?[/.]\d\d?[/.]\d{4})\b"
    r"|\b(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})\b)",
    re.IGNORECASE,
)
JOINS = re.compile(r"\b(?:from|to|until|till|and)\b|[–—\t;,:()]|\s-\s|-\s*$|^\s*-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PastedDays:
    """Days without school, the last one included."""

    name: str
    first_day: date
    last_day: date


def read(typed: str) -> tuple[PastedDays, ...]:
    """The days of each line that holds something; Invalid, with the line, where one cannot be read."""
    rows = [(number, row) for number, row in enumerate(typed.splitlines(), 1) if row.strip()]
    if not rows:
        raise Invalid("Paste the days first, a holiday on each line.", field="list")
    if len(rows) > MOST:
        raise Invalid(f"Paste {MOST} lines at most; these are {len(rows)}.", field="list")
    return tuple(_days(number, row) for number, row in rows)


def between(name: str, first: date | None, last: date | None) -> PastedDays:
    """These days, one day where no last one is given; Invalid where they cannot be a holiday."""
    if first is None:
        raise Invalid("Give the first day.", field="first")
    days = PastedDays(" ".join(name.split()) or "Holiday", first, last or first)
    if fault := _fault(days):
        raise Invalid(fault[1], field=fault[0])
    return days


def _fault(days: PastedDays) -> tuple[str, str] | None:
    """What is wrong with days, as (field, sentence)."""
    if days.last_day < days.first_day:
        return "last", "The last day is before the first."
    if days.last_day - days.first_day > LONGEST:
        return "last", "These are more than a hundred days. Give each holiday by itself."
    if not EARLIEST <= days.first_day.year <= LATEST:
        return "first", "Give a year between 2000 and 2100."
    if len(days.name) > LONGEST_NAME:
        return "name", "Keep the name under 80 characters."
    return None


def _days(number: int, row: str) -> PastedDays:
    found = list(_found(number, row))
    if len(found) not in (1, 2):
        raise _on_line(number, f"give a first and a last day, {SUCH_AS}: “{row.strip()[:60]}”.")
    name = " ".join(JOINS.sub(" ", DAY.sub(" ", row)).split())
    days = PastedDays(name or "Holiday", found[0], found[-1])
    if fault := _fault(days):
        raise _on_line(number, fault[1])
    return days


def _found(number: int, row: str) -> Iterator[date]:
    for match in DAY.finditer(row):
        day = _day(match)
        if day is None:
            raise _on_line(number, f"there is no day {match[0].strip()}.")
        yield day


def _on_line(number: int, sentence: str) -> Invalid:
    return Invalid(f"Line {number}: {sentence}", field="list")


def _day(match: re.Match[str]) -> date | None:
    """The day that was found, the day before the month; None for none such."""
    try:
        return date(*_parts(match))
    except ValueError:
        return None


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; ValueError for no month."""
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return year, month, day
    if match["slashed"]:
        day, month, year = map(int, re.split("[/.]", match["slashed"]))
        return year, month, day
    month = MONTHS.index(match["month"][:3].lower()) + 1
    return int(match["year"]), month, int(match["day"])
