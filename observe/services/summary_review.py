"""What the reader of a summary does before its teacher sees it: comment, send back, release, recall."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback import editing, letter, lines, review, targets
from observe.core.feedback.clock import Tick
from observe.core.feedback.letter import Letter
from observe.core.feedback.review import Move, State
from observe.core.feedback.summary import Comment, Summary
from observe.core.feedback.targets import Target
from observe.core.permissions import Person
from observe.services import feedback_posting, release_days, summary_clock, target_life
from observe.storage import history, lessons, people, remarks, summaries, texts
from observe.storage import targets as kept_targets
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables

LONGEST_COMMENT = 2_000
RELEASED = "This summary is with its teacher now, so nothing is said about its lines any more."
NOT_YOURS = "Only who wrote this summary says that a comment is seen to."


@dataclass(frozen=True, slots=True)
class Reading:
    """A summary as it lies before its reader; `letter` and `target` are what a release would give."""

    summary: Summary
    letter: Letter
    target: Target | None
    number: int
    comments: tuple[Comment, ...]
    readers: tuple[str, ...]
    clock: tuple[Tick, ...]

    def on(self, line: str | None) -> list[Comment]:
        """What was said about one line, or about the whole."""
        return [comment for comment in self.comments if comment.line == line]

    @property
    def open_comments(self) -> int:
        """How many comments the author has not seen to."""
        asked = [each for each in self.comments if each.by_id != self.summary.author_id]
        return sum(each.seen_to_at is None for each in asked)


def reading(session: NetworkSession, summary_id: UUID, *, at: datetime) -> Reading:
    """The text exactly as its teacher would read it, with what was said about its lines."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    asked = summaries.readers(session, lesson, summary.author_id, steps_up=summary.steps_up)
    return Reading(
        summary=summary,
        letter=_told(summary),
        target=_target(summary),
        number=(summaries.latest_number(session, summary_id) or 0) + 1,
        comments=tuple(remarks.of_summary(session, summary_id)),
        readers=tuple(sorted(people.names(session, asked).values())),
        clock=summary_clock.of(session, summary, at=at),
    )


def comment(
    session: NetworkSession,
    summary_id: UUID,
    line: str | None,
    text: str,
    *,
    by: Person,
    at: datetime,
    answers_id: UUID | None = None,
) -> None:
    """Say something about a line or the whole, or answer; Invalid without words or with too many."""
    if not text.strip():
        raise Invalid("Write your comment first.", field="text")
    if len(text) > LONGEST_COMMENT:
        raise Invalid("A comment can have 2,000 characters at most.", field="text")
    if answers_id:
        line = _head_of(session, summary_id, answers_id)
    found = summaries.find(session, summary_id)
    if found.state == State.RELEASED:
        raise Conflict(RELEASED)
    known = line if line in {each.key for each in found.lines} else None
    told = text.strip()
    if remarks.is_last(
        session,
        summary_id,
        known,
        told,
        by=by.id,
        answers_id=answers_id,
        since=found.submitted_at,
    ):
        return
    remarks.keep(session, summary_id, known, told, by=by.id, at=at, answers_id=answers_id)
    did = "comment answered" if answers_id else "summary commented"
    history.wrote(session, did, "summary", summary_id, by=by.id, at=at)


def seen_to(
    session: NetworkSession,
    summary_id: UUID,
    comment_id: UUID,
    *,
    by: Person,
    at: datetime,
    seen: bool = True,
) -> None:
    """Note that the author has done what a comment asks for, or has not after all."""
    row = remarks.row(session, summary_id, comment_id)
    if summaries.row(session, summary_id).author_id != by.id:
        raise Conflict(NOT_YOURS)
    if (row.seen_to_at is not None) != seen:
        row.seen_to_at = at if seen else None
        did = "comment seen to" if seen else "comment opened again"
        history.wrote(session, did, "summary", summary_id, by=by.id, at=at)


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
    """Put a line otherwise, with the author's words kept beside it; what was approved is read again."""
    row = _fresh(session, summary_id, revision)
    state = review.after(State(row.state), Move.CORRECT)
    told = editing.corrected(lines.from_json(row.lines), line, text)
    row.lines = lines.as_json(told)
    _move(row, state, at=at)
    texts.keep(session, row, why="corrected", by=by.id, at=at)
    history.wrote(session, "summary corrected", "summary", summary_id, by=by.id, at=at, line=line)
    session.flush()


