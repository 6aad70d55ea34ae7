"""What one finds under Practice: what is to do, begun and done, and for a facilitator every exercise."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from observe.core.exercises import Exercise, Group, Mode, Stage, Taking, Use, stage
from observe.core.permissions import Person
from observe.services.exercise_takings import known_to
from observe.storage import exercise_takings, exercises
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise before somebody, in one mode; `settles` when its two experts can settle it.

    Taken now it counts in no figure if somebody `knew` its reference or did it `before`.
    """

    exercise: Exercise
    mode: Mode
    taking: Taking | None = None
    group: Group | None = None
    settles: bool = False
    knew: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """What somebody finds: to do, begun and done; groups first, then the latest."""

    to_do: Sequence[Entry]
    begun: Sequence[Entry]
    done: Sequence[Entry]

    @property
    def any(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.to_do or self.begun or self.done)


def of(session: NetworkSession, person: Person) -> Shelf:
    """Everything that somebody can take, goes on with, or has finished."""
    every = exercises.every(session)
    mine = list(_taken(session, every, person.id))
    new = [_offered(each, person.id) for each in every if _is_new(each, mine, person.id)]
    asked = [each for each in mine if _waits(each)]
    begun = [each for each in mine if _goes_on(each)][::-1]
    known = known_to(session, person, every, [each.taking for each in mine if each.taking])
    done = {each.exercise.id for each in mine if _is_finished(each)}
    return Shelf(
        to_do=_told([*_by_day(asked), *new], known, done),
        begun=_told(begun, known, done),
        done=_latest(each for each in mine if _is_done(each)),
    )


def _taken(session: NetworkSession, every: Sequence[Exercise], person_id: UUID) -> Iterator[Entry]:
    known = {each.id: each for each in every}
    takings = exercise_takings.of_person(session, person_id)
    groups = exercise_takings.groups(session, {t.group_id for t in takings if t.group_id})
    settled = _can_be_settled(session, [e for e in every if person_id in e.experts])
    for taking in takings:
        found = known[taking.exercise_id]
        group = groups.get(taking.group_id) if taking.group_id else None
        settles = taking.mode is Mode.REFERENCE and found.id in settled
        yield Entry(found, taking.mode, taking, group, settles)


def _told(entries: Sequence[Entry], known: Collection[UUID], done: Collection[UUID]) -> list[Entry]:
    """The same, each with why it would count in no figure."""
    return [
        replace(each, knew=_knew(each, known), before=each.exercise.id in done) for each in entries
    ]


def _knew(entry: Entry, known: Collection[UUID]) -> bool:
    """Whether somebody knew the reference; while they practise they see it by and by."""
    if entry.mode is Mode.PRACTICE and entry.taking is not None:
        return entry.taking.knew
    return entry.mode is not Mode.REFERENCE and entry.exercise.id in known


def _is_finished(entry: Entry) -> bool:
    """Whether somebody took it to its end, which counts only the first time."""
    called_off = entry.group is not None and entry.group.called_off_at is not None
    finished = entry.taking is not None and entry.taking.finished_at is not None
    return finished and entry.mode is not Mode.REFERENCE and not called_off


def _can_be_settled(session: NetworkSession, mine: Sequence[Exercise]) -> set[UUID]:
    sealed = exercises.sealed_experts(session, [each.id for each in mine])
    both = (each for each in mine if set(each.experts) <= sealed.get(each.id, set()))
    return {e.id for e in both if e.published_at is None and e.withdrawn_at is None}


def _is_new(exercise: Exercise, mine: Sequence[Entry], person_id: UUID) -> bool:
    """Whether somebody can begin it and has not."""
    if exercise.withdrawn_at is not None:
        return False
    mode = _mode(exercise, person_id)
    begun = any(e.exercise.id == exercise.id and e.mode is mode for e in mine)
    return mode is not None and not begun


def _mode(exercise: Exercise, person_id: UUID) -> Mode | None:
    if person_id in exercise.experts:
        return None if exercise.published_at else Mode.REFERENCE
    offered = exercise.is_offered and exercise.use is not Use.GROUP
    return Mode(exercise.use) if offered else None


def _offered(exercise: Exercise, person_id: UUID) -> Entry:
    return Entry(exercise, _mode(exercise, person_id) or Mode.PRACTICE)


def _waits(entry: Entry) -> bool:
    """Whether somebody was asked to a group and has not begun, or both experts can settle."""
    if entry.settles:
        return True
    new = entry.taking is not None and entry.taking.begun_at is None
    return new and entry.group is not None and entry.group.is_open


def _goes_on(entry: Entry) -> bool:
    taking, group = entry.taking, entry.group
    if taking is None or taking.begun_at is None or taking.finished_at is not None:
        return False
    return entry.exercise.withdrawn_at is None and (group is None or group.is_open)


def _is_done(entry: Entry) -> bool:
    """Finished, of a group whose spread was shown before that, or withdrawn under one's hands."""
    finished = entry.taking is not None and entry.taking.finished_at is not None
    begun = entry.taking is not None and entry.taking.begun_at is not None
    withdrawn = begun and entry.exercise.withdrawn_at is not None
    called_off = entry.group is not None and entry.group.called_off_at is not None
    revealed = entry.group is not None and entry.group.revealed_at is not None
    return (finished or revealed or withdrawn) and not called_off and not entry.settles


def _by_day(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda each: each.group.held_on if each.group else date.max)


def _latest(entries: Iterable[Entry]) -> list[Entry]:
    """The last of each exercise and mode, the latest first."""
    last: dict[tuple[UUID, Mode, UUID | None], Entry] = {}
    for each in entries:
        group_id = each.group.id if each.group else None
        last[each.exercise.id, each.mode, group_id] = each
    return list(last.values())[::-1]


@dataclass(frozen=True, slots=True)
class Kept:
    """One exercise as a facilitator lists it."""

    exercise: Exercise
    stage: Stage
    sealed: int
    groups: Sequence[Group]


def every(session: NetworkSession) -> list[Kept]:
    """All exercises of the network with their groups that are open, the latest first."""
    found = exercises.every(session)
    sealed = exercises.sealed_experts(session, [each.id for each in found])
    groups = _open_groups(session)
    return [
        Kept(
            exercise=each,
            stage=stage(each, sealed=(n := len(sealed.get(each.id, set()) & set(each.experts)))),
            sealed=n,
            groups=groups.get(each.id, []),
        )
        for each in found
    ]


def _open_groups(session: NetworkSession) -> Mapping[UUID, list[Group]]:
    found: dict[UUID, list[Group]] = {}
    for group in exercise_takings.open_groups(session):
        found.setdefault(group.exercise_id, []).append(group)
    return found
