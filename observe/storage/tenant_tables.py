"""How migrations from 0010 on make a network's tables; what a released one used is never changed."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]
ID: Columns = {"id": sa.Uuid()}
NONE: Mapping[str, Any] = {}


def make(
    table: str,
    *,
    key: Columns = ID,
    needed: Columns = NONE,
    open_: Columns = NONE,
    belongs: Mapping[str, str] = NONE,
    unique: Iterable[tuple[str, ...]] = (),
) -> None:
    """A network's table: its key after the network, columns that must and that may be filled.

    A column belongs to another table's `id`, or to the key named after a dot.
    """
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in {**key, **needed}.items()),
        *(sa.Column(name, kind, nullable=True) for name, kind in open_.items()),
        *_held(table, key, belongs, unique),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def index(table: str, *columns: str) -> None:
    """An index of these columns inside each network."""
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led, unique=False)


def _held(
    table: str, key: Columns, belongs: Mapping[str, str], unique: Iterable[tuple[str, ...]]
) -> list[sa.Constraint]:
    network = op.f(f"fk_{table}_network_id")
    return [
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=network),
        *(_belongs(table, column, to) for column, to in belongs.items()),
        sa.PrimaryKeyConstraint("network_id", *key, name=op.f(f"pk_{table}")),
        *(_unique(table, columns) for columns in unique),
    ]


def _unique(table: str, columns: tuple[str, ...]) -> sa.UniqueConstraint:
    led = ("network_id", *columns)
    return sa.UniqueConstraint(*led, name=op.f(f"uq_{table}_{'_'.join(led)}"))


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    other, _dot, key = to.partition(".")
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{other}.network_id", f"{other}.{key or 'id'}"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
