"""What tablets sent: the operation log and the record that it folds into."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Json, Numbered, Tenant, belongs_to


class Device(Numbered, Base):
    """A tablet on which somebody records, with its grant to append to that person's records."""

    __tablename__ = "device"
    __table_args__ = (belongs_to("person", "person_id"), Index(None, "network_id", "person_id"))
    person_id: Mapped[UUID]
    label: Mapped[str]
    grant_hash: Mapped[str]
    acknowledged_through: Mapped[int] = mapped_column(BigInteger, default=0)
    registered_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Operation(Tenant, Base):
    """One operation as it was sent, with the verdict it got; kept for ever."""

    __tablename__ = "operation"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "observation_id"),
        Index(None, "network_id", "person_id", "sequence"),
        Index(None, "network_id", "device_id", "device_seq"),
    )
    op_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    observation_id: Mapped[UUID]
    device_id: Mapped[UUID | None]
    device_seq: Mapped[int] = mapped_column(BigInteger)
    lamport: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    field: Mapped[str | None]
    body: Mapped[dict[str, Any]]
    status: Mapped[str]
    code: Mapped[str | None]
    detail: Mapped[str | None]
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    received_at: Mapped[datetime]


class RecordField(Tenant, Base):
    """The value that a field of a record has now, and the operation that won it."""

    __tablename__ = "record_field"
    __table_args__ = (belongs_to("observation", "observation_id"),)
    observation_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    lamport: Mapped[int] = mapped_column(BigInteger)
    op_id: Mapped[UUID]
