"""Rules of certification with their versions, and the results under them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0006"
down_revision = "0005"

RULE, RESULT = "certification_rule", "certification_result"


def upgrade() -> None:
    op.create_table(
        RULE,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_belongs(RULE, "person", "by"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f(f"fk_{RULE}_network_id")),
        sa.PrimaryKeyConstraint("network_id", "version", name=op.f(f"pk_{RULE}")),
    )
    op.create_table(
        RESULT,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in _needed().items()),
        *(sa.Column(name, kind, nullable=True) for name, kind in _open().items()),
        *_belongs(RESULT, "person", "person_id"),
        *_belongs(RESULT, "person", "by"),
        *_belongs(RESULT, RULE, "version", key="version"),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{RESULT}_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f(f"pk_{RESULT}")),
        sa.UniqueConstraint(
            "network_id",
            "person_id",
            "attempt",
            "look",
            name=op.f(f"uq_{RESULT}_network_id_person_id_attempt_look"),
        ),
    )
    op.create_index(
        op.f(f"ix_{RESULT}_network_id_version"), RESULT, ["network_id", "version"], unique=False
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in [*wall(RULE), *wall(RESULT)] if postgresql else ():
        op.execute(statement)


def _needed() -> dict[str, sa.types.TypeEngine[Any]]:
    whole, text = ("version", "attempt", "look", "cells"), ("decision", "clause", "criterion")
    return {
        **dict.fromkeys(("person_id", "by"), sa.Uuid()),
        **dict.fromkeys(whole, sa.Integer()),
        **dict.fromkeys((*text, "rubric_digest"), sa.String()),
        "lessons": Json,
        "last_day": sa.Date(),
        "points": sa.Double(),
        "at": sa.DateTime(timezone=True),
    }


def _open() -> dict[str, sa.types.TypeEngine[Any]]:
    shares = ("share", "low", "high", "probability", "chance")
    return {
        **dict.fromkeys(shares, sa.Double()),
        "next_look": sa.Integer(),
        "expires_on": sa.Date(),
    }


def _belongs(
    table: str, to: str, column: str, *, key: str = "id"
) -> tuple[sa.ForeignKeyConstraint, ...]:
    name = op.f(f"fk_{table}_network_id_{column}")
    return (
        sa.ForeignKeyConstraint(
            ["network_id", column], [f"{to}.network_id", f"{to}.{key}"], name=name
        ),
    )
