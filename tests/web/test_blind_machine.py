"""Whatever happens to a lesson, nothing of a record reaches anybody but its author before the reveal.

Two worlds live through the same day; only what one observer records is different. Until the records are
open, everybody else must be answered alike in both, byte by byte, at every address of the app: pages,
files, calendars, what tablets read, and mails. So words show, and levels, numbers, lengths and marks of
versions too. Private notes and reflections are looked for after the reveal as well.
What it looks with was seen to find a partner's notes in what a tablet reads, a number of ratings in a
list, the state of a record in the mark of a version, and a level in the words for how far somebody is.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import cycle
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from observe.core.ids import new_id
from observe.core.pairing import OPEN
from observe.services import planning, summary_review, summary_writing
from observe.services.lesson_wish import Wish
from observe.settings import Settings
from observe.storage import joined, lessons, summaries
from observe.web.app import create_app
from tests.factories import NOW, PlannedLesson
from tests.twins import Chance, Day, Twin, the_same_chance
from tests.web.access import World
from tests.web.morning import TABLETS, a_morning
from tests.web.walk import (
    Reader,
    Route,
    ask,
    compared,
    difference,
    nothing_is_kept,
    routes,
)

OBSERVERS = st.sampled_from(TABLETS)
PARTNERS = ("Sion", "Ruth", "Mair", "Peter")
SCHOOL = ("Helen", "Catrin", "Margaret", "Dilys")
BEYOND = (
    *("Aisha", "Owen", "Nia", "Amina", "nobody"),
    *("Sion of another network", "Margaret of another network"),
)
MAY_READ_LETTERS = ("Helen", "Catrin", "Peter", *TABLETS)
RATED = ("relationships", "routines", "questioning")
OTHER_LEVEL = {1: 4, 2: 3, 3: 1, 4: 2, "not_seen": 2}
OPENLY, PRIVATELY = "HERON", "KESTREL"
CODE = "BCDFGH"
LOOKS_A_STEP = 4
DAYS, STEPS = 2, 10
DAYS_ON_POSTGRESQL = 1


@cache
def the_app(url: str) -> Flask:
    """An app for both worlds; the databases are changed under it with each request."""
    app = create_app(Settings(database_url=url, secret_key="for tests only", https=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def mark(kind: str, who: str) -> str:
    """A word that stands in this person's notes and nowhere else."""
    return f"{kind}OF{who.upper()}"


