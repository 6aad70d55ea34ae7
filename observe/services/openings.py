"""How a record begins and closes: planned, made in the classroom, or under a second id."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from observe.core.judging import Code, Judgement, Rejection
from observe.core.lesson import capacity_in
from observe.core.observation import RecordState
from observe.core.opening import Opening, Unplanned, read_opening
from observe.core.operations import Kind, Operation
from observe.core.permissions import OBSERVERS, WHOLE_SCHOOL, RoleKind
from observe.core.verdict import Status, Verdict
from observe.services import pair_codes
from observe.services.sending import (
    Held,
    Sending,
    keep,
    move,
    record_of,
    reject,
    rubric_of,
    save,
    standing,
)
from observe.storage import history, joined, operations, records, seats, staff
from observe.storage.tables.lessons import Lesson, Observation

BEFORE = (RecordState.PLANNED, RecordState.WAITING)
NO_LESSON = Rejection(Code.UNKNOWN_LESSON, "You are not asked to observe a lesson of this id.")
OTHER_LESSON = Rejection(Code.UNKNOWN_LESSON, "This record belongs to another lesson.")
NO_PLACE = Rejection(Code.UNKNOWN_LESSON, "You do not observe this teacher or class here.")
NO_RUBRIC = Rejection(Code.UNKNOWN_RUBRIC, "No published rubric has this address.")
OTHER_KIND = Rejection(Code.BAD_VALUE, "This rubric is made for another kind of lesson.")
GONE = Rejection(Code.WITHDRAWN, "You withdrew your record of this lesson.")


def open_record(sending: Sending, record: Held, operation: Operation) -> Verdict:
    """Begin the record of the lesson that an `open` names."""
    told = cast(Opening, read_opening(operation.value))
    lesson = joined.find(sending.session, told.lesson_id)
    if record.lesson_id is not None:
        return _known(sending, record, operation, lesson, told)
    if lesson is not None:
        return _second_id(sending, record, operation, lesson)
    fault = _misplaced(sending, told.unplanned) if told.unplanned else NO_LESSON
    if fault or told.unplanned is None:
        return reject(sending, operation, fault or NO_LESSON)
    return _unplanned(sending, record, operation, told, told.unplanned)


def arrive(sending: Sending, record: Held) -> None:
    """Something came for a planned record whose `open` has not: it waits, and its pair is under way."""
    if record.state == RecordState.PLANNED:
        move(sending, record, RecordState.WAITING)


def close(sending: Sending, record: Held) -> None:
    """Seal a record as it stands."""
    history.wrote(
        sending.session, "record sealed", "observation", record.id, by=sending.by, at=sending.at
    )
    move(sending, record, RecordState.SEALED)


def _known(
    sending: Sending, record: Held, operation: Operation, lesson: Lesson | None, told: Opening
) -> Verdict:
    """The `open` of a record that the server made, or that was opened before."""
    if lesson is None or lesson.id != record.lesson_id:
        return reject(sending, operation, OTHER_LESSON)
    if record.state == RecordState.SEALED:
        return keep(sending, record, operation, Status.LATE)
    kept = keep(sending, record, operation)
    begins = _begin(sending, record)
    if told.pair_code:
        _give_code(sending, told.lesson_id, told.pair_code)
    if begins:
        _close_if_sealed_before(sending, record)
    return replace(kept, same_as=record.id) if record.id != operation.observation_id else kept


def _begin(sending: Sending, record: Held) -> bool:
    """Start a record that has not begun; whether it had not."""
    if record.state not in BEFORE:
        return False
    history.wrote(
        sending.session, "record begun", "observation", record.id, by=sending.by, at=sending.at
    )
    move(sending, record, RecordState.DRAFT, begun_at=sending.at)
    return True


def _close_if_sealed_before(sending: Sending, record: Held) -> None:
    """A seal that came before its `open` closes the record if it still fits."""
    came = operations.counted(sending.session, record.id)
    stated = [each.value["state_hash"] for each in came if each.kind == Kind.SEAL]
    if stated and stated[-1] == standing(sending, record).state_hash:
        close(sending, record)


def _second_id(sending: Sending, record: Held, operation: Operation, lesson: Lesson) -> Verdict:
    """A second observation id for a lesson and its observer is folded into the first."""
    first_id = records.of_observer(sending.session, lesson.id, sending.person.id)
    if first_id is None:
        return _taken_out(sending, operation, lesson)
    first = record_of(sending, first_id)
    if first.state == RecordState.WITHDRAWN:
        return reject(sending, operation, GONE)
    _fold_into(sending, record.id, first)
    kept = keep(sending, first, operation)
    if _begin(sending, first):
        _close_if_sealed_before(sending, first)
    return replace(kept, same_as=first.id)


def _taken_out(sending: Sending, operation: Operation, lesson: Lesson) -> Verdict:
    """Whoever was taken out of a lesson, but had begun without network, keeps the record."""
    told, session = cast(Opening, read_opening(operation.value)), sending.session
    place = {"named": told.lesson_id, "lesson_id": lesson.id}
    kept_id = seats.give_back(session, sending.person.id, **place)
    if kept_id is None:
        return reject(sending, operation, NO_LESSON)
    sending.records.pop(kept_id, None)
    save(record_of(sending, kept_id), operations.counted(session, kept_id))
    return open_record(sending, record_of(sending, operation.observation_id), operation)


def _fold_into(sending: Sending, second_id: UUID, first: Held) -> None:
    """What was held under the second id joins the record, unless that is sealed: then it is late."""
    joins = first.state != RecordState.SEALED
    records.add_alias(sending.session, second_id, first.id)
    moved = operations.move(sending.session, second_id, first.id, counts=joins)
    sending.records[second_id] = first
    save(first, moved if joins else [])


def _unplanned(
    sending: Sending, record: Held, operation: Operation, told: Opening, lesson: Unplanned
) -> Verdict:
    """A lesson that was made in the classroom, with the record of whoever made it."""
    _make_lesson(sending, told.lesson_id, lesson)
    _make_observation(sending, record.id, told.lesson_id, lesson.school_id)
    save(record, operations.counted(sending.session, record.id))
    record.lesson_id = told.lesson_id
    kept = keep(sending, record, operation)
    _begin(sending, record)
    if told.pair_code:
        _give_code(sending, told.lesson_id, told.pair_code)
    _close_if_sealed_before(sending, record)
    return kept


def _give_code(sending: Sending, lesson_id: UUID, code: str) -> None:
    pair_codes.give(sending.session, lesson_id, code, by=sending.by, at=sending.at)


def _make_lesson(sending: Sending, lesson_id: UUID, told: Unplanned) -> None:
    session = sending.session
    session.add(
        Lesson(
            id=lesson_id,
            kind=told.kind,
            school_id=told.school_id,
            team_id=staff.team_of(session, told.teacher_id, told.school_id),
            teacher_id=told.teacher_id,
            class_id=told.class_id,
            starts_at=told.starts_at,
            rubric_digest=told.rubric,
            planned_by=sending.person.id,
            planned_at=sending.at,
        )
    )
    session.flush()
    history.wrote(session, "lesson not planned", "lesson", lesson_id, by=sending.by, at=sending.at)


def _make_observation(
    sending: Sending, observation_id: UUID, lesson_id: UUID, school_id: UUID
) -> None:
    row = Observation(
        network_id=sending.session.network_id,
        id=observation_id,
        lesson_id=lesson_id,
        observer_id=sending.person.id,
        capacity=capacity_in(sending.person, school_id),
        state=RecordState.WAITING,
    )
    sending.session.add(row)
    sending.session.flush()


def _misplaced(sending: Sending, told: Unplanned) -> Judgement:
    """Why somebody may not observe this lesson: where, whom, which class, by which rubric."""
    rubric = rubric_of(sending, told.rubric)
    if rubric is None:
        return NO_RUBRIC
    if rubric.kind != told.kind:
        return OTHER_KIND
    here = told.school_id in sending.person.schools(*OBSERVERS)
    return None if here and _taught_here(sending, told) else NO_PLACE


def _taught_here(sending: Sending, told: Unplanned) -> bool:
    """Whether this teacher, in one's own team for a leader, and this class are of the school."""
    person, session = sending.person, sending.session
    whole = told.school_id in person.schools(*WHOLE_SCHOOL)
    teams = None if whole else person.teams(RoleKind.LEADER)
    known = told.class_id is None or staff.has_class(session, told.school_id, told.class_id)
    taught = staff.teaches(session, told.teacher_id, told.school_id, teams=teams)
    return known and taught and told.teacher_id != person.id
