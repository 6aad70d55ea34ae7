"""Days, names and lessons in the words of a letter."""

import re
from collections.abc import Sequence
from datetime import date

from observe.core.feedback.facts import LessonFacts, Plan
from observe.core.feedback.quoting import ended
from observe.core.feedback.topics import topic_told
from observe.core.feedback.typed import finished, plain
from observe.core.feedback.writing import MONTHS, PROPER, WEEKDAYS, capital, lowered
from observe.core.rubric import LessonKind

_LEADING = """
    the your each every any all some one two three four five six ten a an this that most both lessons
    talks pairs groups assembly meetings
"""
WANTS_IN = frozenset(_LEADING.split())
_TIMES = re.compile(
    r"(?:the|any|one|two|three|four|five|a)\s+(?:\w+\s+)?(?:times?|days?)\b"
    r"|(?:each|every)\s+(?:\w+\s+)?(?:time|day|morning|afternoon|week|month|term)\b"
)
_NOTHING_SAID = """
    tbc tba na none unknown various notknown tobeconfirmed
"""
_UNKNOWN = frozenset(("", *_NOTHING_SAID.split()))
_CLASSES = (
    (re.compile(r"\s*&\s*"), " and "),
    (
        re.compile(r"^(?:Years?|Yrs?|Y)\.?\s?(\d+) ?(?:and|/|\+) ?(?:Yr?\.?\s?)?(\d+)\b", re.I),
        r"Years \1 and \2",
    ),
    (re.compile(r"^(?:Yr|Y)\.?\s?(?=\d)", re.IGNORECASE), "Year "),
    (re.compile(r"^(?:Year|Yr|Y)\.?\s?R$", re.IGNORECASE), "Reception"),
    (
        re.compile(r"^(?=(?!class|year|form|set)[^\W\d].*\b(?:group|class|club|choir|band|team)$)"),
        "the ",
    ),
    (re.compile(r"^Rec\b\.?"), "Reception"),
    (re.compile(r"^(?=\d+(?:/\d+)*$)"), "class "),
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_PLAIN_CLASS = re.compile(r"(?:(?:[Cc]lass|Year|Form) )?\w{1,4}|Reception|Nursery")
_SHORT = """
    & and lit literature lang language tech technology geog geography hist history sci science
    bio biology chem chemistry phys physics psych psychology comp computing eng English
"""
_SUBJECTS = dict(zip(_SHORT.split()[::2], _SHORT.split()[1::2], strict=True))
_ASKED = ("?”", "!”")
SEEN = {
    LessonKind.LESSON: ("your", "lesson"),
    LessonKind.WORK_SAMPLE: ("your pupils’", "work"),
    LessonKind.FEEDBACK_TALK: ("your feedback talk on the", "lesson"),
    LessonKind.OBSERVING: ("how you observed the", "lesson"),
    LessonKind.LEADERSHIP: ("your work as a leader", ""),
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
    return f"“{finished(plain(title))}”"


def what_was_seen(facts: LessonFacts) -> str:
    """`your Year 5 maths lesson about fractions`, as far as it is known."""
    whose, what = SEEN[facts.kind]
    if not what:
        return whose
    group, taught = class_called(facts.class_name), subject(facts.school_subject)
    topic = topic_told(known(facts.topic)) if known(facts.topic) else ""
    group = _without_subject(group, taught)
    joins = "in" if facts.kind is LessonKind.WORK_SAMPLE else "with"
    what = "" if joins == "in" and taught.endswith("writing") else what
    leads = joins == "with" and bool(_PLAIN_CLASS.fullmatch(group))
    before, after = (group, "") if leads else ("", group and f"{joins} {group}")
    about = topic and f"about {topic}"
    return " ".join(filter(None, (whose, before, taught, what, after, about)))


def _without_subject(group: str, taught: str) -> str:
    """`S2 English` in a lesson of English is `S2`."""
    before, _, last = group.rpartition(" ")
    return before if before and last.casefold() == taught.casefold() else group


def known(typed: str) -> str:
    """What was typed in one line; nothing for `t.b.c.`, `n/a` and their like."""
    told = plain(typed)
    return "" if re.sub(r"\W", "", told).casefold() in _UNKNOWN else told


def class_called(name: str) -> str:
    """`5B` and `Year 5` as they are, `class 8` where there is only a number, `Year 5` for `Y5`."""
    name = known(name).removeprefix("The ").removeprefix("the ")
    for short, whole in _CLASSES:
        name = short.sub(whole, name)
    return name.rstrip(". ")


def subject(name: str) -> str:
    """A school subject inside a sentence: `maths`, `English`, `RE`, `design and technology`."""
    typed = _DOTTED.sub(lambda found: found[0].replace(".", "").upper(), known(name))
    whole = (_SUBJECTS.get(word.casefold().rstrip("."), word) for word in typed.split())
    return " ".join(
        word if word in PROPER or _is_spelt_so(word) else word.lower() for word in whole
    )


def _is_spelt_so(word: str) -> bool:
    """`RE`, `iMedia` and `A-level` keep their letters."""
    return word[1:] != word[1:].lower() or word.isupper() or word[1:2] == "-"


def target_told(plan: Plan) -> str:
    """A target in two sentences: when to try what; by which day and how it will be seen."""
    return " ".join(target_sentences(plan))


def target_sentences(plan: Plan) -> tuple[str, ...]:
    """When to try what; by which day and how it will be seen."""
    when, trying = _when(plan.when), plain(plan.try_).rstrip(" .")
    told = f"{when}, {lowered(trying)}" if when else trying
    if when and trying.endswith(_ASKED):  # a question in quotation marks is a poor end of a request
        told = f"{trying} {when}"
    return tuple(filter(None, (ended(capital(told)), _seeing(plan))))


def _when(when: str) -> str:
    """When something is tried, so that a sentence can begin with it: `in the next two lessons`."""
    when = lowered(plain(when).strip(" .,;"))
    first, _, _ = when.partition(" ")
    if first.removesuffix("s") in WEEKDAYS:
        return f"on {when}"
    if first[:-2] in WEEKDAYS:  # “Monday’s lesson”
        return f"in {when}"
    return f"in {when}" if first in WANTS_IN and not _TIMES.match(when) else when


def _seeing(plan: Plan) -> str:
    by = f"by {day(plan.due)}" if plan.due else ""
    see = lowered(plain(plan.see).strip(" ."))
    if not see:
        return f"Let us look at it together {by}." if by else ""
    when = f", {by}," if by else ""
    return ended(f"We will know that it works if{when} {see}")
