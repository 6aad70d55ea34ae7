"""What all tables share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, ForeignKey, ForeignKeyConstraint, MetaData, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without zone where the database has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment with its zone, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json: TypeEngine[Any] = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    """Every table of Observe."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: Mapping[Any, Any] = {
        datetime: Instant,
        UUID: Uuid(),
        str: String(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Tenant:
    """A table whose rows belong to one network, which leads its key."""

    network_id: Mapped[UUID] = mapped_column(
        ForeignKey("network.id"), primary_key=True, sort_order=-2
    )


class Numbered(Tenant):
    """A tenant's table whose rows have an id of their own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


def belongs_to(table: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A foreign key that stays inside the network."""
    return ForeignKeyConstraint(
        ["network_id", *columns], [f"{table}.network_id", *(f"{table}.{part}" for part in key)]
    )
