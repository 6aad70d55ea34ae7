"""Two observers with two tablets each, and everything that can go wrong between them and the server."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from observe.core.errors import ObserveError, Refused
from observe.core.fold import fold, state_hash
from observe.core.operations import Kind, Operation
from observe.core.rubric_json import from_json, rubric_digest
from observe.services import bootstrap, changes, rubrics, talking
from observe.storage import operations
from observe.storage import rubrics as published
from observe.storage.database import Database, NetworkSession
from observe.storage.tables.lessons import Observation
from observe.storage.tables.records import Operation as Row
from tests import postgres
from tests.classroom import OTHER_RATING, RATING, Classroom, a_classroom
from tests.copies import Copies
from tests.factories import NOW, a_network
from tests.model import Device, ids
from tests.tablet import Sent

OBSERVERS = ("Sion", "Ruth")
MARKS = {name: f"Only {name} saw this." for name in OBSERVERS}
DEVICES = st.integers(0, 3)
FIELDS = (RATING, OTHER_RATING)
LEVELS = (1, 2, 4, None, 9)
MOST_PUT_BACKS = 2
DAYS, STEPS = 25, 35
DAYS_ON_POSTGRESQL = 3


@cache
def a_morning(template: str) -> tuple[str, Classroom]:
    """A database with one planned lesson, made once and copied for each day that goes wrong."""
    if template.startswith("sqlite"):
        path = Path(tempfile.mkdtemp(prefix="observe-machine-")) / "morning.sqlite3"
        shutil.copyfile(template.removeprefix("sqlite:///"), path)
        url = f"sqlite:///{path}"
    else:
        url = postgres.fresh_database(template).__enter__()
    database = Database(url)
    room = a_classroom(a_network(database, name="Dales"))
    database.engine.dispose()
    return url, room


class OneLesson(RuleBasedStateMachine):
    """Whatever happens, nothing that was written is lost or counted twice."""

    template = ""

    @initialize(registered=st.booleans())
    def begin(self, *, registered: bool) -> None:
        """The day begins; what may be put back knows the tablets, or does not."""
        morning, room = a_morning(self.template)
        self.folder = Path(tempfile.mkdtemp(prefix="observe-day-"))
        self.copies = Copies(morning, self.folder)
        self.room = replace(room, school=replace(room.school, database=self.copies.database))
        self.devices = [Device(self.room.sender(name)) for name in (*OBSERVERS, *OBSERVERS)]
        for device in self.devices[:2]:
            device.write("open", None, {"lesson_id": str(self.room.lesson.id)})
        self.wandering: list[tuple[Device, Sent]] = []
        if registered:
            self.copies.copy()
        self.put_backs = 0
        self.is_open = False
        self.frozen: dict[tuple[str, frozenset[UUID]], set[UUID]] = {}

    # what observers do

    @rule(which=DEVICES, field=st.sampled_from(FIELDS), level=st.sampled_from(LEVELS))
    def rate(self, which: int, field: str, level: int | None) -> None:
        self.devices[which].write("set", field, level)

    @rule(which=DEVICES, text=st.text(max_size=3), private=st.booleans())
    def note(self, which: int, text: str, *, private: bool) -> None:
        device = self.devices[which]
        device.write("set", "note/a/text", f"{text} {MARKS[device.sender.name]}")
        if private:
            device.write("set", "note/a/private", private)

    @rule(which=DEVICES)
    def scribble(self, which: int) -> None:
        """What no server can read goes to quarantine, and its number is skipped."""
        self.devices[which].write("scribble")

    @rule(which=DEVICES)
    def seal(self, which: int) -> None:
        self.devices[which].seal()

    @rule(which=DEVICES)
    def seal_and_send(self, which: int) -> None:
        device = self.devices[which]
        device.fetch()
        device.seal()
        device.send(device.waiting[:200])

    @rule(which=DEVICES, include=st.booleans())
    def unseal(self, which: int, *, include: bool) -> None:
        self.devices[which].write("unseal", None, {"reason": "more to say", "include": include})

    @rule(which=DEVICES, really=st.integers(0, 5))
    def withdraw(self, which: int, really: int) -> None:
        if not really:
            self.devices[which].write("withdraw", None, {"reason": "called away"})

    # what the network does

    @rule(which=DEVICES, then_copy=st.booleans())
    def send_all(self, which: int, *, then_copy: bool) -> None:
        device = self.devices[which]
        device.send(device.waiting[:200])
        if then_copy:
            self.copies.copy()

    @rule(which=DEVICES, data=st.data())
    def send_some(self, which: int, data: st.DataObject) -> None:
        """In any order, some of it again, and perhaps the answer is lost."""
        device = self.devices[which]
        known = [*device.waiting, *device.confirmed[-3:]]
        sent = data.draw(st.lists(st.sampled_from(known), max_size=6)) if known else []
        device.send(sent, answer_lost=data.draw(st.booleans()))

    @rule(which=DEVICES)
    def wander(self, which: int) -> None:
        """A request leaves and is not heard of; the tablet gives it up."""
        device = self.devices[which]
        readable = [each for each in device.waiting if each["kind"] != "scribble"]
        self.wandering.append((device, device.request(readable[:200])))

    @precondition(lambda self: self.wandering)
    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        """It comes after all, perhaps after later ones; nobody hears the answer."""
        device, request = self.wandering.pop(data.draw(st.integers(0, len(self.wandering) - 1)))
        with suppress(Refused):
            device.sender.deliver(request)

    @rule(which=DEVICES)
    def fetch(self, which: int) -> None:
        self.devices[which].fetch()

    @rule(which=DEVICES)
    def repair(self, which: int) -> None:
        self.devices[which].repair()

    # what technicians and facilitators do

    @precondition(lambda self: self.put_backs < MOST_PUT_BACKS)
    @rule(by_command=st.booleans())
    def put_back(self, *, by_command: bool) -> None:
        self.put_backs += 1
        if by_command:
            self.copies.restore()
        else:
            self.copies.put_back()
        self.frozen.clear()
        self.is_open = False

    @rule(which=DEVICES)
    def republish(self, which: int) -> None:
        """The next version has no "checking"; whoever has it before them can rate it no more."""
        with self.copies.database.write(self.room.school.network_id) as session:
            body = published.row(session, self.room.school.rubrics["teaching-framework"]).body
            newer = from_json(without(body | {"version": body["version"] + 1}, "checking"))
            rubrics.publish(session, newer, by=None, at=NOW)
        self.devices[which].tablet.rubric = rubric_digest(newer)

    # what holds after every step

    @invariant()
    def what_is_sealed_stays_as_it_is(self) -> None:
        """Until it is unsealed; and once all are sealed, for ever."""
        for name in OBSERVERS if hasattr(self, "devices") else ():
            state, counted = self.row(name).state, self.counted(name)
            assert state in ("sealed", "withdrawn") or not self.is_open
            if state != "sealed":
                continue
            unsealed = frozenset(ids(each for each in counted if each.kind == Kind.UNSEAL))
            assert self.row(name).state_hash == state_hash(fold(counted).values())
            assert self.frozen.setdefault((name, unsealed), ids(counted)) == ids(counted)
        self.is_open |= self.all_sealed()

    def all_sealed(self) -> bool:
        return hasattr(self, "devices") and {self.row(n).state for n in OBSERVERS} == {"sealed"}

    @rule(reader=st.sampled_from(OBSERVERS))
    def look(self, reader: str) -> None:
        """Until all have sealed, whatever a tablet reads holds no word of the partner's."""
        (partner,) = set(OBSERVERS) - {reader}
        sealed = self.all_sealed()
        with self.copies.database.read(self.room.school.network_id) as session:
            for told in self.told(session, reader):
                assert MARKS[partner] not in told
            if not sealed:
                with pytest.raises(ObserveError):
                    talking.talk(session, self.room.lesson.id)

    def told(self, session: NetworkSession, reader: str) -> Iterator[str]:
        person = self.room.school[reader]
        yield json.dumps(bootstrap.bootstrap(session, person, at=NOW, say=str))
        yield json.dumps(changes.since(session, person, "0").operations)

    # what holds in the end

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        for step in (Device.drain, Device.fetch) * 3:
            for device in self.devices:
                step(device)
        for name in OBSERVERS:
            self.check(name)
        self.copies.close()
        shutil.rmtree(self.folder)

    def check(self, name: str) -> None:
        """Record and late list hold all that was made, once, and all folds come to the same."""
        mine = [device for device in self.devices if device.sender.name == name]
        counted, late = self.counted(name), self.late(name)
        made = set[UUID]().union(*(device.kept for device in mine))
        assert len(counted) + len(late) == len(made)
        assert ids(counted) | ids(late) == made
        values = fold(counted).values()
        assert self.row(name).state_hash in (state_hash(values), None)
        for device in mine:
            assert device.known().values() == values
            self.is_in_log(device)

    def is_in_log(self, device: Device) -> None:
        """What the server ever answered has one row, also where it was refused."""
        answered = {UUID(each["op_id"]) for each in (*device.confirmed, *device.waiting)}
        with self.copies.database.read(self.room.school.network_id) as session:
            rows = session.scalars(select(Row.op_id).where(Row.op_id.in_(answered))).all()
        assert sorted(rows) == sorted(answered)

    # what the server has

    def row(self, name: str) -> Observation:
        return self.room.row(name)

    def counted(self, name: str) -> list[Operation]:
        return self._held(operations.counted, name)

    def late(self, name: str) -> list[Operation]:
        return self._held(operations.late, name)

    def _held(
        self, of: Callable[[NetworkSession, UUID], list[Operation]], name: str
    ) -> list[Operation]:
        with self.copies.database.read(self.room.school.network_id) as session:
            return of(session, self.room.lesson.observations[name])


def without(body: dict[str, Any], criterion: str) -> dict[str, Any]:
    """A rubric, as JSON, that does not ask for one criterion any more."""
    plain = json.loads(json.dumps(body))
    for domain in plain["domains"]:
        domain["criteria"] = [c for c in domain["criteria"] if c["criterion"] != criterion]
    return dict(plain)


def test_whatever_happens_nothing_is_lost_or_counted_twice(template: str) -> None:
    days = DAYS if template.startswith("sqlite") else DAYS_ON_POSTGRESQL
    OneLesson.template = template
    run_state_machine_as_test(
        OneLesson,
        settings=settings(max_examples=days, stateful_step_count=STEPS, deadline=None),
    )
