"""What people did, as evidence that the stages of a programme may count."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.exercises import Mode
from observe.core.programme import EvidenceKind
from observe.core.programme_group import Member, UnderWay
from observe.core.programme_standing import Evidence
from observe.services import exercise_results
from observe.services.exercise_results import Line
from observe.storage import assessing, programme_evidence, programmes, workshops
from observe.storage.database import NetworkSession
from observe.storage.programme_evidence import SealedLesson

LOOKS = (EvidenceKind.SELF_EVALUATION, EvidenceKind.ASSESSMENT)
Found = Iterator[tuple[UUID, Evidence]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that people did, by person; what they did at workshops by programme and person."""

    lessons: Mapping[UUID, list[SealedLesson]]
    other: Mapping[UUID, list[Evidence]]
    attended: Mapping[tuple[UUID, UUID], list[Evidence]]

    def of(self, member: Member) -> tuple[Evidence, ...]:
        """What somebody did, as it stands in one programme."""
        lessons = [_lesson(each, member) for each in self.lessons.get(member.person_id, ())]
        there = self.attended.get((member.programme_id, member.person_id), ())
        return (*lessons, *there, *self.other.get(member.person_id, ()))


def gather(
    session: NetworkSession,
    groups: Collection[UnderWay],
    person_ids: Collection[UUID],
    *,
    today: date,
) -> Gathered:
    """What these people did, asked only for the kinds of evidence that these programmes count."""
    asked = {each.stage.counts.evidence for group in groups for each in group.dates}
    lessons = defaultdict[UUID, list[SealedLesson]](list)
    since = min((group.starts_on for group in groups), default=today)
    for lesson in programme_evidence.sealed_lessons(session, person_ids, since=since):
        lessons[lesson.person_id].append(lesson)
    other = defaultdict[UUID, list[Evidence]](list)
    for person_id, evidence in _other(session, asked, person_ids, today):
        other[person_id].append(evidence)
    return Gathered(lessons, other, _attended(session, groups))


def _other(
    session: NetworkSession,
    asked: Collection[EvidenceKind],
    person_ids: Collection[UUID],
    today: date,
) -> Found:
    zone = programmes.zone(session)
    if any(kind in asked for kind in LOOKS):
        yield from _looks(session, person_ids, zone)
    if EvidenceKind.EXERCISE in asked:
        yield from _exercises(session, person_ids, zone)
    if EvidenceKind.TRAINING in asked:
        yield from _training(session, person_ids, today)


def _lesson(lesson: SealedLesson, member: Member) -> Evidence:
    return Evidence(
        kind=EvidenceKind.LESSON,
        day=lesson.day,
        id=lesson.lesson_id,
        lesson_kind=lesson.kind,
        rubric=lesson.rubric,
        school_id=lesson.school_id,
        at_own_school=lesson.school_id in member.schools,
        beside=lesson.beside,
        blind=lesson.blind,
        closed=lesson.closed,
        released=lesson.released,
    )


def _attended(
    session: NetworkSession, groups: Collection[UnderWay]
) -> Mapping[tuple[UUID, UUID], list[Evidence]]:
    found = defaultdict[tuple[UUID, UUID], list[Evidence]](list)
    for group in groups:
        for each in workshops.attended(session, group.id):
            evidence = Evidence(
                kind=EvidenceKind.ATTENDANCE, day=each.day, id=each.workshop_id, stage=each.stage
            )
            found[group.id, each.person_id].append(evidence)
    return found


def _looks(session: NetworkSession, person_ids: Collection[UUID], zone: ZoneInfo) -> Found:
    for each in assessing.finished(session, person_ids):
        kind, day = EvidenceKind(each.kind.value), each.at.astimezone(zone).date()
        yield each.person_id, Evidence(kind=kind, day=day, moment=each.moment.value)


def _exercises(session: NetworkSession, person_ids: Collection[UUID], zone: ZoneInfo) -> Found:
    for line in exercise_results.lines_of(session, None):
        if line.taking.person_id in person_ids:
            yield line.taking.person_id, _exercise(line, zone)


def _exercise(line: Line, zone: ZoneInfo) -> Evidence:
    return Evidence(
        kind=EvidenceKind.EXERCISE,
        day=line.at.astimezone(zone).date(),
        id=line.exercise.id,
        rubric=line.rubric.rubric,
        mode=line.taking.mode.value,
        same=_same(line),
    )


def _same(line: Line) -> float | None:
    """The share of criteria at the level of the reference; only a test of somebody who did not know it."""
    tally = line.tally
    told = line.taking.mode is Mode.TEST and not line.taking.knew and tally.rated
    return 100 * tally.same / tally.rated if told else None


def _training(session: NetworkSession, person_ids: Collection[UUID], today: date) -> Found:
    for each in programme_evidence.led(session, person_ids, until=today):
        evidence = Evidence(kind=EvidenceKind.TRAINING, day=each.starts_on, id=each.programme_id)
        yield each.person_id, evidence
