"""Read a file of ratings, one a row, into arrays for the statistics."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from observe.core.agreement.counts import BLOCKS, MANY_LESSONS
from observe.core.agreement.ratings import (
    Integers,
    LongRatings,
    RatedCriterion,
    Scale,
    joined,
)
from observe.core.pasted_table import ROLES
from observe.core.permissions import RoleKind
from observe.services.rating_days import days_of, undated
from observe.services.rating_levels import Levels, as_written, declared, written
from observe.services.ratings_table import Column, Fault, Rows, read_rows, refuse

NEEDED = ("lesson", "observer", "criterion", "rating")
DECIMAL_COMMA = re.compile(r"^([+-]?\d+),(\d+)$")
HEAD, LEADER, ADVISER = RoleKind.HEAD, RoleKind.LEADER, RoleKind.ADVISER
ORDER = (HEAD.value, LEADER.value, "other")
OTHER_WORDS = {word: kind.value for kind in (HEAD, LEADER, ADVISER) for word in ROLES[kind]}
TEACHER = "teacher"
DAY = "observed_on"
BLANK = frozenset({""})
NOT_RATED = frozenset({"", "NA", "not_seen", "not_applicable"})
STRETCHES = ("interval", "sample")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read: its scale, its levels lowest first, the columns of roles and groups.

    `teachers` and `days` say that the teacher and the day of each lesson are wanted, too, where the
    file names them.
    """

    scale: Scale | None = None
    levels: tuple[str, ...] | None = None
    roles: str | None = None
    by: str | None = None
    teachers: bool = False
    days: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that must be there."""
        named = [name.casefold() for name in (self.roles, self.by) if name]
        return tuple(dict.fromkeys((*NEEDED, *named)))

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that are used where they are there."""
        more = ((TEACHER, self.teachers), (DAY, self.days))
        wanted = ("occasion", self.role, *(name for name, asked in more if asked))
        return tuple(name for name in wanted if name not in self.needed)

    @property
    def role(self) -> str:
        """The name of the column of roles."""
        return (self.roles or "role").casefold()


@dataclass(frozen=True, eq=False, slots=True)
class _Read:
    """A file without a fault: its rows, the level of each (-1 for none) and the levels there are."""

    rows: Rows
    level: Integers
    levels: Levels
    role: Column | None
    occasion: Column | None


def read_ratings(path: Path, asked: Asked) -> dict[str, LongRatings]:
    """The ratings of each group, in order of first sight; one group "" where none is asked for.

    Raises Invalid, its sentence one line `file:line: what is wrong` for each fault.
    """
    rows, faults = read_rows(path, needed=asked.needed, optional=asked.optional)
    rows = _with_points(rows)
    rated = np.flatnonzero(~rows["rating"].is_one_of(NOT_RATED)).astype(np.int64)
    levels, unfit = _levels(rows, rated, asked)
    unknown = _teachers(rows) if asked.teachers else ()
    refuse(path, [*faults, *_blanks(rows), *_twice(rows, rated, asked), *unfit, *unknown])
    level = np.full(rows.lines.size, -1)
    level[rated] = levels.position
    read = _Read(rows, level, levels, rows.columns.get(asked.role), rows.columns.get("occasion"))
    return {name: _long(read, members) for name, members in _groups(rows, asked)}


def _with_points(rows: Rows) -> Rows:
    """Ratings as a spreadsheet writes them between semicolons, 3,5, made 3.5."""
    if rows.mark == ",":
        return rows
    rating = rows["rating"].spelt(lambda word: DECIMAL_COMMA.sub(r"\1.\2", word))
    return replace(rows, columns={**rows.columns, "rating": rating})


def _levels(rows: Rows, rated: Integers, asked: Asked) -> tuple[Levels, list[Fault]]:
    criterion, rating = rows["criterion"], rows["rating"]
    ratings = written(
        Column(criterion.codes[rated], criterion.words),
        Column(rating.codes[rated], rating.words),
        rows.lines[rated],
    )
    if asked.levels is None:
        return as_written(ratings, asked.scale)
    return declared(ratings, asked.scale, asked.levels)


def _blanks(rows: Rows) -> Iterator[Fault]:
    for name in ("lesson", "observer", "criterion"):
        for row in np.flatnonzero(rows[name].is_one_of(BLANK)).tolist():
            yield Fault(int(rows.lines[row]), f"the {name} is blank")


def _twice(rows: Rows, rated: Integers, asked: Asked) -> Iterator[Fault]:
    """A level given again by the same observer to the same lesson, criterion and occasion."""
    names = ["lesson", "observer", "criterion"]
    names += [name for name in ("occasion", (asked.by or "").casefold()) if name in rows]
    key = joined([rows[name].codes[rated] for name in names])
    if (np.diff(np.sort(key)) > 0).all():
        return
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1])
    for earlier, later in zip(
        rated[order[again]].tolist(), rated[order[again + 1]].tolist(), strict=True
    ):
        who, what, where = (rows[name].at(later) for name in ("observer", "criterion", "lesson"))
        yield Fault(
            int(rows.lines[later]),
            f"{who} rated {what} of {where} on line {rows.lines[earlier]} already",
        )


