"""A workshop or residential of a programme: what it is, when, and who was there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=7)
LONGEST_LINE = 120
LONGEST_TEXT = 2000

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopWish:
    """What somebody asks for in a workshop; `stage` is empty where it counts for none."""

    title: str
    stage: str
    about: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A workshop as it is planned; times in UTC, `revision` counts its changes."""

    id: UUID
    programme_id: UUID
    programme: str
    stage: str
    title: str
    about: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    revision: int
    cancelled_at: datetime | None = None
    cancel_reason: str = ""

    @property
    def day(self) -> date:
        """The day on which it begins, where the schools are."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The day on which it ends, where the schools are."""
        return self.ends_at.astimezone(ZoneInfo(self.zone)).date()

    def has_begun(self, at: datetime) -> bool:
        """Whether it takes place and somebody can have been there."""
        return self.cancelled_at is None and self.starts_at <= at


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is expected at a workshop; `came` is None until it was said.

    A guest is no member of the programme for whom the workshop counts.
    """

    person_id: UUID
    name: str
    guest: bool = False
    came: bool | None = None


def faults(wish: WorkshopWish, stages: Collection[str]) -> Iterator[Fault]:
    """What stands against a workshop, as (field, sentence); `stages` are those it can count for."""
    if not wish.title:
        yield "title", "Say what the workshop is called."
    if wish.stage and wish.stage not in stages:
        yield "stage", "Choose a stage from the list."
    if wish.ends_at <= wish.starts_at:
        yield "ends", "It ends before it begins. Give a later time, or a last day."
    elif wish.ends_at - wish.starts_at > LONGEST:
        yield "last", "It lasts more than a week. Plan each meeting by itself."
    for field, text, most in (
        ("title", wish.title, LONGEST_LINE),
        ("place", wish.place, LONGEST_LINE),
        ("about", wish.about, LONGEST_TEXT),
    ):
        if len(text) > most:
            yield field, f"Keep this under {most} characters."
