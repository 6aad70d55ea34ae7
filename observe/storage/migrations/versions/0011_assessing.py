"""How somebody observes: a self-evaluation, an assessment, suggestions, and targets that come of them."""

import sqlalchemy as sa
from alembic import op

from observe.storage import tenant_tables as tables
from observe.storage.tenant_tables import MOMENT

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """The round, its two looks, what they rest on, and suggestions."""
    _rounds()
    _looks()
    _suggestions()


def _rounds() -> None:
    """One moment of somebody's year."""
    tables.make(
        "assessing_round",
        needed={
            "person_id": sa.Uuid(),
            "moment": sa.String(),
            "rubric_digest": sa.String(),
            "opened_at": MOMENT,
        },
        belongs={"person_id": "person", "rubric_digest": "rubric_version.digest"},
    )
    tables.index("assessing_round", "person_id")


def _looks() -> None:
    """The self-evaluation and the assessment, criterion by criterion."""
    tables.make(
        "assessing_part",
        needed={
            "round_id": sa.Uuid(),
            "kind": sa.String(),
            "author_id": sa.Uuid(),
            "begun_at": MOMENT,
        },
        open_={"sealed_at": MOMENT},
        belongs={"round_id": "assessing_round", "author_id": "person"},
        unique=[("round_id", "kind")],
    )
    tables.index("assessing_part", "author_id")
    part = {"part_id": "assessing_part"}
    tables.make(
        "assessing_rating",
        key={"part_id": sa.Uuid(), "criterion": sa.String()},
        needed={"value": sa.String(), "evidence": sa.String(), "at": MOMENT},
        belongs=part,
    )
    tables.make(
        "assessing_lesson",
        key={"part_id": sa.Uuid(), "lesson_id": sa.Uuid()},
        belongs={**part, "lesson_id": "lesson"},
    )


def _suggestions() -> None:
    """What is suggested; a target that comes of it belongs to no summary."""
    with op.batch_alter_table("target") as table:
        table.alter_column("summary_id", existing_type=sa.Uuid(), nullable=True)
    tables.make(
        "assessing_suggestion",
        needed={
            **{"round_id": sa.Uuid(), "by": sa.Uuid(), "made_at": MOMENT},
            **dict.fromkeys(("text", "when", "see"), sa.String()),
            **{"due_on": sa.Date(), "state": sa.String(), "reason": sa.String()},
        },
        open_={"criterion": sa.String(), "answered_at": MOMENT, "target_id": sa.Uuid()},
        belongs={
            "round_id": "assessing_round",
            "by": "person",
            "target_id": "target",
        },
    )
    tables.index("assessing_suggestion", "round_id")
    tables.index("assessing_suggestion", "target_id")
