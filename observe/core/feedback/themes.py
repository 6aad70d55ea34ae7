"""What many summaries speak of: how often each criterion was a strength or a next step, by team.

No person is in it: a team of fewer than five teachers stands only together with others, and what is
left when the shown teams are taken from the whole is five teachers or more, or nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from observe.core.feedback.facts import CLAIMS, Line, Part
from observe.core.groups import FEWEST_PEOPLE, People, large_enough, parts_shown


class Several(StrEnum):
    """Groups that are no team."""

    ALL = "all"
    OTHERS = "others"


ALL, OTHERS = Several.ALL, Several.OTHERS
Group = UUID | Several


@dataclass(frozen=True, slots=True)
class Told:
    """What one released summary speaks of: (strength or next step, criterion), each once."""

    teacher_id: UUID
    team_id: UUID | None
    claims: frozenset[tuple[Part, str]]


@dataclass(frozen=True, slots=True)
class Theme:
    """One criterion: how many summaries of each group name it as a strength, and as a next step."""

    criterion: str
    strengths: Mapping[Group, int]
    next_steps: Mapping[Group, int]

    @property
    def most(self) -> int:
        """The larger of both counts, over all."""
        return max(self.strengths[ALL], self.next_steps[ALL])


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of a school in a year; `summaries` and `teachers` by group, all first.

    `too_few` is set where fewer than five teachers were written to; then nothing else is.
    """

    themes: tuple[Theme, ...] = ()
    summaries: Mapping[Group, int] = field(default_factory=dict)
    teachers: Mapping[Group, int] = field(default_factory=dict)
    too_few: bool = False

    @property
    def groups(self) -> tuple[Group, ...]:
        """All, the teams that can be shown, and the others together."""
        return tuple(self.summaries)

    @property
    def most(self) -> int:
        """The largest count of a theme, 1 at least."""
        return max((theme.most for theme in self.themes), default=1) or 1


def claims_of(lines: Iterable[Line]) -> frozenset[tuple[Part, str]]:
    """The criteria that a letter names, and as what."""
    return frozenset(
        (line.part, line.criterion) for line in lines if line.part in CLAIMS and line.criterion
    )


def themes_of(told: Sequence[Told], criteria: Sequence[str], teams: Sequence[UUID]) -> Themes:
    """How often each criterion is named, in the order of the rubric; teams in the order given."""
    if not large_enough(_teachers(told)):
        return Themes(too_few=bool(told))
    groups = _groups(told, teams)
    return Themes(
        themes=tuple(_theme(criterion, groups) for criterion in criteria),
        summaries={group: len(each) for group, each in groups.items()},
        teachers={group: len(_teachers(each)) for group, each in groups.items()},
    )


def _groups(told: Sequence[Told], teams: Sequence[UUID]) -> dict[Group, list[Told]]:
    by_team = {team: [each for each in told if each.team_id == team] for team in teams}
    whole = _teachers(told)
    shown = parts_shown({team: _teachers(each) for team, each in by_team.items()}, whole)
    others = [each for each in told if each.team_id not in shown]
    groups: dict[Group, list[Told]] = {ALL: list(told), **{team: by_team[team] for team in shown}}
    if shown and len(_teachers(others)) >= FEWEST_PEOPLE:
        groups[OTHERS] = others
    return groups


def _theme(criterion: str, groups: Mapping[Group, Sequence[Told]]) -> Theme:
    counts = {
        part: {group: _times(told, part, criterion) for group, told in groups.items()}
        for part in CLAIMS
    }
    return Theme(criterion, counts[Part.STRENGTH], counts[Part.NEXT_STEP])


def _times(told: Iterable[Told], part: Part, criterion: str) -> int:
    return Counter((part, criterion) in each.claims for each in told)[True]


def _teachers(told: Iterable[Told]) -> People:
    return frozenset(each.teacher_id for each in told)