def _teachers(rows: Rows) -> Iterator[Fault]:
    """A lesson that has another teacher than on its first row."""
    if TEACHER not in rows:
        return
    lesson, teacher = rows["lesson"], rows[TEACHER]
    row_of = np.zeros(len(lesson.words), np.int64)
    row_of[lesson.codes[::-1]] = np.arange(lesson.codes.size)[::-1]
    for row in np.flatnonzero(teacher.codes != teacher.codes[row_of][lesson.codes]).tolist():
        first = int(row_of[lesson.codes[row]])
        told = f"lesson {lesson.at(row)} has the teacher {teacher.at(first)}"
        yield Fault(int(rows.lines[row]), f"{told} on line {rows.lines[first]}")


def _groups(rows: Rows, asked: Asked) -> Iterator[tuple[str, Integers]]:
    if asked.by is None:
        yield "", np.arange(rows.lines.size)
        return
    column = rows[asked.by.casefold()]
    order = np.argsort(column.codes, kind="stable").astype(np.int64)
    bounds = np.searchsorted(column.codes[order], np.arange(len(column.words) + 1))
    for name, (start, stop) in zip(column.words, pairwise(bounds.tolist()), strict=True):
        yield name, order[start:stop]


def _long(read: _Read, members: Integers) -> LongRatings:
    """The ratings of some rows; a criterion that nobody rated there keeps its place."""
    rows = read.rows
    rated = members[read.level[members] >= 0]
    present = np.flatnonzero(np.bincount(rows["criterion"].codes[members]))
    lesson, observer = rows["lesson"].only(rated), rows["observer"].only(rated)
    day, undated = _days(rows, rated, lesson)
    occasion = np.zeros_like(rated) if read.occasion is None else read.occasion.codes[rated]
    return LongRatings(
        criteria=tuple(_criterion(read, place) for place in present.tolist()),
        observers=observer.words,
        lesson=lesson.codes,
        observer=observer.codes,
        criterion=np.searchsorted(present, rows["criterion"].codes[rated]).astype(np.int64),
        occasion=occasion,
        level=read.level[rated],
        capacity=None if read.role is None else _capacity(read.role, rated),
        block=_blocks(lesson.words) if len(lesson.words) > MANY_LESSONS else None,
        teacher=_teacher_of(rows, rated, lesson),
        day=day,
        warnings=(*read.levels.warnings, *_unrated(members.size - rated.size), *undated),
    )


def _teacher_of(rows: Rows, rated: Integers, lesson: Column) -> Integers | None:
    """The teacher of each lesson, as a number."""
    if TEACHER not in rows:
        return None
    teacher = np.zeros(len(lesson.words), np.int64)
    teacher[lesson.codes] = rows[TEACHER].codes[rated]
    return teacher


def _days(rows: Rows, rated: Integers, lesson: Column) -> tuple[Integers | None, tuple[str, ...]]:
    """The day of each lesson, and what is to be said of those that have none."""
    if DAY not in rows:
        return None, ()
    observed_on = rows[DAY].only(rated)
    days = days_of(observed_on, lesson)
    return days, undated(observed_on, days)


def _criterion(read: _Read, place: int) -> RatedCriterion:
    key = read.rows["criterion"].words[place]
    return RatedCriterion(
        key=key,
        title=key,
        levels=read.levels.levels[place],
        scale=read.levels.scales[place],
        pooled=not _in_stretches(read, place),
    )


def _in_stretches(read: _Read, place: int) -> bool:
    """Whether a criterion is rated in intervals or samples, which stay out of pooled figures."""
    if read.occasion is None:
        return False
    mine = np.unique(read.occasion.codes[read.rows["criterion"].codes == place])
    return any(read.occasion.words[code].startswith(STRETCHES) for code in mine.tolist())


def _capacity(role: Column, rows: Integers) -> Integers:
    """The place of each row's role: heads, leaders, other roles as they come, advisers."""
    words = [OTHER_WORDS.get(word.casefold(), word.casefold()) for word in role.words]
    order = dict.fromkeys((*ORDER, *(word for word in words if word != ADVISER)))
    place = {word: number for number, word in enumerate(order)}
    of_word = np.array([place.get(word, len(order)) for word in words], dtype=np.int64)
    return of_word[role.codes[rows]]


def _blocks(lessons: tuple[str, ...]) -> Integers:
    """The block of each lesson: the first byte of its digest, so that it never changes."""
    first = [hashlib.sha256(lesson.encode()).digest()[0] for lesson in lessons]
    return np.array(first, dtype=np.int64) % BLOCKS


def _unrated(rows: int) -> tuple[str, ...]:
    if rows == 0:
        return ()
    return (f"{rows} {'row has' if rows == 1 else 'rows have'} no level",)