def send_back(
    session: NetworkSession, summary_id: UUID, *, revision: int, by: Person, at: datetime
) -> None:
    """Give it back to its author; Invalid where nobody said why."""
    row = _fresh(session, summary_id, revision)
    state = review.after(State(row.state), Move.SEND_BACK)
    said = remarks.of_summary(session, summary_id, since=row.submitted_at or row.drafted_at)
    if not any(each.by_id != row.author_id for each in said):
        raise Invalid("Say first, at a line or under the text, what should be different.")
    _move(row, state, at=at)
    texts.keep(session, row, why="sent back", by=by.id, at=at)
    history.wrote(session, "summary sent back", "summary", summary_id, by=by.id, at=at)
    feedback_posting.sent_back(session, summary_id, at=at)


def approve(
    session: NetworkSession, summary_id: UUID, *, revision: int, by: Person, at: datetime
) -> State:
    """Let it go out on the day on which the school releases, at once if that is now or there is none."""
    row = _fresh(session, summary_id, revision)
    state = review.after(State(row.state), Move.APPROVE)
    day = release_days.next_day(session, summaries.find(session, summary_id), at=at)
    if day is None:
        return _release(session, summary_id, by=by.id, at=at)
    _move(row, state, at=at)
    row.approved_at, row.approved_by, row.release_on = at, by.id, day
    told = {"release_on": day.isoformat()}
    history.wrote(session, "summary approved", "summary", summary_id, by=by.id, at=at, **told)
    feedback_posting.moved_on(session, summary_id)
    return state


def release(
    session: NetworkSession,
    summary_id: UUID,
    *,
    by: Person,
    at: datetime,
    revision: int | None = None,
) -> State:
    """Give the teacher these words: a version that never changes, and the target that it proposes."""
    _fresh(session, summary_id, revision)
    return _release(session, summary_id, by=by.id, at=at)


def release_on_its_day(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Give the teacher what was approved for today, in the name of who approved it."""
    approved_by = summaries.row(session, summary_id).approved_by
    if approved_by:
        _release(session, summary_id, by=approved_by, at=at)


def _release(session: NetworkSession, summary_id: UUID, *, by: UUID, at: datetime) -> State:
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    reviewed = summaries.needs_review(session, lesson)
    state = review.after(summary.state, Move.RELEASE, needs_review=reviewed)
    number = summaries.keep_version(session, summary, _told(summary), by=by, at=at)
    row = summaries.row(session, summary_id)
    row.released_at, row.read_at = at, None
    _move(row, state, at=at)
    texts.keep(session, row, why="released", by=by, at=at)
    target_life.propose(session, summary, by=by, at=at)
    history.wrote(session, "summary released", "summary", summary_id, by=by, at=at, version=number)
    feedback_posting.released(session, summary_id, at=at)
    return state


def recall(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> None:
    """Take a released summary back to its author; Conflict once the teacher has read it."""
    row = summaries.row(session, summary_id)
    state = review.after(State(row.state), Move.RECALL, read=row.read_at is not None)
    row.released_at = None
    _move(row, state, at=at)
    texts.keep(session, row, why="recalled", by=by.id, at=at)
    summaries.recall_version(session, summary_id, at=at)
    kept_targets.take_back(session, summary_id)
    history.wrote(session, "summary recalled", "summary", summary_id, by=by.id, at=at)
    feedback_posting.moved_on(session, summary_id)


def _told(summary: Summary) -> Letter:
    """The words as they would be released."""
    return replace(summary.letter, lines=letter.whole(summary.lines))


def _target(summary: Summary) -> Target | None:
    line = summary.letter.target
    due = summary.on + target_life.WEEKS
    return targets.proposed(line, summary.id, due=due) if line else None


def _move(row: tables.Summary, state: State, *, at: datetime) -> None:
    row.state, row.revision, row.changed_at = state, row.revision + 1, at
    row.approved_at = row.approved_by = row.release_on = None


def _head_of(session: NetworkSession, summary_id: UUID, comment_id: UUID) -> str | None:
    """The line of what is answered; Conflict where that is an answer itself."""
    row = remarks.row(session, summary_id, comment_id)
    if row.answers_id:
        raise Conflict("Answer what was said first at this line.")
    return row.line


def _fresh(session: NetworkSession, summary_id: UUID, seen: int | None) -> tables.Summary:
    """The row, as it was when somebody decided; Stale where it has changed since."""
    row = summaries.row(session, summary_id)
    if seen is not None and row.revision != seen:
        raise Stale("This summary has changed since you read it. Read it again, then decide.")
    return row
