"""A group that takes an exercise together: asked or joined by letters, sealed, then the spread."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from observe.core.errors import Conflict, Invalid, TooOften
from observe.core.exercise_outcomes import Spread, spread
from observe.core.exercises import Exercise, Given, Group, Mode, Settled, Taking
from observe.core.ids import new_id
from observe.core.permissions import OBSERVERS, Person, Thing
from observe.core.rubric import Rubric
from observe.services.exercise_takings import EXPERT, NOT_OFFERED, knows
from observe.storage import exercise_takings, exercises, history, people, shelf, staff
from observe.storage.database import NetworkSession
from observe.storage.exercise_takings import GROUP, Opened
from observe.storage.staff import Named

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 6
DAY = timedelta(days=1)
MOST_A_DAY = 60
TRIED = "letters of a group tried"

Draw = Callable[[str], str]


def thing(session: NetworkSession, group_id: UUID) -> Thing:
    """A group as permissions see it; Missing where there is none."""
    found = exercise_takings.group(session, group_id)
    return Thing(network_id=session.network_id, author_id=found.opened_by)


def open_group(
    session: NetworkSession,
    exercise_id: UUID,
    *,
    held_on: date | None,
    asked: Collection[UUID] = (),
    number: int | None = None,
    by: Person,
    at: datetime,
    draw: Draw = secrets.choice,
) -> Group:
    """Open a group for a day; whoever is asked finds it under Practice, others join by its letters.

    A form that is sent twice says twice which `number` of group it opens, and opens one.
    """
    exercises.row(session, exercise_id)
    found = exercises.find(session, exercise_id)
    if not found.is_offered:
        raise Conflict(NOT_OFFERED)
    if held_on is None:
        raise Invalid("Say on which day you meet.", field="held_on")
    named = " ".join(map(str, (number, by.id, held_on, *sorted(set(asked)))))
    same_id = uuid5(exercise_id, named) if number else new_id(at)
    there = exercise_takings.groups(session, [same_id]).get(same_id)
    if there is not None and there.is_open:
        return there
    new = Opened(new_id(at) if there else same_id, held_on, _free_code(session, draw))
    return _opened(session, found, new, asked, by=by, at=at)


def _opened(
    session: NetworkSession,
    exercise: Exercise,
    new: Opened,
    asked: Collection[UUID],
    *,
    by: Person,
    at: datetime,
) -> Group:
    group = exercise_takings.open_group(session, exercise.id, new, by=by.id, at=at)
    for person_id in dict.fromkeys(asked):
        _ask(session, exercise, group, person_id, at=at)
    told = {"exercise": str(exercise.id), "asked": len(set(asked))}
    history.wrote(session, "group opened", GROUP, group.id, by=by.id, at=at, **told)
    return group


def _free_code(session: NetworkSession, draw: Draw) -> str:
    """Six letters that no group has."""
    while True:
        code = "".join(draw(LETTERS) for _ in range(LENGTH))
        if exercise_takings.group_by_code(session, code) is None:
            return code


def _ask(
    session: NetworkSession, exercise: Exercise, group: Group, person_id: UUID, *, at: datetime
) -> None:
    person = people.find(session, person_id)
    if person is None or not person.has(*OBSERVERS):
        raise Invalid("Only people who observe can take part.", field="asked")
    if person_id in exercise.experts:
        raise Invalid(f"{person.name} made the reference, so leave them out.", field="asked")
    new = {"group_id": group.id, "begun_at": None, "at": at}
    exercise_takings.add(session, exercise.id, person_id, Mode.GROUP, **new)  # type: ignore[arg-type]


def join(session: NetworkSession, letters: str, *, by: Person, at: datetime) -> Taking | None:
    """Take part in the group of these letters; None, kept in history, where no open group has them."""
    if history.done(session, TRIED, GROUP, by=by.id, since=at - DAY) >= MOST_A_DAY:
        raise TooOften("Too many letters were tried. Ask your facilitator to add you by name.")
    group = exercise_takings.group_by_code(session, _spelled(letters))
    if group is None or not group.is_open:
        history.wrote(session, TRIED, GROUP, "", by=by.id, at=at)
        return None
    mine = [
        each for each in exercise_takings.of_group(session, group.id) if each.person_id == by.id
    ]
    return mine[0] if mine else _join(session, group, by=by, at=at)


def _spelled(letters: str) -> str:
    return "".join(letters.split()).upper()


def _join(session: NetworkSession, group: Group, *, by: Person, at: datetime) -> Taking:
    found = exercises.find(session, group.exercise_id)
    if by.id in found.experts:
        raise Conflict(EXPERT)
    new = exercise_takings.add(
        session,
        found.id,
        by.id,
        Mode.GROUP,
        knew=knows(session, found.id, by),
        group_id=group.id,
        begun_at=at,
        at=at,
    )
    history.wrote(session, "group joined", GROUP, group.id, by=by.id, at=at)
    return new


def reveal(session: NetworkSession, group_id: UUID, *, by: Person, at: datetime) -> None:
    """Show the spread to everybody who takes part; who has not sealed by now counts in nothing."""
    row = exercise_takings.group_row(session, group_id)
    if row.called_off_at is not None:
        raise Conflict("This group was called off.")
    if not any(each.finished_at for each in exercise_takings.of_group(session, group_id)):
        raise Conflict("Nobody has sealed yet, so there is nothing to show.")
    if row.revealed_at is None:
        row.revealed_at = at
        history.wrote(session, "spread shown", GROUP, group_id, by=by.id, at=at)


def call_off(session: NetworkSession, group_id: UUID, *, by: Person, at: datetime) -> None:
    """End a group that does not take place."""
    row = exercise_takings.group_row(session, group_id)
    if row.revealed_at is not None:
        raise Conflict("The spread was shown, so this group took place.")
    if row.called_off_at is None:
        row.called_off_at = at
        history.wrote(session, "group called off", GROUP, group_id, by=by.id, at=at)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many take part and how many of them have sealed; nothing of what they gave."""

    asked: int
    begun: int
    sealed: int