class OneLesson(RuleBasedStateMachine):
    """A lesson of two, sometimes three, from its morning to its summary."""

    template = ""
    looking: Sequence[str] = ()
    chance: Chance

    @initialize(
        hidden=st.sampled_from(("Sion", "Ruth")),
        how=st.sampled_from(("planned", "apart")),
        luck=st.integers(0, 2**32),
    )
    def begin(self, hidden: str, how: str, luck: int) -> None:
        """The day begins: with a planned lesson, or with two that tablets made apart."""
        self.morning = a_morning(self.template)
        self.hidden, self.opened, self.walked = hidden, False, False
        self.luck = random.Random(luck)
        app = the_app(self.morning.url)
        self.twin = Twin(self.morning.url, self.morning.school, app, hidden, self.chance)
        self.planned = self._apart() if how == "apart" else self._together()
        self.readers = [self.morning.readers[name] for name in self.looking if name != hidden]
        self.both(self._hand_out)
        self.routes = self._routes(self.morning.world)

    def _together(self) -> dict[str, UUID]:
        """The lesson of each observer: one for all."""
        self.how = "planned"
        planned = self.morning.world.planned
        ids = {**planned.observations, "Mair": new_id(NOW)}
        self.records = ids
        return dict.fromkeys(TABLETS, planned.id)

    def _apart(self) -> dict[str, UUID]:
        """The lesson of each observer: one of their own, that no server knows yet."""
        self.how = "apart"
        self.records = {name: new_id(NOW) for name in TABLETS}
        own = {name: new_id(NOW) for name in TABLETS}
        return own | {"Mair": own["Sion"]}

    def _hand_out(self, day: Day) -> None:
        for name, observation_id in self.records.items():
            day.give_tablet(name, observation_id, self.morning.tablets[name])

    def _routes(self, world: World) -> list[Route]:
        """Every address, about the lesson of this day and about one that was talked about long ago."""
        planned = PlannedLesson(self.planned["Sion"], self.records)
        self.world = replace(world, planned=planned)
        about = [*self.lessons, world.revealed.id]
        app = self.twin.days[0].app
        return routes(app, self.world, about, self.morning.calendars)

    # what observers do

    @rule(who=OBSERVERS, letters=st.booleans())
    def start(self, who: str, letters: bool) -> None:
        self.both(lambda day: self._send(day, who, "open", None, self._opening(day, who, letters)))

    def _opening(self, day: Day, who: str, letters: bool) -> dict[str, object]:
        if self.how == "planned":
            return {"lesson_id": str(self.planned[who])}
        lesson = {
            "lesson_id": str(self.planned[who]),
            "kind": "lesson",
            "school": str(day.school.school_id),
            "teacher": {"id": str(day.school["Catrin"].id), "name": "Catrin Morley"},
            "class": None,
            "starts_at": NOW.isoformat(),
            "rubric": day.school.rubrics["teaching-framework"],
        }
        return {"lesson": lesson, "pair_code": CODE if letters else None}

    @rule(
        who=OBSERVERS, which=st.sampled_from(("a", "b")), kind=st.sampled_from((OPENLY, PRIVATELY))
    )
    def note(self, who: str, which: str, kind: str) -> None:
        """A tagged note, or a private one: a thought, or a worry about a child."""
        self.both(lambda day: self._note(day, who, f"{kind.lower()}-{which}", kind))

    def _note(self, day: Day, who: str, name: str, kind: str) -> object:
        else_ = " and something else" if day.says_else(who) else ""
        device = day.devices[who]
        device.write("set", f"note/{name}/private", kind == PRIVATELY)
        device.write("set", f"note/{name}/text", f"{mark(kind, who)} at the window{else_}")
        device.write("set", f"note/{name}/criteria", [RATED[bool(else_)]])
        device.write("set", f"note/{name}/mark", "-" if else_ else "+")
        if else_:
            device.write("set", f"note/{name}-2/text", f"{mark(kind, who)} once more")
            device.write("set", f"note/{name}-2/private", kind == PRIVATELY)
        return self._go(day, who)

    @rule(who=OBSERVERS, what=st.sampled_from(RATED), level=st.sampled_from((1, 2, 4, "not_seen")))
    def rate(self, who: str, what: str, level: int | str) -> None:
        self.both(lambda day: self._rate(day, who, what, level))

    def _rate(self, day: Day, who: str, what: str, level: int | str) -> object:
        told = OTHER_LEVEL[level] if day.says_else(who) else level
        if day.says_else(who):
            self._send(day, who, "set", "rating/checking/whole", 2)
        answer = "not_yet" if day.says_else(who) else "seen"
        self._send(day, who, "set", f"target/{self.morning.target}", answer)
        return self._send(day, who, "set", f"rating/{what}/whole", told)

    @rule(who=OBSERVERS)
    def seal(self, who: str) -> None:
        """The last one to seal opens the records, so all is looked at before."""
        if self._is_last(who):
            self.walk()
        self.both(lambda day: self._seal(day, who))

    def _seal(self, day: Day, who: str) -> object:
        day.devices[who].fetch()
        day.devices[who].seal()
        return self._go(day, who)

    @rule(who=OBSERVERS, include=st.booleans())
    def unseal(self, who: str, include: bool) -> None:
        value = {"reason": "more to say", "include": include}
        self.both(lambda day: self._send(day, who, "unseal", None, value))

    @rule(who=OBSERVERS, really=st.integers(0, 4))
    def withdraw(self, who: str, really: int) -> None:
        if not really:
            self.walk()
            self.both(lambda day: self._send(day, who, "withdraw", None, {"reason": "called away"}))

    def _send(self, day: Day, who: str, kind: str, field: str | None, value: object) -> object:
        day.devices[who].write(kind, field, value)
        return self._go(day, who)

    def _go(self, day: Day, who: str) -> object:
        device = day.devices[who]
        device.send(device.waiting[:200])
        return day.heard(who)

    # what others do

    @rule(who=OBSERVERS, really=st.integers(0, 2))
    def go_on_without(self, who: str, really: int) -> None:
        if not really:
            self.walk()
            self.post("Helen", f"/pairs/{self.stands(who)}/waive/{self.id_of(who)}")

    @rule(really=st.integers(0, 3))
    def open_early(self, really: int) -> None:
        if not really:
            self.walk()
            self.post("Helen", f"/pairs/{self.stands('Sion')}/open-early")

    @rule(
        observers=st.sampled_from((("Sion", "Mair"), TABLETS, ("Sion", "Ruth"))),
        room=st.integers(7, 8),
    )
    def change(self, observers: tuple[str, ...], room: int) -> None:
        """Another room, an observer replaced, a third who comes late."""
        self.both(lambda day: self._change(day, observers, str(room)))

    def _change(self, day: Day, observers: tuple[str, ...], room: str) -> None:
        with day.database.write(day.school.network_id) as session:
            found = lessons.find(session, self.planned["Sion"])
            wish = Wish(
                teacher_id=found.teacher_id,
                class_id=found.class_id,
                school_subject=found.school_subject or "Maths",
                starts_at=found.starts_at,
                minutes=found.minutes,
                room=room,
                rubric_digest=found.rubric_digest,
                observer_ids=tuple(day.school[name].id for name in observers),
            )
            by, at = day.school["Helen"], day.clock.at
            planning.change(session, found.id, wish, revision=found.revision, by=by, at=at)

    @rule(really=st.integers(0, 9))
    def cancel(self, really: int) -> None:
        if not really:
            self.post("Helen", f"/lessons/{self.planned['Sion']}/cancel", reason="ill")

    @precondition(lambda self: self.how == "apart")
    @rule()
    def join(self) -> None:
        self.post("Ruth", f"/lessons/{self.planned['Ruth']}/join", other=str(self.planned["Sion"]))

    @rule(hours=st.sampled_from((1, 30, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.twin.wait(timedelta(hours=hours))

    @rule()
    def mails_go_out(self) -> None:
        self.both(Day.post_mails)

    # after the reveal

    @precondition(lambda self: self.opened)
    @rule(who=OBSERVERS, act=st.sampled_from(("agree", "close", "reflect", "submit", "release")))
    def talk(self, who: str, act: str) -> None:
        """They agree, finish, reflect; the summary goes to its reader and to its teacher."""
        words = {"looked_at": mark(PRIVATELY, who), "revision": "0"}
        page = f"/pairs/{self.stands(who)}"
        if act == "agree":
            self.post(who, f"{page}/agree/routines", agreed="3", revision="0")
        elif act == "close":
            self.post(who, f"{page}/close")
        elif act == "reflect":
            self.post(who, f"{page}/reflection", **words)
        else:
            self.both(lambda day: self._bring_on(day, act, who))

    def _bring_on(self, day: Day, act: str, who: str) -> None:
        with day.database.write(day.school.network_id) as session:
            found = summaries.of_lesson(session, self.stands(who))
            if found and act == "submit":
                author = summaries.row(session, found).author_id
                by = next(each for each in day.school.people.values() if each.id == author)
                summary_writing.submit(session, found, by=by, at=day.clock.at)
            elif found:
                summary_review.release(session, found, by=day.school["Helen"], at=day.clock.at)

    # what both worlds do

    def both(self, act: Callable[[Day], object]) -> None:
        """In both; alike as long as the records are closed."""
        if self.opened:
            self.twin.each(act)
        else:
            self.twin.both(act)
            states = self.twin.both(self._states)
            self.opened = any(state in OPEN for state in cast(dict[UUID, str], states).values())

    def _states(self, day: Day) -> object:
        with day.database.read(day.school.network_id) as session:
            return lessons.pair_states(session, self.lessons)

    @property
    def lessons(self) -> list[UUID]:
        return list(dict.fromkeys(self.planned.values()))

    def post(self, name: str, url: str, **form: str) -> None:
        reader, route = self.morning.readers[name], Route("POST", url, lambda _: form)
        self.both(lambda day: ask(day, reader, route, self.world).status)

    def id_of(self, who: str) -> UUID:
        return self.morning.school[who].id

    def stands(self, who: str) -> UUID:
        """The lesson that somebody observes, also once it was joined with another."""
        day = self.twin.days[0]
        with day.database.read(day.school.network_id) as session:
            found = joined.find(session, self.planned[who])
        return found.id if found else self.planned[who]

    def _is_last(self, who: str) -> bool:
        """Whether all the others have sealed."""
        day = self.twin.days[0]
        with day.database.read(day.school.network_id) as session:
            found = lessons.by_ids(session, [self.stands(who)])
        others = [s for each in found for s in each.observers if s.person_id != self.id_of(who)]
        return bool(others) and all(seat.sealed for seat in others)

    # what nobody sees

    @invariant()
    def nobody_sees_more(self) -> None:
        """A few addresses after each step, for a few who look; and every mail."""
        if not hasattr(self, "routes"):
            return
        with nothing_is_kept():
            for _ in range(LOOKS_A_STEP):
                self.look(self.luck.choice(self.readers), self.luck.choice(self.routes))
        one, other = (day.mails() for day in self.twin.days)
        assert self.opened or one == other, f"mails differ: {set(one) ^ set(other)}"
        assert not [word for word in self.everybodys if word in repr((one, other))]

    @property
    def everybodys(self) -> list[str]:
        """The words of all records."""
        return [mark(kind, who) for kind in (OPENLY, PRIVATELY) for who in TABLETS]

    def walk(self) -> None:
        """Every address before the reveal, by each who looks in turn."""
        if not self.opened and not self.walked:
            self.walked = True
            self._walk()

    def _walk(self) -> None:
        readers = self.luck.sample(self.readers, len(self.readers))
        with nothing_is_kept():
            for reader, route in zip(cycle(readers), self.routes, strict=False):
                self.look(reader, route)

    def look(self, reader: Reader, route: Route) -> None:
        """What one reader is answered at one address, in both worlds."""
        one, other = compared(self.twin, self.chance, reader, route, self.world)
        told = f"{reader.name} at {route}, of the record of {self.hidden}"
        assert self.opened or one == other, f"{told}: {difference(one, other)}"
        for word in self._sealed_from(reader.name):
            assert word.encode() not in one.words + other.words, f"{told}: {word}"

    def _sealed_from(self, name: str) -> Iterator[str]:
        """The words that this reader must not find."""
        for who in TABLETS:
            if who != name:
                yield mark(PRIVATELY, who)
                if not self.opened or name not in MAY_READ_LETTERS:
                    yield mark(OPENLY, who)

    def teardown(self) -> None:
        if hasattr(self, "routes"):
            self._with_summary()
            self._walk()
        if hasattr(self, "twin"):
            self.twin.end()

    def _with_summary(self) -> None:
        """What came of it is looked at too."""
        day = self.twin.days[0]
        with day.database.read(day.school.network_id) as session:
            found = summaries.of_lesson(session, self.stands("Sion"))
        if found:
            self.world = replace(self.world, draft=found, submitted=found, released=found)
            self.routes = self._routes(self.world)


@pytest.fixture
def _the_same_chance() -> Iterator[None]:
    with the_same_chance() as chance:
        OneLesson.chance = chance
        yield


@pytest.mark.usefixtures("_the_same_chance")
@pytest.mark.parametrize(
    "looking", [PARTNERS, SCHOOL, BEYOND], ids=["partners", "school", "beyond"]
)
def test_no_byte_of_a_record_reaches_anybody_before_the_reveal(
    template: str, looking: Sequence[str]
) -> None:
    on_sqlite = template.startswith("sqlite")
    OneLesson.template, OneLesson.looking = template, looking
    run_state_machine_as_test(
        OneLesson,
        settings=settings(
            max_examples=DAYS if on_sqlite else DAYS_ON_POSTGRESQL,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
