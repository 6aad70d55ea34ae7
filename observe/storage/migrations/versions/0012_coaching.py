"""Coaching partnerships, improvement cycles and newsletters."""

import sqlalchemy as sa

from observe.storage import tenant_tables as tables
from observe.storage.tables.base import Json
from observe.storage.tenant_tables import MOMENT, Columns

revision = "0012"
down_revision = "0011"

TEXT, ID = sa.String(), sa.Uuid()


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _partnerships()
    _meetings()
    _cycles()
    _rounds()
    _newsletters()


def _partnerships() -> None:
    """Two people, who of them coaches since when, and their goals."""
    tables.make(
        "coaching_partnership",
        needed={"asker_id": ID, "partner_id": ID, "asked_at": MOMENT},
        open_={"accepted_at": MOMENT, "ended_at": MOMENT, "ended_by": ID},
        belongs={"asker_id": "person", "partner_id": "person", "ended_by": "person"},
    )
    tables.index("coaching_partnership", "asker_id")
    tables.index("coaching_partnership", "partner_id")
    tables.make(
        "coaching_turn",
        needed={"partnership_id": ID, "by": ID, "at": MOMENT},
        open_={"coach_id": ID},
        belongs={"partnership_id": "coaching_partnership", "coach_id": "person", "by": "person"},
    )
    tables.index("coaching_turn", "partnership_id")
    told: Columns = {"text": TEXT, "by": ID, "at": MOMENT, "state": TEXT, "changed_at": MOMENT}
    tables.make(
        "coaching_goal",
        needed={"partnership_id": ID, **told},
        belongs={"partnership_id": "coaching_partnership", "by": "person"},
    )
    tables.index("coaching_goal", "partnership_id")


def _meetings() -> None:
    """When the two meet, what each writes alone, and what they say of the coaching."""
    words: Columns = {"place": TEXT, "agenda": TEXT, "agreed": TEXT, "planned_by": ID}
    tables.make(
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
    tables.index("coaching_session", "partnership_id", "starts_at")
    kept: Columns = {"revision": sa.Integer(), "begun_at": MOMENT, "changed_at": MOMENT}
    tables.make(
        "learning_log",
        needed={"partnership_id": ID, "person_id": ID, "text": TEXT, **kept},
        belongs={"partnership_id": "coaching_partnership", "person_id": "person"},
    )
    tables.index("learning_log", "person_id", "partnership_id")
    tables.make(
        "coaching_feedback",
        key={"partnership_id": ID, "number": sa.Integer(), "person_id": ID},
        needed={"helped": TEXT, "differently": TEXT, "onward": TEXT, "at": MOMENT},
        belongs={"partnership_id": "coaching_partnership", "person_id": "person"},
    )


def _cycles() -> None:
    """What is to improve, who takes part, and what was measured."""
    aim: Columns = {"aim": TEXT, "measure": TEXT, "unit": TEXT, "better": TEXT, "source": TEXT}
    tables.make(
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
    tables.make(
        "cycle_member",
        key={"cycle_id": ID, "person_id": ID},
        belongs={"cycle_id": "improvement_cycle", "person_id": "person"},
    )
    tables.index("cycle_member", "person_id")
    tables.make(
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
    tables.make(
        "cycle_step",
        needed={"cycle_id": ID, **numbers, **plan, **after, "changed_at": MOMENT},
        open_={"tried_on": sa.Date()},
        belongs={"cycle_id": "improvement_cycle"},
    )
    tables.index("cycle_step", "cycle_id")


def _newsletters() -> None:
    """What a facilitator writes for everybody."""
    tables.make(
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
    tables.index("newsletter", "published_at")
