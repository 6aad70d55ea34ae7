"""Files of people from other systems: where they come from, what their numbers mean, what waits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class PeopleSource(Numbered, Base):
    """A system from which files come, with what was chosen for them."""

    __tablename__ = "people_source"
    __table_args__ = (UniqueConstraint("network_id", "name"), belongs_to("person", "last_by"))
    name: Mapped[str]
    kind: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    last_file: Mapped[str | None]
    last_at: Mapped[datetime | None]
    last_by: Mapped[UUID | None]


class PeopleKey(Tenant, Base):
    """What a number of a source means here; of a post, whose role it says, and where."""

    __tablename__ = "people_key"
    __table_args__ = (
        belongs_to("people_source", "source_id"),
        belongs_to("school", "school_id"),
        belongs_to("team", "team_id"),
        belongs_to("class", "class_id"),
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id"),
    )
    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    class_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    role: Mapped[str | None]
    gone_at: Mapped[datetime | None]


class PeopleUpload(Numbered, Base):
    """A file that was looked at and not applied yet; erased after a day."""

    __tablename__ = "people_upload"
    __table_args__ = (belongs_to("person", "by"), Index(None, "network_id", "at"))
    by: Mapped[UUID]
    at: Mapped[datetime]
    file: Mapped[str]
    source: Mapped[str]
    kind: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content: Mapped[bytes]
