"""Taking back a wrong join: two lessons that were never one are two again, while neither was opened.

Nothing is opened by it. Whoever had sealed is alone with a sealed record again, which nobody can join
but they themselves; whoever had not goes on writing.
"""

from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Refused
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.services import revealing
from observe.storage import history, joined, lessons, pairs, records
from observe.storage.database import NetworkSession
from observe.storage.joined import Join

STAYS = (
    "This cannot be taken back any more: the records lie open, the summary has been worked on, "
    "or others have come or gone meanwhile."
)


def wrong_join(session: NetworkSession, lesson: Lesson) -> Join | None:
    """The join of a lesson that can still be taken back: nothing opened, and only those two in it.

    Not one that two tablets made with the same letters, for these would make it again.
    """
    last = joined.last_join(session, lesson.id)
    if last is None or lesson.cancelled_at or joined.is_revealed(session, [lesson.id]):
        return None
    records_of = {seat.observation_id for seat in lesson.observers}
    only_two = len(records_of) == len(lesson.seats) == 2 and last.moved in records_of
    free = not joined.is_written_up(session, [lesson.id])
    return last if only_two and free and joined.is_by_hand(session, last) else None


def own_of(last: Join, lesson: Lesson, person: Person) -> UUID | None:
    """Which of the two lessons is somebody's own once they are two again; None for who observes neither."""
    mine = lesson.seat_of(person.id)
    if mine is None:
        return None
    return last.goes if mine.observation_id == last.moved else last.stays


def separate(session: NetworkSession, lesson_id: UUID, *, by: Person, at: datetime) -> UUID:
    """Make two lessons again of two that were joined by mistake; the id of one's own.

    Doing it twice does no harm. Conflict once anybody has gone on.
    """
    records.lock_lessons(session, schools=(), observations=(), lessons=[lesson_id])
    lesson = lessons.find(session, pairs.joined(session, lesson_id))
    last = wrong_join(session, lesson)
    if last is None:
        return _own_again(session, lesson, by)
    own = own_of(last, lesson, by)
    if own is None:
        raise Refused("Only an observer of this lesson can make two of it again.")
    _part(session, last, by=by, at=at)
    return own


def _part(session: NetworkSession, last: Join, *, by: Person, at: datetime) -> None:
    joined.unfold(session, last)
    told = {"stays": str(last.stays), "goes": str(last.goes)}
    for each in (last.stays, last.goes):
        history.wrote(session, lessons.SEPARATED, "lesson", each, by=by.id, at=at, **told)
        revealing.reveal(session, each, at=at)


def _own_again(session: NetworkSession, lesson: Lesson, by: Person) -> UUID:
    """One's own lesson, where the two were made two before; Conflict elsewhere."""
    if lesson.seat_of(by.id) and joined.was_separated(session, lesson.id):
        return lesson.id
    raise Conflict(STAYS)
