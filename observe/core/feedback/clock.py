"""How long it took from the lesson to the teacher, step by step, in working days of the school."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from observe.core.feedback.review import days_left


class Step(StrEnum):
    """What happens on the way from a lesson to its teacher, in this order."""

    OBSERVED = "observed"
    TALKED = "talked"
    WRITTEN = "written"
    RELEASED = "released"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Tick:
    """One step: on which day, how many working days after the lesson, and whether after the promised day.

    A step that is still to come has no day; it is late once the promised day is past.
    """

    step: Step
    on: date | None
    days: int | None
    late: bool


def clock(
    done: Mapping[Step, date | None], *, due: date, today: date, holidays: Collection[date] = ()
) -> tuple[Tick, ...]:
    """Each step that belongs to this lesson, in order; only what must be there by `due` can be late."""
    lesson = done[Step.OBSERVED]
    return tuple(
        Tick(
            step,
            done[step],
            _days(lesson, done[step], holidays),
            late=step is not Step.READ and (done[step] or today) > due,
        )
        for step in Step
        if step in done
    )


def _days(lesson: date | None, day: date | None, holidays: Collection[date]) -> int | None:
    return days_left(day, lesson, holidays) if lesson and day else None
