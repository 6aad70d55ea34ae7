"""Records for tests of the reveal and the figures: what an observer gave, and sealing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.canonical import canonical
from observe.core.ids import new_id
from observe.services import revealing
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Observation
from observe.storage.tables.records import RecordField
from tests.factories import NOW, PlannedLesson, School, a_lesson

BEGUN = datetime(2026, 11, 17, 10, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
CRITERIA = ("relationships", "routines", "behaviour", "expectations")
Ratings = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """A note of a test: words, minutes after the start, criteria, and whether it helped."""

    text: str
    minute: float = 5
    criteria: Sequence[str] = CRITERIA[:1]
    mark: str | None = None
    private: bool = False
    speaker: str | None = None


def recorded(
    session: NetworkSession, observation_id: UUID, ratings: Ratings, notes: Sequence[Noted] = ()
) -> None:
    """Put ratings (for the whole lesson, or by `criterion/occasion`) and notes into a record.

    `clock/started` and the like are fields of their own.
    """
    fields: dict[str, Any] = {_field(key): value for key, value in ratings.items()}
    for note in notes:
        note_id = new_id(NOW)
        fields |= {
            f"note/{note_id}/text": note.text,
            f"note/{note_id}/elapsed_ms": int(note.minute * 60_000),
            f"note/{note_id}/criteria": list(note.criteria),
            f"note/{note_id}/mark": note.mark,
            f"note/{note_id}/private": note.private,
            f"note/{note_id}/speaker": note.speaker,
        }
    for field, value in fields.items():
        session.add(
            RecordField(
                observation_id=observation_id,
                field=field,
                value=canonical(value).decode(),
                lamport=1,
                op_id=new_id(NOW),
            )
        )


def _field(key: str) -> str:
    if key.startswith(("clock/", "context/")):
        return key
    return f"rating/{key}" if "/" in key else f"rating/{key}/whole"


def begun(session: NetworkSession, observation_id: UUID, *, state: str = "draft") -> Observation:
    """An observation whose record was begun."""
    session.flush()
    row = session.get_one(Observation, (session.network_id, observation_id))
    row.state, row.begun_at = state, BEGUN
    return row


def seal(session: NetworkSession, lesson: PlannedLesson, who: str, *, at: datetime = LATER) -> None:
    """One observer seals, as the sync does it."""
    row = begun(session, lesson.observations[who], state="sealed")
    row.sealed_at, row.observed_on = at, at.date()
    revealing.reveal(session, lesson.id, at=at)


def a_talk(
    school: School,
    ratings: Mapping[str, Ratings],
    *,
    notes: Mapping[str, Sequence[Noted]] | None = None,
    sealed: bool = True,
    at: datetime = LATER,
    **lesson: Any,
) -> PlannedLesson:
    """A lesson that these observers recorded, `ratings` by first name; revealed unless not sealed."""
    planned = a_lesson(
        school, observers=tuple(ratings), starts_at=at - timedelta(hours=1), **lesson
    )
    with school.database.write(school.network_id) as session:
        for who, given in ratings.items():
            recorded(session, planned.observations[who], given, (notes or {}).get(who, ()))
            begun(session, planned.observations[who])
        for who in ratings if sealed else ():
            seal(session, planned, who, at=at)
    return planned


def same(*criteria: str, level: int = 3) -> dict[str, int]:
    """One level for each of these criteria."""
    return dict.fromkeys(criteria or CRITERIA, level)
