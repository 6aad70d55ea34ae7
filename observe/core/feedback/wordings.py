"""Other ways to say a line: the rubric's own phrases for its criterion, on the evidence it has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from observe.core.feedback.choosing import Candidate
from observe.core.feedback.facts import Evidence, Part, Plan
from observe.core.feedback.quoting import Quotation, ended, filled, quotation
from observe.core.feedback.untold import Discretion
from observe.core.rubric import Criterion, Phrase

Quotations = Sequence[Quotation]
EVIDENCE = "{evidence}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that could stand in a line; a target's are a plan."""

    text: str
    plan: Plan | None = None


def wordings(
    part: Part,
    criterion: Criterion,
    candidate: Candidate | None,
    evidence: Iterable[Evidence],
    *,
    keeps: Discretion,
    we: str,
) -> tuple[Wording, ...]:
    """The rubric's phrases for a line of this part, each once, with the line's evidence quoted.

    `candidate` is the criterion with the levels that were given, None where it is on neither side.
    """
    told = [quote for quote in map(_quotation, evidence) if quote and not keeps.tells(quote.words)]
    phrases = criterion.strengths if part is Part.STRENGTH else criterion.next_steps
    fitting = [phrase for phrase in phrases if not keeps.graded or _fits(phrase, candidate)]
    discreet = [phrase for phrase in fitting if not keeps.tells(_words(phrase))]
    made = _targets(discreet) if part is Part.TARGET else _sentences(discreet, told, we)
    return tuple(dict.fromkeys(made))


def _targets(phrases: Iterable[Phrase]) -> Iterator[Wording]:
    for phrase in phrases:
        if phrase.try_:
            yield Wording(phrase.try_, Plan(phrase.try_, phrase.when, phrase.see))


def _sentences(phrases: Iterable[Phrase], told: Quotations, we: str) -> Iterator[Wording]:
    for phrase in phrases:
        yield Wording(with_evidence(phrase.text, told, we=we))


def with_evidence(text: str, told: Quotations, *, we: str) -> str:
    """The phrase with the evidence in its place or before it; without evidence, as far as it goes."""
    before, place, _ = text.partition(EVIDENCE)
    if not told:
        return ended(before.rstrip(" ,;:–—")) if place else ended(text)
    if place:
        return filled(text, told, we=we)
    return f"{filled(f'{EVIDENCE}.', told, we=we)} {ended(text)}"


def _fits(phrase: Phrase, candidate: Candidate | None) -> bool:
    levels = set(candidate.levels) if candidate else set()
    return not phrase.levels or (bool(levels) and levels <= set(phrase.levels))


def _quotation(note: Evidence) -> Quotation | None:
    return quotation(note.id, note.text, at=note.at, speaker=note.speaker, kind=note.kind)


def _words(phrase: Phrase) -> str:
    return " ".join((phrase.text, phrase.try_, phrase.when, phrase.see))
