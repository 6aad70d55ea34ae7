"""The talk after the reveal: criterion by criterion to an agreed record, beside the two that stay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.comparing import Compared, Moment, Script, all_moments, compare
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.lesson import Lesson
from observe.core.observation import Observer
from observe.core.pairing import (
    ONE_MAY_CLOSE_AFTER,
    OPEN,
    Agreed,
    Cause,
    Closing,
    Outcome,
    PairState,
    closing,
)
from observe.core.permissions import Person
from observe.core.rubric import Criterion, Rubric
from observe.core.sitting import Sitting
from observe.services import drafting, third_reading
from observe.services.beside import Beside, beside
from observe.services.scripts import scripts_of
from observe.storage import history, lessons, pairs, people, precedents, shelf, third_readings
from observe.storage.database import NetworkSession
from observe.storage.tables import lessons as tables
from observe.storage.tables.talk import ThirdReading

LONGEST_RULE = 300
NOT_OPEN = "These records are not open yet: everybody who observes this lesson seals first."
FINISHED = "This talk is finished, so its agreed record stays as it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What two people say about one criterion; `revision` is that of the row they had before them.

    `third` asks a third reader, where they still differ.
    """

    outcome: Outcome
    level: int | None = None
    cause: Cause | None = None
    rule: str = ""
    third: bool = False
    revision: int = 0

    @property
    def asks(self) -> bool:
        """Whether a third reader is wanted, which is so only where they still differ."""
        return self.third and self.outcome is Outcome.DIFFER


@dataclass(frozen=True, slots=True)
class Third:
    """How far a third reader is with a criterion; name, level and reason once they have answered."""

    taken: bool
    answered_at: datetime | None = None
    name: str = ""
    level: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """All that lies on the table: the lesson, its rubric, and each criterion with its evidence."""

    lesson: Lesson
    rubric: Rubric
    observers: tuple[Observer, ...]
    compared: tuple[Compared, ...]
    agreed: dict[str, Agreed]
    rules: dict[str, str]
    taps: frozenset[UUID]
    state: PairState
    blind: bool
    revealed_at: datetime
    closed_by_one: bool
    beside: tuple[Beside, ...]
    sittings: tuple[Sitting, ...]
    lines: tuple[Moment, ...]
    shifts: dict[UUID, int]
    thirds: dict[str, Third]

    @property
    def open_criteria(self) -> tuple[Compared, ...]:
        """What there is to talk about, the largest gap first."""
        return tuple(each for each in self.compared if each.is_open)

    @property
    def left(self) -> tuple[Compared, ...]:
        """What has not been talked about yet."""
        return tuple(c for c in self.open_criteria if c.criterion.criterion not in self.agreed)

    def asks_for_nothing(self, criterion: str, said: Said) -> bool:
        """Whether a third reader is asked anew about what nobody noted anything for."""
        noted = any(c.moments for c in self.compared if c.criterion.criterion == criterion)
        return said.asks and not noted and criterion not in self.thirds

    @property
    def closed(self) -> bool:
        """Whether the talk is finished."""
        return self.state == PairState.CLOSED

    def one_may_close(self, at: datetime) -> bool:
        """Whether a week has passed, so that one observer is enough."""
        return at - self.revealed_at >= ONE_MAY_CLOSE_AFTER

    def next_after(self, criterion: str) -> Compared | None:
        """The next criterion that has not been talked about, below this one or else from the top."""
        keys = [each.criterion.criterion for each in self.open_criteria]
        start = keys.index(criterion) + 1 if criterion in keys else 0
        turned = (*self.open_criteria[start:], *self.open_criteria[:start])
        return next((each for each in turned if each in self.left), None)


def talk(session: NetworkSession, lesson_id: UUID) -> Talk:
    """Everything two observers compare; Conflict before the reveal."""
    lesson, pair = lessons.find(session, lesson_id), pairs.find(session, lesson_id)
    if pair.state not in OPEN or pair.revealed_at is None:
        raise Conflict(NOT_OPEN)
    rubric = shelf.rubric(session, lesson.rubric_digest)
    scripts = scripts_of(session, lesson)
    return Talk(
        lesson=lesson,
        rubric=rubric,
        observers=tuple(script.observer for script in scripts),
        compared=tuple(compare(rubric, scripts)),
        agreed=pairs.agreed(session, lesson_id),
        rules=precedents.of_lesson(session, lesson_id),
        taps=frozenset(pairs.taps(session, lesson_id)),
        state=PairState(pair.state),
        blind=pair.blind,
        revealed_at=pair.revealed_at,
        closed_by_one=pair.closed_by_one,
        beside=tuple(_beside(session, lesson, rubric, scripts)),
        sittings=tuple(script.record.sitting for script in scripts),
        lines=all_moments(scripts),
        shifts={s.observer.person_id: s.shift_minutes for s in scripts if s.shift_minutes},
        thirds=_thirds(session, lesson_id),
    )


def _thirds(session: NetworkSession, lesson_id: UUID) -> dict[str, Third]:
    rows = third_readings.of_lesson(session, lesson_id)
    names = people.names(session, [row.taken_by for row in rows.values() if row.taken_by])
    return {key: _third(row, names) for key, row in rows.items()}


def _third(row: ThirdReading, names: Mapping[UUID, str]) -> Third:
    if row.answered_at is None or row.taken_by is None:
        return Third(taken=row.taken_by is not None)
    return Third(True, row.answered_at, names[row.taken_by], row.level, row.reason or "")


