"""Exercises: lessons to practise on, with a reference that two experts made, and who took them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Exercise(Numbered, Base):
    """One version of an exercise; what is looked at is a link or a text, and nothing is hosted."""

    __tablename__ = "exercise"
    __table_args__ = (
        belongs_to("rubric_version", "rubric_digest", key=("digest",)),
        belongs_to("exercise", "mends"),
        belongs_to("person", "expert_a"),
        belongs_to("person", "expert_b"),
        belongs_to("person", "made_by"),
        belongs_to("person", "published_by"),
        belongs_to("person", "withdrawn_by"),
    )
    title: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    rubric_digest: Mapped[str]
    criteria: Mapped[list[Any]]
    minutes: Mapped[int]
    use: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    mends: Mapped[UUID | None]
    expert_a: Mapped[UUID]
    expert_b: Mapped[UUID]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdraw_reason: Mapped[str | None]


class ExerciseReference(Tenant, Base):
    """The level of one criterion on which the two experts settled, and why."""

    __tablename__ = "exercise_reference"
    __table_args__ = (belongs_to("exercise", "exercise_id"), belongs_to("person", "by"))
    exercise_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]
    reason: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class ExerciseSession(Numbered, Base):
    """A group that takes an exercise together, sealed until the facilitator shows the spread."""

    __tablename__ = "exercise_session"
    __table_args__ = (
        belongs_to("exercise", "exercise_id"),
        belongs_to("person", "opened_by"),
        Index(None, "network_id", "exercise_id"),
        Index(None, "network_id", "code", unique=True),
    )
    exercise_id: Mapped[UUID]
    held_on: Mapped[date]
    code: Mapped[str]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]


class ExerciseTaking(Numbered, Base):
    """One person at one exercise: for the reference, in practice, in a test, or in a group.

    `knew` says that the person had seen the reference before; `begun_at` is empty until somebody who
    was asked to a group begins.
    """

    __tablename__ = "exercise_taking"
    __table_args__ = (
        belongs_to("exercise", "exercise_id"),
        belongs_to("person", "person_id"),
        belongs_to("exercise_session", "session_id"),
        Index(
            "ix_exercise_taking_attempt",
            "network_id",
            "exercise_id",
            "person_id",
            "mode",
            "attempt",
            unique=True,
        ),
        Index("ix_exercise_taking_session", "network_id", "session_id", "person_id", unique=True),
        Index(None, "network_id", "person_id"),
    )
    exercise_id: Mapped[UUID]
    person_id: Mapped[UUID]
    mode: Mapped[str]
    session_id: Mapped[UUID | None]
    attempt: Mapped[int] = mapped_column(default=1)
    knew: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class ExerciseRating(Tenant, Base):
    """What one person gave one criterion; once `fixed_at` is there it stays."""

    __tablename__ = "exercise_rating"
    __table_args__ = (belongs_to("exercise_taking", "taking_id"),)
    taking_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    fixed_at: Mapped[datetime | None]


class ExerciseFiguresOpened(Tenant, Base):
    """When somebody first opened their own figures over several exercises."""

    __tablename__ = "exercise_figures_opened"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
