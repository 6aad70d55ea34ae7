"""What was changed between two texts, line by line and word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from observe.core.feedback.facts import Line, Part

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


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line: its words, its place among the lines of its part, its evidence."""

    part: Part
    how: How
    stretches: tuple[Stretch, ...]
    moved: bool = False
    notes_new: int = 0
    notes_gone: int = 0

    @property
    def is_change(self) -> bool:
        """Whether anything is different."""
        same = self.how is How.KEPT and all(each.how is How.KEPT for each in self.stretches)
        return not same or self.moved or bool(self.notes_new or self.notes_gone)


def line_changes(before: Sequence[Line], now: Sequence[Line]) -> tuple[LineChange, ...]:
    """Each line of both texts by part: those there are now in their order, then those that are gone."""
    old, new = {line.key: line for line in before}, {line.key: line for line in now}
    moved = set(_moved(old, new))
    gone = [_gone(line) for key, line in old.items() if key not in new]
    here = [_here(old.get(key), line, moved=key in moved) for key, line in new.items()]
    order = list(Part)
    return tuple(sorted([*here, *gone], key=lambda each: order.index(each.part)))


def _here(before: Line | None, line: Line, *, moved: bool) -> LineChange:
    if before is None:
        new = tuple(_put("", line.text))
        return LineChange(line.part, How.NEW, new, notes_new=len(line.note_ids))
    notes, were = set(line.note_ids), set(before.note_ids)
    stretches = tuple(changes(before.text, line.text))
    return LineChange(line.part, How.KEPT, stretches, moved, len(notes - were), len(were - notes))


def _gone(line: Line) -> LineChange:
    return LineChange(line.part, How.GONE, tuple(_put(line.text, "")))


def _moved(old: Mapping[str, Line], new: Mapping[str, Line]) -> Iterator[str]:
    """Keys of lines that stand elsewhere among those of their part that both texts have."""
    for part in Part:
        was = [key for key, line in old.items() if line.part is part and key in new]
        now = [key for key, line in new.items() if line.part is part and key in old]
        kept = SequenceMatcher(a=was, b=now, autojunk=False).get_matching_blocks()
        still = {key for block in kept for key in was[block.a : block.a + block.size]}
        yield from (key for key in now if key not in still)


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
