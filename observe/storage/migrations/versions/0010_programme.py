"""A programme: its stages, who is in it, what was held and signed off."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)
Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """What is to be done, who does it, the workshops, and when a school's terms begin and end."""
    _programmes()
    _people()
    _workshops()
    _terms()


def _programmes() -> None:
    """The versions taken up, programmes under way, and the dates of their stages."""
    _make(
        "programme_version",
        key={"digest": sa.String()},
        needed={
            "programme": sa.String(),
            "version": sa.Integer(),
            "language": sa.String(),
            "title": sa.String(),
            "body": Json,
            "kept_at": MOMENT,
        },
        open_={"kept_by": sa.Uuid()},
        belongs={"kept_by": "person"},
        unique=("programme", "version", "language"),
    )
    _make(
        "programme",
        needed={
            "digest": sa.String(),
            "name": sa.String(),
            "starts_on": sa.Date(),
            "led_by": sa.Uuid(),
            "begun_by": sa.Uuid(),
            "begun_at": MOMENT,
        },
        open_={"school_id": sa.Uuid(), "ended_at": MOMENT},
        belongs={
            "digest": "programme_version.digest",
            "led_by": "person",
            "begun_by": "person",
            "school_id": "school",
        },
    )
    _index("programme", "led_by")
    _make(
        "programme_stage",
        key={"programme_id": sa.Uuid(), "stage": sa.String()},
        needed={"opens_on": sa.Date(), "due_on": sa.Date()},
        belongs={"programme_id": "programme"},
    )


def _people() -> None:
    """Who is in a programme, and what was signed off for them."""
    _make(
        "programme_member",
        key={"programme_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"schools": Json, "added_by": sa.Uuid(), "added_at": MOMENT},
        open_={"stages": Json, "left_at": MOMENT},
        belongs={"programme_id": "programme", "person_id": "person", "added_by": "person"},
    )
    _index("programme_member", "person_id")
    _make(
        "stage_sign_off",
        key={"programme_id": sa.Uuid(), "stage": sa.String(), "person_id": sa.Uuid()},
        needed={"by": sa.Uuid(), "at": MOMENT},
        belongs={"programme_id": "programme", "person_id": "person", "by": "person"},
    )


def _workshops() -> None:
    """Workshops and residentials, and who was there."""
    words = dict.fromkeys(("stage", "title", "about", "place"), sa.String())
    _make(
        "workshop",
        needed={
            **words,
            **{"programme_id": sa.Uuid(), "starts_at": MOMENT, "ends_at": MOMENT},
            **{"revision": sa.Integer(), "planned_by": sa.Uuid(), "planned_at": MOMENT},
        },
        open_={"cancelled_at": MOMENT, "cancel_reason": sa.String()},
        belongs={"programme_id": "programme", "planned_by": "person"},
    )
    _index("workshop", "programme_id")
    _index("workshop", "starts_at")
    _make(
        "attendance",
        key={"workshop_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"guest": sa.Boolean()},
        open_={"came": sa.Boolean(), "said_by": sa.Uuid(), "said_at": MOMENT},
        belongs={"workshop_id": "workshop", "person_id": "person", "said_by": "person"},
    )
    _index("attendance", "person_id")


def _terms() -> None:
    """A school's own first and last days of term."""
    _make(
        "school_term",
        needed={"term": sa.String(), "first_day": sa.Date(), "last_day": sa.Date()},
        open_={"school_id": sa.Uuid()},
        belongs={"school_id": "school"},
    )
    _index("school_term", "school_id", "first_day")


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
    must = {**keyed, **(needed or {})}
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in must.items()),
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
    """A foreign key to a table's id, or to the key that is named after a dot."""
    other, _dot, key = to.partition(".")
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{other}.network_id", f"{other}.{key or 'id'}"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
