"""People, schools and classes from the files of other systems."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0014"
down_revision = "0013"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Where files come from, what their numbers mean, and files that wait to be applied."""
    _make(
        "people_source",
        needed={"name": sa.String(), "kind": sa.String(), "settings": Json},
        open_={"last_file": sa.String(), "last_at": MOMENT, "last_by": sa.Uuid()},
        belongs={"last_by": "person"},
        unique=("name",),
    )
    places = {name: sa.Uuid() for name in ("school_id", "team_id", "class_id", "person_id")}
    _make(
        "people_key",
        key={"source_id": sa.Uuid(), "kind": sa.String(), "key": sa.String()},
        open_={**places, "role": sa.String(), "gone_at": MOMENT},
        belongs={
            "source_id": "people_source",
            "school_id": "school",
            "team_id": "team",
            "class_id": "class",
            "person_id": "person",
        },
    )
    _index("people_key", "person_id")
    said = {name: sa.String() for name in ("file", "source", "kind")}
    _make(
        "people_upload",
        needed={
            "by": sa.Uuid(),
            "at": MOMENT,
            **said,
            "settings": Json,
            "content": sa.LargeBinary(),
        },
        belongs={"by": "person"},
    )
    _index("people_upload", "at")


def _make(
    table: str,
    *,
    key: Columns | None = None,
    needed: Columns | None = None,
    open_: Columns | None = None,
    belongs: Mapping[str, str] | None = None,
    unique: tuple[str, ...] = (),
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled."""
    keyed = key or {"id": sa.Uuid()}
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in {**keyed, **(needed or {})}.items()
        ),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, to) for column, to in (belongs or {}).items()),
        sa.PrimaryKeyConstraint("network_id", *keyed, name=op.f(f"pk_{table}")),
        *(_unique(table, unique) if unique else ()),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _unique(table: str, columns: tuple[str, ...]) -> tuple[sa.UniqueConstraint]:
    led = ("network_id", *columns)
    return (sa.UniqueConstraint(*led, name=op.f(f"uq_{table}_{'_'.join(led)}")),)


def _index(table: str, *columns: str) -> None:
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led, unique=False)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
