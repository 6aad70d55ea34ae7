"""What somebody asks for in a lesson, and what they can choose from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.storage.rubrics import Published
from observe.storage.staff import Named, Place

OBSERVER_FIELDS = ("observer", "partner", "third", "fourth", "fifth", "sixth")

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for: the lesson, and who observes it with the first of them first.

    `over_cap` is why the teacher has one visit more than the school wants in a year.
    """

    teacher_id: UUID
    class_id: UUID | None
    school_subject: str
    starts_at: datetime
    minutes: int
    room: str
    rubric_digest: str
    observer_ids: tuple[UUID, ...] = ()
    over_cap: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a lesson at one school, and whether the cap of visits may be passed."""

    school: Place
    teachers: list[Named]
    classes: list[Named]
    rubrics: list[Published]
    observers: list[Named]
    visitors: list[Named]
    may_pass_cap: bool = False
    own_team_only: bool = False
