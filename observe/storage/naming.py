"""Where somebody is named in what others wrote, in any table; and taking the name out."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from observe.core.canonical import canonical
from observe.core.erasing import Spellings
from observe.storage import erasing
from observe.storage.database import NetworkSession
from observe.storage.erasing import Anything
from observe.storage.tenancy import tenants_tables


# Columns of text that hold JSON, and how it was spelled there.
def _canonically(value: Any) -> str:
    return canonical(value).decode()


SPELLED: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("operation", "body"): json.dumps,
    ("reused_operation", "body"): json.dumps,
    ("record_field", "value"): _canonically,
}
RECORD = "record_field"


def mentions(
    session: NetworkSession, every: Spellings, alone: Sequence[Spellings]
) -> Sequence[int]:
    """In how many rows of all tables a person is named in each of some ways; `every` is all of them."""
    counts = [0] * len(alone)
    for table in _tables():
        for _, held, _ in _changes(session, table, every):
            for number, spelled in enumerate(alone):
                counts[number] += _stands_in(table, held, spelled)
    return counts


def _stands_in(table: str, held: Mapping[str, Any], spelled: Spellings) -> bool:
    return any(_without(table, name, value, spelled) != value for name, value in held.items())


def records_with(session: NetworkSession, spelled: Spellings) -> set[UUID]:
    """The records in whose fields a person is named."""
    return {row.observation_id for row, _, _ in _changes(session, RECORD, spelled)}


def take_out(session: NetworkSession, spelled: Spellings) -> tuple[Counter[str], Counter[UUID]]:
    """Put other words in place of a name everywhere: how many rows by table, and fields by record."""
    rows: Counter[str] = Counter()
    records: Counter[UUID] = Counter()
    for table in _tables():
        for row, _, values in list(_changes(session, table, spelled)):
            erasing.rewrite(session, table, row, values)
            rows[table] += 1
            if table == RECORD:
                records[row.observation_id] += 1
    return rows, records


def _tables() -> list[str]:
    return [table.name for table in tenants_tables()]


def _changes(
    session: NetworkSession, table: str, spelled: Spellings
) -> Iterator[tuple[Row[*Anything], Mapping[str, Any], Mapping[str, Any]]]:
    """(key, what the row holds, what it is to hold) of each row in which a name stands."""
    for row, held in erasing.named_rows(session, table):
        new = {name: _without(table, name, value, spelled) for name, value in held.items()}
        changed = {name: value for name, value in new.items() if value != held[name]}
        if changed:
            yield row, held, changed


def _without(table: str, column: str, value: Any, spelled: Spellings) -> Any:
    spell = SPELLED.get((table, column))
    if spell is None or not isinstance(value, str):
        return spelled.scrubbed(value)
    if not spelled.may_stand_in(value):
        return value
    told = json.loads(value)
    without = spelled.scrubbed(told)
    return value if without is told or without == told else spell(without)
