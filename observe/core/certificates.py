"""What certificate somebody holds on a day: as it was judged, or as it was set by hand with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.certification_standing import Result, certified_by

SOON = timedelta(weeks=6)


class Hand(StrEnum):
    """What is set by hand; the last lets go of it again."""

    CERTIFIED = "certified"
    NOT_CERTIFIED = "not certified"
    AS_JUDGED = "as judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What somebody set by hand about a person, and why; no day is without end."""

    id: UUID
    person_id: UUID
    hand: Hand
    until: date | None
    reason: str
    by: UUID
    at: datetime

    def holds(self, today: date) -> bool:
        """Whether it still counts on a day."""
        return self.hand is not Hand.AS_JUDGED and not (self.until and today > self.until)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether somebody is certified on a day, and until when.

    `until` is past where the certificate ran out. `by_hand` is what decides instead of `result`, the
    last pass that was judged.
    """

    held: bool = False
    until: date | None = None
    result: Result | None = None
    by_hand: ByHand | None = None

    @property
    def ran_out(self) -> bool:
        """Whether there was a certificate whose day is over."""
        return not self.held and self.until is not None

    def is_soon_over(self, today: date) -> bool:
        """Whether it runs out within six weeks."""
        return self.held and self.until is not None and self.until - today <= SOON


def certificate(results: Sequence[Result], by_hand: ByHand | None, *, today: date) -> Certificate:
    """What somebody with these results, the earliest first, holds on a day.

    What was set by hand comes first until its day is over or it is let go; what was judged stays beside it.
    """
    judged = _judged(results, today)
    if by_hand is None or by_hand.hand is Hand.AS_JUDGED:
        return judged
    if by_hand.holds(today):
        held = by_hand.hand is Hand.CERTIFIED
        return Certificate(held, by_hand.until if held else None, judged.result, by_hand)
    if judged.held or by_hand.hand is Hand.NOT_CERTIFIED:
        return judged
    return Certificate(until=by_hand.until, result=judged.result, by_hand=by_hand)


def _judged(results: Sequence[Result], today: date) -> Certificate:
    last = certified_by(results)
    if last is None:
        return Certificate()
    return Certificate(not last.is_over(today), last.expires_on, last)
