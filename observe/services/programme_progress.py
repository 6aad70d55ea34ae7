"""How far people are in their programmes: for oneself, for an adviser, and for whoever leads a group."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observe.core.permissions import Person, RoleKind, Thing
from observe.core.programme import GroupSize
from observe.core.programme_group import Member, UnderWay
from observe.core.programme_standing import (
    Dated,
    Done,
    StageState,
    Standing,
    next_up,
    standings,
)
from observe.services import programme_evidence
from observe.storage import people, programmes, staff
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Progress:
    """How one person stands in one programme: the stages that they join, in its order."""

    member: Member
    under_way: UnderWay
    standings: tuple[Standing, ...]

    def standing(self, stage: str) -> Standing | None:
        """How they stand in a stage; None where they do not join it."""
        return next((each for each in self.standings if each.stage.stage == stage), None)

    def in_state(self, *states: StageState) -> tuple[Standing, ...]:
        """The stages that stand so, in the programme's order."""
        return tuple(each for each in self.standings if each.state in states)

    @property
    def done(self) -> tuple[Standing, ...]:
        """What is done."""
        return self.in_state(StageState.DONE)

    @property
    def overdue(self) -> tuple[Standing, ...]:
        """What should be done by now and is not."""
        return self.in_state(StageState.OVERDUE)

    @property
    def to_sign(self) -> tuple[Standing, ...]:
        """What only waits for somebody's sign-off."""
        return self.in_state(StageState.TO_SIGN)

    @property
    def next_up(self) -> tuple[Standing, ...]:
        """What they can do now: overdue first, then by the day on which it is due."""
        return next_up(self.standings)

    @property
    def finished(self) -> bool:
        """Whether every stage that they join is done."""
        return len(self.done) == len(self.standings)


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """How one person stands in each programme that goes on, the latest start first."""

    person_id: UUID
    name: str
    programmes: tuple[Progress, ...]

    @property
    def next_up(self) -> tuple[Standing, ...]:
        """What they can do now in any of them: overdue first, then by the day it is due."""
        return next_up(each for programme in self.programmes for each in programme.standings)


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage of a group: how many join it, and for how many it stands how."""

    dated: Dated
    joined: int
    by_state: Mapping[StageState, int]


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """A group at a glance: who is overdue first, then the others, by name each."""

    under_way: UnderWay
    people: tuple[Progress, ...]
    size: GroupSize

    @property
    def overdue(self) -> tuple[Progress, ...]:
        """Those of whom something is overdue."""
        return tuple(each for each in self.people if each.overdue)

    def stages(self) -> tuple[StageCount, ...]:
        """Each stage with how many stand how, in the programme's order."""
        return tuple(self._count(dated) for dated in self.under_way.dates)

    def _count(self, dated: Dated) -> StageCount:
        found = [each.standing(dated.stage.stage) for each in self.people]
        states = [each.state for each in found if each]
        return StageCount(dated, len(states), {state: states.count(state) for state in StageState})


def of_person(session: NetworkSession, person_id: UUID, today: date) -> PersonProgress:
    """How somebody stands in the programmes that go on; Missing for a stranger."""
    name = people.row_of(session, person_id).name
    return PersonProgress(
        person_id, name, _by_person(session, [person_id], today).get(person_id, ())
    )


def of_my_heads(
    session: NetworkSession, adviser: Person, today: date
) -> tuple[PersonProgress, ...]:
    """How the heads of an adviser's schools stand, by name; those who are in no programme are left out."""
    heads = staff.of_schools(session, [RoleKind.HEAD], adviser.schools(RoleKind.ADVISER))
    found = _by_person(session, [head.id for head in heads if head.id != adviser.id], today)
    return tuple(
        PersonProgress(head.id, head.name, found[head.id]) for head in heads if head.id in found
    )


def of_group(session: NetworkSession, programme_id: UUID, today: date) -> GroupProgress:
    """How everybody in a programme stands; Missing where there is no such programme."""
    under_way = programmes.find(session, programme_id)
    members = programmes.members(session, programme_id=programme_id)
    found = _progress(session, [under_way], members, today)
    late_first = sorted(found, key=lambda each: not each.overdue)
    return GroupProgress(under_way, tuple(late_first), under_way.programme.size(len(members)))


def thing(session: NetworkSession, person_id: UUID, *, by: Person) -> Thing:
    """Somebody's progress as permissions see it: theirs, and for who leads a programme of theirs."""
    people.row_of(session, person_id)
    members = programmes.members(session, person_ids=[person_id])
    mine = programmes.schools_of(session, [person_id]).get(person_id, frozenset())
    shared = mine & by.schools(RoleKind.ADVISER)
    return Thing(
        network_id=session.network_id,
        author_id=person_id,
        school_id=min(shared or mine, default=None),
        reader_ids=frozenset(each.led_by for each in _programmes_of(session, members)),
    )


def _by_person(
    session: NetworkSession, person_ids: Collection[UUID], today: date
) -> Mapping[UUID, tuple[Progress, ...]]:
    members = programmes.members(session, person_ids=person_ids)
    found: dict[UUID, tuple[Progress, ...]] = {}
    for each in _progress(session, _programmes_of(session, members), members, today):
        found[each.member.person_id] = (*found.get(each.member.person_id, ()), each)
    return found


def _programmes_of(session: NetworkSession, members: Collection[Member]) -> list[UnderWay]:
    """The programmes of these members that go on, the latest start first."""
    found = programmes.by_ids(session, {each.programme_id for each in members})
    return [each for each in found if not each.ended]


def _progress(
    session: NetworkSession,
    groups: Sequence[UnderWay],
    members: Sequence[Member],
    today: date,
) -> list[Progress]:
    """Programme by programme, in each by name."""
    if not groups:
        return []
    asked = {each.person_id for each in members}
    gathered = programme_evidence.gather(session, groups, asked, today=today)
    signs = programmes.signed(session, [group.id for group in groups])
    return [
        Progress(each, group, _standings(group, each, gathered, signs, today))
        for group in groups
        for each in members
        if each.programme_id == group.id
    ]


def _standings(
    group: UnderWay,
    member: Member,
    gathered: programme_evidence.Gathered,
    signs: programmes.Signs,
    today: date,
) -> tuple[Standing, ...]:
    signed = signs.get((group.id, member.person_id), {})
    done = Done(evidence=gathered.of(member), signed=signed, joins=member.stages)
    return standings(group.dates, done, today)
