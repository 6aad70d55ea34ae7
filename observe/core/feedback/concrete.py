"""Whether a sentence tells something that happened: a time, a number, words said, an example, an act."""

import re

from observe.core.feedback.days import without_dates
from observe.core.feedback.reading import quotations, without_quotations

_CLASS = re.compile(
    r"\b(?:years?|yr|y|class|set|period|lesson|ks|key\s+stage|unit|chapter|paper|grade|"
    r"level|room)\s?"
    r"\d{1,2}[a-z]?\b|\b\d{1,2}[A-Z]\w?\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"""
      \d | \b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|
      fifteen|sixteen|
        seventeen|eighteen|nineteen|twenty|thirty|dozens?|twice|once(?!\s+(?:again|more|they|you|the|it|pupils))|half\s+(?:of|the|a)|(?:nobody|
        no\s+one)(?!\s+(?:does|could|can)\b))\b(?!\s+stars)
    | \ba\s+(?:boy|girl|lad|pupil|child|student|pair)\b(?!-)
    | \b(?:one|another)\s+(?:of\s+(?!the\s+(?:best|most|many|finest))|boy|girl|pupil|child|pair|
        group|table|
        learner|student|lad|row|half|team|book|by\s+one|word|sentence|line|page|minute|second|
        hand|card|
        picture|answer|mistake|bench|desk|letter|colour|voice|queue|sink|pot|map|sheet|side|corner)
    | \b(?:for\s+example|for\s+instance|such\s+as|e\.g\.|eg\b|namely|including)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"(?<![\d./])(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d|[./]\d)")
# Words that were said, in more than one sentence: the quotation ends in another.
_SPEECH_BEGUN = re.compile(r"[\"“][^\W\d_]")
_EVENT = re.compile(
    r"\b(?:when|because|after|as\s+soon\s+as|before|until|while|whenever|so\s+that|"
    r"by\s+(?!the\b)\w+ing|"
    r"that)(?:\s+[\w’'-]+,?){3,}|\w:\s+(?:[\w’'-]+[\s,]+){3,}",
    re.IGNORECASE,
)
ACTS = """
    asked said told wrote drew held pointed counted walked sat stood knelt crouched waited repeated
    copied rubbed tapped lifted handed put placed moved stopped greeted named listed smiled nodded
    whispered shouted turned passed poured measured paused crossed underlined opened closed lined
    swapped raised sorted laughed called sent dropped threw left picked fetched folded cut stuck
    sang clapped bent leaned read replied answered argued guessed voted circled highlighted mixed
    weighed lit switched sharpened queued hung pinned wiped erased tidied rehearsed acted mimed
    echoed chanted interrupted corrected crumpled tore tipped spilt jumped ran hid cried yawned
    froze played showed chose compared debated predicted sketched labelled matched typed clicked
    scrolled photographed posted carried brought came dug sowed
    explained drawn written laid built took gave heard began spoke talked listened
"""
_LIGHT = """
    gave took built brought carried began left moved raised held heard laid came drew showed drawn given
"""
_ABSTRACT = re.compile(
    r"\b(?:pace|energy|engagement|behaviour|noise|focus|attention|interest|lesson|teaching|"
    r"learning|"
    r"questioning|modelling|feedback|planning|motivation|concentration|momentum|standards?|"
    r"progress|"
    r"use\s+of\s+\w+|transitions?|routines?|explanations?|confidence|mood)\s+(?:\w+ly\s+|then\s+|"
    r"soon\s+|also\s+)?$",
    re.IGNORECASE,
)
_HAD_TO = """
    answer ask build choose describe draw explain fill find give guess match name place point put read say
    show sort sum talk tell turn write
"""
_DONE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!ly )"
    rf"\b(?:went(?!\s+(?:well|smoothly|badly|on\W*$))|{'|'.join(ACTS.split())}|"
    rf"had\s+to\s+(?:{'|'.join(_HAD_TO.split())}))\b",
    re.IGNORECASE,
)


def is_shown(sentence: str) -> bool:
    """Whether it holds a time of day, a number, words that were said, or an example in so many words."""
    if any(quoted[0].strip("“”\"'‘’«»") for quoted in quotations(sentence)):
        return True
    if _SPEECH_BEGUN.match(sentence) or _CLOCK.search(sentence):
        return True
    return bool(_NUMBER.search(_CLASS.sub("·", without_dates(sentence))))


def is_told(sentence: str, *, plainly: bool = True) -> bool:
    """Whether somebody is seen to do something that can be seen: `asked`, `drew`, `waited`.

    `gave` or `took` (`gave time`, `took pride`) do so only where the sentence is a plain one.
    """
    told = without_quotations(sentence)
    return any(_is_act(told, done, plainly=plainly) for done in _DONE.finditer(told))


def _is_act(told: str, done: re.Match[str], *, plainly: bool) -> bool:
    if not plainly and done[0].casefold() in _LIGHT.split():
        return False
    return not _ABSTRACT.search(told[: done.start()])


def has_acts(sentence: str) -> bool:
    """Whether more than one act is told: `you stopped and explained it again`."""
    return sum(1 for _ in _DONE.finditer(without_quotations(sentence))) > 1


def has_event(sentence: str) -> bool:
    """Whether it names the moment or the reason: `when you drew the second diagram`."""
    return bool(_EVENT.search(without_quotations(sentence)))
