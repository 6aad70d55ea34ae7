"""Who observes whom, when, and how far each lesson has come by today."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, cycle, islice
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.ids import new_id
from observe.core.observation import Capacity
from observe.services.demo import calendar
from observe.services.demo.cast import ZONE, Cast, Member, SchoolCast, Taught

HOME = ZoneInfo(ZONE)
PAST_PAIRS, SINGLES, COMING_PAIRS, FIRST_COMING = 23, 4, 2, 6
UNGRADED_EVERY, THIRD_EVERY, EARLY_EVERY, CANCELLED_EVERY, WAIVED_EVERY = 8, 40, 120, 70, 110


class Stage(StrEnum):
    """How far a lesson has come, and its summary with it."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    UNDER_WAY = "under way"
    REVEALED = "revealed"
    DRAFT = "draft"
    SENT_BACK = "sent back"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    RECALLED = "recalled"
    UNREAD = "released"
    READ = "read"


LATEST = (
    (Stage.REVEALED, Stage.UNDER_WAY, Stage.REVEALED),
    (Stage.DRAFT,),
    (Stage.IN_REVIEW, Stage.SENT_BACK),
    (Stage.IN_REVIEW, Stage.APPROVED, Stage.REVEALED),
    (Stage.UNREAD,),
    (Stage.IN_REVIEW, Stage.UNREAD, Stage.RECALLED),
)
DAYS_AGO = (1, 2, 4, 5, 7, 8)


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who observes a lesson, with the id of their record."""

    observation_id: UUID
    person: Member
    capacity: Capacity
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One lesson of the diary."""

    id: UUID
    school: SchoolCast
    taught: Taught
    subject: str
    starts_at: datetime
    stage: Stage
    seats: tuple[Seated, ...]
    graded: bool = True
    blind: bool = True
    single: bool = False

    @property
    def planned_at(self) -> datetime:
        """A fortnight before, or as near as may be."""
        return self.starts_at - timedelta(days=14)

    @property
    def on(self) -> date:
        """The day of the lesson at its school."""
        return self.starts_at.astimezone(HOME).date()

    @property
    def observing(self) -> tuple[Seated, ...]:
        """Those whose record is expected or there."""
        return tuple(seat for seat in self.seats if not seat.waived)


