"""Published rubrics as one reads them: each version is parsed once, for it never changes."""

from observe.core.errors import Missing
from observe.core.rubric import Rubric
from observe.core.rubric_json import from_json
from observe.storage.database import NetworkSession
from observe.storage.tables.rubrics import RubricVersion

_read: dict[str, Rubric] = {}


def rubric(session: NetworkSession, digest: str) -> Rubric:
    """The rubric of this address; Missing where it was never published."""
    if digest not in _read:
        row = session.get(RubricVersion, (session.network_id, digest))
        if row is None:
            raise Missing("There is no such rubric.")
        _read[digest] = from_json(row.body)
    return _read[digest]
