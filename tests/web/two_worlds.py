"""A day that is lived twice, in worlds that differ in one record alone, and all that is seen of it."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import ClassVar
from uuid import UUID

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from observe.settings import Settings
from observe.web.app import create_app
from tests.factories import PlannedLesson
from tests.twins import Chance, Day, Twin, the_same_chance
from tests.web.access import World
from tests.web.acts import OPENLY, PRIVATELY, mark
from tests.web.looking import Known, Looking
from tests.web.morning import TABLETS, Morning, a_morning
from tests.web.walk import Answered, Reader, Route, ask, difference, nothing_is_kept, routes

PAIR = ("Sion", "Ruth")
PARTNERS = (*PAIR, "Mair", "Peter")
SCHOOL = ("Helen", "Catrin", "Margaret", "Dilys")
BEYOND = (
    *("Aisha", "Owen", "Nia", "Amina", "nobody"),
    *("Sion of another network", "Margaret of another network"),
)
SURELY = 2
OF_REFUSED, OF_OTHERS, OF_ALIKE = 0.005, 0.01, 0.25
AT_MOST_ON_POSTGRESQL = 300
KNOWN: Known = {}


@cache
def the_app(url: str) -> Flask:
    """An app for both worlds; the databases are changed under it with each request."""
    app = create_app(Settings(database_url=url, secret_key="for tests only", https=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


class TwoWorlds(RuleBasedStateMachine):
    """Whoever may look, looks after each step, at every address whose answer can have changed.

    Until something is `opened`, both worlds must answer alike, byte by byte; always, no answer holds a
    word that is sealed from whoever asks.
    """

    template: ClassVar[str] = ""
    looking: ClassVar[Sequence[str]] = ()
    chance: ClassVar[Chance]
    known: ClassVar[Known]
    endings: ClassVar[list[str]]
    routes: list[Route]
    fine: bool
    ends: bool

    def wake(self, hidden: str, luck: int) -> None:
        """The day begins, the same in both worlds."""
        self.hidden, self.opened, self.luck = hidden, False, random.Random(luck)
        self.ends = False
        self.morning: Morning = a_morning(self.template)
        app = the_app(self.morning.url)
        self.chance.again("the morning")
        self.twin = Twin(self.morning.url, self.morning.school, app, hidden, self.chance)
        self.seen = Looking(self.twin, self.known)
        self.readers = [self.morning.readers[name] for name in self.looking if name != hidden]

    def every_route(self, world: World, about: Sequence[PlannedLesson], *more: str) -> None:
        """From now on these lessons are asked about, and what this world names."""
        self.world = world
        app = self.twin.days[0].app
        self.routes = routes(app, world, about, [*self.morning.calendars, *more])

    # what both worlds do

    def both(self, act: Callable[[Day], object]) -> None:
        """In both; alike as long as the records are closed."""
        self.seen.forget()
        self.fine = False
        if self.opened:
            self.twin.each(act)
        else:
            self.twin.both(act)
            self.opened = bool(self.twin.both(self.opens))

    def opens(self, day: Day) -> bool:
        """Whether what was sealed is open now to those who take part."""
        raise NotImplementedError

    def sealed_from(self, name: str) -> Iterator[str]:
        """The words that this reader must not find."""
        raise NotImplementedError

    def words(self) -> Sequence[str]:
        """Every word of every record; none of them stands in a mail."""
        return [mark(kind, who) for kind in (OPENLY, PRIVATELY) for who in TABLETS]

    def post(self, name: str, url: str, **form: str) -> None:
        """Somebody presses a button."""
        reader, route = self.morning.readers[name], Route("POST", url, lambda: form)
        self.both(lambda day: ask(day, reader, route).status)

    def id_of(self, who: str) -> UUID:
        return self.morning.school[who].id

    # what nobody sees

    @invariant()
    def nobody_sees_more(self) -> None:
        """All that can have changed, a few addresses besides, and every mail."""
        if hasattr(self, "routes"):
            self.fine = False
            if not self.opened:
                self.walk()
            self._mails()
            self.fine = True

    def _mails(self) -> None:
        one, other = (day.mails() for day in self.twin.days)
        assert self.opened or one == other, f"mails differ: {set(one) ^ set(other)}"
        told = repr((one, other))
        assert not [word for word in self.words() if word in told]

    def walk(self) -> None:
        """Everybody looks everywhere where something can have changed."""
        looks = list(product(self.readers, self.routes))
        with nothing_is_kept(), self.seen.each_thing_once():
            for reader, route in self.luck.sample(looks, SURELY):
                self.look(reader, route, surely=True)
            for reader, route in self._worth(looks):
                self.look(reader, route)

    def _worth(self, looks: list[tuple[Reader, Route]]) -> Iterator[tuple[Reader, Route]]:
        """What can be answered otherwise; of others, and of what was refused before, a part each time."""
        if not self.template.startswith("sqlite"):
            looks = self.luck.sample(looks, min(AT_MOST_ON_POSTGRESQL, len(looks)))
        for reader, route in looks:
            key = reader.name, str(route)
            if not self.seen.is_known(key) and self.luck.random() < self._chance_of(key):
                yield reader, route

    def _chance_of(self, key: tuple[str, str]) -> float:
        """The two who were to observe look always where worlds differ, and at the end; of the rest a part."""
        if key[0] in PAIR:
            return 1.0 if self.ends or not self.seen.speaks_alike(key) else OF_ALIKE
        return OF_REFUSED if self.seen.was_refused(key) else OF_OTHERS

    def look(self, reader: Reader, route: Route, *, surely: bool = False) -> None:
        """What one reader is answered at one address, in both worlds where that can differ."""
        key, drawn = (reader.name, str(route)), str(route)

        def asked(day: Day) -> Answered:
            self.chance.again(drawn)
            return ask(day, reader, route)

        told = f"{reader.name} at {route}, of the record of {self.hidden}"
        one = other = self.seen.ask(key, asked)
        if not self.opened and (surely or self.seen.may_differ(key)):
            other = asked(self.twin.days[1])
        found = [word for word in self.sealed_from(reader.name) if word.encode() in one.words]
        if one != other or found:
            self.known.clear()
            raise AssertionError(f"{told}: {found or difference(one, other)}")

    def teardown(self) -> None:
        """What nobody did by luck is done now, so that every day is walked up to its end."""
        try:
            if getattr(self, "fine", False):
                self.end_in_the_way_of(self.endings[-1])
        finally:
            if hasattr(self, "twin"):
                self.seen.end()
                self.twin.end()

    def end_in_the_way_of(self, name: str) -> None:
        self.ends = True
        for act in self.ending(name):
            act()
            self.nobody_sees_more()
        self.last_look()
        if len(self.endings) > 1:
            self.endings.pop()

    def ending(self, name: str) -> Sequence[Callable[[], object]]:
        """The acts with which a day of this name ends."""
        raise NotImplementedError

    def last_look(self) -> None:
        """What came of it all."""
        self.walk()


def live(
    machine: type[TwoWorlds],
    template: str,
    looking: Sequence[str],
    endings: Sequence[str],
    steps: int,
) -> None:
    """Live a day for each ending, after so many steps that luck decides; on PostgreSQL only one."""
    machine.template, machine.looking, machine.known = template, looking, KNOWN
    machine.endings = [*reversed(endings)]
    with the_same_chance() as machine.chance:
        run_state_machine_as_test(machine, settings=_settings(len(endings), steps, template))


def _settings(days: int, steps: int, template: str) -> settings:
    return settings(
        max_examples=days if template.startswith("sqlite") else 1,
        stateful_step_count=steps,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
