"""What to look at before a summary goes out: each finding says why and what to do, none changes a word."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from re import IGNORECASE
from re import compile as pattern

from observe.core.feedback import (
    borne_out,
    cheers,
    claims,
    grade_words,
    person_labels,
    praise,
    reading,
)
from observe.core.feedback.days import says_when
from observe.core.feedback.facts import CLAIMS, Line, Part
from observe.core.feedback.finding import Context, Finding, Kind
from observe.core.feedback.names import Named, initial, named
from observe.core.feedback.proposals import is_verbless, looks_ahead, proposes
from observe.core.feedback.reading import Spot

__all__ = [
    "CHECKS",
    "Context",
    "Finding",
    "Kind",
    "blocking",
    "check",
    "kinds_of",
    "passed",
    "words",
]

MOST_WORDS = 350
EASY_QUOTE = 60
_STEPS = (Part.NEXT_STEP, Part.TARGET)
HEAVY = "This sentence has many long words."
_MEETS = pattern(
    r"\b(?:let['’]s|we\s+(?:will|shall|can|are)|we['’](?:ll|re)|i\s+(?:will|shall|am)|i['’](?:ll|m)|shall\s+(?:we|i)|"
    r"review|to\s+see|look\s+(?:at|again|forward)|see\s+(?:you|how)|when\s+we|we\s+(?:next\s+)?(?:meet|talk)|come\s+(?:in|back|again)|"
    r"drop\s+in|pop\s+in|(?:text|e-?mail|ring|call|message|show)\s+(?:me|us)|tell\s+me|let\s+me\s+know|you\s+(?:will|have\s+them)|you['’]ll)\b",
    IGNORECASE,
)


def check(lines: Sequence[Line], context: Context) -> tuple[Finding, ...]:
    """Every finding, in the order of the lines, those about the whole last."""
    found = [finding for kind in Kind for finding in CHECKS[kind](lines, context)]
    told = (one for one in found if context.linked or not _is_repeated(one, found, lines))
    return tuple(sorted(told, key=lambda one: _order(one, len(lines))))


def _is_repeated(one: Finding, found: Sequence[Finding], lines: Sequence[Line]) -> bool:
    """Whether missing evidence is told of a sentence that is itself a grade, a label or a cheer."""
    if one.kind is not Kind.NO_EVIDENCE or one.line is None:
        return False
    begun = one.start or 0
    said = next(each for each in reading.sentences(lines[one.line].text) if each.end > begun)
    beside = (other for other in found if other.line == one.line and other.start is not None)
    return any(begun <= (other.start or 0) < said.end and _says_it(other, said) for other in beside)


def _says_it(other: Finding, said: Spot) -> bool:
    """Whether a grade, a label of the teacher, or a mere cheer says it already."""
    if other.kind is Kind.PERSON_LABEL:
        return other.quote.casefold().startswith("you")
    return other.kind is Kind.GRADE_WORD or (
        other.kind is Kind.VAGUE_PRAISE and cheers.is_mere(said.text)
    )


def passed(lines: Sequence[Line], findings: Sequence[Finding], context: Context) -> tuple[str, ...]:
    """What was looked at and found well, in words."""
    failed = {finding.kind for finding in findings}
    known = PASSED if context.linked else PASSED_PLAIN
    told = [known[kind] for kind in known if kind not in failed and _applies(kind, context)]
    return (*told, *(() if Kind.TOO_LONG in failed else (f"{words(lines)} words, fits one page",)))


def _order(found: Finding, after_all: int) -> tuple[int, int]:
    return after_all if found.line is None else found.line, found.start or 0


def blocking(findings: Iterable[Finding], kinds: Collection[Kind]) -> tuple[Finding, ...]:
    """The findings that keep a summary from going out, where a network has made their kinds blocking."""
    return tuple(finding for finding in findings if finding.kind in kinds)


def kinds_of(names: Iterable[str]) -> frozenset[Kind]:
    """The kinds a setting names, such as `pupil_named`; a word that names no kind counts for nothing."""
    known = {kind.value: kind for kind in Kind}
    return frozenset(known[name] for name in names if name in known)


def words(lines: Sequence[Line]) -> int:
    """How many words a summary has."""
    return sum(reading.count(line.text) for line in lines)


def _applies(kind: Kind, context: Context) -> bool:
    if kind is Kind.PUPIL_NAMED:
        return bool(context.pupils)
    return kind is not Kind.GRADE_WORD or not context.graded


def _pupil_named(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for pupil in named(line.text, context.pupils, staff=context.staff):
            yield _pupil_found(place, line.text, pupil)


def _pupil_found(place: int, text: str, found: Named) -> Finding:
    before = text[: found.start]
    begins = not before.strip(' “‘"(') or before.rstrip(' “‘"(')[-1] in ".!?"
    instead = "One pupil" if begins else "one pupil"
    return Finding(
        kind=Kind.PUPIL_NAMED,
        line=place,
        quote=found.written,
        reason=f"A pupil may be named: “{found.written}”. The class list has this name.",
        fix=f"Write “{instead}”, or the initial “{initial(found.pupil)}”",
        instead=instead,
        start=found.start,
    )


def _no_evidence(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    yield from _unlinked(lines) if context.linked else _unproven(lines)


def _unlinked(lines: Sequence[Line]) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        if line.part in CLAIMS and not line.note_ids:
            yield _found(
                Kind.NO_EVIDENCE,
                place,
                Spot(line.text, 0),
                "This line rests on no note.",
                "Add a note to it, or leave it out",
            )


def _unproven(lines: Sequence[Line]) -> Iterator[Finding]:
    """Claims of a plain text; a line that ends with a colon is borne out by the one after it."""
    for place, line in enumerate(lines):
        if line.part is not Part.STRENGTH or _announces(lines, place):
            continue
        for claim in claims.unproven(line.text):
            reason = "This is a claim, and nothing near it tells what happened."
            fix = "Say what was seen or heard and when, or leave it out"
            yield _found(Kind.NO_EVIDENCE, place, claim, reason, fix)


def _announces(lines: Sequence[Line], place: int) -> bool:
    following = lines[place + 1 : place + 2]
    return lines[place].text.endswith(":") and any(borne_out.shows(line.text) for line in following)


def _grade_word(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    if context.graded:
        return
    for place, line in enumerate(lines):
        for spot in grade_words.spots(line.text, context.level_labels):
            reason = (
                f"“{spot.text}” tells a level, and with this rubric levels stay with the observers."
            )
            yield _found(Kind.GRADE_WORD, place, spot, reason, "Say what was seen instead")


def _person_label(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for spot in person_labels.found(line.text):
            reason = f"“{spot.text}” says what somebody is, not what happened."
            fix = "Say what was done and what came of it"
            yield _found(Kind.PERSON_LABEL, place, spot, reason, fix)


def _vague_praise(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for spot in praise.vague(line.text):
            reason = f"“{spot.text}” is praise without an example."
            yield _found(
                Kind.VAGUE_PRAISE, place, spot, reason, "Say what pupils did because of it"
            )


def _no_next_step(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    steps = (Part.NEXT_STEP,) if context.linked else _STEPS
    stands = any(line.part in steps and line.text.strip() for line in lines)
    if not stands and (context.linked or not _looks_ahead(lines)):
        reason = "There is no next step."
        yield Finding(Kind.NO_NEXT_STEP, None, "", reason, "Add one thing that is worth trying")


def _looks_ahead(lines: Sequence[Line]) -> bool:
    """Whether a note below the opening names a day to come, where no sentence proposes anything."""
    told = (line for line in lines[1:] if line.part in (Part.STRENGTH, Part.QUESTION))
    return any(looks_ahead(each.text) for line in told for each in reading.sentences(line.text))


def _target_no_date(lines: Sequence[Line], context: Context) -> Iterator[Finding]:
    yield from _undated(lines) if context.linked else _undated_plain(lines)


def _undated(lines: Sequence[Line]) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        due = line.plan and line.plan.due
        if line.part is Part.TARGET and not due and not says_when(line.text):
            yield _no_date(place, line)


def _undated_plain(lines: Sequence[Line]) -> Iterator[Finding]:
    """The target of a plain text, else its next step, where neither it nor a plan to meet has a day."""
    targets = [place for place, line in enumerate(lines) if line.part is Part.TARGET]
    steps = targets or [place for place, line in enumerate(lines) if line.part is Part.NEXT_STEP]
    told = any(_is_dated(line) for line in lines[steps[0] :]) if steps else True
    if not told and not any(_meets(line.text) for line in lines):
        asks = [place for place in steps if proposes(lines[place].text)]
        plain = [place for place in asks if lines[place].text.rstrip()[-1] not in "?,"]
        place = plain[-1] if plain else (asks or steps)[0]
        yield _no_date(place, lines[place])


def _is_dated(line: Line) -> bool:
    """Whether a line says by when: a step, a day and nothing more, or somebody who looks again."""
    if line.part in _STEPS or proposes(line.text):
        return says_when(line.text)
    told = (one.text for one in reading.sentences(line.text) if says_when(one.text))
    return any(is_verbless(one) or _MEETS.search(one) for one in told)


def _meets(text: str) -> bool:
    """Whether a sentence says on which day somebody looks again."""
    return any(_MEETS.search(one.text) and says_when(one.text) for one in reading.sentences(text))


def _no_date(place: int, line: Line) -> Finding:
    fix = "Say by which day you look at it together"
    return _found(Kind.TARGET_NO_DATE, place, Spot(line.text, 0), "The target has no date.", fix)


def _too_long(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    total = words(lines)
    if total > MOST_WORDS:
        reason = f"The summary has {total} words; {MOST_WORDS} fit one page."
        fix = f"Leave out {total - MOST_WORDS} words or more"
        yield Finding(Kind.TOO_LONG, None, "", reason, fix)


def _hard_to_read(lines: Sequence[Line], _: Context) -> Iterator[Finding]:
    for place, line in enumerate(lines):
        for sentence in reading.hard_sentences(line.text):
            total = reading.count(sentence.text)
            long = total > reading.LONGEST_SENTENCE
            reason = f"A sentence of {total} words is hard to read." if long else HEAVY
            fix = "Make two shorter sentences of it" if long else "Say it in shorter words"
            yield _found(Kind.HARD_TO_READ, place, sentence, reason, fix)


def _found(kind: Kind, line: int, spot: Spot, reason: str, fix: str) -> Finding:
    return Finding(kind, line, _start(spot.text), reason, fix, start=spot.start)


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
PASSED = {
    Kind.PUPIL_NAMED: "No pupil is named",
    Kind.NO_EVIDENCE: "Every claim rests on a note",
    Kind.GRADE_WORD: "No level or grade word",
    Kind.PERSON_LABEL: "Says what happened, not what someone is",
    Kind.VAGUE_PRAISE: "No praise without an example",
    Kind.NO_NEXT_STEP: "There is a next step",
    Kind.TARGET_NO_DATE: "The target has a date and a way to know",
    Kind.HARD_TO_READ: "Sentences of a good length",
}
PASSED_PLAIN = {
    **PASSED,
    Kind.NO_EVIDENCE: "Each claim tells what was seen",
    Kind.TARGET_NO_DATE: "The target has a date",
}
