"""Reads each statement that a test sends: what it asks of a network's tables must name the network."""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from observe.storage.tenancy import tenants_tables

TABLES = "|".join(table.name for table in tenants_tables())
ASKS = re.compile(
    rf'^\s*(SELECT|UPDATE|DELETE|WITH)\b.*\b(FROM|JOIN|UPDATE) "?({TABLES})"?\b', re.S
)
BOUND = re.compile(r"\bnetwork_id = (\?|%\(|:)")


def check(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """Refuse a statement that could see the rows of two networks."""
    if connection.dialect.name == "sqlite" and _sees_all(statement):
        raise AssertionError(f"not bound to one network: {statement}")


@lru_cache(4096)
def _sees_all(statement: str) -> bool:
    """Whether it asks for rows of a network's tables and does not say of which network."""
    return bool(ASKS.match(statement)) and not BOUND.search(statement)
