"""Taking rows and words of one person, or a person's name, out of every table, as `WORDS` says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ForeignKeyConstraint,
    Row,
    Select,
    Table,
    UniqueConstraint,
    delete,
    select,
    true,
    tuple_,
    update,
)

from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tenancy import tenants_tables
from observe.storage.words_of_people import WORDS, words_of

TABLES: Mapping[str, Table] = Base.metadata.tables
Where = ColumnElement[bool]
Anything = tuple[Any, ...]


def way(session: NetworkSession, table: str, path: str, wanted: Sequence[UUID]) -> Where:
    """The rows of a table that lead to one of these people: "by", "a_id > other.person_id", all by "*"."""
    if path == "*":
        return true()
    step, _, rest = path.partition(" > ")
    column = TABLES[table].c[step]
    if not rest:
        return column.in_(wanted)
    parent, _, further = rest.partition(".")
    ids = select(TABLES[parent].c.id).where(
        _mine(session, parent), way(session, parent, further, wanted)
    )
    return column.in_(ids)


def delete_rows(session: NetworkSession, table: str, where: Where) -> Counter[str]:
    """Delete rows, and whatever cannot be without them; how many by table."""
    gone: Counter[str] = Counter()
    _cascade(session, TABLES[table], where, gone)
    return gone


def _cascade(session: NetworkSession, table: Table, where: Where, gone: Counter[str]) -> None:
    here = _mine(session, table.name) & where
    for link in _links_to(table):
        _let_go(session, link, here, gone)
    done = session.execute(delete(table).where(here))
    if count := cast(CursorResult[Any], done).rowcount:
        gone[table.name] += count


def _let_go(
    session: NetworkSession, link: ForeignKeyConstraint, here: Where, gone: Counter[str]
) -> None:
    """Rows that may be without those they name go on without; the others are deleted first."""
    own, theirs = zip(*((each.parent, each.column) for each in link.elements), strict=True)
    child = link.table
    caught = tuple_(*own).in_(select(*theirs).where(here))
    loose = [column for column in own if column.nullable]
    if loose:
        mine = _mine(session, child.name) & caught
        session.execute(update(child).where(mine).values({c.name: None for c in loose}))
    else:
        _cascade(session, child, caught, gone)


def _links_to(table: Table) -> Iterator[ForeignKeyConstraint]:
    for each in tenants_tables():
        for link in sorted(each.foreign_key_constraints, key=lambda one: tuple(one.column_keys)):
            if link.referred_table is table:
                yield link


def empty_rows(session: NetworkSession, table: str, where: Where) -> int:
    """Empty the columns that go with their person in these rows; in how many there was something."""
    columns = WORDS[table].gone
    changed = [
        (row, {name: nothing(TABLES[table], name, getattr(row, name)) for name in columns})
        for row in session.execute(_rows(session, table, columns).where(where))
        if any(getattr(row, name) for name in columns)
    ]
    for row, values in changed:
        _write(session, table, row, values)
    return len(changed)


def nothing(table: Table, column: str, value: Any) -> Any:
    """What a column holds without words: no value where that may be, else an empty one of its kind."""
    if table.c[column].nullable:
        return None
    return type(value)() if isinstance(value, dict | list | bytes) else ""


def named_rows(
    session: NetworkSession, table: str
) -> Iterator[tuple[Row[*Anything], dict[str, Any]]]:
    """Every row of a table with those of its columns in which a name may stand."""
    columns = words_of(table).named
    if columns:
        found = session.execute(
            _rows(session, table, columns), execution_options={"yield_per": 1000}
        )
        for row in found:
            yield row, {name: getattr(row, name) for name in columns}


def rewrite(session: NetworkSession, table: str, row: Row[*Anything], values: Any) -> None:
    """Put other words into a row; a number is added to a name that another place has."""
    free = {name: _free(session, table, name, value) for name, value in values.items()}
    _write(session, table, row, free)


def _free(session: NetworkSession, table: str, name: str, value: Any) -> Any:
    if not isinstance(value, str) or not _is_unique(TABLES[table], name):
        return value
    taken = set(session.scalars(select(TABLES[table].c[name]).where(_mine(session, table))))
    tries = (f"{value} {number}" if number > 1 else value for number in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def _is_unique(table: Table, name: str) -> bool:
    alone = (each for each in table.constraints if isinstance(each, UniqueConstraint))
    return any(name in each.columns for each in alone)


def _rows(session: NetworkSession, table: str, columns: Sequence[str]) -> Select[*Anything]:
    known = TABLES[table]
    told = dict.fromkeys((*(column.name for column in known.primary_key), *columns))
    return select(*(known.c[name] for name in told)).where(_mine(session, table))


def _write(session: NetworkSession, table: str, row: Row[*Anything], values: Any) -> None:
    known = TABLES[table]
    this = (column == getattr(row, column.name) for column in known.primary_key)
    session.execute(update(known).where(*this).values(values))


def _mine(session: NetworkSession, table: str) -> Where:
    return TABLES[table].c.network_id == session.network_id
