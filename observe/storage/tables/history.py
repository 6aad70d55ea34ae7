"""Who did what, and who read what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class HistoryLine(Numbered, Base):
    """One change, written in the transaction that made it."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "network_id", "thing", "thing_id"),)
    at: Mapped[datetime]
    by: Mapped[UUID | None]
    did: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ReadLine(Tenant, Base):
    """That somebody read a thing in an hour."""

    __tablename__ = "read_log"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(primary_key=True)
    thing_id: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
