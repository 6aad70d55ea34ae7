"""Summaries, their released versions, and what was said about them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from observe.core.errors import Missing
from observe.core.feedback import letter, lines, review
from observe.core.feedback.facts import Draft
from observe.core.feedback.review import WITH_REVIEWER, State
from observe.core.feedback.summary import Summary, Version
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.observation import RecordState
from observe.core.permissions import Person as Somebody
from observe.core.permissions import Thing
from observe.storage import lessons, people, remarks, school_days
from observe.storage.database import NetworkSession
from observe.storage.summary_readers import Ladder, ladders, near
from observe.storage.tables import feedback as tables
from observe.storage.tables import lessons as lesson_tables
from observe.storage.tables.people import School

MOST = 60
NONE = "There is no such summary."


def row(session: NetworkSession, summary_id: UUID) -> tables.Summary:
    """The row of a summary, to be changed; Missing where there is none."""
    found = session.get(tables.Summary, (session.network_id, summary_id))
    if found is None:
        raise Missing(NONE)
    return found


def find(session: NetworkSession, summary_id: UUID) -> Summary:
    """One summary; Missing where there is none."""
    return _told(session, [row(session, summary_id)])[0]


def of_lesson(session: NetworkSession, lesson_id: UUID) -> UUID | None:
    """The summary of a lesson, if one was begun."""
    return session.scalar(select(tables.Summary.id).where(tables.Summary.lesson_id == lesson_id))


def thing(session: NetworkSession, summary_id: UUID) -> Thing:
    """The summary as permissions see it; Missing where there is none."""
    found = row(session, summary_id)
    lesson = lessons.find(session, found.lesson_id)
    return replace(
        lessons.thing(session, found.lesson_id),
        author_id=found.author_id,
        teacher_id=found.teacher_id,
        observer_ids=frozenset(seat.person_id for seat in lesson.observers if seat.sealed),
        reader_ids=readers(session, lesson, found.author_id, steps_up=found.steps_up),
        submitted=found.state in WITH_REVIEWER,
        released=found.state == State.RELEASED,
    )


def of_comment(session: NetworkSession, summary_id: UUID, comment_id: UUID) -> Thing:
    """The summary of a comment as permissions see it; Missing where there is no such comment on it."""
    remarks.row(session, summary_id, comment_id)
    return thing(session, summary_id)


def readers(
    session: NetworkSession, lesson: Lesson, author_id: UUID, *, steps_up: int = 0
) -> frozenset[UUID]:
    """Who reads the summary of a lesson before its teacher does, once it has gone up so many steps."""
    return review.readers(ladders(session, [lesson])(lesson, author_id), steps_up)


def needs_review(session: NetworkSession, lesson: Lesson) -> bool:
    """Whether the school wants a summary read before its teacher gets it."""
    return session.get_one(School, (session.network_id, lesson.school_id)).review_needed


def begin(
    session: NetworkSession,
    lesson: Lesson,
    draft: Draft,
    *,
    author_id: UUID,
    due_on: date,
    at: datetime,
) -> UUID:
    """Keep the first draft of a lesson's summary."""
    summary_id = new_id(at)
    session.add(
        tables.Summary(
            id=summary_id,
            lesson_id=lesson.id,
            teacher_id=lesson.teacher_id,
            author_id=author_id,
            lines=lines.as_json(lines.keyed(draft.lines)),
            missing=list(draft.missing),
            due_on=due_on,
            drafted_at=at,
            changed_at=at,
        )
    )
    session.flush()
    return summary_id


def of_author(session: NetworkSession, author_id: UUID) -> list[Summary]:
    """What somebody wrote, what is not yet released first, the soonest due first of those."""
    query = select(tables.Summary).where(tables.Summary.author_id == author_id)
    released = tables.Summary.state == State.RELEASED
    order = (released, tables.Summary.released_at.desc(), tables.Summary.due_on, tables.Summary.id)
    return _told(session, session.scalars(query.order_by(*order).limit(MOST)).all())


def sent_by(session: NetworkSession, author_id: UUID) -> list[Summary]:
    """What somebody wrote and others read before it is released, the soonest due first."""
    row = tables.Summary
    mine = row.author_id == author_id, row.state.in_(WITH_REVIEWER)
    return _told(
        session, session.scalars(select(row).where(*mine).order_by(row.due_on, row.id)).all()
    )


