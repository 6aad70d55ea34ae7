"""A whole draft in plain English from what was agreed and the notes it rests on.

The rule of choosing stands in `choosing`, the art of quoting in `quoting`; here are the sentences.
Where there are several ways to say a thing the lesson's id settles which, so that a lesson always gives
the same draft and two lessons seldom sound alike. Without evidence there is no sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from observe.core.feedback import grade_words
from observe.core.feedback.absent import what_is_missing
from observe.core.feedback.choosing import NOTHING_PICKED, Candidate, candidates
from observe.core.feedback.facts import (
    CLAIMS,
    Agreement,
    Draft,
    Evidence,
    LessonFacts,
    Line,
    OpenTarget,
    Part,
    Plan,
)
from observe.core.feedback.phrasing import phrase_for, pick
from observe.core.feedback.proof import proof
from observe.core.feedback.quoting import (
    Quotation,
    capital,
    clause,
    ended,
    filled,
    quotation,
)
from observe.core.feedback.spoken import day, target_told, what_was_seen
from observe.core.rubric import Phrase, Rubric
from observe.core.time_of_day import clock

CHOSEN = {Part.STRENGTH: 2, Part.NEXT_STEP: 1}
OPENINGS = (
    "Thank you{name} for letting {us} see {seen} on {day}.",
    "On {day} {we} saw {seen}. Thank you for having {us}{end}.",
    "It was good to see {seen} on {day}. Thank you for the welcome{end}.",
    "{we} had the pleasure of seeing {seen} on {day}. Thank you for making room for {us}{end}.",
    "You gave {us} the chance to see {seen} on {day}. Thank you for that{end}.",
    "{we} saw {seen} on {day} and felt welcome. Thank you for making time for it{end}.",
)

WHAT_FOLLOWS = {
    frozenset(CLAIMS): "Here is what worked, and one thing to try.",
    frozenset({Part.STRENGTH}): "Here is what worked.",
    frozenset({Part.NEXT_STEP}): "Here is one thing to try.",
}
ABOUT_QUOTATIONS = "The words in quotation marks are from {our} notes{times}."
THEIR_TARGET = {
    Part.STRENGTH: "Your target from last time was “{target}”, and {we} could see it at work.",
    Part.NEXT_STEP: "Your target from last time, “{target}”, is worth carrying on.",
}
NO_PLACE = "{told} This is what {we} noted: {{evidence}}."
QUESTIONS = {
    Part.NEXT_STEP: (
        "Looking back{moment}, what would you keep and what would you change?",
        "What did you notice yourself{moment}?",
        "Does this fit with how you saw it{moment}, and is the target the right one for you?",
    ),
    Part.STRENGTH: (
        "What made this possible{moment}, and where else could you use it?",
        "What had you done beforehand, so that this could happen{moment}?",
    ),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that can be said of a lesson, with the words it rests on."""

    candidate: Candidate
    quotations: tuple[Quotation, ...]
    phrase: Phrase

    @property
    def note_ids(self) -> tuple[str, ...]:
        """The notes that are quoted."""
        return tuple(told.note_id for told in self.quotations)


@dataclass(frozen=True, slots=True)
class Voice:
    """One observer says I, two say we."""

    we: str
    us: str
    our: str


ONE, MORE = Voice("I", "me", "my"), Voice("we", "us", "our")


def compose(
    facts: LessonFacts,
    rubric: Rubric,
    agreements: Sequence[Agreement],
    evidence: Sequence[Evidence],
    *,
    due: date,
    target: OpenTarget | None = None,
    unlike: str = "",
    picked: Mapping[Part, str] = NOTHING_PICKED,
) -> Draft:
    """A draft whose every claim quotes a note; `unlike` is an opening it should not begin like.

    `picked` are the strength and the next step that all observers would give.
    """
    agreed = {agreement.criterion: agreement for agreement in agreements}
    about = target.criterion if target else None
    found = candidates(rubric, agreed, evidence, target=about, picked=picked)
    labels = () if rubric.graded else grade_words.labels(rubric)
    claims = tuple(_claims(facts, rubric, found, labels))
    lines = _lines(facts, claims, due=due, target=target, unlike=unlike)
    missing = what_is_missing(rubric, agreed, evidence, _chosen(claims), target=target)
    return Draft(tuple(lines), tuple(missing))


