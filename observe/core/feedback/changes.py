"""What a reader changed in a line, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LEAST_ALIKE = 0.4  # below that a word kept here and there tells less than two sentences
_WORD = re.compile(r"\s*\S+|\s+$")


class How(StrEnum):
    """What became of a stretch of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were kept, left out or put in."""

    how: How
    words: str


def changes(before: str, now: str) -> Iterator[Stretch]:
    """The stretches that lead from one text to the other, in the order of reading."""
    old, new = _WORD.findall(before), _WORD.findall(now)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        yield from _put(before, now)
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(How.KEPT, "".join(old[a:b]))
            continue
        yield from _put("".join(old[a:b]), "".join(new[c:d]))


def _put(gone: str, new: str) -> Iterator[Stretch]:
    if gone:
        yield Stretch(How.GONE, gone)
    if new:
        yield Stretch(How.NEW, new)
