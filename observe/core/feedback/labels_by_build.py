"""Labels known by how they are built, whatever the noun: `they are …ers`, `you're a proper …`.

What somebody is called is an open list; the ways to call somebody something are few.
"""

import re

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
_LEARNERS = r"""
    (?:readers|writers|attainers|achievers|learners|dancers|runners|players|singers|speakers|
    spellers|performers|thinkers|workers|mathematicians|linguists|scientists|artists|musicians|actors)
"""
_SPELL = r"""
    bit|little|few|lot|term|week|month|year|day|step|long|good\s+way|member|minute|fan|friend|governor|
    parent|mentor|third|quarter|half|fortnight|lesson|couple|while|page|pair|team|school|department|
    (?:[\w-]+\s+)?(?:team|school|department|staff|family|member|week|term|year|month)
"""
_LABEL = re.compile(
    rf"""
      \byou(?:['’]re|\s+are|\s+come\s+(?:over|across)\s+as|\s+strike\s+me\s+as)\s+{_HOW}
        (?:(?:a\s+bit|something)\s+of\s+)?an?\s+(?!(?:{_SPELL})\b)(?:[\w-]+\s+){{0,3}}?[a-z-]+
        (?=\s*(?:$|[,.;:!]|(?:and|who|but)\b))
    | \b{_SOMEBODY}{_IS}{_HOW}(?:(?:your|the|my|a\s+(?:bunch|set|lot)\s+of)\s+)?
        (?:[\w-]+\s+)?{_AGENT}s\b(?!['’])
    | \b{_SOMEBODY}{_IS}{_HOW}an?\s+(?:[\w-]+\s+)?{_AGENT}\b(?=\s*(?:$|[,.;:!]|(?:and|who|but)\b))
    | \b(?:are|is)\s+(?:where\s+)?your\s+(?:[\w-]+\s+)?(?:{_AGENT}s|\w+boxes)\b
    | \b(?:weak|strong|bright|slow|abl|less\s+abl|more\s+abl|poor|low|high)(?:e|er|est)?[\s-]+{_LEARNERS}\b
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
