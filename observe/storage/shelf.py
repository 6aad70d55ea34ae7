"""Published rubrics as one reads them: each version is parsed once, for it never changes."""

from observe.core.rubric import Rubric
from observe.core.rubric_json import from_json
from observe.storage import rubrics
from observe.storage.database import NetworkSession

_read: dict[str, Rubric] = {}


def rubric(session: NetworkSession, digest: str) -> Rubric:
    """The rubric of this address; Missing where it was never published."""
    if digest not in _read:
        _read[digest] = from_json(rubrics.row(session, digest).body)
    return _read[digest]


def titles(session: NetworkSession, digest: str) -> dict[str, str]:
    """`3a Questioning` for each criterion of the rubric of this address."""
    return {
        each.criterion: f"{each.code} {each.title}" for each in rubric(session, digest).criteria()
    }
