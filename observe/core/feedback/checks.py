"""What to look at before a summary goes out: each finding says why and what to do, none changes a word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from re import IGNORECASE
from re import compile as pattern

from observe.core.feedback import grade_words, wording
from observe.core.feedback.facts import CLAIMS, Line, Part
from observe.core.feedback.names import Named, initial, named

MOST_WORDS = 350
EASY_QUOTE = 60
HEAVY = "This sentence has many long words."


class Kind(StrEnum):
    """What may be wrong with a line, or with the whole."""

    PUPIL_NAMED = "pupil_named"
    NO_EVIDENCE = "no_evidence"
    GRADE_WORD = "grade_word"
    PERSON_LABEL = "person_label"
    VAGUE_PRAISE = "vague_praise"
    NO_NEXT_STEP = "no_next_step"
    TARGET_NO_DATE = "target_no_date"
    TOO_LONG = "too_long"
    HARD_TO_READ = "hard_to_read"


_DATE = pattern(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+\d{1,2}\b|\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\bby\s+(?:next\s+)?(?:mon|tues|wednes|thurs|fri)day\b|\bby\s+half[\s-]term\b",
    IGNORECASE,
)
SERIOUS = (Kind.PUPIL_NAMED, Kind.GRADE_WORD)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `line` counts from 0, None for the whole; `instead` can replace the quote."""

    kind: Kind
    line: int | None
    quote: str
    reason: str
    fix: str
    instead: str | None = None

    @property
    def is_serious(self) -> bool:
        """Whether it tells of somebody, or of a level, what must not leave the house."""
        return self.kind in SERIOUS


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks need to know: the class list, who is staff, and whether levels may be told."""

    graded: bool
    level_labels: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


def check(lines: Sequence[Line], context: Context) -> tuple[Finding, ...]:
    """Every finding, in the order of the lines, those about the whole last."""
    found = (finding for kind in Kind for finding in CHECKS[kind](lines, context))
    return tuple(sorted(found, key=lambda one: len(lines) if one.line is None else one.line))


def passed(lines: Sequence[Line], findings: Sequence[Finding], context: Context) -> tuple[str, ...]:
    """What was looked at and found well, in words."""
    failed = {finding.kind for finding in findings}
    told = [sentence for kind, sentence in PASSED if kind not in failed and _applies(kind, context)]
    return (*told, *(() if Kind.TOO_LONG in failed else (f"{words(lines)} words, fits one page",)))


def words(lines: Sequence[Line]) -> int:
    """How many words a summary has."""
    return sum(wording.count(line.text) for line in lines)


def _applies(kind: Kind, context: Context) -> bool:
    if kind is Kind.PUPIL_NAMED:
        return bool(context.pupils)
    return kind is not Kind.GRADE_WORD or not context.graded


def _pupil_named(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for pupil in named(line.text, context.pupils, staff=context.staff):
            yield _pupil_found(place, line.text, pupil)


def _pupil_found(place: int, text: str, found: Named) -> Finding:
    begins = not text[: found.start].strip(' “‘"(') or text[: found.start].rstrip()[-1] in ".!?"
    instead = "One pupil" if begins else "one pupil"
    return Finding(
        kind=Kind.PUPIL_NAMED,
        line=place,
        quote=found.written,
        reason=f"A pupil may be named: “{found.written}”. The class list has this name.",
        fix=f"Write “{instead}”, or the initial “{initial(found.pupil)}”",
        instead=instead,
    )


def _no_evidence(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        if line.part in CLAIMS and not line.note_ids:
            reason = "This line rests on no note."
            yield Finding(
                Kind.NO_EVIDENCE,
                place,
                _start(line.text),
                reason,
                "Add a note to it, or leave it out",
            )


def _grade_word(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    if context.graded:
        return
    for place, line in enumerate(lines):
        for quote in grade_words.told(line.text, context.level_labels):
            reason = (
                f"“{quote}” tells a level, and with this rubric levels stay with the observers."
            )
            yield Finding(Kind.GRADE_WORD, place, quote, reason, "Say what was seen instead")


def _person_label(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for quote in wording.labels_of_person(line.text):
            reason = f"“{quote}” says what somebody is, not what happened."
            yield Finding(
                Kind.PERSON_LABEL, place, quote, reason, "Say what was done and what came of it"
            )


def _vague_praise(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for quote in wording.vague_praise(line.text) if line.part is not Part.QUESTION else ():
            reason = f"“{quote}” is praise without an example."
            yield Finding(
                Kind.VAGUE_PRAISE, place, quote, reason, "Say what pupils did because of it"
            )


def _no_next_step(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    if not any(line.part is Part.NEXT_STEP and line.text.strip() for line in lines):
        reason = "There is no next step."
        yield Finding(Kind.NO_NEXT_STEP, None, "", reason, "Add one thing that is worth trying")


def _target_no_date(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        if (
            line.part is Part.TARGET
            and not (line.plan and line.plan.due)
            and not _DATE.search(line.text)
        ):
            reason = "The target has no date."
            fix = "Say by which day you look at it together"
            yield Finding(Kind.TARGET_NO_DATE, place, _start(line.text), reason, fix)


def _too_long(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    total = words(lines)
    if total > MOST_WORDS:
        reason = f"The summary has {total} words; {MOST_WORDS} fit one page."
        fix = f"Leave out {total - MOST_WORDS} words or more"
        yield Finding(Kind.TOO_LONG, None, "", reason, fix)


def _hard_to_read(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for sentence in wording.hard_sentences(line.text):
            total = wording.count(sentence)
            reason = (
                f"A sentence of {total} words is hard to read."
                if total > wording.LONGEST_SENTENCE
                else HEAVY
            )
            yield Finding(
                Kind.HARD_TO_READ,
                place,
                _start(sentence),
                reason,
                "Make two shorter sentences of it",
            )


def _start(text: str) -> str:
    return text if len(text) <= EASY_QUOTE else text[:EASY_QUOTE].rsplit(" ", 1)[0] + " …"


Check = Callable[[Sequence[Line], Context], Iterator[Finding]]
CHECKS: dict[Kind, Check] = {
    Kind.PUPIL_NAMED: _pupil_named,
    Kind.NO_EVIDENCE: _no_evidence,
    Kind.GRADE_WORD: _grade_word,
    Kind.PERSON_LABEL: _person_label,
    Kind.VAGUE_PRAISE: _vague_praise,
    Kind.NO_NEXT_STEP: _no_next_step,
    Kind.TARGET_NO_DATE: _target_no_date,
    Kind.TOO_LONG: _too_long,
    Kind.HARD_TO_READ: _hard_to_read,
}
PASSED = (
    (Kind.PUPIL_NAMED, "No pupil is named"),
    (Kind.NO_EVIDENCE, "Every claim rests on a note"),
    (Kind.GRADE_WORD, "No level or grade word"),
    (Kind.PERSON_LABEL, "Says what happened, not what someone is"),
    (Kind.VAGUE_PRAISE, "No praise without an example"),
    (Kind.NO_NEXT_STEP, "There is a next step"),
    (Kind.TARGET_NO_DATE, "The target has a date and a way to know"),
    (Kind.HARD_TO_READ, "Sentences of a good length"),
)
