"""What the author of a summary does: write, look at the checks, send it to its reader."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback import editing, lines, review
from observe.core.feedback.facts import Line
from observe.core.feedback.finding import Context, Finding, Kind
from observe.core.feedback.review import WITH_AUTHOR, Move, State
from observe.core.feedback.summary import Comment, Summary, Tray
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.services import drafting, feedback_posting, summary_review, target_life
from observe.storage import class_lists, history, lessons, people, remarks, shelf, summaries, texts
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Network

STALE = (
    "This summary was changed meanwhile, by somebody else or in another window. "
    "What you typed is still here: compare, and save."
)
WITH_READER = "This summary is with its reader. It can be changed when it comes back."
HELD = "This has to be mended before it can be sent."
EMPTY = "There is nothing to send yet. Write a line first."
NO_READER = (
    "Nobody can read this before the teacher. Ask the facilitator to name a leader or a deputy."
)
SET_ASIDE = (Kind.PUPIL_NAMED, Kind.GRADE_WORD)
LONGEST_QUOTE = 200
Aside = tuple[str, str]


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
    blocking: tuple[Finding, ...] = ()
    aside: tuple[Aside, ...] = ()
    has_class_list: bool = False

    @property
    def unused(self) -> list[str]:
        """Notes that no line rests on."""
        used = {note for line in self.lines for note in line.note_ids}
        return [note for note in self.tray.notes if note not in used]

    @property
    def words(self) -> int:
        """How many words the summary has."""
        from observe.core.feedback import checks

        return checks.words(self.lines)


def desk_of(
    session: NetworkSession, summary_id: UUID, *, typed: tuple[Line, ...] | None = None
) -> Desk:
    """What the author sees; `typed` are lines that are not kept yet."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    told = summary.lines if typed is None else typed
    aside = put_aside(session, summary_id)
    findings, passed = look_at(session, lesson, told, aside=aside)
    asked = summaries.readers(session, lesson, summary.author_id)
    return Desk(
        summary=summary,
        lines=told,
        tray=drafting.tray_of(session, lesson),
        findings=findings,
        passed=passed,
        comments=tuple(remarks.of_summary(session, summary_id)),
        readers=tuple(sorted(people.names(session, asked).values())),
        needs_review=summaries.needs_review(session, lesson),
        blocking=blocking(session, findings),
        aside=aside,
        has_class_list=bool(class_lists.names(session, lesson.class_id)),
    )


