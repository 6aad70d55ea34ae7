"""The working text of a summary after each piece of work on it, so that any two can be compared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Missing
from observe.core.feedback import lines
from observe.core.feedback.facts import Line
from observe.storage import people
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables
from observe.storage.tables.feedback import SummaryText

Why = Literal[
    "drafted",
    "written",
    "taken back",
    "submitted",
    "sent back",
    "corrected",
    "released",
    "recalled",
]
SPELL = 10 * 60


@dataclass(frozen=True, slots=True)
class Text:
    """The lines as they stood at a revision; `by` is empty where nobody but Observe wrote them."""

    revision: int
    lines: tuple[Line, ...]
    why: str
    by: str
    at: datetime


def keep(
    session: NetworkSession, summary: tables.Summary, *, why: Why, by: UUID | None, at: datetime
) -> None:
    """Keep the lines of this row as they are now; ten minutes of one person's writing are one text."""
    session.flush()
    newest = _newest(session, summary.id)
    if newest and (newest.revision == summary.revision or _same_spell(newest, why, by, at)):
        session.delete(newest)
        session.flush()
    session.add(
        SummaryText(
            summary_id=summary.id,
            revision=summary.revision,
            lines=summary.lines,
            why=why,
            by=by,
            at=at,
        )
    )
    session.flush()


def of_summary(session: NetworkSession, summary_id: UUID) -> list[Text]:
    """Every text that was kept, the newest first."""
    query = select(SummaryText).where(SummaryText.summary_id == summary_id)
    found = session.scalars(query.order_by(SummaryText.revision.desc())).all()
    names = people.names(session, {row.by for row in found if row.by})
    return [_text(row, names[row.by] if row.by else "") for row in found]


def find(session: NetworkSession, summary_id: UUID, revision: int) -> Text:
    """The text of one revision; Missing where none was kept."""
    for text in of_summary(session, summary_id):
        if text.revision == revision:
            return text
    raise Missing("This version is not kept any more. Load the page again.")


def _newest(session: NetworkSession, summary_id: UUID) -> SummaryText | None:
    query = select(SummaryText).where(SummaryText.summary_id == summary_id)
    return session.scalar(query.order_by(SummaryText.revision.desc()).limit(1))


def _same_spell(newest: SummaryText, why: str, by: UUID | None, at: datetime) -> bool:
    """Whether this goes on with what the same person has been writing within these ten minutes."""
    written = newest.why == why == "written" and newest.by == by
    return written and newest.at.timestamp() // SPELL == at.timestamp() // SPELL


def _text(row: SummaryText, by: str) -> Text:
    return Text(row.revision, lines.from_json(row.lines), row.why, by, row.at)
