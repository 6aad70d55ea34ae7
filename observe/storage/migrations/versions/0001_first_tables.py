"""The first tables, with a wall between networks on PostgreSQL."""

from alembic import op

from observe.storage.schema import tenants_tables, wall
from observe.storage.tables import Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To be frozen before the first release."""
    Base.metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table in tenants_tables():
            for statement in wall(table.name):
                op.execute(statement)
