"""Everything that a network owns in open formats: a ZIP of JSON Lines and CSV, a pair for each table."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Table

from observe.core.permissions import Person
from observe.storage import history, network_rows, people
from observe.storage.database import NetworkSession
from observe.storage.network_rows import LEFT_OUT, SECRET, VEILED, told_columns, told_tables

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MADE = "network exported"
README = """Export of {network}, made on {day}.

tables/NAME.jsonl holds one row of a table in each line, as JSON. tables/NAME.csv holds the same for a
spreadsheet; where a text there begins with = + - or @, an apostrophe stands before it.
schema.json says which columns each table has, of which kind, what its key is and to which table it leads.
network.json is the network itself. Times are in UTC, ids are UUIDs, texts are UTF-8.

What is private stays private, and is not in this file:
{left_out}

Not in it either: passwords, tokens and fingerprints; private notes; levels by rubrics without grades, which
stay with the observers; records that partners may not read yet, which come with a later export; summaries
that were not sent; what heads alone improve; newsletters that were not published.
"""
VEIL_WORDS: Mapping[str, str] = {
    "open": "empty until no record of the lesson hides any more",
    "graded": "empty by a rubric without grades",
    "lesson graded": "empty by a rubric without grades",
    "exercise graded": "empty by a rubric without grades",
    "of a summary": "empty where it came of a look at somebody's observing",
    "event of a summary": "empty where it came of a look at somebody's observing",
    "sent": "empty until it was sent",
    "plain": "empty but for people, places, rubrics and programmes",
}


def write(session: NetworkSession, out: IO[bytes], *, at: datetime) -> int:
    """Write the ZIP to a file that can be sought in, a few rows at a time; how many rows are in it."""
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr(_entry("README.txt"), _readme(session, at.date()))
        packed.writestr(_entry("schema.json"), _spelled(_schema(), indent=1))
        packed.writestr(_entry("network.json"), _spelled(_network(session), indent=1))
        return sum(_write_table(session, packed, table, at.date()) for table in told_tables())


def noted(session: NetworkSession, *, by: Person | None, at: datetime) -> None:
    """Keep that everything was exported, and by whom."""
    doer = by.id if by else None
    history.wrote(session, MADE, "network", session.network_id, by=doer, at=at)


def _write_table(session: NetworkSession, packed: ZipFile, table: Table, today: date) -> int:
    number = 0
    with packed.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as lines:
        for row in network_rows.rows(session, table, today=today):
            lines.write(f"{_spelled(row)}\n".encode())
            number += 1
    with packed.open(_entry(f"tables/{table.name}.csv"), "w", force_zip64=True) as raw:
        for line in _csv(session, table, today):
            raw.write(line.encode())
    return number


def _csv(session: NetworkSession, table: Table, today: date) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in told_columns(table)])
    for row in network_rows.rows(session, table, today=today):
        writer.writerow([_cell(value) for value in row.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    """A value for a spreadsheet, which must never take a text for a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if value is None or isinstance(value, bool | int | float):
        return value
    return _spelled(value) if isinstance(value, dict | list) else _plain(value)


def _entry(name: str) -> ZipInfo:
    found = ZipInfo(name)
    found.compress_type = ZIP_DEFLATED
    return found


def _spelled(value: Any, *, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)


def _plain(value: Any) -> str:
    """A moment or a day as ISO 8601 writes it, an id as its digits."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _network(session: NetworkSession) -> dict[str, Any]:
    row = people.network(session)
    return {"id": row.id, "name": row.name, "zone": row.zone, "created_at": row.created_at}


def _readme(session: NetworkSession, day: date) -> str:
    left_out = "\n".join(f"- {name}: {why}" for name, why in sorted(LEFT_OUT.items()))
    return README.format(network=people.network_name(session), day=day, left_out=left_out)


def _schema() -> dict[str, Any]:
    return {
        "tables": {table.name: _described(table) for table in told_tables()},
        "left_out": dict(LEFT_OUT),
    }


def _described(table: Table) -> dict[str, Any]:
    condition, veiled = VEILED.get(table.name, ("", ()))
    return {
        "key": [column.name for column in table.primary_key if column.name != "network_id"],
        "columns": {
            column.name: {"type": _kind(column.type), "may_be_empty": bool(column.nullable)}
            | ({"note": VEIL_WORDS[condition]} if column.name in veiled else {})
            for column in told_columns(table)
        },
        "leads_to": _links(table),
        "secret": list(SECRET.get(table.name, ())),
    }


def _kind(kind: Any) -> str:
    return str(kind.python_type.__name__)


def _links(table: Table) -> dict[str, str]:
    return {
        element.parent.name: f"{element.column.table.name}.{element.column.name}"
        for link in table.foreign_key_constraints
        for element in link.elements
        if element.parent.name != "network_id"
    }
