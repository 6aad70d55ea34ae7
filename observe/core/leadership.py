"""Leadership feedback from all round: who is asked, and what may be told of the answers.

What is told is a partition: each answer stands in one group or in none, and no group is smaller than
five, so that nothing can be taken from anything else. There is no total.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.exercises import Value
from observe.core.groups import FEWEST_PEOPLE
from observe.core.rubric import Criterion, Rubric

LONGEST = 2_000
SHORTEST_RUN = timedelta(days=3)
LONGEST_RUN = timedelta(days=90)
REST = timedelta(days=180)


class RaterGroup(StrEnum):
    """How somebody who is asked stands to the leader."""

    SELF = "self"
    TEAM = "team"
    PEERS = "peers"
    GOVERNORS = "governors"


OTHERS = (RaterGroup.TEAM, RaterGroup.PEERS, RaterGroup.GOVERNORS)


class Question(StrEnum):
    """What is asked for in words."""

    KEEP = "keep"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rater gave: a level or `not_seen` by criterion, and words by question."""

    group: RaterGroup
    values: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """One time at which those around a leader are asked; open to the end of its last day."""

    id: UUID
    person_id: UUID
    person: str
    rubric_digest: str
    asked_by: UUID
    opened_at: datetime
    last_day: date
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a group gave for one criterion.

    `n` of them gave a level; None where fewer than five did. `counts` is by level. Where all gave the
    same one there is only `between`: the two or three levels among which it lies.
    """

    criterion: str
    n: int | None = None
    counts: tuple[tuple[int, int], ...] = ()
    between: tuple[int, int] | None = None

    @property
    def middle(self) -> int | None:
        """The lower median of the levels; None where they are not told one by one."""
        given = [level for level, times in self.counts for _ in range(times)]
        return given[(len(given) - 1) // 2] if given else None


@dataclass(frozen=True, slots=True)
class Group:
    """Raters who are told of together, with what they gave and, in no order, what they wrote."""

    groups: tuple[RaterGroup, ...]
    size: int
    cells: tuple[Cell, ...]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is ever told of a round: the leader's own levels, and each group of five or more.

    Of the groups in `too_few` somebody was asked, and fewer than five answered, also together.
    """

    own: Mapping[str, int]
    groups: tuple[Group, ...]
    too_few: tuple[RaterGroup, ...]


def told(rubric: Rubric, answers: Sequence[Answer], asked: Collection[RaterGroup]) -> Told:
    """What may be told of the answers of these groups that were asked; nothing else of them is kept.

    Groups of fewer than five are put together; where that is fewer than five too, they are left out.
    """
    own = next((each.values for each in answers if each.group is RaterGroup.SELF), {})
    parts = {group: [each for each in answers if each.group is group] for group in OTHERS}
    small = tuple(each for each in OTHERS if each in asked and not _enough(parts[each]))
    shown = [_group(rubric, (each,), parts[each]) for each in OTHERS if _enough(parts[each])]
    together = [answer for each in small for answer in parts[each]]
    if _enough(together):
        shown.append(_group(rubric, small, together))
    return Told(_levels(rubric, own), tuple(shown), () if _enough(together) else small)


def _enough(answers: Sequence[Answer]) -> bool:
    return len(answers) >= FEWEST_PEOPLE


def _group(rubric: Rubric, groups: tuple[RaterGroup, ...], answers: Sequence[Answer]) -> Group:
    return Group(
        groups=groups,
        size=len(answers),
        cells=tuple(_cell(each, answers) for each in rubric.with_levels()),
        words={question: _mixed(answers, question) for question in Question},
    )


def _mixed(answers: Sequence[Answer], question: Question) -> tuple[str, ...]:
    """What was written, by the alphabet: in no order that would tell who or when."""
    said = (each.words.get(question, "").strip() for each in answers)
    return tuple(sorted((each for each in said if each), key=str.casefold))


def _cell(criterion: Criterion, answers: Sequence[Answer]) -> Cell:
    key = criterion.criterion
    found = (_level(criterion, each.values.get(key)) for each in answers)
    given = Counter(level for level in found if level is not None)
    if given.total() < FEWEST_PEOPLE:
        return Cell(key)
    if len(given) == 1:
        return Cell(key, given.total(), between=_neighbourhood(criterion, next(iter(given))))
    return Cell(key, given.total(), counts=tuple(sorted(given.items())))


def _neighbourhood(criterion: Criterion, level: int) -> tuple[int, int]:
    """The part of the scale in which a level lies: two levels, three at the end of an odd scale.

    Which of them it was cannot be told, so that no one answer can.
    """
    levels = [each.value for each in criterion.scale.levels]
    last = max(len(levels) // 2 - 1, 0)
    part = min(levels.index(level) // 2, last)
    return levels[2 * part], levels[-1] if part == last else levels[2 * part + 1]


def _level(criterion: Criterion, value: Value) -> int | None:
    return value if isinstance(value, int) and criterion.scale.position(value) is not None else None


def _levels(rubric: Rubric, values: Mapping[str, Value]) -> dict[str, int]:
    found = {
        each.criterion: _level(each, values.get(each.criterion)) for each in rubric.with_levels()
    }
    return {key: level for key, level in found.items() if level is not None}


def beside(rubric: Rubric, own: Mapping[str, int], group: Group) -> list[tuple[int, int]]:
    """The leader's own place and the middle of a group, from 0, for each criterion that has both."""
    cells = {cell.criterion: cell.middle for cell in group.cells}
    found = (
        (each.scale.position(own.get(each.criterion)), each.scale.position(cells[each.criterion]))
        for each in rubric.with_levels()
    )
    return [(mine, theirs) for mine, theirs in found if mine is not None and theirs is not None]
