"""A word that could be a name where it stands, and whether it is one there."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from observe.core.feedback.concrete import ACTS
from observe.core.feedback.name_words import (
    COMMON,
    DETERMINERS,
    FUNCTION,
    OF_PLACE,
    OF_TIME,
    PERIODS,
    PLACES,
    SPEAKING,
    SUBJECTS,
)

_MAPPED = re.compile(
    r"\b(?:maps?|atlas|globe|capitals?|cit(?:y|ies)|countr(?:y|ies)|rivers?|continents?)\b", re.I
)
_BEFORE_SENTENCE = re.compile(
    r"(?:^|[.!?…:;–—]|[“‘\"(«]|\n\s*[-–—*•·]?|\d[.)]|[-*•·])\s*[“‘\"(«]*$"
)
# What a pupil did, without what things do, too: summer came, art hung on the wall.
_DID = """
    helped took made went got used found spotted led kept shared wondered worked explained looked wanted
    needed thought knew tried finished noticed offered struggled suggested did didn['’]t has wasn['’]t
"""
_THINGS_DO = {"came", "began", "passed", "hung", "left", "cut", "lit", "lined"}
_VERBS = sorted({*_DID.split(), *ACTS.split()} - _THINGS_DO)
_ACTED = re.compile(
    r",\s+who\b|\s+(?:(?:then|also|quickly|quietly|even|soon|and\s+[A-Z]\w+)\s+)?"
    rf"(?:{'|'.join(_VERBS)}|was\s+\w+ing)\b"
)
_OPENS_SPEECH = re.compile(r"[“\"‘«]$")
_OWNED = re.compile(r"['’](?:s)?$", re.IGNORECASE)
_OWNS = re.compile(
    r"['’]s\s+(?!(?:the|an?|not|been|got|in|on|out|up|there|here|what|where|how|why|that)\b)[a-z]"
)
_SCHOOL = re.compile(
    r"\s+(?:term|holidays?|break|half|exams?|mocks?|class|lessons?|room|club|department|teacher|"
    r"scheme|house|"
    r"group|team|test|papers?|sats|showers?|fair|fête|bank|day|reading|school|games|concert|"
    r"production)\b",
    re.IGNORECASE,
)
_BARE = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "s",
        "ə": "e",
        "Ə": "E",
    }
    | {"æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "ð": "d", "Ð": "D", "þ": "t", "Þ": "T"}
    | {"’": "'", "‐": "-", "‑": "-"}
)


def unowned(word: str) -> str:
    """The word without what makes it an owner: `Siân` of `Siân’s`."""
    return _OWNED.sub("", word)


def plain(word: str) -> str:
    """The word without accents and capitals: `Zoë` as `zoe`, `Łukasz` as `lukasz`."""
    parts = unicodedata.normalize("NFD", word.translate(_BARE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


@dataclass(frozen=True, slots=True)
class Place:
    """A word that could be a name, with what stands around it."""

    bare: str
    text: str
    start: int
    words: Sequence[re.Match[str]]
    number: int

    @property
    def name(self) -> str:
        """The word without accents and capitals."""
        return plain(self.bare)

    @property
    def before(self) -> str:
        """The word before in the same breath; empty after a stop."""
        return self._beside(-1)

    @property
    def earlier(self) -> str:
        """The word two before."""
        return self.words[self.number - 2][0] if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The word after in the same breath; empty after what the name owns."""
        return "" if self.rest[:1] in ("'", "’") else self._beside(1)

    @property
    def rest(self) -> str:
        """The text after the name."""
        return self.text[self.start + len(self.bare) :]

    @property
    def begins(self) -> bool:
        """Whether a sentence begins with it."""
        return bool(_BEFORE_SENTENCE.search(self.text[: self.start]))

    def _beside(self, step: int) -> str:
        place = self.number + step
        if not 0 <= place < len(self.words):
            return ""
        one, two = sorted((self.words[self.number], self.words[place]), key=re.Match.start)
        between = self.text[one.end() : two.start()]
        return (
            self.words[place][0] if not between.strip(" .\t\n") and between.count("\n") < 2 else ""
        )


def is_a_name(place: Place) -> bool:
    """Whether a word that could be a name is one here."""
    if _is_when(place) or _is_where(place) or _is_subject(place):
        return False
    short = len(place.name) < 3 or place.name.endswith("ing")
    everyday = short or place.name in COMMON | PERIODS | PLACES
    if not everyday:
        return not _is_speech_mark(place)
    return place.bare[0].isupper() and not place.bare.isupper() and _stands_inside(place)


def _is_speech_mark(place: Place) -> bool:
    """A name with only small letters may be a word; two letters and less always are."""
    return place.bare.islower() and len(place.name) < 3


def _stands_inside(place: Place) -> bool:
    """Whether a word with a capital stands inside a sentence, and not in a name of something else."""
    if place.begins:
        spoken_to = _OPENS_SPEECH.search(place.text[: place.start]) and place.rest[:2] == ", "
        greeted = bool(spoken_to) and not re.match(r", \w+ and\b", place.rest)
        return greeted or bool(_ACTED.match(place.rest)) or _owns(place)
    if plain(place.before) in DETERMINERS or _SCHOOL.match(place.rest):
        return False
    beside = (place.before, place.after)
    return not any(word[:1].isupper() and not _is_free(word) for word in beside)


def _owns(place: Place) -> bool:
    """Whether something is somebody's: `Jack's drop`, not `May's lessons`."""
    return place.name not in PERIODS and bool(_OWNS.match(place.rest))


def _is_free(word: str) -> bool:
    """Whether a word with a capital is none of a name: `I`, `Monday`, the first of a sentence."""
    return plain(unowned(word)) in FUNCTION or is_period(word)


def _is_when(place: Place) -> bool:
    if place.name not in PERIODS:
        return False
    ranges = place.before in {"and", "to"} and is_period(place.earlier)
    timed = plain(place.before) in OF_TIME or _SCHOOL.match(place.rest)
    return bool(timed) or ranges or _beside_number(place)


def _is_where(place: Place) -> bool:
    if place.name not in PLACES:
        return False
    if plain(place.before) in OF_PLACE:
        return not _is_spoken_to(place)
    return bool(_MAPPED.search(place.text))


def _is_spoken_to(place: Place) -> bool:
    """Whether the word two before is one of speaking: `you spoke to Paris`."""
    return plain(place.before) == "to" and plain(place.earlier) in SPEAKING


def _is_subject(place: Place) -> bool:
    if place.name in SUBJECTS:
        return True
    return place.name == "art" and plain(place.before) in {
        "in",
        "of",
        "for",
        "your",
        "year",
        "and",
        "to",
    }


def _beside_number(place: Place) -> bool:
    return bool(
        re.search(r"\d(?:st|nd|rd|th)?\s*$", place.text[: place.start])
        or re.match(r"\s*\d{1,2}(?![:.]\d)", place.rest)
    )


def is_period(word: str) -> bool:
    """Whether a word names a month, a day, a season or a year group, or is `I`."""
    return plain(unowned(word)) in PERIODS or plain(word) in {"i", "year"}
