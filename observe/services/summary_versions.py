"""The versions of a summary on its way: any two compared, and an earlier one taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.feedback.changes import LineChange, line_changes
from observe.core.feedback.review import WITH_AUTHOR
from observe.core.feedback.summary import Summary
from observe.core.permissions import Person
from observe.services import summary_writing
from observe.storage import summaries, texts
from observe.storage.database import NetworkSession
from observe.storage.texts import Text


@dataclass(frozen=True, slots=True)
class Comparing:
    """The kept versions, the newest first, and what is different between two of them."""

    summary: Summary
    texts: tuple[Text, ...]
    before: Text | None
    now: Text | None
    changes: tuple[LineChange, ...]

    @property
    def may_take_back(self) -> bool:
        """Whether the text is with its author, who alone can write in it."""
        return self.summary.state in WITH_AUTHOR


def compare(
    session: NetworkSession, summary_id: UUID, *, before: int | None = None, now: int | None = None
) -> Comparing:
    """Two versions side by side: those of these revisions, else the last two."""
    summary = summaries.find(session, summary_id)
    kept = texts.of_summary(session, summary_id)
    later = _at(kept, now) or (kept[0] if kept else None)
    earlier = _at(kept, before) or _before(kept, later)
    told = line_changes(earlier.lines, later.lines) if earlier and later else ()
    return Comparing(summary, tuple(kept), earlier, later, told)


def take_back(
    session: NetworkSession,
    summary_id: UUID,
    version: int,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> int:
    """Write the words of an earlier version again, as a new change; the new revision."""
    told = texts.find(session, summary_id, version).lines
    return summary_writing.keep(
        session, summary_id, told, revision=revision, by=by, at=at, why="taken back"
    )


def _at(kept: Sequence[Text], revision: int | None) -> Text | None:
    return next((text for text in kept if text.revision == revision), None)


def _before(kept: Sequence[Text], later: Text | None) -> Text | None:
    """The version just before one; the first has none."""
    return next((text for text in kept if later and text.revision < later.revision), None)
