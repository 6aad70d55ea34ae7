"""A programme: its stages, who is in it, what was held and signed off."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
