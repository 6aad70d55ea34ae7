"""What two observers make of their two records: the agreed record, causes, rules, the closing."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.ids import new_id
from observe.core.observation import Observer, Record
from observe.core.pairing import (
    OPEN,
    Agreed,
    Cause,
    LeftOut,
    Outcome,
    PairState,
    SealedRecord,
    paired_levels,
)
from observe.core.rubric import Criterion, Rubric
from observe.services.demo import aside, reflecting
from observe.services.demo.diary import Entry, Seated, Stage
from observe.services.demo.precedents import Precedents
from observe.storage import paired_ratings
from observe.storage.paired_ratings import Source
from observe.storage.rows import Rows

CAUSES: Mapping[Cause, int] = {
    Cause.DIFFERENT_EVENTS: 34,
    Cause.OTHER_LEVEL: 30,
    Cause.WORDING: 14,
    Cause.MISSED: 12,
    Cause.KNEW_CLASS: 7,
    Cause.NOT_APPLICABLE: 3,
}
STILL_DIFFER, RULE, BY_ONE = 0.18, 0.45, 0.06
STATES = {
    Stage.PLANNED: PairState.PLANNED,
    Stage.UNDER_WAY: PairState.UNDER_WAY,
    Stage.REVEALED: PairState.REVEALED,
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """One observer's sealed record of a lesson."""

    seat: Seated
    record: Record
    begun_at: datetime
    sealed_at: datetime

    @property
    def observer(self) -> Observer:
        """Whose record it is."""
        person = self.seat.person
        return Observer(person.id, person.name, self.seat.capacity)


