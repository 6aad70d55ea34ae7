"""What each observer of a lesson noted and rated, as a talk lays it on the table."""

from collections.abc import Sequence

from observe.core.comparing import Script
from observe.core.lesson import Lesson
from observe.core.observation import Observer
from observe.storage import pairs, records
from observe.storage.database import NetworkSession


def scripts_of(session: NetworkSession, lesson: Lesson) -> Sequence[Script]:
    """The scripts of all who take part, heads first; only for records that are open."""
    times = pairs.times(session, lesson.id)
    scripts = [
        Script(
            Observer(seat.person_id, seat.name, seat.capacity),
            times[seat.observation_id].begun_at or lesson.starts_at,
            records.read(session, seat.observation_id),
            times[seat.observation_id].shift_minutes,
        )
        for seat in lesson.observers
    ]
    return sorted(scripts, key=lambda script: script.observer.place)
