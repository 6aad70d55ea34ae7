"""An improvement cycle: an aim, a measure, and rounds of plan, do, study, act."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observe.core.run_chart import Point

LONGEST = 2000
LONGEST_LINE = 160
LARGEST = 1e9


class Better(StrEnum):
    """Which way a measure should go."""

    UP = "up"
    DOWN = "down"


class Source(StrEnum):
    """Where the points of a measure come from."""

    TYPED = "typed"
    SAME_LEVEL = "same level"


class Decision(StrEnum):
    """What becomes of a change after it was tried."""

    OPEN = ""
    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is to improve, by which measure; texts as their author wrote them."""

    aim: str
    measure: str
    unit: str = ""
    better: Better = Better.UP
    source: Source = Source.TYPED
    of_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """An improvement cycle with those who take part, by name."""

    id: UUID
    told: Aim
    made_by: UUID
    made_at: datetime
    revision: int
    baseline_until: date | None = None
    learnt: str = ""
    ended_at: datetime | None = None
    members: tuple[tuple[UUID, str], ...] = ()

    @property
    def people(self) -> frozenset[UUID]:
        """Those who take part."""
        return frozenset(person_id for person_id, _name in self.members)

    @property
    def goes_on(self) -> bool:
        """Whether points and steps can be added."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Measured:
    """A point with the words beside it."""

    point: Point
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one round: what is tried, what came of it, and what becomes of it."""

    change: str = ""
    expected: str = ""
    did: str = ""
    found: str = ""
    onward: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One round of plan, do, study, act."""

    id: UUID
    number: int
    words: Words = field(default_factory=Words)
    tried_on: date | None = None
    decision: Decision = Decision.OPEN
    revision: int = 1


def value_in(text: str) -> float | None:
    """The number that a text spells, with a point or a comma; None for none, and for one too large."""
    typed = text.strip().removesuffix("%").strip().replace("−", "-").replace(",", ".")
    try:
        value = float(typed)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= LARGEST else None


def value_told(value: float) -> str:
    """`12.5`, `40`: at most four digits behind the point, and none that say nothing."""
    told = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told.replace("-", "−")
