"""What is kept of the ratings beside the ratings themselves, in words; and made anew from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from observe.storage import paired_check, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_check import Kept

__all__ = ["Kept", "Line", "differing", "mended"]


@dataclass(frozen=True, slots=True)
class Line:
    """In how many places something that is kept differs from the ratings.

    `rubric` is its title and version, `criterion` its key; empty where it is about whole lessons.
    """

    rubric: str
    criterion: str
    kept: Kept
    places: int


def differing(session: NetworkSession) -> Sequence[Line]:
    """All that differs in this network; reads every rating."""
    return [
        Line(_title(session, each.rubric_digest), each.criterion, each.kept, each.places)
        for each in paired_check.differences(session)
    ]


def mended(session: NetworkSession) -> Sequence[Line]:
    """Make all of it anew from the ratings; what differs even then."""
    paired_check.mend(session)
    return differing(session)


def _title(session: NetworkSession, digest: str) -> str:
    rubric = shelf.rubric(session, digest)
    return f"{rubric.title}, version {rubric.version}"
