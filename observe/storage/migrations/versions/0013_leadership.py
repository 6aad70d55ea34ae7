"""Leadership feedback from all round: rounds, who is asked, and answers that nothing joins to them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Rounds; raters and answers go when a round closes."""
    _rounds()
    _raters()
    _answers()


def _rounds() -> None:
    """What may be told stays in the round."""
    _make(
        "leadership_round",
        needed={
            "person_id": sa.Uuid(),
            "asked_by": sa.Uuid(),
            "rubric_digest": sa.String(),
            "opened_at": MOMENT,
            "last_day": sa.Date(),
        },
        open_={"closed_at": MOMENT, "told": Json},
        belongs={
            "person_id": ("person", "id"),
            "asked_by": ("person", "id"),
            "rubric_digest": ("rubric_version", "digest"),
        },
    )
    _index("leadership_round", "person_id")
    _index("leadership_round", "closed_at", "last_day")


def _raters() -> None:
    """Whom a round asks, with the fingerprint of their link."""
    _make(
        "leadership_rater",
        needed={
            "round_id": sa.Uuid(),
            "person_id": sa.Uuid(),
            "rater_group": sa.String(),
            "token_hash": sa.String(),
        },
        belongs={"round_id": ("leadership_round", "id"), "person_id": ("person", "id")},
        unique=(("round_id", "person_id"), ("token_hash",)),
    )
    _index("leadership_rater", "person_id")


def _answers() -> None:
    """Answers without a time."""
    _make(
        "leadership_answer",
        key={"round_id": sa.Uuid(), "key": sa.String()},
        needed={"rater_group": sa.String(), "given": Json, "words": Json},
        belongs={"round_id": ("leadership_round", "id")},
    )


def _make(
    table: str,
    *,
    belongs: Mapping[str, tuple[str, str]],
    key: Columns | None = None,
    needed: Columns | None = None,
    open_: Columns | None = None,
    unique: tuple[tuple[str, ...], ...] = (),
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled."""
    keyed = key or {"id": sa.Uuid()}
    must = {**keyed, **(needed or {})}
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in must.items()),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, *to) for column, to in belongs.items()),
        sa.PrimaryKeyConstraint("network_id", *keyed, name=op.f(f"pk_{table}")),
        *(_unique(table, columns) for columns in unique),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _belongs(table: str, column: str, to: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.{key}"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )


def _unique(table: str, columns: tuple[str, ...]) -> sa.UniqueConstraint:
    led = ("network_id", *columns)
    return sa.UniqueConstraint(*led, name=op.f(f"uq_{table}_{'_'.join(led)}"))


def _index(table: str, *columns: str) -> None:
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led, unique=False)
