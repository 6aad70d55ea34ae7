"""The kept summary of the paired ratings: what two observers gave in one lesson, in one row."""

from itertools import groupby
from operator import attrgetter

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0002"
down_revision = "0001"

KEY = ("network_id", "lesson_id", "observer_a", "observer_b")
SHARED = (*KEY, "capacity_a", "capacity_b", "school_id", "rubric_digest", "block", "left_out")
UUIDS = (*KEY, "school_id")
COLUMNS = {"rated": ("criterion", "occasion", "weight"), "levels": ("level_a", "level_b")}


def upgrade() -> None:
    op.create_table(
        "paired_lesson",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("observer_a", sa.Uuid(), nullable=False),
        sa.Column("observer_b", sa.Uuid(), nullable=False),
        sa.Column("capacity_a", sa.String(), nullable=False),
        sa.Column("capacity_b", sa.String(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("rubric_digest", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.Column("rated", Json, nullable=False),
        sa.Column("levels", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_paired_lesson_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "observer_a"],
            ["person.network_id", "person.id"],
            name=op.f("fk_paired_lesson_network_id_observer_a"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "observer_b"],
            ["person.network_id", "person.id"],
            name=op.f("fk_paired_lesson_network_id_observer_b"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_paired_lesson_network_id")
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_paired_lesson")),
    )
    op.create_index(
        op.f("ix_paired_lesson_network_id_rubric_digest_lesson_id"),
        "paired_lesson",
        ["network_id", "rubric_digest", "lesson_id"],
        unique=False,
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in wall("paired_lesson") if postgresql else ():
        op.execute(statement)
    networks = sa.table("network", sa.column("id", sa.Uuid()))
    for network_id in op.get_bind().scalars(sa.select(networks.c.id)).all():
        if postgresql:
            setting = sa.text("SELECT set_config('observe.network', :network, true)")
            op.get_bind().execute(setting, {"network": str(network_id)})
        _summarise(network_id)


def _summarise(network_id: object) -> None:
    """Fill the summary of one network from its paired ratings."""
    connection = op.get_bind()
    ratings = sa.table(
        "paired_rating", *_shared(), *(sa.column(n) for names in COLUMNS.values() for n in names)
    )
    summary = sa.table("paired_lesson", *_shared(), *(sa.column(name, Json) for name in COLUMNS))
    mine = sa.select(ratings).where(ratings.c.network_id == network_id)
    ordered = connection.execute(mine.order_by(*(ratings.c[name] for name in KEY)))
    kept = [_one(list(rows)) for _, rows in groupby(ordered, attrgetter(*KEY))]
    if kept:
        connection.execute(sa.insert(summary), kept)


def _one(rows: list[sa.Row[tuple[object, ...]]]) -> dict[str, object]:
    shared = {name: getattr(rows[0], name) for name in SHARED}
    return shared | {
        kept: [[getattr(row, name) for row in rows] for name in names]
        for kept, names in COLUMNS.items()
    }


def _shared() -> list[sa.ColumnClause[object]]:
    return [sa.column(name, sa.Uuid() if name in UUIDS else None) for name in SHARED]
