"""The summaries of a demonstration: composed by the same rules as any other, and how far each has come."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from observe.core.feedback import letter, lines, review, targets
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, LessonFacts, OpenTarget
from observe.core.feedback.letter import Letter
from observe.core.feedback.review import State
from observe.core.feedback.summary import first_name
from observe.core.feedback.targets import TargetState
from observe.core.ids import new_id
from observe.core.pairing import Agreed, Outcome
from observe.core.rubric import Criterion, Rubric
from observe.services.demo.calendar import SATURDAY, closed
from observe.services.demo.diary import HOME, Entry, Stage
from observe.services.demo.rules import ANSWERS, COMMENTS, OBJECTIONS
from observe.services.demo.talk import Sealed
from observe.storage.history import hour_of
from observe.storage.rows import Rows

STATES = {
    Stage.DRAFT: State.DRAFT,
    Stage.SENT_BACK: State.SENT_BACK,
    Stage.IN_REVIEW: State.IN_REVIEW,
    Stage.APPROVED: State.APPROVED,
    Stage.RECALLED: State.RECALLED,
    Stage.UNREAD: State.RELEASED,
    Stage.READ: State.RELEASED,
}
ANSWERED, DIFFERENT, FIRST_SENT_BACK = 0.4, 0.08, 0.12
LATER: Mapping[TargetState, int] = {
    TargetState.MET: 56,
    TargetState.SEEN_AGAIN: 10,
    TargetState.CARRIED_ON: 8,
    TargetState.NOT_YET: 6,
    TargetState.DROPPED: 20,
}


REASONS: Mapping[TargetState, tuple[str, ...]] = {
    TargetState.CARRIED_ON: (
        "Two of the three lessons were trips. The others went well.",
        "It works with this class; now with the other one.",
    ),
    TargetState.DROPPED: (
        "The class has another timetable now.",
        "Something else matters more since the assessments.",
    ),
}


@dataclass(slots=True)
class Post:
    """One summary on its way, with the moments that it passes."""

    entry: Entry
    id: UUID
    author: UUID
    draft: Draft
    drafted_at: datetime
    submitted_at: datetime | None = None
    released_at: datetime | None = None
    recalled_at: datetime | None = None
    read_at: datetime | None = None

    @property
    def state(self) -> State:
        """How far it is."""
        return STATES[self.entry.stage]


@dataclass(slots=True)
class Letters:
    """Writes the summaries of a network, each knowing the teacher's last target and opening."""

    rows: Rows
    rng: random.Random
    now: datetime
    open_targets: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    openings: dict[UUID, str] = field(default_factory=dict)
    tried: dict[tuple[UUID, str], dict[str, Any]] = field(default_factory=dict)

    def write(
        self, entry: Entry, rubric: Rubric, sealed: Sequence[Sealed], agreed: Mapping[str, Agreed]
    ) -> None:
        """The summary of a lesson whose talk is over, as far as its stage says."""
        begun = max(one.sealed_at for one in sealed) + timedelta(minutes=95)
        post = Post(
            entry=entry,
            id=new_id(begun, self.rng.getrandbits),
            author=sealed[0].seat.person.id,
            draft=self._draft(entry, rubric, sealed, agreed),
            drafted_at=begun,
        )
        self._pass(post)
        self._keep(post)
        if post.submitted_at and entry.stage is Stage.SENT_BACK:
            self._comment(post, post.submitted_at + timedelta(hours=3))
        if post.released_at:
            self._release(post, post.released_at)

    def _draft(
        self, entry: Entry, rubric: Rubric, sealed: Sequence[Sealed], agreed: Mapping[str, Agreed]
    ) -> Draft:
        teacher, author = entry.taught.person, sealed[0].seat.person
        last = self.open_targets.get(teacher.id)
        draft = compose(
            _facts(entry, sealed),
            rubric,
            [_agreement(one, agreed, sealed) for one in rubric.criteria()],
            sorted(_evidence(sealed), key=lambda note: (note.at or time.min, note.id)),
            due=review.target_due(entry.on, closed(entry.on)),
            target=OpenTarget(last["text"], last["criterion"]) if last else None,
            unlike=[self.openings.get(one, "") for one in (teacher.id, author.id)],
        )
        self.openings |= dict.fromkeys((teacher.id, author.id), draft.lines[0].text)
        return replace(draft, lines=lines.keyed(draft.lines))

    def _pass(self, post: Post) -> None:
        """Days go by between writing, reading, releasing and reading again; none is still to come."""
        if post.state is State.DRAFT:
            return
        post.submitted_at = self._later(post.drafted_at, hours=26)
        if post.state in (State.RELEASED, State.RECALLED):
            post.released_at = self._later(post.submitted_at, hours=30)
        if post.state is State.RECALLED and post.released_at:
            post.recalled_at = self._later(post.released_at, hours=2)
        if post.entry.stage is Stage.READ and post.released_at:
            post.read_at = self._later(post.released_at, hours=40)

    def _later(self, at: datetime, *, hours: int) -> datetime:
        return min(_no_weekend(at + timedelta(hours=1 + self.rng.random() * hours)), self.now)

    def _keep(self, post: Post) -> None:
        marks = [at for at in (post.submitted_at, post.released_at, post.recalled_at) if at]
        self.rows.add(
            "summary",
            id=post.id,
            lesson_id=post.entry.id,
            teacher_id=post.entry.taught.person.id,
            author_id=post.author,
            state=post.state,
            lines=lines.as_json(post.draft.lines),
            missing=list(post.draft.missing),
            due_on=review.due_on(post.entry.on, closed(post.entry.on)),
            revision=1 + len(marks),
            drafted_at=post.drafted_at,
            changed_at=max([post.drafted_at, *marks]),
            submitted_at=post.submitted_at,
            released_at=None if post.recalled_at else post.released_at,
            read_at=post.read_at,
        )
        self._history(post, "summary drafted", post.drafted_at, None)
        self._texts(post)

    def _texts(self, post: Post) -> None:
        """What it said as a first draft, when it was sent and when it was released."""
        steps = (
            ("drafted", None, post.drafted_at),
            ("submitted", post.author, post.submitted_at),
            ("released", self._reader(post), post.released_at),
        )
        reached = [(why, by, at) for why, by, at in steps if at]
        for revision, (why, by, at) in enumerate(reached, start=1):
            self.rows.add(
                "summary_text",
                summary_id=post.id,
                revision=revision,
                lines=lines.as_json(post.draft.lines),
                why=why,
                by=by,
                at=at,
            )

    def _release(self, post: Post, at: datetime) -> None:
        entry, reader = post.entry, self._reader(post)
        told = Letter(
            title=f"{entry.taught.class_name} {entry.subject}",
            teacher=entry.taught.person.name,
            on=entry.on,
            observers=tuple(seat.person.name for seat in entry.observing),
            lines=letter.whole(post.draft.lines),
        )
        self.rows.add(
            "summary_version",
            summary_id=post.id,
            number=1,
            letter=letter.as_json(told),
            released_by=reader,
            released_at=at,
            recalled_at=post.recalled_at,
        )
        self._history(post, "summary released", at, reader, version=1)
        if self.rng.random() < FIRST_SENT_BACK:
            self._comment(post, at - timedelta(minutes=50))
        if post.recalled_at:
            self._history(post, "summary recalled", post.recalled_at, reader)
            return
        self._target(post, told, at)
        if post.read_at:
            self._read(post, post.read_at)

    def _target(self, post: Post, told: Letter, at: datetime) -> None:
        """The teacher's target, and what became of the one before."""
        if told.target is None:
            return
        teacher = post.entry.taught.person.id
        if before := self.open_targets.get(teacher):
            self._goes_on(before, post, at)
        due = post.entry.on + timedelta(weeks=4)
        target = targets.proposed(told.target, post.id, due=due)
        if self._is_tried(teacher, target.text):
            return
        state = TargetState.TAKEN if post.read_at and self.rng.random() < 0.8 else target.state
        row = {
            "id": new_id(at, self.rng.getrandbits),
            "teacher_id": teacher,
            "summary_id": post.id,
            "criterion": target.criterion,
            "text": target.text,
            "when": target.when,
            "see": target.see,
            "due_on": target.due_on,
            "state": state,
            "made_at": at,
            "changed_at": at,
        }
        self.rows.by_table["target"].append(row)
        self._became({**row, "state": target.state}, at, by=self._reader(post))
        if state is TargetState.TAKEN and post.read_at:
            self._became(row, post.read_at, by=teacher)
        self.open_targets[teacher] = self.tried[teacher, target.text] = row

    def _is_tried(self, teacher: UUID, text: str) -> bool:
        """Whether a target in these words is still open, so that it goes on and is no new one."""
        row = self.tried.get((teacher, text))
        return row is not None and row["state"] not in targets.ENDED

    def _goes_on(self, before: dict[str, Any], post: Post, at: datetime) -> None:
        """What became of the target before shows at this lesson."""
        (before["state"],) = self.rng.choices(list(LATER), weights=list(LATER.values()))
        before["changed_at"] = at
        if before["state"] is TargetState.CARRIED_ON:
            before["due_on"] = post.entry.on + timedelta(weeks=4)
        self._became(before, at, by=None, lesson=post.entry.id)

    def _became(
        self,
        target: Mapping[str, Any],
        at: datetime,
        *,
        by: UUID | None,
        lesson: UUID | None = None,
    ) -> None:
        """One thing that became of a target; why it was carried on or dropped is told."""
        state = target["state"]
        self.rows.add(
            "target_event",
            id=new_id(at, self.rng.getrandbits),
            target_id=target["id"],
            state=state,
            reason=self.rng.choice(REASONS[state]) if state in REASONS else "",
            due_on=target["due_on"],
            by=by,
            lesson_id=lesson,
            at=at,
        )

    def _read(self, post: Post, at: datetime) -> None:
        teacher = post.entry.taught.person.id
        hour = hour_of(at)
        self.rows.add(
            "read_log", person_id=teacher, thing="summary", thing_id=str(post.id), hour=hour
        )
        if self.rng.random() < ANSWERED:
            self._answer(post, self._later(at, hours=20))

    def _answer(self, post: Post, at: datetime) -> None:
        differs = self.rng.random() < DIFFERENT
        self.rows.add(
            "reply",
            id=new_id(at, self.rng.getrandbits),
            summary_id=post.id,
            by=post.entry.taught.person.id,
            at=at,
            differs=differs,
            text=self.rng.choice(OBJECTIONS if differs else ANSWERS),
        )

    def _comment(self, post: Post, at: datetime) -> None:
        line = self.rng.choice([line for line in post.draft.lines if line.part in COMMENTS])
        self.rows.add(
            "summary_comment",
            id=new_id(at, self.rng.getrandbits),
            summary_id=post.id,
            line=line.key,
            by=self._reader(post),
            at=min(at, self.now),
            text=self.rng.choice(COMMENTS[line.part]),
        )

    def _reader(self, post: Post) -> UUID:
        """The leader of the teacher's team; the other one where that is the author."""
        first, *rest = post.entry.school.leaders
        led = [first] if post.entry.taught.leader_id == first.id else [*rest, first]
        return next(one.id for one in [*led, first] if one.id != post.author)

    def _history(self, post: Post, did: str, at: datetime, by: UUID | None, **details: Any) -> None:
        self.rows.add(
            "history",
            id=new_id(at, self.rng.getrandbits),
            at=at,
            by=by,
            did=did,
            thing="summary",
            thing_id=str(post.id),
            details=details,
        )


