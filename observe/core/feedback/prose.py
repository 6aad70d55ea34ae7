"""Hints at slips of grammar, from the optional library Harper: no findings, and nothing hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from observe.core.errors import Invalid
from observe.core.feedback.facts import Line

if TYPE_CHECKING:
    from harper import Lint, Linter

MISSING = "Grammar hints need a library that is not here. Install Observe with its extra `prose`."
# Names and Welsh words are no slips, and how a letter is set out is the author's own.
LEFT_ALONE = frozenset(
    [
        "Spelling",
        "Style",
        "Formatting",
        "Capitalization",
        "Readability",
        "Enhancement",
        "Regionalism",
    ]
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What may be a slip of grammar; `line` and `start` as in a finding, `instead` the words proposed."""

    line: int
    start: int
    quote: str
    reason: str
    instead: tuple[str, ...]


def hints(lines: Sequence[Line]) -> tuple[Hint, ...]:
    """What may be a slip of British English in each line; Invalid without the library."""
    linter = _linter()
    return tuple(hint for place, line in enumerate(lines) for hint in _of_line(linter, place, line))


@lru_cache(maxsize=1)
def _linter() -> Linter:
    """Harper with its dictionary, which takes a moment to load."""
    try:
        from harper import Dialect, Linter
    except ImportError:
        raise Invalid(MISSING) from None
    return Linter(dialect=Dialect.BRITISH)


def _of_line(linter: Linter, place: int, line: Line) -> Iterator[Hint]:
    from harper import Language

    for lint in linter.lint(line.text, language=Language.PLAINTEXT):
        if lint.lint_kind not in LEFT_ALONE:
            yield _hint(place, lint)


def _hint(place: int, lint: Lint) -> Hint:
    proposed = (one.replacement_text for one in lint.suggestions)
    instead = tuple(text for text in proposed if text)
    return Hint(place, lint.span.start, lint.problem_text, lint.message, instead)
