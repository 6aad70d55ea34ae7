"""A lesson as it is planned: whom, when, with which rubric, and who observes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.observation import Capacity, RecordState
from observe.core.permissions import Person, RoleKind

CAPACITIES = (
    (RoleKind.HEAD, Capacity.HEAD),
    (RoleKind.ADVISER, Capacity.ADVISER),
    (RoleKind.LEADER, Capacity.LEADER),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One observer's place at a lesson, with how far the record is and nothing of what it holds."""

    observation_id: UUID
    person_id: UUID
    name: str
    capacity: Capacity
    state: RecordState
    waived: bool = False

    @property
    def sealed(self) -> bool:
        """Whether this observer has closed the record."""
        return self.state == RecordState.SEALED

    @property
    def takes_part(self) -> bool:
        """Whether this observer's record is still expected or there."""
        return self.state != RecordState.WITHDRAWN and not self.waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is observed, in the words of a page; times in UTC, `minutes` long."""

    id: UUID
    kind: str
    school_id: UUID
    school: str
    zone: str
    team_id: UUID | None
    teacher_id: UUID
    teacher: str
    class_id: UUID | None
    class_name: str
    school_subject: str
    room: str
    starts_at: datetime
    minutes: int
    rubric_digest: str
    rubric_title: str
    planned_by: UUID | None
    revision: int
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    alias_of: UUID | None = None
    seats: tuple[Seat, ...] = ()

    @property
    def title(self) -> str:
        """`Year 5 maths`, `Maths`; the rubric's title where neither class nor subject is known."""
        title = f"{self.class_name} {self.school_subject}".strip() or self.rubric_title
        return title[:1].upper() + title[1:]

    @property
    def ends_at(self) -> datetime:
        """When the lesson is planned to be over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        """The day for which it is planned, where the school is."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def observers(self) -> tuple[Seat, ...]:
        """Those whose record is still expected or there."""
        return tuple(seat for seat in self.seats if seat.takes_part)

    @property
    def fixed(self) -> bool:
        """Whether somebody has sealed, so that the lesson can no longer be changed."""
        return any(seat.sealed for seat in self.seats)

    @property
    def begun(self) -> bool:
        """Whether somebody has begun a record."""
        return any(seat.state != RecordState.PLANNED for seat in self.seats)

    def seat_of(self, person_id: UUID) -> Seat | None:
        """The place of one observer."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def partners_of(self, person_id: UUID) -> tuple[Seat, ...]:
        """The other observers."""
        return tuple(seat for seat in self.observers if seat.person_id != person_id)


def capacity_in(observer: Person, school_id: UUID) -> Capacity:
    """As what somebody observes in a school: what they are there, `other` for a visitor."""
    held = (capacity for kind, capacity in CAPACITIES if school_id in observer.schools(kind))
    return next(held, Capacity.OTHER)
