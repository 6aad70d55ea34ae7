"""Notes that only say how good something was: they tell nothing that happened and bear nothing out."""

import re

_JUDGING = """
    good great lovely nice well done excellent brilliant fantastic super superb amazing outstanding
    wonderful effective strong weak poor bad fine ok okay better best impressive awesome perfect clear
    solid secure unclear wow yes no hmm not bit more less needed needs need work improve improved nicely
    very really so too quite all some a an the is was are were it this that of and but here throughout
    always never mostly overall again still excellently poorly effectively beautifully fab cool positive
    negative confident calm warm appropriate appropriately inappropriate lots lot much many ww www ebi
    noisy chatty restless dull lvl level grade think ish fairly quite rather
    v brisk lively purposeful busy engaging engaged rushed slow pacy tidy
    neat fun happy careful thorough smart keen
    wonderfully superbly brilliantly fantastically consistently consistent love loved like liked
"""
_SUBJECTS = """
    lesson lessons teaching teacher t learning job stuff one start end bit part use pace questioning
    questions question relationships relationship behaviour modelling explanation explanations feedback
    routines routine rapport atmosphere tone engagement progress climate ethos practice challenge support
    checking vocabulary expectations expectation thinking time talk discussion planning resources
    differentiation stretch assessment afl knowledge subject presentation pupils class chn children
    strength strengths area development
"""
_POINTS = re.compile(
    r"(?:ditto|idem|same(?:\s+(?:here|again|as\s+(?:above|before)))?|(?:as|see)\s+above)\s*(?:[-–—:.,;!]|$)",
    re.IGNORECASE,
)
_KEPT_BACK = re.compile(
    r"\b(?:confidential|(?:don['’]?t|do not|not to be|not for) (?:shar|pass|tell|repeat)\w*|"
    r"off the record|between (?:us|ourselves)|for (?:my|our) eyes|safeguarding|child protection)\b",
    re.IGNORECASE,
)
_DOING = ("ing", "ed", "s")
_EXACT = re.compile(r"\d|[\"“”‘’?]|\b[TP]\d?:")
BRIEF = 4
_EMPTY = frozenset(f"{_JUDGING} {_SUBJECTS}".split())
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def points_elsewhere(words: str) -> bool:
    """Whether a note only points at another one: `same – 6 heard`, `as above`."""
    return bool(_POINTS.match(words.lstrip()))


def is_kept_back(text: str) -> bool:
    """Whether a note itself says that it is not to be passed on."""
    return bool(_KEPT_BACK.search(text))


def is_thin(words: str) -> bool:
    """Whether a note is one word that names a thing and not what was done: `Board`, not `gluing`."""
    told = _WORD.findall(words)
    return len(told) < 2 and not any(word.lower().endswith(_DOING) for word in told)


def is_brief(text: str) -> bool:
    """Whether a note has so few words that another one may tell more."""
    return len(_WORD.findall(text)) < BRIEF and not _EXACT.search(text)


def is_bare(words: str) -> bool:
    """Whether a note praises or blames and tells nothing that was seen: `Good`, `questioning weak`."""
    told = _WORD.findall(words.casefold())
    judged = any(word in _JUDGING.split() for word in told)
    return judged and all(word in _EMPTY for word in told)
