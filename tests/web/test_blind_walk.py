"""Everybody looks everywhere at noon, when there are lessons in every state side by side: none is left out.

Two worlds differ in the records of the head alone, and in nothing that is open. Whoever else asks must be
answered alike in both, byte by byte, at every address of the app's map; so must every command that tells
of ratings, every mail, and every line of history.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from observe.core.mail import OF_A_LESSON, MailKind
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.mail import OutboxMail
from tests.cli.running import observe
from tests.factories import PlannedLesson
from tests.twins import Chance, Day, Twin, the_same_chance
from tests.web.acts import OPENLY, PRIVATELY, mark
from tests.web.looking import Looking
from tests.web.morning import TABLETS, a_morning
from tests.web.noon import HIDDEN, OPENED, TWO, Noon
from tests.web.two_worlds import BEYOND, PARTNERS, SCHOOL, the_app
from tests.web.walk import Answered, Reader, Route, ask, difference, nothing_is_kept, routes

STILL = [mark(kind, who) for kind in (OPENLY, PRIVATELY) for who in TABLETS]
ASKED_ABOUT = (
    "late",
    "begun",
    "the other sealed",
    "waiting",
    "waived",
    "withdrawn",
    "open",
    "apart",
)
TOLD = {*OF_A_LESSON, MailKind.REVEALED}
COMMANDS = (("figures", "check"),)


@dataclass
class Walk:
    """All who look, all that they look at, and what they must not have seen."""

    noon: Noon
    chance: Chance
    seen: Looking

    @property
    def twin(self) -> Twin:
        return self.noon.twin

    def readers(self) -> list[Reader]:
        """Every role here, beside, elsewhere, and nobody; not the author of what differs."""
        there = self.noon.morning.readers
        return [there[name] for name in (*PARTNERS, *SCHOOL, *BEYOND) if name != HIDDEN]

    def everywhere(self, about: list[PlannedLesson]) -> list[Route]:
        """Every address of the app, about these lessons."""
        morning, (day, _other) = self.noon.morning, self.twin.days
        experts, group = self.noon.takings(day, HIDDEN)
        worlds = [
            replace(morning.world, planned=about[0], settled=morning.apart, taking=experts),
            replace(morning.world, planned=about[0], group=morning.asked, taking=group),
        ]
        screen = f"/practice/groups/{morning.asked}?screen=1&at=relationships"
        found = [
            *routes(day.app, morning.world, [*about, morning.world.revealed], morning.calendars),
            *(each for world in worlds for each in routes(day.app, world, (), [screen])),
        ]
        return list({str(route): route for route in found}.values())

    def leaks(self, there: list[Route], *, alike: bool = True) -> Iterator[str]:
        """Where somebody sees more than they may."""
        with nothing_is_kept(), self.seen.each_thing_once():
            for reader in self.readers():
                for route in there:
                    if found := self.look(reader, route, alike=alike):
                        yield f"{reader.name} at {route}: {found}"

    def look(self, reader: Reader, route: Route, *, alike: bool) -> object:
        """What is wrong with what one reader is answered at one address; nothing if nothing is."""

        def asked(day: Day) -> Answered:
            self.chance.again(route)
            return ask(day, reader, route)

        key = reader.name, str(route)
        one = self.seen.ask(key, asked)
        if found := [word for word in self.sealed_from(reader) if word.encode() in one.words]:
            return found
        if alike and self.seen.may_differ(key):
            other = asked(self.twin.days[1])
            return one != other and difference(one, other)
        return None

    def sealed_from(self, reader: Reader) -> Iterator[str]:
        """The words that this reader must not find."""
        yield from (word for word in STILL if not word.endswith(reader.name.upper()))
        if reader.name not in TWO:
            yield from (mark(OPENED, who) for who in TWO)


@contextmanager
def a_noon(template: str) -> Iterator[Walk]:
    with the_same_chance() as chance:
        morning = a_morning(template)
        chance.again("the morning")
        twin = Twin(morning.url, morning.school, the_app(morning.url), HIDDEN, chance)
        noon = Noon(twin, morning)
        seen = Looking(twin, {})
        try:
            noon.come()
            seen.forget()
            yield Walk(noon, chance, seen)
        finally:
            seen.end()
            twin.end()


def test_nobody_sees_more_at_noon(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_noon(template) as walk:
        mails, lines = ([tell(day) for day in walk.twin.days] for tell in (Day.mails, history))
        assert mails[0] == mails[1]
        assert kinds(walk.twin.days[0]) >= TOLD
        assert not [word for word in STILL if word in repr(mails)]
        assert lines[0] == lines[1]
        assert said(walk, monkeypatch, 0) == said(walk, monkeypatch, 1)
        there = walk.everywhere([walk.noon.lessons[name] for name in ASKED_ABOUT])
        assert not [*walk.leaks(there)]


def kinds(day: Day) -> set[str]:
    """What the mails of the network are about."""
    with day.database.read(day.school.network_id) as session:
        mine = OutboxMail.network_id == session.network_id
        return {
            *session.scalars(select(OutboxMail.kind).where(mine, OutboxMail.sent_at.is_not(None)))
        }


def history(day: Day) -> list[tuple[object, ...]]:
    """Every line of the network's history, with all that is told in it."""
    columns = [each for each in HistoryLine.__table__.columns if each.name != "network_id"]
    with day.database.read(day.school.network_id) as session:
        mine = HistoryLine.network_id == session.network_id
        return [tuple(row) for row in session.execute(select(*columns).where(mine))]


def said(walk: Walk, monkeypatch: pytest.MonkeyPatch, world: int) -> list[object]:
    """What the commands say that tell of ratings, in one of the worlds."""
    url = walk.twin.days[world].database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("OBSERVE_DATABASE_URL", url)
    return [observe(*command) for command in COMMANDS]