@dataclass(slots=True)
class Diary:
    """Finds a free hour for everybody, and numbers the lessons."""

    cast: Cast
    rng: random.Random
    now: datetime
    taken: set[tuple[UUID, date, time]] = field(default_factory=set)
    number: int = 0

    @property
    def today(self) -> date:
        """The day on which the demonstration is built, at the schools."""
        return self.now.astimezone(HOME).date()

    def entries(self) -> Iterator[Entry]:
        """Every lesson of every school, one school after the other, each in order of time."""
        for number, school in enumerate(self.cast.schools):
            lessons = [*self._past(school, number), *self._coming(school, number)]
            yield from sorted(lessons, key=lambda entry: (entry.starts_at, entry.id))

    def _past(self, school: SchoolCast, number: int) -> Iterator[Entry]:
        days = calendar.before(self.today)
        teachers = self._teachers(school)
        for rank, stages in enumerate(LATEST):
            stage = stages[number % len(stages)]
            day = days[-min(DAYS_AGO[rank], len(days))]
            yield self._pair(school, next(teachers), day, stage)
        older = sorted(self.rng.sample(days[:-12], PAST_PAIRS - len(LATEST)))
        for day in older:
            yield self._pair(school, next(teachers), day, Stage.READ)
        for day in self.rng.sample(days[:-12], SINGLES):
            yield self._entry(school, next(teachers), day, Stage.READ, (school.head,))

    def _coming(self, school: SchoolCast, number: int) -> Iterator[Entry]:
        """Lessons of the days to come; the first school has enough to try everything with."""
        teachers = self._teachers(school)
        count = COMING_PAIRS if number else FIRST_COMING
        for day in islice(self._days_to_come(), number % 3, number % 3 + count):
            observers = (school.head, school.advisers[0])
            yield self._entry(school, next(teachers), day, Stage.PLANNED, observers)

    def _days_to_come(self) -> Iterator[date]:
        """Today while an hour of it is left, then the school days that follow."""
        there = self.now.astimezone(HOME)
        still = calendar.is_school_day(there.date()) and there.time() < calendar.SLOTS[-1]
        return chain([there.date()] if still else [], calendar.after(there.date()))

    def _teachers(self, school: SchoolCast) -> Iterator[Taught]:
        return cycle(self.rng.sample(school.teachers, len(school.teachers)))

    def _pair(self, school: SchoolCast, taught: Taught, day: date, stage: Stage) -> Entry:
        """A lesson of a past day; now and then one is cancelled, or ends as a single one."""
        self.number += 1
        settled = stage is Stage.READ
        if settled and self.number % CANCELLED_EVERY == 0:
            stage = Stage.CANCELLED
        waived = settled and self.number % WAIVED_EVERY == 50
        return self._entry(school, taught, day, stage, self._two(school, stage), waived=waived)

    def _two(self, school: SchoolCast, stage: Stage) -> tuple[Member, ...]:
        """The head, and mostly the adviser; at times the other one, a leader or a visiting head."""
        others = [
            school.advisers[0],
            school.advisers[-1],
            self._leader(school),
            self._visitor(school),
        ]
        (other,) = self.rng.choices(others, weights=(62, 20, 12, 6))
        third = (self._leader(school),) if self.number % THIRD_EVERY == 0 else ()
        both = (school.head, school.advisers[0] if stage is not Stage.READ else other)
        return tuple(dict.fromkeys((*both, *third)))

    def _leader(self, school: SchoolCast) -> Member:
        return self.rng.choice(school.leaders)

    def _visitor(self, school: SchoolCast) -> Member:
        """The head of the next school, or of the one before where the next has other advisers."""
        schools, place = self.cast.schools, self.cast.schools.index(school)
        following = schools[(place + 1) % len(schools)]
        shared = set(following.advisers) & set(school.advisers)
        return following.head if shared else schools[place - 1].head

    def _entry(
        self,
        school: SchoolCast,
        taught: Taught,
        day: date,
        stage: Stage,
        observers: Sequence[Member],
        *,
        waived: bool = False,
    ) -> Entry:
        starts_at = self._free_hour(day, [*observers, taught.person])
        lesson_id = self._id(starts_at)
        seats = tuple(self._seat(school, each, starts_at) for each in observers)
        if waived:
            seats = (seats[0], _waived(seats[1]))
        return Entry(
            id=lesson_id,
            school=school,
            taught=taught,
            subject=self.rng.choice(taught.subjects),
            starts_at=starts_at,
            stage=stage,
            seats=seats,
            graded=stage is Stage.PLANNED or self.number % UNGRADED_EVERY != 0,
            blind=stage is not Stage.READ or self.number % EARLY_EVERY != 1,
            single=len(observers) == 1 or waived,
        )

    def _free_hour(self, day: date, people: Sequence[Member]) -> datetime:
        """The first hour from that day on in which all of them are free and that fits the present."""
        for each in self._days_from(day):
            for slot in self.rng.sample(calendar.SLOTS, len(calendar.SLOTS)):
                keys = {(person.id, each, slot) for person in people}
                starts_at = datetime.combine(each, slot, HOME)
                if not keys & self.taken and self._fits(day, starts_at):
                    self.taken |= keys
                    return starts_at
        raise AssertionError("school days have no end")

    def _days_from(self, day: date) -> Iterator[date]:
        """A past day gives way to earlier ones, a coming day to later ones."""
        if day >= self.today:
            return chain([day], calendar.after(day))
        return (day - timedelta(days=ago) for ago in range(400))

    def _fits(self, day: date, starts_at: datetime) -> bool:
        if not calendar.is_school_day(starts_at.date()):
            return False
        return day < self.today or starts_at > self.now

    def _seat(self, school: SchoolCast, person: Member, at: datetime) -> Seated:
        return Seated(self._id(at), person, _capacity(school, person))

    def _id(self, at: datetime) -> UUID:
        return new_id(at, self.rng.getrandbits)


def _capacity(school: SchoolCast, person: Member) -> Capacity:
    """As what somebody observes at a school; a visiting head is a visitor."""
    if person == school.head:
        return Capacity.HEAD
    if person in school.advisers:
        return Capacity.ADVISER
    return Capacity.LEADER if person in school.leaders else Capacity.OTHER


def _waived(seat: Seated) -> Seated:
    return Seated(seat.observation_id, seat.person, seat.capacity, waived=True)
