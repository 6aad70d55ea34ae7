"""The third reader: somebody who was not there reads one criterion on which two observers still differ.

What a third reader says changes no rating, no figure and no agreed record.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core.comparing import Cell, Compared, Moment, Script, compare
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.lesson import Lesson
from observe.core.pairing import OPEN
from observe.core.permissions import Person, Thing
from observe.core.rubric import Criterion, Rubric
from observe.core.typed import line_in
from observe.services.scripts import scripts_of
from observe.storage import history, lessons, pairs, shelf, third_readings
from observe.storage.database import NetworkSession
from observe.storage.tables.talk import ThirdReading

LONGEST_REASON = 300
NOTHING = "Nobody asks for a third reader here. The two may have taken the question back."
NOTHING_NOTED = (
    "None of you noted anything for this criterion, so a third reader would have nothing to read."
)
GIVEN = "Somebody else is to read this: a facilitator has chosen who."
TAKEN = "Somebody has taken this to read, so it stays with them."


def thing(session: NetworkSession, lesson_id: UUID, criterion: str, **_: object) -> Thing:
    """One reading as permissions see it: who may read, and everybody who was ever to observe."""
    row = third_readings.find(session, lesson_id, criterion)
    if row is None:
        raise Missing(NOTHING)
    return replace(
        lessons.thing(session, lesson_id),
        reader_ids=_readers(session, row),
        observer_ids=third_readings.ever_observed(session, lesson_id),
    )


def _readers(session: NetworkSession, row: ThirdReading) -> frozenset[UUID]:
    """Whoever has taken it, else whom a facilitator chose, else the advisers of the school."""
    chosen = row.taken_by or row.assigned_to
    if chosen:
        return frozenset({chosen})
    return third_readings.advisers_of(session, lessons.row(session, row.lesson_id).school_id)


def settle(
    session: NetworkSession,
    lesson_id: UUID,
    criterion: str,
    *,
    wanted: bool,
    by: Person,
    at: datetime,
) -> None:
    """Ask a third reader, or take the question back; what somebody has taken stays with them.

    Conflict where nobody noted anything: there would be nothing to read.
    """
    row = third_readings.hold(session, lesson_id, criterion)
    if wanted and row is None:
        _check_noted(session, lesson_id, criterion)
        third_readings.ask(session, lesson_id, criterion, by=by.id, at=at)
        _note(session, "third reader asked", lesson_id, criterion, by=by, at=at)
    elif row is not None and row.taken_by is None and not wanted:
        session.delete(row)
        _note(session, "third reader taken back", lesson_id, criterion, by=by, at=at)


def _check_noted(session: NetworkSession, lesson_id: UUID, key: str) -> None:
    rubric, criterion = _criterion(session, lesson_id, key)
    scripts = scripts_of(session, lessons.find(session, lesson_id))
    if not _compared(rubric, criterion, scripts).moments:
        raise Conflict(NOTHING_NOTED)


def take_back(
    session: NetworkSession, lesson_id: UUID, criterion: str, *, by: Person, at: datetime
) -> None:
    """Take the question back; Conflict once somebody has taken it to read."""
    row = third_readings.hold(session, lesson_id, criterion)
    if row is not None and row.taken_by is not None:
        raise Conflict(TAKEN)
    settle(session, lesson_id, criterion, wanted=False, by=by, at=at)


def take(
    session: NetworkSession, lesson_id: UUID, criterion: str, *, by: Person, at: datetime
) -> None:
    """Take a criterion to read; Conflict if somebody else was first, or was chosen meanwhile."""
    row = _held(session, lesson_id, criterion)
    if row.taken_by not in (None, by.id):
        raise Conflict(TAKEN)
    if by.id not in _readers(session, row):
        raise Conflict(GIVEN)
    if row.taken_by is None:
        row.taken_by, row.taken_at = by.id, at
        _note(session, "third reading taken", lesson_id, criterion, by=by, at=at)


def put_back(
    session: NetworkSession, lesson_id: UUID, criterion: str, *, by: Person, at: datetime
) -> None:
    """Leave it to somebody else after all."""
    row = _unanswered(session, lesson_id, criterion, by)
    row.taken_by = row.taken_at = None
    _note(session, "third reading put back", lesson_id, criterion, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Answer:
    """A third reader's own level, None where it cannot be told, and why, in a line."""

    level: int | None
    reason: str


