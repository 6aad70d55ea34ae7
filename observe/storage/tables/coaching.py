"""Coaching partnerships: two people, what they want to reach, when they meet, what each writes alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class CoachingPartnership(Numbered, Base):
    """Two people of whom one asked the other; it goes on from when the other said yes until one ends it."""

    __tablename__ = "coaching_partnership"
    __table_args__ = (
        belongs_to("person", "asker_id"),
        belongs_to("person", "partner_id"),
        belongs_to("person", "ended_by"),
        Index(None, "network_id", "asker_id"),
        Index(None, "network_id", "partner_id"),
    )
    asker_id: Mapped[UUID]
    partner_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]


class CoachingTurn(Numbered, Base):
    """From when on who of the two coaches; nobody named where each coaches the other."""

    __tablename__ = "coaching_turn"
    __table_args__ = (
        belongs_to("coaching_partnership", "partnership_id"),
        belongs_to("person", "coach_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "partnership_id"),
    )
    partnership_id: Mapped[UUID]
    coach_id: Mapped[UUID | None]
    by: Mapped[UUID]
    at: Mapped[datetime]


class CoachingGoal(Numbered, Base):
    """What the two want to reach: open, reached or set aside."""

    __tablename__ = "coaching_goal"
    __table_args__ = (
        belongs_to("coaching_partnership", "partnership_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "partnership_id"),
    )
    partnership_id: Mapped[UUID]
    text: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]
    state: Mapped[str]
    changed_at: Mapped[datetime]


class CoachingSession(Numbered, Base):
    """One meeting of the two, with its agenda before and what was agreed after it."""

    __tablename__ = "coaching_session"
    __table_args__ = (
        belongs_to("coaching_partnership", "partnership_id"),
        belongs_to("person", "planned_by"),
        Index(None, "network_id", "partnership_id", "starts_at"),
    )
    partnership_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str]
    agenda: Mapped[str]
    agreed: Mapped[str]
    planned_by: Mapped[UUID]
    cancelled_at: Mapped[datetime | None]
    revision: Mapped[int]
    changed_at: Mapped[datetime]


class LearningLog(Numbered, Base):
    """One entry of somebody's log on a partnership; read by its author and by nobody else."""

    __tablename__ = "learning_log"
    __table_args__ = (
        belongs_to("coaching_partnership", "partnership_id"),
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id", "partnership_id"),
    )
    partnership_id: Mapped[UUID]
    person_id: Mapped[UUID]
    text: Mapped[str]
    revision: Mapped[int]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CoachingFeedback(Tenant, Base):
    """What one of the two says of the coaching after six months; the other reads it once both have.

    `number` counts the half years; `onward` is what should come of it.
    """

    __tablename__ = "coaching_feedback"
    __table_args__ = (
        belongs_to("coaching_partnership", "partnership_id"),
        belongs_to("person", "person_id"),
    )
    partnership_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    helped: Mapped[str]
    differently: Mapped[str]
    onward: Mapped[str]
    at: Mapped[datetime]
