"""Released summaries stand in order of time, so that the newest of many are found at once."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        op.f("ix_summary_network_id_state_released_at"),
        "summary",
        ["network_id", "state", "released_at"],
        unique=False,
    )
