"""Leadership feedback: who is asked, what they answer, and at the end only what may be told of it.

Nothing joins a rater to an answer but the secret in the rater's own link, which is kept nowhere. An
answer has no time and no number of its own; both it and its rater are deleted when the round closes.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class LeadershipRound(Numbered, Base):
    """One time at which those around a leader are asked; `told` is all that is left when it has closed."""

    __tablename__ = "leadership_round"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("person", "asked_by"),
        belongs_to("rubric_version", "rubric_digest", key=("digest",)),
        Index(None, "network_id", "person_id"),
        Index(None, "network_id", "closed_at", "last_day"),
    )
    person_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    rubric_digest: Mapped[str]
    opened_at: Mapped[datetime]
    last_day: Mapped[date]
    closed_at: Mapped[datetime | None]
    told: Mapped[dict[str, Any] | None]


class LeadershipRater(Numbered, Base):
    """Somebody who is asked, as long as the round is open; not whether they answered."""

    __tablename__ = "leadership_rater"
    __table_args__ = (
        belongs_to("leadership_round", "round_id"),
        belongs_to("person", "person_id"),
        UniqueConstraint("network_id", "round_id", "person_id"),
        UniqueConstraint("network_id", "token_hash"),
        Index(None, "network_id", "person_id"),
    )
    round_id: Mapped[UUID]
    person_id: Mapped[UUID]
    rater_group: Mapped[str]
    token_hash: Mapped[str]


class LeadershipAnswer(Tenant, Base):
    """An answer under a key that only its rater's link can find."""

    __tablename__ = "leadership_answer"
    __table_args__ = (belongs_to("leadership_round", "round_id"),)
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    rater_group: Mapped[str]
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
