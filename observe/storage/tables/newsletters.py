"""Newsletters that a facilitator writes for everybody in the network."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from observe.storage.tables.base import Base, Numbered, belongs_to


class Newsletter(Numbered, Base):
    """A title and parts (a heading and a text each); read by all between publishing and withdrawing."""

    __tablename__ = "newsletter"
    __table_args__ = (
        belongs_to("person", "made_by"),
        belongs_to("person", "published_by"),
        Index(None, "network_id", "published_at"),
    )
    title: Mapped[str]
    parts: Mapped[list[Any]]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    revision: Mapped[int]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
