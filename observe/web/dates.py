"""Dates and times as a school says them."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g

from observe.core import time_of_day
from observe.core.feedback import review
from observe.core.terms import Season, Term
from observe.web.database import now
from observe.web.words import gettext as _
from observe.web.words import ngettext


def init_app(app: Flask) -> None:
    """Give templates the ways to write a day, a term, the time of day, and how many days are left."""
    app.jinja_env.filters.update(
        day=day, day_short=day_short, clock=clock, time_of_day=time_of_day.clock
    )
    app.jinja_env.globals.update(days_left=days_left, days_told=days_told, term_name=term_name)


def zone() -> ZoneInfo:
    """The zone in which this page tells the time; a view sets `g.zone` to the school's."""
    return ZoneInfo(g.get("zone") or "Europe/London")


def local(value: date | datetime) -> date | datetime:
    """A moment where the school is; a date as it is."""
    return value.astimezone(zone()) if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """`Tuesday 17 November`, with the year when it is not this one."""
    there = local(value)
    words = f"{there:%A} {there.day} {there:%B}"
    return words if there.year == now().astimezone(zone()).year else f"{words} {there.year}"


def day_short(value: date | datetime) -> str:
    """`17 Nov 2026`."""
    there = local(value)
    return f"{there.day} {there:%b} {there.year}"


def clock(value: datetime) -> str:
    """`9:05`, as the sheet and a summary write it."""
    return time_of_day.clock(value.astimezone(zone()).time())


def term_name(term: Term) -> str:
    """`Autumn 2026`, in the reader's language."""
    year = term.first_day.year
    names = {
        Season.AUTUMN: _("Autumn %(year)s", year=year),
        Season.SPRING: _("Spring %(year)s", year=year),
        Season.SUMMER: _("Summer %(year)s", year=year),
    }
    return names[term.season]


def days_left(due: date, holidays: Collection[date] = ()) -> int:
    """Working days until a day, below 0 when it is past."""
    return review.days_left(due, now().astimezone(zone()).date(), holidays)


def days_told(left: int) -> str:
    """`3 working days left`, `due now`, `1 working day late`."""
    if left == 0:
        return _("due now")
    if left < 0:
        return ngettext("%(num)d working day late", "%(num)d working days late", -left)
    return ngettext("%(num)d working day left", "%(num)d working days left", left)
