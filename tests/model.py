"""A tablet as sync/1 describes it: what it made, what it thinks of it, and what it was told by others."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from observe.core.errors import Invalid, Refused
from observe.core.fold import Fields, fold, state_hash
from observe.core.operations import Kind, Operation, read_operation
from observe.core.verdict import NEEDS_REPAIR, Status, Verdict
from observe.services import changes, devices
from observe.services.capture import Answer, OtherEpoch
from tests.classroom import Sender
from tests.factories import NOW
from tests.tablet import Sent

MOST = 200
KINDS = {kind.value for kind in Kind}


class Device:
    """Numbers are given once and for ever; each operation waits, is confirmed, or was refused."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.tablet = sender.tablet
        self.waiting: list[Sent] = []
        self.confirmed: list[Sent] = []
        self.refused: list[Sent] = []
        self.fetched: dict[str, Sent] = {}
        self.places: dict[str, tuple[str, int]] = {}
        self.asked_to_repair: dict[str, Any] | None = None
        self.through = 0
        self.cursor = "0"
        self.epoch: str = sender.batch()["epoch"]

    # what the observer does

    def write(self, kind: str, field: str | None = None, value: Any = None, **keys: Any) -> None:
        """One more operation, which waits to be sent."""
        self.waiting.append(self.tablet.make(kind, field, value, **keys))

    def seal(self) -> None:
        """Ask the server to close the record as this tablet knows it."""
        self.write("seal", None, {"state_hash": state_hash(self.known().values())})

    # what the tablet knows

    def known(self) -> Fields:
        """The record as this tablet has it: own work and what it fetched, save what is late."""
        refused = {each["op_id"] for each in self.refused}
        own = {e["op_id"]: e for e in self.tablet.made if e["op_id"] not in refused}
        return fold(map(read_operation, self._counted((own | self.fetched).values())))

    def _counted(self, known: Iterable[Sent]) -> Iterator[Sent]:
        """What waits and what was accepted, and what was late before the record was opened for it."""
        readable = [each for each in known if each["kind"] in KINDS]
        opened = max(self._opened(readable), default=0)
        for each in readable:
            status, place = self.places.get(each["op_id"], (Status.ACCEPTED, 0))
            if status != Status.LATE or place <= opened:
                yield each

    def _opened(self, known: Iterable[Sent]) -> Iterator[int]:
        """The places at which the record was opened again with what had come late."""
        for each in known:
            status, place = self.places.get(each["op_id"], ("", 0))
            including = each["kind"] == Kind.UNSEAL and each["value"]["include"]
            if including and status == Status.ACCEPTED:
                yield place

    @property
    def kept(self) -> set[UUID]:
        """What is not refused: the server has it, or will have it."""
        refused = {each["op_id"] for each in self.refused}
        return {UUID(e["op_id"]) for e in self.tablet.made if e["op_id"] not in refused}

    # what goes over the network

    def request(self, sent: Iterable[Sent]) -> Sent:
        """A request, as it may lie about in the network for a while."""
        skipped = [each["device_seq"] for each in self.refused]
        return self.sender.batch(
            *sent, epoch=self.epoch, skipped=skipped, acknowledged_through=self.through
        )

    def send(self, sent: list[Sent], *, answer_lost: bool = False) -> None:
        """Send, and act on the answer unless it is lost; what the server cannot read is halved."""
        try:
            answer = self.sender.deliver(self.request(sent))
        except Invalid:
            self._halve(sent, answer_lost=answer_lost)
            return
        except Refused:
            self._register_again()
            return
        if answer_lost:
            return
        if isinstance(answer, OtherEpoch):
            self.epoch = str(answer.epoch)
            self._unsend(answer.known_through)
        else:
            self._settle(sent, answer)

    def _register_again(self) -> None:
        """The server came back from a day on which it did not know this tablet; the numbers stay."""
        school, person = self.sender.school, self.sender.school[self.sender.name]
        with school.database.write(school.network_id) as session:
            self.tablet.device_id = devices.register(session, "iPad", by=person, at=NOW).device_id
        self._unsend(0)

    def _halve(self, sent: list[Sent], *, answer_lost: bool) -> None:
        if len(sent) == 1:
            if not answer_lost:
                self._refuse(sent[0])
            return
        for half in (sent[: len(sent) // 2], sent[len(sent) // 2 :]):
            self.send(half, answer_lost=answer_lost)

    def _settle(self, sent: list[Sent], answer: Answer) -> None:
        told = {str(verdict.op_id): verdict for verdict in answer.verdicts}
        assert set(told) == {each["op_id"] for each in sent}
        self.through = answer.acknowledged_through
        for each in sent:
            self._hear(each, told[each["op_id"]])

    def _hear(self, each: Sent, verdict: Verdict) -> None:
        if verdict.status == Status.REJECTED:
            self._refuse(each)
            return
        self._place(each["op_id"], str(verdict.status), verdict.sequence)
        if each in self.waiting:
            self.waiting.remove(each)
            self.confirmed.append(each)
        if verdict.code == NEEDS_REPAIR and verdict.fields is not None:
            self.asked_to_repair = dict(verdict.fields)

    def _place(self, op_id: str, status: str, sequence: int | None) -> None:
        known = Status.ACCEPTED if status == Status.DUPLICATE else status
        self.places[op_id] = known, sequence or 0

    def _refuse(self, each: Sent) -> None:
        """Into quarantine: visible, never sent again, its number given away."""
        for held in (self.waiting, self.confirmed):
            if each in held:
                held.remove(each)
        if each not in self.refused:
            self.refused.append(each)

    def _unsend(self, through: int) -> None:
        """The server forgot what came after this number."""
        self.through = through
        again = [each for each in self.confirmed if each["device_seq"] > through]
        self._send_again(again)

    def _send_again(self, again: list[Sent]) -> None:
        self.confirmed = [each for each in self.confirmed if each not in again]
        self.waiting = again + self.waiting

    def repair(self) -> None:
        """Send again what decides a field here and not on the server."""
        asked, self.asked_to_repair = self.asked_to_repair or {}, None
        there = {op for by in asked.values() for op in (by if isinstance(by, list) else [by])}
        mine = self.known().deciding().values()
        here = {op for by in mine for op in (by if isinstance(by, list) else [by])}
        missing = {str(op) for op in here - there}
        self._send_again([each for each in self.confirmed if each["op_id"] in missing])

    def fetch(self) -> None:
        """Ask for what any tablet of this person sent."""
        school = self.sender.school
        with school.database.read(school.network_id) as session:
            found = changes.since(session, school[self.sender.name], self.cursor)
        self.cursor = found.cursor
        mine = str(self.tablet.observation_id)
        self.fetched |= {e["op_id"]: e for e in found.operations if e["observation_id"] == mine}
        for each in found.operations:
            self._place(each["op_id"], each["status"], each["sequence"])
        seen = [each["lamport"] for each in found.operations]
        self.tablet.lamport = max([self.tablet.lamport, *seen])

    def drain(self) -> None:
        """Everything goes out, however often the server has to be asked; the last word is a number."""
        self.send([])
        while self.waiting:
            self.send(self.waiting[:MOST])
            if not self.waiting:
                self.send([])


def ids(operations: Iterable[Operation]) -> set[UUID]:
    """The ids of operations."""
    return {operation.op_id for operation in operations}
