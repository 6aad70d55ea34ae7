"""What SQLite is told of the indexes, so that it searches a large database as it does a small one."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from sqlalchemy import Connection, text

ROWS = 1_000_000
NARROWER = 1000
FEWEST = 2
WIDE = ("network_id", "rubric_digest")


def tell(connection: Connection) -> None:
    """Write what each index narrows a search to: the network and the rubric version to nothing less.

    A network uses one rubric version, or two. SQLite counts only when asked, and guesses that any first
    column leaves ten rows; then every index seems as good as any other. Source: sqlite.org, "ANALYZE",
    4, statistics written by hand.
    """
    connection.execute(text("ANALYZE sqlite_schema"))
    connection.execute(text("DELETE FROM sqlite_stat1"))
    line = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:table, :index, :stat)")
    for table, index, columns, unique in _indexes(connection):
        told = {"table": table, "index": index, "stat": _stat(columns, unique=unique)}
        connection.execute(line, told)


def _indexes(connection: Connection) -> Iterator[tuple[str, str, Sequence[str], bool]]:
    """(table, index, its columns, whether no two rows are alike), of tenants' tables."""
    query = text(
        "SELECT tables.name, indexes.name, (SELECT group_concat(name) FROM "
        "(SELECT name FROM pragma_index_info(indexes.name) ORDER BY seqno)), "
        'indexes."unique" FROM sqlite_schema AS tables JOIN pragma_index_list(tables.name) AS indexes '
        "JOIN pragma_index_info(indexes.name) AS leading ON leading.seqno = 0 "
        "WHERE tables.type = 'table' AND leading.name = 'network_id'"
    )
    for table, index, columns, unique in connection.execute(query):
        yield table, index, columns.split(","), bool(unique)


def _stat(columns: Sequence[str], *, unique: bool) -> str:
    """Rows in all, then rows that are alike in the first column, in the first two, and so on."""
    narrow = accumulate(column not in WIDE for column in columns)
    alike = [max(NARROWER // 10 ** (n - 1), FEWEST) if n else ROWS for n in narrow]
    sizes: Sequence[int] = [ROWS, *alike]
    return " ".join(str(size) for size in ([*sizes[:-1], 1] if unique else sizes))
