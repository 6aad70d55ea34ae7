"""Words that stand where a next step should and propose nothing: `None`, `I wouldn't change a thing`."""

import re

_NOTHING = re.compile(
    r"""
      ^\W*(?:none|nil|nothing|n/?a|no(?:ne)?|tb[ca]|not\s+applicable|see\s+above|to\s+follow|
          as\s+(?:above|before))?\W*$
    | ^\W*(?:(?:there\s+(?:is|are|was|were)|there['’]s|i\s+have|we\s+have|i['’]ve|i\s+see|
        we\s+see)\s+)?
        (?:really\s+|absolutely\s+|simply\s+)?(?:nothing|none|no\s+(?:\w+\s+)?(?:next\s+steps?|
        targets?|actions?|suggestions?|areas?|
        recommendations?|advice|need\s+(?:to|for)))\b(?!\s+but)
    | ^\W*(?:just\s+)?more\s+of\s+the\s+same\b[\s,]*(?:please)?\W*$
    | \b(?:nothing|not?\s+(?:a\s+thing|anything|one\s+thing))\s+(?:that\s+|which\s+)?(?:i|we|you|
        to)\b[^.?!]{0,25}\b(?:change|alter|add|improve|
        suggest|fault|do\s+differently|work\s+on)\b
    | \b(?:wouldn['’]t|would\s+not|couldn['’]t|could\s+not|don['’]t|do\s+not|can['’]t|cannot|
        never|needn['’]t)\s+(?:\w+\s+){0,4}?
        (?:change|alter|improve|fault|suggest|add|think\s+of|touch|find|
        see)\s+(?:a\s+(?:single\s+)?thing|anything|a\s+word)\b
    | ^\W*(?:please\s+|so\s+|just\s+|simply\s+|do\s+|and\s+|you\s+(?:can|should|
        could)\s+){0,3}(?:keep|carry|continue|go|stay|stick)\b
        (?:\s+(?:on|going|doing|up|it|this|that|what|with|the\s+(?:same|good\s+work|
        great\s+work)|to\s+do|all|exactly|just|so|as|you(?:\s+are|['’]re)|
        you\s+(?:are|were|do|did)|are|is|doing|way|happy|well)|\s+(?:the\s+way))*\s*[.!]*$
    | ^\W*(?:let['’]s|shall\s+we|we\s+(?:should|must|could)|i['’]d\s+love\s+to|come\s+and|
        do\s+come|pop\s+in)\b[^.?!]{0,25}?
        \b(?:coffee|tea|cuppa|chat|catch[\s-]up|see\s+(?:me|us)|drink)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def proposes_nothing(sentence: str) -> bool:
    """Whether a sentence says in so many words that nothing is to be done."""
    return bool(_NOTHING.search(sentence))
