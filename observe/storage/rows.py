"""Rows of many tables on their way into the database, written a table at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, insert

from observe.storage.database import NetworkSession
from observe.storage.tables import Base

ORDER = (
    "school",
    "holiday",
    "team",
    "class",
    "pupil",
    "person",
    "role",
    "people_source",
    "people_key",
    "lesson",
    "observation",
    "pair",
    "pair_closing",
    "paired_rating",
    "paired_lesson",
    "agreed_rating",
    "third_reading",
    "reflection",
    "feedback_choice",
    "precedent",
    "precedent_meaning",
    "precedent_doubt",
    "summary",
    "summary_text",
    "summary_version",
    "summary_comment",
    "reply",
    "target",
    "target_event",
    "leadership_round",
    "figures_opened",
    "free_time",
    "away",
    "taught_time",
    "certification_rule",
    "certification_result",
    "certificate_by_hand",
    "recheck_limit",
    "planned_recheck",
    "exercise",
    "exercise_reference",
    "exercise_session",
    "exercise_taking",
    "exercise_rating",
    "coaching_partnership",
    "coaching_turn",
    "coaching_goal",
    "coaching_session",
    "learning_log",
    "coaching_feedback",
    "improvement_cycle",
    "cycle_member",
    "cycle_point",
    "cycle_step",
    "newsletter",
    "history",
    "read_log",
    "outbox",
)
KNOWN = frozenset(ORDER)
Row = dict[str, Any]
Ready = Callable[[Any], Any]


@dataclass(slots=True)
class Rows:
    """Rows by table; those of one table have the same columns."""

    by_table: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **values: Any) -> None:
        """One more row; a KeyError for a table that would never be written."""
        if table not in KNOWN:
            raise KeyError(table)
        self.by_table[table].append(values)

    def write(self, session: NetworkSession, *tables: str) -> None:
        """Write the rows of these tables, or of all, parents first, and forget them."""
        for name in ORDER:
            waiting = self.by_table.pop(name, []) if not tables or name in tables else []
            if waiting:
                rows = [{"network_id": session.network_id, **row} for row in waiting]
                _insert(session.connection(), Base.metadata.tables[name], rows)


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Rows of one table; where the database takes values by their place, at a third of the cost."""
    statement = insert(table)
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positiontup is None or compiled.insert_prefetch:
        connection.execute(statement, rows)
        return
    ready = [(name, _ready(connection, table, name)) for name in compiled.positiontup]
    values = [tuple([make(row[name]) for name, make in ready]) for row in rows]
    connection.exec_driver_sql(str(compiled), values)


def _ready(connection: Connection, table: Table, column: str) -> Ready:
    """What makes a value of a column ready for the database."""
    kind = table.c[column].type.dialect_impl(connection.dialect)
    make = kind.bind_processor(connection.dialect)
    return _remembering(make) if make else _as_it_is


def _remembering(make: Ready) -> Ready:
    """What makes values ready, where many rows in turn hold the very same moment, source or school."""
    before = ready = None

    def made(value: Any) -> Any:
        nonlocal before, ready
        if value is not before:
            before, ready = value, make(value)
        return ready

    return made


def _as_it_is(value: Any) -> Any:
    return value
