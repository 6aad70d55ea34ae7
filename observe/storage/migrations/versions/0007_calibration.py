"""The talk, rules from talks, exercises, certification in use, planning, mail and reflections."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall

revision = "0007"
down_revision = "0006"

Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _talk()
    _planning()


def _talk() -> None:
    """Third readings, what each would tell the teacher, and scripts laid beside each other in time."""
    lesson: Columns = {"lesson_id": sa.Uuid()}
    moment = sa.DateTime(timezone=True)
    _make(
        "third_reading",
        key={**lesson, "criterion": sa.String()},
        needed={"asked_by": sa.Uuid(), "asked_at": moment},
        open_={
            "assigned_to": sa.Uuid(),
            "taken_by": sa.Uuid(),
            "taken_at": moment,
            "level": sa.Integer(),
            "reason": sa.String(),
            "answered_at": moment,
        },
        belongs={
            "lesson_id": "lesson",
            "asked_by": "person",
            "assigned_to": "person",
            "taken_by": "person",
        },
    )
    _index("third_reading", "answered_at")
    _make(
        "feedback_choice",
        key={**lesson, "person_id": sa.Uuid()},
        needed={"strength": sa.String(), "next_step": sa.String(), "at": moment},
        belongs={"lesson_id": "lesson", "person_id": "person"},
    )
    op.add_column("observation", sa.Column("shift_minutes", sa.Integer(), nullable=True))


def _planning() -> None:
    """When people are free, away or teaching, and how many visits a year a school wants at most."""
    whose: Columns = {"person_id": sa.Uuid()}
    key: Columns = {**whose, "weekday": sa.Integer(), "part": sa.String()}
    _make("free_time", key=key, belongs={"person_id": "person"})
    days: Columns = {**whose, "first_day": sa.Date(), "last_day": sa.Date()}
    _make("away", key={"id": sa.Uuid()}, needed=days, belongs={"person_id": "person"})
    _index("away", "person_id", "last_day")
    _make(
        "taught_time",
        key={"id": sa.Uuid()},
        needed={
            **whose,
            "school_id": sa.Uuid(),
            "weekday": sa.Integer(),
            "begins_at": sa.Time(),
            "minutes": sa.Integer(),
            "school_subject": sa.String(),
        },
        open_={"class_id": sa.Uuid()},
        belongs={"person_id": "person", "school_id": "school", "class_id": "class"},
    )
    _index("taught_time", "person_id", "weekday")
    op.add_column("school", sa.Column("visit_cap", sa.Integer(), nullable=True))


def _make(
    table: str,
    *,
    key: Columns,
    needed: Columns | None = None,
    open_: Columns | None = None,
    belongs: Mapping[str, str] | None = None,
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled.

    `belongs` names the table of which each of these columns holds an id.
    """
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in {**key, **(needed or {})}.items()
        ),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, to) for column, to in (belongs or {}).items()),
        sa.PrimaryKeyConstraint("network_id", *key, name=op.f(f"pk_{table}")),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _index(table: str, *columns: str) -> None:
    """An index after the network, named as the tables name theirs."""
    led = ("network_id", *columns)
    op.create_index(op.f(f"ix_{table}_{'_'.join(led)}"), table, led)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
