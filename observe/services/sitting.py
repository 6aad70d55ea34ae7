"""How many books the observers of a scrutiny looked at."""

from uuid import UUID

from observe.core.fold import read_values
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.core.rubric import LessonKind
from observe.core.sitting import sitting_of
from observe.storage import records
from observe.storage.database import NetworkSession


def books(session: NetworkSession, lesson: Lesson, *, by: Person, opened: bool) -> dict[UUID, int]:
    """{observer: books looked at}; only one's own until the records lie open to this person."""
    if lesson.kind != LessonKind.WORK_SAMPLE:
        return {}
    seats = [seat for seat in lesson.observers if opened or seat.person_id == by.id]
    values = records.values_of(session, [seat.observation_id for seat in seats])
    counts = {
        s.person_id: sitting_of(read_values(values[s.observation_id])).books
        for s in seats
        if s.observation_id in values
    }
    return {person: count for person, count in counts.items() if count}
