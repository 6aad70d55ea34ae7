"""Find the levels of each criterion: as somebody declared them, else as a file of ratings has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from observe.core.agreement.ratings import (
    Booleans,
    Floats,
    Integers,
    Level,
    Scale,
    joined,
    numbered,
)
from observe.services.ratings_table import Column, Fault

Words = Literal["words"]

MOST_LEVELS = 200
LONGEST_TOLD = 40
FEW_NUMBERS = 20


@dataclass(frozen=True, eq=False, slots=True)
class Written:
    """Ratings as they stand in a file, blanks left out, each kind of rating once.

    `criterion` and `word` are those of each kind, in order of first sight; `kind` points into them
    and `lines` into the file, one entry a rating.
    """

    criterion: Column
    word: Column
    kind: Integers
    lines: Integers

    @property
    def numbers(self) -> Floats:
        """The number that the word of each kind is, NaN for a word that is none."""
        numbers = np.array([as_number(word) for word in self.word.words], dtype=np.float64)
        return numbers[self.word.codes]

    def faults(self, unfit: Booleans, what: str) -> list[Fault]:
        """One for each rating of an unfit kind."""
        if not unfit.any():
            return []
        return [
            Fault(int(self.lines[row]), f"rating {self._told(row)} {what}")
            for row in np.flatnonzero(unfit[self.kind]).tolist()
        ]

    def _told(self, row: int) -> str:
        word = self.word.at(int(self.kind[row]))
        return word if len(word) <= LONGEST_TOLD else f"{word[:LONGEST_TOLD]}…"


def written(criterion: Column, word: Column, lines: Integers) -> Written:
    """The kinds of rating among these, one entry a rating each."""
    kind = numbered(joined((criterion.codes, word.codes)))
    seen_at = np.empty(int(kind.max(initial=-1)) + 1, np.int64)
    seen_at[kind[::-1]] = np.arange(kind.size)[::-1]
    turn = np.argsort(seen_at)
    first = seen_at[turn]
    return Written(
        criterion=Column(criterion.codes[first], criterion.words),
        word=Column(word.codes[first], word.words),
        kind=np.argsort(turn)[kind],
        lines=lines,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Levels:
    """The levels of each criterion, and the position of each rating among them, one entry a rating."""

    scales: tuple[Scale, ...]
    levels: tuple[tuple[Level, ...], ...]
    position: Integers
    warnings: tuple[str, ...]


def as_number(word: str) -> float:
    """The number a word says; NaN if it says none that is finite."""
    try:
        number = float(word)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) and "_" not in word else math.nan


def as_level(word: str) -> Level:
    """A whole number, another number, or the word itself."""
    number = as_number(word)
    if math.isnan(number):
        return word
    return int(number) if number.is_integer() else number


def declared(
    ratings: Written, scale: Scale | None, words: Sequence[str]
) -> tuple[Levels, list[Fault]]:
    """The same declared levels, lowest first, for every criterion."""
    levels = tuple(as_level(word) for word in words)
    place = {level: position for position, level in enumerate(levels)}
    of_word = np.array([place.get(as_level(word), -1) for word in ratings.word.words], np.int64)
    position = of_word[ratings.word.codes]
    criteria = len(ratings.criterion.words)
    scales: tuple[Scale, ...] = (scale or "ordinal",) * criteria
    found = Levels(scales, (levels,) * criteria, position[ratings.kind], ())
    return found, ratings.faults(position < 0, "is not among the levels")


def as_written(ratings: Written, scale: Scale | None) -> tuple[Levels, list[Fault]]:
    """Whole numbers from the least to the largest of all ratings; words in order of first sight."""
    numbers = ratings.numbers
    wordy = _taken_as_words(ratings, numbers, scale)
    faults = _unfit(ratings, numbers, wordy, scale)
    if faults:
        return Levels((), (), np.full(ratings.kind.size, -1), ()), faults
    span = _whole_span(numbers[~wordy[ratings.criterion.codes]])
    position = np.empty(numbers.size, np.int64)
    ladders = []
    for place, kinds in enumerate(_kinds_by_criterion(ratings)):
        told = "words" if wordy[place] else (scale or "ordinal")
        ladders.append(_ladder(ratings, numbers, kinds, span, told))
        position[kinds] = ladders[-1].position
    return Levels(
        scales=tuple(ladder.scale for ladder in ladders),
        levels=tuple(ladder.levels for ladder in ladders),
        position=position[ratings.kind],
        warnings=_warnings(ladders),
    ), []


@dataclass(frozen=True, eq=False, slots=True)
class _Ladder:
    """The levels of one criterion and the position of each of its kinds of rating."""

    scale: Scale
    levels: tuple[Level, ...]
    position: Integers


def _taken_as_words(ratings: Written, numbers: Floats, scale: Scale | None) -> Booleans:
    """Which criteria have ratings that are words: all are, or the scale is nominal and some are."""
    criterion, criteria = ratings.criterion.codes, len(ratings.criterion.words)
    kinds = np.bincount(criterion, minlength=criteria)
    whole = np.bincount(criterion, _is_whole(numbers), minlength=criteria)
    counted = np.bincount(criterion, ~np.isnan(numbers), minlength=criteria)
    words = (kinds > 0) & (counted == 0)
    return np.asarray(words | (whole < kinds)) if scale == "nominal" else words


def _unfit(ratings: Written, numbers: Floats, wordy: Booleans, scale: Scale | None) -> list[Fault]:
    of_words = wordy[ratings.criterion.codes]
    levels = scale in (None, "ordinal", "nominal")
    endless = np.array([_is_endless(word) for word in ratings.word.words], np.bool_)
    nameless = endless[ratings.word.codes]
    checks = (
        (nameless, "is neither a number nor a level"),
        (of_words & (scale not in (None, "nominal")), "is not a number: give --levels"),
        (~of_words & np.isnan(numbers), "is not a number, as others of this criterion are"),
        (~of_words & levels & _is_broken(numbers), "is not a whole number: give --levels"),
        ((scale == "ratio") & (numbers < 0), "is below zero, which a ratio scale has not"),
        (~of_words & levels & _is_far(numbers), f"makes over {MOST_LEVELS} levels: give --levels"),
        (of_words & _is_late(ratings), f"is one of over {MOST_LEVELS} words: no scale has so many"),
    )
    told = np.zeros(numbers.size, np.bool_)
    faults = []
    for unfit, what in checks:
        faults += ratings.faults(np.asarray(unfit & ~told), what)
        told |= unfit
    return faults


def _is_endless(word: str) -> bool:
    """Whether a word is what programs write for a number that is none, or has no end."""
    return word.lstrip("+-").casefold() in ("nan", "inf", "infinity")


def _is_whole(numbers: Floats) -> Booleans:
    return np.asarray(np.floor(numbers) == numbers)


def _is_broken(numbers: Floats) -> Booleans:
    return np.asarray(~np.isnan(numbers) & ~_is_whole(numbers))


def _is_far(numbers: Floats) -> Booleans:
    """Numbers so far above the least that they cannot be a level of the same scale."""
    return np.asarray(numbers - np.nanmin(numbers, initial=math.inf) >= MOST_LEVELS)


def _is_late(ratings: Written) -> Booleans:
    """Kinds of rating that come after as many others of the same criterion as there may be levels."""
    late = np.zeros(ratings.word.codes.size, np.bool_)
    for kinds in _kinds_by_criterion(ratings):
        late[kinds[MOST_LEVELS:]] = True
    return late


def _whole_span(numbers: Floats) -> range:
    """Every whole number from the least to the largest."""
    if numbers.size == 0:
        return range(0)
    return range(math.floor(numbers.min()), math.ceil(numbers.max()) + 1)


def _kinds_by_criterion(ratings: Written) -> list[Integers]:
    order = np.argsort(ratings.criterion.codes, kind="stable")
    places = np.arange(len(ratings.criterion.words) + 1)
    bounds = np.searchsorted(ratings.criterion.codes[order], places)
    return [order[start:stop] for start, stop in pairwise(bounds.tolist())]


def _ladder(
    ratings: Written, numbers: Floats, kinds: Integers, span: range, scale: Scale | Words
) -> _Ladder:
    if scale == "words":
        words = tuple(ratings.word.at(kind) for kind in kinds.tolist())
        return _Ladder("nominal", words, np.arange(kinds.size))
    own = numbers[kinds]
    if scale in ("nominal", "ordinal") or (_is_whole(own).all() and len(span) <= FEW_NUMBERS):
        return _Ladder(scale, tuple(span), (own - span.start).astype(np.int64))
    values, position = np.unique(own, return_inverse=True)
    return _Ladder(scale, tuple(map(_shortest, values.tolist())), position.astype(np.int64))


def _shortest(number: float) -> Level:
    return int(number) if number.is_integer() else number


def _warnings(ladders: Iterable[_Ladder]) -> tuple[str, ...]:
    """That a level which nobody gave may be missing; measured numbers and words have no such level."""
    given = [
        level
        for each in ladders
        if each.scale in ("ordinal", "nominal")
        for level in each.levels
        if not isinstance(level, str)
    ]
    if not given:
        return ()
    least, most = min(given), max(given)
    return (f"levels were taken from the file, {least} to {most}: give --levels if there are more",)
