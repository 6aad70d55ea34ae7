"""What observers of a demonstration wrote for themselves on their own observing."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.ids import new_id
from observe.services.demo.diary import Entry

WRITE, TRIED = 0.2, 0.6
LOOKED_AT = (
    "The teacher, nearly all the time. I followed her round the room.",
    "The front two tables, because I sat behind them.",
    "What was said. I have hardly a line about what they wrote.",
    "Behaviour, although that was not what we had agreed to look at.",
)
MISSED = (
    "The quiet table by the door. My partner has six lines about it.",
    "How long pupils had before the first hand went up.",
    "What the teaching assistant asked.",
    "The last ten minutes: I was already choosing levels.",
)
NEXT_TIME = (
    "Look into three books before the middle of the lesson.",
    "Sit where I can see faces, not backs.",
    "Write down the first words of each answer before I judge it.",
    "Choose no level before the lesson is over.",
    "Count who speaks, table by table.",
)


def rows(entry: Entry, at: datetime, now: datetime) -> Iterable[tuple[str, dict[str, Any]]]:
    """(table, row): now and then a reflection of an observer, and its line of history without a word."""
    for seat in entry.observing:
        drawn = random.Random(entry.id.int ^ seat.observation_id.int)
        written = min(at + timedelta(minutes=drawn.randint(2, 40)), now)
        if drawn.random() < WRITE:
            yield "reflection", _reflection(entry, seat.person.id, drawn, written, now)
            yield "history", _history(entry, seat.person.id, drawn, written)


def _reflection(
    entry: Entry, person_id: UUID, drawn: random.Random, at: datetime, now: datetime
) -> dict[str, Any]:
    tried = min(at + timedelta(days=drawn.randint(6, 20)), now)
    return {
        "person_id": person_id,
        "lesson_id": entry.id,
        "looked_at": drawn.choice(LOOKED_AT),
        "missed": drawn.choice(MISSED),
        "next_time": drawn.choice(NEXT_TIME),
        "revision": 1,
        "changed_at": at,
        "tried_at": tried if tried < now and drawn.random() < TRIED else None,
    }


def _history(entry: Entry, person_id: UUID, drawn: random.Random, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(at, drawn.getrandbits),
        "at": at,
        "by": person_id,
        "did": "reflection written",
        "thing": "reflection",
        "thing_id": str(entry.id),
        "details": {},
    }
