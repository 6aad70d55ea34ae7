"""What belongs to a talk beside its agreed record: third readings and what each would tell the teacher."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Tenant, belongs_to


class ThirdReading(Tenant, Base):
    """One criterion on which observers still differ, for somebody who was not there to read.

    `level` is a value of the rubric's scale; empty, too, where it cannot be told from what was noted.
    """

    __tablename__ = "third_reading"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "asked_by"),
        belongs_to("person", "assigned_to"),
        belongs_to("person", "taken_by"),
        Index(None, "network_id", "answered_at"),
    )
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    assigned_to: Mapped[UUID | None]
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime | None]
    level: Mapped[int | None]
    reason: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class FeedbackChoice(Tenant, Base):
    """The strength and the next step, as criteria, that one observer would give the teacher."""

    __tablename__ = "feedback_choice"
    __table_args__ = (belongs_to("lesson", "lesson_id"), belongs_to("person", "person_id"))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    strength: Mapped[str]
    next_step: Mapped[str]
    at: Mapped[datetime]
