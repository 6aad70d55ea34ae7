"""How far somebody is in a programme, counted from what they did; nothing here is ticked by hand.

What was done before the first day of its stage does not count. A stage that comes after others is
offered when those have their evidence, yet what is done for it earlier, within its days, counts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.programme import Beside, Counts, EvidenceKind, Stage, Where

SOON = timedelta(days=14)
FROM_A_LESSON = (EvidenceKind.LESSON, EvidenceKind.PAIR, EvidenceKind.SUMMARY)


class StageState(StrEnum):
    """How a stage stands for one person."""

    DONE = "done"
    TO_SIGN = "waits for sign-off"
    OVERDUE = "overdue"
    SOON = "due soon"
    OPEN = "open"
    LATER = "later"


URGENCY = (StageState.OVERDUE, StageState.SOON, StageState.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that somebody did; of a lesson, all records of which are sealed, all that is counted.

    `stage` is the one for which a workshop was held; `blind` says that nobody opened the pair early;
    `same` is a share of criteria in per cent.
    """

    kind: EvidenceKind
    day: date
    id: UUID | None = None
    stage: str = ""
    lesson_kind: str = ""
    rubric: str = ""
    school_id: UUID | None = None
    at_own_school: bool = True
    beside: frozenset[str] = frozenset()
    blind: bool = True
    closed: bool = False
    released: bool = False
    moment: str = ""
    mode: str = ""
    same: float | None = None

    @property
    def paired(self) -> bool:
        """Whether it is a lesson that two or more observed without seeing each other's record."""
        return bool(self.beside) and self.blind


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a stage off, and on which day."""

    by: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Dated:
    """A stage with its days in a programme under way."""

    stage: Stage
    opens_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands in one stage; `evidence` is all that fits, the earliest first.

    `waits_for` are stages that come first and lack evidence; `done_on` is when it was done.
    """

    dated: Dated
    state: StageState
    done: int
    evidence: tuple[Evidence, ...] = ()
    signed: Signed | None = None
    done_on: date | None = None
    waits_for: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage itself."""
        return self.dated.stage

    @property
    def needed(self) -> int:
        """How many pieces of evidence it asks for."""
        return self.stage.needed

    @property
    def due(self) -> date:
        """By when it is due."""
        return self.dated.due_on

    @property
    def complete(self) -> bool:
        """Whether its evidence is all there, signed off or not."""
        return self.done >= self.needed

    @property
    def evidence_ids(self) -> tuple[UUID, ...]:
        """The lessons, workshops, exercises or programmes that count."""
        return tuple(each.id for each in self.evidence if each.id)


def standing(
    dated: Dated,
    evidence: Iterable[Evidence],
    today: date,
    *,
    signed: Signed | None = None,
    waits_for: tuple[str, ...] = (),
) -> Standing:
    """How somebody stands in a stage, from all that they did and whether it was signed off."""
    found = counted(dated, evidence)
    done = min(len(found), dated.stage.needed)
    enough = done >= dated.stage.needed
    kept = signed if enough else None
    state = _of_full(dated.stage, kept) if enough else _of_open(dated, today, done, waits_for)
    return Standing(
        dated=dated,
        state=state,
        done=done,
        evidence=found,
        signed=kept,
        done_on=_done_on(found, dated.stage, kept) if state is StageState.DONE else None,
        waits_for=() if enough else waits_for,
    )


def counted(dated: Dated, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that fits a stage, the earliest first; a school once where schools must differ."""
    counts = dated.stage.counts
    fits = [each for each in evidence if _in_time(dated, each) and fit(counts, each)]
    ordered = sorted(fits, key=lambda each: each.day)
    return _one_a_school(ordered) if counts.different_schools else tuple(ordered)


def _in_time(dated: Dated, evidence: Evidence) -> bool:
    """A workshop says itself for which stage it is; all else counts from the stage's first day."""
    if evidence.stage:
        return evidence.stage == dated.stage.stage
    return evidence.day >= dated.opens_on


def _one_a_school(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    first: dict[UUID | None, Evidence] = {}
    for each in evidence:
        first.setdefault(each.school_id, each)
    return tuple(first.values())


def fit(counts: Counts, evidence: Evidence) -> bool:
    """Whether a piece of evidence is what a stage counts, whatever its day."""
    if counts.evidence in FROM_A_LESSON:
        return evidence.kind is EvidenceKind.LESSON and _lesson_fits(counts, evidence)
    return (
        evidence.kind is counts.evidence
        and counts.moment in ("", evidence.moment)
        and counts.rubric in ("", evidence.rubric)
        and counts.mode in (None, evidence.mode)
        and (evidence.same or 0) >= counts.same
    )


def _lesson_fits(counts: Counts, lesson: Evidence) -> bool:
    return (
        counts.lesson_kind in (None, lesson.lesson_kind)
        and counts.rubric in ("", lesson.rubric)
        and _place_fits(counts.where, lesson)
        and _company_fits(counts.beside, lesson.beside)
        and (lesson.paired or counts.evidence is not EvidenceKind.PAIR)
        and (lesson.released or counts.evidence is not EvidenceKind.SUMMARY)
        and (lesson.closed or not counts.closed)
    )


def _place_fits(where: Where, lesson: Evidence) -> bool:
    return where is Where.ANYWHERE or (where is Where.OWN) == lesson.at_own_school


def _company_fits(wanted: Collection[Beside], beside: frozenset[str]) -> bool:
    """Alone where nobody may be there, else with at least one of those who are named."""
    alone = Beside.NOBODY in wanted and not beside
    return not wanted or alone or any(each in beside for each in wanted)


def _of_full(stage: Stage, signed: Signed | None) -> StageState:
    return StageState.TO_SIGN if stage.signed_off_by and signed is None else StageState.DONE


def _of_open(dated: Dated, today: date, done: int, waits_for: tuple[str, ...]) -> StageState:
    if today > dated.due_on:
        return StageState.OVERDUE
    if today < dated.opens_on or (waits_for and not done):
        return StageState.LATER
    return StageState.SOON if dated.due_on - today <= SOON else StageState.OPEN


def _done_on(found: Sequence[Evidence], stage: Stage, signed: Signed | None) -> date:
    last = found[stage.needed - 1].day
    return max(last, signed.on) if signed else last


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What somebody did and had signed off, in all of a programme; `joins` is None for every stage."""

    evidence: tuple[Evidence, ...] = ()
    signed: Mapping[str, Signed] = field(default_factory=dict)
    joins: frozenset[str] | None = None


def standings(stages: Iterable[Dated], done: Done, today: date) -> tuple[Standing, ...]:
    """How somebody stands in each stage that they join, in the programme's order."""
    found: dict[str, Standing] = {}
    for each in stages:
        key = each.stage.stage
        if done.joins is None or key in done.joins:
            first = tuple(s for s in each.stage.after if s in found and not found[s].complete)
            signed = done.signed.get(key)
            found[key] = standing(each, done.evidence, today, signed=signed, waits_for=first)
    return tuple(found.values())


def next_up(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """What somebody can do now: overdue first, then by the day on which it is due."""
    mine = [each for each in found if each.state in URGENCY]
    return tuple(sorted(mine, key=lambda each: (URGENCY.index(each.state), each.due)))
