"""The pair: when records that were made apart are laid side by side."""

from collections.abc import Collection
from enum import StrEnum

from observe.core.observation import RecordState


class PairState(StrEnum):
    """How far a pair is."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    REVEALED = "revealed"
    CLOSED = "closed"


class Cause(StrEnum):
    """Why two observers gave different levels."""

    DIFFERENT_EVENTS = "saw different events"
    OTHER_LEVEL = "same event, other level"
    WORDING = "wording of the rubric"
    NOT_APPLICABLE = "not applicable"
    MISSED = "missed it"
    KNEW_CLASS = "knew the class before"


class Outcome(StrEnum):
    """What the talk about a criterion came to."""

    AGREED = "agreed"
    DIFFER = "differ"


class LeftOut(StrEnum):
    """Why a pair of ratings stays out of the figures."""

    NOT_BLIND = "not_blind"
    WITHDRAWN = "withdrawn"
    UNSEALED_IMPORT = "unsealed_import"
    EXERCISE = "exercise"


OPEN = (PairState.REVEALED, PairState.CLOSED)


def state_of(records: Collection[RecordState], *, closed: bool = False) -> PairState:
    """The state that the records of all who remain give a pair; withdrawn ones do not count."""
    remaining = [record for record in records if record != RecordState.WITHDRAWN]
    if remaining and all(record == RecordState.SEALED for record in remaining):
        return PairState.CLOSED if closed else PairState.REVEALED
    begun = any(record != RecordState.PLANNED for record in remaining)
    return PairState.UNDER_WAY if begun else PairState.PLANNED
