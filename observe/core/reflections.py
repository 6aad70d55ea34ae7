"""What an observer writes for themselves alone after a pair."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Answers:
    """Three answers in one's own words; any of them may be empty."""

    looked_at: str = ""
    missed: str = ""
    next_time: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is not a word in it."""
        return not (self.looked_at or self.missed or self.next_time)

    @property
    def too_long(self) -> str:
        """The name of the first answer that is too long; empty where none is."""
        named = ((name, getattr(self, name)) for name in self.__slots__)
        return next((name for name, text in named if len(text) > LONGEST), "")


@dataclass(frozen=True, slots=True)
class Reflection:
    """The answers on one lesson; `tried_at` is when their author ticked off what they wanted to try."""

    lesson_id: UUID
    answers: Answers
    revision: int
    changed_at: datetime
    tried_at: datetime | None = None
