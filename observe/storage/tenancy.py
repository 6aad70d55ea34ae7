"""Which tables belong to the networks, row by row, and which stand outside."""

from sqlalchemy import Table

from observe.storage.tables import Base

OUTSIDE = ("network", "sign_in", "gone_network")


def tenants_tables() -> list[Table]:
    """Every table whose rows belong to one network."""
    return [table for table in Base.metadata.sorted_tables if table.name not in OUTSIDE]
