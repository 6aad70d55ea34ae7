"""What becomes possible once a lesson is sealed by its one observer, or its talk is finished."""

from datetime import datetime
from uuid import UUID

from observe.storage import history
from observe.storage.database import NetworkSession


def for_summary(session: NetworkSession, lesson_id: UUID, *, at: datetime) -> None:
    """A summary of this lesson may now be drafted."""
    history.wrote(session, "lesson ready for its summary", "lesson", lesson_id, by=None, at=at)
