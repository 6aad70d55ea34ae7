"""What somebody typed, read as what it means."""

MOST_DIGITS = 9


def number_in(text: str) -> int | None:
    """The whole number that a text spells in at most nine digits; None for anything else."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None
