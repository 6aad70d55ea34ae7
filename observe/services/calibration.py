"""Pairs as their observers and others see them: what waits, what can be compared, what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core.lesson import Lesson, Seat
from observe.core.observation import RecordState
from observe.core.pairing import Agreed, PairState
from observe.core.permissions import Person, Thing, may
from observe.core.rubric import Rubric
from observe.services import talking
from observe.services.talking import Talk
from observe.storage import lessons, pairs, shelf
from observe.storage.database import NetworkSession
from observe.storage.pairs import MyPair

CLOSED_SHOWN = 30


def thing(session: NetworkSession, lesson_id: UUID, **_: object) -> Thing:
    """The pair of a lesson as permissions see it; Missing where one observer is expected.

    Whoever withdrew or was waived is no observer of it any more.
    """
    lesson_id = pairs.joined(session, lesson_id)
    pairs.find(session, lesson_id)
    here = [seat.person_id for seat in lessons.find(session, lesson_id).observers]
    return replace(lessons.thing(session, lesson_id), observer_ids=frozenset(here))


@dataclass(frozen=True, slots=True)
class ListedPair:
    """One pair in somebody's list."""

    lesson: Lesson
    pair: MyPair
    me: UUID

    @property
    def partners(self) -> Sequence[Seat]:
        """The others who observe."""
        return self.lesson.partners_of(self.me)

    @property
    def mine_is_sealed(self) -> bool:
        """Whether the partners are waited for, and not oneself."""
        seat = self.lesson.seat_of(self.me)
        return seat is not None and seat.sealed


@dataclass(frozen=True, slots=True)
class MyPairs:
    """Somebody's pairs by what they wait for; of the closed ones the latest."""

    to_compare: Sequence[ListedPair]
    for_partner: Sequence[ListedPair]
    for_me: Sequence[ListedPair]
    closed: Sequence[ListedPair]
    closed_in_all: int

    @property
    def any(self) -> bool:
        """Whether there is any pair at all."""
        return bool(self.to_compare or self.for_partner or self.for_me or self.closed)


def my_pairs(session: NetworkSession, person_id: UUID, *, all_closed: bool = False) -> MyPairs:
    """Somebody's pairs, the latest lesson first; every closed one only when asked for."""
    open_ones = _listed(session, pairs.of_person(session, person_id), person_id)
    sealing = [each for each in open_ones if each.pair.state != PairState.REVEALED]
    most = None if all_closed else CLOSED_SHOWN
    closed = pairs.closed_of_person(session, person_id, most=most)
    return MyPairs(
        to_compare=[each for each in open_ones if each.pair.state == PairState.REVEALED],
        for_partner=[each for each in sealing if each.mine_is_sealed],
        for_me=[each for each in sealing if not each.mine_is_sealed],
        closed=_listed(session, closed, person_id),
        closed_in_all=pairs.closed_count(session, person_id),
    )


def _listed(session: NetworkSession, found: Sequence[MyPair], me: UUID) -> list[ListedPair]:
    known = {each.id: each for each in lessons.by_ids(session, [p.lesson_id for p in found])}
    return [ListedPair(known[pair.lesson_id], pair, me) for pair in found]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair of which one may know only how far it is."""

    lesson: Lesson
    state: PairState
    may_waive: Sequence[Seat]
    may_open: bool
    mine: Seat | None = None
    sealed_at: datetime | None = None

    @property
    def waits_for(self) -> Sequence[Seat]:
        """Whose records are not sealed yet, one's own too."""
        return [seat for seat in self.lesson.observers if not seat.sealed]

    @property
    def sealed_partners(self) -> Sequence[Seat]:
        """Who else has sealed: from then on one's own sealed record stays closed."""
        mine = self.mine.person_id if self.mine else None
        return [seat for seat in self.lesson.observers if seat.sealed and seat.person_id != mine]


@dataclass(frozen=True, slots=True)
class AgreedRecord:
    """What the talk came to, as the leader and the head read it; without levels when ungraded."""

    lesson: Lesson
    rubric: Rubric
    state: PairState
    closed_at: datetime | None
    agreed: dict[str, Agreed]


def look(session: NetworkSession, lesson_id: UUID, *, by: Person) -> Talk | AgreedRecord | Waiting:
    """What this person may see of a pair: the talk, what was agreed, or how far it is."""
    lesson_id = pairs.joined(session, lesson_id)
    stands = thing(session, lesson_id)
    if may(by, "compare records", stands):
        return talking.talk(session, lesson_id)
    lesson = lessons.find(session, lesson_id)
    if may(by, "read agreed record", stands) and lesson.seat_of(by.id) is None:
        return _agreed_record(session, lesson)
    return _waiting(session, lesson, stands, by)


def _agreed_record(session: NetworkSession, lesson: Lesson) -> AgreedRecord:
    rubric, pair = shelf.rubric(session, lesson.rubric_digest), pairs.find(session, lesson.id)
    agreed = pairs.agreed(session, lesson.id)
    if not rubric.graded:
        agreed = {key: replace(each, level=None) for key, each in agreed.items()}
    return AgreedRecord(lesson, rubric, PairState(pair.state), pair.closed_at, agreed)


def _waiting(session: NetworkSession, lesson: Lesson, stands: Thing, by: Person) -> Waiting:
    pair = pairs.find(session, lesson.id)
    unsealed = [seat for seat in lesson.observers if not seat.sealed]
    waivable = unsealed if may(by, "waive partner", stands) else []
    opens = may(by, "open pair early", stands) and lesson.seat_of(by.id) is None
    begun = all(seat.state != RecordState.PLANNED for seat in lesson.observers)
    return Waiting(
        lesson=lesson,
        state=PairState(pair.state),
        may_waive=[seat for seat in waivable if seat.person_id != by.id],
        may_open=bool(opens and begun and unsealed),
        mine=lesson.seat_of(by.id),
        sealed_at=pairs.sealed_at(session, lesson.id, by.id),
    )
