"""A whole draft in plain English from what was agreed and the notes it rests on.

The rule of choosing stands in `choosing`, the art of quoting in `quoting`; here are the sentences.
Where there are several ways to say a thing the lesson's id settles which, so that a lesson always gives
the same draft and two lessons seldom sound alike. Without evidence there is no sentence.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from observe.core.feedback.absent import what_is_missing
from observe.core.feedback.asking import question
from observe.core.feedback.choosing import CHOSEN, NOTHING_PICKED, Candidate, candidates
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
    Sentence,
)
from observe.core.feedback.openings import Voice, thanks, voice_of, what_follows
from observe.core.feedback.phrasing import phrase_for, pick
from observe.core.feedback.proof import proof
from observe.core.feedback.quoting import Quotation, ended, named, quotation, told_in
from observe.core.feedback.spoken import target_sentences
from observe.core.feedback.typed import plain
from observe.core.feedback.untold import Discretion, discretion
from observe.core.feedback.writing import capital, lowered
from observe.core.rubric import Phrase, Rubric

THEIR_TARGET = {
    Part.STRENGTH: "Your target from last time{quoted}, and {we} could see it at work.",
    Part.NEXT_STEP: "Your target from last time{quoted} is worth carrying on.",
}
Quotations = tuple[Quotation, ...]
CONNECTED = (
    "{{evidence}}. Here is what {we} would try: {advice}",
    "{{evidence}}. So {our} suggestion is this: {advice}",
)
FREE_STANDING = (
    "{advice} {start} suggest this because {{evidence}}.",
    "{advice} This is what made {us} think of it: {{evidence}}.",
)
SHOWN = ("{advice} This is where {we} saw it: {{evidence}}.",)
AGAIN = ("{advice} {seen} is {our} reason for this, too.",)
EVIDENCE_LAST = re.compile(r"(?P<claim>[^{}:]+): \{evidence\}\.?")
EVIDENCE_FIRST = "{{evidence}}: {claim}."
ALSO = (("You ", "You also "), ("This ", "This also "), ("Here is ", "Here, too, is "))
FRAGMENT, WHOLE = (
    re.compile(r"What led to this: \{evidence\}"),
    "This is what led to it: {evidence}",
)
_NO_REQUEST = re.compile(
    r"(?:you|your|we|our|I|my|it|the|this|that|there|these|pupils|teachers?|some|an?|one|perhaps|maybe|"
    r"what|how|could|would|can|next|to|more|with|[“‘])\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”’)]))\s+(?=[A-ZÀ-Þ“‘(\d{])")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that can be said of a lesson, with the words it rests on."""

    candidate: Candidate
    quotations: tuple[Quotation, ...]
    phrase: Phrase
    after: str = ""

    @property
    def side(self) -> Part:
        """Whether it is a strength or a next step."""
        return self.candidate.side

    @property
    def criterion(self) -> str:
        """What it is about."""
        return self.candidate.criterion.criterion

    @property
    def note_ids(self) -> tuple[str, ...]:
        """The notes that are quoted."""
        return tuple(told.note_id for told in self.quotations)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every sentence of a letter needs to know."""

    facts: LessonFacts
    voice: Voice
    keeps: Discretion
    due: date
    target: OpenTarget | None

    def aim_of(self, candidate: Candidate) -> str:
        """What the teacher has set out to try there."""
        target = self.target
        about = target and target.criterion == candidate.criterion.criterion
        return target.text if target and about else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the draft, sentence by sentence."""

    sentences: tuple[Sentence, ...]
    note_ids: tuple[str, ...] = ()
    plan: Plan | None = None

    @property
    def line(self) -> Line:
        """The sentences as one line."""
        first = self.sentences[0]
        text = " ".join(sentence.text for sentence in self.sentences)
        return Line(first.part, text, self.note_ids, first.criterion, self.plan)


def compose(
    facts: LessonFacts,
    rubric: Rubric,
    agreements: Sequence[Agreement],
    evidence: Sequence[Evidence],
    *,
    due: date,
    target: OpenTarget | None = None,
    unlike: str | Collection[str] = (),
    picked: Mapping[Part, str] = NOTHING_PICKED,
) -> Draft:
    """A draft whose every claim quotes a note; `unlike` are openings it should not begin like.

    `picked` are the strength and the next step that all observers would give.
    """
    agreed = {agreement.criterion: agreement for agreement in agreements}
    noted = [note for note in evidence if note.lesson_id in ("", facts.lesson_id)]
    setting = Setting(facts, voice_of(facts), discretion(rubric), due, target)
    about = target.criterion if target else None
    found = candidates(rubric, agreed, noted, target=about, picked=picked)
    claims = tuple(_claims(setting, found))
    paragraphs = tuple(_paragraphs(setting, claims, unlike))
    chosen = _chosen(claims)
    missing = what_is_missing(rubric, agreed, noted, chosen, target=target, keeps=setting.keeps)
    return Draft(
        tuple(paragraph.line for paragraph in paragraphs),
        tuple(missing),
        tuple(sentence for paragraph in paragraphs for sentence in paragraph.sentences),
    )


def _claims(setting: Setting, found: Sequence[Candidate]) -> Iterator[Claim]:
    used: list[Quotation] = []
    for side in CLAIMS:
        before = ""
        sided = (one for one in found if one.side is side)
        proven = ((one, proof(one, used=used, keeps=setting.keeps)) for one in sided)
        for one, told in islice(_told(proven, side), CHOSEN[side]):
            used += told
            phrase = phrase_for(
                *(one, told),
                lesson_id=setting.facts.lesson_id,
                aim=setting.aim_of(one),
                keeps=setting.keeps,
            )
            yield Claim(one, told, phrase, before)
            before = phrase.text


