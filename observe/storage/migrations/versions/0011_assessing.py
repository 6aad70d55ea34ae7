"""How somebody observes: a self-evaluation, an adviser's assessment, and what follows."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing yet."""
