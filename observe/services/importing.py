"""Records that were made elsewhere: read whole, kept whole as sealed ones, and never twice."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.canonical import canonical
from observe.core.errors import Missing
from observe.core.fold import fold, state_hash
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.observation import Capacity
from observe.core.operations import Kind, Operation
from observe.core.pairing import LeftOut, PairState
from observe.core.rubric import Rubric
from observe.core.rubric_json import from_json, rubric_digest
from observe.services import importing_rubric, revealing, rubrics
from observe.services.importing_people import Register
from observe.services.importing_table import LessonRead, RecordRead, read_lessons
from observe.services.ratings_table import Fault, refuse
from observe.storage import history, lessons, pairs, records
from observe.storage import rubrics as published
from observe.storage.database import NetworkSession
from observe.storage.records import WholeRecord
from observe.storage.rows import Rows
from observe.storage.tables import lessons as tables

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NINE = time(9)
AT_ONCE = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; all noughts the second time."""

    lessons: int
    records: int
    ratings: int
    schools: int
    people: int
    drafted: str | None
    left_out: bool
    counted_now: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One record of the file with the ids that it has here, the same whenever the file comes."""

    lesson: LessonRead
    record: RecordRead
    lesson_id: UUID
    record_id: UUID
    school_id: UUID
    person_id: UUID
    capacity: Capacity
    values: Mapping[str, Any]

    @property
    def observed_on(self) -> date | None:
        """The day of this record, else that of the lesson."""
        return self.record.observed_on or self.lesson.on


@dataclass(frozen=True, slots=True)
class Known:
    """The rubric that is used, whether the records were made blind, and when they are imported."""

    rubric: Rubric
    digest: str
    blind: bool
    at: datetime


def import_ratings(
    session: NetworkSession,
    path: Path,
    *,
    rubric: str,
    draft: bool,
    blind: bool,
    at: datetime,
) -> Imported:
    """Keep every record of a file as a sealed one; Invalid with every fault, and then nothing is kept.

    What is not known to be blind is kept and left out of the figures, until the same file comes as blind.
    """
    read, faults = read_lessons(path)
    found = _published(session, rubric)
    register = Register(session, at)
    faults += [*_ratings_at_fault(found, read, draft=draft), *register.faults(read)]
    refuse(path, faults)
    used, drafted = (found, None) if found else _drafted(session, path, rubric, read, draft, at)
    known = Known(used, rubric_digest(used), blind, at)
    seats = list(_seats(session, known, register, read))
    here = _here(session, seats)
    refuse(path, [fault for seat in seats if (fault := _otherwise(seat, here))])
    fresh = [seat for seat in seats if seat.record_id not in here]
    new_lessons = _keep(session, known, register, fresh)
    now_blind = _reveal(session, known, seats, {seat.lesson_id for seat in fresh})
    done = Imported(
        lessons=len(new_lessons),
        records=len(fresh),
        ratings=sum(len(seat.values) for seat in fresh),
        schools=register.made["school"],
        people=register.made["person"],
        drafted=drafted,
        left_out=not blind,
        counted_now=now_blind,
    )
    if fresh or now_blind:
        _write_history(session, path, known, done)
    return done


def _published(session: NetworkSession, key: str) -> Rubric | None:
    """The newest version of a rubric."""
    found = published.newest(session, key)
    return from_json(found.body) if found else None


def _ratings_at_fault(
    rubric: Rubric | None, read: Sequence[LessonRead], *, draft: bool
) -> Iterator[Fault]:
    """What stands against the ratings of a file, in a rubric or in the one to be drafted."""
    if rubric:
        yield from importing_rubric.misfits(rubric, read)
    elif draft:
        yield from importing_rubric.no_levels(read)


def _drafted(
    session: NetworkSession,
    path: Path,
    key: str,
    read: Sequence[LessonRead],
    draft: bool,
    at: datetime,
) -> tuple[Rubric, str]:
    """A rubric drafted from the file, with its title; Missing unless it was asked for."""
    if not draft:
        raise Missing(
            f"There is no rubric {key} here. Publish it first, or add --draft-rubric to make a "
            "bare one from the codes and levels of the file."
        )
    made = importing_rubric.draft(path, key, read)
    rubrics.publish(session, made, by=None, at=at)
    session.flush()
    return made, made.title


def _seats(
    session: NetworkSession, known: Known, register: Register, read: Iterable[LessonRead]
) -> Iterator[Seat]:
    for lesson in read:
        school_id = register.school(lesson.school)
        named = (session.network_id, known.rubric.rubric, school_id, lesson.lesson)
        lesson_id = _lasting_id(*named)
        for record in lesson.records.values():
            observer = register.observer(record.observer)
            yield Seat(
                lesson=lesson,
                record=record,
                lesson_id=lesson_id,
                record_id=_lasting_id(lesson_id, observer.id),
                school_id=school_id,
                person_id=observer.id,
                capacity=register.capacity(record, observer, school_id),
                values=importing_rubric.values(known.rubric, lesson, record.observer),
            )


def _lasting_id(*parts: object) -> UUID:
    """An id that the same names have each time, so that a file can come twice."""
    named = int.from_bytes(hashlib.sha256("\n".join(map(str, parts)).encode()).digest())
    return new_id(BEGINNING, lambda bits: (named >> bits) & (1 << bits) - 1)


def _here(session: NetworkSession, seats: Sequence[Seat]) -> dict[UUID, dict[str, str]]:
    """What those of the records hold that were imported before."""
    found: dict[UUID, dict[str, str]] = {}
    for some in _chunks(seats):
        found |= records.values_of(session, [seat.record_id for seat in some])
    return {record_id: values for record_id, values in found.items() if values}


def _otherwise(seat: Seat, here: Mapping[UUID, Mapping[str, str]]) -> Fault | None:
    """A record that was imported with other ratings than the file has now."""
    held = here.get(seat.record_id)
    given = {name: canonical(value).decode() for name, value in seat.values.items()}
    if held is None or held == given:
        return None
    what = f"{seat.record.observer}'s record of this lesson was imported before with other ratings"
    return Fault(seat.record.line, f"{what}, and a sealed record does not change")


def _keep(
    session: NetworkSession, known: Known, register: Register, fresh: Sequence[Seat]
) -> set[UUID]:
    """Write what is not here yet; the lessons that are new."""
    there = _lessons_there(session, fresh)
    new = {seat.lesson_id: seat for seat in fresh if seat.lesson_id not in there}
    rows = Rows()
    for seat in new.values():
        rows.add("lesson", **_lesson_row(seat, known, register))
    for seat in fresh:
        rows.add(
            "observation",
            id=seat.record_id,
            lesson_id=seat.lesson_id,
            observer_id=seat.person_id,
            capacity=seat.capacity,
        )
    register.rows.write(session)
    rows.write(session)
    records.keep_whole(session, [_whole(seat, known, register) for seat in fresh])
    return set(new)


def _lessons_there(session: NetworkSession, seats: Sequence[Seat]) -> set[UUID]:
    found: set[UUID] = set()
    for some in _chunks(seats):
        found |= lessons.known(session, {seat.lesson_id for seat in some})
    return found


def _lesson_row(seat: Seat, known: Known, register: Register) -> dict[str, Any]:
    return {
        "id": seat.lesson_id,
        "kind": known.rubric.kind.value,
        "school_id": seat.school_id,
        "teacher_id": register.teacher(seat.school_id, seat.lesson.teacher),
        "school_subject": seat.lesson.lesson,
        "starts_at": _nine(seat.lesson.on, register.zones[seat.school_id]),
        "rubric_digest": known.digest,
        "planned_at": known.at,
        "imported": True,
    }


def _nine(day: date | None, zone: str) -> datetime:
    """Nine in the morning of a day: a file says the day and no hour."""
    return datetime.combine(day or BEGINNING.date(), NINE, ZoneInfo(zone))


def _whole(seat: Seat, known: Known, register: Register) -> WholeRecord:
    """The record as operations, as a tablet would have sent it."""
    at = _nine(seat.observed_on, register.zones[seat.school_id])
    steps: list[tuple[Kind, str | None, Any]] = [
        (Kind.OPEN, None, {"lesson_id": str(seat.lesson_id)}),
        *((Kind.SET, name, value) for name, value in seat.values.items()),
    ]
    made = [_operation(seat, known, at, number, *step) for number, step in enumerate(steps, 1)]
    hashed = {"state_hash": state_hash(fold(made).values())}
    made.append(_operation(seat, known, at, len(made) + 1, Kind.SEAL, None, hashed))
    return WholeRecord(
        observation_id=seat.record_id,
        observer_id=seat.person_id,
        operations=made,
        begun_at=at,
        sealed_at=at,
        observed_on=seat.record.observed_on,
    )


def _operation(
    seat: Seat, known: Known, at: datetime, number: int, kind: Kind, name: str | None, value: Any
) -> Operation:
    op_id = _lasting_id(seat.record_id, number)
    sent = {
        "op_id": str(op_id),
        "observation_id": str(seat.record_id),
        "device_seq": number,
        "lamport": number,
        "kind": kind.value,
        "value": value,
        "rubric": known.digest,
        "at": at.isoformat(),
    } | ({"field": name} if name else {})
    return Operation(op_id, seat.record_id, number, number, kind, sent, canonical(sent))


def _reveal(
    session: NetworkSession, known: Known, seats: Sequence[Seat], fresh: Collection[UUID]
) -> int:
    """Make pairs of the lessons with new records; how many others are now known to be blind."""
    now_blind = 0
    for some in _chunks(list(dict.fromkeys(seat.lesson_id for seat in seats))):
        for lesson in lessons.by_ids(session, some):
            if len(lesson.observers) > 1 and _pair(session, known, lesson, lesson.id in fresh):
                now_blind += lesson.id not in fresh
                _count(session, lesson)
        session.flush()
    return now_blind


def _pair(session: NetworkSession, known: Known, lesson: Lesson, fresh: bool) -> bool:
    """Bring the pair of a lesson to what is known of it now; whether its rows are to be counted anew."""
    pair = session.get(tables.Pair, (session.network_id, lesson.id))
    if pair is None:
        session.add(_closed_pair(lesson.id, known))
        session.flush()
        return True
    before = pair.blind
    pair.blind = (before and known.blind) if fresh else (before or known.blind)
    return fresh or pair.blind != before


def _closed_pair(lesson_id: UUID, known: Known) -> tables.Pair:
    """Nobody has to talk about records that were made elsewhere, so the pair is closed."""
    return tables.Pair(
        lesson_id=lesson_id,
        state=PairState.CLOSED,
        blind=known.blind,
        revealed_at=known.at,
        closed_at=known.at,
    )


def _count(session: NetworkSession, lesson: Lesson) -> None:
    """Write the rows of a lesson from which the figures are counted."""
    blind = pairs.find(session, lesson.id).blind
    left_out = None if blind else LeftOut.UNSEALED_IMPORT
    revealing.write_rows(session, lesson, left_out=left_out)


def _write_history(session: NetworkSession, path: Path, known: Known, done: Imported) -> None:
    history.wrote(
        session,
        "ratings imported",
        "rubric",
        known.digest,
        by=None,
        at=known.at,
        file=path.name,
        blind=known.blind,
        lessons=done.lessons,
        records=done.records,
    )


def _chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))
