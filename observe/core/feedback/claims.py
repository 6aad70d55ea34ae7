"""Claims about a lesson that a plain text leaves without evidence.

What is said of a lesson in general words alone shows nothing of it, and so it is a claim; where it judges,
too, one other word makes no difference. A claim is borne out where the sentence shows what happened: a time
of day, a number, words that were said, an example, somebody who is singled out, or an act that can be seen.
So it is by a sentence beside it that speaks of the same: the next one, where it shows what was claimed, or
the one before, where the claim points back to it (`this`, `so`, `as a result`).
"""

import re
from collections.abc import Iterator

from observe.core.feedback.borne_out import bears_out
from observe.core.feedback.courtesies import is_courtesy
from observe.core.feedback.days import dated
from observe.core.feedback.general_words import is_judged, may_judge, particular
from observe.core.feedback.reading import Spot, sentences, without_quotations

_WRITER = re.compile(
    r"^\W*(?:(?:so|and|but|then|also|personally|overall),?\s+)?(?:i|we|my|our)\b", re.IGNORECASE
)
_OPINION = re.compile(
    r"\b(?:feel|felt|think|thought|believe|find|found|see|saw|seen|notice|noticed|noted|observed?|say|said|was|were|"
    r"am|sense|would|must|consider|judge|judged|suspect|suspected|worry|fear|noting)\b|['’]d\b",
    re.IGNORECASE,
)
# What begins with somebody tells what they did; what points at something told before belongs to that.
_OF_SOMEBODY = re.compile(
    r"^\W*(?:you|they|everyone|everybody|nobody|no|what|how|all)\b", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(?:it|(?<!of\s)them|each\s+of\s+them|that|this|these|those|one|others?|first|last|next|then|again|after|"
    r"before|since|he|she|him|her|his|me|us|i|we|"
    r"at\s+the\s+(?:back|front)|there\s+on|the\s+thing|go|yours|mine|theirs|on\s+\w+\s+i)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|can|could|need|seem|go|went|come|came|feel|felt|look|get|got|"
    r"made|make|keep|kept|saw|gave|lead|led|run|ran|knew|grew|rose|fell|found|took|understood|"
    r"[a-z]{3,}(?:ed|es|[^s]s))\b"
    r"|n['’]t\b|['’](?:re|s|ve|d)\b",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"\W*\d{1,2}[.:]\d{2}\s")
FEWEST_WORDS = 3
LONGEST_HEADING = 5
LONGEST_TITLE = 12


def unproven(text: str) -> Iterator[Spot]:
    """The claims of a paragraph that nothing bears out, in order."""
    told = sentences(text)
    for place, sentence in enumerate(told):
        if is_claim(sentence.text) and not any(bears_out(told, place)):
            yield sentence


def is_claim(sentence: str) -> bool:
    """Whether a sentence speaks of the lesson in general words alone, or judges in nearly such."""
    told = without_quotations(sentence)
    if (
        told.rstrip(")").endswith("?")
        or is_courtesy(told)
        or _is_label(told)
        or _is_of_writer(told)
    ):
        return False
    others = len(particular(told))
    return others <= 1 if is_judged(told) else not others and _is_statement(told)


def _is_of_writer(told: str) -> bool:
    """Whether the writer tells what they did, not what they thought of the lesson."""
    return bool(_WRITER.search(told)) and not _OPINION.search(told)


def _is_statement(told: str) -> bool:
    """Whether a sentence that does not plainly judge speaks of teaching, not of what somebody did."""
    if _POINTS.search(told) or len(told.split()) < FEWEST_WORDS or not _FINITE.search(told):
        return False
    return not _WRITER.search(told) and (may_judge(told) or not _OF_SOMEBODY.search(told))


def _is_label(told: str) -> bool:
    """Whether words are a title or a heading: `Learning walk, 22 September`, `What we noticed`."""
    if told[-1:] in ".!":
        return bool(_STAMPED.match(told)) and not _FINITE.search(told)
    length = len(told.split())
    return (
        length <= LONGEST_HEADING
        or not _FINITE.search(told)
        or (length <= LONGEST_TITLE and bool(dated(told)))
    )
