"""Whether what is claimed is borne out, by its own sentence or by one beside it that speaks of the same."""

import re
from collections.abc import Iterator, Sequence

from observe.core.feedback import concrete
from observe.core.feedback.general_words import is_judged, may_judge, particular
from observe.core.feedback.reading import Spot, without_quotations

_POINTS_BACK = re.compile(
    r"^\W*(?:this|that|these|those|so|as\s+a\s+result|because\s+of\s+(?:this|that)|which|"
    r"it|here|such|hence|each(?:\s+one)?(?:\s+of\s+(?:them|these|those))?|"
    r"therefore|in\s+this\s+way|doing\s+(?:so|this)|both|they|then|all\s+of\s+(?:this|them))\b",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(
    r"^\W*(?:(?:for\s+(?:example|instance)|this|that|these|those|here|such)\b|\W*[\"“])",
    re.IGNORECASE,
)
# A time at the beginning of a row says when the row was written.
_STAMP = re.compile(r"^\W*\d{1,2}[.:]\d{2}\s*[-–—:]?\s*(?=[A-Z])")
# What is claimed of talk, and talk that is quoted; of the start, and how pupils came in.
_OF_TALK = re.compile(r"\b(?:question|vocabular|language|talk|instruct|explan)", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:asked|(?:i|we)\s+(?:heard|wrote\s+down|noted)|(?:pupils|children|students|they)\s+(?:used|said))\b[^.!?]*[\"“]",
    re.IGNORECASE,
)
_OF_START = re.compile(r"\b(?:start|entry|arrival)\b", re.IGNORECASE)
_START = re.compile(r"\b(?:came\s+in|entered|arrived|coats|register|bags)\b", re.IGNORECASE)
_SHOWN_BY = ((_OF_TALK, _TALK), (_OF_START, _START))


def bears_out(told: Sequence[Spot], place: int) -> Iterator[bool]:
    """Whether the sentence shows what happened, or the next one, or the one before."""
    sentence = told[place].text
    yield shows(sentence)
    if place + 1 < len(told):
        yield shows(told[place + 1].text) and is_taken_up(sentence, told[place + 1].text)
    yield bool(place and _POINTS_BACK.search(sentence)) and shows(told[place - 1].text)


def shows(sentence: str) -> bool:
    """Whether a sentence shows what happened; what is judged in it needs more than a verb of action."""
    told = _STAMP.sub("", sentence)
    if concrete.is_shown(told):
        return True
    told = without_quotations(told)
    if is_judged(told):
        return concrete.is_told(sentence) and (
            concrete.has_event(sentence) or concrete.has_acts(sentence)
        )
    return concrete.is_told(sentence, plainly=not may_judge(told))


def is_taken_up(claim: str, following: str) -> bool:
    """Whether the sentence after speaks of what was claimed.

    A claim that names something of its lesson goes on to tell of it; one in general words has to be pointed
    at, or to be of talk that is then quoted.
    """
    if particular(without_quotations(claim)) or _TAKES_UP.search(following):
        return True
    return any(topic.search(claim) and shown.search(following) for topic, shown in _SHOWN_BY)
