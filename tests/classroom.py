"""A classroom: observers with tablets that send to a real database, with no web between."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from observe.core.operations import read_batch
from observe.core.verdict import Status, Verdict
from observe.services import capture, devices
from observe.services.capture import Answer, OtherEpoch, RecordLine
from observe.storage import devices as stored
from observe.storage import records
from observe.storage.tables.lessons import Observation, Pair
from tests.factories import NOW, PlannedLesson, School, a_lesson
from tests.tablet import Sent, Tablet

RATING = "rating/questioning/whole"
OTHER_RATING = "rating/checking/whole"


@dataclass
class Sender:
    """One observer's tablet, registered, with the record of a lesson."""

    school: School
    name: str
    tablet: Tablet
    acknowledged_through: int = 0
    answers: list[Answer] = field(default_factory=list)

    def batch(self, *sent: Sent, **keys: Any) -> Sent:
        """A request as it goes over the wire."""
        with self.school.database.read(self.school.network_id) as session:
            epoch = str(stored.epoch(session))
        envelope = {
            "protocol": 1,
            "device_id": str(self.tablet.device_id),
            "person_id": str(self.school[self.name].id),
            "epoch": epoch,
            "batch_id": str(uuid4()),
            "sent_at": NOW.isoformat(),
            "acknowledged_through": self.acknowledged_through,
            "operations": list(sent),
        }
        return envelope | keys

    def post(self, *sent: Sent, at: datetime = NOW, **keys: Any) -> Answer | OtherEpoch:
        """Send, whatever is answered."""
        return self.deliver(self.batch(*sent, **keys), at=at)

    def deliver(self, request: Sent, *, at: datetime = NOW) -> Answer | OtherEpoch:
        """A request arrives."""
        batch = read_batch(request)
        with self.school.database.write(self.school.network_id) as session:
            return capture.receive(session, batch, by=self.school[self.name], at=at)

    def send(self, *sent: Sent, **keys: Any) -> list[Verdict]:
        """Send, and expect verdicts."""
        answer = self.post(*sent, **keys)
        assert isinstance(answer, Answer)
        self.answers.append(answer)
        self.acknowledged_through = answer.acknowledged_through
        return list(answer.verdicts)

    def status(self, *sent: Sent) -> list[str]:
        """The statuses, or the codes of what was rejected."""
        verdicts = self.send(*sent)
        return [str(v.code if v.status == Status.REJECTED else v.status) for v in verdicts]

    def open(self, lesson_id: UUID) -> Sent:
        """Start the record of a planned lesson."""
        return self.tablet.make("open", value={"lesson_id": str(lesson_id)})

    @property
    def line(self) -> RecordLine:
        """How the record stood after the last request."""
        return self.answers[-1].records[0]


@dataclass
class Classroom:
    """A paired lesson of Siôn and Ruth, with a tablet each."""

    school: School
    lesson: PlannedLesson

    def sender(self, name: str, observation_id: UUID | None = None) -> Sender:
        """A new tablet of somebody, for their record of this lesson unless another is named."""
        observation_id = observation_id or self.lesson.observations[name]
        tablet = Tablet(observation_id, rubric=self.school.rubrics["teaching-framework"])
        with self.school.database.write(self.school.network_id) as session:
            made = devices.register(session, "iPad", by=self.school[name], at=NOW)
        tablet.device_id = made.device_id
        return Sender(self.school, name, tablet)

    def begun(self, name: str) -> Sender:
        """Somebody who has opened the record."""
        sender = self.sender(name)
        assert sender.status(sender.open(self.lesson.id)) == ["accepted"]
        return sender

    def sealed(self, name: str, level: int = 3) -> Sender:
        """Somebody who has rated and sealed."""
        sender = self.begun(name)
        sent = [sender.tablet.set(RATING, level), *sender.tablet.note("She waited.")]
        assert set(sender.status(*sent, sender.tablet.seal())) == {"accepted"}
        return sender

    def row(self, name: str) -> Observation:
        """The observation of one observer as it is stored."""
        with self.school.database.read(self.school.network_id) as session:
            key = (self.school.network_id, self.lesson.observations[name])
            return session.get_one(Observation, key)

    @property
    def pair_state(self) -> str | None:
        """How far the pair is; None where there is none."""
        with self.school.database.read(self.school.network_id) as session:
            pair = session.get(Pair, (self.school.network_id, self.lesson.id))
            return pair.state if pair else None

    def ratings(self, name: str) -> dict[tuple[str, str], Any]:
        """What the record of one observer says."""
        return dict(self.record(name).ratings)

    def record(self, name: str) -> Any:
        """The record of one observer, late notes and all."""
        with self.school.database.read(self.school.network_id) as session:
            return records.read(session, self.lesson.observations[name])


def a_classroom(school: School, **lesson: Any) -> Classroom:
    """A lesson of this school with tablets."""
    return Classroom(school, a_lesson(school, **lesson))
