"""Headings of a letter, such as “What worked”, “Next steps:” or “Target”, and the parts they announce."""

import re

from observe.core.feedback.days import dated
from observe.core.feedback.facts import Part
from observe.core.feedback.reading import Spot

_HEADINGS: tuple[tuple[Part, str], ...] = (
    (
        Part.TARGET,
        r"(?:agreed\s+|your\s+|new\s+|main\s+|development\s+|smart\s+)?(?:targets?|"
        r"goals?)(?:\s+(?:for|until|by)\s+[\w ]{2,30})?"
        r"|actions?\s+and\s+dates?|(?:by\s+)?when|review(?:\s+date)?|deadline|"
        r"due(?:\s+(?:date|by))?|date\s+(?:for|of)\s+review"
        r"|timescale|by|(?:to\s+be\s+)?(?:looked?|seen)\s+(?:at\s+)?(?:again|together|on)|"
        r"again(?:\s+on)?|next\s+(?:visit|meeting|look)|"
        r"(?:date|day|deadline)\s+(?:to|for)\s+[\w ]{2,30}|follow[\s-]?up|check(?:\s+(?:on|by))?",
    ),
    (
        Part.NEXT_STEP,
        r"(?:your\s+|possible\s+|agreed\s+|suggested\s+|my\s+)?(?:next\s+steps?|"
        r"actions?(?:\s+points?)?|agreed|action\s+plan|suggestions?|"
        r"recommendations?|ideas?|advice|wish(?:es)?|challenges?)(?:\s+for\s+you)?|(?:i|"
        r"we)(?:['’]d|\s+would)\s+(?:try|suggest|change|like)|"
        r"what\s+(?:i|we)(?:['’]d|\s+would)\s+(?:try|change|suggest)|(?:could|might|"
        r"can)\s+be\s+(?:tried|better|improved|changed)|"
        r"(?:something|one\s+thing|a\s+thing|things?|an\s+idea|"
        r"two\s+things)\s+to\s+\w+(?:\s+(?:on|about|with))?|even\s+better\s+if|ebi|to\s+(?:try|"
        r"improve|"
        r"develop|work\s+on|do)|try(?:\s+this)?|"
        r"(?:areas?|points?)\s+(?:for|to)\s+(?:develop(?:ment)?|improve(?:ment)?|"
        r"consider(?:ation)?)|"
        r"development(?:\s+(?:points?|areas?))?|what\s+(?:to\s+try\s+)?next|ways?\s+forwards?|"
        r"(?:for\s+)?next\s+time|(?:one|two)\s+things?\s+to\s+(?:try|work\s+on|think\s+about)|"
        r"moving\s+forwards?|going\s+forwards?|"
        r"what\s+(?:could|might)\s+(?:be|make\s+it)\s+(?:even\s+)?better|"
        r"how\s+(?:we|you)(?:\s+will|\s+shall|['’]ll)\s+know(?:\s+it\s+works?)?",
    ),
    (
        Part.QUESTION,
        r"(?:a\s+|one\s+|my\s+)?questions?(?:\s+(?:for\s+you|to\s+(?:think\s+about|consider|"
        r"discuss)))?|your\s+(?:view|turn|thoughts)|"
        r"(?:for|to)\s+(?:reflection|discuss|discussion|think\s+about)|over\s+to\s+you",
    ),
    (
        Part.STRENGTH,
        r"(?:your\s+|main\s+|key\s+)?strengths?|what\s+(?:worked|went|helped|i\s+saw|we\s+saw|"
        r"was\s+seen|i\s+noticed)(?:\s+well)?|www|positives|"
        r"evidence|observations?|successes|highlights|seen|notes",
    ),
    (
        Part.OPENING,
        r"summary(?:\s+of\s+(?:the\s+)?(?:visit|lesson))?|lesson|class|teacher|observers?|"
        r"observed\s+by|seen\s+by|date|subject|"
        r"context|focus|feedback|introduction|year(?:\s+group)?|visit|school|time|to|from|re",
    ),
)
_HEADING = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]*|\*{1,2}|_{1,2})?(?:\d{1,2}[.)][ \t]+)?(?:"
    + "|".join(f"(?P<{part.value}>{words})" for part, words in _HEADINGS)
    + r")(?P<aside>[ \t]*\([^)\n]*\))?[ \t]*(?:\*{1,2}|_{1,2})?"
    r"[ \t]*(?P<mark>[:.–—-]|[ \t]-)?(?:\*{1,2}|_{1,2})?(?=[ \t]|$)[ \t]*",
    re.IGNORECASE,
)
BULLET = re.compile(r"[ \t]*(?:[-–—*•·]|\d{1,2}[.)])[ \t]+(?=\S)")


def _after(found: re.Match[str]) -> int:
    """Where the words of a heading go on: `Target for 30 April: …` keeps the day it names."""
    return found.start() if dated(found[0]) else found.end()


def heading(row: Spot) -> tuple[Part, Spot | None] | None:
    """The part a row announces, and what follows on the same row; None for running text."""
    bullet = BULLET.match(row.text)
    begin = bullet.end() if bullet and not re.match(r"[ \t]*\d", row.text) else 0
    found = _HEADING.match(row.text, begin)
    if not found:
        return None
    rest = row.text[found.end() :]
    part = next(part for part, _ in _HEADINGS if found[part.value] is not None)
    if not rest.strip():
        return part, None
    if found["mark"] is None or found["mark"].strip() == ".":
        return None
    begun = found.start("aside") if found["aside"] is not None else _after(found)
    return part, Spot(row.text[begun:], row.start + begun)
