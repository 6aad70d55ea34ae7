"""What tablets sent: the operation log and the record that it folds into."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Device(Numbered, Base):
    """A tablet on which somebody records, with its grant to append to that person's records."""

    __tablename__ = "device"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id"),
        Index(None, "network_id", "grant_hash"),
    )
    person_id: Mapped[UUID]
    label: Mapped[str]
    grant_hash: Mapped[str]
    acknowledged_through: Mapped[int] = mapped_column(BigInteger, default=0)
    ahead: Mapped[list[Any]] = mapped_column(default=list)
    registered_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Operation(Tenant, Base):
    """One operation as it was sent (`body`, JSON text), with its first verdict; kept for ever.

    `counts` says whether it is part of the record now: late ones may join it later.
    """

    __tablename__ = "operation"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "observation_id", "kind", "field"),
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
    previous: Mapped[UUID | None]
    content: Mapped[str]
    body: Mapped[str]
    status: Mapped[str]
    counts: Mapped[bool]
    code: Mapped[str | None]
    detail: Mapped[str | None]
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    received_at: Mapped[datetime]


class ReusedOperation(Tenant, Base):
    """What came under the id of another operation: refused, and kept."""

    __tablename__ = "reused_operation"
    __table_args__ = (belongs_to("person", "person_id"),)
    op_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    device_id: Mapped[UUID | None]
    body: Mapped[str]
    received_at: Mapped[datetime]


class ObservationAlias(Tenant, Base):
    """A second observation id that a tablet gave to a record."""

    __tablename__ = "observation_alias"
    __table_args__ = (belongs_to("observation", "observation_id"),)
    alias_id: Mapped[UUID] = mapped_column(primary_key=True)
    observation_id: Mapped[UUID]


class RecordField(Tenant, Base):
    """What a field of a record holds now (canonical JSON text), and the operation that won it.

    A counted field holds its number and its highest tally, and no lamport is as high as its own.
    """

    __tablename__ = "record_field"
    __table_args__ = (belongs_to("observation", "observation_id"),)
    observation_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    lamport: Mapped[int] = mapped_column(BigInteger)
    op_id: Mapped[UUID]
