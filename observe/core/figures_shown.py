"""When the figures of one person are shown to others, and why they are not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

OPEN_AFTER = timedelta(days=28)
ENOUGH_LESSONS = 20
ENOUGH_PARTNERS = 3


class Kept(StrEnum):
    """Why somebody's figure is not shown to the one who reads."""

    FEW = "fewer than 5 lessons"
    THEIRS = "theirs alone"
    UNOPENED = "not opened yet"
    NOT_ENOUGH = "fewer than 20 lessons or 3 partners"
    WORKED_OUT = "could be worked out from the rest"


def is_open(opened_at: datetime | None, possible_at: datetime | None, *, at: datetime) -> bool:
    """Whether others may see a person's figures: once opened, or 28 days after they could be."""
    waited = possible_at is not None and at - possible_at >= OPEN_AFTER
    return opened_at is not None or waited


def rests_on_enough(lessons: int, partners: int) -> bool:
    """Whether a figure rests on lessons and partners enough for a facilitator."""
    return lessons >= ENOUGH_LESSONS and partners >= ENOUGH_PARTNERS


def to_hold_back(members: Mapping[UUID, int], shown: Collection[UUID], *, but: UUID) -> list[UUID]:
    """Whom to hold back as well where all of a group but one are shown.

    The values of a group (members with their lessons) add up to zero, so that the last one could be
    worked out; the one with the fewest lessons stays with them, but never the one who reads.
    """
    hidden = [member for member in members if member not in shown]
    others = [member for member in members if member in shown and member != but]
    if len(hidden) != 1 or not others:
        return []
    return [min(others, key=lambda member: (members[member], member))]


def nth_of(moments: Sequence[datetime], number: int) -> datetime | None:
    """When something had happened so many times; None before."""
    return sorted(moments)[number - 1] if len(moments) >= number else None