def of_observer(session: NetworkSession, person_id: UUID) -> list[Summary]:
    """Summaries by others of lessons that somebody observed, the newest first."""
    seat = lesson_tables.Observation
    query = (
        select(tables.Summary)
        .join(seat, seat.lesson_id == tables.Summary.lesson_id)
        .where(
            seat.observer_id == person_id,
            seat.state == RecordState.SEALED,
            seat.waived_at.is_(None),
            tables.Summary.author_id != person_id,
        )
        .order_by(tables.Summary.drafted_at.desc())
        .limit(MOST)
    )
    return _told(session, session.scalars(query).all())


def waiting_for(session: NetworkSession, reader: Somebody) -> list[Summary]:
    """Summaries that wait for this person's reading, the soonest due first."""
    waiting = tables.Summary.state.in_(WITH_REVIEWER)
    return _read_by(session, reader, waiting, tables.Summary.due_on.asc(), most=None)


def approved_until(session: NetworkSession, day: date) -> list[Summary]:
    """Summaries that were approved to go out on a day up to this one."""
    row = tables.Summary
    query = select(row).where(row.state == State.APPROVED, row.release_on <= day)
    return _told(session, session.scalars(query.order_by(row.release_on, row.id)).all())


def in_review_since(session: NetworkSession, moment: datetime) -> Sequence[tables.Summary]:
    """Summaries that have waited for their reader since before a moment."""
    row = tables.Summary
    query = select(row).where(row.state == State.IN_REVIEW, row.submitted_at < moment)
    return session.scalars(query.order_by(row.submitted_at, row.id)).all()


def released_near(session: NetworkSession, reader: Somebody) -> list[Summary]:
    """Released summaries of which this person is the reader, the newest first."""
    released = tables.Summary.state == State.RELEASED
    return _read_by(session, reader, released, tables.Summary.released_at.desc(), most=MOST * 2)


def _read_by(
    session: NetworkSession,
    reader: Somebody,
    those: ColumnElement[bool],
    order: ColumnElement[Any],
    *,
    most: int | None,
) -> list[Summary]:
    """Summaries near this reader that this reader is asked to read; of all that wait, none is left out."""
    around = near(reader)
    if around is None:
        return []
    query = (
        select(tables.Summary)
        .join(lesson_tables.Lesson, lesson_tables.Lesson.id == tables.Summary.lesson_id)
        .where(those, around)
        .order_by(order, tables.Summary.id)
        .limit(most)
    )
    found = session.scalars(query).all()
    mine = [
        row for row, rungs in asked_of(session, found) if any(reader.id in each for each in rungs)
    ]
    return _told(session, mine)


def read_by(session: NetworkSession, ids: Collection[UUID]) -> dict[UUID, Ladder]:
    """Who reads these summaries by now, by id: those asked first, then those to whom one went up."""
    if not ids:
        return {}
    rows = session.scalars(select(tables.Summary).where(tables.Summary.id.in_(ids))).all()
    return {row.id: rungs for row, rungs in asked_of(session, rows)}


def asked_of(
    session: NetworkSession, rows: Sequence[tables.Summary]
) -> Iterator[tuple[tables.Summary, Ladder]]:
    """Each of these summaries with all who read it by now, those asked first in front."""
    seen = {lesson.id: lesson for lesson in lessons.by_ids(session, {r.lesson_id for r in rows})}
    find_ladder = ladders(session, seen.values())
    for row in rows:
        yield row, find_ladder(seen[row.lesson_id], row.author_id)[: row.steps_up + 1]


def released_to(session: NetworkSession, teacher_id: UUID) -> list[Summary]:
    """A teacher's released summaries, the newest first."""
    query = (
        select(tables.Summary)
        .where(tables.Summary.teacher_id == teacher_id, tables.Summary.state == State.RELEASED)
        .order_by(tables.Summary.released_at.desc())
    )
    return _told(session, session.scalars(query).all())


