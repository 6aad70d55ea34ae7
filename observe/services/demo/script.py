"""What each observer writes down and gives in one lesson, and the operations that it was sent as."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from observe.core.canonical import canonical
from observe.core.fold import fold, state_hash
from observe.core.ids import new_id
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.operations import Kind, Operation
from observe.core.rubric import Criterion, Rubric
from observe.services.demo.diary import Entry, Seated, Stage
from observe.services.demo.notes import Sighting, sightings
from observe.services.demo.truth import Truth
from observe.storage.records import WholeRecord

TOPICS = {
    "maths": (
        "fractions of a set",
        "column subtraction",
        "right angles",
        "the 7 times table",
        "area",
    ),
    "English": ("fronted adverbials", "the opening of a story", "a letter of complaint", "commas"),
    "reading": ("what the fox is thinking", "predicting the ending", "finding proof in the text"),
    "phonics": ("the sound ai", "split digraphs", "blending four sounds"),
    "science": (
        "electric circuits",
        "evaporation",
        "food chains",
        "friction",
        "the parts of a plant",
    ),
    "history": ("why the Romans left", "the Great Fire", "a letter from the trenches", "Windrush"),
    "geography": ("how a river changes", "reading a map", "why people move", "weather fronts"),
    "art": ("mixing greens", "drawing what is between things", "printing in two layers"),
    "music": ("keeping a pulse", "call and answer", "a four-bar tune"),
    "computing": ("loops", "finding the bug", "what a variable holds"),
    "French": ("asking the way", "the past with avoir", "food and opinions"),
}
EVENTS, STRIKING, NOTICED, LOOK_FORS = 11, 2, 0.56, 0.3
UNSEEN, NOT_FITTING, PRIVATE = 0.015, 0.03, 0.03
SECURE = 2


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in the lesson for those who notice it."""

    minute: int
    criterion: str
    mark: str


@dataclass(slots=True)
class Writing:
    """One observer's record while it grows: operations in the order in which a tablet makes them."""

    seat: Seated
    digest: str
    begun_at: datetime
    rng: random.Random
    operations: list[Operation] = field(default_factory=list)

    def add(self, kind: Kind, value: Any, *, at: int, field: str | None = None) -> None:
        """One operation, `at` milliseconds after the start."""
        moment = self.begun_at + timedelta(milliseconds=at)
        number = len(self.operations) + 1
        op_id = new_id(moment, self.rng.getrandbits)
        sent = {
            "op_id": str(op_id),
            "observation_id": str(self.seat.observation_id),
            "device_seq": number,
            "lamport": number,
            "kind": kind.value,
            "value": value,
            "rubric": self.digest,
            "at": moment.isoformat(timespec="milliseconds"),
            "elapsed_ms": at,
        } | ({"field": field} if field else {})
        self.operations.append(
            Operation(op_id, self.seat.observation_id, number, number, kind, sent, canonical(sent))
        )

    def set(self, field: str, value: Any, *, at: int) -> None:
        """A field gets a value."""
        self.add(Kind.SET, value, at=at, field=field)

    def sealed(self, *, at: int) -> None:
        """Close the record over what it holds."""
        self.add(Kind.SEAL, {"state_hash": state_hash(fold(self.operations).values())}, at=at)


@dataclass(frozen=True, slots=True)
class Scene:
    """A lesson to be written down: what there is to see, and what happens."""

    entry: Entry
    rubric: Rubric
    digest: str
    seen: dict[str, float]
    events: tuple[Event, ...]
    year: float


def scene(
    entry: Entry,
    rubric: Rubric,
    digest: str,
    seen: dict[str, float],
    year: float,
    truth: Truth,
    rng: random.Random,
) -> Scene:
    """The lesson as it happens, whoever looks."""
    events = sorted(_events(rubric, seen, truth, rng), key=lambda event: event.minute)
    return Scene(entry, rubric, digest, seen, tuple(events), year)


def _events(
    rubric: Rubric, seen: dict[str, float], truth: Truth, rng: random.Random
) -> Iterator[Event]:
    """Something of everything, and a little more of what goes best and of what goes least well."""
    criteria = [criterion.criterion for criterion in rubric.criteria()]
    ranked = sorted(criteria, key=lambda criterion: seen[criterion] - truth.difficulty[criterion])
    for criterion, mark in ((ranked[-1], "+"), (ranked[0], "-")):
        yield from (Event(rng.randrange(2, 56), criterion, mark) for _ in range(STRIKING))
    for criterion in rng.choices(criteria, k=EVENTS):
        good = rng.gauss(seen[criterion] - truth.difficulty[criterion], 0.6) > 0
        yield Event(rng.randrange(2, 56), criterion, "+" if good else "-")


