"""What a draft is made from and what it is: lesson, agreement, evidence in; lines out."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from observe.core.pairing import Outcome
from observe.core.rubric import LessonKind


class Part(StrEnum):
    """What a line of a summary is for."""

    OPENING = "opening"
    STRENGTH = "strength"
    NEXT_STEP = "next_step"
    TARGET = "target"
    QUESTION = "question"


CLAIMS = (Part.STRENGTH, Part.NEXT_STEP)
AT_MOST = {Part.STRENGTH: 2, Part.NEXT_STEP: 2, Part.TARGET: 1, Part.QUESTION: 1}


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """What was observed, by whom and when, in the school's own time.

    `author` is the one of the observers who writes, `topic` what was taught, where they are known.
    """

    lesson_id: str
    teacher: str
    first_name: str
    school_subject: str
    class_name: str
    on: date
    observers: tuple[str, ...]
    kind: LessonKind = LessonKind.LESSON
    author: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the talk about a criterion came to; `levels` are the observers' own, None for unrated."""

    criterion: str
    level: int | None
    outcome: Outcome = Outcome.AGREED
    levels: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observer's note; `at` is the time of day, None where time says nothing.

    `withheld` is a note that never leaves its author: a private one, or one for safeguarding.
    `minute` counts from the beginning of the lesson, for where no time of day is known.
    `lesson_id` is the lesson it was made in, empty where it can only be this one.
    """

    id: str
    observer: str
    text: str
    criteria: tuple[str, ...] = ()
    at: time | None = None
    mark: str | None = None
    speaker: str | None = None
    withheld: bool = False
    kind: LessonKind = LessonKind.LESSON
    minute: int | None = None
    lesson_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """What the teacher set out to try after an earlier lesson."""

    text: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A target in parts: what to try, when, how it will be seen, and by which day."""

    try_: str
    when: str = ""
    see: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary and the notes it rests on; only a target has a plan.

    `key` tells the line from others while it is moved and rewritten; `was` are the author's words
    where a reader has changed them.
    """

    part: Part
    text: str
    note_ids: tuple[str, ...] = ()
    criterion: str | None = None
    plan: Plan | None = None
    key: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a line, with the notes that it rests on."""

    part: Part
    text: str
    note_ids: tuple[str, ...] = ()
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter in lines, and what could not be said for want of evidence.

    `sentences` are those of the lines, in their order.
    """

    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
