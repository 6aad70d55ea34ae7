"""What two observers made of their two records, and the rows the figures are counted from."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to

# SQLite keeps the rows of such a table in the order of their key, and nothing beside it.
KEPT_IN_ORDER = {"sqlite_with_rowid": False}


class AgreedRating(Tenant, Base):
    """What the talk about one criterion came to: a level, or that they still differ, and why."""

    __tablename__ = "agreed_rating"
    __table_args__ = (belongs_to("lesson", "lesson_id"), belongs_to("person", "by"))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int | None]
    outcome: Mapped[str]
    cause: Mapped[str | None]
    by: Mapped[UUID]
    at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class Precedent(Numbered, Base):
    """A rule agreed for a criterion, shown beside it next time, unless it was retired."""

    __tablename__ = "precedent"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "by"),
        Index(None, "network_id", "rubric", "criterion"),
        Index(None, "network_id", "lesson_id"),
    )
    rubric: Mapped[str]
    criterion: Mapped[str]
    text: Mapped[str]
    lesson_id: Mapped[UUID]
    by: Mapped[UUID]
    at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    retired_because: Mapped[str | None]


class PairedRating(Tenant, Base):
    """Two levels that two observers gave one criterion on one occasion of one lesson."""

    __tablename__ = "paired_rating"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "observer_a"),
        belongs_to("person", "observer_b"),
        Index(
            "ix_paired_rating_table",
            "network_id",
            "rubric_digest",
            "criterion",
            "left_out",
            "level_a",
            "level_b",
            "weight",
        ),
        Index("ix_paired_rating_pair", "network_id", "observer_a", "observer_b"),
        Index("ix_paired_rating_observer_b", "network_id", "observer_b"),
    )
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    occasion: Mapped[str] = mapped_column(primary_key=True)
    observer_a: Mapped[UUID] = mapped_column(primary_key=True)
    observer_b: Mapped[UUID] = mapped_column(primary_key=True)
    level_a: Mapped[int]
    level_b: Mapped[int]
    capacity_a: Mapped[str]
    capacity_b: Mapped[str]
    school_id: Mapped[UUID]
    rubric_digest: Mapped[str]
    observed_on: Mapped[date]
    weight: Mapped[float]
    block: Mapped[int]
    left_out: Mapped[str | None]


class PairedLesson(Tenant, Base):
    """What two observers gave in one lesson, in one row: the kept summary of their paired ratings.

    `rated` are three columns with one entry a paired rating (criterion, occasion, weight), the same in
    most lessons of a rubric version; `levels` are two, the first observer's and the second's.
    """

    __tablename__ = "paired_lesson"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("person", "observer_a"),
        belongs_to("person", "observer_b"),
        Index(None, "network_id", "rubric_digest", "lesson_id"),
        Index(None, "network_id", "rubric_digest", "school_id", "observed_on"),
        Index(None, "network_id", "rubric_digest", "observed_on"),
        Index(
            "ix_paired_lesson_met",
            "network_id",
            "observer_a",
            "observer_b",
            "left_out",
            "observed_on",
            "school_id",
            "rubric_digest",
        ),
    )
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    observer_a: Mapped[UUID] = mapped_column(primary_key=True)
    observer_b: Mapped[UUID] = mapped_column(primary_key=True)
    capacity_a: Mapped[str]
    capacity_b: Mapped[str]
    school_id: Mapped[UUID]
    rubric_digest: Mapped[str]
    observed_on: Mapped[date]
    block: Mapped[int]
    left_out: Mapped[str | None]
    rated: Mapped[list[Any]]
    levels: Mapped[list[Any]]


class CellCount(Tenant, Base):
    """How many paired ratings are alike: kept, so that very many need not be counted for a page.

    As `core.counting.CellKind` says; `term` is empty in the rows of all terms together.
    """

    __tablename__ = "cell_count"
    __table_args__ = (KEPT_IN_ORDER,)
    rubric_digest: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    level_a: Mapped[int] = mapped_column(primary_key=True)
    level_b: Mapped[int] = mapped_column(primary_key=True)
    weight: Mapped[float] = mapped_column(primary_key=True)
    capacity_a: Mapped[str] = mapped_column(primary_key=True)
    capacity_b: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


class LessonCount(Tenant, Base):
    """How many lessons are alike, as `core.counting.LessonKind` says."""

    __tablename__ = "lesson_count"
    __table_args__ = (KEPT_IN_ORDER,)
    rubric_digest: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    capacities: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(primary_key=True)
    gap_sum: Mapped[int] = mapped_column(primary_key=True)
    gap_cells: Mapped[int] = mapped_column(primary_key=True)
    times: Mapped[int]


class ObserverCount(Tenant, Base):
    """In how many lessons of a school and term somebody observed in one capacity of two."""

    __tablename__ = "observer_count"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("school", "school_id"),
        KEPT_IN_ORDER,
    )
    rubric_digest: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    capacity_a: Mapped[str] = mapped_column(primary_key=True)
    capacity_b: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    times: Mapped[int]


class RaterCount(Tenant, Base):
    """In how many lessons of a school and term somebody rated a criterion in one capacity of two."""

    __tablename__ = "rater_count"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("school", "school_id"),
        KEPT_IN_ORDER,
    )
    rubric_digest: Mapped[str] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    capacity_a: Mapped[str] = mapped_column(primary_key=True)
    capacity_b: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    times: Mapped[int]
