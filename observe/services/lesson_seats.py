"""Who observes a lesson: chosen when it is planned, and changed while nobody has sealed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Missing
from observe.core.lesson import Lesson, Seat, capacity_in
from observe.core.observation import RecordState
from observe.core.time_of_day import clock
from observe.services import revealing
from observe.services.lesson_wish import OBSERVER_FIELDS, Choices, Fault, Wish
from observe.storage import lessons, people, seats
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Pair


def faults(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None = None
) -> Iterator[Fault]:
    """What stands against these observers; whoever observes the lesson `now` may go on doing so."""
    return chain(
        _begun_and_left_out(wish, now),
        _choice_faults(offered, wish, now),
        _bookings(session, offered, wish, now),
    )


def settle(
    session: NetworkSession, lesson: Lesson, observer_ids: tuple[UUID, ...], *, at: datetime
) -> None:
    """Make these the observers of a lesson, and a pair of two or more; the others are taken out."""
    for seat in lesson.observers:
        if seat.person_id not in observer_ids:
            seats.take_out(session, seat.observation_id, at=at)
    for observer_id in observer_ids:
        _seat(session, lesson, observer_id, at=at)
    session.flush()
    _pair(session, lesson, expected=len(observer_ids), at=at)


def _seat(session: NetworkSession, lesson: Lesson, observer_id: UUID, *, at: datetime) -> None:
    """A place for an observer who has none, or who was no longer expected."""
    seat = lesson.seat_of(observer_id)
    if seat is None:
        observer = people.find(session, observer_id)
        if observer is None:
            raise Missing("This observer has left.")
        capacity = capacity_in(observer, lesson.school_id)
        seats.add(session, lesson.id, observer_id, capacity, at=at)
    elif seat.waived:
        seats.expect_again(session, seat.observation_id)


def _pair(session: NetworkSession, lesson: Lesson, *, expected: int, at: datetime) -> None:
    """A pair where two or more are expected now, in the state that their records give it."""
    there = session.get(Pair, (session.network_id, lesson.id))
    if expected > 1 and there is None:
        session.add(Pair(lesson_id=lesson.id))
    if expected > 1 or there is not None:
        revealing.reveal(session, lesson.id, at=at)


def _begun_and_left_out(wish: Wish, now: Lesson | None) -> Iterator[Fault]:
    """What somebody has begun is theirs to withdraw, and is not taken away by a change."""
    for seat in now.observers if now else ():
        if seat.state != RecordState.PLANNED and seat.person_id not in wish.observer_ids:
            yield OBSERVER_FIELDS[0], _stays(seat)


def _stays(seat: Seat) -> str:
    return (
        f"{seat.name} has begun a record, so {seat.name} stays. The record can be withdrawn on the "
        "tablet, or the leader of the team can go on without it."
    )


def _choice_faults(offered: Choices, wish: Wish, now: Lesson | None) -> Iterator[Fault]:
    known = {each.id for each in [*offered.observers, *offered.visitors]}
    known |= {seat.person_id for seat in now.observers} if now else set()
    if not wish.observer_ids:
        yield OBSERVER_FIELDS[0], "Choose who observes."
    for place, (field, observer_id) in enumerate(_chosen(wish)):
        if observer_id == wish.teacher_id:
            yield field, "Nobody observes themselves. Choose somebody else."
        elif observer_id not in known:
            yield field, "This person does not observe in this network."
        elif observer_id in wish.observer_ids[:place]:
            yield field, "This person is chosen twice."
        elif name := _withdrew(now, observer_id):
            yield field, f"{name} withdrew from this lesson. Choose somebody else."


def _chosen(wish: Wish) -> list[tuple[str, UUID]]:
    """Each observer with the field in which they were chosen."""
    return list(zip(OBSERVER_FIELDS, wish.observer_ids, strict=False))


def _withdrew(now: Lesson | None, observer_id: UUID) -> str:
    """The name of somebody who withdrew a record of this lesson; empty for anybody else."""
    seat = now.seat_of(observer_id) if now else None
    return seat.name if seat and seat.state == RecordState.WITHDRAWN else ""


def _bookings(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None
) -> Iterator[Fault]:
    """Observers who observe another lesson at the time; beside the time for whoever is chosen already."""
    ends_at = wish.starts_at + timedelta(minutes=wish.minutes)
    but = now.id if now else None
    found = lessons.booked(session, wish.observer_ids, wish.starts_at, ends_at, but=but)
    staying = {seat.person_id for seat in now.observers} if now else set()
    for field, observer_id in _chosen(wish):
        if observer_id in found:
            told = _booked(found[observer_id], observer_id, ZoneInfo(offered.school.zone))
            yield "time" if observer_id in staying else field, told


def _booked(lesson: Lesson, observer_id: UUID, zone: ZoneInfo) -> str:
    """The other lesson's time and nothing else: it may be at a school this person does not see."""
    seat = lesson.seat_of(observer_id)
    starts, ends = lesson.starts_at.astimezone(zone), lesson.ends_at.astimezone(zone)
    name = seat.name if seat else "This observer"
    times = f"from {clock(starts.time())} to {clock(ends.time())}"
    return f"{name} already observes another lesson {times} that day."
