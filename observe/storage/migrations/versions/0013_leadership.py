"""Leadership feedback from all round: rounds, who is asked, and answers that nothing joins to them."""

import sqlalchemy as sa

from observe.storage import tenant_tables as tables
from observe.storage.tables.base import Json
from observe.storage.tenant_tables import MOMENT

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Rounds; raters and answers go when a round closes."""
    _rounds()
    _raters()
    _answers()


def _rounds() -> None:
    """What may be told stays in the round."""
    tables.make(
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
            "person_id": "person",
            "asked_by": "person",
            "rubric_digest": "rubric_version.digest",
        },
    )
    tables.index("leadership_round", "person_id")
    tables.index("leadership_round", "closed_at", "last_day")


def _raters() -> None:
    """Whom a round asks, with the fingerprint of their link."""
    tables.make(
        "leadership_rater",
        needed={
            "round_id": sa.Uuid(),
            "person_id": sa.Uuid(),
            "rater_group": sa.String(),
            "token_hash": sa.String(),
        },
        belongs={"round_id": "leadership_round", "person_id": "person"},
        unique=[("round_id", "person_id"), ("token_hash",)],
    )
    tables.index("leadership_rater", "person_id")


def _answers() -> None:
    """Answers without a time."""
    tables.make(
        "leadership_answer",
        key={"round_id": sa.Uuid(), "key": sa.String()},
        needed={"rater_group": sa.String(), "given": Json, "words": Json},
        belongs={"round_id": "leadership_round"},
    )
