"""What stands beside a demonstration's talks: feedback picked apart, and third readings."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.observation import Record
from observe.core.pairing import Agreed, Outcome
from observe.core.rubric import Rubric
from observe.services.demo.diary import Entry, Stage

ASKED = 0.5
REASONS = (
    "Both name the same minute; the words of the lower level fit it better.",
    "What the second observer noted near the end carries the higher level.",
    "One line speaks for it, three speak against it.",
    "Only the tables near the door are described, so I stay in the middle.",
)


def picks(
    entry: Entry, rubric: Rubric, records: Mapping[UUID, Record], at: datetime
) -> Iterable[dict[str, Any]]:
    """A strength and a next step by each observer: what they rated among the highest and lowest."""
    for person_id, record in records.items():
        drawn = random.Random(entry.id.int ^ person_id.int)
        rated = sorted((level, drawn.random(), key) for key, level in _levels(rubric, record))
        if len(rated) > 1:
            yield {
                "lesson_id": entry.id,
                "person_id": person_id,
                "strength": rated[-1][2],
                "next_step": rated[0][2],
                "at": at,
            }


def _levels(rubric: Rubric, record: Record) -> Iterable[tuple[str, int]]:
    for criterion in rubric.criteria():
        level = record.ratings.get((criterion.criterion, "whole"))
        if isinstance(level, int):
            yield criterion.criterion, level


def third(
    entry: Entry, rubric: Rubric, talked: Sequence[Agreed], at: datetime
) -> Iterable[dict[str, Any]]:
    """One criterion of some lessons, for an adviser of the school who was not there."""
    drawn = random.Random(entry.id.int)
    differ = [each for each in talked if each.outcome is Outcome.DIFFER and each.cause]
    here = {seat.person.id for seat in entry.seats} | {entry.taught.person.id}
    readers = [one.id for one in entry.school.advisers if one.id not in here]
    if not differ or not readers or drawn.random() > ASKED:
        return
    asked = differ[0]
    row: dict[str, Any] = dict.fromkeys(
        ("assigned_to", "taken_by", "taken_at", "level", "reason", "answered_at")
    )
    row |= {"lesson_id": entry.id, "criterion": asked.criterion}
    row |= {"asked_by": asked.by, "asked_at": at}
    yield row | (_answer(rubric, asked, readers[0], at, drawn) if _is_old(entry) else {})


def _is_old(entry: Entry) -> bool:
    """Readings of the last week still wait."""
    return entry.stage is Stage.READ


def _answer(
    rubric: Rubric, asked: Agreed, reader: UUID, at: datetime, drawn: random.Random
) -> dict[str, Any]:
    criterion = rubric.find(asked.criterion)
    levels = [level.value for level in criterion.scale.levels] if criterion else []
    return {
        "taken_by": reader,
        "taken_at": at + timedelta(days=1),
        "level": drawn.choice(levels[1:-1] or levels) if levels else None,
        "reason": drawn.choice(REASONS),
        "answered_at": at + timedelta(days=1, minutes=12),
    }
