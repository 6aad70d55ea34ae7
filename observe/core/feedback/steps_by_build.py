"""A next step known by how its sentence is built, whatever its verb: the lists hold only small words.

An order begins with a verb and goes on to what is done (`Laminate the …`); the verbs are too many to be
listed, the words that begin a sentence and are no order are not. Nothing that tells of what has been is a
step.
"""

import re

from observe.core.feedback.concrete import ACTS
from observe.core.feedback.days import says_when

_NO_ORDER = """
    a an the this that these those my your his her its our their some any no every each either neither
    both all half such what which whose who whom how why where when while whether if unless because since
    as than though although i you he she it we they them one ones nobody everybody everyone somebody
    someone something nothing everything there here and or but nor so yet for of to in on at by from with
    without within into onto over under after before until till during between among about around
    through across along behind beside beyond near off out up down like love adore enjoy thank thanks hope
    wish bless bet see hear am is are be been being does have has had will would shall should can could
    may might must ought not never always often again also even just only still too very quite rather
    almost nearly more most less least much many few several enough plenty yes okay ok sorry shame pity
    same sure ditto good great nice lovely super fab well better best worse worst morning afternoon
    evening lunch break term week year month
    made kept led met got saw knew thought taught found felt lost meant paid sent shown grew spent
    understood wore won
    january february march april june july august september october november december
"""
_CLOSED = "|".join(sorted({*_NO_ORDER.split(), *ACTS.split()}))
_OBJECT = r"""
    (?:(?:up|out|off|back|down|away)\s+)?(?:the|an?|it|them|him|her|this|these|those|your|their|his|each|
    every|everyone|everybody|some|any|both|half)
"""
_VERB = rf"(?!(?:{_CLOSED})\b)(?!\w*(?:ed|ing|ly|day|[^s]s)\b)[a-z][a-z-]+"
_LABEL = (
    r"(?:next|change|do|to\s+do|action|so|fix|idea|step|target|suggestion|agreed|plan|then|ask|now)"
    r"\s*:"
)
_ORDER = re.compile(
    rf"""
      (?:^\W*(?:{_LABEL}\s*)?|[,;]\s+(?:and|or|then|so)\s+)
      (?:(?:so|then|and|also|next|now|instead|just|first|maybe|perhaps|or|but),?\s+)*
      {_VERB}\s+(?:{_OBJECT})\s+\w
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(
    rf"""
      \bplease\b(?!\s+(?:find|accept|feel|see|note|do\s+(?:not|thank)|don['’]t\s+hesitate|pass|thank|say|give\s+my|
          let\s+(?:me|us)\s+know|get\s+in\s+touch|keep\s+(?:it\s+)?up|keep\s+(?:on\s+)?doing|carry\s+on))
    | ,\s*(?:i|we)(?:['’]d)?\s+(?:reckon|think|suggest|propose|say)\W*$
    | \bit\s+is\s+(?:suggested|recommended|advised|proposed)\s+that\b
    | \b(?:needs?|wants?)\s+\w+ing\b
    | (?<!\bi\s)(?<!\bwe\s)\b(?:should|ought\s+to)\s+(?:not\s+|now\s+|also\s+|all\s+)?
        (?!(?:be\s+(?:\w+ly\s+|so\s+|very\s+)?(?:proud|pleased|happy|praised|commended|celebrated|
          congratulated|delighted|recognised|thanked|applauded|said|noted)|
          have|know|see|hear|say|take\s+(?:\w+\s+)?(?:pride|heart))\b)\w+
    | \bwould\s+do\b
    | \bneeds?\s+(?:an?\s+)?(?:\w{{3,}}er|more|less)\s+\w
    | ^\W*(?:perhaps|maybe)\s+[^?;]{{1,40}}\b(?:could|might)\s
    | \byou(?:['’]d|\s+would)\s+do\s+well\s+to\s
    | \bi(?:['’]d|\s+would)\s+like\s+there\s+to\s+be\b
    | \bi(?:['’]d|\s+would)\s+(?:just\s+|now\s+)?
        (?!(?:say|rate|grade|judge|call|score|describe|put|give)\b){_VERB}\s+(?:{_OBJECT})\s
    | \blet['’]s\s+(?!(?:talk|chat|speak|catch|say|meet|hope|face|be|not|celebrate|just|
        do\s+(?:coffee|lunch))\b)\w+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_FOR = re.compile(
    r"^\W*any\s+chance\s+(?:of|you|we)\b|^\W*(?:please\s+)?could\s+(?!(?:i|we|he|she)\b)(?:[\w-]+['’]s|whoever|whichever|somebody|someone|anyone)\s",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:was|were|wasn['’]t|weren['’]t|had|did|didn['’]t|went|came|made|kept|led|met|got|saw|found|felt|thought|"
    rf"(?!(?:suggested|recommended|advised|proposed)\b)\w+[^e\W]ed|{'|'.join(sorted(ACTS.split()))})\b",
    re.IGNORECASE,
)
_SAME_FORM = re.compile(
    r"\b(?:put|cut|read|set|hung|lined|stuck|drawn|written|laid|built)\b", re.IGNORECASE
)
_SUBJECT = re.compile(r"\b(?:i|you|he|she|we|they|pupils|children|students|who)\b", re.IGNORECASE)
_AGREED = re.compile(r"\b(?:we|you)(?:['’]ve|\s+have)?\s+agreed\s+that\b", re.IGNORECASE)
_WRITER = r"\W*(?:i|we|see|look(?:ing)?|thank|enjoy|have|good|roll|bring)\b"
_COMES = re.compile(
    rf"^(?!{_WRITER}).*\b(?:(?:starting|beginning)\s+(?:on|from|with|next|this|tomorrow|\w+day|w/?[bc])\b|"
    r"from\s+(?:the\s+\d{1,2}(?:st|nd|rd|th)|next\s|tomorrow|now\s+on|\w+day\b(?!['’])))",
    re.IGNORECASE | re.DOTALL,
)


def is_step(told: str) -> bool:
    """Whether a sentence, its quotations left out, is built as an order or a request."""
    asked = _ASKED.search(told)
    if asked and not _told_before(told, asked.end()) and not told.rstrip().endswith("?"):
        return True
    return bool(_ASKS_FOR.search(told)) or _is_order(told) or _is_for_a_day(told)


def _is_order(told: str) -> bool:
    found = _ORDER.search(told)
    if not found or told.rstrip().endswith("?"):
        return False
    begun = told[: found.start()]
    return not _told_before(told, found.end()) and not _SUBJECT.search(begun)


def _is_for_a_day(told: str) -> bool:
    """Whether something is announced or agreed for a day to come."""
    comes = _COMES.search(told) and not _told_before(told, len(told))
    return bool(_AGREED.search(told) or comes) and says_when(told)


def _told_before(told: str, end: int) -> bool:
    """Whether something that has been is told of up to a place; `put` and `read` are orders as well."""
    return bool(_TOLD.search(_SAME_FORM.sub("·", told[:end])))
