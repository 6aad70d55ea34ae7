"""Kept counts of paired ratings, so that a page of very many answers from few rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.core.counting import Counts, RatedTogether, counts_of, pooled_keys
from observe.core.rubric_json import from_json
from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0005"
down_revision = "0004"

KEYS = {
    "cell_count": (
        *("rubric_digest", "term", "criterion", "block", "part", "level_a", "level_b", "weight"),
        *("capacity_a", "capacity_b"),
    ),
    "lesson_count": (
        *("rubric_digest", "term", "capacities", "kind", "of", "gap_sum", "gap_cells"),
    ),
    "observer_count": (
        *("rubric_digest", "school_id", "term", "capacity_a", "capacity_b", "person_id"),
    ),
}
BELONGS = {"observer_count": (("person", "person_id"), ("school", "school_id"))}
NUMBERS = ("block", "level_a", "level_b", "gap_sum", "gap_cells")
INDEXES = (("rubric_digest", "school_id", "observed_on"), ("rubric_digest", "observed_on"))
PARTS = {"cell_count": "cells", "lesson_count": "lessons", "observer_count": "observers"}
AT_ONCE = 5000


def upgrade() -> None:
    op.add_column("paired_lesson", sa.Column("observed_on", sa.Date(), nullable=True))
    for table in KEYS:
        _create(table)
    for network_id in _networks():
        _enter(network_id)
        _say_the_day(network_id)
    with op.batch_alter_table("paired_lesson") as paired_lesson:
        paired_lesson.alter_column("observed_on", existing_type=sa.Date(), nullable=False)
    for columns in INDEXES:
        name = op.f(f"ix_paired_lesson_network_id_{'_'.join(columns)}")
        op.create_index(name, "paired_lesson", ["network_id", *columns], unique=False)
    for network_id in _networks():
        _enter(network_id)
        for digest, counts in _counted(network_id).items():
            _keep(network_id, digest, counts)


def _networks() -> Sequence[object]:
    networks = sa.table("network", sa.column("id", sa.Uuid()))
    return op.get_bind().scalars(sa.select(networks.c.id)).all()


def _create(table: str) -> None:
    key = ("network_id", *KEYS[table])
    op.create_table(
        table,
        *(sa.Column(name, _type(name), nullable=False, autoincrement=False) for name in key),
        sa.Column("times", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["network_id", column],
                [f"{other}.network_id", f"{other}.id"],
                name=op.f(f"fk_{table}_network_id_{column}"),
            )
            for other, column in BELONGS.get(table, ())
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
    for statement in wall(table) if _on_postgresql() else ():
        op.execute(statement)


def _type(name: str) -> sa.types.TypeEngine[Any]:
    if name.endswith("_id"):
        return sa.Uuid()
    if name == "weight":
        return sa.Double()
    return sa.Integer() if name in NUMBERS else sa.String()


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _enter(network_id: object) -> None:
    """Go behind the wall of one network."""
    if _on_postgresql():
        setting = sa.text("SELECT set_config('observe.network', :network, true)")
        op.get_bind().execute(setting, {"network": str(network_id)})


def _say_the_day(network_id: object) -> None:
    """The day of two observers in a lesson stands in each of their paired ratings."""
    told = sa.text(
        "UPDATE paired_lesson SET observed_on = (SELECT min(observed_on) FROM paired_rating AS r"
        " WHERE r.network_id = paired_lesson.network_id AND r.lesson_id = paired_lesson.lesson_id"
        " AND r.observer_a = paired_lesson.observer_a AND r.observer_b = paired_lesson.observer_b)"
        " WHERE network_id = :network"
    )
    mine = sa.bindparam("network", network_id, type_=sa.Uuid())
    op.get_bind().execute(told.bindparams(mine))


def _counted(network_id: object) -> dict[str, Counts]:
    """All counts of one network by rubric version, a lesson at a time."""
    found: dict[str, Counts] = defaultdict(Counts)
    pooled = {digest: pooled_keys(from_json(body)) for digest, body in _rubrics(network_id)}
    for _, lesson in groupby(_rows(network_id), key=lambda row: (row.lesson_id, row.rubric_digest)):
        rows = list(lesson)
        digest = rows[0].rubric_digest
        pairs = [_pair(row) for row in rows]
        found[digest].add(counts_of(pairs, pooled[digest], imported=bool(rows[0].imported)))
    return found


def _rubrics(network_id: object) -> Iterable[Any]:
    version = sa.table(
        "rubric_version",
        sa.column("network_id", sa.Uuid()),
        sa.column("digest"),
        sa.column("body", Json),
    )
    mine = sa.select(version.c.digest, version.c.body).where(version.c.network_id == network_id)
    return [tuple(row) for row in op.get_bind().execute(mine)]


def _rows(network_id: object) -> Iterator[Any]:
    """What two observers gave in each lesson, in order of lessons."""
    ids = ("network_id", "lesson_id", "observer_a", "observer_b", "school_id")
    told = ("capacity_a", "capacity_b", "rubric_digest", "block", "left_out")
    rated = sa.table(
        "paired_lesson",
        *(sa.column(name, sa.Uuid()) for name in ids),
        *(sa.column(name) for name in told),
        sa.column("observed_on", sa.Date()),
        *(sa.column(name, Json) for name in ("rated", "levels")),
    )
    lesson = sa.table(
        "lesson",
        *(sa.column(name, sa.Uuid()) for name in ("network_id", "id")),
        sa.column("imported"),
    )
    same = (lesson.c.network_id == rated.c.network_id) & (lesson.c.id == rated.c.lesson_id)
    query = sa.select(rated, lesson.c.imported).join_from(rated, lesson, same)
    ordered = query.where(rated.c.network_id == network_id).order_by(
        rated.c.lesson_id, rated.c.rubric_digest
    )
    yield from op.get_bind().execute(ordered, execution_options={"yield_per": AT_ONCE})


def _pair(row: Any) -> RatedTogether:
    return RatedTogether(
        observers=(row.observer_a, row.observer_b),
        capacities=(row.capacity_a, row.capacity_b),
        school_id=row.school_id,
        block=row.block,
        observed_on=row.observed_on,
        left_out=row.left_out,
        criteria=row.rated[0],
        weights=row.rated[2],
        first=row.levels[0],
        second=row.levels[1],
    )


def _keep(network_id: object, digest: str, counts: Counts) -> None:
    for name, part in PARTS.items():
        columns = ("network_id", *KEYS[name])
        table = sa.table(
            name, *(sa.column(each, _type(each)) for each in columns), sa.column("times")
        )
        kinds: Counter[Any] = getattr(counts, part)
        rows = [
            {"network_id": network_id, "rubric_digest": digest, **kind._asdict(), "times": times}
            for kind, times in sorted(kinds.items())
        ]
        for start in range(0, len(rows), AT_ONCE):
            op.get_bind().execute(sa.insert(table), rows[start : start + AT_ONCE])
