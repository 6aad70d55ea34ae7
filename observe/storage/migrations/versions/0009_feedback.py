"""Feedback whole: versions of a draft, phrases, answers, targets followed; holidays and class lists."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _settings()
    _school_year()
    _summaries()
    _answers()
    _phrases()
    _targets()


def _settings() -> None:
    """Which checks hold a summary up, and the weekday on which a school releases."""
    empty = sa.Column("blocking_checks", Json, nullable=False, server_default="[]")
    _without_default("network", empty)
    op.add_column("school", sa.Column("release_weekday", sa.Integer(), nullable=True))


def _school_year() -> None:
    """Holidays, and class lists that are erased when the year ends."""
    days: Columns = {"name": sa.String(), "first_day": sa.Date(), "last_day": sa.Date()}
    _make("holiday", needed=days, open_={"school_id": sa.Uuid()}, belongs={"school_id": "school"})
    _index("holiday", "school_id", "last_day")
    _make(
        "pupil",
        needed={"class_id": sa.Uuid(), "name": sa.String(), "erased_after": sa.Date()},
        belongs={"class_id": "class"},
        unique=("class_id", "name"),
    )


def _summaries() -> None:
    """When a summary was escalated and approved, and its text after each piece of work."""
    _without_default("summary", sa.Column("set_aside", Json, nullable=False, server_default="[]"))
    _without_default(
        "summary", sa.Column("steps_up", sa.Integer(), nullable=False, server_default="0")
    )
    with op.batch_alter_table("summary") as table:
        table.add_column(sa.Column("escalated_at", MOMENT, nullable=True))
        table.add_column(sa.Column("approved_at", MOMENT, nullable=True))
        table.add_column(sa.Column("approved_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("release_on", sa.Date(), nullable=True))
        table.create_foreign_key(*_to_person("summary", "approved_by"))
    with op.batch_alter_table("summary_comment") as table:
        table.add_column(sa.Column("answers_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("seen_to_at", MOMENT, nullable=True))
        table.create_foreign_key(
            op.f("fk_summary_comment_network_id_answers_id"),
            "summary_comment",
            ["network_id", "answers_id"],
            ["network_id", "id"],
        )
    _make(
        "summary_text",
        key={"summary_id": sa.Uuid(), "revision": sa.Integer()},
        needed={"lines": Json, "why": sa.String(), "at": MOMENT},
        open_={"by": sa.Uuid()},
        belongs={"summary_id": "summary", "by": "person"},
    )


def _answers() -> None:
    """Who answers a teacher's words by when, and what a teacher adds later."""
    with op.batch_alter_table("reply") as table:
        table.add_column(sa.Column("answerer_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("answered_at", MOMENT, nullable=True))
        table.create_foreign_key(*_to_person("reply", "answerer_id"))
    _index("reply", "answerer_id", "answered_at")
    _make(
        "added_evidence",
        needed={"summary_id": sa.Uuid(), "by": sa.Uuid(), "at": MOMENT, "text": sa.String()},
        belongs={"summary_id": "summary", "by": "person"},
    )
    _index("added_evidence", "summary_id")


def _phrases() -> None:
    """Words that people keep for later summaries."""
    _make(
        "phrase",
        needed={
            "person_id": sa.Uuid(),
            "part": sa.String(),
            "text": sa.String(),
            "shared": sa.Boolean(),
            "times_used": sa.Integer(),
            "made_at": MOMENT,
        },
        open_={"criterion": sa.String(), "plan": Json},
        belongs={"person_id": "person"},
    )
    _index("phrase", "person_id")
    _index("phrase", "shared")


def _targets() -> None:
    """What became of each target."""
    _make(
        "target_event",
        needed={
            "target_id": sa.Uuid(),
            "state": sa.String(),
            "reason": sa.String(),
            "due_on": sa.Date(),
            "at": MOMENT,
        },
        open_={"by": sa.Uuid(), "lesson_id": sa.Uuid()},
        belongs={"target_id": "target", "by": "person", "lesson_id": "lesson"},
    )
    _index("target_event", "target_id", "at")


def _without_default(table: str, column: sa.Column[Any]) -> None:
    """A column that rows from before need a value for, and new ones get from the program."""
    op.add_column(table, column)
    with op.batch_alter_table(table) as changed:
        changed.alter_column(column.name, server_default=None)


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


def _to_person(table: str, column: str) -> tuple[str, str, list[str], list[str]]:
    """The arguments of a foreign key to a person."""
    name = op.f(f"fk_{table}_network_id_{column}")
    return name, "person", ["network_id", column], ["network_id", "id"]