def counted(session: NetworkSession, group_id: UUID) -> Counted:
    """How far a group is."""
    return _counted(exercise_takings.of_group(session, group_id))


def _counted(takings: Sequence[Taking]) -> Counted:
    begun = sum(each.begun_at is not None for each in takings)
    return Counted(len(takings), begun, sum(each.finished_at is not None for each in takings))


@dataclass(frozen=True, slots=True)
class Room:
    """What the facilitator of a group sees; `spreads` are empty until they are shown to all."""

    group: Group
    exercise: Exercise
    rubric: Rubric
    names: Sequence[str]
    counted: Counted
    spreads: Sequence[Spread]


def room(session: NetworkSession, group_id: UUID) -> Room:
    """One group, before and after the reveal."""
    group = exercise_takings.group(session, group_id)
    takings = exercise_takings.of_group(session, group_id)
    found = exercises.find(session, group.exercise_id)
    names = people.names(session, [each.person_id for each in takings])
    return Room(
        group=group,
        exercise=found,
        rubric=shelf.rubric(session, found.rubric_digest),
        names=sorted(names.values(), key=str.casefold),
        counted=_counted(takings),
        spreads=spreads(session, group),
    )


def of_exercise(session: NetworkSession, exercise_id: UUID) -> list[Group]:
    """The groups that took or take an exercise, the latest day first."""
    return exercise_takings.groups_of(session, exercise_id)


def may_be_asked(session: NetworkSession, exercise_id: UUID) -> list[Named]:
    """Everybody who can take part: who observes and did not make the reference, by name."""
    experts = exercises.find(session, exercise_id).experts
    return [each for each in staff.observers(session) if each.id not in experts]


def spreads(session: NetworkSession, group: Group, *, me: UUID | None = None) -> list[Spread]:
    """How those who sealed spread on each criterion; nothing before the reveal."""
    if group.revealed_at is None:
        return []
    found = exercises.find(session, group.exercise_id)
    reference = exercises.reference(session, found.id)
    sealed = [each for each in exercise_takings.of_group(session, group.id) if each.finished_at]
    given = exercise_takings.given_in(session, [taking.id for taking in sealed])
    rubric = shelf.rubric(session, found.rubric_digest)
    mine = next((given.get(each.id, {}) for each in sealed if each.person_id == me), {})
    gave = [given.get(each.id, {}) for each in sealed]
    return list(_spread_of(rubric, reference, gave, mine))


def _spread_of(
    rubric: Rubric,
    reference: Mapping[str, Settled],
    gave: Sequence[Mapping[str, Given]],
    mine: Mapping[str, Given],
) -> Sequence[Spread]:
    return [
        spread(
            each,
            [given.get(each.criterion, Given()).value for given in gave],
            reference[each.criterion],
            mine=mine.get(each.criterion, Given()).value,
        )
        for each in rubric.criteria()
        if each.criterion in reference
    ]
