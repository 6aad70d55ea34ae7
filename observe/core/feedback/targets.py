"""What a teacher tries next, and what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from observe.core.errors import Conflict, Invalid
from observe.core.feedback.facts import Line
from observe.core.feedback.letter import plan_of

LONGEST = 500


class TargetState(StrEnum):
    """How a target stands."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    SEEN_AGAIN = "seen again"
    NOT_YET = "not yet"
    MET = "met"
    CARRIED_ON = "carried on"
    DROPPED = "dropped"


ENDED = (TargetState.MET, TargetState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What to try, when, by which day, and how it will be seen."""

    summary_id: UUID
    text: str
    when: str
    see: str
    due_on: date
    state: TargetState = TargetState.PROPOSED
    criterion: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still being tried."""
        return self.state not in ENDED


def proposed(line: Line, summary_id: UUID, *, due: date) -> Target:
    """The target that a line proposes; `due` where the line names no day."""
    plan = plan_of(line)
    return Target(
        summary_id=summary_id,
        text=plan.try_,
        when=plan.when,
        see=plan.see,
        due_on=plan.due or due,
        criterion=line.criterion,
    )


def taken(target: Target) -> Target:
    """The target as the teacher takes it; Conflict once it has ended."""
    return replace(_open(target), state=TargetState.TAKEN)


def adjusted(target: Target, *, text: str, when: str, see: str, due_on: date) -> Target:
    """The target in the teacher's own words, taken; Invalid without words or with too many."""
    if not text.strip():
        raise Invalid("Say what you will try.", field="text")
    if max(len(text), len(when), len(see)) > LONGEST:
        raise Invalid("Keep each part of the target under 500 characters.", field="text")
    return replace(
        _open(target),
        text=text.strip(),
        when=when.strip(),
        see=see.strip(),
        due_on=due_on,
        state=TargetState.TAKEN,
    )


def looked_for(answers: Collection[str]) -> TargetState:
    """How a target stands after a lesson, from what its observers said: one who saw it is enough."""
    return TargetState.SEEN_AGAIN if "seen" in answers else TargetState.NOT_YET


def _open(target: Target) -> Target:
    if not target.is_open:
        raise Conflict("This target has ended. Your next summary can have a new one.")
    return target
