"""What somebody typed, read as what it means."""

from datetime import date
from uuid import UUID

MOST_DIGITS = 9


def number_in(text: str) -> int | None:
    """The whole number that a text spells in at most nine digits; None for anything else."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None


def id_in(text: str) -> UUID | None:
    """The id that a text spells; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """The day that a text names, as 2026-11-17; None when it is empty or no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
