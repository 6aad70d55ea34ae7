"""What lies beside a record in the talk: what came after sealing, and what a second tablet wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from observe.core.comparing import Script
from observe.core.observation import Note, Observer
from observe.core.rubric import Criterion, Rubric
from observe.storage import operations, records
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class LateNote:
    """A note that arrived after sealing, and when it was made."""

    at: datetime
    note: Note


@dataclass(frozen=True, slots=True)
class LateRating:
    """A rating that came after sealing: listed, never used."""

    criterion: Criterion
    occasion: str
    value: Any


@dataclass(frozen=True, slots=True)
class Differing:
    """What stands in one field, and what another tablet of the same person said; texts, or ratings."""

    stands: Any
    others: tuple[Any, ...]
    criterion: Criterion | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """All that lies beside the record of one observer; private notes never do."""

    observer: Observer
    notes: tuple[LateNote, ...]
    ratings: tuple[LateRating, ...]
    differing: tuple[Differing, ...]

    def __len__(self) -> int:
        return len(self.notes) + len(self.ratings) + len(self.differing)


def beside(session: NetworkSession, rubric: Rubric, script: Script, observation_id: UUID) -> Beside:
    """What lies beside the record of one observer."""
    notes = [note for note in script.record.notes if not note.private]
    late = (LateNote(script.at(note), note) for note in notes if note.late)
    return Beside(
        observer=script.observer,
        notes=tuple(late),
        ratings=tuple(_late_ratings(session, rubric, observation_id)),
        differing=tuple(_differing(session, rubric, observation_id, {note.id for note in notes})),
    )


def _late_ratings(
    session: NetworkSession, rubric: Rubric, observation_id: UUID
) -> Iterator[LateRating]:
    for key, occasion, value in records.late_ratings(session, observation_id):
        if criterion := rubric.find(key):
            yield LateRating(criterion, occasion, value)


def _differing(
    session: NetworkSession, rubric: Rubric, observation_id: UUID, notes: set[str]
) -> Iterator[Differing]:
    """Ratings, and the words of notes that never were private; the rest of a note is soon seen."""
    found = records.conflicts_of(session, observation_id)
    shown = notes - operations.once_private(session, observation_id) if found else notes
    for conflict in found:
        others = tuple(other.value for other in conflict.others)
        match conflict.field.split("/"):
            case ["rating", key, occasion] if criterion := rubric.find(key):
                yield Differing(conflict.kept.value, others, criterion, occasion)
            case ["note", note, "text"] if note in shown and any(others):
                yield Differing(conflict.kept.value, tuple(filter(None, others)))
