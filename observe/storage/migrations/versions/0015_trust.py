"""What is kept for how long, and what was erased."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nothing yet."""
