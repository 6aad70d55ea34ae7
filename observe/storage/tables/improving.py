"""Improvement cycles: an aim, a measure over time, and what was tried, of one head or of a group."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class ImprovementCycle(Numbered, Base):
    """What somebody or a group wants to improve; `better` is up or down.

    `source` is where its points come from; `baseline_until` is the last day of those whose median stays.
    """

    __tablename__ = "improvement_cycle"
    __table_args__ = (belongs_to("person", "made_by"),)
    made_by: Mapped[UUID]
    made_at: Mapped[datetime]
    of_group: Mapped[bool]
    aim: Mapped[str]
    measure: Mapped[str]
    unit: Mapped[str]
    better: Mapped[str]
    source: Mapped[str]
    baseline_until: Mapped[date | None]
    learnt: Mapped[str]
    ended_at: Mapped[datetime | None]
    revision: Mapped[int]


class CycleMember(Tenant, Base):
    """Somebody who takes part in a cycle."""

    __tablename__ = "cycle_member"
    __table_args__ = (
        belongs_to("improvement_cycle", "cycle_id"),
        belongs_to("person", "person_id"),
        Index(None, "network_id", "person_id"),
    )
    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)


class CyclePoint(Tenant, Base):
    """What was measured on a day; one value a day."""

    __tablename__ = "cycle_point"
    __table_args__ = (belongs_to("improvement_cycle", "cycle_id"), belongs_to("person", "by"))
    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float]
    note: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]


class CycleStep(Numbered, Base):
    """One round of plan, do, study, act; `decision` is what becomes of the change."""

    __tablename__ = "cycle_step"
    __table_args__ = (
        belongs_to("improvement_cycle", "cycle_id"),
        Index(None, "network_id", "cycle_id"),
    )
    cycle_id: Mapped[UUID]
    number: Mapped[int]
    tried_on: Mapped[date | None]
    change: Mapped[str]
    expected: Mapped[str]
    did: Mapped[str]
    found: Mapped[str]
    decision: Mapped[str]
    onward: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[datetime]
