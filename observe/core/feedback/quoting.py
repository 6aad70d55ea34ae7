"""How a note is quoted, so that the sentence around it stays whole whatever was typed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from observe.core.rubric import LessonKind
from observe.core.time_of_day import clock

MOST_WORDS = 24
SPEAKERS = {
    (LessonKind.FEEDBACK_TALK, "T"): "the teacher",
    (LessonKind.FEEDBACK_TALK, "P"): "you",
}

_DOUBLE = '"“”„«»'
_BULLET = re.compile(r"^(?:[-–—*•·>#]+\s+|\d{1,2}[:.]\d{2}\s*[-–:]?\s+)")
_SPEAKER = re.compile(
    r"^(?:(?P<T>T|Tchr|Teacher)|(?P<P>(?:Ps?|Pupils?|Chn?|Child|Students?|Sts?)(?:\s?[A-Z0-9])?))"
    r"\s*(?::|>|[-–]\s)\s*",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"^(?:[{_DOUBLE}](?P<double>[^{_DOUBLE}]+)[{_DOUBLE}]|['‘](?P<single>.+)['’])[.,]?$"
)
_SINGLE_PAIR = re.compile(r"(?<![\w’'])'(?=\S)([^']*(?:\w'\w[^']*)*)'(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_SHORTHAND = (
    (re.compile(r"\bw/o(?=\s)", re.IGNORECASE), "without"),
    (re.compile(r"\bw/(?=\s?\w)\s?", re.IGNORECASE), "with "),
    (re.compile(r"\bb/c(?=\s)", re.IGNORECASE), "because"),
    (re.compile(r"\bchn\b"), "children"),
    (re.compile(r"\bChn\b"), "Children"),
    (re.compile(r"(?<=\s)&(?=\s)"), "and"),
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What of a note can stand between quotation marks, and who said it if somebody did.

    `said_by` is the letter that is kept: T and P, of which P is the leader in a talk.
    """

    note_id: str
    words: str
    at: time | None = None
    said_by: str | None = None
    kind: LessonKind = LessonKind.LESSON


def quotation(
    note_id: str,
    text: str,
    *,
    at: time | None,
    speaker: str | None,
    kind: LessonKind = LessonKind.LESSON,
) -> Quotation | None:
    """The note made ready to be quoted; None if there is no word in it."""
    script, named = _without_speaker(_one_line(text))
    inner = _unquoted(script)
    words = _finished(inner)
    if not re.search(r"[^\W_]", words):
        return None
    spoken = inner != script or words.endswith("?")
    return Quotation(note_id, words, at, (speaker or named) if spoken else None, kind)


def clause(quotations: Sequence[Quotation], *, our: str = "our") -> str:
    """`at 10:14, “Waits for hands”, and at 10:20 you asked, “Why?”`: it can follow a colon."""
    spoken = [_clause_of(each, our) for each in quotations]
    for place, (first, second) in enumerate(pairwise(quotations), start=1):
        if first.at == second.at and not (first.said_by or second.said_by):
            spoken[place - 1 : place + 1] = [f"{spoken[place - 1]} and “{second.words}”"]
    return ", and ".join(spoken)


def filled(sentence: str, evidence: str) -> str:
    """The sentence with `evidence` in the place of `{evidence}`, begun and ended as sentences are."""
    before, _, after = sentence.partition("{evidence}")
    begins = not before.strip() or before.rstrip()[-1] in ".!?"
    told = (
        before + (capital(evidence) if begins else evidence) + after.replace("{evidence}", "this")
    )
    return ended(told)


def ended(text: str) -> str:
    """The text with single spaces and exactly one stop at its end."""
    text = " ".join(text.split())
    text = re.sub(r"([?!]”)\.(?=\s|$)", r"\1", text)
    return text if re.search(r"[.!?][”’)]*$", text) else text.rstrip(",;: ") + "."


def capital(text: str) -> str:
    """The text with a capital first letter, unless its first word is spelt so on purpose."""
    word = re.match(r"[^\W\d_]+", text)
    if word is None or not text[0].islower():
        return text
    deliberate = word.end() < len(text) and (text[word.end()].isdigit() or text[word.end()] in "=^")
    alone = word.end() == 1 and text[0] not in "ai"
    return text if deliberate or alone or not word.group().islower() else text[0].upper() + text[1:]


def _clause_of(quoted: Quotation, our: str) -> str:
    when = f"at {clock(quoted.at)}" if quoted.at else ""
    if quoted.said_by:
        return f"{when} {_speaks(quoted)}, “{quoted.words}”".strip()
    return f"{when or f'in {our} notes'}, “{quoted.words}”"


def _speaks(quoted: Quotation) -> str:
    said_by = quoted.said_by or ""
    who = SPEAKERS.get((quoted.kind, said_by), "you" if said_by == "T" else "a pupil")
    return f"{who} {'asked' if quoted.words.endswith('?') else 'said'}"


def _one_line(text: str) -> str:
    lines = (_BULLET.sub("", " ".join(line.split())) for line in _printable(text).splitlines())
    joined = ""
    for line in filter(None, lines):
        joined += (" " if not joined or joined[-1] in ".!?;:,…—" else "; ") + line
    return " ".join(re.sub(r"(?:\.\s?){3,}", " … ", joined).split())


def _printable(text: str) -> str:
    kept = (
        c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return "".join(kept)


def _without_speaker(text: str) -> tuple[str, str | None]:
    found = _SPEAKER.match(text)
    if not found or found.end() == len(text):
        return text, None
    return text[found.end() :], "T" if found["T"] else "P"


def _unquoted(text: str) -> str:
    found = _WHOLE.match(text)
    if not found or re.search(r"['’](?!\w)|(?<!\w)['‘]", found["single"] or ""):
        return text
    return (found["double"] or found["single"]).strip()


def _finished(text: str) -> str:
    for shorthand, word in _SHORTHAND:
        text = shorthand.sub(word, text)
    text = re.sub(r"\S{60,}", lambda long: long[0][:59] + "…", text)
    words = _nested(_short(text).rstrip(" .,;:-–—"))
    return capital(words)


def _short(text: str) -> str:
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(f"{kept} {sentence}".split()) > MOST_WORDS:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or _cut(text)


def _cut(text: str) -> str:
    words = text.split()[: MOST_WORDS - 2]
    return " ".join(words).rstrip(" .,;:-–—") + " …"


def _nested(text: str) -> str:
    text = _SINGLE_PAIR.sub(r"‘\1’", text)
    marks, is_open = [], False
    for place, letter in enumerate(text):
        if letter not in _DOUBLE:
            marks.append("’" if letter == "'" else letter)
        elif not is_open and place and text[place - 1].isdigit() and text[place:].count(letter) % 2:
            marks.append("″")
        else:
            marks.append("’" if is_open else "‘")
            is_open = not is_open
    return "".join(marks) + ("’" if is_open else "")