def _no_weekend(at: datetime) -> datetime:
    """Two days later where it is a Saturday or a Sunday."""
    return at + timedelta(days=2) if at.weekday() >= SATURDAY else at


def _facts(entry: Entry, sealed: Sequence[Sealed]) -> LessonFacts:
    return LessonFacts(
        lesson_id=str(entry.id),
        teacher=entry.taught.person.name,
        first_name=first_name(entry.taught.person.name),
        school_subject=entry.subject,
        class_name=entry.taught.class_name,
        on=entry.on,
        observers=tuple(one.seat.person.name for one in sealed),
        author=sealed[0].seat.person.name,
    )


def _agreement(
    criterion: Criterion, agreed: Mapping[str, Agreed], sealed: Sequence[Sealed]
) -> Agreement:
    """What was agreed, or what the only observer gave."""
    key = criterion.criterion
    given = (one.record.ratings.get((key, "whole")) for one in sealed)
    levels = tuple(v if criterion.scale.position(v) is not None else None for v in given)
    if key in agreed:
        return Agreement(key, agreed[key].level, agreed[key].outcome, levels)
    same = len(set(levels)) == 1
    outcome = Outcome.AGREED if same else Outcome.DIFFER
    return Agreement(key, levels[0] if same else None, outcome, levels)


def _evidence(sealed: Sequence[Sealed]) -> Iterator[Evidence]:
    for one in sealed:
        for note in one.record.notes:
            at = (one.begun_at + timedelta(milliseconds=note.elapsed_ms)).astimezone(HOME)
            if not note.private:
                yield Evidence(
                    id=note.id,
                    observer=str(one.seat.person.id),
                    text=note.text,
                    criteria=note.criteria,
                    at=time(at.hour, at.minute),
                    mark=note.mark,
                    speaker=note.speaker,
                )
