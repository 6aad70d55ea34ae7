"""How a summary moves from draft to teacher, and how many working days are left for it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.errors import Conflict

PROMISE = 5
SATURDAY, FRIDAY = 5, 4


class State(StrEnum):
    """How far a summary is."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    RELEASED = "released"
    RECALLED = "recalled"


class Move(StrEnum):
    """What can be done with a summary; who may is for `permissions` to say."""

    SUBMIT = "submit"
    CORRECT = "correct"
    SEND_BACK = "send back"
    APPROVE = "approve"
    RELEASE = "release"
    RECALL = "recall"


MOVES = {
    (State.DRAFT, Move.SUBMIT): State.IN_REVIEW,
    (State.SENT_BACK, Move.SUBMIT): State.IN_REVIEW,
    (State.RECALLED, Move.SUBMIT): State.IN_REVIEW,
    (State.IN_REVIEW, Move.CORRECT): State.IN_REVIEW,
    (State.IN_REVIEW, Move.SEND_BACK): State.SENT_BACK,
    (State.IN_REVIEW, Move.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Move.RELEASE): State.RELEASED,
    (State.APPROVED, Move.CORRECT): State.IN_REVIEW,
    (State.APPROVED, Move.SEND_BACK): State.SENT_BACK,
    (State.APPROVED, Move.RELEASE): State.RELEASED,
    (State.RELEASED, Move.RECALL): State.RECALLED,
}
UNREVIEWED = {
    (State.DRAFT, Move.RELEASE): State.RELEASED,
    (State.SENT_BACK, Move.RELEASE): State.RELEASED,
    (State.RECALLED, Move.RELEASE): State.RELEASED,
}
WITH_AUTHOR = (State.DRAFT, State.SENT_BACK, State.RECALLED)
WITH_REVIEWER = (State.IN_REVIEW, State.APPROVED)


def after(state: State, move: Move, *, needs_review: bool = True, read: bool = False) -> State:
    """The state that a move leads to; Conflict, in a sentence, where it leads nowhere."""
    if move is Move.RECALL and read:
        raise Conflict("The teacher has read this summary, so it stays as it is.")
    moves = MOVES if needs_review else {**MOVES, **UNREVIEWED}
    if (state, move) not in moves:
        raise Conflict(f"This summary is {state}, so you cannot {move} it. Load the page again.")
    return moves[state, move]


def ladder(
    leaders: Collection[UUID],
    heads: Collection[UUID],
    deputies: Collection[UUID],
    *,
    teacher: UUID,
    author: UUID,
) -> tuple[frozenset[UUID], ...]:
    """Who reads a summary before its teacher, and whom it goes to next: leader, then head, then deputy.

    About a leader it begins with the head, about a head with the deputy. Nobody reads what is about
    themselves or what they wrote, and nobody stands on it twice.
    """
    above = 2 if teacher in heads else 1 if teacher in leaders else 0
    asked, known = [], {teacher, author}
    for group in (leaders, heads, deputies)[above:]:
        if new := frozenset(group) - known:
            asked.append(new)
            known |= new
    return tuple(asked)


def readers(rungs: Sequence[frozenset[UUID]], steps_up: int = 0) -> frozenset[UUID]:
    """Those of a ladder who read a summary that has gone up so many steps."""
    return frozenset[UUID]().union(*rungs[: steps_up + 1])


def release_day(today: date, weekday: int, holidays: Collection[date] = ()) -> date:
    """The next day on which a school releases, today if it is one; in a holiday the school day after."""
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return day if is_working_day(day, holidays) else _next_working_day(day, holidays)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, and no holiday of the school."""
    return day.weekday() < SATURDAY and day not in holidays


def due_on(lesson: date, holidays: Collection[date] = (), *, promise: int = PROMISE) -> date:
    """The working day by which the teacher has been promised the summary."""
    day = lesson
    for _ in range(promise):
        day = _next_working_day(day, holidays)
    return day


def days_left(due: date, today: date, holidays: Collection[date] = ()) -> int:
    """Working days from today to the day it is due: 0 on that day, below 0 when it is late."""
    first, last, sign = (today, due, 1) if today <= due else (due, today, -1)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(is_working_day(day, holidays) for day in days)


def target_due(lesson: date, holidays: Collection[date] = (), *, weeks: int = 3) -> date:
    """The Friday some weeks after the lesson, or the last working day before it."""
    monday = lesson - timedelta(days=lesson.weekday())
    day = monday + timedelta(weeks=weeks, days=FRIDAY)
    while not is_working_day(day, holidays) and day > lesson:
        day -= timedelta(days=1)
    return day


def _next_working_day(day: date, holidays: Collection[date]) -> date:
    day += timedelta(days=1)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day
