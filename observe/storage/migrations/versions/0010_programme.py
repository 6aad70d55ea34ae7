"""A programme: its stages, who is in it, what was held and signed off."""

import sqlalchemy as sa

from observe.storage import tenant_tables as tables
from observe.storage.tables.base import Json
from observe.storage.tenant_tables import MOMENT

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What is to be done, who does it, the workshops, and when a school's terms begin and end."""
    _versions()
    _programmes()
    _people()
    _workshops()
    _terms()


def _versions() -> None:
    """The programmes that were taken up, word for word."""
    tables.make(
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
        unique=[("programme", "version", "language")],
    )


def _programmes() -> None:
    """Programmes under way, and the dates of their stages."""
    tables.make(
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
    tables.index("programme", "led_by")
    tables.make(
        "programme_stage",
        key={"programme_id": sa.Uuid(), "stage": sa.String()},
        needed={"opens_on": sa.Date(), "due_on": sa.Date()},
        belongs={"programme_id": "programme"},
    )


def _people() -> None:
    """Who is in a programme, and what was signed off for them."""
    tables.make(
        "programme_member",
        key={"programme_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"schools": Json, "added_by": sa.Uuid(), "added_at": MOMENT},
        open_={"stages": Json, "left_at": MOMENT},
        belongs={"programme_id": "programme", "person_id": "person", "added_by": "person"},
    )
    tables.index("programme_member", "person_id")
    tables.make(
        "stage_sign_off",
        key={"programme_id": sa.Uuid(), "stage": sa.String(), "person_id": sa.Uuid()},
        needed={"by": sa.Uuid(), "at": MOMENT},
        belongs={"programme_id": "programme", "person_id": "person", "by": "person"},
    )


def _workshops() -> None:
    """Workshops and residentials, and who was there."""
    words = dict.fromkeys(("stage", "title", "about", "place"), sa.String())
    tables.make(
        "workshop",
        needed={
            **words,
            **{"programme_id": sa.Uuid(), "starts_at": MOMENT, "ends_at": MOMENT},
            **{"revision": sa.Integer(), "planned_by": sa.Uuid(), "planned_at": MOMENT},
        },
        open_={"cancelled_at": MOMENT, "cancel_reason": sa.String()},
        belongs={"programme_id": "programme", "planned_by": "person"},
    )
    tables.index("workshop", "programme_id")
    tables.index("workshop", "starts_at")
    tables.make(
        "attendance",
        key={"workshop_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"guest": sa.Boolean()},
        open_={"came": sa.Boolean(), "said_by": sa.Uuid(), "said_at": MOMENT},
        belongs={"workshop_id": "workshop", "person_id": "person", "said_by": "person"},
    )
    tables.index("attendance", "person_id")


def _terms() -> None:
    """A school's own first and last days of term."""
    tables.make(
        "school_term",
        needed={"term": sa.String(), "first_day": sa.Date(), "last_day": sa.Date()},
        open_={"school_id": sa.Uuid()},
        belongs={"school_id": "school"},
    )
    tables.index("school_term", "school_id", "first_day")
