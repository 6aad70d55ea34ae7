"""The time of day, written in one way wherever somebody reads it."""

from datetime import time


def clock(at: time) -> str:
    """`9:05` or `14:30`: the time of day as a school writes it."""
    return f"{at.hour}:{at.minute:02}"
