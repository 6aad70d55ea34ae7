"""People, schools and classes from the files of other systems."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing yet."""
