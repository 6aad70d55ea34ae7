"""A text in sentences, with the place of each; how long they are and how hard to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SENTENCE = 35
FEWEST_JUDGED, HARDEST = 12, 5.0
FEWEST_OF_SHORT, HARDEST_OF_SHORT = 6, -30.0

_END = re.compile(
    r"(?:[.!?…]+(?<!\s…))[\"”’')\]]*(?=\s|$)"
    r"|\n[ \t]*(?=\n|[-–—*•·]\s|\d{1,2}[.)]\s|\d{1,2}[:.]\d{2}\b|$)"
)
_SHORTENED = re.compile(
    r"(?:^|[\s(“\"])(?:mr|mrs|ms|dr|st|prof|rev|e\.g|i\.e|approx|vs|no|p|pp|cf|incl|[A-Z])\.$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|(?<!\w)['‘](?=\w)(?:[^'’\n]|['’](?=\w))+?['’](?!\w)"
)
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words and where they begin, counted in characters from 0."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where they end."""
        return self.start + len(self.text)


def sentences(text: str) -> list[Spot]:
    """The sentences of a text; an entry of a list is one, too."""
    found, begun = [], 0
    for end in _ends(text):
        found += _trimmed(text, begun, end)
        begun = end
    return found + _trimmed(text, begun, len(text))


def _ends(text: str) -> Iterator[int]:
    for mark in _END.finditer(text):
        if "\n" in mark[0] or not _goes_on(text, mark):
            yield mark.end()


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Whether a stop ends no sentence: after “Mr.”, or where small letters follow."""
    following = text[mark.end() :].lstrip()[:1]
    return following.islower() or bool(_SHORTENED.search(text, 0, mark.end()))


def _trimmed(text: str, begun: int, end: int) -> list[Spot]:
    piece = text[begun:end]
    told = piece.strip()
    return [Spot(told, begun + len(piece) - len(piece.lstrip()))] if told else []


def count(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def without_quotations(text: str) -> str:
    """The text with as many dots in the place of what is quoted; the stop at its end stays."""
    return _QUOTED.sub(lambda quoted: f"“{_masked(quoted[0][1:-1])}”", text)


def _masked(said: str) -> str:
    stop = said[-1:] if said[-1:] in (".", "!", "?", "…") else ""
    return "·" * (len(said) - len(stop)) + stop


def quotations(text: str) -> Iterator[re.Match[str]]:
    """What is quoted, marks included."""
    return _QUOTED.finditer(text)


def hard_sentences(text: str) -> Iterator[Spot]:
    """Sentences of more than 35 words, or of many long ones (reading ease, Flesch 1948)."""
    for sentence in sentences(without_quotations(text)):
        words = _SPOKEN.findall(sentence.text)
        if len(words) > LONGEST_SENTENCE or _is_dense(words):
            yield Spot(text[sentence.start : sentence.end], sentence.start)


def reading_ease(words: list[str]) -> float:
    """Flesch's reading ease of one sentence: 206.835 - 1.015 words - 84.6 syllables a word."""
    return 206.835 - 1.015 * len(words) - 84.6 * sum(map(_syllables, words)) / len(words)


def _is_dense(words: list[str]) -> bool:
    """Whether long words crowd a sentence; a short one has to be far worse, for one word moves it."""
    if len(words) < FEWEST_OF_SHORT:
        return False
    return reading_ease(words) < (HARDEST if len(words) >= FEWEST_JUDGED else HARDEST_OF_SHORT)


def _syllables(word: str) -> int:
    plain = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouyâêîôûŵŷáéíóúäëïöü]+", plain)))
