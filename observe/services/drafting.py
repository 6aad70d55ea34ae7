"""The first draft of a summary, made the moment that a lesson's records can be told from."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.feedback import review
from observe.core.feedback.facts import Agreement, Evidence, LessonFacts, OpenTarget, Part
from observe.core.feedback.summary import Tray, first_name
from observe.core.fold import record_of
from observe.core.lesson import Lesson, Seat
from observe.core.observation import Capacity, Note, Observer, Record
from observe.core.pairing import Agreed, Outcome
from observe.core.rubric import Criterion, LessonKind, Rubric
from observe.services import feedback_choice
from observe.storage import (
    history,
    lessons,
    pairs,
    records,
    reminders,
    school_days,
    shelf,
    staff,
    summaries,
    texts,
)
from observe.storage.database import NetworkSession


def draft_for(session: NetworkSession, lesson_id: UUID, *, at: datetime) -> UUID | None:
    """Begin the summary of a lesson whose records are sealed; the one there is, if it was begun.

    None for a lesson that has no sealed record, and for one that came in a file of ratings. What composes
    a draft is loaded only here: its patterns would slow each start, and most requests draft nothing.
    """
    from observe.core.feedback.compose import compose

    begun = summaries.of_lesson(session, lesson_id)
    lesson = lessons.find(session, lesson_id)
    seats = sealed_seats(lesson)
    if begun or not seats or lessons.row(session, lesson_id).imported:
        return begun
    rubric = shelf.rubric(session, lesson.rubric_digest)
    author = _author(session, lesson, seats)
    facts = _facts(lesson, seats, author)
    off = school_days.holidays(session, lesson.school_id, facts.on)
    draft = compose(
        facts,
        rubric,
        agreements_of(session, lesson, rubric),
        evidence_of(session, lesson),
        due=review.target_due(facts.on, off),
        target=_open_target(session, lesson),
        unlike=summaries.last_openings(session, teacher_id=lesson.teacher_id, author_id=author),
        picked=_picked(session, lesson),
    )
    due = review.due_on(facts.on, off)
    made = summaries.begin(session, lesson, draft, author_id=author, due_on=due, at=at)
    texts.keep(session, summaries.row(session, made), why="drafted", by=None, at=at)
    history.wrote(session, "summary drafted", "summary", made, by=None, at=at)
    return made


def evidence_of(session: NetworkSession, lesson: Lesson) -> list[Evidence]:
    """Every note of the sealed records of a lesson that is not private, in order of time."""
    seats = sealed_seats(lesson)
    begun = pairs.times(session, lesson.id)
    found = [
        _evidence(note, lesson, seat, begun[seat.observation_id].begun_at or lesson.starts_at)
        for seat, record in zip(seats, _held(session, seats), strict=True)
        for note in record.notes
        if not note.private
    ]
    return sorted(found, key=lambda note: (note.at or time.min, note.id))


def agreements_of(session: NetworkSession, lesson: Lesson, rubric: Rubric) -> list[Agreement]:
    """What the talk came to on each criterion of a lesson."""
    held = _held(session, sealed_seats(lesson))
    return _agreements(rubric, pairs.agreed(session, lesson.id), held)


def tray_of(session: NetworkSession, lesson: Lesson) -> Tray:
    """The evidence of a lesson as an author chooses from it."""
    rubric = shelf.rubric(session, lesson.rubric_digest)
    return Tray(
        notes={note.id: note for note in evidence_of(session, lesson)},
        places={str(seat.person_id): place for place, seat in enumerate(sealed_seats(lesson))},
        criteria={one.criterion: (one.code, one.title) for one in rubric.criteria()},
    )


def sealed_seats(lesson: Lesson) -> list[Seat]:
    """Those who sealed a record of the lesson, heads first."""
    sealed = [seat for seat in lesson.observers if seat.sealed]
    return sorted(sealed, key=lambda seat: Observer(seat.person_id, "", seat.capacity).place)


def _held(session: NetworkSession, seats: Sequence[Seat]) -> list[Record]:
    """What each of these observers recorded."""
    values = records.values_of(session, [seat.observation_id for seat in seats])
    return [record_of(values[seat.observation_id]) for seat in seats]


def _author(session: NetworkSession, lesson: Lesson, seats: Sequence[Seat]) -> UUID:
    """The head of the pair, else who planned it; never whom it is about, nor who left without sealing.

    Whoever planned it without being there, such as a facilitator, writes only as one of those who
    lead or advise the teacher now.
    """
    heads = [seat.person_id for seat in seats if seat.capacity == Capacity.HEAD]
    there = [seat.person_id for seat in seats]
    near = staff.planners(session, lesson.school_id, team_id=lesson.team_id)
    planner = {*there, *(each.id for each in near)} & {lesson.planned_by}
    asked = [*heads, *(each for each in planner if each), *there]
    never = {lesson.teacher_id, *(seat.person_id for seat in lesson.seats if not seat.takes_part)}
    return next(person for person in asked if person not in never)


def _facts(lesson: Lesson, seats: Iterable[Seat], author_id: UUID) -> LessonFacts:
    names = {seat.person_id: seat.name for seat in seats}
    return LessonFacts(
        lesson_id=str(lesson.id),
        teacher=lesson.teacher,
        first_name=first_name(lesson.teacher),
        school_subject=lesson.school_subject,
        class_name=lesson.class_name,
        on=lesson.day,
        observers=tuple(names.values()),
        kind=LessonKind(lesson.kind),
        author=names.get(author_id, ""),
    )


def _agreements(
    rubric: Rubric, agreed: dict[str, Agreed], held: Sequence[Record]
) -> list[Agreement]:
    return [_agreement(one, agreed.get(one.criterion), held) for one in rubric.criteria()]


def _agreement(criterion: Criterion, agreed: Agreed | None, held: Sequence[Record]) -> Agreement:
    """What was agreed; where nothing was written, the level that all gave, or that they differ."""
    levels = tuple(_level(criterion, record) for record in held)
    if agreed:
        return Agreement(criterion.criterion, agreed.level, agreed.outcome, levels)
    same = len(set(levels)) == 1
    outcome = Outcome.AGREED if same else Outcome.DIFFER
    return Agreement(criterion.criterion, levels[0] if same else None, outcome, levels)


def _level(criterion: Criterion, record: Record) -> int | None:
    """The level that one observer gave; of several occasions the lower middle one."""
    given = [value for (key, _), value in record.ratings.items() if key == criterion.criterion]
    levels = sorted(value for value in given if criterion.scale.position(value) is not None)
    return levels[(len(levels) - 1) // 2] if levels and criterion.scale.has_levels else None


def _evidence(note: Note, lesson: Lesson, seat: Seat, begun_at: datetime) -> Evidence:
    timeless = lesson.kind == LessonKind.WORK_SAMPLE
    there = note.made_at(begun_at).astimezone(ZoneInfo(lesson.zone))
    return Evidence(
        id=note.id,
        observer=str(seat.person_id),
        text=note.text,
        criteria=note.criteria,
        at=None if timeless else time(there.hour, there.minute),
        mark=note.mark,
        speaker=note.speaker,
        kind=LessonKind(lesson.kind),
    )


def _picked(session: NetworkSession, lesson: Lesson) -> dict[Part, str]:
    """The strength and the next step that all observers picked after their talk."""
    picks = feedback_choice.look(session, lesson, by=lesson.teacher_id)
    same = {Part.STRENGTH: picks.same("strength"), Part.NEXT_STEP: picks.same("next_step")}
    return {part: criterion for part, criterion in same.items() if criterion}


def _open_target(session: NetworkSession, lesson: Lesson) -> OpenTarget | None:
    """The target that the teacher works on, the soonest due if there are several."""
    found = reminders.open_targets(session, lesson.teacher_id)
    return OpenTarget(found[0].text, found[0].criterion) if found else None
