"""What observers write for themselves alone on how they observed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Tenant, belongs_to


class Reflection(Tenant, Base):
    """One observer's words on their own observing of one lesson; read by nobody else.

    `tried_at` is when they ticked off what they wanted to try.
    """

    __tablename__ = "reflection"
    __table_args__ = (belongs_to("person", "person_id"), belongs_to("lesson", "lesson_id"))
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    looked_at: Mapped[str]
    missed: Mapped[str]
    next_time: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