@dataclass(slots=True)
class Talks:
    """Writes down the talks of a network, and the rules that come of them."""

    rows: Rows
    rng: random.Random
    precedents: Precedents

    def hold(
        self, entry: Entry, rubric: Rubric, digest: str, ordered: Sequence[Sealed]
    ) -> dict[str, Agreed]:
        """The pair of a lesson, its rows in the figures, and what was agreed, by criterion."""
        state = STATES.get(entry.stage, PairState.CLOSED)
        revealed_at = max(one.sealed_at for one in ordered) if state in OPEN else None
        closed_at = _closed_at(revealed_at, self.rng) if state == PairState.CLOSED else None
        self._pair(entry, state, revealed_at, closed_at)
        if revealed_at is None:
            return {}
        self._figures(entry, rubric, digest, ordered)
        self._history(entry, "pair revealed", revealed_at, None, blind=entry.blind)
        found = self._agreed(rubric, ordered, closed_at or revealed_at)
        if closed_at is None:
            found = dict(list(found.items())[:2]) if self.rng.random() < 0.5 else {}
        else:
            self._history(entry, "pair closed", closed_at, ordered[0].seat.person.id, one=False)
        for agreed in found.values():
            self._keep(entry, rubric, digest, agreed)
        if closed_at:
            self._aside(entry, rubric, ordered, found, closed_at)
        return found

    def _aside(
        self,
        entry: Entry,
        rubric: Rubric,
        ordered: Sequence[Sealed],
        found: Mapping[str, Agreed],
        at: datetime,
    ) -> None:
        records = {one.seat.person.id: one.record for one in ordered}
        for row in aside.picks(entry, rubric, records, at):
            self.rows.add("feedback_choice", **row)
        for row in aside.third(entry, rubric, list(found.values()), at):
            self.rows.add("third_reading", **row)
        for table, row in reflecting.rows(entry, at, self.precedents.now):
            self.rows.add(table, **row)

    def _pair(
        self,
        entry: Entry,
        state: PairState,
        revealed_at: datetime | None,
        closed_at: datetime | None,
    ) -> None:
        alone = closed_at is not None and self.rng.random() < BY_ONE
        self.rows.add(
            "pair",
            lesson_id=entry.id,
            state=state,
            blind=entry.blind,
            revealed_at=revealed_at,
            closed_at=closed_at,
            closed_by_one=alone,
        )
        if closed_at:
            for seat in entry.observing[: 1 if alone else None]:
                self.rows.add(
                    "pair_closing", lesson_id=entry.id, person_id=seat.person.id, at=closed_at
                )

    def _figures(
        self, entry: Entry, rubric: Rubric, digest: str, ordered: Sequence[Sealed]
    ) -> None:
        """The rows that the reveal counts from."""
        records = [SealedRecord(one.observer, entry.on, one.record.ratings) for one in ordered]
        left_out = None if entry.blind else LeftOut.NOT_BLIND
        source = Source(entry.id, entry.school.id, digest, left_out)
        rows = paired_ratings.rows_of(source, paired_levels(rubric, records))
        for row in rows:
            self.rows.add("paired_rating", **row)
        for row in paired_ratings.summaries_of(rows):
            self.rows.add("paired_lesson", **row)

    def _agreed(
        self, rubric: Rubric, ordered: Sequence[Sealed], until: datetime
    ) -> dict[str, Agreed]:
        """The talk begins with the widest gaps; what was the same is agreed at the end."""
        by = ordered[0].seat.person.id
        gaps = sorted(self._gaps(rubric, ordered), key=lambda gap: gap[1][0] - gap[1][-1])
        found = {}
        for criterion, levels in gaps:
            found[criterion.criterion] = self._said(criterion, levels, by=by, at=until)
        return found

    def _gaps(
        self, rubric: Rubric, ordered: Sequence[Sealed]
    ) -> Iterator[tuple[Criterion, list[int]]]:
        """Criteria to which somebody gave a level, with the levels given, lowest first."""
        for criterion in rubric.criteria():
            key = (criterion.criterion, "whole")
            given = [one.record.ratings.get(key) for one in ordered]
            levels = sorted(level for level in given if isinstance(level, int))
            if levels:
                yield criterion, levels

    def _said(self, criterion: Criterion, levels: list[int], *, by: UUID, at: datetime) -> Agreed:
        key, gap = criterion.criterion, levels[-1] - levels[0]
        if not gap and len(levels) > 1:
            return Agreed(criterion=key, outcome=Outcome.AGREED, level=levels[0], by=by, at=at)
        differ = self.rng.random() < STILL_DIFFER * max(gap, 1)
        (cause,) = self.rng.choices(list(CAUSES), weights=list(CAUSES.values()))
        return Agreed(
            criterion=key,
            outcome=Outcome.DIFFER if differ else Outcome.AGREED,
            level=None if differ else self.rng.choice(levels),
            cause=cause,
            by=by,
            at=at,
        )

    def _keep(self, entry: Entry, rubric: Rubric, digest: str, agreed: Agreed) -> None:
        self.rows.add(
            "agreed_rating",
            lesson_id=entry.id,
            criterion=agreed.criterion,
            level=agreed.level,
            outcome=agreed.outcome,
            cause=agreed.cause,
            by=agreed.by,
            at=agreed.at,
            revision=1,
        )
        if agreed.cause:
            self._rule(entry, rubric, digest, agreed)

    def _rule(self, entry: Entry, rubric: Rubric, digest: str, agreed: Agreed) -> None:
        if agreed.criterion not in self.precedents.first:
            self.precedents.another(entry, rubric, digest, agreed)
        elif self.rng.random() < RULE:
            rule_id = new_id(agreed.at, self.rng.getrandbits)
            self.precedents.begin(rule_id, entry, rubric, digest, agreed)

    def _history(
        self, entry: Entry, did: str, at: datetime, by: UUID | None, **details: Any
    ) -> None:
        self.rows.add(
            "history",
            id=new_id(at, self.rng.getrandbits),
            at=at,
            by=by,
            did=did,
            thing="lesson",
            thing_id=str(entry.id),
            details=details,
        )


def _closed_at(revealed_at: datetime | None, rng: random.Random) -> datetime | None:
    """The talk takes place the same afternoon and ends within the hour."""
    if revealed_at is None:
        return None
    return revealed_at + timedelta(minutes=rng.randrange(25, 90))
