"""The network, its schools and people, and how they sign in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Numbered, Tenant, belongs_to


class Network(Base):
    """A group of schools: the tenant."""

    __tablename__ = "network"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="Europe/London")
    epoch: Mapped[UUID]
    demo: Mapped[bool] = mapped_column(default=False)
    blocking_checks: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]


class SignIn(Base):
    """One e-mail address and password, for one person in each of some networks."""

    __tablename__ = "sign_in"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    people: Mapped[dict[str, Any]] = mapped_column(default=dict)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class School(Numbered, Base):
    """A school of the network."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("network_id", "name"),)
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="Europe/London")
    review_needed: Mapped[bool] = mapped_column(default=True)
    visit_cap: Mapped[int | None]
    tells_teachers: Mapped[bool] = mapped_column(default=False)
    release_weekday: Mapped[int | None]


class Holiday(Numbered, Base):
    """Days without school, the last one included; of all schools where it names none."""

    __tablename__ = "holiday"
    __table_args__ = (
        belongs_to("school", "school_id"),
        Index(None, "network_id", "school_id", "last_day"),
    )
    school_id: Mapped[UUID | None]
    name: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]


class SchoolTerm(Numbered, Base):
    """A term as a school has it, the last day included; of all schools where it names none.

    `term` says which it is, as `autumn-2026`.
    """

    __tablename__ = "school_term"
    __table_args__ = (
        belongs_to("school", "school_id"),
        Index(None, "network_id", "school_id", "first_day"),
    )
    school_id: Mapped[UUID | None]
    term: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]


class Team(Numbered, Base):
    """Teachers of one school who share a leader."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("network_id", "school_id", "name"),
        belongs_to("school", "school_id"),
    )
    school_id: Mapped[UUID]
    name: Mapped[str]


class SchoolClass(Numbered, Base):
    """A class or set that is taught."""

    __tablename__ = "class"
    __table_args__ = (
        UniqueConstraint("network_id", "school_id", "name"),
        belongs_to("school", "school_id"),
    )
    school_id: Mapped[UUID]
    name: Mapped[str]


class Pupil(Numbered, Base):
    """A name on a class list, kept only so that a summary names no pupil; erased when the year ends."""

    __tablename__ = "pupil"
    __table_args__ = (
        belongs_to("class", "class_id"),
        UniqueConstraint("network_id", "class_id", "name"),
    )
    class_id: Mapped[UUID]
    name: Mapped[str]
    erased_after: Mapped[date]


class Person(Numbered, Base):
    """Somebody in the network, with or without a sign-in."""

    __tablename__ = "person"
    __table_args__ = (
        Index(None, "network_id", "name"),
        UniqueConstraint("network_id", "email"),
    )
    name: Mapped[str]
    email: Mapped[str | None]
    left_at: Mapped[datetime | None]
    imported: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Role(Numbered, Base):
    """What somebody is, and where: head of a school, leader of a team, adviser of a school."""

    __tablename__ = "role"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("school", "school_id"),
        belongs_to("team", "team_id"),
        Index(None, "network_id", "person_id"),
        Index(None, "network_id", "school_id", "kind"),
        Index(None, "network_id", "team_id"),
    )
    person_id: Mapped[UUID]
    kind: Mapped[str]
    school_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]


class Visit(Numbered, Base):
    """A person's stay on one tablet or computer, from sign-in to sign-out."""

    __tablename__ = "visit"
    __table_args__ = (
        belongs_to("person", "person_id"),
        UniqueConstraint("network_id", "token_hash"),
        Index(None, "network_id", "person_id"),
    )
    person_id: Mapped[UUID]
    token_hash: Mapped[str]
    label: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeLink(Numbered, Base):
    """A link for the first password or a new one; good once and for some days."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        belongs_to("person", "person_id"),
        UniqueConstraint("network_id", "token_hash"),
    )
    person_id: Mapped[UUID]
    token_hash: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FiguresOpened(Tenant, Base):
    """When somebody first opened their own figures."""

    __tablename__ = "figures_opened"
    __table_args__ = (belongs_to("person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
