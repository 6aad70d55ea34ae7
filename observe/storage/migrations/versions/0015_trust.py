"""What is kept for how long, and what was erased."""

import sqlalchemy as sa
from alembic import op

from observe.storage import tenant_tables as tables
from observe.storage.tables.base import Json
from observe.storage.tenant_tables import MOMENT

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _keeping()
    _erasures()
    _network_end()


def _keeping() -> None:
    """For how long each kind of words is kept, where that is not as proposed."""
    tables.make(
        "retention",
        key={},
        needed={"months": Json, "starts_on": sa.Date(), "revision": sa.Integer(), "at": MOMENT},
        open_={"looked_on": sa.Date(), "by": sa.Uuid()},
        belongs={"by": "person"},
    )


def _erasures() -> None:
    """Certificates, and the records that have another hash since words went out of them."""
    tables.make(
        "erasure",
        needed={"what": sa.String(), "at": MOMENT, "counts": Json},
        open_={"person_id": sa.Uuid(), "by": sa.Uuid(), "washed_at": MOMENT},
        belongs={"person_id": "person", "by": "person"},
    )
    tables.index("erasure", "at")
    tables.make(
        "resealed_record",
        key={"observation_id": sa.Uuid(), "erasure_id": sa.Uuid()},
        needed={"fields": sa.Integer(), "at": MOMENT},
        open_={"before": sa.String(), "after": sa.String()},
        belongs={"observation_id": "observation", "erasure_id": "erasure"},
    )
    tables.index("resealed_record", "erasure_id")


def _network_end() -> None:
    """Networks that are to be deleted, and certificates of those that were, which outlive them."""
    tables.make(
        "network_end",
        key={},
        needed={"asked_at": MOMENT, "due_at": MOMENT, "certificate_id": sa.Uuid()},
        open_={"asked_by": sa.Uuid()},
        belongs={"asked_by": "person"},
    )
    op.create_table(
        "gone_network",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("washed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone_network")),
    )
