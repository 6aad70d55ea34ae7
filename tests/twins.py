"""Two worlds in which everybody does the same, save that one observer's record says something else."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from observe.core.errors import ObserveError
from observe.core.ids import new_id
from observe.core.mail import MailServer
from observe.services import mailing
from observe.services.capture import Answer, OtherEpoch
from observe.services.mailing import Round
from observe.services.post_office import PostOffice
from observe.storage import networks
from observe.storage.database import Database
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Visit
from tests import postgres
from tests.classroom import Sender
from tests.factories import NOW, School
from tests.model import Device
from tests.tablet import Sent, Tablet

PLACE = "https://observe.example"
SERVER = MailServer("localhost", 25, "Observe <observe@school.example>", "none")


class Chance:
    """Randomness that is the same in both worlds, as long as both draw the same."""

    def __init__(self) -> None:
        self.drawn = random.Random(0)

    def again(self, step: object) -> None:
        """Begin anew for a step."""
        self.drawn = random.Random(str(step))

    def bits(self, number: int) -> int:
        return self.drawn.getrandbits(number)

    def randrange(self, stop: int) -> int:
        return self.drawn.randrange(stop)

    def id(self) -> UUID:
        return UUID(int=self.bits(128), version=4)

    def token(self, number: int = 32) -> str:
        return f"{self.bits(8 * number):x}"


@contextmanager
def the_same_chance() -> Iterator[Chance]:
    """While it lasts, all that is drawn by lot is drawn from here, and passwords cost little."""
    chance = Chance()
    with (
        patch.object(new_id, "__defaults__", (chance.bits,)),
        patch("tests.tablet.uuid4", chance.id),
        patch("secrets.token_urlsafe", chance.token),
        patch("email.generator.random", chance),
        patch("observe.services.passwords._hasher", PasswordHasher(1, 8, 1)),
    ):
        yield chance


@dataclass
class Clock:
    """One clock for both worlds: it stands still until a step moves it."""

    at: datetime = NOW
    held: ExitStack = field(default_factory=ExitStack)

    def set(self, at: datetime) -> None:
        """From now on it is this moment, for everything that asks."""
        self.held.close()
        self.at = at
        self.held.enter_context(time_machine.travel(at, tick=False))


class ClockedSender(Sender):
    """A tablet whose requests arrive when the clock says."""

    clock: Clock

    def deliver(self, request: Sent, *, at: datetime | None = None) -> Answer | OtherEpoch:
        told = super().deliver(request, at=at or self.clock.at)
        if isinstance(told, Answer):
            self.answers.append(told)
        return told


@dataclass
class Day:
    """One of the two worlds; `other` is the one in which the hidden record differs."""

    database: Database
    app: Flask
    school: School
    clock: Clock
    hidden: str
    other: bool
    devices: dict[str, Device] = field(default_factory=dict)
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def client(self) -> FlaskClient:
        """A browser in this world."""
        self.app.extensions["observe_database"] = self.database
        return self.app.test_client(use_cookies=False)

    def says_else(self, who: str) -> bool:
        """Whether this person's record says something else in this world."""
        return self.other and who == self.hidden

    def give_tablet(
        self, who: str, observation_id: UUID, device_id: UUID, name: str | None = None
    ) -> None:
        """A tablet for a record, which the server knows; by the name of its owner or another."""
        rubric = self.school.rubrics["teaching-framework"]
        tablet = Tablet(observation_id, rubric=rubric)
        tablet.device_id = device_id
        sender = ClockedSender(self.school, who, tablet)
        sender.clock = self.clock
        self.devices[name or who] = Device(sender)

    def post_mails(self) -> None:
        """One round of the sender of mails, and what the facilitator's outbox holds of them."""
        with patch.object(PostOffice, "hand_over", self._take):
            mailing.send_all(Round(self.database, SERVER, "for tests only", lambda: self.clock.at))

    def _take(self, mail: EmailMessage, address: str) -> None:
        self.sent.append((address, mail.as_bytes()))

    def mails(self) -> list[tuple[object, ...]]:
        """Every mail of the network, waiting and sent, with all that is known of it."""
        columns = [each for each in OutboxMail.__table__.columns if each.name != "network_id"]
        with self.database.read(self.school.network_id) as session:
            query = select(*columns).where(OutboxMail.network_id == session.network_id)
            waiting = [tuple(row) for row in session.execute(query.order_by(OutboxMail.id))]
        return [*waiting, *self.sent]

    def be_here(self) -> None:
        """Everybody who is signed in was here just now."""
        for network_id in self.networks():
            with self.database.write(network_id) as session:
                here = update(Visit).where(Visit.network_id == session.network_id)
                session.execute(here.values(seen_at=self.clock.at))

    def networks(self) -> list[UUID]:
        """Every network of this world."""
        with self.database.outside() as session:
            return [*networks.ids(session).values()]


class Twin:
    """Both worlds, from one morning; each step is done in both and must be answered alike."""

    def __init__(
        self, morning: str, school: School, app: Flask, hidden: str, chance: Chance
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="observe-twins-"))
        self.stack, self.clock, self.steps, self.chance = ExitStack(), Clock(), 0, chance
        self.clock.set(NOW)
        self.days = [
            self._day(morning, school, app, hidden, other=other) for other in (False, True)
        ]

    def _day(self, morning: str, school: School, app: Flask, hidden: str, *, other: bool) -> Day:
        url = self._copied(morning, "other" if other else "one")
        database = Database(url, links_lead_to=PLACE)
        self.stack.callback(database.engine.dispose)
        there = replace(school, database=database)
        return Day(database, app, there, self.clock, hidden, other)

    def _copied(self, morning: str, name: str) -> str:
        if not morning.startswith("sqlite"):
            return self.stack.enter_context(postgres.fresh_database(morning))
        to = self.folder / f"{name}.sqlite3"
        shutil.copyfile(morning.removeprefix("sqlite:///"), to)
        return f"sqlite:///{to}"

    def each(self, act: Callable[[Day], object]) -> list[object]:
        """Do it in both, with the same luck; what each answers, or why it refuses."""
        self.steps += 1
        told = []
        for day in self.days:
            self.chance.again(self.steps)
            told.append(_said(act, day))
        return told

    def both(self, act: Callable[[Day], object]) -> object:
        """Do it in both; what is answered must not depend on what the hidden record says."""
        one, other = self.each(act)
        assert one == other, f"an act is answered differently: {one} / {other}"
        return one

    def wait(self, time: timedelta) -> None:
        """Time passes; nobody is signed out by it."""
        self.clock.set(self.clock.at + time)
        self.both(Day.be_here)

    def end(self) -> None:
        """Nothing is left of either."""
        self.stack.close()
        self.clock.held.close()
        shutil.rmtree(self.folder)


def _said(act: Callable[[Day], object], day: Day) -> object:
    try:
        return act(day)
    except ObserveError as refusal:
        return f"{type(refusal).__name__}: {refusal.sentence}"
