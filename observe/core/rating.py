"""Whether a rating means something: this value, for this criterion, of this part of a lesson."""

import math
import re
from collections.abc import Callable
from typing import Any

from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rubric import Criterion, OccasionKind, Occasions, Rubric, Scale, ScaleType

OCCASION = re.compile(
    r"(?P<whole>whole)"
    r"|segment-(?P<segment>[1-9][0-9]?)"
    r"|sample-(?P<sample>[1-9][0-9]?)-(?P<minute>[1-9][0-9]{0,2})"
    r"|interval-(?P<interval>[1-9][0-9]{0,2})"
)
LARGEST = 2**53 - 1


def occasion_fits(rubric: Rubric, criterion: Criterion, occasion: str) -> bool:
    """Whether `whole`, `segment-2`, `sample-1-4` or `interval-7` is rated for this criterion."""
    parts = OCCASION.fullmatch(occasion)
    return bool(parts and parts[criterion.occasion] and _lies_in(parts, rubric.occasions))


def _lies_in(parts: re.Match[str], occasions: Occasions) -> bool:
    """Intervals go on to the end of the lesson, so any number of them lies in it."""
    if parts[OccasionKind.SAMPLE]:
        known_minute = int(parts["minute"]) in occasions.samples
        return known_minute and int(parts[OccasionKind.SAMPLE]) <= occasions.segments
    return int(parts[OccasionKind.SEGMENT] or 0) <= occasions.segments


def check_value(criterion: Criterion, occasion: str, value: Any, rubric: Rubric) -> str | None:
    """What is wrong with a value set for a rating, as a sentence; None if nothing is."""
    if not occasion_fits(rubric, criterion, occasion):
        return f"{criterion.title} is not rated for {occasion}."
    if criterion.scale.type is ScaleType.COUNT:
        return f"{criterion.title} is counted one by one; it takes no value."
    if value is None or value == NOT_SEEN:
        return None
    if value == NOT_APPLICABLE:
        return None if criterion.not_applicable else f"{criterion.title} applies to every lesson."
    return MEANING[criterion.scale.type](criterion.scale, value)


def _level(scale: Scale, value: Any) -> str | None:
    if _is_number(value) and scale.position(value) is not None:
        return None
    return f"Level {_shown(value)} is not in this rubric."


def _one_code(scale: Scale, value: Any) -> str | None:
    if isinstance(value, list):
        return "Choose exactly one of these, not a list."
    return None if _is_code(scale, value) else f"The code {_shown(value)} is not in this rubric."


def _several_codes(scale: Scale, value: Any) -> str | None:
    if not isinstance(value, list):
        return "Codes are sent as a list, also a single one."
    unknown = next((code for code in value if not _is_code(scale, code)), None)
    if unknown is not None or None in value:
        return f"The code {_shown(unknown)} is not in this rubric."
    return None if len(set(value)) == len(value) else "The same code is there twice."


def _number(_: Scale, value: Any) -> str | None:
    if _is_number(value) and math.isfinite(value) and abs(value) <= LARGEST:
        return None
    return f"{_shown(value)} is not a number."


def _text(_: Scale, value: Any) -> str | None:
    return None if isinstance(value, str) else "This takes a text."


def _is_code(scale: Scale, value: Any) -> bool:
    return isinstance(value, str) and value in scale.codes


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    """A value short enough for a sentence."""
    shown = str(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


MEANING: dict[ScaleType, Callable[[Scale, Any], str | None]] = {
    ScaleType.ORDINAL: _level,
    ScaleType.BINARY: _level,
    ScaleType.NOMINAL: _one_code,
    ScaleType.CODES: _several_codes,
    ScaleType.NUMBER: _number,
    ScaleType.TEXT: _text,
}
