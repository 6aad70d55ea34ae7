"""A sentence in pieces, between its commas and colons, each without the words that lead up to it.

A request may follow an introduction (`On Tuesday, could the class …`), and a sentence may tell
something before it asks for something. Each piece knows what stands before it and whether the sentence
tells of what has been.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from observe.core.feedback.reading import without_quotations
from observe.core.feedback.step_words import (
    ASKING,
    ATTACHING,
    BEING,
    BOTH_FORMS,
    CONNECTIVES,
    DATING,
    DEPENDENT,
    FINITE,
    INTRODUCING,
    JOINING,
    OBJECTS,
    PAST,
    PERSONS,
    PUPILS,
    SETTING,
    SUBORDINATE,
    TIMES,
    VERBS,
)

Words = tuple[str, ...]

_WORD = re.compile(r"w/[bc]|[^\W_]+(?:[-'/&][^\W_]+)*|[·…]{2,}")
_CUT = re.compile(
    r"\s*(?:[,:;()]+(?=\s|$)|\s[-–—]+\s|[–—]|\.\.\.|…(?!\w))\s*"
    r"|\s(?:(?:and|but)(?=\s(?:please|could|would|can|try|next|perhaps|maybe|let's|i'd|"
    r"you\s(?:could|might|should))\b)"
    r"|so(?=\s(?:please|could|try|perhaps|maybe|let's|let|have|give|ask|get|use|make|put|cut|why|"
    r"i'd)\b))\s"
)
_PLEASE = re.compile(r",\s*(please\b)")
_TAG = re.compile(r",\s*(?:will|would|could|can|won't)\s+you\b(?=\s*[,?]|\s+for\b)")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
_FRESH = re.compile(r"[;–—….(]|\s-")
_NAMES = re.compile(r"[:–—,]|\s-")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_LONGEST_LEAD = 6
_AFTER_LEAD = VERBS | ASKING | CONNECTIVES | {"please", "let's", "don't", "i'd", "you", "pupils"}


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of a sentence between two of its stops, in small letters, without what leads up to them.

    `before` are the words before it that belong to it, `whole` all words of the sentence, `first`
    its first word; `mark` is the stop before it and `ahead` the one after it.
    """

    words: Words
    before: Words
    whole: Words
    first: str
    mark: str
    ahead: str
    asks: bool
    timed: bool

    @property
    def led(self) -> bool:
        """Whether nothing stands before it but when, where or for whom."""
        return not self.before or _is_lead(self.before)

    @property
    def joined(self) -> bool:
        """Whether it goes on with `and`, `then` or `so`."""
        return self.first in JOINING or "so" in self.mark

    @property
    def named(self) -> bool:
        """Whether a colon, a comma or a dash follows."""
        return bool(_NAMES.search(self.ahead))

    @property
    def told(self) -> bool:
        """Whether the sentence tells of something that has been."""
        return tells(self.whole)

    def at(self, place: int) -> str:
        """The word there, or nothing."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def has(self, *runs: str) -> bool:
        """Whether one of the runs of words stands in it."""
        told = f" {' '.join(self.words)} "
        return any(f" {run} " in told for run in runs)


def pieces(sentence: str) -> Iterator[Piece]:
    """The pieces of a sentence that have words, what is quoted left out."""
    told = without_quotations(sentence).replace("’", "'").casefold().strip(" \n\t-–—*•·>")
    told = _PLEASE.sub(r" \1", told)
    whole = words_of(told)
    asks = told.rstrip(" )*_").endswith("?") and not _TAG.search(told)
    timed = bool(_CLOCK.search(told))
    before: Words = ()
    for mark, text, ahead in _parts(told):
        words = words_of(text)
        if _begins_anew(mark, before):
            before = ()
        kept = without_lead(words)
        if kept:
            yield Piece(kept, before, whole, words[0], mark, ahead, asks, timed)
        before += words


def words_of(text: str) -> Words:
    """The words of a text that is in small letters."""
    return tuple(_WORD.findall(text))


def _parts(told: str) -> Iterator[tuple[str, str, str]]:
    """The stop before, the text and the stop after of each piece."""
    begun, mark = 0, ";"
    for cut in _CUT.finditer(told):
        yield mark, told[begun : cut.start()], cut[0]
        begun, mark = cut.end(), cut[0]
    yield mark, told[begun:], ""


def _begins_anew(mark: str, before: Words) -> bool:
    """Whether what follows a stop stands for itself; not what somebody was set to do: `a task: …`."""
    return bool(_FRESH.search(mark)) or (":" in mark and not set(before) & SETTING)


def without_lead(words: Words) -> Words:
    """The words without `and perhaps` before them, or `next time`, `on Monday`, where a verb comes next."""
    place = 0
    while place < len(words) and words[place] in CONNECTIVES and not _is_named_next(words, place):
        place += 1
    rest = words[place:]
    after = _after_when(rest)
    return without_lead(rest[after:]) if after else rest


def _is_named_next(words: Words, place: int) -> bool:
    """Whether `next` belongs to what follows: `next week`, not `next try`."""
    following = words[place + 1 : place + 2]
    return words[place] == "next" and bool(following) and following[0] not in VERBS | {"please"}


def _after_when(words: Words) -> int:
    """Where a verb follows what only says when; 0 where none does."""
    if not words or words[0] not in DATING:
        return 0
    ends = range(1, min(_LONGEST_LEAD + 1, len(words) - 1))
    return next((end for end in ends if _is_when(words[end - 1]) and words[end] in _AFTER_LEAD), 0)


def _is_when(word: str) -> bool:
    return word in TIMES or bool(_ORDINAL.fullmatch(word))


def _is_lead(before: Words) -> bool:
    """Whether the words before only say when, where or for whom."""
    kept = tuple(word for word in before if word not in CONNECTIVES)
    if not kept or before[:2] == ("so", "that"):
        return True
    begins = kept[0] in INTRODUCING or before[0] in INTRODUCING
    return begins and (kept[0] in SUBORDINATE or not _has_clause(kept))


def _has_clause(words: Words) -> bool:
    """Whether somebody does something in these words: `you stopped`."""
    led = SUBORDINATE | DEPENDENT | {"for", "with", "of"}
    said = any(two in PERSONS and one not in led for one, two in pairwise(("", *words)))
    return said or any(
        one in PUPILS and (is_past(two) or two in BOTH_FORMS | FINITE)
        for one, two in pairwise(words)
    )


def has_subject(words: Words) -> bool:
    """Whether somebody is named in the words, be it `you` or `the pupils`."""
    return bool(set(words) & (PERSONS | PUPILS))


def tells(words: Words) -> bool:
    """Whether something that has been is told of; `the coloured pen` and `be asked` tell nothing."""
    return any(is_past(two) and not _describes(one, two) for one, two in pairwise(("", *words)))


def _describes(before: str, word: str) -> bool:
    """Whether a word that looks past only describes: `a worked example`, `is kept`, `you've got`."""
    have = word == "got" and before.endswith("'ve")
    return before in BEING or have or (word.endswith("ed") and before in OBJECTS | ATTACHING)


def is_past(word: str) -> bool:
    """Whether a verb tells of what has been; `put` and `read` are orders as well."""
    regular = word.endswith("ed") and len(word) > len("need") and not word.endswith("eed")
    return word not in BOTH_FORMS and (word in PAST or regular)


def main_words(words: Words) -> Words:
    """The words up to a clause that depends on them."""
    ends = SUBORDINATE | PERSONS | DEPENDENT
    end = next((place for place, word in enumerate(words) if place and word in ends), len(words))
    return words[:end]
