"""What one observer recorded of one lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from observe.core.sitting import Sitting

NOT_SEEN = "not_seen"
NOT_APPLICABLE = "not_applicable"
LONGEST = timedelta(days=366)


class Capacity(StrEnum):
    """As what somebody observes, fixed when the lesson is planned or joined."""

    HEAD = "head"
    LEADER = "leader"
    OTHER = "other"
    ADVISER = "adviser"


CAPACITY_ORDER = (Capacity.HEAD, Capacity.LEADER, Capacity.OTHER, Capacity.ADVISER)


class RecordState(StrEnum):
    """How far one observer is with the record of a lesson."""

    PLANNED = "planned"
    WAITING = "waiting"
    DRAFT = "draft"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Note:
    """Evidence: what was seen or heard, when or in which `book`, and which criteria it speaks to.

    A note for safeguarding is private too: it is for the school's own route, and for nobody's feedback.
    """

    id: str
    text: str
    elapsed_ms: int = 0
    criteria: tuple[str, ...] = ()
    mark: str | None = None
    speaker: str | None = None
    private: bool = False
    safeguarding: bool = False
    late: bool = False
    book: int | None = None

    def made_at(self, begun_at: datetime) -> datetime:
        """When it was made; at most a year after the start, for a tablet's clock may be far out."""
        return begun_at + min(timedelta(milliseconds=self.elapsed_ms), LONGEST)


@dataclass(frozen=True, slots=True)
class Record:
    """One observer's ratings and notes; ratings by (criterion, occasion), notes in order of time."""

    ratings: Mapping[tuple[str, str], Any] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Note, ...] = ()
    look_fors: frozenset[tuple[str, str, str]] = frozenset()
    targets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sitting: Sitting = field(default_factory=Sitting)


@dataclass(frozen=True, slots=True)
class Observer:
    """Somebody who observes a lesson, and in what capacity."""

    person_id: UUID
    name: str
    capacity: Capacity

    @property
    def place(self) -> tuple[int, str]:
        """Sorts observers: heads first, advisers last, equals by person id."""
        return CAPACITY_ORDER.index(self.capacity), str(self.person_id)
