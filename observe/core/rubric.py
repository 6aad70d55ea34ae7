"""What a school looks for in a lesson, as frozen types; `rubric_file` reads them from YAML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class ScaleType(StrEnum):
    """How the values of a scale may be compared."""

    ORDINAL = "ordinal"
    BINARY = "binary"
    NOMINAL = "nominal"
    CODES = "codes"
    COUNT = "count"
    NUMBER = "number"
    TEXT = "text"


class OccasionKind(StrEnum):
    """What one rating is for: the whole lesson or a part of it."""

    WHOLE = "whole"
    SEGMENT = "segment"
    SAMPLE = "sample"
    INTERVAL = "interval"


class LessonKind(StrEnum):
    """What is observed with a rubric."""

    LESSON = "lesson"
    WORK_SAMPLE = "work-sample"
    FEEDBACK_TALK = "feedback-talk"
    OBSERVING = "observing"
    LEADERSHIP = "leadership"


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that a rating can take."""

    key: str
    type: ScaleType
    levels: tuple[Level, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    strength_from: int | None = None
    next_step_to: int | None = None

    @property
    def has_levels(self) -> bool:
        """Whether ratings are levels that two observers can share."""
        return self.type in (ScaleType.ORDINAL, ScaleType.BINARY)

    def position(self, value: object) -> int | None:
        """Place of a level or code from 0, or None for anything else ("not_seen", a text)."""
        values: list[object] = [level.value for level in self.levels] or [*self.codes]
        known = not isinstance(value, bool) and value in values
        return values.index(value) if known else None

    def label(self, value: object) -> str:
        """The words for a level or code; the value itself where it has none."""
        for level in self.levels:
            if level.value == value:
                return level.label
        return self.codes.get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class LookFor:
    """Something an observer may tick; it informs and does not decide."""

    look_for: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence for a summary; `{evidence}` stands where a note is quoted."""

    text: str
    levels: tuple[int, ...] = ()
    try_: str = ""
    when: str = ""
    see: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to look for, with the words for each level."""

    criterion: str
    title: str
    code: str
    scale: Scale
    occasion: OccasionKind = OccasionKind.WHOLE
    not_applicable: bool = False
    part_of: str | None = None
    descriptors: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    look_fors: tuple[LookFor, ...] = ()
    strengths: tuple[Phrase, ...] = ()
    next_steps: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Domain:
    """Criteria that belong together."""

    domain: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Occasions:
    """The parts of a lesson that are rated apart; segments and intervals last whole minutes."""

    whole: bool = True
    segments: int = 0
    minutes: int = 0
    samples: tuple[int, ...] = ()
    interval_minutes: int = 0

    def has(self, kind: OccasionKind) -> bool:
        """Whether a criterion of this rubric may be rated for such an occasion."""
        return bool(
            {
                OccasionKind.WHOLE: self.whole,
                OccasionKind.SEGMENT: self.segments,
                OccasionKind.SAMPLE: self.samples,
                OccasionKind.INTERVAL: self.interval_minutes,
            }[kind]
        )


@dataclass(frozen=True)
class Rubric:
    """One published version of a rubric."""

    rubric: str
    version: int
    language: str
    title: str
    kind: LessonKind
    graded: bool
    occasions: Occasions
    scales: tuple[Scale, ...]
    domains: tuple[Domain, ...]
    translation_of: str | None = None

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion in the rubric's order."""
        for domain in self.domains:
            yield from domain.criteria

    def with_levels(self) -> tuple[Criterion, ...]:
        """The criteria with levels, which are what one can be asked about beyond a single lesson."""
        return tuple(each for each in self.criteria() if each.scale.has_levels)

    @cached_property
    def _by_key(self) -> Mapping[str, Criterion]:
        return {criterion.criterion: criterion for criterion in self.criteria()}

    def find(self, key: str) -> Criterion | None:
        """The criterion of that key, or None."""
        return self._by_key.get(key)
