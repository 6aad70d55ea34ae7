"""The talk, rules from talks, exercises, certification in use, planning, mail and reflections."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall

revision = "0007"
down_revision = "0006"

Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""


def _make(
    table: str,
    *,
    key: Columns,
    needed: Columns | None = None,
    open_: Columns | None = None,
    belongs: Mapping[str, str] | None = None,
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled.

    `belongs` names the table of which each of these columns holds an id.
    """
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in {**key, **(needed or {})}.items()
        ),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, to) for column, to in (belongs or {}).items()),
        sa.PrimaryKeyConstraint("network_id", *key, name=op.f(f"pk_{table}")),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
