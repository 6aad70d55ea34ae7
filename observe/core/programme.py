"""A programme as data: its stages, the evidence that each of them asks for, by when, and who signs."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observe.core.exercises import Mode
from observe.core.observation import Capacity
from observe.core.rubric import LessonKind

A_WEEK = timedelta(weeks=1)
A_DAY = timedelta(days=1)


class StageKind(StrEnum):
    """What somebody does in a stage."""

    SELF_EVALUATION = "self-evaluation"
    ASSESSMENT = "assessment"
    WORKSHOP = "workshop"
    PRACTICE_LESSON = "practice-lesson"
    PAIRED_LESSON = "paired-lesson"
    WORK_SCRUTINY = "work-scrutiny"
    VISIT = "visit"
    EXERCISE = "exercise"
    FINAL_ASSESSMENT = "final-assessment"
    TRAINING_OTHERS = "training-others"


class EvidenceKind(StrEnum):
    """What is counted: all but attendance comes from what people did anyway."""

    LESSON = "lesson"
    PAIR = "pair"
    SUMMARY = "summary"
    EXERCISE = "exercise"
    ATTENDANCE = "attendance"
    SELF_EVALUATION = "self-evaluation"
    ASSESSMENT = "assessment"
    TRAINING = "training"


class Where(StrEnum):
    """At which schools a lesson counts."""

    ANYWHERE = "anywhere"
    OWN = "own-school"
    OTHER = "other-school"


class Beside(StrEnum):
    """Who else observed the lesson, in the capacities that were fixed when it was planned."""

    NOBODY = "nobody"
    HEAD = Capacity.HEAD
    LEADER = Capacity.LEADER
    OTHER = Capacity.OTHER
    ADVISER = Capacity.ADVISER


class Signer(StrEnum):
    """Who signs a stage off: an adviser of the person's school, a facilitator, or who leads the group."""

    ADVISER = "adviser"
    FACILITATOR = "facilitator"
    LEAD = "lead"


class Leads(StrEnum):
    """Who takes a programme up and leads it."""

    FACILITATOR = "facilitator"
    HEAD = "head"


class Taker(StrEnum):
    """For whom a programme is made."""

    HEADS = "heads"
    LEADERS = "team-leaders"


class GroupSize(StrEnum):
    """How a group stands to the size that a programme was made for."""

    SMALL = "smaller"
    FITS = "fits"
    LARGE = "larger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Which evidence a stage counts; what is empty asks nothing.

    `same` is the least share of criteria, in per cent, on which a test matches its reference.
    """

    evidence: EvidenceKind
    lesson_kind: LessonKind | None = None
    rubric: str = ""
    where: Where = Where.ANYWHERE
    beside: tuple[Beside, ...] = ()
    closed: bool = False
    different_schools: bool = False
    moment: str = ""
    mode: Mode | None = None
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage; weeks count from 1, and `after` names stages that come first."""

    stage: str
    title: str
    kind: StageKind
    counts: Counts
    about: str = ""
    needed: int = 1
    from_week: int = 1
    by_week: int
    after: tuple[str, ...] = ()
    signed_off_by: Signer | None = None

    def opens_on(self, starts_on: date) -> date:
        """The first day on which evidence counts, in a programme that starts on that day."""
        return starts_on + A_WEEK * (self.from_week - 1)

    def due_on(self, starts_on: date) -> date:
        """The last day of the week by which it is due, in a programme that starts on that day."""
        return starts_on + A_WEEK * self.by_week - A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One version of a programme, for a group of `least` to `most` people; `then` names what follows."""

    programme: str
    version: int
    language: str
    title: str
    taken_by: Taker
    led_by: Leads
    stages: tuple[Stage, ...]
    about: str = ""
    least: int = 8
    most: int = 20
    then: str = ""

    def stage(self, key: str) -> Stage | None:
        """The stage of that name, or None."""
        return next((each for each in self.stages if each.stage == key), None)

    @property
    def weeks(self) -> int:
        """How many weeks it lasts."""
        return max(stage.by_week for stage in self.stages)

    def size(self, people: int) -> GroupSize:
        """Whether a group is smaller or larger than it was made for; either is allowed."""
        if people < self.least:
            return GroupSize.SMALL
        return GroupSize.LARGE if people > self.most else GroupSize.FITS
