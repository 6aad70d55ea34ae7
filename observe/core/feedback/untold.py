"""What a draft keeps to itself when its rubric is ungraded: levels, and the words for them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from observe.core.feedback import grade_words
from observe.core.rubric import Rubric

Option = TypeVar("Option")
SHORTEST_WORD = 4
_SHORTHAND = re.compile(
    r"\b(?:[Ll]vl\.?\s?|L)[1-9]\b"
    r"|\b(?i:levels?|grades?|bands?|scores?|ratings?)\s*[:=]?\s*(?:[1-9]\b|(?i:one|two|three|four|five)\b)"
)


@dataclass(frozen=True, slots=True)
class Discretion:
    """What may not be told; a graded rubric has nothing to hide."""

    graded: bool
    labels: tuple[str, ...] = ()

    def tells(self, text: str) -> bool:
        """Whether a text gives a level away, or may be read so."""
        if self.graded:
            return False
        found = grade_words.hinted(text, self.labels) or _SHORTHAND.search(text)
        return bool(found) or any(_word(label).search(text) for label in self.labels)

    def discreet(self, texts: Iterable[str]) -> list[str]:
        """The texts that tell nothing."""
        return [text for text in texts if not self.tells(text)]

    def preferred(self, options: Sequence[str]) -> Sequence[str]:
        """The discreet ones; all where a label is so common a word that none is."""
        return self.discreet(options) or options


def discretion(rubric: Rubric) -> Discretion:
    """What a draft from this rubric must keep to itself."""
    return Discretion(rubric.graded, () if rubric.graded else grade_words.labels(rubric))


@cache
def _word(label: str) -> re.Pattern[str]:
    """A label as a word; `No` and `Yes` are in half of all notes, so short ones only in capitals."""
    anyhow = re.IGNORECASE if len(label) >= SHORTEST_WORD else re.NOFLAG
    beginning = r"(?<!\w)" if len(label) >= SHORTEST_WORD else r"(?<=[\w,] )"
    return re.compile(rf"{beginning}{re.escape(label)}(?!\w)", anyhow)
