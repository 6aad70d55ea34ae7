"""Kept counts of who rated each criterion, so that no criterion tells of a few people among very many."""

from importlib import import_module
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.core.counting import Counts
from observe.storage.schema import wall

revision = "0008"
down_revision = "0007"

TABLE = "rater_count"
KEY = (
    *("network_id", "rubric_digest", "criterion", "school_id", "term"),
    *("capacity_a", "capacity_b", "person_id"),
)
BELONGS = (("person", "person_id"), ("school", "school_id"))
AT_ONCE = 5000

# Counting is as it was when counts were kept first.
counting: Any = import_module("observe.storage.migrations.versions.0005_kept_counts")


def upgrade() -> None:
    op.create_table(
        TABLE,
        *_columns(),
        *(_belongs(to, column) for to, column in BELONGS),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{TABLE}_network_id")
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f(f"pk_{TABLE}")),
        sqlite_with_rowid=False,
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in wall(TABLE) if postgresql else ():
        op.execute(statement)
    for network_id in counting._networks():
        counting._enter(network_id)
        for digest, counts in counting._counted(network_id).items():
            _keep(network_id, digest, counts)


def _columns() -> list[sa.Column[Any]]:
    key = [
        sa.Column(
            name,
            sa.Uuid() if name.endswith("_id") else sa.String(),
            nullable=False,
            autoincrement=False,
        )
        for name in KEY
    ]
    return [*key, sa.Column("times", sa.Integer(), nullable=False)]


def _belongs(to: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{TABLE}_network_id_{column}"),
    )


def _keep(network_id: object, digest: str, counts: Counts) -> None:
    table = sa.table(TABLE, *(sa.column(each.name, each.type) for each in _columns()))
    rows = [
        {"network_id": network_id, "rubric_digest": digest, **kind._asdict(), "times": times}
        for kind, times in sorted(counts.raters.items())
    ]
    for start in range(0, len(rows), AT_ONCE):
        op.get_bind().execute(sa.insert(table), rows[start : start + AT_ONCE])
