"""What becomes of a target, and what has to be said with it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from observe.core.errors import Conflict, Invalid
from observe.core.feedback.targets import DECIDED, ENDED, Target, TargetState, decided

TODAY, LATER = date(2026, 11, 20), date(2026, 12, 11)
TARGET = Target(
    summary_id=uuid4(),
    text="Wait, then choose who answers",
    when="in three lessons",
    see="ten pupils answer",
    due_on=date(2026, 12, 4),
    state=TargetState.TAKEN,
)
MET, CARRIED_ON, DROPPED = DECIDED


def told(state: TargetState, *, reason: str = "It works", due_on: date | None = LATER) -> Target:
    return decided(TARGET, state, reason=reason, due_on=due_on, today=TODAY)


def test_a_target_is_met_without_a_reason_and_keeps_its_day() -> None:
    assert told(MET, reason="", due_on=None) == replace(TARGET, state=MET)


def test_a_target_is_carried_on_to_another_day() -> None:
    assert told(CARRIED_ON) == replace(TARGET, state=CARRIED_ON, due_on=LATER)


@pytest.mark.parametrize("state", [CARRIED_ON, DROPPED])
def test_carrying_on_and_dropping_need_a_reason(state: TargetState) -> None:
    with pytest.raises(Invalid, match="Say why"):
        told(state, reason=" ")


@pytest.mark.parametrize("due_on", [None, TODAY, date(2026, 1, 1)])
def test_a_target_is_carried_on_to_a_day_to_come(due_on: date | None) -> None:
    with pytest.raises(Invalid, match="a day to come"):
        told(CARRIED_ON, due_on=due_on)


@pytest.mark.parametrize("state", [state for state in TargetState if state not in DECIDED])
def test_nothing_else_is_decided(state: TargetState) -> None:
    with pytest.raises(Invalid, match="met, carried on or dropped"):
        told(state)


def test_a_reason_has_its_bounds() -> None:
    with pytest.raises(Invalid, match="under 500"):
        told(DROPPED, reason="x" * 501)


@pytest.mark.parametrize("ended", ENDED)
def test_what_has_ended_can_be_taken_up_again_and_nothing_else(ended: TargetState) -> None:
    over = replace(TARGET, state=ended)
    again = decided(over, CARRIED_ON, reason="Once more", due_on=LATER, today=TODAY)
    assert again.is_open
    for state in ENDED:
        with pytest.raises(Conflict, match="has ended"):
            decided(over, state, reason="x", due_on=None, today=TODAY)
