"""How somebody observes, as they see it themselves and as an assessor does, each blind to the other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observe.core.exercises import Given


class Moment(StrEnum):
    """When in a year it is looked at."""

    BASELINE = "baseline"
    BETWEEN = "in between"
    FINAL = "final"


class Kind(StrEnum):
    """Whose look it is."""

    SELF = "self-evaluation"
    ASSESSMENT = "assessment"


class Progress(StrEnum):
    """How far a look is: all that the other may know of it before both are sealed."""

    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Finished:
    """A look that is sealed, without a word of what it says."""

    person_id: UUID
    kind: Kind
    moment: Moment
    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One look at somebody's observing; `given` by criterion."""

    id: UUID
    kind: Kind
    author_id: UUID
    begun_at: datetime
    sealed_at: datetime | None
    given: Mapping[str, Given] = field(default_factory=dict)
    lessons: Collection[UUID] = ()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress.SEALED if self.sealed_at else Progress.UNDER_WAY


class Answer(StrEnum):
    """What somebody says to a suggestion."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is suggested: what to try, when, how one will know, and by which day."""

    text: str
    when: str
    see: str
    due_on: date
    criterion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something suggested to `person_id` for their observing; `target_id` once they have taken it."""

    id: UUID
    round_id: UUID
    person_id: UUID
    by: UUID
    made_at: datetime
    wish: Wish
    answer: Answer = Answer.OPEN
    reason: str = ""
    answered_at: datetime | None = None
    target_id: UUID | None = None
