"""What a check can find, and what it needs to know."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be wrong with a line, or with the whole."""

    PUPIL_NAMED = "pupil_named"
    NO_EVIDENCE = "no_evidence"
    GRADE_WORD = "grade_word"
    PERSON_LABEL = "person_label"
    VAGUE_PRAISE = "vague_praise"
    NO_NEXT_STEP = "no_next_step"
    TARGET_NO_DATE = "target_no_date"
    TOO_LONG = "too_long"
    HARD_TO_READ = "hard_to_read"


SERIOUS = (Kind.PUPIL_NAMED, Kind.GRADE_WORD)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `line` counts from 0, None for the whole; `instead` can replace the quote.

    `start` is where the quote begins in the line, counted in characters from 0; None for the whole.
    """

    kind: Kind
    line: int | None
    quote: str
    reason: str
    fix: str
    instead: str | None = None
    start: int | None = None

    @property
    def is_serious(self) -> bool:
        """Whether it tells of somebody, or of a level, what must not leave the house."""
        return self.kind in SERIOUS


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks need to know: the class list, who is staff, and whether levels may be told.

    `linked` says that lines carry the notes they rest on; a plain text has none, and its sentences are
    judged by their words.
    """

    graded: bool
    level_labels: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    linked: bool = True
