"""The time of day, written in one way wherever somebody reads it, and when a day begins."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def clock(at: time) -> str:
    """`9:05` or `14:30`: the time of day as a school writes it."""
    return f"{at.hour}:{at.minute:02}"


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins where the zone holds."""
    return datetime.combine(day, time(), zone)
