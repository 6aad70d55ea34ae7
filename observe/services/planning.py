"""Planning a lesson with its observers, changing it, and cancelling it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.ids import new_id
from observe.core.lesson import Lesson, capacity_in
from observe.core.permissions import OBSERVERS, WHOLE_SCHOOL, Person, RoleKind
from observe.core.time_of_day import clock
from observe.storage import history, lessons, people, reminders, rubrics, staff
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published
from observe.storage.staff import Named, Place
from observe.storage.tables import lessons as tables

OBSERVER_FIELDS = ("observer", "partner", "third")
LONGEST_TEXT = 120
SEALED = "A record of this lesson is sealed, so the lesson can no longer be changed."
CANCELLED = "This lesson was cancelled."
CHANGED_MEANWHILE = "Somebody changed this lesson after you opened it. Look at it again first."

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for: the lesson, and who observes it with the first of them first."""

    teacher_id: UUID
    class_id: UUID | None
    school_subject: str
    starts_at: datetime
    minutes: int
    room: str
    rubric_digest: str
    observer_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a lesson at one school."""

    school: Place
    teachers: list[Named]
    classes: list[Named]
    rubrics: list[Published]
    observers: list[Named]
    visitors: list[Named]


def schools(session: NetworkSession, *, by: Person) -> list[Place]:
    """The schools at which somebody plans lessons: all for a facilitator, else where they observe."""
    if by.has(RoleKind.FACILITATOR):
        return staff.schools(session)
    return staff.schools(session, by.schools(*OBSERVERS))


def choices(session: NetworkSession, school_id: UUID, *, by: Person) -> Choices:
    """What this person can choose at this school; Missing where they plan nothing there."""
    school = next((s for s in schools(session, by=by) if s.id == school_id), None)
    if school is None:
        raise Missing("You do not plan lessons at that school.")
    return _choices(session, school, staff.teachers(session, school_id, teams=_teams(by, school)))


def choices_for_change(session: NetworkSession, lesson: Lesson) -> Choices:
    """What a planned lesson can become; it stays at its school."""
    (school,) = staff.schools(session, [lesson.school_id])
    return _choices(session, school, staff.teachers(session, school.id))


def usual_rubric(session: NetworkSession, offered: Choices) -> str:
    """The rubric of the school's latest lesson if it is still offered, else a graded lesson rubric."""
    latest = reminders.rubric_in_use(session, offered.school.id)
    digests = [version.digest for version in offered.rubrics]
    if latest in digests:
        return latest
    graded = [each.digest for each in offered.rubrics if each.graded and each.kind == "lesson"]
    return next(iter(graded or digests), "")


def faults(
    session: NetworkSession, offered: Choices, wish: Wish, *, at: datetime
) -> dict[str, str]:
    """What stands against a new lesson: a sentence by field, empty when nothing does."""
    found = chain(
        _lesson_faults(offered, wish),
        _time_faults(offered, wish, at),
        _observer_faults(offered, wish),
        _bookings(session, offered, wish),
    )
    return _first_of_each(found)


def plan(
    session: NetworkSession, offered: Choices, wish: Wish, *, by: Person, at: datetime
) -> UUID:
    """Plan a lesson; each observer gets an empty record, and two or more are a pair."""
    _none(faults(session, offered, wish, at=at))
    lesson_id = new_id(at)
    session.add(_new_lesson(session, offered, wish, lesson_id, by=by, at=at))
    session.flush()
    for observer_id in wish.observer_ids:
        session.add(_new_observation(session, lesson_id, observer_id, offered.school.id, at=at))
    if len(wish.observer_ids) > 1:
        session.add(tables.Pair(lesson_id=lesson_id))
    history.wrote(session, lessons.PLANNED, "lesson", lesson_id, by=by.id, at=at)
    return lesson_id


def faults_of_change(
    session: NetworkSession, lesson: Lesson, wish: Wish, *, at: datetime
) -> dict[str, str]:
    """What stands against changing a lesson to this; its observers stay."""
    offered = choices_for_change(session, lesson)
    moved = (wish.starts_at, wish.minutes) != (lesson.starts_at, lesson.minutes)
    watching = tuple(seat.person_id for seat in lesson.observers)
    found = chain(
        _lesson_faults(offered, wish, now=lesson),
        _time_faults(offered, wish, at) if moved else (),
        [("teacher", "Nobody observes themselves.")] if wish.teacher_id in watching else (),
        _bookings(session, offered, wish, watching=watching, but=lesson.id),
    )
    return _first_of_each(found)


