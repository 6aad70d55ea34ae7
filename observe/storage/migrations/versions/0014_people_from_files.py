"""People, schools and classes from the files of other systems."""

import sqlalchemy as sa

from observe.storage import tenant_tables as tables
from observe.storage.tables.base import Json
from observe.storage.tenant_tables import MOMENT

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Where files come from, what their numbers mean, and files that wait to be applied."""
    _sources()
    _uploads()


def _sources() -> None:
    """A system, what was chosen for its files, and whom or what each of its numbers means."""
    tables.make(
        "people_source",
        needed={"name": sa.String(), "kind": sa.String(), "settings": Json},
        open_={"last_file": sa.String(), "last_at": MOMENT, "last_by": sa.Uuid()},
        belongs={"last_by": "person"},
        unique=[("name",)],
    )
    places = {name: sa.Uuid() for name in ("school_id", "team_id", "class_id", "person_id")}
    tables.make(
        "people_key",
        key={"source_id": sa.Uuid(), "kind": sa.String(), "key": sa.String()},
        open_={**places, "role": sa.String(), "gone_at": MOMENT},
        belongs={
            "source_id": "people_source",
            "school_id": "school",
            "team_id": "team",
            "class_id": "class",
            "person_id": "person",
        },
    )
    tables.index("people_key", "person_id")


def _uploads() -> None:
    """Files until somebody applies them, for a day at most."""
    said = {name: sa.String() for name in ("file", "source", "kind")}
    tables.make(
        "people_upload",
        needed={
            "by": sa.Uuid(),
            "at": MOMENT,
            **said,
            "settings": Json,
            "content": sa.LargeBinary(),
        },
        belongs={"by": "person"},
    )
    tables.index("people_upload", "at")
