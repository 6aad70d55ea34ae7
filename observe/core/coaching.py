"""A coaching partnership: two people, who of them coaches when, and when they look back on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

LONGEST = 4000
LONGEST_GOAL = 300
HALF_A_YEAR = 6
YEAR = 12


class Standing(StrEnum):
    """How far a partnership is."""

    ASKED = "asked"
    GOING_ON = "going on"
    DECLINED = "declined"
    ENDED = "ended"


class GoalState(StrEnum):
    """What became of a shared goal."""

    OPEN = "open"
    REACHED = "reached"
    SET_ASIDE = "set aside"


class Onward(StrEnum):
    """What somebody wants to come of the coaching after half a year."""

    AS_IT_IS = "go on as it is"
    TURN_ROUND = "turn the roles round"
    OTHERWISE = "go on otherwise"
    END = "bring it to an end"


@dataclass(frozen=True, slots=True)
class Turn:
    """From a moment on one of the two coaches; each coaches the other where nobody is named."""

    coach_id: UUID | None
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """Two people by name, since when, and who coached when (the first turn first)."""

    id: UUID
    asker_id: UUID
    partner_id: UUID
    names: tuple[str, str]
    asked_at: datetime
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def people(self) -> frozenset[UUID]:
        """The two."""
        return frozenset({self.asker_id, self.partner_id})

    @property
    def standing(self) -> Standing:
        """How far it is; what was never taken up and is over was declined."""
        if self.accepted_at is None:
            return Standing.DECLINED if self.ended_at else Standing.ASKED
        return Standing.ENDED if self.ended_at else Standing.GOING_ON

    @property
    def goes_on(self) -> bool:
        """Whether the two can plan and write together now."""
        return self.standing is Standing.GOING_ON

    def name_of(self, person_id: UUID) -> str:
        """What one of the two is called."""
        return self.names[0 if person_id == self.asker_id else 1]

    def other_of(self, person_id: UUID) -> UUID:
        """Who the other of the two is."""
        return self.partner_id if person_id == self.asker_id else self.asker_id

    def coach_at(self, moment: datetime) -> UUID | None:
        """Who coaches at a moment; None where each coaches the other."""
        begun = [turn for turn in self.turns if turn.at <= moment] or list(self.turns[:1])
        return begun[-1].coach_id if begun else None

    @property
    def coach_id(self) -> UUID | None:
        """Who coaches now; None where each coaches the other."""
        return self.turns[-1].coach_id if self.turns else None


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that the two want to reach."""

    id: UUID
    text: str
    state: GoalState
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One session of a partnership; `revision` counts its changes."""

    id: UUID
    partnership_id: UUID
    starts_at: datetime
    minutes: int
    place: str
    agenda: str
    agreed: str
    revision: int
    cancelled_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What somebody wrote for themselves on the coaching."""

    id: UUID
    text: str
    revision: int
    begun_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two says of half a year of coaching."""

    helped: str = ""
    differently: str = ""
    onward: Onward = Onward.AS_IT_IS


def half_years(begun: date, today: date) -> int:
    """How many whole half years lie between two days; 0 in the first six months.

    A month is whole on the same day of the month, or on its last day where it is shorter.
    """
    months = YEAR * (today.year - begun.year) + today.month - begun.month
    whole = months - (today.day < min(begun.day, _last_day(today)))
    return max(whole, 0) // HALF_A_YEAR


def _last_day(day: date) -> int:
    """The number of the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - day.replace(
        day=1
    ).toordinal()


def next_look_back(begun: date, number: int) -> date:
    """The day on which so many half years are over."""
    years, month = divmod(begun.month - 1 + HALF_A_YEAR * number, YEAR)
    first = date(begun.year + years, month + 1, 1)
    return first.replace(day=min(begun.day, _last_day(first)))


def both_said(said: Sequence[UUID], partnership: Partnership) -> bool:
    """Whether each of the two has looked back, so that each reads the other."""
    return partnership.people <= set(said)
