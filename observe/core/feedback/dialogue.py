"""Who spoke in a note: `T: Why? P1: Because`, `Teacher asks “Why?”`, `“Why?”, asks T`."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from observe.core.feedback.bare import is_bare
from observe.core.feedback.typed import WHO, letter_of

MOST_TURNS = 3
MOST_WORDS = 28
_SAYS = r"(?:says|said|asks|asked|replies|replied|answers|answered|shouts|calls\s+out)"
_OPENS, _CLOSES = "[\"“„«'‘]", "[\"”»'’]"
_TURN = re.compile(rf"(?:^|(?<=[\s.?!,;…”\"’'>→/]))(?P<who>{WHO})\s*:\s*", re.IGNORECASE)
_SAID_BY = re.compile(
    rf"(?:the\s+|a\s+)?(?P<who>{WHO})\s+{_SAYS}\s*[:,]?\s*"
    rf"{_OPENS}(?P<words>[^\"“”„«»]+?){_CLOSES}(?!\w)",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    rf"{_OPENS}?(?P<words>.+?[?!.,…\"”»'’])\s*[,–-]*\s*{_SAYS}\s+(?:the\s+|a\s+)?(?P<who>{WHO})\.?",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"\b([TP]\d?)\s?(?:→|-+>|=>)\s?[TP]\d?\s*:")
_NUMBERED = re.compile(r"(?:p|pupil|ch|child|student|st)[a-z0-9]")
_SEVERAL = ("ps", "pupils", "chn", "students", "sts")
_ASIDE = re.compile(
    r"\s*(?:\[[^\]]*\]|\([^)]*\b(?:\d+\s?s|secs?|seconds?|mins?|minutes?|pauses?|silence|silent|"
    r"laughs?|waits?|nods?|smiles?|writes?|points?|shrugs?|sighs?)\b[^)]*\))",
    re.IGNORECASE,
)
_SPOKEN_THEN = re.compile(
    rf"{_OPENS}(?P<words>(?:[^\"“”'‘’]|(?<=\w)['’](?=\w))+){_CLOSES}(?:[,.]?\s+|\s*[–-]+\s+)(?=[a-z])"
)
_LEADS_ON = " .,;/–-=>→"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said; `who` is T or P, `label` tells pupils apart: `P1`."""

    who: str
    label: str
    words: str

    @property
    def is_numbered(self) -> bool:
        """Whether the observer tells this pupil from the others."""
        return _NUMBERED.fullmatch(self.label) is not None and self.label not in _SEVERAL


def turns(text: str) -> list[Turn]:
    """`T: Why? P: Because` as what T and what P said; nothing if fewer than two spoke."""
    found = list(_TURN.finditer(text))
    if len(found) < 2 or found[0].start():
        return []
    ends = [*(turn.start() for turn in found[1:]), len(text)]
    told = [_turn(turn, text[turn.end() : end]) for turn, end in zip(found, ends, strict=True)]
    return list(_joined(turn for turn in told if any(map(str.isalnum, turn.words))))


def scripted(text: str) -> str:
    """`Teacher asks “Why?”` and `Why?, asks T` as `T: “Why?”`; any other note as it is."""
    text = _TO_WHOM.sub(r"\1:", text)
    after = _SAYS_WHO.fullmatch(text)
    if after:
        return f"{after['who']}: “{after['words'].rstrip(_CLOSES + ' ,')}”"
    before = _SAID_BY.match(text)
    rest = text[before.end() :].lstrip(_LEADS_ON) if before else ""
    if before and (not rest or _TURN.match(rest)):
        return f"{before['who']}: “{before['words'].strip()}” {rest}".strip()
    return text


def replies(spoken: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """Who answered the first turn, and with what: T, P, `P+` another pupil, `P=` the same one again."""
    count = len(spoken[0].words.split())
    heard = {spoken[0].label}
    for before, turn in pairwise(spoken[:MOST_TURNS]):
        count += len(turn.words.split())
        if before is not spoken[0] and (count > MOST_WORDS or is_bare(turn.words)):
            return
        yield _speaker(before, turn, heard), turn.words
        heard.add(turn.label)


def _speaker(before: Turn, turn: Turn, heard: Collection[str]) -> str:
    if not turn.is_numbered:
        return turn.who
    if turn.label in heard:
        return "P="
    return "P+" if before.who == "P" else turn.who


def _turn(found: re.Match[str], words: str) -> Turn:
    label = "".join(found["who"].casefold().split())
    said = _ASIDE.sub("", words).strip()
    spoken = _SPOKEN_THEN.match(said)
    said = spoken["words"] if spoken else said
    return Turn(letter_of(found), label, said.strip().rstrip(_LEADS_ON.replace(".", "")))


def _joined(told: Iterator[Turn]) -> Iterator[Turn]:
    """What one person said on two lines as one turn; two pupils without a number stay two."""
    whole: Turn | None = None
    for turn in told:
        same = whole and whole.label == turn.label and (turn.who == "T" or turn.is_numbered)
        if whole and same:
            stop = " " if whole.words[-1] in '.!?…"”’' else "; "
            whole = replace(whole, words=f"{whole.words}{stop}{turn.words}")
            continue
        if whole:
            yield whole
        whole = turn
    if whole:
        yield whole
