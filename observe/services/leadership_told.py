"""What a leader reads of a round that has closed, and how far their own look and others' go together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.agreement.ratings import PairedRatings, RatedCriterion
from observe.core.errors import Missing
from observe.core.leadership import Cell, Group, RaterGroup, Round, Told, beside
from observe.core.rubric import Criterion, Rubric
from observe.services import rated
from observe.services.rated import SameLevel
from observe.storage import leadership, shelf
from observe.storage.database import NetworkSession

STILL_OPEN = "This round is still open. What comes of it stands here once it has closed."


@dataclass(frozen=True, slots=True)
class Beside:
    """A group beside the leader's own look; over so many criteria, `same` is None for fewer than five.

    `higher` counts the criteria on which the leader chose more than the middle of the group, `lower` less.
    """

    group: Group
    criteria: int
    same: SameLevel | None
    higher: int
    lower: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is of a closed round."""

    round: Round
    rubric: Rubric
    told: Told
    beside: tuple[Beside, ...]

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """What was asked about, in the rubric's order."""
        return self.rubric.with_levels()

    def cell(self, group: Group, criterion: Criterion) -> Cell:
        """What a group gave for a criterion."""
        return next(each for each in group.cells if each.criterion == criterion.criterion)


def of_round(session: NetworkSession, round_id: UUID) -> Report:
    """What a round came to; Missing while it is open, for nothing of it is told before."""
    found, kept = leadership.find(session, round_id), leadership.told(session, round_id)
    if kept is None:
        raise Missing(STILL_OPEN)
    rubric, told = shelf.rubric(session, found.rubric_digest), from_json(kept)
    set_beside = tuple(_beside(rubric, told, group) for group in told.groups)
    return Report(found, rubric, told, set_beside)


def _beside(rubric: Rubric, told: Told, group: Group) -> Beside:
    pairs = beside(rubric, told.own, group)
    return Beside(
        group=group,
        criteria=len(pairs),
        same=rated.same_level(_paired(rubric, pairs)) if len(pairs) >= FEWEST_LESSONS else None,
        higher=sum(mine > theirs for mine, theirs in pairs),
        lower=sum(mine < theirs for mine, theirs in pairs),
    )


def _paired(rubric: Rubric, pairs: list[tuple[int, int]]) -> PairedRatings:
    """Each criterion as what two have rated once, so that limits say how far so few criteria go."""
    levels = max((each.scale.levels for each in rubric.with_levels()), key=len)
    whole = RatedCriterion(rubric.rubric, rubric.title, tuple(each.value for each in levels))
    return PairedRatings(
        criteria=(whole,),
        criterion=rated.integers(0 for _ in pairs),
        lesson=rated.integers(range(len(pairs))),
        first=rated.integers(mine for mine, _ in pairs),
        second=rated.integers(theirs for _, theirs in pairs),
    )


def as_json(told: Told) -> dict[str, Any]:
    """What may be told, as it is kept."""
    return {
        "own": dict(told.own),
        "groups": [_group_json(group) for group in told.groups],
        "too_few": [group.value for group in told.too_few],
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "groups": [each.value for each in group.groups],
        "size": group.size,
        "cells": [
            {
                "criterion": cell.criterion,
                "n": cell.n,
                "counts": cell.counts,
                "between": cell.between,
            }
            for cell in group.cells
        ],
        "words": {question: list(said) for question, said in group.words.items()},
    }


def from_json(kept: Mapping[str, Any]) -> Told:
    """What was kept, as it was told."""
    return Told(
        own=kept["own"],
        groups=tuple(_group(each) for each in kept["groups"]),
        too_few=tuple(RaterGroup(each) for each in kept["too_few"]),
    )


def _group(kept: Mapping[str, Any]) -> Group:
    return Group(
        groups=tuple(RaterGroup(each) for each in kept["groups"]),
        size=kept["size"],
        cells=tuple(_cell(each) for each in kept["cells"]),
        words={question: tuple(said) for question, said in kept["words"].items()},
    )


def _cell(kept: Mapping[str, Any]) -> Cell:
    between = kept["between"]
    return Cell(
        criterion=kept["criterion"],
        n=kept["n"],
        counts=tuple((level, times) for level, times in kept["counts"]),
        between=(between[0], between[1]) if between else None,
    )
