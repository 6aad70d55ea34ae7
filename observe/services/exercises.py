"""Exercises: making one, settling its reference, publishing, mending and withdrawing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.comparing import Compared, Script, compare
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.exercises import (
    LONGEST_REASON,
    Exercise,
    Given,
    Making,
    Mode,
    Settled,
    Stage,
    check_making,
    may_be_rated,
    stage,
)
from observe.core.observation import Capacity, Note, Observer, Record
from observe.core.permissions import OBSERVERS, Person, Thing
from observe.core.rubric import Criterion, LessonKind, Rubric
from observe.core.typed import line_in
from observe.storage import (
    exercise_takings,
    exercises,
    history,
    people,
    rubrics,
    shelf,
    staff,
)
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published
from observe.storage.staff import Named

SEALED_FIRST = "Both experts seal their ratings first."
STAYS = "This exercise is published, so its reference stays. Make a mended version of it."


def thing(session: NetworkSession, exercise_id: UUID) -> Thing:
    """An exercise as permissions see it: its experts observe it, and it opens when both have sealed."""
    found = exercises.find(session, exercise_id)
    return Thing(
        network_id=session.network_id,
        observer_ids=frozenset(found.experts),
        planned_by=found.made_by,
        revealed=both_sealed(session, found),
    )


def both_sealed(session: NetworkSession, exercise: Exercise) -> bool:
    """Whether both experts have sealed their ratings."""
    sealed = exercises.sealed_experts(session, [exercise.id]).get(exercise.id, set())
    return set(exercise.experts) <= sealed


def make(session: NetworkSession, making: Making, *, by: Person, at: datetime) -> UUID:
    """Make an exercise, which two experts rate before anybody can take it."""
    _check(session, making)
    made = exercises.keep(session, making, by=by.id, at=at)
    history.wrote(session, "exercise made", "exercise", made, by=by.id, at=at)
    return made


def mend(
    session: NetworkSession, exercise_id: UUID, making: Making, *, by: Person, at: datetime
) -> UUID:
    """Make the next version; what was published stays until the new one is, anything else goes now."""
    old = exercises.find(session, exercise_id)
    _not_withdrawn(old)
    _not_mended(session, old)
    _check(session, making)
    new = exercises.keep(session, making, mended=old, by=by.id, at=at)
    details = {"mends": str(old.id), "version": old.version + 1}
    history.wrote(session, "exercise mended", "exercise", new, by=by.id, at=at, **details)
    if old.published_at is None:
        withdraw(session, old.id, _replaced(old), by=by, at=at)
    return new


def _replaced(old: Exercise) -> str:
    return f"Version {old.version + 1} takes its place."


def _check(session: NetworkSession, making: Making) -> None:
    if not _is_published(session, making.rubric_digest):
        raise Invalid("Choose a rubric of your schools.", field="rubric")
    check_making(making, shelf.rubric(session, making.rubric_digest))
    for field, person_id in zip(("first", "second"), making.experts, strict=True):
        expert = people.find(session, person_id)
        if expert is None or not expert.has(*OBSERVERS):
            raise Invalid("An expert is somebody who observes.", field=field)


def _not_withdrawn(exercise: Exercise) -> None:
    if exercise.withdrawn_at is not None:
        raise Conflict(f"This exercise is withdrawn. {exercise.withdraw_reason}")


def _not_mended(session: NetworkSession, exercise: Exercise) -> None:
    """Of two next versions both would be offered in the end."""
    if exercises.mended_by(session, exercise.id) is not None:
        raise Conflict(
            f"Version {exercise.version + 1} of this is being made. Go on with that one."
        )


def withdraw(
    session: NetworkSession, exercise_id: UUID, reason: str, *, by: Person, at: datetime
) -> None:
    """Offer an exercise to nobody from now on; what was finished stays as it is."""
    said = line_in(reason)
    if not 0 < len(said) <= LONGEST_REASON:
        raise Invalid("Say in a line why it is withdrawn.", field="reason")
    row = exercises.row(session, exercise_id)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = at, by.id, said
        history.wrote(session, "exercise withdrawn", "exercise", row.id, by=by.id, at=at)


@dataclass(frozen=True, slots=True)
class Settling:
    """What two experts settle: each criterion with what both gave, the largest gap first."""

    exercise: Exercise
    rubric: Rubric
    observers: tuple[Observer, ...]
    compared: tuple[Compared, ...]
    reference: Mapping[str, Settled]

    @property
    def left(self) -> tuple[Compared, ...]:
        """What has no level yet."""
        return tuple(c for c in self.compared if c.criterion.criterion not in self.reference)

    def next_after(self, criterion: str) -> str:
        """The next criterion without a level, below this one or else from the top; empty if none."""
        keys = [each.criterion.criterion for each in self.compared]
        start = keys.index(criterion) + 1 if criterion in keys else 0
        turned = (*keys[start:], *keys[:start])
        return next((key for key in turned if key not in self.reference), "")


def settling(session: NetworkSession, exercise_id: UUID) -> Settling:
    """What both experts gave, side by side; Conflict before both have sealed."""
    found = exercises.find(session, exercise_id)
    if not both_sealed(session, found):
        raise Conflict(SEALED_FIRST)
    rubric = shelf.rubric(session, found.rubric_digest)
    scripts = _scripts(session, found)
    compared = compare(rubric, scripts)
    return Settling(
        exercise=found,
        rubric=rubric,
        observers=tuple(script.observer for script in scripts),
        compared=tuple(c for c in compared if c.criterion.criterion in found.criteria),
        reference=exercises.reference(session, exercise_id),
    )


def _scripts(session: NetworkSession, exercise: Exercise) -> Sequence[Script]:
    """The experts' ratings as two records of one lesson, in the order in which they were named."""
    takings = exercise_takings.of_exercise(session, exercise.id, Mode.REFERENCE)
    given = exercise_takings.given_in(session, [taking.id for taking in takings])
    names = people.names(session, exercise.experts)
    by_person = {taking.person_id: taking for taking in takings}
    return [
        Script(
            Observer(expert, names[expert], Capacity.OTHER),
            by_person[expert].begun_at or exercise.made_at,
            _record(given.get(by_person[expert].id, {})),
        )
        for expert in exercise.experts
    ]


