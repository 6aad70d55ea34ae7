"""A programme under way: the version taken up, its dates, who is in it, what was signed off."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class ProgrammeVersion(Tenant, Base):
    """One version of a programme as it was taken up; its digest is its address and it never changes."""

    __tablename__ = "programme_version"
    __table_args__ = (
        UniqueConstraint("network_id", "programme", "version", "language"),
        belongs_to("person", "kept_by"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    programme: Mapped[str]
    version: Mapped[int]
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[dict[str, Any]]
    kept_by: Mapped[UUID | None]
    kept_at: Mapped[datetime]


class Programme(Numbered, Base):
    """A programme that a group of people goes through; of one school where a head leads it."""

    __tablename__ = "programme"
    __table_args__ = (
        belongs_to("programme_version", "digest", key=("digest",)),
        belongs_to("person", "led_by"),
        belongs_to("person", "begun_by"),
        belongs_to("school", "school_id"),
        Index(None, "network_id", "led_by"),
    )
    digest: Mapped[str]
    name: Mapped[str]
    starts_on: Mapped[date]
    led_by: Mapped[UUID]
    school_id: Mapped[UUID | None]
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ProgrammeStage(Tenant, Base):
    """From which day on evidence counts for a stage, and by which day it is due."""

    __tablename__ = "programme_stage"
    __table_args__ = (belongs_to("programme", "programme_id"),)
    programme_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    opens_on: Mapped[date]
    due_on: Mapped[date]


class ProgrammeMember(Tenant, Base):
    """Somebody in a programme: the stages that they join, all where it names none.

    `schools` are those at which they worked when they joined: lessons there are no visits.
    """

    __tablename__ = "programme_member"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        belongs_to("person", "person_id"),
        belongs_to("person", "added_by"),
        Index(None, "network_id", "person_id"),
    )
    programme_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    stages: Mapped[list[Any] | None]
    schools: Mapped[list[Any]]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class StageSignOff(Tenant, Base):
    """Somebody's word that a stage of a member is done well."""

    __tablename__ = "stage_sign_off"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        belongs_to("person", "person_id"),
        belongs_to("person", "by"),
    )
    programme_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    by: Mapped[UUID]
    at: Mapped[datetime]
