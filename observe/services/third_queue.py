"""What waits for a third reader, as each person may see it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from observe.core.permissions import Person, RoleKind
from observe.core.rubric import Criterion
from observe.storage import lessons, people, shelf, third_readings
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.third_readings import Asked

ANSWERED_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One criterion in the queue: of which rubric and school, since when, and with whom it lies."""

    lesson_id: UUID
    criterion: Criterion
    rubric: str
    school: str
    zone: str
    asked_at: datetime
    answered_at: datetime | None
    with_whom: str
    assigned_to: UUID | None
    taken: bool
    may_read: Sequence[Named] = ()


@dataclass(slots=True)
class Queue:
    """What one person finds: to take, taken, answered; and what a facilitator can give to somebody."""

    to_take: list[Waiting] = field(default_factory=list)
    taken: list[Waiting] = field(default_factory=list)
    answered: list[Waiting] = field(default_factory=list)
    to_assign: list[Waiting] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.to_take or self.taken or self.answered or self.to_assign)


def queue_of(session: NetworkSession, *, by: Person) -> Queue:
    """The queue for one person; never a lesson that they observed or in which they were observed."""
    known = _about_others(session, by)
    answered = [each for each in known if each.row.answered_at is not None]
    waits = [each for each in known if each.row.answered_at is None]
    mine = [each for each in waits if each.row.taken_by == by.id]
    free = [each for each in waits if each.row.taken_by is None and _may_take(each, by)]
    return Queue(
        to_take=_told(session, free),
        taken=_told(session, mine),
        answered=_told(session, answered[-ANSWERED_SHOWN:]),
        to_assign=_to_assign(session, by),
    )


def waiting_for(session: NetworkSession, *, by: Person) -> int:
    """How many somebody could read now, or has taken and not answered."""
    waits = [each for each in _about_others(session, by) if each.row.answered_at is None]
    return sum(
        each.row.taken_by == by.id or (each.row.taken_by is None and _may_take(each, by))
        for each in waits
    )


def waiting_for_anybody(session: NetworkSession, *, by: Person) -> int:
    """How many nobody has answered, for a facilitator, who can say who reads them."""
    return len(_unanswered(session, by)) if by.has(RoleKind.FACILITATOR) else 0


def _unanswered(session: NetworkSession, by: Person) -> list[Asked]:
    found = third_readings.queue(session, reader_id=by.id)
    return [e for e in found if e.row.answered_at is None and e.teacher_id != by.id]


def _about_others(session: NetworkSession, by: Person) -> list[Asked]:
    observed = third_readings.lessons_observed(session, by.id)
    return [
        each
        for each in third_readings.queue(session, reader_id=by.id)
        if each.teacher_id != by.id and each.row.lesson_id not in observed
    ]


def _may_take(asked: Asked, by: Person) -> bool:
    if asked.row.assigned_to:
        return asked.row.assigned_to == by.id
    return asked.school_id in by.schools(RoleKind.ADVISER)


def _to_assign(session: NetworkSession, by: Person) -> list[Waiting]:
    """Everything unanswered, for a facilitator, with those who could read it."""
    if not by.has(RoleKind.FACILITATOR):
        return []
    waits = _unanswered(session, by)
    everybody = third_readings.readers(session)
    observed = third_readings.ever_to_observe(session, {each.row.lesson_id for each in waits})
    may_read = {
        each.row.lesson_id: _others(everybody, {each.teacher_id, *observed[each.row.lesson_id]})
        for each in waits
    }
    return _told(session, waits, may_read)


def _others(everybody: Sequence[Named], kept_out: Collection[UUID]) -> Sequence[Named]:
    return [reader for reader in everybody if reader.id not in kept_out]


def _told(
    session: NetworkSession,
    found: Iterable[Asked],
    may_read: Mapping[UUID, Sequence[Named]] | None = None,
) -> list[Waiting]:
    asked = list(found)
    known = {each.id: each for each in lessons.by_ids(session, {a.row.lesson_id for a in asked})}
    who = {whose for a in asked if (whose := a.row.taken_by or a.row.assigned_to)}
    names = people.names(session, who)
    return [
        Waiting(
            lesson_id=lesson.id,
            criterion=criterion,
            rubric=lesson.rubric_title,
            school=lesson.school,
            zone=lesson.zone,
            asked_at=each.row.asked_at,
            answered_at=each.row.answered_at,
            with_whom=names.get(each.row.taken_by or each.row.assigned_to or lesson.id, ""),
            assigned_to=each.row.assigned_to,
            taken=each.row.taken_by is not None,
            may_read=(may_read or {}).get(lesson.id, ()),
        )
        for each in asked
        if (lesson := known[each.row.lesson_id])
        and (criterion := shelf.rubric(session, lesson.rubric_digest).find(each.row.criterion))
    ]
