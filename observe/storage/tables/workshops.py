"""Workshops of a programme, and who was there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Workshop(Numbered, Base):
    """A workshop or residential; `stage` is empty where it counts for no stage of its programme."""

    __tablename__ = "workshop"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        belongs_to("person", "planned_by"),
        Index(None, "network_id", "programme_id"),
        Index(None, "network_id", "starts_at"),
    )
    programme_id: Mapped[UUID]
    stage: Mapped[str]
    title: Mapped[str]
    about: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    planned_by: Mapped[UUID]
    planned_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]


class Attendance(Tenant, Base):
    """Somebody who was asked as a guest, or of whom it was said whether they came (`came`)."""

    __tablename__ = "attendance"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        belongs_to("person", "person_id"),
        belongs_to("person", "said_by"),
        Index(None, "network_id", "person_id"),
    )
    workshop_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    guest: Mapped[bool] = mapped_column(default=False)
    came: Mapped[bool | None]
    said_by: Mapped[UUID | None]
    said_at: Mapped[datetime | None]