def _record(given: Mapping[str, Given]) -> Record:
    rated = {key: each.value for key, each in given.items() if each.value is not None}
    return Record(
        ratings={(key, "whole"): value for key, value in rated.items()},
        notes=tuple(
            Note(key, each.note, criteria=(key,)) for key, each in given.items() if each.note
        ),
    )


def settle(
    session: NetworkSession,
    exercise_id: UUID,
    criterion: str,
    said: Settled,
    *,
    by: Person,
    at: datetime,
) -> Settled | None:
    """Write the reference of one criterion; None, or what the other expert wrote meanwhile instead.

    `said.revision` is that of the reference they had before them, 0 for none.
    """
    exercises.row(session, exercise_id)
    found = settling(session, exercise_id)
    _not_withdrawn(found.exercise)
    if found.exercise.published_at is not None:
        raise Conflict(STAYS)
    _check_settled(_criterion(found, criterion), said)
    there = found.reference.get(criterion)
    if there is not None and there.revision != said.revision:
        return None if _same(there, said) else there
    new = Settled(said.level, said.reason, (there.revision if there else 0) + 1)
    exercises.settle(session, exercise_id, criterion, new, by=by.id, at=at)
    did, told = "reference settled", {"criterion": criterion, "level": new.level}
    history.wrote(session, did, "exercise", exercise_id, by=by.id, at=at, **told)
    return None


def _same(there: Settled, said: Settled) -> bool:
    return (there.level, there.reason) == (said.level, said.reason)


def _criterion(found: Settling, key: str) -> Criterion:
    criterion = found.rubric.find(key)
    if criterion is None or key not in found.exercise.criteria:
        raise Missing("There is no such criterion in this exercise.")
    return criterion


