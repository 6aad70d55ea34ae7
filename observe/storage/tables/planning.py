"""What a lesson is planned around: when people are free, away or teaching, and who was taken out."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class FreeTime(Tenant, Base):
    """A half day of each week on which somebody can observe; `weekday` is 0 on Monday."""

    __tablename__ = "free_time"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(primary_key=True)


class Away(Numbered, Base):
    """Days on which somebody is not there, the last one included."""

    __tablename__ = "away"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id", "last_day"),
    )
    person_id: Mapped[UUID]
    first_day: Mapped[date]
    last_day: Mapped[date]


class TaughtTime(Numbered, Base):
    """A lesson that somebody teaches every week, where the school's clock says `begins_at`."""

    __tablename__ = "taught_time"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("school", "school_id"),
        belongs_to("class", "class_id"),
        Index(None, "network_id", "person_id", "weekday"),
    )
    person_id: Mapped[UUID]
    school_id: Mapped[UUID]
    weekday: Mapped[int]
    begins_at: Mapped[time]
    minutes: Mapped[int]
    class_id: Mapped[UUID | None]
    school_subject: Mapped[str]


class TakenOut(Tenant, Base):
    """Somebody who was to observe a lesson and had not begun, as far as the server knew.

    Their tablet may have begun without network; then the record goes on under this `observation_id`.
    """

    __tablename__ = "taken_out"
    __table_args__ = (belongs_to("lesson", "lesson_id"), belongs_to("person", "person_id"))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    observation_id: Mapped[UUID]
    capacity: Mapped[str]
    at: Mapped[datetime]
