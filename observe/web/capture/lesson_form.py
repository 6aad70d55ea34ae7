"""The form of a lesson: what was typed, as typed, and what it says if its shapes are right."""

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.lesson import Lesson
from observe.core.observation import RecordState
from observe.core.permissions import OBSERVERS, Person
from observe.core.typed import id_in, line_in, number_in
from observe.services.lesson_wish import OBSERVER_FIELDS, Wish
from observe.web.words import gettext as _

Typed = Mapping[str, str]
NINE = time(9)


def read_wish(typed: Typed, zone: str) -> tuple[Wish | None, dict[str, str]]:
    """What is wished for, or None and a sentence for each field whose shape is wrong."""
    faults = dict(_faults(typed))
    return (None, faults) if faults else (_wish(typed, ZoneInfo(zone)), {})


def suggestion(by: Person, rubric: str, zone: str, *, at: datetime) -> dict[str, str]:
    """What a new form says: the next school day at nine, this person observing."""
    day = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    observer = str(by.id) if by.has(*OBSERVERS) else ""
    return {
        "date": day.isoformat(),
        "time": "09:00",
        "minutes": "60",
        "rubric": rubric,
        "observer": observer,
    }


def as_typed(lesson: Lesson) -> dict[str, str]:
    """A planned lesson as its form says it."""
    there = lesson.starts_at.astimezone(ZoneInfo(lesson.zone))
    return {
        "teacher": str(lesson.teacher_id),
        "class": str(lesson.class_id or ""),
        "subject": lesson.school_subject,
        "date": there.date().isoformat(),
        "time": f"{there:%H:%M}",
        "minutes": str(lesson.minutes),
        "room": lesson.room,
        "rubric": lesson.rubric_digest,
        "revision": str(lesson.revision),
    } | observers_typed(lesson)


def observers_typed(lesson: Lesson) -> dict[str, str]:
    """Those who observe a lesson now, as its form says it: whoever has begun first."""
    seats = sorted(lesson.observers, key=lambda seat: seat.state == RecordState.PLANNED)
    return {field: str(seat.person_id) for field, seat in zip(OBSERVER_FIELDS, seats, strict=False)}


def with_observers(typed: Typed, lesson: Lesson) -> Typed:
    """What was typed; a form that asks for no observers leaves them as they are."""
    asked = any(field in typed for field in OBSERVER_FIELDS)
    return typed if asked else {**typed, **observers_typed(lesson)}


def _faults(typed: Typed) -> Iterator[tuple[str, str]]:
    if id_in(typed.get("teacher", "")) is None:
        yield "teacher", _("Choose the teacher.")
    if not typed.get("rubric"):
        yield "rubric", _("Choose the rubric.")
    if _moment(typed, ZoneInfo("UTC")) is None:
        yield _wrong_part(typed), _("Give a day and a time, for example 17/11/2026 and 10:05.")
    if number_in(typed.get("minutes", "60")) is None:
        yield "minutes", _("Give the minutes as a whole number, for example 60.")
    for field in OBSERVER_FIELDS:
        if typed.get(field) and id_in(typed[field]) is None:
            yield field, _("Choose a name from the list.")


def _wrong_part(typed: Typed) -> str:
    """Which of day and time could not be read."""
    return "date" if _day(typed) is None else "time"


def _day(typed: Typed) -> date | None:
    """The day, unless it lies at the end of all years, where some zones have no time."""
    try:
        day = datetime.fromisoformat(typed.get("date", "")).date()
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None


def _moment(typed: Typed, zone: ZoneInfo) -> datetime | None:
    day = _day(typed)
    if day is None:
        return None
    try:
        return datetime.combine(day, time.fromisoformat(typed.get("time", "")), zone)
    except ValueError:
        return None


def _wish(typed: Typed, zone: ZoneInfo) -> Wish:
    """The wish in fields whose shapes were found right."""
    chosen = (id_in(typed.get(field, "")) for field in OBSERVER_FIELDS)
    return Wish(
        teacher_id=UUID(typed["teacher"]),
        class_id=id_in(typed.get("class", "")),
        school_subject=line_in(typed.get("subject", "")),
        starts_at=_moment(typed, zone) or datetime.min.replace(tzinfo=zone),
        minutes=number_in(typed.get("minutes", "60")) or 0,
        room=line_in(typed.get("room", "")),
        rubric_digest=typed["rubric"],
        observer_ids=tuple(observer for observer in chosen if observer),
        over_cap=line_in(typed.get("over_cap", "")),
    )
