"""What the author of a summary does: write, look at the checks, send it to its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Stale
from observe.core.feedback import checks, editing, grade_words, lines, review
from observe.core.feedback.checks import Context, Finding
from observe.core.feedback.facts import Line
from observe.core.feedback.review import WITH_AUTHOR, Move, State
from observe.core.feedback.summary import Comment, Summary, Tray
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.services import drafting, summary_review
from observe.storage import history, lessons, people, shelf, summaries
from observe.storage.database import NetworkSession

STALE = (
    "This summary was changed meanwhile, by somebody else or in another window. "
    "What you typed is still here: compare, and save."
)
EMPTY = "There is nothing to send yet. Write a line first."
NO_READER = (
    "Nobody can read this before the teacher. Ask the facilitator to name a leader or a deputy."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A summary on its author's desk: the text, the evidence beside it, and what to look at."""

    summary: Summary
    lines: tuple[Line, ...]
    tray: Tray
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    comments: tuple[Comment, ...]
    readers: tuple[str, ...]
    needs_review: bool

    @property
    def unused(self) -> list[str]:
        """Notes that no line rests on."""
        used = {note for line in self.lines for note in line.note_ids}
        return [note for note in self.tray.notes if note not in used]

    @property
    def words(self) -> int:
        """How many words the summary has."""
        return checks.words(self.lines)


def desk_of(
    session: NetworkSession, summary_id: UUID, *, typed: tuple[Line, ...] | None = None
) -> Desk:
    """What the author sees; `typed` are lines that are not kept yet."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    told = summary.lines if typed is None else typed
    findings, passed = look_at(session, lesson, told)
    asked = summaries.readers(session, lesson, summary.author_id)
    return Desk(
        summary=summary,
        lines=told,
        tray=drafting.tray_of(session, lesson),
        findings=findings,
        passed=passed,
        comments=tuple(summaries.comments(session, summary_id)),
        readers=tuple(sorted(people.names(session, asked).values())),
        needs_review=summaries.needs_review(session, lesson),
    )


def look_at(
    session: NetworkSession, lesson: Lesson, told: tuple[Line, ...]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the checks find, and what they found well."""
    rubric = shelf.rubric(session, lesson.rubric_digest)
    context = Context(
        graded=rubric.graded,
        level_labels=() if rubric.graded else grade_words.labels(rubric),
        staff=(lesson.teacher, *(seat.name for seat in lesson.seats)),
    )
    findings = checks.check(told, context)
    return findings, checks.passed(told, findings, context)


def open_findings(
    session: NetworkSession, waiting: Sequence[Summary]
) -> dict[UUID, tuple[Finding, ...]]:
    """What there is to look at in each of these summaries."""
    seen = lessons.by_ids(session, {each.lesson_id for each in waiting})
    by_id = {lesson.id: lesson for lesson in seen}
    return {each.id: look_at(session, by_id[each.lesson_id], each.lines)[0] for each in waiting}


def keep(
    session: NetworkSession,
    summary_id: UUID,
    told: tuple[Line, ...],
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> int:
    """Keep what was typed; the new revision. Stale if somebody else was quicker, Conflict once sent."""
    row = summaries.row(session, summary_id)
    if row.state not in WITH_AUTHOR:
        raise Conflict("This summary is with its reader. It can be changed when it comes back.")
    if row.revision != revision:
        raise Stale(STALE)
    known = _known(session, row.lesson_id, told)
    kept = lines.as_json(lines.keyed(editing.in_order(known)))
    if kept != row.lines:
        row.lines, row.revision, row.changed_at = kept, revision + 1, at
        history.wrote(session, "summary written", "summary", summary_id, by=by.id, at=at)
        session.flush()
    return row.revision


def submit(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> State:
    """Send it to its reader; straight to the teacher where the school asks for no reading."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    if not any(line.text for line in summary.lines):
        raise Conflict(EMPTY)
    if not summaries.needs_review(session, lesson):
        return summary_review.release(session, summary_id, by=by, at=at)
    if not summaries.readers(session, lesson, summary.author_id):
        raise Conflict(NO_READER)
    row = summaries.row(session, summary_id)
    row.state = review.after(summary.state, Move.SUBMIT)
    row.submitted_at = row.changed_at = at
    row.revision += 1
    history.wrote(session, "summary submitted", "summary", summary_id, by=by.id, at=at)
    return State(row.state)


def _known(session: NetworkSession, lesson_id: UUID, told: tuple[Line, ...]) -> tuple[Line, ...]:
    notes = drafting.evidence_of(session, lessons.find(session, lesson_id))
    return editing.only_known(told, {note.id for note in notes})
