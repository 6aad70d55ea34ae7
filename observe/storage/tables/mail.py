"""Mails on their way, which kinds somebody does without, and the secret address of a calendar."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class OutboxMail(Numbered, Base):
    """One mail, written in the transaction of what it is about.

    `not_before` is empty once there is nothing left to do, and the text goes when it is sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "not_before"),
        Index(None, "network_id", "person_id", "about_id"),
        Index(None, "network_id", "once", unique=True),
        Index(None, "network_id", "made_at"),
    )
    kind: Mapped[str]
    person_id: Mapped[UUID]
    about_id: Mapped[UUID | None]
    address: Mapped[str]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    calendar: Mapped[str | None]
    once: Mapped[str | None]
    made_at: Mapped[datetime]
    until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    dropped_because: Mapped[str | None]


class MailOff(Tenant, Base):
    """A kind of mail that somebody does without."""

    __tablename__ = "mail_off"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    choice: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CalendarLink(Tenant, Base):
    """The secret address of somebody's own calendar, of which only a fingerprint is kept."""

    __tablename__ = "calendar_link"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "token_hash", unique=True),
    )
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    made_at: Mapped[datetime]
