"""Which of the rubric's phrases a lesson gets; own words for a criterion that has none."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

from observe.core.feedback import grade_words
from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Part
from observe.core.rubric import Criterion, Phrase

Option = TypeVar("Option")

OWN_WORDS = {
    Part.STRENGTH: (
        "Under “{title}” {we} noted something that worked: {{evidence}}.",
        "This helped, under “{title}”: {{evidence}}.",
        "“{title}” was part of what went well: {{evidence}}.",
    ),
    Part.NEXT_STEP: (
        "“{title}” is worth another look, because of what {we} noted: {{evidence}}.",
        "There is more to gain from “{title}”. This is what {we} noted: {{evidence}}.",
    ),
}
OWN_TRY = "Choose one small change under “{title}” and make it part of your planning"
OWN_WHEN = "in two lessons with this class"
OWN_SEE = "you can name a moment in each where pupils did something differently"


def pick(options: Sequence[Option], *settles: str) -> Option:
    """One of the options, always the same for the same words."""
    number = int.from_bytes(hashlib.sha256("/".join(settles).encode()).digest()[:8], "big")
    return options[number % len(options)]


def phrase_for(
    candidate: Candidate, lesson_id: str, *, graded: bool, labels: Iterable[str], we: str
) -> Phrase:
    """A phrase for the criterion's side and level; a rubric's own before one of ours."""
    criterion = candidate.criterion
    rubrics_own = criterion.strengths if candidate.side is Part.STRENGTH else criterion.next_steps
    told = [phrase for phrase in rubrics_own if not (labels and _tells(phrase, labels))]
    fitting = _fitting(told, candidate) if graded else told
    own = [_own(text, criterion, we) for text in OWN_WORDS[candidate.side]]
    return _whole(pick(fitting or own, lesson_id, criterion.criterion), criterion)


def _fitting(phrases: Iterable[Phrase], candidate: Candidate) -> list[Phrase]:
    """Those for every level given, else for the more cautious one, else those for any level."""
    levels = set(candidate.levels)
    careful = min(levels, default=0) if candidate.side is Part.STRENGTH else max(levels, default=0)
    suits = [phrase for phrase in phrases if phrase.levels and levels <= set(phrase.levels)]
    nearly = [phrase for phrase in phrases if careful in phrase.levels]
    return suits or nearly or [phrase for phrase in phrases if not phrase.levels]


def _tells(phrase: Phrase, labels: Iterable[str]) -> bool:
    words = " ".join((phrase.text, phrase.try_, phrase.when, phrase.see))
    return grade_words.hinted(words, labels)


def _own(text: str, criterion: Criterion, we: str) -> Phrase:
    title = criterion.title.strip().replace("{", "(").replace("}", ")")
    told = text.format(title=title, we=we)
    return Phrase(text=told)


def _whole(phrase: Phrase, criterion: Criterion) -> Phrase:
    """The phrase with its plan complete."""
    return Phrase(
        text=phrase.text,
        try_=phrase.try_ or OWN_TRY.format(title=criterion.title.strip()),
        when=phrase.when or OWN_WHEN,
        see=phrase.see or OWN_SEE,
    )
