"""How a letter begins: who came, to see what, on which day, and thanks."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from observe.core.feedback.facts import LessonFacts, Part
from observe.core.feedback.quoting import ended
from observe.core.feedback.spoken import day, listed, what_was_seen
from observe.core.feedback.typed import plain
from observe.core.feedback.untold import Discretion
from observe.core.feedback.writing import capital
from observe.core.rubric import LessonKind

OPENINGS = (
    "Thank you{name} for letting {us} see {seen} on {day}.",
    "On {day} {we} saw {seen}. {thanks}{end}.",
    "It was kind of you to let {us} see {seen} on {day}. {thanks}{end}.",
    "{we} saw {seen} on {day}. Thank you for making room for {me}{end}.",
    "Your door was open on {day}, when {we} saw {seen}. {thanks}{end}.",
    "Many thanks{name} for {day}, when {we} saw {seen}.",
    "There was a good deal to see on {day}, when {we} saw {seen}. {thanks}{end}.",
    "When {we} came to see {seen} on {day}, you made room for {me}. Thank you for that{end}.",
    "Here is what {we} saw when {i} came to see {seen} on {day}. {thanks}{end}.",
    "This letter is about {seen}, which {we} saw on {day}. {thanks}{end}.",
    "{calling}thank you for having {us} on {day}, when {i} saw {seen}.",
    "First of all, thank you{name} for letting {us} see {seen} on {day}.",
    "{we} would like to thank you{name} for letting {me} see {seen} on {day}.",
    "What follows is about {seen}, which {we} saw on {day}. {thanks}{end}.",
    "{calling}it was kind of you to let {us} see {seen} on {day}. {thanks}.",
    "With this letter {i} want to thank you{name} for letting {us} see {seen} on {day}.",
    "You let {us} see {seen} on {day}. Thank you for that{end}.",
    "{calling}many thanks for {day}, when {we} saw {seen}.",
)
STEP = 5  # shares no factor with how many there are, so that each has its turn
_SENTENCE_END = re.compile(r"(?<=\.) ")
VISITING = ("having {us}", "room for", "came to", "door was open")
UNFIT = {
    LessonKind.WORK_SAMPLE: VISITING,
    LessonKind.LEADERSHIP: (*VISITING, "good deal to see"),
    LessonKind.FEEDBACK_TALK: ("door was open",),
    LessonKind.OBSERVING: ("door was open", "which {we} saw"),
}
PROMISES = "Here is what"
THANKS = {
    LessonKind.WORK_SAMPLE: "Thank you for sharing it with {me}",
    LessonKind.LEADERSHIP: "Thank you for your openness",
}
THANKS_FOR_VISIT = "Thank you for having {me}"
WHAT_FOLLOWS = {
    (2, True): (
        "There are two things to keep, and one to try next.",
        "Here are two things to keep, and one to try.",
        "Below are two things that helped, and one that could help more.",
    ),
    (1, True): (
        "There is one thing to keep, and one to try next.",
        "Here is one thing to keep, and one to try.",
        "Below is something that helped, and something that could help more.",
    ),
    (2, False): ("There are two things to keep.", "Here are two things to keep."),
    (1, False): ("There is one thing to keep.", "Here is one thing to keep."),
    (0, True): ("There is one thing to try next.", "Here is one thing that is worth trying."),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One observer says I, two say we."""

    we: str
    us: str
    our: str


ONE, MORE = Voice("I", "me", "my"), Voice("we", "us", "our")


def voice_of(facts: LessonFacts) -> Voice:
    """Who speaks in a letter."""
    return ONE if len(facts.observers) == 1 else MORE


def thanks(
    facts: LessonFacts,
    *,
    keeps: Discretion,
    unlike: str | Collection[str] = (),
    says_more: bool = True,
) -> list[str]:
    """The first sentences, settled by the lesson; none that begins with the word of one before.

    Where the letter says nothing more, they do not promise it.
    """
    before = {_first_word(text) for text in ([unlike] if isinstance(unlike, str) else unlike)}
    fitting = [text for text in _fitting(facts, keeps) if says_more or PROMISES not in text]
    words, in_turn = _words(facts), _in_turn(facts.lesson_id)
    told = [_told(opening, words) for opening in in_turn if opening in fitting]
    return next((text for text in told if _first_word(text[0]) not in before), told[0])


def _in_turn(lesson_id: str) -> Iterator[str]:
    """All openings, each lesson's own first; lessons whose ids are counted begin one after the other."""
    place = int.from_bytes(lesson_id.encode())
    return (OPENINGS[(place + STEP * turn) % len(OPENINGS)] for turn in range(len(OPENINGS)))


def what_follows(parts: Sequence[Part], lesson_id: str, *, keeps: Discretion) -> str:
    """What the letter goes on to say; nothing if it says nothing."""
    counted = parts.count(Part.STRENGTH), Part.NEXT_STEP in parts
    options = keeps.preferred(WHAT_FOLLOWS.get(counted, ("",)))
    return options[int.from_bytes(lesson_id.encode()) // 7 % len(options)]


def _fitting(facts: LessonFacts, keeps: Discretion) -> Sequence[str]:
    """The openings for such a lesson; a reader of books has not visited anybody."""
    unfit = UNFIT.get(facts.kind, ())
    unfit = unfit if _name(facts) else (*unfit, "{calling}")
    return keeps.preferred([text for text in OPENINGS if not any(word in text for word in unfit)])


def _told(opening: str, words: Mapping[str, str]) -> list[str]:
    """The opening in its sentences; a name may hold a stop, so they are told apart before it."""
    return [ended(capital(text.format(**words))) for text in _SENTENCE_END.split(opening)]


def _words(facts: LessonFacts) -> dict[str, str]:
    """What stands in the places of an opening."""
    voice, name = voice_of(facts), _name(facts)
    others = [plain(each) for each in facts.observers if facts.author and each != facts.author]
    named = facts.author in facts.observers and bool(others)
    thanked = THANKS.get(facts.kind, THANKS_FOR_VISIT)
    return {
        "name": f", {name}," if name else "",
        "end": f", {name}" if name else "",
        "calling": f"{name}, ",
        "we": listed([*others, "I"]) if named else voice.we,
        "us": listed([*others, "me"]) if named else voice.us,
        "i": voice.we,
        "me": voice.us,
        "thanks": thanked.format(me=voice.us),
        "seen": what_was_seen(facts),
        "day": day(facts.on),
    }


def _name(facts: LessonFacts) -> str:
    """What the teacher is called; the whole name of somebody known by an initial."""
    first = plain(facts.first_name)
    return (first if len(first.strip(".")) > 1 else plain(facts.teacher)).rstrip(".,;: ")


def _first_word(text: str) -> str:
    return (text.split() or [""])[0].strip(",").casefold()
