"""How a note is quoted, so that the sentence around it stays whole whatever was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from observe.core.feedback.dialogue import Turn, replies, scripted, turns
from observe.core.feedback.typed import (
    finished,
    has_words,
    one_line,
    unquoted,
    without_speaker,
)
from observe.core.feedback.writing import capital, capitals
from observe.core.rubric import LessonKind
from observe.core.time_of_day import clock

SPEAKERS = {
    (LessonKind.FEEDBACK_TALK, "T"): "the teacher",
    (LessonKind.FEEDBACK_TALK, "P"): "you",
}
_TO_SOMEBODY = re.compile(
    r"\b(?:I|I['’]m|we|you|your|my|me|us|our|let['’]?s|please|thanks?)\b", re.IGNORECASE
)
_BEGINS_SPEECH = re.compile(
    r"^(?:it|it['’]s|that|that['’]s|this|there|what|no|yes|so|because|well|ok(?:ay)?|now|is|are|can|"
    r"how|why|who|where|when|which|listen|look|remember|ready|good|[’']?cos|but|maybe|perhaps|um)\b",
    re.IGNORECASE,
)
_SAYS_WHAT_IS_DONE = re.compile(
    r"^(?!(?:yes|this|is|was|has|does|its|lets|as|us)\b|\w+ss\b)[a-z]{2,}s\b(?![’']|\s+(?:down|out|up|away|ready|please|here|front|on)\b)",
    re.IGNORECASE,
)
_BEGINS_WITH_QUOTATION = re.compile(r"[\"“„«‘']")
_JOINS = re.compile(r"(?:^|[:;,.!?(–—…]|\band|\bbut)\s*$", re.IGNORECASE)
_LEADS_ON = re.compile(r"\b(?:when|(?<!such )as|because|that|while)\s+$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[^\W_]")
_JOINED_TO = re.compile(r"\s*(?:and|but|so|which|because|when|while)\b", re.IGNORECASE)
_LEADER = re.compile(r"(?:^|(?<=[\s.?!,;…”\"’'/]))(?:L|Leader|Coach|Head|HT)\s*:", re.IGNORECASE)
MOST_WORDS = 35
_ARTICLE = re.compile(r"\b(?:an?|the|this|that)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What of a note can stand between quotation marks, and who said it if somebody did.

    `said_by` is the letter that is kept: T and P, of which P is the leader in a talk. `minute`
    counts from the beginning where no time of day is known. `replies` are who answered, and with what.
    What another line has quoted is named `again` and not quoted twice. A note that is one quotation
    and does not say whose was `heard`, or read in a book.
    """

    note_id: str
    words: str
    at: time | None = None
    said_by: str | None = None
    kind: LessonKind = LessonKind.LESSON
    minute: int | None = None
    replies: tuple[tuple[str, str], ...] = ()
    again: bool = False
    heard: bool = False

    @property
    def said(self) -> str:
        """All the words that are quoted."""
        return " ".join((self.words, *(words for _, words in self.replies)))

    @property
    def moment(self) -> str:
        """`at 10:14`, `after 14 minutes`, or nothing where the time says nothing."""
        return moment(self.at, self.minute)


def moment(at: time | None, minute: int | None) -> str:
    """When something was noted, as it stands inside a sentence."""
    if at is not None:
        return f"at {clock(at)}"
    if minute is None:
        return ""
    if minute == 0:
        return "at the start"
    return "after one minute" if minute == 1 else f"after {minute} minutes"


def quotation(
    note_id: str,
    text: str,
    *,
    at: time | None,
    speaker: str | None,
    kind: LessonKind = LessonKind.LESSON,
    minute: int | None = None,
) -> Quotation | None:
    """The note made ready to be quoted; None if there is no word in it."""
    told = _led(scripted(one_line(text)), kind)
    bare = Quotation(note_id, "", at, None, kind, minute)
    spoken = turns(told) or (turns(f"{speaker}: {told}") if speaker else [])
    if spoken:
        return _dialogue(bare, spoken)
    script, named = without_speaker(told)
    inner = unquoted(script)
    words = _words(inner)
    if not has_words(words):
        return None
    who = speaker or named
    said = inner != script or (
        _is_speech(script, words) if speaker else bool(named) and not _is_told(script)
    )
    heard = inner != script and not who
    return replace(bare, words=words, said_by=who if said else None, heard=heard)


def clause(quotations: Sequence[Quotation], *, we: str = "we") -> str:
    """`at 10:14 we noted “Waits for hands”, and at 10:20 you asked, “Why?”`: it can follow a colon."""
    told, before = "", None
    for each in quotations:
        told += f"{_between(before, each)}{_clause_of(each, we, before)}"
        before = each
    return told


def named(quotations: Sequence[Quotation], *, we: str = "we") -> str:
    """`what we noted at 10:14, “Waits for hands”`: it can be what a sentence speaks of."""
    return " and ".join(_name_of(each, we) for each in quotations)


def filled(sentence: str, quotations: Sequence[Quotation], *, we: str = "we") -> str:
    """The sentence with the notes in the place of `{evidence}`, begun and ended as sentences are."""
    before, _, after = sentence.partition("{evidence}")
    after = after.replace("{evidence}", "this")
    goes_on = bool(_GOES_ON.match(after))
    if _takes_clause(before, after, goes_on=goes_on):
        told = clause(quotations, we=we)
    else:
        before, told = _ARTICLE.sub("", before), named(quotations, we=we)
    begins = not before.strip() or before.rstrip()[-1] in ".!?"
    told = (capital(told) if begins else told) + ("," if goes_on else "")
    return ended(capital(before.lstrip() + told + after))


