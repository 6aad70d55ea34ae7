"""Planning a lesson with its observers, changing it, and cancelling it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.permissions import Person, Thing, may
from observe.services import lesson_seats, posting, visit_cap, who_plans
from observe.services.lesson_wish import Choices, Fault, Wish
from observe.storage import history, lessons, reminders, rubrics, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named, Place
from observe.storage.tables import lessons as tables

LONGEST_TEXT = 120
SEALED = "A record of this lesson is sealed, so the lesson can no longer be changed."
CANCELLED = "This lesson was cancelled."
CHANGED_MEANWHILE = "Somebody changed this lesson after you opened it. Look at it again first."


def schools(session: NetworkSession, *, by: Person) -> list[Place]:
    """The schools at which somebody plans lessons."""
    return who_plans.schools(session, by)


def choices(session: NetworkSession, school_id: UUID, *, by: Person) -> Choices:
    """What this person can choose at this school; Missing, and who could, where they plan nothing."""
    school = next((s for s in schools(session, by=by) if s.id == school_id), None)
    if school is None:
        raise Missing(who_plans.not_there(session, school_id))
    teams = who_plans.teams(by, school_id)
    return _choices(session, school, staff.teachers(session, school_id, teams=teams), by=by)


def choices_for_change(session: NetworkSession, lesson: Lesson, *, by: Person) -> Choices:
    """What a planned lesson can become; it stays at its school.

    Its teacher stays for whoever does not plan lessons there, and in their teams for a leader.
    """
    (school,) = staff.schools(session, [lesson.school_id])
    teams = who_plans.teams(by, school.id)
    found = staff.teachers(session, school.id, teams=teams)
    if lesson.teacher_id not in {each.id for each in found}:
        found = [*found, Named(lesson.teacher_id, lesson.teacher)]
    return _choices(session, school, found, by=by)


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
        _lesson_faults(session, offered, wish),
        _time_faults(offered, wish, at),
        lesson_seats.faults(session, offered, wish),
        visit_cap.faults(session, offered, wish),
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
    lesson_seats.settle(session, lessons.find(session, lesson_id), wish.observer_ids, at=at)
    reason = _over_cap(session, offered, wish)
    history.wrote(session, lessons.PLANNED, "lesson", lesson_id, by=by.id, at=at, **reason)
    posting.planned(session, lesson_id, at=at)
    return lesson_id


def faults_of_change(
    session: NetworkSession, lesson: Lesson, wish: Wish, *, by: Person, at: datetime
) -> dict[str, str]:
    """What stands against changing a lesson, and who observes it, to this."""
    offered = choices_for_change(session, lesson, by=by)
    moved = (wish.starts_at, wish.minutes) != (lesson.starts_at, lesson.minutes)
    found = chain(
        _lesson_faults(session, offered, wish, now=lesson),
        _time_faults(offered, wish, at) if moved else (),
        lesson_seats.faults(session, offered, wish, now=lesson),
        visit_cap.faults(session, offered, wish, now=lesson),
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
    _none(faults_of_change(session, lesson, wish, by=by, at=at))
    reason = _over_cap(session, choices_for_change(session, lesson, by=by), wish, now=lesson)
    row = lessons.row(session, lesson_id)
    _take(session, row, wish, kind=_kind(session, wish))
    row.revision += 1
    lesson_seats.settle(session, lesson, wish.observer_ids, at=at)
    after = lessons.find(session, lesson_id)
    details = {"changes": _changes(lesson, after), **reason}
    history.wrote(session, lessons.CHANGED, "lesson", lesson_id, by=by.id, at=at, **details)
    posting.changed(session, lesson, after, at=at)


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
    posting.cancelled(session, lesson_id, at=at)


def _choices(
    session: NetworkSession, school: Place, teachers: list[Named], *, by: Person
) -> Choices:
    observers = staff.observers_at(session, school.id)
    place = Thing(network_id=session.network_id, school_id=school.id)
    return Choices(
        school=school,
        teachers=teachers,
        classes=staff.classes(session, school.id),
        rubrics=rubrics.offered(session),
        observers=observers,
        visitors=staff.visitors(session, but=[each.id for each in observers]),
        may_pass_cap=may(by, "set visit cap", place),
        own_team_only=who_plans.teams(by, school.id) is not None,
    )


def _over_cap(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None = None
) -> dict[str, str]:
    """Why the cap of visits is passed, for the history; nothing where it is not."""
    passed = visit_cap.passed(session, offered, wish, now=now)
    return {"over_cap": wish.over_cap} if passed else {}


def _lesson_faults(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None = None
) -> Iterator[Fault]:
    """Choices that are not offered, save those that the lesson has `now`."""
    if wish.teacher_id not in {teacher.id for teacher in offered.teachers}:
        yield "teacher", who_plans.not_of_team(session, offered.school.id, wish.teacher_id)
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
        "observers": (_names(before), _names(after)),
    }
    return {field: [was, is_] for field, (was, is_) in said.items() if was != is_}


def _names(lesson: Lesson) -> str:
    return ", ".join(seat.name for seat in lesson.observers)
