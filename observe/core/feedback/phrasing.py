"""Which of the rubric's phrases a lesson gets; own words for a criterion that has none."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Part
from observe.core.feedback.quoting import Quotation
from observe.core.feedback.remedies import answers
from observe.core.feedback.spoken import quoted
from observe.core.feedback.typed import has_words
from observe.core.feedback.untold import Discretion
from observe.core.rubric import Criterion, Phrase

Option = TypeVar("Option")
OwnWords = tuple[set[str], set[str]]
ENOUGH = 2

OWN_WORDS = {
    Part.STRENGTH: (
        "Something that helped had to do with {title}: {{evidence}}.",
        "This worked, and it has to do with {title}: {{evidence}}.",
        "{title} was part of what went well: {{evidence}}.",
    ),
    Part.NEXT_STEP: (
        "{title} is worth another look: {{evidence}}.",
        "There is more to gain from {title}: {{evidence}}.",
    ),
}
UNTITLED = {
    Part.STRENGTH: "This was part of what worked: {{evidence}}.",
    Part.NEXT_STEP: "This is worth another look: {{evidence}}.",
}
OWN_TRY = "Choose one small change that has to do with {title} and make it part of your planning"
UNTITLED_TRY = "Choose one small change and make it part of your planning"
OWN_WHEN = "in two lessons with this class"
OWN_SEE = "you can name a moment in each where pupils did something differently"
_COMMON = """
    about after again also answer answers anybody asked asks because been before beforehand begin board
    book books both
    class classes come comes could does done down each every everybody find first from give given
    goes half have hear into keep know known later learn less lesson long longer look made make many
    minutes moment more most next nobody none noted nothing often once only other over page pages
    part place plan point pupil pupils read said same says second seen show shown side some somebody
    something still take task teacher than that their them then there these they thing this those
    three time together told twice until very want week were what when where which while whole will with
    work would year your yours
"""
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = re.compile(r"(?:ing|ed|es|e|s|er|ly)$")
# What the teacher does already (`Waits ten seconds`) is nothing to propose; `Waits only one` is.
_DONE = re.compile(
    r"(?:^|(?<=[.;,] )|\b(?:and|then|teacher)\s+)[a-z]{2,}s\b(?!\s+(?:only|just|no|not|too|for)\b)",
    re.I,
)
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


def _stem(word: str) -> str:
    """How a word begins that is the same in `wait`, `waits` and `waited`."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word))[:6]


_COMMON_STEMS = frozenset(map(_stem, _COMMON.split()))


def pick(options: Sequence[Option], *settles: str) -> Option:
    """One of the options, always the same for the same words."""
    number = int.from_bytes(hashlib.sha256("/".join(settles).encode()).digest()[:8], "big")
    return options[number % len(options)]


def phrase_for(
    candidate: Candidate, told: Sequence[Quotation], *, lesson_id: str, aim: str, keeps: Discretion
) -> Phrase:
    """A phrase for the criterion's side and level that has most to do with what is quoted.

    The first is the one that holds for any note, and is taken where no other speaks of what was noted.
    Where several fit as well it is the teacher's `aim` that settles it, and then the lesson. A rubric's
    own goes before one of ours.
    """
    criterion = candidate.criterion
    rubrics_own = criterion.strengths if candidate.side is Part.STRENGTH else criterion.next_steps
    told_whole = [phrase for phrase in rubrics_own if has_words(phrase.text)]
    discreet = [phrase for phrase in told_whole if not keeps.tells(_words_of(phrase))]
    fitting = _fitting(discreet, candidate) if keeps.graded else discreet
    chosen = _nearest(fitting, candidate, told, aim) or _own(candidate, keeps)
    return _whole(pick(chosen, lesson_id, criterion.criterion), criterion, keeps)


