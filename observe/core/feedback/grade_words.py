"""Words that give a level away, which only the observers may read when a rubric is ungraded."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from observe.core.rubric import Rubric

_NUMBER = r"(?:[1-9]\d?|one|two|three|four|five|six|seven)"
_GRADE = re.compile(
    rf"""
      \b(?:levels?|grades?|ratings?|scores?|bands?)\s*(?:of|:|=|was|is)?\s*(?:an?\s+)?
        {_NUMBER}\b(?![:.]\d)
    | \b(?:you|lesson|this|that|it|we)\s+(?:was\s+|were\s+|is\s+|have\s+)?(?:scored|rated|graded)\b
    | \b(?:scored|rated|graded)\s+(?:as\s+|at\s+)?(?:an?\s+)?(?:{_NUMBER}|outstanding|good|excellent)\b
    | \b{_NUMBER}\s+out\s+of\s+(?:4|5|6|7|four|five|six|seven)\b(?=\s*(?:for|on|overall|[.,;!]|$))
    | \ban?\s+(?:clear|solid|strong|secure|weak|low|high|good|bare|borderline)\s+[1-9]\b
    | \b(?:outstanding|inadequate|requires\s+improvement|satisfactory)\b
    | \b(?:a|your|my|our|overall|final|top|high|higher|highest|low|lower|lowest)\s+
        (?:grade|rating|score)s?\b
    | \b(?:your|overall|final|top|highest|lowest)\s+level\b(?=\s*(?:was|is|would|[.,;!]|$))
    | \bOfsted\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
SHORTEST_TELLING = 5


def labels(rubric: Rubric) -> tuple[str, ...]:
    """The words of every level in the rubric, the longest first."""
    found = {level.label for scale in rubric.scales if scale.has_levels for level in scale.levels}
    return tuple(sorted(found, key=lambda label: (-len(label), label)))


def told(text: str, level_labels: Iterable[str] = ()) -> Iterator[str]:
    """Where a text speaks of a level as a level: "level 3", "graded good", "at ‘Mostly’"."""
    yield from (found[0] for found in _GRADE.finditer(text))
    for label in level_labels:
        yield from (found[0] for found in _as_level(label).finditer(text))


def hinted(text: str, level_labels: Iterable[str]) -> bool:
    """Whether a text speaks of a level, or has a label as a word however harmless it is there."""
    return any(told(text)) or any(_as_word(label).search(text) for label in level_labels)


@cache
def _as_level(label: str) -> re.Pattern[str]:
    word = re.escape(label)
    in_marks = rf"[“‘\"']{word}[”’\"']"
    capitalised = rf"(?<=[\w,] ){word}\b(?=\s*(?:[.,;:!)”’]|$|on\b|for\b|in\b|overall\b))"
    judged = rf"\b(?:judged|rated|graded|level)\s+(?:as\s+|at\s+|was\s+)?(?i:{word})\b"
    return re.compile(rf"{in_marks}|{capitalised}|{judged}")


@cache
def _as_word(label: str) -> re.Pattern[str]:
    if len(label) < SHORTEST_TELLING:  # "Yes" and "No" are in half of all notes
        return _as_level(label)
    return re.compile(rf"\b{re.escape(label)}\b", re.IGNORECASE)