def _check_settled(criterion: Criterion, said: Settled) -> None:
    if criterion.scale.position(said.level) is None:
        raise Invalid(f"Choose a level of {criterion.title}.", field="level")
    if not 0 < len(said.reason) <= LONGEST_REASON:
        raise Invalid("Say why it is this level: those who practise read it.", field="reason")


def publish(session: NetworkSession, exercise_id: UUID, *, by: Person, at: datetime) -> None:
    """Offer an exercise whose every criterion has a level; its earlier version is withdrawn."""
    row = exercises.row(session, exercise_id)
    found = settling(session, exercise_id)
    _not_withdrawn(found.exercise)
    if found.left:
        raise Conflict("Each criterion needs a level and a reason before this can be published.")
    if found.exercise.published_at is not None:
        return
    row.published_at, row.published_by = at, by.id
    session.flush()
    history.wrote(session, "exercise published", "exercise", exercise_id, by=by.id, at=at)
    if found.exercise.mends is not None:
        old = exercises.find(session, found.exercise.mends)
        withdraw(session, old.id, _replaced(old), by=by, at=at)


@dataclass(frozen=True, slots=True)
class About:
    """All that a facilitator or an expert sees of one exercise; no level before it is published."""

    exercise: Exercise
    text: str
    rubric: Rubric
    stage: Stage
    names: Mapping[UUID, str]
    experts: Sequence[tuple[UUID, str, str]]
    reference: Mapping[str, Settled]
    mended_by: UUID | None

    @property
    def criteria(self) -> list[Criterion]:
        """What it covers, in the rubric's order."""
        return [c for c in self.rubric.criteria() if c.criterion in self.exercise.criteria]


def about(session: NetworkSession, exercise_id: UUID) -> About:
    """One exercise with how far each expert is, in words only."""
    found = exercises.find(session, exercise_id)
    states = _states(session, found)
    sealed = sum(state == "sealed" for state in states.values())
    published = found.published_at is not None
    names = people.names(session, [*found.experts, found.made_by])
    return About(
        exercise=found,
        text=exercises.text_of(session, exercise_id),
        rubric=shelf.rubric(session, found.rubric_digest),
        stage=stage(found, sealed=sealed),
        names=names,
        experts=[(expert, names[expert], states[expert]) for expert in found.experts],
        reference=exercises.reference(session, exercise_id) if published else {},
        mended_by=exercises.mended_by(session, exercise_id),
    )


def _states(session: NetworkSession, exercise: Exercise) -> dict[UUID, str]:
    """How far each expert is: planned, under way or sealed."""
    states = dict.fromkeys(exercise.experts, "planned")
    for taking in exercise_takings.of_exercise(session, exercise.id, Mode.REFERENCE):
        states[taking.person_id] = "sealed" if taking.finished_at else "under way"
    return states


def as_it_is(session: NetworkSession, exercise_id: UUID) -> tuple[Exercise, str]:
    """An exercise with its text, to be mended."""
    return exercises.find(session, exercise_id), exercises.text_of(session, exercise_id)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for an exercise: a rubric with its criteria, and who may be an expert."""

    rubrics: Sequence[Published]
    digest: str
    rubric: Rubric
    observers: Sequence[Named]


def choices(session: NetworkSession, digest: str, *, mends: UUID | None = None) -> Choices:
    """With the rubric of this address, or of the exercise to mend, or the first that can be rated."""
    offered = [each for each in rubrics.offered(session) if _has_levels(session, each.digest)]
    usual = min(offered, key=lambda each: (each.kind != LessonKind.LESSON, not each.graded))
    chosen = digest if _is_published(session, digest) else usual.digest
    if mends is not None:
        chosen = exercises.find(session, mends).rubric_digest
    return Choices(offered, chosen, shelf.rubric(session, chosen), staff.observers(session))


def _is_published(session: NetworkSession, digest: str) -> bool:
    return any(each.digest == digest for each in rubrics.versions(session))


def _has_levels(session: NetworkSession, digest: str) -> bool:
    return any(may_be_rated(each) for each in shelf.rubric(session, digest).criteria())
