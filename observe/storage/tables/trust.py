"""What a network keeps for how long, and what was erased of it; nothing of what it said."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Retention(Tenant, Base):
    """For how many months each kind of words is kept where that is not as proposed, and since when.

    Nothing goes by itself before `starts_on`, so that somebody can look at the list first.
    """

    __tablename__ = "retention"
    __table_args__ = (belongs_to("person", "by"),)
    months: Mapped[dict[str, Any]]
    starts_on: Mapped[date]
    looked_on: Mapped[date | None]
    revision: Mapped[int]
    by: Mapped[UUID | None]
    at: Mapped[datetime]


class Erasure(Numbered, Base):
    """A certificate: `what` was erased (words whose time was over, or a person), how many of each kind.

    `washed_at` is when what was erased had left the file of the database, too.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "at"),
    )
    what: Mapped[str]
    person_id: Mapped[UUID | None]
    by: Mapped[UUID | None]
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    washed_at: Mapped[datetime | None]


class ErasedKey(Tenant, Base):
    """That a number or address was somebody's who was erased: a digest that nobody can turn back."""

    __tablename__ = "erased_key"
    __table_args__ = (
        belongs_to("erasure", "erasure_id"),
        Index(None, "network_id", "erasure_id"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    erasure_id: Mapped[UUID]


class EraseAgain(Tenant, Base):
    """Somebody who was erased and is back, for a copy from before was put back.

    `certificate_id` is the number of a certificate that the copy does not have.
    """

    __tablename__ = "erase_again"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID]
    erased_at: Mapped[datetime]


class ResealedRecord(Tenant, Base):
    """A record from which words were erased: its hash before and after, and how many fields changed.

    The levels are the same as when it was sealed; only with words gone has it another hash.
    """

    __tablename__ = "resealed_record"
    __table_args__ = (
        belongs_to("observation", "observation_id"),
        belongs_to("erasure", "erasure_id"),
        Index(None, "network_id", "erasure_id"),
    )
    observation_id: Mapped[UUID] = mapped_column(primary_key=True)
    erasure_id: Mapped[UUID] = mapped_column(primary_key=True)
    before: Mapped[str | None]
    after: Mapped[str | None]
    fields: Mapped[int]
    at: Mapped[datetime]


class NetworkEnd(Tenant, Base):
    """That a network is to be deleted: who asked, and from when on it is done unless somebody keeps it.

    `certificate_id` is the number that the certificate will have.
    """

    __tablename__ = "network_end"
    __table_args__ = (belongs_to("person", "asked_by"),)
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    certificate_id: Mapped[UUID]


class GoneNetwork(Base):
    """The certificate of a network that was deleted: how many rows of each table, and nothing else."""

    __tablename__ = "gone_network"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    washed_at: Mapped[datetime | None]
