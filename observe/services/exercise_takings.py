"""Taking an exercise: beginning, rating criterion by criterion, finishing, and what one sees when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Missing, TooLarge
from observe.core.exercise_outcomes import Outcome, Tally, outcome, tally
from observe.core.exercises import (
    LONGEST_NOTE,
    Exercise,
    Given,
    Group,
    Mode,
    Settled,
    Shown,
    Taking,
    Use,
    check_value,
    shown,
    versions_before,
)
from observe.core.permissions import Person, RoleKind, Thing
from observe.core.rubric import Criterion, Rubric
from observe.storage import exercise_takings, exercises, history, shelf
from observe.storage.database import NetworkSession

NOT_OFFERED = "This exercise is not offered now."
EXPERT = "You made the reference of this exercise, so there is nothing to compare you with."
FOR_GROUPS = "This exercise is taken in a group. Ask your facilitator for the six letters."
FINISHED = "You have finished this, so it stays as it is."
FIXED = "You have seen the reference of this criterion, so your level stays."
REVEALED = "The spread was shown, so nothing can be rated any more."
CALLED_OFF = "This group was called off."


def thing(session: NetworkSession, taking_id: UUID) -> Thing:
    """A taking as permissions see it: it is its author's alone."""
    found = exercise_takings.find(session, taking_id)
    return Thing(network_id=session.network_id, author_id=found.person_id)


def begin(session: NetworkSession, exercise_id: UUID, *, by: Person, at: datetime) -> Taking:
    """Begin an exercise, or go on with what was begun; an expert rates for the reference."""
    found = exercises.find(session, exercise_id)
    mode = _mode_for(found, by.id)
    mine = exercise_takings.of_person(session, by.id, exercise_id=exercise_id)
    begun = [each for each in mine if each.mode is mode]
    last = begun[-1] if begun else None
    if last is not None and (last.finished_at is None or mode is Mode.REFERENCE):
        return last
    knew = mode is not Mode.REFERENCE and knows(session, exercise_id, by)
    new = exercise_takings.add(session, exercise_id, by.id, mode, knew=knew, begun_at=at, at=at)
    _wrote(session, "exercise begun", new, by=by, at=at)
    return new


def _mode_for(exercise: Exercise, person_id: UUID) -> Mode:
    if exercise.withdrawn_at is not None:
        raise Conflict(f"This exercise is withdrawn. {exercise.withdraw_reason}")
    if person_id in exercise.experts:
        if exercise.published_at is None:
            return Mode.REFERENCE
        raise Conflict(EXPERT)
    if exercise.published_at is None:
        raise Missing(NOT_OFFERED)
    if exercise.use is Use.GROUP:
        raise Conflict(FOR_GROUPS)
    return Mode(exercise.use)


def knows(session: NetworkSession, exercise_id: UUID, person: Person) -> bool:
    """Whether somebody knows the reference of an exercise, or that of a version before."""
    versions = [exercises.find(session, exercise_id), *exercises.earlier(session, exercise_id)]
    took = exercise_takings.of_person(session, person.id)
    return exercise_id in known_to(session, person, versions, took)


def known_to(
    session: NetworkSession, person: Person, every: Sequence[Exercise], took: Sequence[Taking]
) -> set[UUID]:
    """Those of all exercises whose reference somebody has seen, as whoever leads groups has.

    Also the next versions of what they saw, made the reference of, or were told how near they were to;
    `took` is all that they took.
    """
    if person.has(RoleKind.FACILITATOR):
        return {each.id for each in every}
    seen = exercise_takings.seen_by(session, person.id)
    tested = {each.exercise_id for each in took if each.mode is Mode.TEST and each.finished_at}
    made = {each.id for each in every if person.id in each.experts}
    met, versions = seen | tested | made, {each.id: each for each in every}

    def is_known(exercise: Exercise) -> bool:
        before = versions_before(exercise, versions)
        return exercise.id in seen or any(each.id in met for each in before)

    return {each.id for each in every if is_known(each)}


def _wrote(session: NetworkSession, did: str, taking: Taking, *, by: Person, at: datetime) -> None:
    told = {"mode": taking.mode, "attempt": taking.attempt}
    history.wrote(session, did, "exercise_taking", taking.id, by=by.id, at=at, **told)


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion before somebody: what they gave, and what they may see of the reference by now."""

    criterion: Criterion
    given: Given
    shown: Shown
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person at one exercise, with nothing in it that they may not see yet."""

    exercise: Exercise
    rubric: Rubric
    text: str
    taking: Taking
    group: Group | None
    rows: Sequence[Row]

    @property
    def left(self) -> list[Criterion]:
        """What has no rating yet."""
        return [row.criterion for row in self.rows if row.given.value is None]

    @property
    def tally(self) -> Tally | None:
        """How near the reference over all criteria; None until all of it may be seen."""
        seen = [row.outcome for row in self.rows if row.outcome is not None]
        return tally(seen) if len(seen) == len(self.rows) else None

    @property
    def is_open(self) -> bool:
        """Whether anything can still be rated."""
        return self.why_closed == ""

    @property
    def why_closed(self) -> str:
        """Why nothing can be rated any more; empty while it can."""
        return _why_closed(self.exercise, self.taking, self.group)