def answer(
    session: NetworkSession,
    lesson_id: UUID,
    criterion: str,
    said: Answer,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Keep a third reader's own answer, once; only then are they told what the observers gave."""
    row = _unanswered(session, lesson_id, criterion, by)
    reason = line_in(said.reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(f"Say why in one line of at most {LONGEST_REASON} letters.")
    _check_level(_criterion(session, lesson_id, criterion)[1], said.level)
    row.level, row.reason, row.answered_at = said.level, reason, at
    _note(session, "third reading answered", lesson_id, criterion, by=by, at=at)


def _check_level(criterion: Criterion, level: int | None) -> None:
    if level is not None and criterion.scale.position(level) is None:
        raise Invalid(f"Choose a level of {criterion.title}.")


def assign(
    session: NetworkSession,
    lesson_id: UUID,
    criterion: str,
    reader_id: UUID | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Leave a criterion to one adviser or head, or (None) to the advisers of the school again."""
    row = _held(session, lesson_id, criterion)
    if row.taken_by is not None:
        raise Conflict(TAKEN)
    if reader_id is not None and not _may_be_asked(session, lesson_id, reader_id):
        raise Invalid("Choose an adviser or a head who neither observed nor taught this lesson.")
    row.assigned_to = reader_id
    told = str(reader_id) if reader_id else None
    history.wrote(
        session,
        *("third reader assigned", "lesson", lesson_id),
        by=by.id,
        at=at,
        criterion=criterion,
        reader=told,
    )


def _may_be_asked(session: NetworkSession, lesson_id: UUID, reader_id: UUID) -> bool:
    kept_out = third_readings.ever_observed(session, lesson_id)
    teacher = lessons.row(session, lesson_id).teacher_id
    known = {reader.id for reader in third_readings.readers(session)}
    return reader_id in known - kept_out - {teacher}


def _held(session: NetworkSession, lesson_id: UUID, criterion: str) -> ThirdReading:
    row = third_readings.hold(session, lesson_id, criterion)
    if row is None:
        raise Missing(NOTHING)
    if row.answered_at is not None:
        raise Conflict("This was answered, and the observers have read it.")
    return row


def _unanswered(
    session: NetworkSession, lesson_id: UUID, criterion: str, by: Person
) -> ThirdReading:
    row = _held(session, lesson_id, criterion)
    if row.taken_by != by.id:
        raise Conflict("Take this to read first.")
    return row


def _note(
    session: NetworkSession, did: str, lesson_id: UUID, criterion: str, *, by: Person, at: datetime
) -> None:
    session.flush()
    history.wrote(session, did, "lesson", lesson_id, by=by.id, at=at, criterion=criterion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One criterion as a third reader sees it: no names, and no level before their own answer.

    `moments` are there once it is taken, `cells` once it is answered and if the rubric is graded;
    both hold the observers in an order that says nothing of who they are.
    """

    lesson_id: UUID
    school: str
    zone: str
    kind: str
    rubric: Rubric
    criterion: Criterion
    asked_at: datetime
    taken: bool
    answer: Answer | None
    observers: int
    moments: tuple[Moment, ...]
    cells: tuple[Cell, ...]


def read(session: NetworkSession, lesson_id: UUID, criterion: str, *, by: Person) -> Reading:
    """What a third reader may see of one criterion by now."""
    row = third_readings.find(session, lesson_id, criterion)
    if row is None or pairs.find(session, lesson_id).state not in OPEN:
        raise Missing(NOTHING)
    rubric, wanted = _criterion(session, lesson_id, criterion)
    lesson = lessons.find(session, lesson_id)
    scripts = _unnamed(session, lesson, criterion)
    taken = row.taken_by == by.id
    said = Answer(row.level, row.reason or "") if taken and row.answered_at else None
    found = _compared(rubric, wanted, scripts)
    return Reading(
        lesson_id=lesson_id,
        school=lesson.school,
        zone=lesson.zone,
        kind=lesson.kind,
        rubric=rubric,
        criterion=wanted,
        asked_at=row.asked_at,
        taken=taken,
        answer=said,
        observers=len(scripts),
        moments=tuple(_without_marks(each) for each in found.moments) if taken else (),
        cells=found.cells if said and rubric.graded else (),
    )


def _criterion(
    session: NetworkSession, lesson_id: UUID, criterion: str
) -> tuple[Rubric, Criterion]:
    rubric = shelf.rubric(session, lessons.row(session, lesson_id).rubric_digest)
    found = rubric.find(criterion)
    if found is None:
        raise Missing("There is no such criterion in this rubric.")
    return rubric, found


def _unnamed(session: NetworkSession, lesson: Lesson, criterion: str) -> Sequence[Script]:
    """The scripts in an order by chance, for heads first would tell who is who."""

    def drawn(script: Script) -> bytes:
        named = f"{lesson.id} {criterion} {script.observer.person_id}"
        return hashlib.sha256(named.encode()).digest()

    return sorted(scripts_of(session, lesson), key=drawn)


def _compared(rubric: Rubric, criterion: Criterion, scripts: Sequence[Script]) -> Compared:
    found = compare(rubric, scripts)
    return next(each for each in found if each.criterion.criterion == criterion.criterion)


def _without_marks(moment: Moment) -> Moment:
    """A + or − beside a line leans towards a level, which is not told yet."""
    bare = tuple(note and replace(note, mark=None) for note in moment.notes)
    return replace(moment, notes=bare)
