"""Whether a text says by when: a day, a week, or an event of the school's year that lies ahead."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_FULL_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMBER = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|"
    r"a\s+couple\s+of)"
)
_SPAN = r"(?:days?|weeks?|fortnights?|months?|lessons?|school\s+days?)"
_TERM = (
    r"(?:half[\s-]?term|mid[\s-]?term|term|christmas|easter|whitsun|whit|summer|autumn|spring|the\s+new\s+year|"
    r"inset|parents['’]?\s+evening|(?:the\s+)?holidays?|mocks?|(?:our|the|your)\s+(?:next\s+)?"
    r"(?:pupil\s+progress|appraisal|performance\s+management)\s+(?:meeting|review))"
)
_EVENT = (
    r"(?:(?:sports|open|inset|training|award|results)\s+(?:day|evening)|bank\s+holiday|parents['’]?\s+evening|"
    r"appraisal|line\s+management|observation|learning\s+walk|eid|diwali|ramadan|hanukkah|lent|advent|"
    r"(?:school\s+)?(?:trip|fair|concert|production)|inspection|moderation)"
)
_PERIOD = r"(?:week|fortnight|month|half[\s-]?term|term|year)"
_WHICH = r"(?:the\s+|this\s+|next\s+|february\s+|october\s+|may\s+|autumn\s+|spring\s+|summer\s+)*"
_BY = r"(?:by|before|until|till|til|up\s+to|no\s+later\s+than|not\s+later\s+than)"

_NAMED = re.compile(
    rf"""
      \b{_DAY}\s+(?:of\s+)?{_MONTH}
    | \b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?![:.]\d)
    | \b\d{{4}}-\d{{2}}-\d{{2}}\b
    | \b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b
    | \b(?:on|by|before|until|till|due|from|since|of|meeting|date|review|deadline|w/?[bc]\.?|
        week)\s*:?\s+
        (?:the\s+)?
        (?:\d{{1,2}}/\d{{1,2}}|(?:1[3-9]|2\d|3[01])\.(?:0?[1-9]|1[0-2]))\b
    | \bw(?:/|\.)?[bce]\.?\s*:?\s+(?:the\s+)?(?:{_FULL_DAY}\s+)?\d
    | \bweek\s+(?:beginning|commencing|starting|ending|of)\s+(?:the\s+|{_FULL_DAY}\s+)*\d
    | \b(?:by|on|before|until|till|from|due|of)\s+the\s+{_DAY}(?<=[a-z])\b
        (?!\s+(?:question|lesson|slide|line|page|pupil|minute|form|row|group|table|attempt|time))
    | \b{_FULL_DAY}(?:['’]s)?\b(?!\s+(?:night|morning)\s+live)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_DAY = re.compile(r"\b(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri)\b\.?")
_MONTH_AHEAD = re.compile(
    r"\b(?:by|in|before|until|till|from|mid|mid-|early|late|(?:start|end|beginning|"
    r"middle|week|(?:first\s+|last\s+)?day)\s+of)[\s-]\s*"
    r"(?:early\s+|mid-?\s*|late\s+|next\s+)?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)
_AHEAD = re.compile(
    rf"""
      \b(?:tomorrow|tonight|today|this\s+(?:week|afternoon|morning|evening))\b
    | \bnext\s+(?:week|fortnight|month|half[\s-]?term)\b
    | \b(?:week|fortnight)\s+(?:today|tomorrow|after\s+next|on)\b
    | \b(?:within|in|over|for|during)\s+(?:each\s+of\s+|the\s+|your\s+|these\s+|our\s+)*
        (?:next\s+|coming\s+|following\s+)?
        {_NUMBER}\s+(?:school\s+|working\s+|more\s+)?{_SPAN}\b
    | \b(?:within|for|over)\s+(?:the\s+|a\s+)(?:next\s+)?(?:week|fortnight|month)\b
    | \b{_NUMBER}\s+{_SPAN}(?:['’]s?)?\s+(?:time|from\s+(?:now|today))\b
    | \b{_BY}\s+(?:the\s+)?(?:(?:very\s+)?(?:end|start|beginning|middle|close|first\s+week|
        last\s+week)\s+of\s+)?
        {_WHICH}(?:{_TERM}|{_PERIOD})\b(?!\s+(?:wall|display|plan))
    | \b(?:end|start|beginning|middle|(?:first|second|third|last|final)\s+(?:week|day|fortnight))\s+
        (?:of|back\s+after)\s+{_WHICH}(?:{_TERM}|{_PERIOD})\b
    | \b(?:first|last)\s+(?:week|day|lesson)\s+(?:back\b|after\b|before\b)
    | \b(?:from|after|between\s+now\s+and|at|this\s+side\s+of|ahead\s+of|straight\s+after|
        just\s+after)\s+
        (?:the\s+)?(?:end\s+of\s+)?(?:february\s+|october\s+|may\s+)?(?:half[\s-]?term|christmas|
            easter)\b
    | \bend\s+of\s+(?:the\s+)?(?:day|week|month|term|half[\s-]?term)\b
    | \bweek\s+\d{{1,2}}\b
    | (?:\b{_BY}|\bin\s+time\s+for|\bahead\s+of|\bfor)\s+
        (?:(?:the|your|our|my|next|this|summer|school)\s+)*{_EVENT}\b
    | \b{_BY}\s+(?:we|you)\s+break\s+up\b
    | \bnext\s+time\s+(?:i|we)\s+(?:visit|come|call|drop|meet)\b
    | \b(?:first|second|last)\s+{_FULL_DAY}\s+of\s+(?:the\s+)?(?:{_TERM}|{_PERIOD})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PAST = re.compile(
    r"\b(?:did|saw|was|were|had|agreed(?!\s+that\b)|talked|met|discussed|noted|observed|visited|"
    r"watched|taught|used|"
    r"tried|since|as\s+(?:on|at|in))\s+(?:[^\W\d_]+\s+){0,4}(?:on\s+)?$|(?<!till\s)(?<!until\s)\blast\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_FINDERS = (_NAMED, _SHORT_DAY, _MONTH_AHEAD, _AHEAD)


def says_when(text: str) -> bool:
    """Whether a text names a day or week ahead: `by 12 December`, `w/b 8 Dec`, `before half term`.

    A day gone by (`what you did on 12 November`) does not count, nor does `soon` or `next time`.
    """
    return any(_is_ahead(text, found) for finder in _FINDERS for found in finder.finditer(text))


def dated(text: str) -> bool:
    """Whether a text names a day, be it gone by or ahead."""
    return bool(_NAMED.search(text))


def without_dates(text: str) -> str:
    """The text with as many dots in the place of days and months."""
    return _NAMED.sub(lambda found: "·" * len(found[0]), text)


def _is_ahead(text: str, found: re.Match[str]) -> bool:
    return not _PAST.search(text[: found.start()])
