"""What an observer does at a tablet; the hidden record says something else in the other world."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from observe.services import planning
from observe.services.lesson_wish import Wish
from observe.storage import lessons
from tests.factories import NOW
from tests.model import Device
from tests.twins import Day

OPENLY, PRIVATELY = "HERON", "KESTREL"
RATED = ("relationships", "routines", "questioning")
OTHER_LEVEL = {1: 4, 2: 3, 3: 1, 4: 2, "not_seen": 2}
MOST = 200
CODE = "BCDFGH"


def mark(kind: str, who: str) -> str:
    """A word that stands in this person's notes and nowhere else."""
    return f"{kind}OF{who.upper()}"


def told(day: Day, device: Device) -> object:
    """All that the server told this tablet; of the hidden record that is its author's own affair."""
    hidden = device.sender.name == day.hidden
    return () if hidden else device.sender.answers


def send(day: Day, device: Device, kind: str, field: str | None, value: object) -> object:
    """One thing that an observer does, which goes to the server at once."""
    device.write(kind, field, value)
    return go(day, device)


def go(day: Day, device: Device) -> object:
    """What waits on the tablet goes to the server."""
    device.send(device.waiting[:MOST])
    return told(day, device)


def begin(day: Day, device: Device, lesson_id: UUID) -> object:
    """Start the record of a planned lesson."""
    return send(day, device, "open", None, {"lesson_id": str(lesson_id)})


def begin_apart(
    day: Day, device: Device, lesson_id: UUID, *, letters: bool, teacher: str = "Catrin"
) -> object:
    """Start the record of a lesson that nobody planned, and perhaps with letters for a partner."""
    return send(day, device, "open", None, unplanned(day, lesson_id, teacher, letters=letters))


def unplanned(day: Day, lesson_id: UUID, teacher: str, *, letters: bool) -> Mapping[str, object]:
    """A lesson as a tablet makes it."""
    person = day.school[teacher]
    lesson = {
        "lesson_id": str(lesson_id),
        "kind": "lesson",
        "school": str(day.school.school_id),
        "teacher": {"id": str(person.id), "name": person.name},
        "class": None,
        "starts_at": NOW.isoformat(),
        "rubric": day.school.rubrics["teaching-framework"],
    }
    return {"lesson": lesson, "pair_code": CODE if letters else None}


def note(day: Day, device: Device, name: str, words: str, *, private: bool) -> object:
    """A tagged note; in the other world it is longer, about something else, and there are two."""
    else_ = day.says_else(device.sender.name)
    _write(device, name, f"{words} at the window{' and something else' * else_}", private=private)
    device.write("set", f"note/{name}/criteria", [RATED[else_]])
    device.write("set", f"note/{name}/mark", "-" if else_ else "+")
    if else_:
        _write(device, f"{name}-2", f"{words} once more", private=private)
    return go(day, device)


def _write(device: Device, name: str, words: str, *, private: bool) -> None:
    device.write("set", f"note/{name}/private", private)
    device.write("set", f"note/{name}/text", words)


def rate(day: Day, device: Device, what: str, level: int | str, target: UUID) -> object:
    """A level; in the other world another, one criterion more, and another answer about a target."""
    else_ = day.says_else(device.sender.name)
    if else_:
        send(day, device, "set", "rating/checking/whole", 2)
    send(day, device, "set", f"target/{target}", "not_yet" if else_ else "seen")
    return send(day, device, "set", f"rating/{what}/whole", OTHER_LEVEL[level] if else_ else level)


def seal(day: Day, device: Device) -> object:
    """The record is closed as this tablet knows it."""
    device.fetch()
    device.seal()
    return go(day, device)


def change(day: Day, lesson_id: UUID, observers: Sequence[str], room: str) -> None:
    """The leader plans a lesson anew: other observers, another room."""
    with day.database.write(day.school.network_id) as session:
        found = lessons.find(session, lesson_id)
        wish = Wish(
            teacher_id=found.teacher_id,
            class_id=found.class_id,
            school_subject=found.school_subject or "Maths",
            starts_at=found.starts_at,
            minutes=found.minutes,
            room=room,
            rubric_digest=found.rubric_digest,
            observer_ids=tuple(day.school[name].id for name in observers),
        )
        by, at = day.school["Helen"], day.clock.at
        planning.change(session, found.id, wish, revision=found.revision, by=by, at=at)