def change(
    session: NetworkSession,
    lesson_id: UUID,
    wish: Wish,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Change a lesson that nobody has sealed; Stale if it was changed after `revision`."""
    lesson = lessons.find(session, lesson_id)
    open_to_change(lesson)
    if lesson.revision != revision:
        raise Stale(CHANGED_MEANWHILE)
    _none(faults_of_change(session, lesson, wish, at=at))
    row = lessons.row(session, lesson_id)
    _take(session, row, wish, kind=_kind(session, wish))
    row.revision += 1
    session.flush()
    changes = _changes(lesson, lessons.find(session, lesson_id))
    history.wrote(session, lessons.CHANGED, "lesson", lesson_id, by=by.id, at=at, changes=changes)


def cancel(
    session: NetworkSession, lesson_id: UUID, reason: str, *, by: Person, at: datetime
) -> None:
    """Cancel a lesson that nobody has sealed; doing it twice changes nothing."""
    lesson = lessons.find(session, lesson_id)
    if lesson.cancelled_at:
        return
    open_to_change(lesson)
    said = reason.strip()[:500]
    if not said:
        raise Invalid("Say why the lesson is cancelled; the other observers will read it.")
    row = lessons.row(session, lesson_id)
    row.cancelled_at, row.cancel_reason, row.revision = at, said, row.revision + 1
    if pair := session.get(tables.Pair, (session.network_id, lesson_id)):
        session.delete(pair)
    history.wrote(session, lessons.CANCELLED, "lesson", lesson_id, by=by.id, at=at, reason=said)


def _teams(by: Person, school: Place) -> frozenset[UUID] | None:
    """The teams to which a leader is held; None for whoever plans for the whole school."""
    if by.has(RoleKind.FACILITATOR) or school.id in by.schools(*WHOLE_SCHOOL):
        return None
    return by.teams(RoleKind.LEADER)


def _choices(session: NetworkSession, school: Place, teachers: list[Named]) -> Choices:
    observers = staff.observers_at(session, school.id)
    return Choices(
        school=school,
        teachers=teachers,
        classes=staff.classes(session, school.id),
        rubrics=rubrics.offered(session),
        observers=observers,
        visitors=staff.visitors(session, but=[each.id for each in observers]),
    )


def _lesson_faults(offered: Choices, wish: Wish, now: Lesson | None = None) -> Iterator[Fault]:
    """Choices that are not offered, save those that the lesson has `now`."""
    teachers = {teacher.id for teacher in offered.teachers} | {now and now.teacher_id}
    if wish.teacher_id not in teachers:
        yield "teacher", "Choose a teacher of this school."
    if wish.class_id and wish.class_id not in {each.id for each in offered.classes}:
        yield "class", "Choose a class of this school, or none."
    published = {version.digest for version in offered.rubrics} | {now and now.rubric_digest}
    if wish.rubric_digest not in published:
        yield "rubric", "Choose a rubric; a newer version may have been published meanwhile."
    if not wish.class_id and not wish.school_subject:
        yield "subject", "Say what is taught, or choose the class."
    for field, text in (("subject", wish.school_subject), ("room", wish.room)):
        if len(text) > LONGEST_TEXT:
            yield field, f"Keep this under {LONGEST_TEXT} letters."


def _time_faults(offered: Choices, wish: Wish, at: datetime) -> Iterator[Fault]:
    zone = ZoneInfo(offered.school.zone)
    day, today = wish.starts_at.astimezone(zone).date(), at.astimezone(zone).date()
    if day < today:
        yield "date", "This day is past. Choose today or a day to come."
    if day > today + timedelta(days=400):
        yield "date", "This is more than a year ahead. Choose a nearer day."
    if not 5 <= wish.minutes <= 300:
        yield "minutes", "A lesson lasts between 5 and 300 minutes."


def _observer_faults(offered: Choices, wish: Wish) -> Iterator[Fault]:
    known = {each.id for each in [*offered.observers, *offered.visitors]}
    if not wish.observer_ids:
        yield "observer", "Choose who observes."
    chosen = list(zip(OBSERVER_FIELDS, wish.observer_ids, strict=False))
    for place, (field, observer_id) in enumerate(chosen):
        if observer_id == wish.teacher_id:
            yield field, "Nobody observes themselves. Choose somebody else."
        elif observer_id not in known:
            yield field, "This person does not observe in this network."
        elif observer_id in wish.observer_ids[:place]:
            yield field, "This person is chosen twice."


def _bookings(
    session: NetworkSession,
    offered: Choices,
    wish: Wish,
    *,
    watching: tuple[UUID, ...] = (),
    but: UUID | None = None,
) -> Iterator[Fault]:
    """Observers who observe another lesson at the time; a change says so beside the time."""
    ends_at = wish.starts_at + timedelta(minutes=wish.minutes)
    observers = watching or wish.observer_ids
    fields = ("time",) * len(watching) or OBSERVER_FIELDS
    found = lessons.booked(session, observers, wish.starts_at, ends_at, but=but)
    for field, observer_id in zip(fields, observers, strict=False):
        if observer_id in found:
            yield field, _booked(found[observer_id], observer_id, ZoneInfo(offered.school.zone))


def _booked(lesson: Lesson, observer_id: UUID, zone: ZoneInfo) -> str:
    """The other lesson's time and nothing else: it may be at a school this person does not see."""
    seat = lesson.seat_of(observer_id)
    starts, ends = lesson.starts_at.astimezone(zone), lesson.ends_at.astimezone(zone)
    name = seat.name if seat else "This observer"
    times = f"from {clock(starts.time())} to {clock(ends.time())}"
    return f"{name} already observes another lesson {times} that day."


def _first_of_each(found: Iterator[Fault]) -> dict[str, str]:
    """The first sentence for each field, in the order found."""
    sentences: dict[str, str] = {}
    for field, sentence in found:
        sentences.setdefault(field, sentence)
    return sentences


def _none(found: dict[str, str]) -> None:
    if found:
        raise Invalid(next(iter(found.values())))


def open_to_change(lesson: Lesson) -> None:
    """Conflict for a lesson that was cancelled or of which a record is sealed."""
    if lesson.cancelled_at:
        raise Conflict(CANCELLED)
    if lesson.fixed:
        raise Conflict(SEALED)


def _new_lesson(
    session: NetworkSession,
    offered: Choices,
    wish: Wish,
    lesson_id: UUID,
    *,
    by: Person,
    at: datetime,
) -> tables.Lesson:
    row = tables.Lesson(id=lesson_id, school_id=offered.school.id, planned_by=by.id, planned_at=at)
    _take(session, row, wish, kind=_kind(session, wish))
    return row


def _take(session: NetworkSession, row: tables.Lesson, wish: Wish, *, kind: str) -> None:
    """Give a lesson what was wished for; its team is always the teacher's."""
    row.teacher_id = wish.teacher_id
    row.team_id = staff.team_of(session, wish.teacher_id, row.school_id)
    row.class_id = wish.class_id
    row.school_subject = wish.school_subject
    row.starts_at = wish.starts_at
    row.minutes = wish.minutes
    row.room = wish.room
    row.rubric_digest = wish.rubric_digest
    row.kind = kind


def _kind(session: NetworkSession, wish: Wish) -> str:
    """What is observed follows from the rubric."""
    return rubrics.row(session, wish.rubric_digest).kind


def _new_observation(
    session: NetworkSession, lesson_id: UUID, observer_id: UUID, school_id: UUID, *, at: datetime
) -> tables.Observation:
    observer = people.find(session, observer_id)
    if observer is None:
        raise Missing("This observer has left.")
    return tables.Observation(
        id=new_id(at),
        lesson_id=lesson_id,
        observer_id=observer_id,
        capacity=capacity_in(observer, school_id),
    )


def _changes(before: Lesson, after: Lesson) -> dict[str, list[str]]:
    """What became of what, in words, by field."""
    said = {
        "teacher": (before.teacher, after.teacher),
        "class": (before.class_name, after.class_name),
        "subject": (before.school_subject, after.school_subject),
        "time": (before.starts_at.isoformat(), after.starts_at.isoformat()),
        "minutes": (str(before.minutes), str(after.minutes)),
        "room": (before.room, after.room),
        "rubric": (before.rubric_title, after.rubric_title),
    }
    return {field: [was, is_] for field, (was, is_) in said.items() if was != is_}
