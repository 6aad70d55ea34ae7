"""Published rubrics."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Tenant, belongs_to


class RubricVersion(Tenant, Base):
    """One published version of a rubric; its digest is its address and it never changes."""

    __tablename__ = "rubric_version"
    __table_args__ = (
        UniqueConstraint("network_id", "rubric", "version", "language"),
        belongs_to("person", "published_by"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    rubric: Mapped[str]
    version: Mapped[int]
    language: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    graded: Mapped[bool]
    body: Mapped[dict[str, Any]]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime]