def told_in(sentence: str, quotations: Sequence[Quotation], *, we: str = "we") -> list[str]:
    """The sentence with the notes in its place; the second note alone where both are too long."""
    if "{evidence}" not in sentence:
        return [sentence]
    whole = filled(sentence, quotations, we=we)
    if len(whole.split()) <= MOST_WORDS:
        return [whole]
    first, others = quotations[:1], quotations[1:]
    later = [_undated(each) if each.moment == first[0].moment else each for each in others]
    alone = [ended(capital(clause(later, we=f"{we} also")))] if later else []
    return [filled(sentence, first, we=we), *alone]


def ended(text: str) -> str:
    """The text with single spaces and exactly one stop at its end."""
    text = re.sub(r"(?<!\.)\.\.(?=\s|$)", ".", " ".join(text.split()))
    text = re.sub(r"([.?!]’?”)\.(?=\s|$)", r"\1", text)
    return text if re.search(r"[.!?][”’)]*$", text) else text.rstrip(",;: ") + "."


def _undated(quoted: Quotation) -> Quotation:
    """The note without its time, which the sentence before has told."""
    return replace(quoted, at=None, minute=None)


def _takes_clause(before: str, after: str, *, goes_on: bool) -> bool:
    """Whether a whole clause fits there, or only something to speak of."""
    if _LEADS_ON.search(before):
        return True
    return bool(_JOINS.search(before)) and (not goes_on or bool(_JOINED_TO.match(after)))


def _dialogue(bare: Quotation, spoken: Sequence[Turn]) -> Quotation:
    """Who spoke first, and what was answered."""
    told = tuple((who, _words(unquoted(words))) for who, words in replies(spoken))
    return replace(
        bare, words=_words(unquoted(spoken[0].words)), said_by=spoken[0].who, replies=told
    )


def _led(text: str, kind: LessonKind) -> str:
    """`L: why?` in a talk as what the leader said."""
    return _LEADER.sub("P:", text) if kind is LessonKind.FEEDBACK_TALK else text


def _words(text: str) -> str:
    return capitals(finished(text))


def _is_told(script: str) -> bool:
    """Whether the observer tells what was done or said, in place of writing it down as it was said."""
    return bool(_SAYS_WHAT_IS_DONE.match(script) or _BEGINS_WITH_QUOTATION.match(script))


def _is_speech(script: str, words: str) -> bool:
    """Whether a note beside which a speaker stands are the words that were spoken."""
    if _is_told(script):
        return False
    asked = words.endswith("?")
    return asked or bool(_TO_SOMEBODY.search(script) or _BEGINS_SPEECH.match(script))


def _between(before: Quotation | None, each: Quotation) -> str:
    if before is None:
        return ""
    return " and " if _are_alike(before, each) else ", and "


def _are_alike(before: Quotation, each: Quotation) -> bool:
    """Two that were noted and said by nobody share their verb."""
    if before.said_by or each.said_by or before.again or each.again:
        return False
    return _noted(before) == _noted(each)


def _clause_of(quoted: Quotation, we: str, before: Quotation | None) -> str:
    when = quoted.moment if before is None or quoted.moment != before.moment else ""
    if before and _are_alike(before, quoted):
        return f"{when} “{quoted.words}”".strip()
    if quoted.again:
        return f"{_referred(quoted, we)} shows this as well"
    if quoted.said_by:
        told = f"{when} {_speaks(quoted, quoted.said_by, quoted.words)}"
        return (told + _answered(quoted)).strip()
    return f"{when} {we} {_noted(quoted)} “{quoted.words}”".strip()


def _noted(quoted: Quotation) -> str:
    """What an observer did with it."""
    if not quoted.heard:
        return "noted"
    return "read" if quoted.kind is LessonKind.WORK_SAMPLE else "heard"


def _answered(quoted: Quotation) -> str:
    told = [_speaks(quoted, *reply) for reply in quoted.replies]
    most = "".join(f", {each}" for each in told[:-1])
    return f"{most}, and {told[-1]}" if told else ""


def _name_of(quoted: Quotation, we: str) -> str:
    return _referred(quoted, we) + ("" if quoted.again else f", “{quoted.words}”")


def _referred(quoted: Quotation, we: str) -> str:
    who = _who(quoted, quoted.said_by) if quoted.said_by else we
    verb = _verb(quoted.words) if quoted.said_by else _noted(quoted)
    return " ".join(f"what {who} {verb} {quoted.moment}".split())


def _speaks(quoted: Quotation, said_by: str, words: str) -> str:
    return f"{_who(quoted, said_by)} {_verb(words)}, “{words}”"


def _who(quoted: Quotation, said_by: str) -> str:
    who = {"T": "you", "P": "a pupil", "P=": "the same pupil"}.get(said_by, "another pupil")
    return SPEAKERS.get((quoted.kind, said_by[0]), who)


def _verb(words: str) -> str:
    return "asked" if words.endswith("?") else "said"
