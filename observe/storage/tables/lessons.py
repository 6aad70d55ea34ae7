"""Lessons, who observes them, and the pair that the observers form."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Lesson(Numbered, Base):
    """What is observed; its teacher, time, class and rubric can change until a record is sealed."""

    __tablename__ = "lesson"
    __table_args__ = (
        belongs_to("school", "school_id"),
        belongs_to("team", "team_id"),
        belongs_to("person", "teacher_id"),
        belongs_to("person", "planned_by"),
        belongs_to("class", "class_id"),
        belongs_to("rubric_version", "rubric_digest", key=("digest",)),
        belongs_to("lesson", "alias_of"),
        Index(None, "network_id", "teacher_id", "starts_at"),
        Index(None, "network_id", "school_id", "starts_at"),
        Index(None, "network_id", "starts_at"),
        Index(None, "network_id", "pair_code"),
    )
    kind: Mapped[str] = mapped_column(default="lesson")
    school_id: Mapped[UUID]
    team_id: Mapped[UUID | None]
    teacher_id: Mapped[UUID]
    school_subject: Mapped[str] = mapped_column(default="")
    class_id: Mapped[UUID | None]
    room: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=60)
    rubric_digest: Mapped[str]
    planned_by: Mapped[UUID | None]
    planned_at: Mapped[datetime]
    pair_code: Mapped[str | None]
    alias_of: Mapped[UUID | None]
    imported: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)


class Observation(Numbered, Base):
    """One observer's record of one lesson; what it holds is in `operation` and `record_field`.

    `shift_minutes` lays its lines beside the others' in the talk, and changes none of them.
    """

    __tablename__ = "observation"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "observer_id"),
        UniqueConstraint("network_id", "lesson_id", "observer_id"),
        Index(None, "network_id", "observer_id", "state"),
    )
    lesson_id: Mapped[UUID]
    observer_id: Mapped[UUID]
    capacity: Mapped[str]
    state: Mapped[str] = mapped_column(default="planned")
    revision: Mapped[int] = mapped_column(default=0)
    observed_on: Mapped[date | None]
    begun_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    state_hash: Mapped[str | None]
    waived_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    shift_minutes: Mapped[int | None]


class Pair(Tenant, Base):
    """One row for each lesson that expects two or more observations."""

    __tablename__ = "pair"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        Index(None, "network_id", "state"),
    )
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="planned")
    blind: Mapped[bool] = mapped_column(default=True)
    revealed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_one: Mapped[bool] = mapped_column(default=False)


class PairClosing(Tenant, Base):
    """One observer's tap that the talk is finished."""

    __tablename__ = "pair_closing"
    __table_args__ = (belongs_to("lesson", "lesson_id"), belongs_to("person", "person_id"))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