def _why_closed(exercise: Exercise, taking: Taking, group: Group | None) -> str:
    if taking.finished_at is not None:
        return FINISHED
    if group is not None and group.called_off_at is not None:
        return CALLED_OFF
    if group is not None and group.revealed_at is not None:
        return REVEALED
    if exercise.withdrawn_at is not None:
        return f"This exercise is withdrawn. {exercise.withdraw_reason}"
    return ""


def look(session: NetworkSession, taking_id: UUID) -> Sitting:
    """Where somebody is; the reference of a criterion is read only where it may be shown."""
    taking = exercise_takings.find(session, taking_id)
    found = exercises.find(session, taking.exercise_id)
    group = _group_of(session, taking)
    rubric = shelf.rubric(session, found.rubric_digest)
    given = exercise_takings.given(session, taking_id)
    reference = exercises.reference(session, found.id) if found.published_at else {}
    covered = (c for c in rubric.criteria() if c.criterion in found.criteria)
    return Sitting(
        exercise=found,
        rubric=rubric,
        text=exercises.text_of(session, found.id),
        taking=taking,
        group=group,
        rows=[_row(c, given.get(c.criterion, Given()), taking, group, reference) for c in covered],
    )


def _group_of(session: NetworkSession, taking: Taking) -> Group | None:
    return exercise_takings.group(session, taking.group_id) if taking.group_id else None


def _row(
    criterion: Criterion,
    given: Given,
    taking: Taking,
    group: Group | None,
    reference: Mapping[str, Settled],
) -> Row:
    seen = shown(
        taking.mode,
        fixed=given.fixed,
        finished=taking.finished_at is not None,
        revealed=group is not None and group.revealed_at is not None,
    )
    settled = reference.get(criterion.criterion)
    if seen is Shown.NOTHING or settled is None:
        return Row(criterion, given, Shown.NOTHING, None)
    told = settled if seen is Shown.ALL else replace(settled, reason="")
    return Row(criterion, given, seen, outcome(criterion, given, told))


def rate(
    session: NetworkSession,
    taking_id: UUID,
    criterion: str,
    given: Given,
    *,
    by: Person,
    at: datetime,
) -> Sitting:
    """Keep a level and a note; `given.fixed` asks for the reference in practice, and then both stay."""
    exercise_takings.hold(session, taking_id)
    sitting = look(session, taking_id)
    row = _row_to_rate(sitting, criterion)
    check_value(row.criterion, given.value)
    if len(given.note) > LONGEST_NOTE:
        raise TooLarge(f"A note has at most {LONGEST_NOTE} letters. Make it shorter.")
    fixes = given.fixed and sitting.taking.mode is Mode.PRACTICE
    if fixes and given.value is None:
        raise Conflict("Choose a level first. Then you see the reference.")
    _begins(session, sitting.taking, by=by, at=at)
    exercise_takings.rate(session, taking_id, criterion, replace(given, fixed=fixes), at=at)
    session.flush()
    after = look(session, taking_id)
    if fixes and all(each.given.fixed for each in after.rows):
        finish(session, taking_id, by=by, at=at)
        return look(session, taking_id)
    return after


def _row_to_rate(sitting: Sitting, criterion: str) -> Row:
    if not sitting.is_open:
        raise Conflict(sitting.why_closed)
    row = next((each for each in sitting.rows if each.criterion.criterion == criterion), None)
    if row is None:
        raise Missing("There is no such criterion in this exercise.")
    if row.given.fixed:
        raise Conflict(FIXED)
    return row


def _begins(session: NetworkSession, taking: Taking, *, by: Person, at: datetime) -> None:
    """Whoever was asked to a group begins with the first rating."""
    if taking.begun_at is None:
        row = exercise_takings.row(session, taking.id)
        row.begun_at, row.knew = at, knows(session, taking.exercise_id, by)
        _wrote(session, "exercise begun", taking, by=by, at=at)


def finish(session: NetworkSession, taking_id: UUID, *, by: Person, at: datetime) -> None:
    """Seal what somebody gave; twice does no harm."""
    row = exercise_takings.hold(session, taking_id)
    sitting = look(session, taking_id)
    if row.finished_at is not None:
        return
    if sitting.why_closed:
        raise Conflict(sitting.why_closed)
    _all_rated(sitting)
    if sitting.taking.mode in (Mode.TEST, Mode.GROUP):
        row.knew = row.knew or knows(session, row.exercise_id, by)
    row.finished_at = at
    session.flush()
    _wrote(session, "exercise finished", sitting.taking, by=by, at=at)


def _all_rated(sitting: Sitting) -> None:
    practises = sitting.taking.mode is Mode.PRACTICE
    unfixed = [row.criterion for row in sitting.rows if practises and not row.given.fixed]
    left = sitting.left or unfixed
    if left:
        named = ", ".join(f"{each.code} {each.title}" for each in left[:3])
        more = " and others" if len(left) > 3 else ""
        said = "Rate these first, or say that you did not see them"
        raise Conflict(f"{said}: {named}{more}.")