def _beside(
    session: NetworkSession, lesson: Lesson, rubric: Rubric, scripts: Sequence[Script]
) -> Iterator[Beside]:
    records_of = {seat.person_id: seat.observation_id for seat in lesson.observers}
    for script in scripts:
        found = beside(session, rubric, script, records_of[script.observer.person_id])
        if found:
            yield found


def agree(
    session: NetworkSession,
    lesson_id: UUID,
    criterion: str,
    said: Said,
    *,
    by: Person,
    at: datetime,
) -> Agreed | None:
    """Write what was agreed on one criterion; None, or what a partner wrote meanwhile instead.

    The observers' own ratings never change. Whoever said that the talk is finished is asked again.
    Conflict once the talk is finished, or where a third reader would have nothing to read.
    """
    pair = pairs.hold(session, lesson_id) or pairs.find(session, lesson_id)
    if pair.state != PairState.REVEALED:
        raise Conflict(FINISHED if pair.state == PairState.CLOSED else NOT_OPEN)
    lesson = lessons.find(session, lesson_id)
    rubric = shelf.rubric(session, lesson.rubric_digest)
    _check(_criterion(rubric, criterion), said)
    there = pairs.agreed_on(session, lesson_id, criterion)
    if there is not None and there.revision != said.revision:
        return None if _same(there, said) else there
    _keep(session, lesson_id, criterion, said, by=by, at=at)
    precedents.keep(
        session, lesson_id, rubric.rubric, criterion, said.rule.strip(), by=by.id, at=at
    )
    third_reading.settle(session, lesson_id, criterion, wanted=said.asks, by=by, at=at)
    pairs.untap(session, lesson_id, but=by.id)
    return None


def ask_third(
    session: NetworkSession, lesson_id: UUID, criterion: str, *, by: Person, at: datetime
) -> None:
    """Ask a third reader about a criterion, also once the talk is over.

    Conflict unless they differ and somebody noted something.
    """
    pairs.hold(session, lesson_id)
    there = pairs.agreed_on(session, lesson_id, criterion)
    if there is None or there.outcome is not Outcome.DIFFER:
        raise Conflict("Say first that you still differ; then a third reader can be asked.")
    third_reading.settle(session, lesson_id, criterion, wanted=True, by=by, at=at)


def _criterion(rubric: Rubric, key: str) -> Criterion:
    found = rubric.find(key)
    if found is None:
        raise Missing("There is no such criterion in this rubric.")
    return found


def _check(criterion: Criterion, said: Said) -> None:
    if len(said.rule) > LONGEST_RULE:
        raise Invalid(f"A rule is one line, at most {LONGEST_RULE} letters. Make it shorter.")
    if said.outcome is Outcome.DIFFER:
        return
    if criterion.scale.has_levels and criterion.scale.position(said.level) is None:
        raise Invalid(f"Choose a level of {criterion.title}, or say that you still differ.")


def _same(there: Agreed, said: Said) -> bool:
    """Whether a form came twice, or both wrote the same."""
    return (there.outcome, there.level, there.cause) == (said.outcome, _level(said), said.cause)


def _level(said: Said) -> int | None:
    return said.level if said.outcome is Outcome.AGREED else None


def _keep(
    session: NetworkSession,
    lesson_id: UUID,
    criterion: str,
    said: Said,
    *,
    by: Person,
    at: datetime,
) -> None:
    agreed = Agreed(
        criterion=criterion,
        outcome=said.outcome,
        level=_level(said),
        cause=said.cause,
        by=by.id,
        at=at,
        revision=said.revision + 1,
    )
    pairs.keep_agreed(session, lesson_id, agreed)
    history.wrote(
        session,
        "criterion talked about",
        "lesson",
        lesson_id,
        by=by.id,
        at=at,
        criterion=criterion,
        outcome=said.outcome,
    )


def close(session: NetworkSession, lesson_id: UUID, *, by: Person, at: datetime) -> Closing:
    """One observer says that the talk is finished; with the last of them the pair is closed.

    What was not talked about is kept as "we still differ", what was the same as agreed.
    """
    pairs.hold(session, lesson_id)
    found = talk(session, lesson_id)
    if found.closed:
        return Closing.BY_ALL
    pairs.tap(session, lesson_id, by.id, at=at)
    history.wrote(session, "talk finished for one", "lesson", lesson_id, by=by.id, at=at)
    everybody = [observer.person_id for observer in found.observers]
    result = closing(found.taps | {by.id}, everybody, revealed_at=found.revealed_at, at=at)
    if result is not Closing.WAITS:
        _close(session, found, by_one=result is Closing.BY_ONE, by=by, at=at)
    return result


def _close(session: NetworkSession, found: Talk, *, by_one: bool, by: Person, at: datetime) -> None:
    for each in found.compared:
        if each.criterion.criterion not in found.agreed and (rest := _rest(each, by, at)):
            pairs.keep_agreed(session, found.lesson.id, rest)
    pair = session.get_one(tables.Pair, (session.network_id, found.lesson.id))
    pair.state, pair.closed_at, pair.closed_by_one = PairState.CLOSED, at, by_one
    session.flush()
    history.wrote(session, "pair closed", "lesson", found.lesson.id, by=by.id, at=at, one=by_one)
    drafting.draft_for(session, found.lesson.id, at=at)


def _rest(compared: Compared, by: Person, at: datetime) -> Agreed | None:
    """The agreed rating of a criterion that nobody talked about; None where nobody rated it."""
    key = compared.criterion.criterion
    if compared.is_open:
        return Agreed(criterion=key, outcome=Outcome.DIFFER, by=by.id, at=at)
    if compared.shared is None:
        return None
    return Agreed(criterion=key, outcome=Outcome.AGREED, level=compared.shared, by=by.id, at=at)
