"""Lessons in every state that matters, side by side, in two worlds that differ in the head's records alone.

Nothing that differs is open. What is open says the same in both, save for private notes and reflections.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from observe.core.exercises import Given
from observe.core.ids import new_id
from observe.core.reflections import Answers
from observe.services import (
    day_before,
    devices,
    exercise_takings,
    planning,
    reflecting,
    revealing,
)
from observe.storage import exercise_takings as kept
from tests.exercising import CRITERIA
from tests.factories import NOW, PlannedLesson, a_lesson
from tests.model import Device
from tests.twins import Day, Twin
from tests.web import acts
from tests.web.acts import OPENLY, PRIVATELY, mark
from tests.web.morning import Morning
from tests.web.test_permissions import ask_a_third_reader

HIDDEN, OTHER, THIRD = "Sion", "Ruth", "Mair"
TWO, THREE = (HIDDEN, OTHER), (HIDDEN, OTHER, THIRD)
OPENED = "WARBLER"
LONG = timedelta(days=8)
STARTED = NOW + timedelta(minutes=23)
SOON = NOW + LONG + timedelta(days=2)
TO_COME = {"planned anew": SOON, "called off": SOON + timedelta(hours=2)}
A_DAY = timedelta(days=1, hours=3)
OBSERVERS = {
    "late": TWO,
    "begun": TWO,
    "one sealed": TWO,
    "the other sealed": TWO,
    "waiting": THREE,
    "waived": THREE,
    "withdrawn": THREE,
    "open": THREE,
    "planned anew": TWO,
    "called off": TWO,
}
APART = {"apart": HIDDEN, "apart, too": OTHER}


@dataclass
class Noon:
    """The lessons by the name of their state, in both worlds."""

    twin: Twin
    morning: Morning
    lessons: dict[str, PlannedLesson] = field(default_factory=dict)

    def come(self) -> None:
        """Everything happens that brings each lesson into its state."""
        for name, who in (*OBSERVERS.items(), *((name, (one,)) for name, one in APART.items())):
            self.both(lambda day, name=name, who=who: self._plan(day, name, who))  # type: ignore[misc]
        self.both(lambda day: ask_a_third_reader(replace(self.morning.world, school=day.school)))
        self._late()
        self.twin.wait(LONG)
        self._to_come()
        for happens in (self._two, self._three, self._apart, self._open, self._exercises):
            happens()
        self.both(Day.post_mails)

    def both(self, act: Callable[[Day], object]) -> None:
        """In both worlds, and answered alike; nobody is refused what they came for."""
        told = self.twin.both(act)
        assert not isinstance(told, str), told

    def _plan(self, day: Day, name: str, who: tuple[str, ...]) -> None:
        """A lesson of these; or one that is only known to a tablet yet."""
        if name in APART:
            planned = PlannedLesson(new_id(NOW), {one: new_id(NOW) for one in who})
        else:
            starts_at = TO_COME.get(name, STARTED)
            planned = a_lesson(day.school, observers=who, starts_at=starts_at)
        self.lessons[name] = planned
        for one, observation_id in planned.observations.items():
            tablet = _tablet(day, one)
            day.give_tablet(one, observation_id, tablet, f"{one}, {name}")

    # what observers do

    def begins(self, who: str, name: str) -> None:
        lesson_id = self.lessons[name].id
        self.both(lambda day: acts.begin(day, day.devices[f"{who}, {name}"], lesson_id))

    def notes(self, who: str, name: str) -> None:
        """A note for the talk, and a private one; levels."""
        for kind in (OPENLY, PRIVATELY):
            self._note(who, name, kind)
        for what, level in zip(acts.RATED[: 3 if who == HIDDEN else 2], (2, 4, 1), strict=False):
            self._rate(who, name, what, level)

    def _note(self, who: str, name: str, kind: str) -> None:
        words, private = mark(kind, who), kind == PRIVATELY

        def act(day: Day) -> object:
            return acts.note(day, day.devices[f"{who}, {name}"], kind, words, private=private)

        self.both(act)

    def _rate(self, who: str, name: str, what: str, level: int) -> None:
        target = self.morning.target
        self.both(lambda day: acts.rate(day, day.devices[f"{who}, {name}"], what, level, target))

    def seals(self, who: str, name: str) -> None:
        key = f"{who}, {name}"
        self.both(lambda day: acts.seal(day, day.devices[key]))
        assert not [day for day in self.twin.days if day.devices[key].asked_to_repair]

    def records(self, who: str, name: str, *, seals: bool) -> None:
        """Begins, notes and rates, and seals or goes on."""
        self.begins(who, name)
        self.notes(who, name)
        if seals:
            self.seals(who, name)

    # what happened

    def _late(self) -> None:
        self.records(HIDDEN, "late", seals=True)

    def _to_come(self) -> None:
        """The head has begun early; then another room, a third, a reminder; and none of it takes place."""
        for name in TO_COME:
            self.records(HIDDEN, name, seals=False)
            self.both(lambda day, name=name: acts.change(day, self.lessons[name].id, THREE, "9"))  # type: ignore[misc]
        self.both(Day.post_mails)
        self.twin.wait(A_DAY)
        self.both(_remind)
        self.both(Day.post_mails)
        self.both(lambda day: self._call_off(day, self.lessons["called off"].id))

    def _call_off(self, day: Day, lesson_id: UUID) -> None:
        with day.database.write(day.school.network_id) as session:
            planning.cancel(session, lesson_id, "ill", by=day.school["Helen"], at=day.clock.at)

    def _two(self) -> None:
        self.records(HIDDEN, "begun", seals=False)
        self.records(HIDDEN, "one sealed", seals=True)
        self.records(OTHER, "one sealed", seals=False)
        self.records(HIDDEN, "the other sealed", seals=False)
        self.records(OTHER, "the other sealed", seals=True)

    def _three(self) -> None:
        for name in ("waiting", "waived", "withdrawn"):
            self.records(HIDDEN, name, seals=True)
            self.records(OTHER, name, seals=name == "waiting")
        for name in ("waived", "withdrawn"):
            self.records(THIRD, name, seals=False)
        self._waive("waived")
        why, key = {"reason": "called away"}, f"{OTHER}, withdrawn"
        self.both(lambda day: acts.send(day, day.devices[key], "withdraw", None, why))

    def _waive(self, name: str, who: str = OTHER) -> None:
        self.both(lambda day: self._do_waive(day, self.lessons[name].id, who))

    def _do_waive(self, day: Day, lesson_id: UUID, who: str) -> None:
        with day.database.write(day.school.network_id) as session:
            partner, by = day.school[who].id, day.school["Helen"]
            revealing.waive(session, lesson_id, partner, by=by, at=day.clock.at)

    def _apart(self) -> None:
        for name, who in APART.items():
            lesson_id = self.lessons[name].id
            self.both(
                lambda day, key=f"{who}, {name}", lesson_id=lesson_id: acts.begin_apart(  # type: ignore[misc]
                    day, day.devices[key], lesson_id, letters=False
                )
            )
            self.notes(who, name)
            self.seals(who, name)

    def _open(self) -> None:
        """Head and adviser have opened theirs; the third was left out, and read nothing."""
        self.begins(THIRD, "open")
        self._waive("open", THIRD)
        for who in TWO:
            self.begins(who, "open")
            self.both(lambda day, key=f"{who}, open", who=who: _alike(day.devices[key], day, who))  # type: ignore[misc]
            self._note(who, "open", PRIVATELY)
            self.seals(who, "open")
        self.both(self._reflect)

    def _reflect(self, day: Day) -> None:
        """What the head thinks about their own observing, in other words in the other world."""
        with day.database.write(day.school.network_id) as session:
            words = Answers(mark(PRIVATELY, HIDDEN) + " and more" * day.says_else(HIDDEN))
            lesson_id, by, at = self.lessons["open"].id, day.school[HIDDEN], day.clock.at
            reflecting.write(session, lesson_id, words, revision=0, by=by, at=at)

    def _exercises(self) -> None:
        """The head has sealed as an expert, and in a group; the adviser has begun."""
        for who in TWO:
            self.both(lambda day, who=who: self._take(day, who))  # type: ignore[misc]

    def _take(self, day: Day, who: str) -> None:
        by, at, takings = day.school[who], day.clock.at, self.takings(day, who)
        with day.database.write(day.school.network_id) as session:
            for taking_id in takings:
                for key in CRITERIA[: None if who == HIDDEN else 1]:
                    given = Given(3 if day.says_else(who) else 2, mark(OPENLY, who))
                    exercise_takings.rate(session, taking_id, key, given, by=by, at=at)
                if who == HIDDEN:
                    exercise_takings.finish(session, taking_id, by=by, at=at)

    def takings(self, day: Day, who: str) -> tuple[UUID, UUID]:
        """What somebody takes: as an expert, and in the group."""
        by, at = day.school[who], day.clock.at
        with day.database.write(day.school.network_id) as session:
            apart = exercise_takings.begin(session, self.morning.apart, by=by, at=at)
            members = kept.of_group(session, self.morning.asked)
            return apart.id, next(each.id for each in members if each.person_id == by.id)


def _remind(day: Day) -> None:
    with day.database.write(day.school.network_id) as session:
        day_before.remind(session, at=day.clock.at)


def _alike(device: Device, day: Day, who: str) -> object:
    """What both worlds have alike, for it is read: a note and a level."""
    device.write("set", "note/open/text", mark(OPENED, who))
    device.write("set", "note/open/criteria", ["routines"])
    device.write("set", "rating/routines/whole", 2 if who == HIDDEN else 3)
    return acts.go(day, device)


def _tablet(day: Day, who: str) -> UUID:
    with day.database.write(day.school.network_id) as session:
        return devices.register(session, "iPad", by=day.school[who], at=day.clock.at).device_id
