"""Two rows in every table, one of a person and one of somebody else, with marks in every column of words."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Table, insert, select
from sqlalchemy.types import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Time,
    TypeDecorator,
    Uuid,
)

from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tenancy import tenants_tables
from observe.storage.words_of_people import words_of

MARK = "OWNMARK"
LATER = datetime(2026, 10, 2, 10, 0, tzinfo=UTC)
# What the program reads back has to be something that it knows.
KNOWN = {
    ("role", "kind"): "teacher",
    ("observation", "state"): "sealed",
    ("observation", "state_hash"): "0" * 64,
    ("operation", "kind"): "set",
    ("operation", "status"): "accepted",
    ("operation", "counts"): True,
    ("lesson", "cancelled_at"): None,
    ("summary", "state"): "released",
}
NOTE = "note/0192f6c0-0000-7000-8000-000000000001/text"


class Planter:
    """Plants rows that belong to `person_id`, in which `name` stands where others' words would."""

    def __init__(self, session: NetworkSession, person_id: UUID, name: str, *, own: bool) -> None:
        self.session, self.person_id, self.name, self.own = session, person_id, name, own
        self.keys: dict[str, dict[str, Any]] = {"person": {"id": person_id}}
        self.number = 0 if own else 500

    def plant(self) -> None:
        """A row in every table but those that are there before."""
        for table in tenants_tables():
            if table.name == "rubric_version":
                digest = self.session.scalars(
                    select(table.c.digest).where(self._here(table))
                ).first()
                self.keys["rubric_version"] = {"digest": digest}
            elif table.name != "person" and (self.own or len(table.primary_key) > 1):
                self._row(table)

    def _here(self, table: Table) -> Any:
        return table.c.network_id == self.session.network_id

    def _row(self, table: Table) -> None:
        links = dict(self._links(table))
        values = {
            each.name: links[each.name] if each.name in links else self._value(table, each)
            for each in table.columns
        }
        self.session.connection().execute(insert(table), values)
        self.keys[table.name] = {each.name: values[each.name] for each in table.primary_key}

    def _links(self, table: Table) -> Iterator[tuple[str, Any]]:
        yield "network_id", self.session.network_id
        for link in table.foreign_key_constraints:
            if len(link.elements) > 1:
                yield from self._link(table, link)

    def _link(self, table: Table, link: ForeignKeyConstraint) -> Iterator[tuple[str, Any]]:
        for element in link.elements[1:]:
            own, theirs = element.parent, element.column
            if theirs.table is table:
                yield own.name, None
            else:
                yield own.name, self.keys[theirs.table.name][theirs.name]

    def _value(self, table: Table, column: Column[Any]) -> Any:
        if (table.name, column.name) in KNOWN:
            return KNOWN[table.name, column.name]
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        self.number += 1
        match kind:
            case Uuid():
                return new_id(LATER)
            case Boolean():
                return False
            case Integer():
                return self.number
            case Float():
                return float(self.number)
            case DateTime():
                return LATER
            case Date():
                return date(2026, 10, 2)
            case Time():
                return time(9)
            case LargeBinary():
                return self._words(table, column).encode()
            case JSON():
                return {"said": [self._words(table, column)]}
            case String():
                return self._text(table, column)
        raise NotImplementedError(f"{table.name}.{column.name}")

    def _text(self, table: Table, column: Column[Any]) -> str:
        words = self._words(table, column)
        match table.name, column.name:
            case "record_field", "field":
                return NOTE
            case "operation", "field":
                return NOTE
            case "record_field", "value":
                return json.dumps(words, ensure_ascii=False)
            case (("operation" | "reused_operation"), "body"):
                return json.dumps({"kind": "set", "field": NOTE, "value": words, "extra": words})
            case "history", "thing":
                return "person" if self.own else "something"
            case "history", "thing_id":
                return str(self.person_id)
        return words

    def _words(self, table: Table, column: Column[Any]) -> str:
        """A mark in words of the person's own, their name in what others wrote, else a plain code."""
        words = words_of(table.name)
        place = f"{table.name}-{column.name}"
        if column.name not in (*words.gone, *words.named):
            return f"code{self.number}{'a' if self.own else 'b'}"
        marked = column.name in words.gone or (table.name, column.name) in MARKED
        if self.own and marked:
            return f"{MARK}-{place} by {self.name}"
        if column.name in words.own:
            return f"somebody else {place} {self.number}"
        return f"Seen with {self.name}, {place} {self.number}{self.own}"


# Fields of records go one by one, and history is told of by what it is about.
MARKED = {("record_field", "value"), ("operation", "body"), ("history", "details")}


def everything(session: NetworkSession) -> str:
    """Every value in every table, one in a line."""
    lines: list[str] = []
    for table in Base.metadata.sorted_tables:
        here = [table.c.network_id == session.network_id] if "network_id" in table.c else []
        for row in session.connection().execute(select(table).where(*here)):
            told = row._asdict().items()
            lines += [f"{table.name}.{name}: {_spelled(value)}" for name, value in told]
    return "\n".join(lines)


def _spelled(value: Any) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return text.encode().decode("unicode_escape", errors="replace") if "\\u" in text else text
