"""Days, names and lessons in the words of a letter."""

import re
from collections.abc import Sequence
from datetime import date

from observe.core.feedback.facts import LessonFacts, Plan
from observe.core.feedback.quoting import capital, ended
from observe.core.rubric import LessonKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LANGUAGES = """
    English Welsh Irish Gaelic French German Spanish Italian Latin Greek Polish Russian Portuguese
    Mandarin Chinese Japanese Arabic Urdu Bengali Punjabi Hebrew Turkish Christian Islamic
"""
PROPER = frozenset(_LANGUAGES.split())
_FIRST_WORDS = """
    in at on during before after when whenever while for each every once twice as from with
    within over throughout until by next this tomorrow always straight between half-way halfway
"""
ADVERBIAL = frozenset(_FIRST_WORDS.split())
_TIMES = re.compile(r"(?:the|any|one|two|three|four|five|a)\s+(?:\w+\s+)?(?:times?|days?)\b")
SEEN = {
    LessonKind.LESSON: ("your", "lesson"),
    LessonKind.WORK_SAMPLE: ("your pupils’", "work"),
    LessonKind.FEEDBACK_TALK: ("your", "feedback talk"),
    LessonKind.OBSERVING: ("how you observed a", "lesson"),
    LessonKind.LEADERSHIP: ("your", "work as a leader"),
}


def day(on: date) -> str:
    """`Tuesday 17 November`."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def listed(words: Sequence[str]) -> str:
    """`Ada`, `Ada and Ben`, `Ada, Ben and Cai`; nothing for nobody."""
    *most, last = words or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def quoted(title: str) -> str:
    """A criterion's title between quotation marks."""
    return f"“{title.strip()}”"


def what_was_seen(facts: LessonFacts) -> str:
    """`your Year 5 maths lesson`, as far as it is known."""
    whose, what = SEEN[facts.kind]
    words = (whose, facts.class_name, subject(facts.school_subject), what)
    return " ".join(" ".join(words).split())


def subject(name: str) -> str:
    """A school subject inside a sentence: `maths`, `English`, `RE`, `design and technology`."""
    return " ".join(
        word if word in PROPER or word[1:] != word[1:].lower() or word.isupper() else word.lower()
        for word in name.split()
    )


def target_told(plan: Plan) -> str:
    """A target in two sentences: what to try and when; by which day and how it will be seen."""
    trying = ended(f"{plan.try_.rstrip(' .')}{_when(plan.when)}")
    return " ".join(filter(None, (capital(trying), _seeing(plan))))


def _when(when: str) -> str:
    when = when.strip(" .")
    if not when:
        return ""
    lower = when[0].lower() + when[1:]
    alone = lower.split()[0] in ADVERBIAL or _TIMES.match(lower)
    return f", {lower}" if alone else f", in {lower}"


def _seeing(plan: Plan) -> str:
    by = f"by {day(plan.due)}" if plan.due else ""
    see = plan.see.strip(" .")
    see = see[:1].lower() + see[1:] if see[1:2].islower() or see[1:2] == " " else see
    if not see:
        return f"Let us look at it together {by}." if by else ""
    return ended(
        f"We will know that it works if, {by}, {see}"
        if by
        else f"We will know that it works if {see}"
    )
