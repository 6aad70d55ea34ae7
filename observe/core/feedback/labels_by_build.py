"""Labels known by how they are built, whatever the noun: `they are …ers`, `you're a proper …`.

What somebody is called is an open list; the ways to call somebody something are few.
"""

import re

from observe.core.feedback.traits import AT_PRESENT, GIFTS, STUFF, TRAITS

_COMPOUND = """
    hearted minded tempered natured skinned headed willed spirited mannered spoken mouthed tongued brained
    humoured handed
"""


def _any(listed: str) -> str:
    """One of the words of a list, as a pattern."""
    return "|".join(listed.split())


_HOW = r"(?:(?:\w+ly|just|such|quite|all|very|so|rather|still|not|always|never|only)\s+)*"
_SOMEBODY = r"""
    (?:they|he|she|(?:child|pupil|boy|girl)\s+(?-i:[A-Z])\b
    |(?:some|many|most|several|two|three|four|five|half|both|all|one|lots|a\s+(?:few|couple|number))\s+of\s+
        (?:them|these|those|your\s+\w+)
    |(?:table|row)\s+(?:\d|one|two|three|four|five|six))
"""
_IS = r"(?:\s+(?:are|is)|['’](?:re|s))\s+"
_PARTS = """
    partners? numbers? letters? papers? teachers? leaders? members? monitors? helpers? others?
    posters? brothers? sisters? mothers? fathers? winners? speakers? officers? visitors? newcomers?
    beginners?
"""
_ROLE = (
    rf"(?:{'|'.join(_PARTS.split())}|"
    r"answers?|together|under|over|after|never|ever|better|later|other|another|either|neither|rather|further)\b"
)
_AGENT = rf"(?!{_ROLE})(?:non-)?[a-z-]{{2,}}(?:er|or)"
_NO_LEARNERS = r"(?:colours|flowers|rulers|magnets|layers|factors|vectors|powers|towers)\b"
_SPELL = r"""
    bit|little|few|lot|term|week|month|year|day|step|long|good\s+way|member|minute|fan|friend|governor|
    parent|mentor|third|quarter|half|fortnight|lesson|couple|while|page|pair|team|school|department|
    (?:[\w-]+\s+)?(?:team|school|department|staff|family|member|week|term|year|month)
"""
_MORE = r"""
    (?:(?:\w+ly|just|such|quite|all|very|so|rather|still|not|always|never|only|far|too|bit|little|a|by|nature|
    often|sometimes|most|more|somewhat|at|times|pretty|ever|no)\s+){0,4}
"""
_BEING = r"(?:to\s+be|of\s+being|to\s+being)"
_YOU_ARE = rf"""
    \byou(?:\s+{_MORE}(?:(?:can|do|may|might|tend\s+to)\s+)?(?:are|seem(?:\s+to\s+be)?|appear(?:\s+to\s+be)?|sound|remain|(?:can|could|must)(?:\s+\w+ly)?\s+be
      |(?:have|['’]ve)\s+(?:\w+\s+)?been
      |(?:tend|are\s+(?:\w+\s+)?(?:inclined|prone)|have\s+a\s+(?:\w+\s+)?(?:tendency|habit))\s+{_BEING}
      |(?:come|came)\s+(?:across|over)\s+(?:as|to\s+\w+\s+as)|(?:strike|struck)\s+(?:me|us)\s+as
      )|['’]re)(?:,[^,.!?]{{3,40}},)?\s+{_MORE}
"""
_YOU_HAVE = rf"""
    \byou(?:['’]ve|\s+{_MORE}(?:do(?:n['’]t|\s+not)\s+)?(?:have|had|possess|lack|exude|ooze|radiate|show|display|bring|need))\s+
    (?:(?:an?|such|the|no|real|lots?|bags?|heaps?|tons?|oodles|loads|buckets?|plenty|bundles?|stacks|abundance|
    little|of|got|some|any|much|enough|all|your|that|what)\s+)*
"""
_CLOSES = r"""
    (?=\s*(?:$|[,.;:!–—)]
    |(?:and|but|with|about|when|as|in|by|for|at|on|towards|who|if|or|than|of\s+an?)\b))
"""
_TRAIT = rf"(?:{_any(TRAITS)}|\w+[\s-]?(?:{_any(_COMPOUND)})(?!\s+(?:out|in|over|them|back)\b))"
_AT_PRESENT = rf"(?:(?:{_any(AT_PRESENT)})\b|\w+(?:ing|ed|ly|en)\b)"
_NATURE = r"""
    by\s+nature|at\s+heart|through\s+and\s+through|deep\s+down|to\s+your\s+(?:core|fingertips)|
    your\s+(?:own\s+)?worst\s+enemy|in\s+your\s+nature
"""
_MADE = r"""
    old[\s-]school|one\s+in\s+a\s+million|set\s+in\s+your|cut\s+(?:out|from)|made\s+of|wasted|
    full\s+of(?!\s+ideas)|wired|built\s+for|in\s+a\s+(?:class|league)\s+of|
    one\s+of\s+(?:those|life|the|our|my|nature)|the\s+(?:sort|kind|type)|some(?:one|body)\s+who
"""
_LABEL = re.compile(
    rf"""
      {_YOU_ARE}{_TRAIT}\b(?!\s+(?:to|enough|that|in\s+how)\b)
    | {_YOU_ARE}(?:(?:pure|absolute|sheer|solid)\s+)?(?:{_any(STUFF)})\b{_CLOSES}
    | {_YOU_ARE}(?!{_AT_PRESENT})[a-z-]{{3,}}(?=\s*(?:$|[.!;]|,\s+(?!you\b)))
    | {_YOU_ARE}(?:{_MADE})\b
    | {_YOU_ARE}(?<=\stoo\s)(?!{_AT_PRESENT})[a-z-]+\s+to\b
    | {_YOU_ARE}\w+\s+enough(?=\s*(?:$|[.,;!]|with\b|and\b))
    | {_YOU_ARE}(?:such\s+)?(?:(?:a\s+bit|something|rather|quite)\s+(?:of\s+)?)?(?:an?|no)\s+
        (?!(?:{_SPELL}|longer|more|doubt|stranger)\b)(?:[\w-]+\s+){{0,3}}?[a-z-]+{_CLOSES}
    | {_YOU_HAVE}(?:[\w-]+\s+(?:and\s+)?){{0,3}}?(?:{_any(GIFTS)})\b
        (?=\s*(?:$|[,.;:!–—]|(?:and|but|for|with|on|of|as|the\s+size|that|which|who|or)\b))
    | {_YOU_ARE}\w+\s+(?:itself|personified|incarnate)\b
    | \byou\s+(?:were|are)\s+(?:\w+\s+)?born\b(?!\s+(?:in|on|at)\b)
    | \byou\b[^.!?]{{0,60}}\b(?:{_NATURE})\b
    | \b{_SOMEBODY}{_IS}{_HOW}(?:(?:your|the|my|a\s+(?:bunch|set|lot)\s+of)\s+)?
        (?:[\w-]+\s+)?{_AGENT}s\b(?!['’])
    | \b{_SOMEBODY}{_IS}{_HOW}an?\s+(?:[\w-]+\s+)?{_AGENT}\b(?=\s*(?:$|[,.;:!]|(?:and|who|but)\b))
    | \b(?:are|is)\s+(?:where\s+)?your\s+(?:[\w-]+\s+)?(?:{_AGENT}s|\w+boxes)\b
    | \b(?:weak|strong|bright|slow|abl|less\s+abl|more\s+abl|poor|low|high)(?:er?)?[\s-]+
        (?!{_ROLE}|{_NO_LEARNERS})[a-z]{{3,}}(?:ers|ors|ists|ians)\b
    | \b(?:your|those|the|a)\s+(?:usual|typical|stereotypical|classic)\s+(?:[\w-]+\s+){{0,2}}
        (?:lads?|boys?|girls?|kids?|teenagers?|pupils?|students?|class|group|lot|bunch)\b
    | \b(?:is|are|['’]s|['’]re)(?:n['’]t|\s+{_HOW}not)\s+(?:\w+\s+)?(?:[\w-]+\s+)?(?:material|calibre)\b
    | \b{_SOMEBODY}{_IS}{_HOW}not\s+(?:[\w-]+\s+)?(?:[\w-]+\s+)?(?:material|calibre)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def built(told: str) -> list[re.Match[str]]:
    """The labels of a text, its quotations left out."""
    return list(_LABEL.finditer(told))
