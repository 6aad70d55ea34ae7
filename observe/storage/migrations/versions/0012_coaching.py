"""Coaching partnerships, improvement cycles and newsletters."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)
TEXT, ID = sa.String(), sa.Uuid()
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _partnerships()
    _meetings()
    _cycles()
    _rounds()
    _newsletters()


def _partnerships() -> None:
    """Two people, who of them coaches since when, and their goals."""
    _make(
        "coaching_partnership",
        needed={"asker_id": ID, "partner_id": ID, "asked_at": MOMENT},
        open_={"accepted_at": MOMENT, "ended_at": MOMENT, "ended_by": ID},
        belongs={"asker_id": "person", "partner_id": "person", "ended_by": "person"},
    )
    _index("coaching_partnership", "asker_id")
    _index("coaching_partnership", "partner_id")
    _make(
        "coaching_turn",
        needed={"partnership_id": ID, "by": ID, "at": MOMENT},
        open_={"coach_id": ID},
        belongs={"partnership_id": "coaching_partnership", "coach_id": "person", "by": "person"},
    )
    _index("coaching_turn", "partnership_id")
    told: Columns = {"text": TEXT, "by": ID, "at": MOMENT, "state": TEXT, "changed_at": MOMENT}
    _make(
        "coaching_goal",
        needed={"partnership_id": ID, **told},
        belongs={"partnership_id": "coaching_partnership", "by": "person"},
    )
    _index("coaching_goal", "partnership_id")


def _meetings() -> None:
    """When the two meet, what each writes alone, and what they say of the coaching."""
    words: Columns = {"place": TEXT, "agenda": TEXT, "agreed": TEXT, "planned_by": ID}
    _make(
        "coaching_session",
        needed={
            "partnership_id": ID,
            "starts_at": MOMENT,
            "minutes": sa.Integer(),
            **words,
            "revision": sa.Integer(),
            "changed_at": MOMENT,
        },
        open_={"cancelled_at": MOMENT},
        belongs={"partnership_id": "coaching_partnership", "planned_by": "person"},
    )
    _index("coaching_session", "partnership_id", "starts_at")
    kept: Columns = {"revision": sa.Integer(), "begun_at": MOMENT, "changed_at": MOMENT}
    _make(
        "learning_log",
        needed={"partnership_id": ID, "person_id": ID, "text": TEXT, **kept},
        belongs={"partnership_id": "coaching_partnership", "person_id": "person"},
    )
    _index("learning_log", "person_id", "partnership_id")
    _make(
        "coaching_feedback",
        key={"partnership_id": ID, "number": sa.Integer(), "person_id": ID},
        needed={"helped": TEXT, "differently": TEXT, "onward": TEXT, "at": MOMENT},
        belongs={"partnership_id": "coaching_partnership", "person_id": "person"},
    )


def _cycles() -> None:
    """What is to improve, who takes part, and what was measured."""
    aim: Columns = {"aim": TEXT, "measure": TEXT, "unit": TEXT, "better": TEXT, "source": TEXT}
    _make(
        "improvement_cycle",
        needed={
            "made_by": ID,
            "made_at": MOMENT,
            "of_group": sa.Boolean(),
            **aim,
            "learnt": TEXT,
            "revision": sa.Integer(),
        },
        open_={"baseline_until": sa.Date(), "ended_at": MOMENT},
        belongs={"made_by": "person"},
    )
    _make(
        "cycle_member",
        key={"cycle_id": ID, "person_id": ID},
        belongs={"cycle_id": "improvement_cycle", "person_id": "person"},
    )
    _index("cycle_member", "person_id")
    _make(
        "cycle_point",
        key={"cycle_id": ID, "day": sa.Date()},
        needed={"value": sa.Double(), "note": TEXT, "by": ID, "at": MOMENT},
        belongs={"cycle_id": "improvement_cycle", "by": "person"},
    )


def _rounds() -> None:
    """Rounds of plan, do, study, act."""
    plan: Columns = {"change": TEXT, "expected": TEXT}
    after: Columns = {"did": TEXT, "found": TEXT, "decision": TEXT, "onward": TEXT}
    numbers: Columns = {"number": sa.Integer(), "revision": sa.Integer()}
    _make(
        "cycle_step",
        needed={"cycle_id": ID, **numbers, **plan, **after, "changed_at": MOMENT},
        open_={"tried_on": sa.Date()},
        belongs={"cycle_id": "improvement_cycle"},
    )
    _index("cycle_step", "cycle_id")


def _newsletters() -> None:
    """What a facilitator writes for everybody."""
    _make(
        "newsletter",
        needed={
            "title": TEXT,
            "parts": Json,
            "made_by": ID,
            "made_at": MOMENT,
            "changed_at": MOMENT,
            "revision": sa.Integer(),
        },
        open_={"published_at": MOMENT, "published_by": ID},
        belongs={"made_by": "person", "published_by": "person"},
    )
    _index("newsletter", "published_at")


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