def _claims(
    facts: LessonFacts, rubric: Rubric, found: Sequence[Candidate], labels: Sequence[str]
) -> Iterator[Claim]:
    used: set[str] = set()
    for side in CLAIMS:
        sided = (one for one in found if one.side is side)
        proven = ((one, proof(one, used=used, labels=labels)) for one in sided)
        for one, told in islice((pair for pair in proven if pair[1]), CHOSEN[side]):
            used.update(quote.note_id for quote in told)
            phrase = phrase_for(
                one, facts.lesson_id, graded=rubric.graded, labels=labels, we=_voice(facts).we
            )
            yield Claim(one, told, phrase)


def _chosen(claims: Sequence[Claim]) -> Mapping[Part, list[str]]:
    return {
        side: [c.candidate.criterion.criterion for c in claims if c.candidate.side is side]
        for side in CLAIMS
    }


def _lines(
    facts: LessonFacts,
    claims: Sequence[Claim],
    *,
    due: date,
    target: OpenTarget | None,
    unlike: str,
) -> Iterator[Line]:
    yield Line(Part.OPENING, _opening(facts, claims, unlike))
    for claim in claims:
        yield _said(claim, _voice(facts), target)
    steps = [claim for claim in claims if claim.candidate.side is Part.NEXT_STEP]
    yield from (_target(claim, due) for claim in steps[:1])
    yield from (_question(claim, facts) for claim in (steps or claims)[:1])


def _opening(facts: LessonFacts, claims: Sequence[Claim], unlike: str) -> str:
    thanks = _thanks(facts, unlike)
    follows = WHAT_FOLLOWS.get(frozenset(claim.candidate.side for claim in claims), "")
    timed = any(told.at for claim in claims for told in claim.quotations)
    about = ABOUT_QUOTATIONS.format(
        our=_voice(facts).our, times=", with the time beside them" if timed else ""
    )
    return " ".join(filter(None, (thanks, follows, about if claims else "")))


def _thanks(facts: LessonFacts, unlike: str) -> str:
    told = [_thanked(opening, facts) for opening in OPENINGS]
    fresh = [opening for opening in told if opening.split()[:2] != unlike.split()[:2]]
    return pick(fresh, facts.lesson_id, "opening")


def _thanked(opening: str, facts: LessonFacts) -> str:
    voice, name = _voice(facts), (facts.first_name or facts.teacher).strip()
    told = opening.format(
        name=f", {name}," if name else "",
        end=f", {name}" if name else "",
        us=voice.us,
        we=voice.we,
        seen=what_was_seen(facts),
        day=day(facts.on),
    )
    return ended(capital(told))


def _said(claim: Claim, voice: Voice, target: OpenTarget | None) -> Line:
    criterion = claim.candidate.criterion.criterion
    sentence = _with_place(claim.phrase.text, voice)
    told = filled(sentence, clause(claim.quotations, our=voice.our))
    if target and target.criterion == criterion:
        told = f"{_their_target(claim.candidate.side, target, voice)}{told}"
    return Line(claim.candidate.side, told, claim.note_ids, criterion)


def _with_place(text: str, voice: Voice) -> str:
    """The phrase with a place for its evidence."""
    return (
        text
        if "{evidence}" in text
        else NO_PLACE.replace("{told}", ended(text)).format(we=voice.we)
    )


def _their_target(side: Part, target: OpenTarget, voice: Voice) -> str:
    words = quotation("", target.text, at=None, speaker=None)
    return THEIR_TARGET[side].format(target=words.words, we=voice.we) + " " if words else ""


def _target(claim: Claim, due: date) -> Line:
    phrase = claim.phrase
    plan = Plan(phrase.try_, phrase.when, phrase.see, due)
    criterion = claim.candidate.criterion.criterion
    return Line(Part.TARGET, target_told(plan), claim.note_ids, criterion, plan)


def _question(claim: Claim, facts: LessonFacts) -> Line:
    first = claim.quotations[0]
    asked = pick(QUESTIONS[claim.candidate.side], facts.lesson_id, "question")
    told = asked.format(moment=f" at {clock(first.at)}" if first.at else "")
    return Line(Part.QUESTION, told, (first.note_id,), claim.candidate.criterion.criterion)


def _voice(facts: LessonFacts) -> Voice:
    return ONE if len(facts.observers) == 1 else MORE