def record(scene: Scene, seat: Seated, truth: Truth, rng: random.Random) -> WholeRecord | None:
    """What one observer keeps of the lesson; None for one who has not begun."""
    stage = scene.entry.stage
    late = stage is Stage.UNDER_WAY and seat is scene.entry.seats[0]
    if late and rng.random() < 0.4:
        return None
    begun_at = scene.entry.starts_at.astimezone(UTC) + timedelta(seconds=rng.randrange(20, 240))
    writing = Writing(seat, scene.digest, begun_at, rng)
    writing.add(Kind.OPEN, {"lesson_id": str(scene.entry.id)}, at=0)
    writing.set("clock/started", begun_at.isoformat(timespec="milliseconds"), at=1)
    _write_notes(writing, scene, _topics(scene.entry))
    _rate(writing, scene, truth, share=0.4 if late else 1.0)
    sealed_at = None if late else _seal(writing, rng)
    return WholeRecord(
        observation_id=seat.observation_id,
        observer_id=seat.person.id,
        operations=writing.operations,
        begun_at=begun_at,
        sealed_at=sealed_at,
        observed_on=scene.entry.on,
    )


def _seal(writing: Writing, rng: random.Random) -> datetime:
    at = rng.randrange(62, 110) * 60_000
    writing.sealed(at=at)
    return writing.begun_at + timedelta(milliseconds=at)


def _topics(entry: Entry) -> Sequence[str]:
    return TOPICS.get(entry.subject, ("the new idea",))


def _write_notes(writing: Writing, scene: Scene, topics: Sequence[str]) -> None:
    """Each observer notices about half of what happens, and says it in own words."""
    rng = writing.rng
    noticed = [event for event in scene.events if rng.random() < NOTICED][:12]
    missing = [event for event in scene.events if event not in noticed]
    noticed += missing[: max(0, 6 - len(noticed))]
    topic, used = topics[scene.entry.id.int % len(topics)], set[str]()
    for event in sorted(noticed, key=lambda each: each.minute):
        choices = [s for s in sightings(event.criterion, event.mark) if s.text not in used]
        if choices:
            said = rng.choice(choices)
            used.add(said.text)
            _write_note(writing, event, said, topic)


def _write_note(writing: Writing, event: Event, said: Sighting, topic: str) -> None:
    rng = writing.rng
    at = event.minute * 60_000 + rng.randrange(70_000)
    note = f"note/{new_id(writing.begun_at + timedelta(milliseconds=at), rng.getrandbits)}"
    text = said.text.format(
        topic=topic, few=rng.randrange(2, 6), many=rng.randrange(9, 22), table=rng.randrange(1, 7)
    )
    writing.set(f"{note}/text", text, at=at + 9_000)
    writing.set(f"{note}/elapsed_ms", at, at=at + 9_000)
    writing.set(f"{note}/criteria", [event.criterion], at=at + 14_000)
    writing.set(f"{note}/mark", said.mark, at=at + 15_000)
    if said.speaker:
        writing.set(f"{note}/speaker", said.speaker, at=at + 15_000)
    if rng.random() < PRIVATE:
        writing.set(f"{note}/private", True, at=at + 20_000)


def _rate(writing: Writing, scene: Scene, truth: Truth, *, share: float) -> None:
    """Levels are given towards the end, in the rubric's order; a draft holds a first part of them."""
    criteria = [each for each in scene.rubric.criteria() if each.part_of is None]
    for place, criterion in enumerate(criteria[: round(len(criteria) * share)]):
        at = (44 + place) * 60_000
        value = _value(criterion, writing, scene, truth)
        writing.set(f"rating/{criterion.criterion}/whole", value, at=at)
        if isinstance(value, int):
            _tick(writing, criterion, value, at=at + 5_000)


def _value(criterion: Criterion, writing: Writing, scene: Scene, truth: Truth) -> int | str:
    rng = writing.rng
    if criterion.not_applicable and rng.random() < NOT_FITTING:
        return NOT_APPLICABLE
    if rng.random() < UNSEEN:
        return NOT_SEEN
    key = criterion.criterion
    position = truth.level(scene.seen[key], writing.seat.person.id, key, year=scene.year, rng=rng)
    return criterion.scale.levels[position].value


def _tick(writing: Writing, criterion: Criterion, value: int, *, at: int) -> None:
    position = criterion.scale.position(value) or 0
    for look_for in criterion.look_fors:
        if position >= SECURE and writing.rng.random() < LOOK_FORS:
            field = f"lookfor/{criterion.criterion}/{look_for.look_for}/whole"
            writing.set(field, True, at=at)
