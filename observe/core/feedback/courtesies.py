"""Kind words that judge no lesson: good wishes, and congratulations on what somebody has come through."""

import re

WISHES = r"\b(?:good|best|kind|warm|lovely)(?:est)?\s+wishes\b"
ANNOUNCED = (
    r"\b(?:good|great|lovely|nice|positive)\s+(?:things?|bits?|stuff|news|points?)\s+first\b"
)
MILESTONE = r"""
    \b(?:well\s+done|congratulations|congrats|bravo)\s+(?:on|for|with)\s+(?:(?:getting|making\s+it|coming)\s+
        through|surviving|reaching|passing|completing|finishing|your\s+(?:promotion|award|appointment|degree|
        qualification|new\s+(?:job|post|role|baby)|wedding|exams?|results?))\b
"""

_NO_CLAIM = re.compile(
    rf"""
      ^\W*(?:dear|hi|hello|diolch)\b | \bthank(?:s|\s+you)\b
    | ^\W*(?:so\s+|and\s+|as\s+)?(?:i|we)(?:['’](?:ve|d|ll|m)|\s+(?:have|had|am|are|was|were|will|
        shall|would|also|both|
        just|only))*\s+(?:came|come|coming|visit(?:ed)?|look(?:ing)?\s+forward|hope|wonder(?:ed)?|
        agreed|talked|met|
        agree|joined|(?:(?:very\s+much\s+|really\s+|much\s+)?(?:enjoyed|appreciated|liked|loved|
        valued)\s+(?:our|
        being|talking|meeting|seeing|visiting|coming|spending|joining|hearing|sitting|working|
        the\s+(?:chance|opportunity|visit|
        invitation|time)))|written|put|sat\s+(?:in|at|with|by)|
        focus(?:ed)?|glad|grateful|thought\s+(?:that\s+)?you(?:['’]d|\s+(?:would|might))|
        happy|sorry|interested|delighted|pleased|see\s+you|discussed|spoke|visiting|observing|
        keen)\b
    | ^\W*(?:(?:it\s+(?:was|is)\s+)?(?:really\s+|very\s+|so\s+)?(?:good|lovely|great|nice|kind|
        a\s+(?:real\s+)?pleasure)\s+
        (?:of\s+you|to\s+(?:see|meet|visit|be|talk|come|hear|speak|join|catch)\s+(?:you|your|in|
            with|from|again|up|to|back)))
    | \byou(?:['’]d|\s+had|\s+have|['’]ve)?\s+(?:asked|told|wanted|invited|said\s+(?:that\s+)?you|
        mentioned|chose|hoped|explained\s+to)\s+(?:me|us|that|to|we|i|a|what)\b
    | \b(?:let\s+me\s+know|we\s+will\s+know|we['’]ll\s+know|we(?:['’]ll|\s+will|\s+shall|\s+can)|
        i(?:['’]ll|\s+will|\s+shall))\b
    | ^\W*(?:this|that|it|these)\s+(?:will|would|should|might|could|may)\b
    | ^\W*(?:enjoy|have)\s+(?:the|your|a)\s+(?:\w+\s+){{0,2}}(?:holidays?|break|weekend|week|rest|
        summer|christmas|easter|half[\s-]?term|evening|day)\b
    | ^\W*(?:there\s+(?:is|are)\s+)?(?:one|two|three|some|a\s+few)\s+things?\s+(?:worked\s+well|
        went\s+well|helped|to\s+keep)\b
        [^.]*\b(?:one|two|some)\b
    | ^\W*good\s+(?:luck|morning|afternoon|evening)\b | ^\W*you\s+(?:are|were)\s+(?:so\s+|
        very\s+)?(?:good|kind)\s+to\b
    | ^\W*(?:please|let['’]s|if\s+you)\b
    | ^\W*(?:so\s+|very\s+|really\s+|always\s+)?(?:proud|happy|glad|delighted|honoured|pleased|
        lucky|sorry)\s+
        to\s+(?:be|have|work|help|talk|chat|come|meet|share|discuss|join|answer|read|show|lend|pop)\b
    | {WISHES} | {MILESTONE} | {ANNOUNCED}
    | ^\W*(?:here|below|above)\s+(?:is|are)\b
    | ^\W*(?:just\s+|only\s+|some\s+|an?\s+|my\s+|our\s+|this\s+is\s+(?:\w+\s+)?|
        what\s+follows\s+(?:is|are)\s+)*
        (?:brief|short|quick|few|long|full|rough|further)\s+(?:\w+\s+)?
        (?:notes?|lines?|letter|words?|one|report|summary|to\s+our)\b
    | \bi['’]d\s+have\s+liked\b | ^\W*smel(?:t|led)\b | \bstay(?:s|ed)\s+with\s+(?:me|us)\b
    | ^\W*(?:not\s+)?(?:seen|heard|noticed|missing)\s*:
    | ^\W*you\s+(?:mentioned|said|thought|felt|worried|wondered)\b | \bthe\s+thing\s+to\b
    | ^\W*what\s+(?:i|we)(?:['’]d|\s+would|\s+should)\b
    | ^\W*short\s+and\s+sweet\b | ^\W*(?:much\s+appreciated|celebrate)\b
    | ^\W*(?:love|loved|like|liked|enjoyed)\s+(?:the|your|that|those|being|watching)\b
    | ^\W*it\s+(?:was|is)\s+(?:a\s+)?(?:\w+\s+)?(?:pleasure|joy|treat|privilege|delight)\s+to\b
    | ^\W*(?:it\s+is|it['’]s)\s+(?:not|never)\s+easy\s+to\b | \bnot\s+on\s+your\s+own\b | ^\W*happy\s+\w+,
    | ^\W*(?:you\s+are\s+(?:two|three|now|teaching|asked|welcome)|you['’]re\s+(?:teaching|asked|
        welcome|right))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What the writer wished for, or could not see, judges nothing unless it has a word of judgement in it.
_MODEST = re.compile(
    r"""
      ^\W*as\s+(?:you|we|i)\s+(?:all\s+|both\s+)?know\b
    | ^\W*(?:and\s+|but\s+|though\s+|personally,?\s+)?(?:i|we)(?:
        \s+know
      | (?:['’]d|\s+would)\s+(?:\w+\s+)?(?:have\s+)?(?:liked?|loved?|preferred|welcomed)\s+to
      | \s+(?:was|am|were|are)(?:n['’]t|\s+not)\s+(?:\w+\s+)?(?:sure|certain|clear)
      | ['’]m\s+not\s+(?:\w+\s+)?(?:sure|certain|clear)
      | \s+(?:do|did|could|can)(?:n['’]t|\s+not)\s+(?:\w+\s+)?(?:know|tell|hear|catch|make\s+out|
          say|find\s+out|follow)
      | \s+could(?:n['’]t|\s+not)\s+(?:\w+\s+)?see
      | \s+(?:missed|lost\s+(?:sight|track)|can['’]t|cannot)
      )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_courtesy(told: str) -> bool:
    """Whether a sentence greets, thanks, wishes, promises, or tells what the writer came for."""
    return bool(_NO_CLAIM.search(told) or _MODEST.search(told))
