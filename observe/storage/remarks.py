"""What is said about the lines of a summary before it is released, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Missing
from observe.core.feedback.summary import Comment
from observe.core.ids import new_id
from observe.storage import people
from observe.storage.database import NetworkSession
from observe.storage.tables.feedback import SummaryComment

GONE = "This comment is not there any more. Load the page again."


def row(session: NetworkSession, summary_id: UUID, comment_id: UUID) -> SummaryComment:
    """The row of a comment on this summary; Missing where there is none."""
    found = session.get(SummaryComment, (session.network_id, comment_id))
    if found is None or found.summary_id != summary_id:
        raise Missing(GONE)
    return found


def keep(
    session: NetworkSession,
    summary_id: UUID,
    line: str | None,
    text: str,
    *,
    by: UUID,
    at: datetime,
    answers_id: UUID | None = None,
) -> None:
    """Keep what somebody says about a line or about the whole, or answers to what was said there."""
    session.add(
        SummaryComment(
            id=new_id(at),
            summary_id=summary_id,
            line=line,
            by=by,
            at=at,
            text=text,
            answers_id=answers_id,
        )
    )
    session.flush()


def is_last(
    session: NetworkSession,
    summary_id: UUID,
    line: str | None,
    text: str,
    *,
    by: UUID,
    answers_id: UUID | None,
    since: datetime | None,
) -> bool:
    """Whether this is the last that this person said there since it was sent: a form sent twice."""
    query = select(SummaryComment).where(
        SummaryComment.summary_id == summary_id, SummaryComment.by == by
    )
    if since:
        query = query.where(SummaryComment.at >= since)
    newest = query.order_by(SummaryComment.at.desc(), SummaryComment.id.desc()).limit(1)
    last = session.scalar(newest)
    return last is not None and (last.line, last.text, last.answers_id) == (line, text, answers_id)


def of_summary(
    session: NetworkSession, summary_id: UUID, *, since: datetime | None = None
) -> list[Comment]:
    """What was said, the oldest first, each with its answers; `since` leaves out what was said before."""
    query = select(SummaryComment).where(SummaryComment.summary_id == summary_id)
    if since:
        query = query.where(SummaryComment.at >= since)
    found = session.scalars(query.order_by(SummaryComment.at, SummaryComment.id)).all()
    names = people.names(session, {each.by for each in found})
    known = {each.id for each in found}
    heads = [each for each in found if each.answers_id not in known]
    return [_comment(each, names, found) for each in heads]


def _comment(
    said: SummaryComment, names: Mapping[UUID, str], found: Sequence[SummaryComment]
) -> Comment:
    return Comment(
        id=said.id,
        line=said.line,
        by_id=said.by,
        by=names[said.by],
        at=said.at,
        text=said.text,
        seen_to_at=said.seen_to_at,
        answers=tuple(_comment(each, names, ()) for each in found if each.answers_id == said.id),
    )
