"""Agreement of feedback: each observer picks one strength and one next step, closed until all have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.agreement.limits import wilson
from observe.core.errors import Conflict, Invalid
from observe.core.lesson import Lesson
from observe.core.pairing import PairState
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.storage import feedback_choices, history, lessons, pairs, shelf
from observe.storage.database import NetworkSession
from observe.storage.feedback_choices import Choice

NOT_NOW = "The talk about this lesson is not open, so nothing can be picked."
OPEN_NOW = "All have picked, and all of you have read it, so it stays."


@dataclass(frozen=True, slots=True)
class Choices:
    """One's own pick, who has still to pick, and all picks by person once nobody has."""

    mine: Choice | None
    waits_for: tuple[str, ...]
    all: Mapping[UUID, Choice]

    @property
    def are_open(self) -> bool:
        """Whether all have picked."""
        return bool(self.all)

    def same(self, what: str) -> str | None:
        """The criterion that all picked as `strength` or `next_step`; None if they differ."""
        picked = {getattr(choice, what) for choice in self.all.values()}
        return next(iter(picked)) if len(picked) == 1 else None


def look(session: NetworkSession, lesson: Lesson, *, by: UUID) -> Choices:
    """What one observer may know of the picks; nobody else's before all have picked."""
    kept = feedback_choices.of_lesson(session, lesson.id)
    waits = tuple(seat.name for seat in lesson.observers if seat.person_id not in kept)
    here = {seat.person_id for seat in lesson.observers}
    all_ = {} if waits else {who: choice for who, choice in kept.items() if who in here}
    return Choices(kept.get(by), waits, all_)


def choose(
    session: NetworkSession, lesson_id: UUID, choice: Choice, *, by: Person, at: datetime
) -> Choices:
    """Pick, or pick anew while somebody has still to pick; the same pick again does no harm."""
    lesson = _open(session, lesson_id)
    _check(shelf.rubric(session, lesson.rubric_digest), choice)
    there = look(session, lesson, by=by.id)
    if there.are_open and there.mine != choice:
        raise Conflict(OPEN_NOW)
    feedback_choices.keep(session, lesson_id, by.id, choice, at=at)
    session.flush()
    history.wrote(session, "feedback picked", "lesson", lesson_id, by=by.id, at=at)
    return look(session, lesson, by=by.id)


def take_back(session: NetworkSession, lesson_id: UUID, *, by: Person, at: datetime) -> None:
    """Pick nothing after all, while somebody has still to pick."""
    lesson = _open(session, lesson_id)
    if look(session, lesson, by=by.id).are_open:
        raise Conflict(OPEN_NOW)
    if feedback_choices.forget(session, lesson_id, by.id):
        history.wrote(session, "feedback pick taken back", "lesson", lesson_id, by=by.id, at=at)


def _open(session: NetworkSession, lesson_id: UUID) -> Lesson:
    pair = pairs.hold(session, lesson_id) or pairs.find(session, lesson_id)
    if pair.state != PairState.REVEALED:
        raise Conflict(NOT_NOW)
    return lessons.find(session, lesson_id)


def _check(rubric: Rubric, choice: Choice) -> None:
    if rubric.find(choice.strength) is None or rubric.find(choice.next_step) is None:
        raise Invalid("Choose one strength and one next step.")
    if choice.strength == choice.next_step:
        raise Invalid("Choose two criteria: one as a strength, another as the next step.")


class Share(NamedTuple):
    """On how many lessons something was the same, with 95 % limits from five lessons on."""

    times: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class SamePicks:
    """How often two observers would have given the same feedback, of the lessons where all picked."""

    lessons: int
    strength: Share
    next_step: Share


def same_picks(
    session: NetworkSession, lesson_ids: Collection[UUID], first: UUID, second: UUID
) -> SamePicks | None:
    """Of two observers in these lessons; None where they never both picked."""
    picked: dict[UUID, dict[UUID, Choice]] = {}
    for lesson_id, who, choice in feedback_choices.in_lessons(session, lesson_ids, {first, second}):
        picked.setdefault(lesson_id, {})[who] = choice
    both = [each for each in picked.values() if len(each) == 2]
    if not both:
        return None
    strengths = sum(each[first].strength == each[second].strength for each in both)
    steps = sum(each[first].next_step == each[second].next_step for each in both)
    return SamePicks(len(both), _share(strengths, len(both)), _share(steps, len(both)))


def _share(times: int, lessons_: int) -> Share:
    if lessons_ < FEWEST_LESSONS:
        return Share(times, None, None)
    return Share(times, *wilson(times / lessons_, lessons_))
