"""How somebody observes: a self-evaluation, an assessment, suggestions, and targets that come of them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """The round, its two looks, what they rest on, and suggestions."""
    _rounds()
    _looks()
    _suggestions()


def _rounds() -> None:
    """One moment of somebody's year."""
    _make(
        "assessing_round",
        needed={
            "person_id": sa.Uuid(),
            "moment": sa.String(),
            "rubric_digest": sa.String(),
            "opened_at": MOMENT,
        },
        belongs={"person_id": ("person", "id"), "rubric_digest": ("rubric_version", "digest")},
    )
    _index("assessing_round", "person_id")


def _looks() -> None:
    """The self-evaluation and the assessment, criterion by criterion."""
    _make(
        "assessing_part",
        needed={
            "round_id": sa.Uuid(),
            "kind": sa.String(),
            "author_id": sa.Uuid(),
            "begun_at": MOMENT,
        },
        open_={"sealed_at": MOMENT},
        belongs={"round_id": ("assessing_round", "id"), "author_id": ("person", "id")},
        unique=("round_id", "kind"),
    )
    _index("assessing_part", "author_id")
    part = {"part_id": ("assessing_part", "id")}
    _make(
        "assessing_rating",
        key={"part_id": sa.Uuid(), "criterion": sa.String()},
        needed={"value": sa.String(), "evidence": sa.String(), "at": MOMENT},
        belongs=part,
    )
    _make(
        "assessing_lesson",
        key={"part_id": sa.Uuid(), "lesson_id": sa.Uuid()},
        belongs={**part, "lesson_id": ("lesson", "id")},
    )


def _suggestions() -> None:
    """What is suggested; a target that comes of it belongs to no summary."""
    with op.batch_alter_table("target") as table:
        table.alter_column("summary_id", existing_type=sa.Uuid(), nullable=True)
    _make(
        "assessing_suggestion",
        needed={
            **{"round_id": sa.Uuid(), "by": sa.Uuid(), "made_at": MOMENT},
            **dict.fromkeys(("text", "when", "see"), sa.String()),
            **{"due_on": sa.Date(), "state": sa.String(), "reason": sa.String()},
        },
        open_={"criterion": sa.String(), "answered_at": MOMENT, "target_id": sa.Uuid()},
        belongs={
            "round_id": ("assessing_round", "id"),
            "by": ("person", "id"),
            "target_id": ("target", "id"),
        },
    )
    _index("assessing_suggestion", "round_id")
    _index("assessing_suggestion", "target_id")


def _make(
    table: str,
    *,
    belongs: Mapping[str, tuple[str, str]],
    key: Columns | None = None,
    needed: Columns | None = None,
    open_: Columns | None = None,
    unique: tuple[str, ...] = (),
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
        *(_unique(table, unique) if unique else ()),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _belongs(table: str, column: str, to: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.{key}"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )


def _unique(table: str, columns: tuple[str, ...]) -> tuple[sa.UniqueConstraint]:
    led = ("network_id", *columns)
    return (sa.UniqueConstraint(*led, name=op.f(f"uq_{table}_{'_'.join(led)}")),)


def _index(table: str, *columns: str) -> None:
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led, unique=False)