def look_at(
    session: NetworkSession,
    lesson: Lesson,
    told: tuple[Line, ...],
    *,
    aside: Collection[Aside] = (),
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the checks find, but for what was put `aside`, and what they found well.

    Their many patterns are loaded only here: they take a fifth of the start of the application.
    """
    from observe.core.feedback import checks, grade_words

    rubric = shelf.rubric(session, lesson.rubric_digest)
    context = Context(
        graded=rubric.graded,
        level_labels=() if rubric.graded else grade_words.labels(rubric),
        pupils=class_lists.names(session, lesson.class_id),
        staff=(lesson.teacher, *(seat.name for seat in lesson.seats)),
    )
    found = checks.check(told, context)
    findings = tuple(each for each in found if (each.kind.value, each.quote) not in aside)
    return findings, checks.passed(told, findings, context)


def blocking(session: NetworkSession, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those findings that the network lets no summary be sent with."""
    network = session.get_one(Network, session.network_id)
    return tuple(finding for finding in findings if finding.kind.value in network.blocking_checks)


def put_aside(session: NetworkSession, summary_id: UUID) -> tuple[Aside, ...]:
    """The (kind, quote) of findings that the author put aside."""
    return tuple((kind, quote) for kind, quote in summaries.row(session, summary_id).set_aside)


def open_findings(
    session: NetworkSession, waiting: Sequence[Summary]
) -> dict[UUID, tuple[Finding, ...]]:
    """What there is to look at in each of these summaries."""
    seen = lessons.by_ids(session, {each.lesson_id for each in waiting})
    by_id = {lesson.id: lesson for lesson in seen}
    return {each.id: _open(session, each, by_id[each.lesson_id]) for each in waiting}


def keep(
    session: NetworkSession,
    summary_id: UUID,
    told: tuple[Line, ...],
    *,
    revision: int,
    by: Person,
    at: datetime,
    why: Literal["written", "taken back"] = "written",
) -> int:
    """Keep what was typed; the new revision. Stale if somebody else was quicker, Conflict once sent."""
    row = summaries.row(session, summary_id)
    if row.state not in WITH_AUTHOR:
        raise Conflict(WITH_READER)
    if row.revision != revision:
        raise Stale(STALE)
    known = _known(session, row.lesson_id, editing.changes_kept(told, lines.from_json(row.lines)))
    kept = lines.as_json(lines.keyed(editing.in_order(known)))
    if kept != row.lines:
        row.lines, row.revision, row.changed_at = kept, revision + 1, at
        texts.keep(session, row, why=why, by=by.id, at=at)
        history.wrote(session, "summary written", "summary", summary_id, by=by.id, at=at)
        session.flush()
    return row.revision


def set_aside(
    session: NetworkSession,
    summary_id: UUID,
    kind: str,
    quote: str,
    *,
    by: Person,
    at: datetime,
    aside: bool = True,
) -> None:
    """Put a finding aside, such as a name that is no pupil's; or look at it again."""
    row = summaries.row(session, summary_id)
    if row.state not in WITH_AUTHOR:
        raise Conflict(WITH_READER)
    if kind not in SET_ASIDE or len(quote) > LONGEST_QUOTE:
        raise Invalid("This cannot be put aside. Load the page again.")
    others = [each for each in row.set_aside if each != [kind, quote]]
    now = [*others, [kind, quote]] if aside else others
    if now != row.set_aside:
        row.set_aside = now
        did = "finding put aside" if aside else "finding looked at again"
        history.wrote(session, did, "summary", summary_id, by=by.id, at=at, kind=kind)
        session.flush()


def submit(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> State:
    """Send it to its reader; straight to the teacher where the school asks for no reading."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    if not any(line.text for line in summary.lines):
        raise Conflict(EMPTY)
    _let_through(session, summary, lesson)
    if len(lesson.observers) == 1:
        _stays_alone(session, summary_id, lesson, at=at)
    if not summaries.needs_review(session, lesson):
        return summary_review.release(session, summary_id, by=by, at=at)
    if not summaries.readers(session, lesson, summary.author_id):
        raise Conflict(NO_READER)
    row = summaries.row(session, summary_id)
    row.state = review.after(summary.state, Move.SUBMIT)
    row.submitted_at = row.changed_at = at
    row.steps_up, row.escalated_at = 0, None
    row.revision += 1
    texts.keep(session, row, why="submitted", by=by.id, at=at)
    history.wrote(session, "summary submitted", "summary", summary_id, by=by.id, at=at)
    feedback_posting.submitted(session, summary_id, at=at)
    return State(row.state)


def _stays_alone(
    session: NetworkSession, summary_id: UUID, lesson: Lesson, *, at: datetime
) -> None:
    """Nobody can join it from now on, so what its one observer said of targets can be told, once."""
    if summaries.row(session, summary_id).submitted_at is None:
        target_life.follow(session, lesson, at=at)


def let_through(session: NetworkSession, summary_id: UUID) -> None:
    """Conflict if a check now finds what the network lets nobody send, in a reader's words too."""
    summary = summaries.find(session, summary_id)
    _let_through(session, summary, lessons.find(session, summary.lesson_id))


def _let_through(session: NetworkSession, summary: Summary, lesson: Lesson) -> None:
    """Conflict, with what there is to mend, if a check finds what the network lets nobody send."""
    held = blocking(session, _open(session, summary, lesson))
    if held:
        raise Conflict(" ".join((HELD, *(finding.reason for finding in held))))


def _open(session: NetworkSession, summary: Summary, lesson: Lesson) -> tuple[Finding, ...]:
    aside = put_aside(session, summary.id)
    return look_at(session, lesson, summary.lines, aside=aside)[0]


def _known(session: NetworkSession, lesson_id: UUID, told: tuple[Line, ...]) -> tuple[Line, ...]:
    notes = drafting.evidence_of(session, lessons.find(session, lesson_id))
    return editing.only_known(told, {note.id for note in notes})
