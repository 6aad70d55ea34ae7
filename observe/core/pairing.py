"""The pair: when records that were made apart are laid side by side, and what is counted of them."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Any
from uuid import UUID

from observe.core.observation import Observer, RecordState
from observe.core.rubric import Criterion, Rubric, ScaleType


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
ONE_MAY_CLOSE_AFTER = timedelta(days=7)
BLOCKS = 200


def state_of(records: Collection[RecordState], *, closed: bool = False) -> PairState:
    """The state that the records of all who remain give a pair; withdrawn ones do not count."""
    remaining = [record for record in records if record != RecordState.WITHDRAWN]
    if remaining and all(record == RecordState.SEALED for record in remaining):
        return PairState.CLOSED if closed else PairState.REVEALED
    begun = any(record != RecordState.PLANNED for record in remaining)
    return PairState.UNDER_WAY if begun else PairState.PLANNED


class Closing(StrEnum):
    """What one more tap on "finished" does to a pair."""

    WAITS = "waits for the others"
    BY_ALL = "closed by all"
    BY_ONE = "closed by one"


def closing(
    taps: Collection[UUID], observers: Collection[UUID], *, revealed_at: datetime, at: datetime
) -> Closing:
    """Whether a pair closes: with one tap of each observer, or of any one a week after the reveal."""
    if set(observers) <= set(taps):
        return Closing.BY_ALL
    waited = at - revealed_at >= ONE_MAY_CLOSE_AFTER
    return Closing.BY_ONE if waited and taps else Closing.WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What the talk about one criterion came to; `level` is a value of the rubric's scale."""

    criterion: str
    outcome: Outcome
    level: int | None = None
    cause: Cause | None = None
    by: UUID
    at: datetime
    revision: int = 1


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What one observer gave, ratings by (criterion, occasion), and on which day."""

    observer: Observer
    observed_on: date
    ratings: Mapping[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class PairedLevels:
    """Two levels of one criterion and occasion, as positions from 0, first observer first.

    `weight` is 1/(m - 1) where m observers gave that criterion and occasion a level.
    """

    criterion: str
    occasion: str
    first: Observer
    second: Observer
    levels: tuple[int, int]
    observed_on: date
    weight: float


def paired_levels(rubric: Rubric, records: Sequence[SealedRecord]) -> list[PairedLevels]:
    """Every two levels that two observers gave the same criterion on the same occasion.

    Heads come first, advisers last, equals by id. A code of several becomes a criterion of its own.
    """
    ordered = sorted(records, key=lambda record: record.observer.place)
    return [
        _paired(criterion, occasion, one, other, weight=1 / (len(given) - 1))
        for (criterion, occasion), given in _given(rubric, ordered).items()
        for one, other in combinations(given, 2)
    ]


Given = tuple[SealedRecord, int]


def _given(
    rubric: Rubric, records: Sequence[SealedRecord]
) -> Mapping[tuple[str, str], Sequence[Given]]:
    """Who gave which level, by (criterion as rated, occasion)."""
    found: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for record in records:
        for key, occasion, level in _levels(rubric, record):
            found[key, occasion].append((record, level))
    return found


def _levels(rubric: Rubric, record: SealedRecord) -> Iterator[tuple[str, str, int]]:
    for (key, occasion), value in record.ratings.items():
        criterion = rubric.find(key)
        if criterion is not None:
            for rated, level in levels_in(criterion, value):
                yield rated, occasion, level


def levels_in(criterion: Criterion, value: Any) -> Iterable[tuple[str, int]]:
    """The levels in one rating, as (criterion as rated, position): none in "not seen" or a text.

    A count is its own position, from 0.
    """
    if criterion.scale.type is ScaleType.COUNT:
        return [(criterion.criterion, value)] if _is_count(value) else []
    if criterion.scale.type is ScaleType.CODES:
        codes = criterion.scale.codes if isinstance(value, list) else ()
        return [(code_key(criterion.criterion, code), int(code in value)) for code in codes]
    position = None if isinstance(value, list) else criterion.scale.position(value)
    return [] if position is None else [(criterion.criterion, position)]


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def code_key(criterion: str, code: str) -> str:
    """The name under which one code of several is counted."""
    return f"{criterion}:{code}"


def _paired(
    criterion: str, occasion: str, one: Given, other: Given, *, weight: float
) -> PairedLevels:
    (first, first_level), (second, second_level) = one, other
    return PairedLevels(
        criterion=criterion,
        occasion=occasion,
        first=first.observer,
        second=second.observer,
        levels=(first_level, second_level),
        observed_on=min(first.observed_on, second.observed_on),
        weight=weight,
    )


def block_of(lesson_id: UUID) -> int:
    """Which of 200 blocks a lesson falls in; blocks stand for lessons where there are very many."""
    return hashlib.sha256(str(lesson_id).encode()).digest()[0] % BLOCKS
