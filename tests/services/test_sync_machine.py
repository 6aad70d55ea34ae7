"""Two tablets of one head, a partner, and everything that can go wrong between them and the server."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from observe.core.fold import Fields, fold, state_hash
from observe.core.operations import read_operation
from observe.services import changes
from observe.services.capture import Answer, OtherEpoch
from observe.storage import operations
from observe.storage.database import Database
from observe.storage.schema import upgrade
from tests.classroom import OTHER_RATING, RATING, Classroom, Sender, a_classroom
from tests.factories import a_network
from tests.tablet import Sent

TABLETS = st.integers(0, 1)
FIELDS = (RATING, OTHER_RATING, "context/pupils", "note/a/text")


@cache
def a_morning() -> tuple[Path, Classroom]:
    """A database with one planned lesson, made once and copied for each day that goes wrong."""
    path = Path(tempfile.mkdtemp(prefix="observe-machine-")) / "morning.sqlite3"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    room = a_classroom(a_network(database, name="Dales"))
    database.engine.dispose()
    return path, room


class Device:
    """A tablet as sync/1 describes it: what it made, what it thinks is confirmed, what it fetched."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.tablet = sender.tablet
        self.waiting: list[Sent] = []
        self.confirmed: list[Sent] = []
        self.fetched: dict[str, Sent] = {}
        self.cursor = "0"
        self.epoch: str = sender.batch()["epoch"]

    def write(self, kind: str, field: str | None, value: Any = None) -> None:
        """One more operation, which waits to be sent."""
        self.waiting.append(self.tablet.make(kind, field, value))

    def known(self) -> Fields:
        """The record as this tablet has it: own work and what it fetched."""
        own = {each["op_id"]: each for each in self.tablet.made}
        return fold(map(read_operation, (own | self.fetched).values()))

    def send(self, sent: list[Sent], *, answer_lost: bool = False) -> None:
        """Send, and act on the answer unless it is lost on the way."""
        answer = self.sender.post(*sent, epoch=self.epoch)
        if answer_lost:
            return
        if isinstance(answer, OtherEpoch):
            self.epoch = str(answer.epoch)
            self.unsend(answer.known_through)
        else:
            self.settle(sent, answer)

    def settle(self, sent: list[Sent], answer: Answer) -> None:
        told = {str(verdict.op_id) for verdict in answer.verdicts}
        assert told == {each["op_id"] for each in sent}
        self.confirmed += [each for each in self.waiting if each["op_id"] in told]
        self.waiting = [each for each in self.waiting if each["op_id"] not in told]
        self.sender.acknowledged_through = self.confirmed_through()

    def confirmed_through(self) -> int:
        """The highest number that was confirmed with all lower ones; the server may have forgotten."""
        numbers = {each["device_seq"] for each in self.confirmed}
        return next(number for number in count() if number + 1 not in numbers)

    def unsend(self, through: int) -> None:
        """The server forgot what came after this number."""
        again = [each for each in self.confirmed if each["device_seq"] > through]
        self.confirmed = [each for each in self.confirmed if each["device_seq"] <= through]
        self.waiting = again + self.waiting
        self.sender.acknowledged_through = self.confirmed_through()

    def drain(self) -> None:
        """Everything goes out, however often the server has to be asked; the last word is a number."""
        self.send([])
        while self.waiting:
            self.send(self.waiting[:200])
            if not self.waiting:
                self.send([])


class OneLesson(RuleBasedStateMachine):
    """Whatever happens, nothing that was written is lost or counted twice."""

    @initialize()
    def begin(self) -> None:
        morning, room = a_morning()
        self.folder = Path(tempfile.mkdtemp(dir=morning.parent))
        self.path = self.folder / "observe.sqlite3"
        shutil.copyfile(morning, self.path)
        self.backup: Path | None = None
        self.database = Database(f"sqlite:///{self.path}")
        self.room = replace(room, school=replace(room.school, database=self.database))
        self.devices = [Device(self.room.sender("Sion")), Device(self.room.sender("Sion"))]
        self.devices[0].waiting.append(self.devices[0].sender.open(self.room.lesson.id))

    @rule(which=TABLETS, field=st.sampled_from(FIELDS[:2]), level=st.sampled_from([1, 2, None]))
    def rate(self, which: int, field: str, level: int | None) -> None:
        self.devices[which].write("set", field, level)

    @rule(which=TABLETS, text=st.text(max_size=3))
    def write(self, which: int, text: str) -> None:
        self.devices[which].write("set", FIELDS[3], text)

    @rule(which=TABLETS, data=st.data())
    def send_some(self, which: int, data: st.DataObject) -> None:
        device = self.devices[which]
        known = [*device.waiting, *device.confirmed[-3:]]
        sent = data.draw(st.lists(st.sampled_from(known), max_size=6)) if known else []
        device.send(sent, answer_lost=data.draw(st.booleans()))

    @rule(which=TABLETS)
    def fetch(self, which: int) -> None:
        device = self.devices[which]
        with self.database.read(self.room.school.network_id) as session:
            found = changes.since(session, self.room.school["Sion"], device.cursor)
        device.cursor = found.cursor
        device.fetched |= {each["op_id"]: each for each in found.operations}
        lamports = [each["lamport"] for each in found.operations]
        device.tablet.lamport = max([device.tablet.lamport, *lamports])

    @rule(which=TABLETS)
    def seal(self, which: int) -> None:
        device = self.devices[which]
        stated = state_hash(device.known().values())
        device.write("seal", None, {"state_hash": stated})

    @rule(which=TABLETS, include=st.booleans())
    def unseal(self, which: int, *, include: bool) -> None:
        self.devices[which].write("unseal", None, {"reason": "more to say", "include": include})

    @precondition(lambda self: self.backup is None)
    @rule()
    def copy(self) -> None:
        self.database.engine.dispose()
        self.backup = self.folder / "yesterday"
        shutil.copyfile(self.path, self.backup)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def put_back(self) -> None:
        self.database.engine.dispose()
        for old in self.folder.glob("observe.sqlite3-*"):
            old.unlink()
        assert self.backup
        shutil.copyfile(self.backup, self.path)
        self.backup = None

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        for device in self.devices * 2:
            device.drain()
        self.check()
        self.database.engine.dispose()
        shutil.rmtree(self.folder)

    def check(self) -> None:
        """Record and late list hold all that was made, once, and the record is what it says it is."""
        made = {UUID(each["op_id"]) for device in self.devices for each in device.tablet.made}
        counted, late = (list(held) for held in self.held())
        assert len(counted) + len(late) == len(made)
        assert {operation.op_id for operation in (*counted, *late)} == made
        row = self.room.row("Sion")
        assert row.state_hash == state_hash(fold(counted).values())
        assert late or row.state == "sealed" or fold(counted).values() == self.all_values()

    def held(self) -> Iterator[list[Any]]:
        observation_id = self.room.lesson.observations["Sion"]
        with self.database.read(self.room.school.network_id) as session:
            yield operations.counted(session, observation_id)
            yield operations.late(session, observation_id)

    def all_values(self) -> dict[str, str]:
        made = [each for device in self.devices for each in device.tablet.made]
        return fold(map(read_operation, made)).values()


OneLesson.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestOneLesson = OneLesson.TestCase