def last_openings(session: NetworkSession, *, teacher_id: UUID, author_id: UUID) -> list[str]:
    """How the newest summaries of a teacher and of an author begin, so that the next begins otherwise."""
    teacher, author = tables.Summary.teacher_id, tables.Summary.author_id
    newest = select(tables.Summary.lines).order_by(tables.Summary.drafted_at.desc()).limit(1)
    about, by = newest.where(teacher == teacher_id), newest.where(author == author_id)
    kept = [session.scalar(query) for query in (about, by)]
    return [lines[0]["text"] for lines in kept if lines]


def keep_version(
    session: NetworkSession, summary: Summary, kept: letter.Letter, *, by: UUID, at: datetime
) -> int:
    """Keep the words as they are released, for ever; the number of the version."""
    number = (latest_number(session, summary.id) or 0) + 1
    session.add(
        tables.SummaryVersion(
            summary_id=summary.id,
            number=number,
            letter=letter.as_json(kept),
            released_by=by,
            released_at=at,
        )
    )
    session.flush()
    return number


def latest_number(session: NetworkSession, summary_id: UUID) -> int | None:
    """The number of the newest version, None before the first release."""
    column = func.max(tables.SummaryVersion.number)
    return session.scalar(select(column).where(tables.SummaryVersion.summary_id == summary_id))


def version(session: NetworkSession, summary_id: UUID) -> Version:
    """The version that stands released; Missing where none does."""
    found = _standing(session, summary_id)
    names = people.names(session, [found.released_by])
    told = letter.from_json(found.letter)
    return Version(found.number, told, names[found.released_by], found.released_at)


def released_by(session: NetworkSession, summary_id: UUID) -> UUID:
    """Who released the version that stands; Missing where none does."""
    return _standing(session, summary_id).released_by


def recall_version(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Mark the newest version as taken back before anybody read it."""
    number = latest_number(session, summary_id)
    session.get_one(
        tables.SummaryVersion, (session.network_id, summary_id, number)
    ).recalled_at = at


def _standing(session: NetworkSession, summary_id: UUID) -> tables.SummaryVersion:
    query = (
        select(tables.SummaryVersion)
        .where(
            tables.SummaryVersion.summary_id == summary_id,
            tables.SummaryVersion.recalled_at.is_(None),
        )
        .order_by(tables.SummaryVersion.number.desc())
        .limit(1)
    )
    found = session.scalar(query)
    if found is None:
        raise Missing(NONE)
    return found


def _told(session: NetworkSession, rows: Sequence[tables.Summary]) -> list[Summary]:
    """The summaries of these rows, in their order, with names; four questions however many."""
    seen = {lesson.id: lesson for lesson in lessons.by_ids(session, {r.lesson_id for r in rows})}
    names = people.names(session, {id for r in rows for id in (r.teacher_id, r.author_id)})
    off = _holidays(session, seen.values())
    return [
        _summary(each, lesson, names[each.author_id], off[lesson.school_id])
        for each in rows
        for lesson in (seen[each.lesson_id],)
    ]


def _holidays(session: NetworkSession, about: Collection[Lesson]) -> Mapping[UUID, frozenset[date]]:
    """Days without school from the first of these lessons on, by school, for a year after the last."""
    if not about:
        return {}
    days = [lesson.day for lesson in about]
    schools = {lesson.school_id for lesson in about}
    return school_days.by_school(session, schools, min(days), max(days) + school_days.AROUND)


def _summary(
    found: tables.Summary, lesson: Lesson, author: str, holidays: frozenset[date]
) -> Summary:
    return Summary(
        id=found.id,
        lesson_id=found.lesson_id,
        title=lesson.title,
        teacher_id=found.teacher_id,
        teacher=lesson.teacher,
        author_id=found.author_id,
        author=author,
        observers=tuple(seat.name for seat in lesson.observers),
        state=State(found.state),
        on=lesson.day,
        due_on=found.due_on,
        revision=found.revision,
        lines=lines.from_json(found.lines),
        missing=tuple(found.missing),
        changed_at=found.changed_at,
        submitted_at=found.submitted_at,
        steps_up=found.steps_up,
        escalated_at=found.escalated_at,
        release_on=found.release_on,
        released_at=found.released_at,
        read_at=found.read_at,
        holidays=holidays,
    )
