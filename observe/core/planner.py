"""What a lesson is planned around: half days that are free, and how often a teacher is visited."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from observe.core.lesson import Lesson
from observe.core.pairing import PairState

SCHOOL_DAYS = range(5)
NOON = 12


class Part(StrEnum):
    """Half of a school day; the afternoon begins at noon."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


HalfDay = tuple[int, Part]
WEEK: frozenset[HalfDay] = frozenset((day, part) for day in SCHOOL_DAYS for part in Part)


def part_of(hour: int) -> Part:
    """The half of the day in which something begins at this hour."""
    return Part.MORNING if hour < NOON else Part.AFTERNOON


@dataclass(frozen=True, slots=True)
class DaysAway:
    """Days on which somebody is not there, from the first to the last."""

    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Whether this day is one of them."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Availability:
    """When one person can observe: `half_days` of each week, save days away and days `booked`.

    Whoever never said which half days are free has all ten.
    """

    half_days: frozenset[HalfDay] = WEEK
    away: tuple[DaysAway, ...] = ()
    booked: frozenset[date] = field(default_factory=frozenset)

    def away_on(self, day: date) -> DaysAway | None:
        """The days away that hold this day, if any do."""
        return next((days for days in self.away if days.holds(day)), None)

    def free_parts(self, day: date) -> frozenset[Part]:
        """The halves of a day that are free."""
        if day in self.booked or self.away_on(day):
            return frozenset()
        return frozenset(part for part in Part if (day.weekday(), part) in self.half_days)


def common_days(people: Collection[Availability], first_day: date, last_day: date) -> list[date]:
    """Days of this stretch, both ends included, with a half that all of these people have free."""
    return [day for day in days_between(first_day, last_day) if common_parts(people, day)]


def common_parts(people: Collection[Availability], day: date) -> list[Part]:
    """The halves of a day that all of these people have free, the morning first."""
    free = [person.free_parts(day) for person in people]
    on_school_days = [part for part in Part if (day.weekday(), part) in WEEK]
    return [part for part in on_school_days if all(part in parts for parts in free)]


class DoubtKind(StrEnum):
    """Why somebody may not be there."""

    AWAY = "away"
    NOT_FREE = "not free"
    TEACHES_NOTHING = "teaches nothing"


@dataclass(frozen=True, slots=True)
class Doubt:
    """That somebody may not be there on a day; `last_day` is the last of days away."""

    name: str
    kind: DoubtKind
    day: date
    last_day: date | None = None


def doubt_of(name: str, person: Availability, day: date, part: Part) -> Doubt | None:
    """What speaks against this half of a day for an observer."""
    if away := person.away_on(day):
        return Doubt(name, DoubtKind.AWAY, day, away.last_day)
    if (day.weekday(), part) not in person.half_days:
        return Doubt(name, DoubtKind.NOT_FREE, day)
    return None


def days_between(first_day: date, last_day: date) -> Iterable[date]:
    """Every day of a stretch, both ends included."""
    return (first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))


@dataclass(frozen=True, slots=True)
class Visits:
    """How many lessons of a teacher are planned or were observed this school year, and the cap."""

    made: int
    cap: int | None

    @property
    def left(self) -> int | None:
        """How many more there may be, never below 0; None without a cap."""
        return None if self.cap is None else max(self.cap - self.made, 0)

    @property
    def full(self) -> bool:
        """Whether one more would pass the cap."""
        return self.left == 0


class Standing(StrEnum):
    """How far a lesson is, for the planner."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    TO_COMPARE = "to compare"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OF_PAIR = {
    PairState.PLANNED: Standing.PLANNED,
    PairState.UNDER_WAY: Standing.UNDER_WAY,
    PairState.REVEALED: Standing.TO_COMPARE,
    PairState.CLOSED: Standing.CLOSED,
}


def standing_of(lesson: Lesson, pair: PairState | None) -> Standing:
    """How far a lesson is, by its pair; by the one record where it has none."""
    if lesson.cancelled_at:
        return Standing.CANCELLED
    if pair is not None:
        return OF_PAIR[pair]
    if lesson.observers and all(seat.sealed for seat in lesson.observers):
        return Standing.CLOSED
    return Standing.UNDER_WAY if lesson.begun else Standing.PLANNED
