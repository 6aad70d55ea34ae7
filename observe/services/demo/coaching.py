"""Coaching in the demonstration: a head with an adviser, two heads with each other, and one who asks."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.ids import new_id
from observe.services.demo.cast import Cast, Member
from observe.storage.rows import Rows

GOALS = (
    ("Ask one open question before I say what I saw.", "reached"),
    ("Write down what pupils did before I choose a level.", "open"),
    ("End every feedback talk with one step that the teacher has chosen.", "open"),
)
PEER_GOALS = (("See faces, not backs, for half of every lesson.", "open"),)
SESSIONS = (
    (
        "What I want from this year; what you need to know about my school.",
        "Two goals, one a half.",
    ),
    (
        "The feedback talk after the maths lesson in Year 4.",
        "I count my questions in the next two talks and bring the tally.",
    ),
    (
        "The tally. Where I still tell too early.",
        "You sit in on the talk in Year 6 and write down the first word of each of my turns.",
    ),
    ("What you wrote down in Year 6.", "First goal reached. The second: evidence before levels."),
)
AGENDA = "Three records side by side: which notes came before the level, which after?"
LOG = (
    "Silence is the hardest part. Three seconds feel like a minute, and then the teacher speaks.",
    "I noticed that I choose the level in the first ten minutes and then look for what fits.",
)
COACHS_LOG = ("Let the talk run on longer before I ask. The best answer came after the pause.",)
HELPED = "Your questions after the talks. I hear them now while I talk."
DIFFERENTLY = "Fewer topics a session: one, and to its end."


def write(rows: Rows, cast: Cast, *, at: datetime) -> None:
    """Three partnerships; chance of its own, so that nothing else is drawn differently."""
    first, second, third, fourth = cast.schools[:4]
    draw = random.Random(first.id.int)
    written = _Writing(rows, draw, at)
    coached = written.partnership(first.head, first.advisers[0], days=200, coach=first.advisers[0])
    written.goals(coached, first.head, GOALS, days=195)
    written.sessions(coached, first.head, days=190)
    written.log(coached, first.head, LOG)
    written.log(coached, first.advisers[0], COACHS_LOG)
    written.looked_back(coached, first.advisers[0])
    peers = written.partnership(second.head, third.head, days=80, coach=None)
    written.goals(peers, third.head, PEER_GOALS, days=78)
    written.partnership(fourth.head, first.head, days=2, coach=first.head, accepted=False)


class _Writing:
    """Rows of coaching, with their lines of history."""

    def __init__(self, rows: Rows, draw: random.Random, at: datetime) -> None:
        self.rows, self.draw, self.at = rows, draw, at

    def id(self, at: datetime) -> UUID:
        return new_id(at, self.draw.getrandbits)

    def partnership(
        self,
        asker: Member,
        partner: Member,
        *,
        days: int,
        coach: Member | None,
        accepted: bool = True,
    ) -> UUID:
        """Asked so many days ago, and taken up on the same day."""
        at = self.at - timedelta(days=days)
        made, turned = self.id(at), self.id(at)
        ends: dict[str, Any] = {"ended_at": None, "ended_by": None}
        two = {"asker_id": asker.id, "partner_id": partner.id, "asked_at": at}
        accepted_at = at if accepted else None
        self.rows.add("coaching_partnership", id=made, **two, accepted_at=accepted_at, **ends)
        coach_id = coach.id if coach else None
        told = {"partnership_id": made, "coach_id": coach_id, "by": asker.id, "at": at}
        self.rows.add("coaching_turn", id=turned, **told)
        self._history("coaching asked for", made, asker, at)
        return made

    def goals(self, of: UUID, by: Member, goals: tuple[tuple[str, str], ...], *, days: int) -> None:
        """Goals that were written down one after another; what was reached was reached lately."""
        for number, (text, state) in enumerate(goals):
            at = self.at - timedelta(days=days - 14 * number)
            changed_at = at if state == "open" else self.at - timedelta(days=25)
            told = {"text": text, "by": by.id, "at": at, "state": state, "changed_at": changed_at}
            self.rows.add("coaching_goal", id=self.id(at), partnership_id=of, **told)

    def sessions(self, of: UUID, by: Member, *, days: int) -> None:
        """One in each six weeks, and one that comes."""
        for number, (agenda, agreed) in enumerate(SESSIONS):
            self._session(of, by, -days + 42 * number, agenda, agreed)
        self._session(of, by, 3, AGENDA, "")

    def _session(self, of: UUID, by: Member, days: int, agenda: str, agreed: str) -> None:
        there = self.at + timedelta(days=days)
        there += timedelta(days=(7 - there.weekday()) % 7 if there.weekday() > 4 else 0)
        starts_at = there.replace(hour=15, minute=30, second=0, microsecond=0)
        planned_at = min(starts_at - timedelta(days=7), self.at)
        words = {"place": "", "agenda": agenda, "agreed": agreed, "planned_by": by.id}
        self.rows.add(
            "coaching_session",
            id=self.id(planned_at),
            partnership_id=of,
            starts_at=starts_at,
            minutes=60,
            **words,
            cancelled_at=None,
            revision=1,
            changed_at=planned_at,
        )

    def log(self, of: UUID, by: Member, entries: tuple[str, ...]) -> None:
        """What one of the two writes alone, the last a week ago."""
        for number, text in enumerate(entries):
            at = self.at - timedelta(days=7 + 40 * (len(entries) - number))
            told = {"person_id": by.id, "text": text, "revision": 1}
            made = self.id(at)
            self.rows.add(
                "learning_log", id=made, partnership_id=of, **told, begun_at=at, changed_at=at
            )
            self._history("learning log written", made, by, at, thing="learning log")

    def looked_back(self, of: UUID, by: Member) -> None:
        """One of the two has answered after half a year."""
        at = self.at - timedelta(days=2)
        words = {"helped": HELPED, "differently": DIFFERENTLY, "onward": "go on as it is"}
        self.rows.add(
            "coaching_feedback", partnership_id=of, number=1, person_id=by.id, **words, at=at
        )

    def _history(
        self, did: str, of: UUID, by: Member, at: datetime, *, thing: str = "coaching"
    ) -> None:
        told = {"at": at, "by": by.id, "did": did, "thing": thing, "thing_id": str(of)}
        self.rows.add("history", id=self.id(at), **told, details={})
