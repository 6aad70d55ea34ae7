"""How somebody observes, as they see it themselves and as an assessor does, each blind to the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observe.core.exercises import Given
from observe.core.rubric import Criterion, Rubric


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


@dataclass(frozen=True, slots=True)
class Part:
    """One look at somebody's observing, without what it says."""

    id: UUID
    kind: Kind
    author_id: UUID
    begun_at: datetime
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One moment at which somebody's observing is looked at; `parts` are the looks that were begun."""

    id: UUID
    person_id: UUID
    moment: Moment
    rubric_digest: str
    opened_at: datetime
    parts: Mapping[Kind, Part] = field(default_factory=dict)

    @property
    def revealed_at(self) -> datetime | None:
        """When the second of the two looks was sealed; None while either may read only their own."""
        sealed = [part.sealed_at for part in self.parts.values() if part.sealed_at]
        return max(sealed) if len(sealed) == len(Kind) else None

    @property
    def revealed(self) -> bool:
        """Whether both are sealed."""
        return self.revealed_at is not None

    @property
    def assessor_id(self) -> UUID | None:
        """Who assesses, once somebody has begun to."""
        part = self.parts.get(Kind.ASSESSMENT)
        return part.author_id if part else None

    def progress(self, kind: Kind) -> Progress:
        """How far a look is: all that the other may know of it."""
        part = self.parts.get(kind)
        if part is None:
            return Progress.NOT_BEGUN
        return Progress.SEALED if part.sealed_at else Progress.UNDER_WAY

    def part_of(self, person_id: UUID) -> Part | None:
        """The look that is this person's own."""
        return next((p for p in self.parts.values() if p.author_id == person_id), None)


@dataclass(frozen=True, slots=True)
class Both:
    """What somebody gave a criterion of their own observing, and what their assessor gave it."""

    criterion: Criterion
    own: Given
    assessed: Given

    @property
    def gap(self) -> int | None:
        """By how many levels one's own is the higher; None unless both gave one."""
        own, assessed = (place_of(self.criterion, each) for each in (self.own, self.assessed))
        return None if own is None or assessed is None else own - assessed

    def given(self, kind: Kind) -> Given:
        """What one of the two looks gave."""
        return self.own if kind is Kind.SELF else self.assessed


def place_of(criterion: Criterion, given: Given) -> int | None:
    """The place of a level from 0; None for anything else."""
    return criterion.scale.position(given.value)


def moved(before: Both, now: Both, kind: Kind) -> int | None:
    """By how many levels a look went up since then; None unless it gave one both times."""
    places = [place_of(each.criterion, each.given(kind)) for each in (before, now)]
    first, last = places
    return None if first is None or last is None else last - first


@dataclass(frozen=True, slots=True)
class Steps:
    """Of so many differences, how many are nought, above it and below it."""

    same: int
    up: int
    down: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.same + self.up + self.down


def steps(differences: Iterable[int | None]) -> Steps:
    """Count differences of levels; those that nobody can tell are left out."""
    told = [each for each in differences if each is not None]
    up, down = sum(each > 0 for each in told), sum(each < 0 for each in told)
    return Steps(same=len(told) - up - down, up=up, down=down)


def unsaid(rubric: Rubric, given: Mapping[str, Given]) -> tuple[Criterion, ...]:
    """The criteria that lack a level, or a sentence of evidence for the one they have."""
    found = ((each, given.get(each.criterion, Given())) for each in rubric.with_levels())
    return tuple(criterion for criterion, gave in found if not _is_said(criterion, gave))


def _is_said(criterion: Criterion, gave: Given) -> bool:
    needs_evidence = place_of(criterion, gave) is not None
    return gave.value is not None and (bool(gave.note) or not needs_evidence)


def earlier_of(rounds: Iterable[Round], now: Round) -> Round | None:
    """The round beside which one is laid: the latest baseline before it, else whatever came last.

    Both of its looks are sealed and it has the same rubric version.
    """
    before = [each for each in rounds if _comes_before(each, now)]
    latest = sorted(before, key=lambda each: each.opened_at, reverse=True)
    baselines = (each for each in latest if each.moment is Moment.BASELINE)
    return next(baselines, latest[0] if latest else None)


def _comes_before(each: Round, now: Round) -> bool:
    alike = each.revealed and each.rubric_digest == now.rubric_digest
    return alike and each.opened_at < now.opened_at


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
