"""What the reader of a summary does before its teacher sees it: comment, send back, release, recall."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback import editing, letter, lines, review, targets
from observe.core.feedback.review import Move, State
from observe.core.feedback.summary import Comment, Summary
from observe.core.permissions import Person
from observe.storage import history, lessons, people, summaries
from observe.storage import targets as kept_targets
from observe.storage.database import NetworkSession

LONGEST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A summary as it lies before its reader."""

    summary: Summary
    number: int
    comments: tuple[Comment, ...]
    readers: tuple[str, ...]

    def on(self, line: str | None) -> list[Comment]:
        """What was said about one line, or about the whole."""
        return [comment for comment in self.comments if comment.line == line]


def reading(session: NetworkSession, summary_id: UUID) -> Reading:
    """The text exactly as its teacher would read it, with what was said about its lines."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    asked = summaries.readers(session, lesson, summary.author_id)
    return Reading(
        summary=summary,
        number=(summaries.latest_number(session, summary_id) or 0) + 1,
        comments=tuple(summaries.comments(session, summary_id)),
        readers=tuple(people.names(session, asked).values()),
    )


def comment(
    session: NetworkSession,
    summary_id: UUID,
    line: str | None,
    text: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say something about a line, or about the whole; Invalid without words or with too many."""
    if not text.strip():
        raise Invalid("Write your comment first.", field="text")
    if len(text) > LONGEST_COMMENT:
        raise Invalid("A comment can have 2,000 characters at most.", field="text")
    found = summaries.find(session, summary_id)
    known = line if line in {each.key for each in found.lines} else None
    summaries.comment(session, summary_id, known, text.strip(), by=by.id, at=at)
    history.wrote(session, "summary commented", "summary", summary_id, by=by.id, at=at)


def correct(
    session: NetworkSession,
    summary_id: UUID,
    line: str,
    text: str,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Put a line otherwise, with the author's words kept beside it until it is released."""
    row = summaries.row(session, summary_id)
    if row.state not in review.WITH_REVIEWER:
        raise Conflict("This summary is not with its reader any more. Load the page again.")
    _fresh(row.revision, revision)
    told = editing.corrected(lines.from_json(row.lines), line, text)
    row.lines, row.revision, row.changed_at = lines.as_json(told), revision + 1, at
    history.wrote(session, "summary corrected", "summary", summary_id, by=by.id, at=at, line=line)
    session.flush()


def send_back(
    session: NetworkSession, summary_id: UUID, *, revision: int, by: Person, at: datetime
) -> None:
    """Give it back to its author; Invalid where nobody said why."""
    row = summaries.row(session, summary_id)
    since = row.submitted_at or row.drafted_at
    if not summaries.comments(session, summary_id, since=since):
        raise Invalid("Say first, at a line or under the text, what should be different.")
    _fresh(row.revision, revision)
    row.state = review.after(State(row.state), Move.SEND_BACK)
    row.revision, row.changed_at = row.revision + 1, at
    history.wrote(session, "summary sent back", "summary", summary_id, by=by.id, at=at)


def release(
    session: NetworkSession,
    summary_id: UUID,
    *,
    by: Person,
    at: datetime,
    revision: int | None = None,
) -> State:
    """Give the teacher these words: a version that never changes, and the target that it proposes."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    row = summaries.row(session, summary_id)
    _fresh(row.revision, row.revision if revision is None else revision)
    reviewed = summaries.needs_review(session, lesson)
    row.state = review.after(summary.state, Move.RELEASE, needs_review=reviewed)
    told = replace(summary.letter, lines=letter.whole(summary.lines))
    number = summaries.keep_version(session, summary, told, by=by.id, at=at)
    row.released_at, row.read_at, row.changed_at = at, None, at
    row.revision += 1
    _propose(session, summary, at=at)
    history.wrote(
        session, "summary released", "summary", summary_id, by=by.id, at=at, version=number
    )
    return State(row.state)


def recall(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> None:
    """Take a released summary back to its author; Conflict once the teacher has read it."""
    row = summaries.row(session, summary_id)
    row.state = review.after(State(row.state), Move.RECALL, read=row.read_at is not None)
    row.released_at, row.changed_at = None, at
    row.revision += 1
    summaries.recall_version(session, summary_id, at=at)
    kept_targets.take_back(session, summary_id)
    history.wrote(session, "summary recalled", "summary", summary_id, by=by.id, at=at)


def _propose(session: NetworkSession, summary: Summary, *, at: datetime) -> None:
    line = summary.letter.target
    if line:
        target = targets.proposed(line, summary.id, due=summary.on + timedelta(weeks=4))
        kept_targets.propose(
            session, target, teacher_id=summary.teacher_id, summary_id=summary.id, at=at
        )


def _fresh(now: int, seen: int) -> None:
    if now != seen:
        raise Stale("This summary has changed since you read it. Read it again, then decide.")
