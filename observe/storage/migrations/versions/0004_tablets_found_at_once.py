"""A tablet is found by its grant at once, and no value wins over a field that was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COUNTED = 2**53


def upgrade() -> None:
    op.create_index(
        op.f("ix_device_network_id_grant_hash"),
        "device",
        ["network_id", "grant_hash"],
        unique=False,
    )
    networks = sa.table("network", sa.column("id", sa.Uuid()))
    for network_id in op.get_bind().scalars(sa.select(networks.c.id)).all():
        if op.get_bind().dialect.name == "postgresql":
            setting = sa.text("SELECT set_config('observe.network', :network, true)")
            op.get_bind().execute(setting, {"network": str(network_id)})
        _put_counts_above_values(network_id)


def _put_counts_above_values(network_id: object) -> None:
    """As `observe.storage.fields` writes them from now on."""
    key = ("network_id", "observation_id", "field")
    held = sa.table("record_field", *_columns(key), sa.column("lamport"))
    log = sa.table(
        "operation", *_columns(key), sa.column("kind"), sa.column("counts", sa.Boolean())
    )
    same = [held.c[name] == log.c[name] for name in key]
    counted = sa.exists().where(*same, log.c.kind == "tally", log.c.counts)
    mine = held.c.network_id == network_id
    op.get_bind().execute(held.update().where(mine, counted).values(lamport=COUNTED))


def _columns(names: tuple[str, ...]) -> list[sa.ColumnClause[object]]:
    return [sa.column(n, sa.Uuid() if n.endswith("_id") else sa.String()) for n in names]
