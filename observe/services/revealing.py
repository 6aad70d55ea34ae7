"""The reveal: when all who remain have sealed, their records are laid side by side and counted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Refused
from observe.core.fold import record_of, state_hash
from observe.core.lesson import Lesson, Seat
from observe.core.observation import Observer, RecordState
from observe.core.pairing import (
    OPEN,
    LeftOut,
    PairState,
    SealedRecord,
    paired_levels,
    state_of,
)
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.core.tapped import counted_in
from observe.services import drafting, posting, target_life
from observe.storage import (
    history,
    joined,
    lessons,
    paired_ratings,
    pairs,
    records,
    seats,
    shelf,
)
from observe.storage.database import NetworkSession
from observe.storage.lessons import EXPECTED, OPENED_EARLY, WAIVED
from observe.storage.paired_ratings import Source
from observe.storage.tables import lessons as tables

GONE_ON = (
    "The others have gone on: their records lie open, or the summary has been worked on. "
    "So this lesson stays as it is."
)


def reveal(session: NetworkSession, lesson_id: UUID, *, at: datetime) -> None:
    """Bring a lesson's pair to the state that its records give it; may be called after any change.

    Two or more sealed records are revealed and counted; one that remains alone makes no pair.
    """
    session.flush()
    pair = pairs.hold(session, lesson_id)
    lesson = lessons.find(session, lesson_id)
    if pair is None or len(lesson.observers) < 2:
        _single(session, lesson, pair, at=at)
    elif pair.state in OPEN:
        _count_again(session, lesson, blind=pair.blind)
    else:
        pair.state = state_of([seat.state for seat in lesson.observers])
        if pair.state == PairState.REVEALED:
            _open(session, lesson, pair, at=at)


def waive(
    session: NetworkSession, lesson_id: UUID, partner_id: UUID, *, by: Person, at: datetime
) -> None:
    """Go on without a partner who has not sealed; Conflict once the records are open."""
    pair = _held(session, lesson_id)
    seat = _waivable(lessons.find(session, lesson_id), partner_id, pair)
    row = session.get_one(tables.Observation, (session.network_id, seat.observation_id))
    row.waived_at = at
    session.flush()
    history.wrote(session, WAIVED, "lesson", lesson_id, by=by.id, at=at, partner=str(partner_id))
    reveal(session, lesson_id, at=at)


def expect_again(
    session: NetworkSession, lesson_id: UUID, partner_id: UUID, *, by: Person, at: datetime
) -> None:
    """Count on a partner after all with whom the others had gone on without; twice does no harm.

    Conflict once records lie open or the summary has been worked on.
    """
    records.lock_lessons(session, schools=(), observations=(), lessons=[lesson_id])
    lesson, pair = lessons.find(session, lesson_id), pairs.hold(session, lesson_id)
    seat = lesson.seat_of(partner_id)
    if seat is None or not seat.waived:
        return
    if (pair and pair.state in OPEN) or joined.is_written_up(session, [lesson_id]):
        raise Conflict(GONE_ON)
    joined.drop_drafts(session, [lesson_id])
    seats.expect_again(session, seat.observation_id)
    if pair is None:
        session.add(tables.Pair(lesson_id=lesson_id))
    history.wrote(session, EXPECTED, "lesson", lesson_id, by=by.id, at=at, partner=str(partner_id))
    reveal(session, lesson_id, at=at)


def _held(session: NetworkSession, lesson_id: UUID) -> tables.Pair:
    """The pair, while no tablet seals a record of this lesson at the same moment."""
    records.lock_lessons(session, schools=(), observations=(), lessons=[lesson_id])
    return pairs.hold(session, lesson_id) or pairs.find(session, lesson_id)


def _waivable(lesson: Lesson, partner_id: UUID, pair: tables.Pair) -> Seat:
    seat = next((seat for seat in lesson.observers if seat.person_id == partner_id), None)
    if seat is None:
        raise Conflict("This person does not observe this lesson any more.")
    if seat.sealed or pair.state in OPEN:
        raise Conflict(f"{seat.name} has sealed a record, so there is nobody to go on without.")
    return seat


def open_early(session: NetworkSession, lesson_id: UUID, *, by: Person, at: datetime) -> None:
    """Seal all records as they stand and open them to their observers, marked as not blind."""
    pair = _held(session, lesson_id)
    lesson = lessons.find(session, lesson_id)
    _may_be_opened(lesson, pair, by)
    for seat in lesson.observers:
        if not seat.sealed:
            _seal_as_it_stands(session, seat, at=at)
    pair.blind = False
    session.flush()
    history.wrote(session, OPENED_EARLY, "lesson", lesson_id, by=by.id, at=at)
    reveal(session, lesson_id, at=at)


def _may_be_opened(lesson: Lesson, pair: tables.Pair, by: Person) -> None:
    if lesson.seat_of(by.id):
        raise Refused("You observe this lesson yourself, so somebody else must open it.")
    if pair.state in OPEN:
        raise Conflict("These records are open already.")
    idle = [seat.name for seat in lesson.observers if seat.state == RecordState.PLANNED]
    if idle:
        raise Conflict(f"{idle[0]} has not begun. Go on without {idle[0]} instead.")


def _seal_as_it_stands(session: NetworkSession, seat: Seat, *, at: datetime) -> None:
    row = session.get_one(tables.Observation, (session.network_id, seat.observation_id))
    row.state, row.sealed_at = RecordState.SEALED, at
    row.state_hash = state_hash(records.values_of(session, [row.id])[row.id])


def _single(
    session: NetworkSession, lesson: Lesson, pair: tables.Pair | None, *, at: datetime
) -> None:
    """A lesson that one person observes is no pair; its summary is free once the record is sealed."""
    if pair is not None:
        _leave_out_those_who_left(session, lesson)
        pairs.dissolve(session, lesson.id)
        history.wrote(session, "pair became single", "lesson", lesson.id, by=None, at=at)
    if [seat.sealed for seat in lesson.observers] == [True]:
        drafting.draft_for(session, lesson.id, at=at)


def _open(session: NetworkSession, lesson: Lesson, pair: tables.Pair, *, at: datetime) -> None:
    pair.revealed_at = at
    _write_rows(session, lesson, blind=pair.blind)
    target_life.follow(session, lesson, at=at)
    history.wrote(session, "pair revealed", "lesson", lesson.id, by=None, at=at, blind=pair.blind)
    posting.revealed(session, lesson, at=at)


def _count_again(session: NetworkSession, lesson: Lesson, *, blind: bool) -> None:
    """After somebody withdrew: their rows are left out, and those who remain weigh more."""
    _leave_out_those_who_left(session, lesson)
    _write_rows(session, lesson, blind=blind)


def _leave_out_those_who_left(session: NetworkSession, lesson: Lesson) -> None:
    gone = [seat.person_id for seat in lesson.seats if not seat.takes_part]
    paired_ratings.leave_out(session, lesson.id, gone)


def _write_rows(session: NetworkSession, lesson: Lesson, *, blind: bool) -> None:
    write_rows(session, lesson, left_out=None if blind else LeftOut.NOT_BLIND)


def write_rows(session: NetworkSession, lesson: Lesson, *, left_out: LeftOut | None) -> None:
    """Write the rows of a lesson from which the figures are counted, in place of those that count."""
    rubric = shelf.rubric(session, lesson.rubric_digest)
    source = Source(lesson.id, lesson.school_id, lesson.rubric_digest, left_out)
    paired_ratings.clear(session, lesson.id)
    paired_ratings.write(session, source, paired_levels(rubric, _sealed(session, lesson, rubric)))


def _sealed(session: NetworkSession, lesson: Lesson, rubric: Rubric) -> Sequence[SealedRecord]:
    held = records.values_of(session, [seat.observation_id for seat in lesson.observers])
    times = pairs.times(session, lesson.id)
    return [
        SealedRecord(
            observer=Observer(seat.person_id, seat.name, seat.capacity),
            observed_on=times[seat.observation_id].observed_on or lesson.day,
            ratings=counted_in(rubric, record_of(held[seat.observation_id])),
        )
        for seat in lesson.observers
    ]
