"""How somebody observes: their own look at it, an assessor's, and what is suggested for later."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class AssessingRound(Numbered, Base):
    """One moment of the year at which somebody and their assessor look at how that person observes."""

    __tablename__ = "assessing_round"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("rubric_version", "rubric_digest", key=("digest",)),
        Index(None, "network_id", "person_id"),
    )
    person_id: Mapped[UUID]
    moment: Mapped[str]
    rubric_digest: Mapped[str]
    opened_at: Mapped[datetime]


class AssessingPart(Numbered, Base):
    """One of the two looks of a round: the self-evaluation or the assessment; sealed, it stays."""

    __tablename__ = "assessing_part"
    __table_args__ = (
        belongs_to("assessing_round", "round_id"),
        belongs_to("person", "author_id"),
        UniqueConstraint("network_id", "round_id", "kind"),
        Index(None, "network_id", "author_id"),
    )
    round_id: Mapped[UUID]
    kind: Mapped[str]
    author_id: Mapped[UUID]
    begun_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]


class AssessingRating(Tenant, Base):
    """What one look gives one criterion, with a sentence of evidence."""

    __tablename__ = "assessing_rating"
    __table_args__ = (belongs_to("assessing_part", "part_id"),)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class AssessingLesson(Tenant, Base):
    """A paired lesson on which a look rests."""

    __tablename__ = "assessing_lesson"
    __table_args__ = (belongs_to("assessing_part", "part_id"), belongs_to("lesson", "lesson_id"))
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)


class AssessingSuggestion(Numbered, Base):
    """What an assessor suggests for the next year, and the target that came of it, if one did."""

    __tablename__ = "assessing_suggestion"
    __table_args__ = (
        belongs_to("assessing_round", "round_id"),
        belongs_to("person", "by"),
        belongs_to("target", "target_id"),
        Index(None, "network_id", "round_id"),
        Index(None, "network_id", "target_id"),
    )
    round_id: Mapped[UUID]
    by: Mapped[UUID]
    made_at: Mapped[datetime]
    criterion: Mapped[str | None]
    text: Mapped[str]
    when: Mapped[str]
    see: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    target_id: Mapped[UUID | None]
