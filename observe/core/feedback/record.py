"""A record in a file: a lesson, what was agreed and what was noted, checked against its rubric.

`docs/feedback.md` says what may stand in it, with an example.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from observe.core.feedback import review
from observe.core.feedback.facts import Agreement, Evidence, LessonFacts, OpenTarget
from observe.core.feedback.pupil_names import without_names
from observe.core.feedback.summary import first_name
from observe.core.pairing import Outcome
from observe.core.rubric import LessonKind, Rubric

MINUTES_OF_A_DAY = 24 * 60
BLANK = "nothing stands here; write something or leave it out"
BROKEN = "a line break or a tab stands in it; write it in one line"


def _told(text: str) -> str:
    """Something to read."""
    if not text.strip():
        raise PydanticCustomError("blank", BLANK)
    return text


def _in_one_line(text: str) -> str:
    """Something to read without a line break."""
    return _unbroken(_told(text))


def _unbroken(text: str) -> str:
    """A text without a line break."""
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text):
        raise PydanticCustomError("broken", BROKEN)
    return text


Name = Annotated[str, Field(max_length=200), AfterValidator(_in_one_line)]
Spare = Annotated[str, Field(max_length=200), AfterValidator(_unbroken)] | None
Words = Annotated[str, Field(max_length=20_000)]
TimeOfDay = Annotated[str, Field(pattern=r"^(([01]?\d|2[0-3]):[0-5]\d)?$")]
Level = int | Literal["not_seen", "not_applicable"] | None


class Shape(BaseModel):
    """Nothing is guessed: no other keys, no text for a number; what may be left out may be null."""

    model_config = ConfigDict(strict=True, extra="forbid")


class LessonShape(Shape):
    """What was observed, by whom and when."""

    id: Name
    teacher: Name
    on: date
    first_name: Spare = None
    class_name: Annotated[Spare, Field(alias="class")] = None
    subject: Spare = None
    topic: Spare = None
    begins_at: TimeOfDay | None = None
    observers: list[Name] | None = None
    author: Spare = None


class NoteShape(Shape):
    """What one observer noted."""

    id: Name
    text: Annotated[Words, AfterValidator(_told)]
    observer: Spare = None
    minute: Annotated[int, Field(ge=0, lt=MINUTES_OF_A_DAY)] | None = None
    criteria: list[Name] | None = None
    mark: Literal["+", "-", "−", ""] | None = None
    speaker: Literal["T", "P"] | None = None
    private: bool | None = None
    safeguarding: bool | None = None
    lesson: Name | None = None


class TargetShape(Shape):
    """What the teacher set out to try after an earlier lesson."""

    text: Annotated[Words, AfterValidator(_told)]
    criterion: Name | None = None


class RecordShape(Shape):
    """A record of one lesson."""

    lesson: LessonShape
    agreed: dict[str, Level] | None = None
    differ: dict[str, Annotated[list[Level], Field(min_length=2, max_length=9)]] | None = None
    notes: list[NoteShape] | None = None
    target: TargetShape | None = None
    due: date | None = None
    previous_openings: list[Words] | None = None
    pupils: list[Name] | None = None


@dataclass(frozen=True, slots=True)
class LessonRecord:
    """All that a draft is composed from."""

    facts: LessonFacts
    agreements: tuple[Agreement, ...]
    evidence: tuple[Evidence, ...]
    due: date
    target: OpenTarget | None
    unlike: tuple[str, ...]


def record_of(shape: RecordShape, rubric: Rubric) -> LessonRecord:
    """The record in the words of the composer."""
    target, facts = shape.target, _facts(shape, rubric.kind)
    nameless = partial(without_names, pupils=tuple(shape.pupils or ()), staff=_staff(facts))
    noted = (_evidence(note, shape.lesson, rubric.kind) for note in shape.notes or ())
    return LessonRecord(
        facts=replace(facts, topic=nameless(facts.topic)),
        agreements=tuple(_agreements(shape)),
        evidence=tuple(replace(note, text=nameless(note.text)) for note in noted),
        due=shape.due or review.target_due(shape.lesson.on, christmas(shape.lesson.on)),
        target=OpenTarget(nameless(target.text), target.criterion) if target else None,
        unlike=tuple(shape.previous_openings or ()),
    )


def _staff(facts: LessonFacts) -> tuple[str, ...]:
    return (facts.teacher, facts.first_name, *facts.observers)


def christmas(on: date) -> frozenset[date]:
    """The days on which no school is open, 20 December to 3 January, in the winter after a day."""
    first = date(on.year if on.month > 1 else on.year - 1, 12, 20)
    return frozenset(first + timedelta(days=number) for number in range(15))


def _facts(shape: RecordShape, kind: LessonKind) -> LessonFacts:
    lesson = shape.lesson
    observers = tuple(lesson.observers or _who_noted(shape))
    return LessonFacts(
        lesson_id=lesson.id,
        teacher=lesson.teacher,
        first_name=lesson.first_name or first_name(lesson.teacher),
        school_subject=lesson.subject or "",
        class_name=lesson.class_name or "",
        on=lesson.on,
        observers=observers,
        kind=kind,
        author=lesson.author or next(iter(observers), ""),
        topic=lesson.topic or "",
    )


def _who_noted(shape: RecordShape) -> list[str]:
    return list(dict.fromkeys(note.observer for note in shape.notes or () if note.observer))


def _agreements(shape: RecordShape) -> Iterator[Agreement]:
    for criterion, level in (shape.agreed or {}).items():
        yield Agreement(criterion, _level(level), levels=(_level(level),))
    for criterion, levels in (shape.differ or {}).items():
        own = tuple(_level(level) for level in levels)
        yield Agreement(criterion, None, Outcome.DIFFER, own)


def _level(level: Level) -> int | None:
    return level if isinstance(level, int) else None


def _evidence(note: NoteShape, lesson: LessonShape, kind: LessonKind) -> Evidence:
    timeless = kind is LessonKind.WORK_SAMPLE or note.minute is None
    return Evidence(
        id=note.id,
        observer=note.observer or "",
        text=note.text,
        criteria=tuple(note.criteria or ()),
        at=None if timeless else _at(lesson.begins_at, note.minute or 0),
        mark={"−": "-", "": None}.get(note.mark or "", note.mark),
        speaker=note.speaker,
        withheld=bool(note.private or note.safeguarding),
        kind=kind,
        minute=None if timeless else note.minute,
        lesson_id=note.lesson or "",
    )


def _at(begins_at: str | None, minute: int) -> time | None:
    """The time of day of a minute of the lesson, where it is known when the lesson began."""
    if not begins_at:
        return None
    hours, minutes = begins_at.split(":")
    passed = (60 * int(hours) + int(minutes) + minute) % MINUTES_OF_A_DAY
    return time(passed // 60, passed % 60)