def _told(
    proven: Iterable[tuple[Candidate, Quotations]], side: Part
) -> Iterator[tuple[Candidate, Quotations]]:
    """Those with words to quote; a strength is not told again from what another one has quoted."""
    for one, told in proven:
        if told and not (side is Part.STRENGTH and told[0].again):
            yield one, told


def _chosen(claims: Sequence[Claim]) -> Mapping[Part, list[str]]:
    return {side: [claim.criterion for claim in claims if claim.side is side] for side in CLAIMS}


def _paragraphs(
    setting: Setting, claims: Sequence[Claim], unlike: str | Collection[str]
) -> Iterator[Paragraph]:
    yield _opening(setting, claims, unlike)
    for claim in claims:
        yield _said(setting, claim)
    steps = [claim for claim in claims if claim.side is Part.NEXT_STEP]
    yield from (_target(setting, claim) for claim in steps[:1])
    yield from (_question(setting, claim) for claim in (steps or claims)[:1])


def _opening(setting: Setting, claims: Sequence[Claim], unlike: str | Collection[str]) -> Paragraph:
    """Thanks rest on no note; what the letter goes on to say rests on all that it quotes."""
    facts, keeps = setting.facts, setting.keeps
    begun = thanks(facts, keeps=keeps, unlike=unlike, says_more=bool(claims))
    follows = what_follows([claim.side for claim in claims], facts.lesson_id, keeps=keeps)
    cited = tuple(dict.fromkeys(note for claim in claims for note in claim.note_ids))
    told = [Sentence(Part.OPENING, text) for text in begun]
    return Paragraph((*told, *([Sentence(Part.OPENING, follows, cited)] if follows else [])))


def _said(setting: Setting, claim: Claim) -> Paragraph:
    told = [ended(capital(each)) for each in in_sentences(_with_place(setting, claim))]
    we = setting.voice.we
    texts = [text for each in told for text in told_in(each, claim.quotations, we=we)]
    return _paragraph(claim, claim.side, [*_their_target(setting, claim), *texts])


def _with_place(setting: Setting, claim: Claim) -> str:
    """The phrase with a place for its evidence, before what it asks for or after it."""
    text = FRAGMENT.sub(WHOLE, plain(claim.phrase.text))
    if "{evidence}" in text:
        return _unlike(text, claim.after)
    options = setting.keeps.preferred(_frames(claim, text))
    frame = pick(options, setting.facts.lesson_id, "frame")
    advice = lowered(text) if frame in CONNECTED else capital(text)
    voice = setting.voice
    return frame.format(
        **{"we": voice.we, "us": voice.us, "our": voice.our, "advice": ended(advice)},
        **{"seen": capital(named(claim.quotations, we=voice.we)), "start": capital(voice.we)},
    )


def _unlike(text: str, before: str) -> str:
    """The claim put so that it does not begin like the one before it."""
    if text.split()[:1] != before.split()[:1]:
        return text
    for begins, also in ALSO:
        if text.startswith(begins):
            return also + text.removeprefix(begins)
    found = EVIDENCE_LAST.fullmatch(text)
    return EVIDENCE_FIRST.format(claim=lowered(found["claim"])) if found else text


def _frames(claim: Claim, text: str) -> Sequence[str]:
    """How evidence is brought in; a request can follow a colon, any other sentence stands alone."""
    if claim.side is Part.STRENGTH:
        return SHOWN
    if claim.quotations[0].again:
        return AGAIN
    return FREE_STANDING if _NO_REQUEST.match(text) else (*CONNECTED, *FREE_STANDING)


def _their_target(setting: Setting, claim: Claim) -> Iterator[str]:
    target = setting.target
    if target and target.criterion == claim.criterion:
        words = quotation("", target.text, at=None, speaker=None)
        said = words and not setting.keeps.tells(f"{target.text} {words.words}")
        yield _of_target(claim.side, words.words if words and said else "", setting.voice)


def _of_target(side: Part, words: str, voice: Voice) -> str:
    words = words.rstrip("!")
    was = {Part.STRENGTH: f" was “{words}”", Part.NEXT_STEP: f", “{words}”,"}[side]
    told = THEIR_TARGET[side].format(quoted=was if words else "", we=voice.we)
    return told if words else told.replace(", and", " came up again, and")


def _target(setting: Setting, claim: Claim) -> Paragraph:
    phrase = claim.phrase
    plan = Plan(phrase.try_, phrase.when, phrase.see, setting.due)
    return _paragraph(claim, Part.TARGET, target_sentences(plan), plan=plan)


def _question(setting: Setting, claim: Claim) -> Paragraph:
    first = claim.quotations[0]
    text = question(setting.facts, claim.side, first.moment, keeps=setting.keeps)
    asked = Sentence(Part.QUESTION, text, (first.note_id,), claim.criterion)
    return Paragraph((asked,), asked.note_ids)


def _paragraph(
    claim: Claim, part: Part, texts: Sequence[str], *, plan: Plan | None = None
) -> Paragraph:
    told = (Sentence(part, text, claim.note_ids, claim.criterion) for text in texts)
    return Paragraph(tuple(told), claim.note_ids, plan)


def in_sentences(text: str) -> list[str]:
    """The sentences of a text of ours or of a rubric, in which no note has been quoted yet."""
    return _STOP.split(text)
