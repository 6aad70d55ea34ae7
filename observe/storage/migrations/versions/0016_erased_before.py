"""Who was erased is known again without being named, and who is back with an older copy is listed."""

import sqlalchemy as sa

from observe.storage import tenant_tables as tables
from observe.storage.tenant_tables import MOMENT

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Digests of numbers and addresses that were erased, and people to be erased once more."""
    tables.make(
        "erased_key",
        key={"digest": sa.String()},
        needed={"erasure_id": sa.Uuid()},
        belongs={"erasure_id": "erasure"},
    )
    tables.index("erased_key", "erasure_id")
    tables.make(
        "erase_again",
        key={"person_id": sa.Uuid()},
        needed={"certificate_id": sa.Uuid(), "erased_at": MOMENT},
        belongs={"person_id": "person"},
    )
