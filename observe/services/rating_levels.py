"""Find the levels of each criterion: as somebody declared them, else as a file of ratings has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from observe.core.agreement.ratings import Booleans, Floats, Integers, Level, Scale
from observe.services.ratings_table import Column, Fault

Words = Literal["words"]

MOST_LEVELS = 200
FEW_NUMBERS = 20


@dataclass(frozen=True, eq=False, slots=True)
class Written:
    """Ratings as they stand in a file, blanks left out: criterion, word and line of each."""

    criterion: Column
    word: Column
    lines: Integers

    @property
    def numbers(self) -> Floats:
        """The number that each word is, NaN for a word that is none."""
        return np.array([as_number(word) for word in self.word.words], dtype=np.float64)


@dataclass(frozen=True, eq=False, slots=True)
class Levels:
    """The levels of each criterion, and the position of each rating among them."""

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
    written: Written, scale: Scale | None, words: Sequence[str]
) -> tuple[Levels, list[Fault]]:
    """The same declared levels, lowest first, for every criterion."""
    levels = tuple(as_level(word) for word in words)
    place = {level: position for position, level in enumerate(levels)}
    of_word = np.array(
        [place.get(as_level(word), -1) for word in written.word.words], dtype=np.int64
    )
    position = of_word[written.word.codes]
    faults = [
        Fault(int(written.lines[row]), f"rating {written.word.at(row)} is not among the levels")
        for row in np.flatnonzero(position < 0).tolist()
    ]
    criteria = len(written.criterion.words)
    scales: tuple[Scale, ...] = (scale or "ordinal",) * criteria
    return Levels(scales, (levels,) * criteria, position, ()), faults


def as_written(written: Written, scale: Scale | None) -> tuple[Levels, list[Fault]]:
    """Whole numbers from the least to the largest of all ratings; words in order of first sight."""
    numbers = written.numbers[written.word.codes]
    wordy = _taken_as_words(written, numbers, scale)
    faults = _unfit(written, numbers, wordy, scale)
    if faults:
        return Levels((), (), np.full(numbers.size, -1), ()), faults
    span = _whole_span(numbers[~wordy[written.criterion.codes]])
    ladders = [
        _ladder(written, numbers, rows, span, "words" if wordy[place] else (scale or "ordinal"))
        for place, rows in enumerate(_rows_by_criterion(written))
    ]
    position = np.empty(numbers.size, np.int64)
    for rows, ladder in zip(_rows_by_criterion(written), ladders, strict=True):
        position[rows] = ladder.position
    return Levels(
        scales=tuple(ladder.scale for ladder in ladders),
        levels=tuple(ladder.levels for ladder in ladders),
        position=position,
        warnings=_warnings(ladders),
    ), []


@dataclass(frozen=True, eq=False, slots=True)
class _Ladder:
    """The levels of one criterion and the positions of its ratings, in the order of its rows."""

    scale: Scale
    levels: tuple[Level, ...]
    position: Integers


def _taken_as_words(written: Written, numbers: Floats, scale: Scale | None) -> Booleans:
    """Which criteria have ratings that are words: all are, or the scale is nominal and some are."""
    criterion, criteria = written.criterion.codes, len(written.criterion.words)
    rated = np.bincount(criterion, minlength=criteria)
    whole = np.bincount(criterion, _is_whole(numbers), minlength=criteria)
    counted = np.bincount(criterion, ~np.isnan(numbers), minlength=criteria)
    words = (rated > 0) & (counted == 0)
    return np.asarray(words | (whole < rated)) if scale == "nominal" else words


def _unfit(written: Written, numbers: Floats, wordy: Booleans, scale: Scale | None) -> list[Fault]:
    of_words = wordy[written.criterion.codes]
    levels = scale in (None, "ordinal", "nominal")
    checks = (
        (of_words & (scale not in (None, "nominal")), "is not a number: give --levels"),
        (~of_words & np.isnan(numbers), "is not a number, as others of this criterion are"),
        (~of_words & levels & _is_broken(numbers), "is not a whole number: give --levels"),
        ((scale == "ratio") & (numbers < 0), "is below zero, which a ratio scale has not"),
        (~of_words & levels & _is_far(numbers), f"makes over {MOST_LEVELS} levels: give --levels"),
    )
    return [
        Fault(int(written.lines[row]), f"rating {written.word.at(row)} {what}")
        for unfit, what in checks
        for row in np.flatnonzero(unfit).tolist()
    ]


def _is_whole(numbers: Floats) -> Booleans:
    return np.asarray(np.floor(numbers) == numbers)


def _is_broken(numbers: Floats) -> Booleans:
    return np.asarray(~np.isnan(numbers) & ~_is_whole(numbers))


def _is_far(numbers: Floats) -> Booleans:
    """Numbers so far above the least that they cannot be a level of the same scale."""
    return np.asarray(numbers - np.nanmin(numbers, initial=math.inf) >= MOST_LEVELS)


def _whole_span(numbers: Floats) -> range:
    """Every whole number from the least to the largest."""
    if numbers.size == 0:
        return range(0)
    return range(math.floor(numbers.min()), math.ceil(numbers.max()) + 1)


def _rows_by_criterion(written: Written) -> list[Integers]:
    order = np.argsort(written.criterion.codes, kind="stable")
    places = np.arange(len(written.criterion.words) + 1)
    bounds = np.searchsorted(written.criterion.codes[order], places)
    return [order[start:stop] for start, stop in pairwise(bounds.tolist())]


def _ladder(
    written: Written, numbers: Floats, rows: Integers, span: range, scale: Scale | Words
) -> _Ladder:
    if scale == "words":
        codes, seen_at, position = np.unique(
            written.word.codes[rows], return_index=True, return_inverse=True
        )
        turn = np.argsort(seen_at)
        words = tuple(written.word.words[code] for code in codes[turn].tolist())
        return _Ladder("nominal", words, np.argsort(turn)[position])
    own = numbers[rows]
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
