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
        belongs_to("person", "approved_by"),
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
    set_aside: Mapped[list[Any]] = mapped_column(default=list)
    due_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    steps_up: Mapped[int] = mapped_column(default=0)
    escalated_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    release_on: Mapped[date | None]
    released_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class SummaryText(Tenant, Base):
    """The working text as it stood after one piece of work on it; `why` says what ended that piece."""

    __tablename__ = "summary_text"
    __table_args__ = (belongs_to("summary", "summary_id"), belongs_to("person", "by"))
    summary_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lines: Mapped[list[Any]]
    why: Mapped[str]
    by: Mapped[UUID | None]
    at: Mapped[datetime]


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
    """What is said about a line before it is released, or about what somebody said there.

    The author marks what a reader asked for as seen to.
    """

    __tablename__ = "summary_comment"
    __table_args__ = (
        belongs_to("summary", "summary_id"),
        belongs_to("summary_comment", "answers_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "summary_id"),
    )
    summary_id: Mapped[UUID]
    line: Mapped[str | None]
    by: Mapped[UUID]
    at: Mapped[datetime]
    text: Mapped[str]
    answers_id: Mapped[UUID | None]
    seen_to_at: Mapped[datetime | None]


class Reply(Numbered, Base):
    """What the teacher says to a summary, or what is answered; `differs` marks "I see it differently".

    A teacher's words wait for an answer from `answerer_id` by `answer_by`, until `answered_at`.
    """

    __tablename__ = "reply"
    __table_args__ = (
        belongs_to("summary", "summary_id"),
        belongs_to("person", "by"),
        belongs_to("person", "answerer_id"),
        Index(None, "network_id", "summary_id"),
        Index(None, "network_id", "answerer_id", "answered_at"),
    )
    summary_id: Mapped[UUID]
    by: Mapped[UUID]
    at: Mapped[datetime]
    differs: Mapped[bool]
    text: Mapped[str]
    answerer_id: Mapped[UUID | None]
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]


class AddedEvidence(Numbered, Base):
    """What a teacher adds to a released summary later: what came of it, or what was not seen."""

    __tablename__ = "added_evidence"
    __table_args__ = (
        belongs_to("summary", "summary_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "summary_id"),
    )
    summary_id: Mapped[UUID]
    by: Mapped[UUID]
    at: Mapped[datetime]
    text: Mapped[str]


class Phrase(Numbered, Base):
    """Words that somebody keeps for later summaries; `shared` ones are there for all of the network."""

    __tablename__ = "phrase"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id"),
        Index(None, "network_id", "shared"),
    )
    person_id: Mapped[UUID]
    part: Mapped[str]
    criterion: Mapped[str | None]
    text: Mapped[str]
    plan: Mapped[dict[str, Any] | None]
    shared: Mapped[bool] = mapped_column(default=False)
    times_used: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class Target(Numbered, Base):
    """What the teacher tries next, by when, and how we will know.

    It comes of a summary, or of what was suggested to somebody for their observing.
    """

    __tablename__ = "target"
    __table_args__ = (
        belongs_to("person", "teacher_id"),
        belongs_to("summary", "summary_id"),
        Index(None, "network_id", "teacher_id", "state"),
    )
    teacher_id: Mapped[UUID]
    summary_id: Mapped[UUID | None]
    criterion: Mapped[str | None]
    text: Mapped[str]
    when: Mapped[str]
    see: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="proposed")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TargetEvent(Numbered, Base):
    """One thing that became of a target: who said so, why, and at which lesson if it was one."""

    __tablename__ = "target_event"
    __table_args__ = (
        belongs_to("target", "target_id"),
        belongs_to("person", "by"),
        belongs_to("lesson", "lesson_id"),
        Index(None, "network_id", "target_id", "at"),
    )
    target_id: Mapped[UUID]
    state: Mapped[str]
    reason: Mapped[str]
    due_on: Mapped[date]
    by: Mapped[UUID | None]
    lesson_id: Mapped[UUID | None]
    at: Mapped[datetime]
