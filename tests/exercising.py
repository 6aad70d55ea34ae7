"""Exercises for tests: made, rated by two experts, settled, published, and taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.exercises import Given, Making, Mode, Settled, Use, Value
from observe.core.permissions import Person, RoleKind
from observe.services import exercise_groups, exercise_takings, exercises
from observe.storage import exercise_takings as kept
from observe.storage.database import NetworkSession
from tests.factories import NOW, School, a_person

CRITERIA = ("relationships", "routines", "behaviour", "expectations")
LEVELS = dict.fromkeys(CRITERIA, 3)
TEXT = "The class sits in pairs.\n\nTeacher: What happens to the ice?"


@dataclass(frozen=True)
class MadeExercise:
    """An exercise with its two experts."""

    id: UUID
    experts: tuple[Person, Person]


def experts(school: School) -> tuple[Person, Person]:
    """Two advisers who do nothing else in a test."""
    known = school.people
    first = known.get("Ada") or a_person(school, "Ada Expert", RoleKind.ADVISER)
    second = known.get("Ben") or a_person(school, "Ben Expert", RoleKind.ADVISER)
    return first, second


def making(school: School, **differs: object) -> Making:
    """What a facilitator says of an exercise."""
    first, second = experts(school)
    said = {
        "title": "Melting ice, year 4",
        "link": "",
        "text": TEXT,
        "rubric_digest": school.rubrics["teaching-framework"],
        "criteria": CRITERIA,
        "minutes": 25,
        "use": Use.PRACTICE,
        "experts": (first.id, second.id),
    }
    return Making(**{**said, **differs})  # type: ignore[arg-type]


def made(school: School, **differs: object) -> MadeExercise:
    """An exercise that nobody has rated yet."""
    both = experts(school)
    said = making(school, **differs)
    with school.database.write(school.network_id) as session:
        new = exercises.make(session, said, by=school["Margaret"], at=NOW)
    return MadeExercise(new, both)


def rated_by_experts(
    school: School,
    exercise: MadeExercise,
    levels: Mapping[str, Value] | None = None,
    *,
    who: Sequence[int] = (0, 1),
    note: str = "",
) -> None:
    """Both experts, or one of them, rate and seal."""
    for place in who:
        expert = exercise.experts[place]
        with school.database.write(school.network_id) as session:
            taking = exercise_takings.begin(session, exercise.id, by=expert, at=NOW)
            rate(session, taking.id, levels or LEVELS, by=expert, note=note)
            exercise_takings.finish(session, taking.id, by=expert, at=NOW)


def published(
    school: School, reference: Mapping[str, int] | None = None, **differs: object
) -> MadeExercise:
    """An exercise that everybody can take, with this reference or level 3 throughout."""
    levels = reference or LEVELS
    exercise = made(school, **{"criteria": tuple(levels), **differs})
    rated_by_experts(school, exercise, levels)
    expert = exercise.experts[0]
    with school.database.write(school.network_id) as session:
        for key, level in levels.items():
            said = Settled(level, f"REASON-OF-{key}", 0)
            exercises.settle(session, exercise.id, key, said, by=expert, at=NOW)
        exercises.publish(session, exercise.id, by=expert, at=NOW)
    return exercise


def rate(
    session: NetworkSession,
    taking_id: UUID,
    levels: Mapping[str, Value],
    *,
    by: Person,
    note: str = "",
    fixed: bool = False,
    at: datetime = NOW,
) -> None:
    """Give these levels."""
    for key, level in levels.items():
        given = Given(level, note, fixed)
        exercise_takings.rate(session, taking_id, key, given, by=by, at=at)


def taken(
    school: School,
    exercise: MadeExercise,
    who: str,
    levels: Mapping[str, Value],
    *,
    at: datetime = NOW,
) -> UUID:
    """Somebody takes an exercise to its end, in the mode in which it is offered."""
    person = school[who]
    with school.database.write(school.network_id) as session:
        taking = exercise_takings.begin(session, exercise.id, by=person, at=at)
        practises = taking.mode is Mode.PRACTICE
        rate(session, taking.id, levels, by=person, fixed=practises, at=at)
        exercise_takings.finish(session, taking.id, by=person, at=at)
    return taking.id


def a_group(
    school: School,
    exercise: MadeExercise,
    given: Mapping[str, Mapping[str, Value] | None],
    *,
    revealed: bool = False,
    at: datetime = NOW,
) -> UUID:
    """A group of people by first name, who sealed these levels (None: only asked)."""
    asked = [school[name].id for name in given]
    facilitator = school["Margaret"]
    with school.database.write(school.network_id) as session:
        group = exercise_groups.open_group(
            session, exercise.id, held_on=at.date(), asked=asked, by=facilitator, at=at
        )
        takings = {each.person_id: each.id for each in kept.of_group(session, group.id)}
        for name, levels in given.items():
            if levels is not None:
                taking, person = takings[school[name].id], school[name]
                rate(session, taking, levels, by=person, at=at)
                exercise_takings.finish(session, taking, by=person, at=at)
        if revealed:
            exercise_groups.reveal(session, group.id, by=facilitator, at=at)
    return group.id


def observers(school: School, number: int) -> list[str]:
    """So many more heads, by first name."""
    names = [f"Head{chr(ord('a') + n)}" for n in range(number)]
    for name in names:
        a_person(school, f"{name} Observer", RoleKind.HEAD)
    return names
