"""The form of a workshop: what was typed, as typed, and what it says if its shapes are right."""

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, time
from zoneinfo import ZoneInfo

from observe.core.errors import Invalid
from observe.core.typed import day_in, line_in
from observe.core.workshop import Workshop, WorkshopWish
from observe.web.words import gettext as _

Typed = Mapping[str, str]


def read_wish(typed: Typed, zone: str) -> WorkshopWish:
    """What is wished for; Invalid, with the field, where a day or a time cannot be read."""
    if fault := next(_faults(typed), None):
        raise Invalid(fault[1], field=fault[0])
    return _wish(typed, ZoneInfo(zone))


def as_typed(workshop: Workshop) -> dict[str, str]:
    """A workshop as its form says it."""
    zone = ZoneInfo(workshop.zone)
    starts, ends = workshop.starts_at.astimezone(zone), workshop.ends_at.astimezone(zone)
    last = "" if workshop.day == workshop.last_day else workshop.last_day.isoformat()
    return {
        "title": workshop.title,
        "stage": workshop.stage,
        "date": workshop.day.isoformat(),
        "begins": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "last": last,
        "place": workshop.place,
        "about": workshop.about,
        "revision": str(workshop.revision),
    }


def _faults(typed: Typed) -> Iterator[tuple[str, str]]:
    if not line_in(typed.get("title", "")):
        yield "title", _("Say what the workshop is called.")
    if _day(typed, "date") is None:
        yield "date", _("Give a day, for example 30/10/2026.")
    if typed.get("last") and _day(typed, "last") is None:
        yield "last", _("Give a day, for example 30/10/2026.")
    for field in ("begins", "ends"):
        if _time(typed, field) is None:
            yield field, _("Give a time, for example 13:30.")


def _wish(typed: Typed, zone: ZoneInfo) -> WorkshopWish:
    """The wish in fields whose shapes were found right."""
    first = _day(typed, "date") or date.min
    last = _day(typed, "last") or first
    return WorkshopWish(
        title=line_in(typed.get("title", "")),
        stage=typed.get("stage", ""),
        about=typed.get("about", "").strip(),
        place=line_in(typed.get("place", "")),
        starts_at=datetime.combine(first, _time(typed, "begins") or time(), zone),
        ends_at=datetime.combine(last, _time(typed, "ends") or time(), zone),
    )


def _day(typed: Typed, field: str) -> date | None:
    """The day, unless it lies at the end of all years, where some zones have no time."""
    found = day_in(typed.get(field, ""))
    return found if found and MINYEAR < found.year < MAXYEAR else None


def _time(typed: Typed, field: str) -> time | None:
    try:
        found = time.fromisoformat(typed.get(field, ""))
    except ValueError:
        return None
    return found.replace(tzinfo=None)
