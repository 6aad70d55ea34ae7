"""The demonstration's exercise: a written lesson with its reference, takings, and a group's spread."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.exercises import Mode, Use
from observe.core.ids import new_id
from observe.services.demo.cast import Cast, Member
from observe.services.demo.exercise_words import (
    ASKED,
    EXPERTS_SAW,
    MINUTES,
    NOTES,
    TEXT,
    TITLE,
)
from observe.storage.rows import Rows

GROUP_OF, PRACTISED, BEGUN = 8, 3, 2
CODE = "TRWKLM"
STEPS = (-2, -1, -1, 0, 0, 0, 0, 0, 0, 1, 1, 2)
LEVELS = {key: level for key, (level, _why) in ASKED.items()}


@dataclass(slots=True)
class Exercises:
    """Writes the exercise of a network; `digest` is that of the rubric with graded levels."""

    cast: Cast
    rows: Rows
    rng: random.Random
    digest: str
    now: datetime

    def write(self) -> None:
        """Made in the autumn by two advisers, practised by some heads, taken by eight together."""
        heads = [school.head for school in self.cast.schools]
        first, second = self._experts()
        made_at = self.now - timedelta(days=40)
        exercise_id = self._exercise(first, second, made_at)
        self._rated_by(exercise_id, (first, second), made_at + timedelta(days=2))
        self._settled(exercise_id, first, made_at + timedelta(days=5))
        self._group(exercise_id, heads[1 : 1 + GROUP_OF])
        alone = [heads[0], *heads[1 + GROUP_OF :]]
        for head in alone[1 : 1 + PRACTISED]:
            self._practised(exercise_id, head, list(LEVELS))
        for head in (alone[0], *alone[1 + PRACTISED : PRACTISED + BEGUN]):
            self._practised(exercise_id, head, list(LEVELS)[:4])

    def _experts(self) -> tuple[Member, Member]:
        advisers = {a.id: a for school in self.cast.schools for a in school.advisers}
        first, second, *_rest = advisers.values()
        return first, second

    def _id(self, at: datetime) -> UUID:
        return new_id(at, self.rng.getrandbits)

    def _exercise(self, first: Member, second: Member, at: datetime) -> UUID:
        exercise_id, by = self._id(at), self.cast.facilitators[0].id
        published = at + timedelta(days=5)
        self.rows.add(
            "exercise",
            id=exercise_id,
            title=TITLE,
            link="",
            text=TEXT,
            rubric_digest=self.digest,
            criteria=list(LEVELS),
            minutes=MINUTES,
            use=Use.PRACTICE,
            version=1,
            expert_a=first.id,
            expert_b=second.id,
            made_by=by,
            made_at=at,
            published_by=first.id,
            published_at=published,
        )
        self._wrote("exercise made", "exercise", exercise_id, by, at)
        self._wrote("exercise published", "exercise", exercise_id, first.id, published)
        return exercise_id

    def _rated_by(self, exercise_id: UUID, experts: Sequence[Member], at: datetime) -> None:
        for place, expert in enumerate(experts):
            notes = {key: saw[place] for key, saw in EXPERTS_SAW.items()}
            given = {key: self._near(level, narrow=True) for key, level in LEVELS.items()}
            taking = self._taking(exercise_id, expert, Mode.REFERENCE, at, at)
            self._given(taking, given, notes, at)

    def _settled(self, exercise_id: UUID, by: Member, at: datetime) -> None:
        for key, (level, why) in ASKED.items():
            self.rows.add(
                "exercise_reference",
                exercise_id=exercise_id,
                criterion=key,
                level=level,
                reason=why,
                by=by.id,
                at=at,
                revision=1,
            )

    def _group(self, exercise_id: UUID, heads: Sequence[Member]) -> None:
        at, by = self.now - timedelta(days=12), self.cast.facilitators[0].id
        group_id = self._id(at)
        shown_at = at + timedelta(minutes=40)
        self.rows.add(
            "exercise_session",
            id=group_id,
            exercise_id=exercise_id,
            held_on=at.date(),
            code=CODE,
            opened_by=by,
            opened_at=at,
            revealed_at=shown_at,
        )
        self._wrote("spread shown", "exercise_session", group_id, by, shown_at)
        for head in heads:
            done = at + timedelta(minutes=self.rng.randrange(18, 38))
            taking = self._taking(exercise_id, head, Mode.GROUP, at, done, group_id=group_id)
            self._given(taking, self._levels(list(LEVELS)), self._notes(), done)

    def _practised(self, exercise_id: UUID, head: Member, keys: Sequence[str]) -> None:
        """Somebody who got so far."""
        at = self.now - timedelta(days=self.rng.randrange(2, 30))
        done = at + timedelta(minutes=MINUTES) if len(keys) == len(LEVELS) else None
        taking = self._taking(exercise_id, head, Mode.PRACTICE, at, done)
        self._given(taking, self._levels(keys), self._notes(), at, fixed=True)

    def _levels(self, keys: Sequence[str]) -> dict[str, int]:
        return {key: self._near(LEVELS[key]) for key in keys}

    def _near(self, level: int, *, narrow: bool = False) -> int:
        step = self.rng.choice((0, 0, 0, 1, -1) if narrow else STEPS)
        return min(4, max(1, level + step))

    def _notes(self) -> dict[str, str]:
        keys = self.rng.sample(list(LEVELS), 2)
        return dict(zip(keys, self.rng.sample(NOTES, 2), strict=True))

    def _taking(
        self,
        exercise_id: UUID,
        person: Member,
        mode: Mode,
        at: datetime,
        done: datetime | None,
        *,
        group_id: UUID | None = None,
    ) -> UUID:
        taking = self._id(at)
        self.rows.add(
            "exercise_taking",
            id=taking,
            exercise_id=exercise_id,
            person_id=person.id,
            mode=mode,
            session_id=group_id,
            attempt=1,
            knew=False,
            begun_at=at,
            finished_at=done,
        )
        did = "exercise finished" if done else "exercise begun"
        self._wrote(did, "exercise_taking", taking, person.id, done or at)
        return taking

    def _given(
        self,
        taking: UUID,
        given: Mapping[str, int],
        notes: Mapping[str, str],
        at: datetime,
        *,
        fixed: bool = False,
    ) -> None:
        for key, level in given.items():
            self.rows.add(
                "exercise_rating",
                taking_id=taking,
                criterion=key,
                value=str(level),
                note=notes.get(key, ""),
                at=at,
                fixed_at=at if fixed else None,
            )

    def _wrote(self, did: str, thing: str, thing_id: UUID, by: UUID, at: datetime) -> None:
        told = {"did": did, "thing": thing, "thing_id": str(thing_id), "details": {}}
        self.rows.add("history", id=self._id(at), at=at, by=by, **told)
