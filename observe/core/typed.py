"""What somebody typed, read as what it means."""

from datetime import date
from uuid import UUID

MOST_DIGITS = 9


def number_in(text: str) -> int | None:
    """The whole number that a text spells in at most nine digits; None for anything else."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None


def level_in(text: str) -> int | None:
    """The level that a text spells, which may be below nought; None for anything else."""
    number = number_in(text.removeprefix("-"))
    return -number if number and text.startswith("-") else number


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


def line_in(text: str) -> str:
    """One line without needless space."""
    return " ".join(text.split())


def lines_in(text: str) -> str:
    """Lines as they are kept, whatever ends them in a form, without space around them."""
    return text.replace("\r\n", "\n").strip()
