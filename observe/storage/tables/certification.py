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
    source: Mapped[str] = mapped_column(default="lessons")
    kind: Mapped[str] = mapped_column(default="look")


class CertificateByHand(Numbered, Base):
    """What a facilitator set by hand about somebody, and why; the latest of a person counts."""

    __tablename__ = "certificate_by_hand"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "person_id", "at"),
    )
    person_id: Mapped[UUID]
    hand: Mapped[str]
    until: Mapped[date | None]
    reason: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]


class RecheckLimit(Tenant, Base):
    """What was agreed on re-checks that nobody announces; each version is followed by another."""

    __tablename__ = "recheck_limit"
    __table_args__ = (belongs_to("person", "by"),)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unannounced: Mapped[bool]
    most: Mapped[int]
    first_weeks: Mapped[int]
    only_free: Mapped[bool]
    by: Mapped[UUID]
    at: Mapped[datetime]


class PlannedRecheck(Tenant, Base):
    """A lesson that is to be the re-check of one of its observers, on the day for which it was planned."""

    __tablename__ = "planned_recheck"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "person_id"),
        belongs_to("person", "by"),
    )
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    by: Mapped[UUID]
    at: Mapped[datetime]
