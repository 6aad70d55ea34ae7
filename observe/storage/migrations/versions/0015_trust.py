"""What is kept for how long, and what was erased."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _keeping()
    _erasures()


def _keeping() -> None:
    """For how long each kind of words is kept, where that is not as proposed."""
    _make(
        "retention",
        key={},
        needed={"months": Json, "starts_on": sa.Date(), "revision": sa.Integer(), "at": MOMENT},
        open_={"looked_on": sa.Date(), "by": sa.Uuid()},
        belongs={"by": "person"},
    )


def _erasures() -> None:
    """Certificates, and the records that have another hash since words went out of them."""
    _make(
        "erasure",
        needed={"what": sa.String(), "at": MOMENT, "counts": Json},
        open_={"person_id": sa.Uuid(), "by": sa.Uuid(), "washed_at": MOMENT},
        belongs={"person_id": "person", "by": "person"},
    )
    _index("erasure", "at")
    _make(
        "resealed_record",
        key={"observation_id": sa.Uuid(), "erasure_id": sa.Uuid()},
        needed={"fields": sa.Integer(), "at": MOMENT},
        open_={"before": sa.String(), "after": sa.String()},
        belongs={"observation_id": "observation", "erasure_id": "erasure"},
    )
    _index("resealed_record", "erasure_id")


def _make(
    table: str,
    *,
    key: Columns | None = None,
    needed: Columns | None = None,
    open_: Columns | None = None,
    belongs: Mapping[str, str] | None = None,
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled."""
    keyed = {"id": sa.Uuid()} if key is None else key
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in {**keyed, **(needed or {})}.items()
        ),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, to) for column, to in (belongs or {}).items()),
        sa.PrimaryKeyConstraint("network_id", *keyed, name=op.f(f"pk_{table}")),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _index(table: str, *columns: str) -> None:
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led, unique=False)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