def _fitting(phrases: Iterable[Phrase], candidate: Candidate) -> list[Phrase]:
    """Those for every level given, else for the more cautious one, else those for any level."""
    phrases, levels = list(phrases), set(candidate.levels)
    careful = min(levels, default=0) if candidate.side is Part.STRENGTH else max(levels, default=0)
    suits = [phrase for phrase in phrases if phrase.levels and levels <= set(phrase.levels)]
    nearly = [phrase for phrase in phrases if careful in phrase.levels]
    return suits or nearly or [phrase for phrase in phrases if not phrase.levels]


def _nearest(
    phrases: Sequence[Phrase], candidate: Candidate, told: Sequence[Quotation], aim: str
) -> list[Phrase]:
    """Those that have most to do with the notes; the first where none has enough."""
    noted = " ".join(quote.said for quote in told)
    fits = list(_weights(phrases, candidate, noted))
    most = max(fits, default=0)
    if most < ENOUGH:
        return list(phrases[:1])
    near = [phrase for phrase, fit in zip(phrases, fits, strict=True) if fit == most]
    aims = list(_shared(_own_words(near, ""), _stems(aim)))
    return [phrase for phrase, fit in zip(near, aims, strict=True) if fit == max(aims)]


def _weights(phrases: Sequence[Phrase], candidate: Candidate, noted: str) -> Iterator[int]:
    """How much the notes speak for each phrase; nothing speaks for the first, which fits anything."""
    steps = candidate.side is Part.NEXT_STEP
    seen = _stems(_DONE.sub(" ", noted) if steps else noted)
    own = _own_words(phrases[1:], candidate.criterion.title)
    yield from (0 for _ in phrases[:1])
    for phrase, shared in zip(phrases[1:], _shared(own, seen), strict=True):
        answered = answers(noted, f"{phrase.text} {phrase.try_}") if steps else 0
        yield shared + ENOUGH * answered + (answered > 0)


def _shared(own: Iterable[OwnWords], seen: set[str]) -> Iterator[int]:
    """How many words phrases share with a text: what they ask counts twice what they propose."""
    yield from (2 * len(seen & asked) + len(seen & tried) for asked, tried in own)


def _own_words(phrases: Sequence[Phrase], title: str) -> Iterator[OwnWords]:
    """What each phrase asks and proposes that no other does, and that the title does not say."""
    words = [(_stems(each.text), _stems(f"{each.try_} {each.see}")) for each in phrases]
    counted = Counter(word for asked, tried in words for word in asked | tried)
    common = _stems(title) | {word for word, times in counted.items() if times > 1}
    yield from ((asked - common, tried - asked - common) for asked, tried in words)


def _stems(text: str) -> set[str]:
    """`waits` and `waited` as one: how each word begins that says something."""
    return {_stem(word) for word in _WORD.findall(text.lower())} - _COMMON_STEMS


def _words_of(phrase: Phrase) -> str:
    return " ".join((phrase.text, phrase.try_, phrase.when, phrase.see))


def _own(candidate: Candidate, keeps: Discretion) -> list[Phrase]:
    """Our words for a criterion, which name it unless its title tells a level."""
    title = quoted(candidate.criterion.title)
    named = [text.format(title=title) for text in OWN_WORDS[candidate.side]]
    texts = keeps.discreet(named) or [UNTITLED[candidate.side].format()]
    return [Phrase(text=text) for text in texts]


def _whole(phrase: Phrase, criterion: Criterion, keeps: Discretion) -> Phrase:
    """The phrase with its plan complete."""
    own = OWN_TRY.format(title=quoted(criterion.title))
    return Phrase(
        text=phrase.text,
        try_=_said(phrase.try_) or (UNTITLED_TRY if keeps.tells(own) else own),
        when=_said(phrase.when) or OWN_WHEN,
        see=_said(phrase.see) or OWN_SEE,
    )


def _said(text: str) -> str:
    """A part of a phrase; nothing where a rubric has only `…` there."""
    return text if has_words(text) else ""
