"""Improvement in the demonstration: a head's own cycle with its trials, and one of the whole group."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.ids import new_id
from observe.services.demo.cast import Cast, Member
from observe.storage.rows import Rows

WEEKS = 24
FIRST_TRIAL, SECOND_TRIAL = 10, 16
BEFORE, AFTER = (0.9, 1.4, 1.1, 0.8, 1.3, 1.0, 1.6, 0.9, 1.2, 1.0), (1.7, 2.4, 1.9, 2.6, 2.2, 2.8)
LATEST = (2.7, 3.1, 2.9, 3.3, 2.8, 3.2, 3.4, 3.0)
OWN = {
    "aim": "By July, pupils think for three seconds before anybody answers, in every class I visit.",
    "measure": "Seconds between a question and the first answer",
    "unit": "seconds",
    "better": "up",
}
GROUPS = {
    "aim": "By the end of the year heads and advisers give the same level on three of four criteria.",
    "measure": "Same level of heads and advisers",
    "unit": "%",
    "better": "up",
}
TRIALS: tuple[dict[str, str], ...] = (
    {
        "change": "Two teachers count to three on their fingers before they take an answer.",
        "expected": "A second more, and more hands.",
        "did": "Two weeks in Year 4 and Year 5. In one lesson a visitor came.",
        "found": "Nearly two seconds instead of one; hands of pupils who never put one up.",
        "decision": "keep",
        "onward": "All of the upper school.",
    },
    {
        "change": "Every teacher of the upper school counts; pupils tell a partner first.",
        "expected": "Three seconds without anybody counting.",
        "did": "",
        "found": "",
        "decision": "",
        "onward": "",
    },
)


def write(rows: Rows, cast: Cast, *, at: datetime) -> None:
    """Two cycles; ids of their own chance, so that nothing else is drawn differently."""
    head, heads = cast.schools[0].head, [school.head for school in cast.schools[:6]]
    written = _Writing(rows, random.Random(head.id.int ^ WEEKS), at)
    own = written.cycle(head, OWN, [head], weeks=WEEKS, of_group=False, source="typed")
    written.points(own, head)
    written.trials(own)
    written.cycle(heads[1], GROUPS, heads, weeks=30, of_group=True, source="same level")


class _Writing:
    """Rows of improvement cycles."""

    def __init__(self, rows: Rows, draw: random.Random, at: datetime) -> None:
        self.rows, self.draw, self.at = rows, draw, at

    def cycle(
        self,
        by: Member,
        told: dict[str, str],
        members: Sequence[Member],
        *,
        weeks: int,
        of_group: bool,
        source: str,
    ) -> UUID:
        """A cycle that was begun so many weeks ago; of typed points the median of the first ten stays."""
        made_at = self.at - timedelta(weeks=weeks)
        made, last = new_id(made_at, self.draw.getrandbits), self._day(FIRST_TRIAL - 1)
        baseline = last if source == "typed" else None
        kind: dict[str, Any] = {"of_group": of_group, "source": source, "baseline_until": baseline}
        still: dict[str, Any] = {"learnt": "", "ended_at": None, "revision": 1}
        self.rows.add(
            "improvement_cycle", id=made, made_by=by.id, made_at=made_at, **told, **kind, **still
        )
        for member in members:
            self.rows.add("cycle_member", cycle_id=made, person_id=member.id)
        return made

    def points(self, cycle_id: UUID, by: Member) -> None:
        """One a week, better after each trial."""
        for week, value in enumerate((*BEFORE, *AFTER, *LATEST)):
            note = "A visitor in the room." if week == FIRST_TRIAL + 2 else ""
            told: dict[str, Any] = {"value": value, "note": note, "by": by.id, "at": self.at}
            self.rows.add("cycle_point", cycle_id=cycle_id, day=self._day(week), **told)

    def trials(self, cycle_id: UUID) -> None:
        """Two rounds, of which the second still runs."""
        weeks = (FIRST_TRIAL, SECOND_TRIAL)
        for number, (words, week) in enumerate(zip(TRIALS, weeks, strict=True), start=1):
            made = new_id(self.at - timedelta(weeks=WEEKS - week), self.draw.getrandbits)
            told: dict[str, Any] = {"number": number, "tried_on": self._day(week), **words}
            self.rows.add(
                "cycle_step", id=made, cycle_id=cycle_id, **told, revision=1, changed_at=self.at
            )

    def _day(self, week: int) -> date:
        return (self.at - timedelta(weeks=WEEKS - week)).date()
