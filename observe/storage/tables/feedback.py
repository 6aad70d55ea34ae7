"""Summaries on their way to the teacher, and the targets that come of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Summary(Numbered, Base):
    """The written summary of one lesson; `lines` is the working text until it is released."""

    __tablename__ = "summary"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "teacher_id"),
        belongs_to("person", "author_id"),
        UniqueConstraint("network_id", "lesson_id"),
        Index(None, "network_id", "author_id", "state"),
        Index(None, "network_id", "teacher_id", "state"),
        Index(None, "network_id", "state", "due_on"),
        Index(None, "network_id", "state", "released_at"),
    )
    lesson_id: Mapped[UUID]
    teacher_id: Mapped[UUID]
    author_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="draft")
    lines: Mapped[list[Any]] = mapped_column(default=list)
    missing: Mapped[list[Any]] = mapped_column(default=list)
    due_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class SummaryVersion(Tenant, Base):
    """The words as they were released; never changed."""

    __tablename__ = "summary_version"
    __table_args__ = (belongs_to("summary", "summary_id"), belongs_to("person", "released_by"))
    summary_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[dict[str, Any]]
    released_by: Mapped[UUID]
    released_at: Mapped[datetime]
    recalled_at: Mapped[datetime | None]


class SummaryComment(Numbered, Base):
    """What the reader of a submitted summary says about a line."""

    __tablename__ = "summary_comment"
    __table_args__ = (
        belongs_to("summary", "summary_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "summary_id"),
    )
    summary_id: Mapped[UUID]
    line: Mapped[str | None]
    by: Mapped[UUID]
    at: Mapped[datetime]
    text: Mapped[str]


class Reply(Numbered, Base):
    """What the teacher answers; `differs` marks "I see it differently"."""

    __tablename__ = "reply"
    __table_args__ = (
        belongs_to("summary", "summary_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "summary_id"),
    )
    summary_id: Mapped[UUID]
    by: Mapped[UUID]
    at: Mapped[datetime]
    differs: Mapped[bool]
    text: Mapped[str]


class Target(Numbered, Base):
    """What the teacher tries next, by when, and how we will know."""

    __tablename__ = "target"
    __table_args__ = (
        belongs_to("person", "teacher_id"),
        belongs_to("summary", "summary_id"),
        Index(None, "network_id", "teacher_id", "state"),
    )
    teacher_id: Mapped[UUID]
    summary_id: Mapped[UUID]
    criterion: Mapped[str | None]
    text: Mapped[str]
    when: Mapped[str]
    see: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="proposed")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
