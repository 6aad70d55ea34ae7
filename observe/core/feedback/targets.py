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
DECIDED = (TargetState.MET, TargetState.CARRIED_ON, TargetState.DROPPED)
NEEDS_REASON = (TargetState.CARRIED_ON, TargetState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What to try, when, by which day, and how it will be seen."""

    summary_id: UUID | None
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


def decided(
    target: Target, state: TargetState, *, reason: str, due_on: date | None, today: date
) -> Target:
    """The target met, carried on to a later day, or dropped; one that ended can be carried on.

    Raises Conflict where there is nothing to decide, Invalid without a reason or a day that is needed.
    """
    if state not in DECIDED:
        raise Invalid("Say whether it is met, carried on or dropped.", field="state")
    if not target.is_open and state is not TargetState.CARRIED_ON:
        raise Conflict("This target has ended. It can be taken up again with a new day.")
    if state in NEEDS_REASON and not reason.strip():
        raise Invalid("Say why, in a few words.", field="reason")
    if len(reason) > LONGEST:
        raise Invalid("Keep the reason under 500 characters.", field="reason")
    if state is not TargetState.CARRIED_ON:
        return replace(target, state=state)
    if due_on is None or due_on <= today:
        raise Invalid("Give a day to come, for example in three weeks.", field="due")
    return replace(target, state=state, due_on=due_on)


def looked_for(answers: Collection[str]) -> TargetState:
    """How a target stands after a lesson, from what its observers said: one who saw it is enough."""
    return TargetState.SEEN_AGAIN if "seen" in answers else TargetState.NOT_YET


def _open(target: Target) -> Target:
    if not target.is_open:
        raise Conflict("This target has ended. Your next summary can have a new one.")
    return target
