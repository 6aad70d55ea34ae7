"""Rules of certification with their versions, and what each look under them came to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class CertificationRule(Tenant, Base):
    """One version of the network's rule; it never changes, it is only followed by another."""

    __tablename__ = "certification_rule"
    __table_args__ = (belongs_to("person", "by"),)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    by: Mapped[UUID]
    at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]


class CertificationResult(Numbered, Base):
    """What one look at somebody's lessons came to, with the version of the rule and the lessons."""

    __tablename__ = "certification_result"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("person", "by"),
        belongs_to("certification_rule", "version", key=("version",)),
        UniqueConstraint("network_id", "person_id", "attempt", "look"),
        Index(None, "network_id", "version"),
    )
    person_id: Mapped[UUID]
    version: Mapped[int]
    attempt: Mapped[int]
    look: Mapped[int]
    decision: Mapped[str]
    clause: Mapped[str]
    criterion: Mapped[str]
    rubric_digest: Mapped[str]
    lessons: Mapped[list[Any]]
    last_day: Mapped[date]
    cells: Mapped[int]
    points: Mapped[float]
    share: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    probability: Mapped[float | None]
    chance: Mapped[float | None]
    next_look: Mapped[int | None]
    expires_on: Mapped[date | None]
    by: Mapped[UUID]
    at: Mapped[datetime]
