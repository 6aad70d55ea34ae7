"""One look at somebody's observing while it is made: criterion by criterion, sealed by its author."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.assessing import Kind, Moment, Part, Progress, Round, unsaid
from observe.core.errors import Conflict, Missing, TooLarge
from observe.core.exercises import LONGEST_NOTE, Given, check_value
from observe.core.lesson import Lesson
from observe.core.permissions import Person
from observe.core.rubric import Criterion, Rubric
from observe.services import programme_mails
from observe.services.assessing import SEALED, own_part, wrote
from observe.storage import assessing, assessors, lessons, people, shelf, suggestions
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion, and what one gave it."""

    criterion: Criterion
    given: Given


@dataclass(frozen=True, slots=True)
class Form:
    """A round before one of its two people; of the other's look nothing but how far it is.

    `part` is one's own look, None before one has begun. `to_choose` are paired lessons, those on which
    one's look rests in `rests_on`.
    """

    round: Round
    kind: Kind
    person: str
    assessor: str
    rubric: Rubric
    part: Part | None
    rows: Sequence[Row]
    left: Sequence[Criterion]
    to_choose: Sequence[Lesson]
    rests_on: Collection[UUID]

    @property
    def is_open(self) -> bool:
        """Whether one can still write in it."""
        return self.part is not None and self.part.sealed_at is None

    @property
    def other(self) -> Progress:
        """How far the other look is."""
        return self.round.progress(Kind.ASSESSMENT if self.kind is Kind.SELF else Kind.SELF)


def look(session: NetworkSession, round_id: UUID, *, by: Person) -> Form:
    """What one wrote so far; the other look is never read here."""
    found = assessing.find(session, round_id)
    kind = Kind.SELF if by.id == found.person_id else Kind.ASSESSMENT
    part, rubric = found.part_of(by.id), shelf.rubric(session, found.rubric_digest)
    given = assessing.given(session, [part]).get(part.id, {}) if part else {}
    names = people.names(session, {found.person_id, *filter(None, [found.assessor_id])})
    rests_on = assessing.lessons_of(session, part) if part else []
    return Form(
        round=found,
        kind=kind,
        person=names[found.person_id],
        assessor=names[found.assessor_id] if found.assessor_id else "",
        rubric=rubric,
        part=part,
        rows=[Row(each, given.get(each.criterion, Given())) for each in rubric.with_levels()],
        left=unsaid(rubric, given),
        to_choose=_to_choose(session, found, rests_on, by=by) if part else [],
        rests_on=rests_on,
    )


def _to_choose(
    session: NetworkSession, found: Round, rests_on: Sequence[UUID], *, by: Person
) -> list[Lesson]:
    """Lessons that both sealed, of one's own with any partner; and those that were chosen, latest first."""
    near = assessors.paired_lessons(session, *{found.person_id, by.id})
    return list(reversed(lessons.by_ids(session, dict.fromkeys([*near, *rests_on]))))


def rate(
    session: NetworkSession,
    round_id: UUID,
    criterion: str,
    given: Given,
    *,
    by: Person,
    at: datetime,
) -> Form:
    """Keep a level and a sentence of evidence; Conflict once it is sealed."""
    form = _held(session, round_id, by=by)
    row = next((each for each in form.rows if each.criterion.criterion == criterion), None)
    if row is None:
        raise Missing("There is no such criterion in this rubric.")
    check_value(row.criterion, given.value)
    if len(given.note) > LONGEST_NOTE:
        raise TooLarge(f"Keep the evidence under {LONGEST_NOTE} letters.")
    assessing.rate(session, own_part(form.round, by).id, criterion, given, at=at)
    return look(session, round_id, by=by)


def rest_on(
    session: NetworkSession, round_id: UUID, lesson_ids: Collection[UUID], *, by: Person
) -> None:
    """Say on which paired lessons one's look rests; only those that are offered can be chosen."""
    form = _held(session, round_id, by=by)
    offered = {each.id for each in form.to_choose}
    if not set(lesson_ids) <= offered:
        raise Missing("There is no such lesson that you both observed.")
    assessing.rest_on(session, own_part(form.round, by).id, set(lesson_ids))


def _held(session: NetworkSession, round_id: UUID, *, by: Person) -> Form:
    """One's open look, which no other tablet changes until this is done."""
    part = own_part(assessing.find(session, round_id), by)
    if assessing.hold(session, part.id).sealed_at is not None:
        raise Conflict(SEALED)
    return look(session, round_id, by=by)


def seal(session: NetworkSession, round_id: UUID, *, by: Person, at: datetime) -> Round:
    """Seal one's own look for good; twice does no harm. Conflict where something is missing."""
    found = assessing.find(session, round_id)
    row = assessing.hold(session, own_part(found, by).id)
    if row.sealed_at is None:
        form = look(session, round_id, by=by)
        _complete(form)
        _looks_ahead(session, form)
        row.sealed_at = at
        session.flush()
        wrote(session, f"{row.kind} sealed", found, by=by, at=at)
        programme_mails.look_sealed(session, assessing.find(session, round_id), form.kind, at=at)
    return assessing.find(session, round_id)


def _looks_ahead(session: NetworkSession, form: Form) -> None:
    """At the end of a year an assessment says what comes next."""
    ends = form.kind is Kind.ASSESSMENT and form.round.moment is Moment.FINAL
    if ends and not suggestions.of_round(session, form.round.id):
        raise Conflict("Suggest something for the next year before you seal the final assessment.")


def _complete(form: Form) -> None:
    if form.left:
        named = ", ".join(f"{each.code} {each.title}" for each in form.left[:3])
        more = " and others" if len(form.left) > 3 else ""
        raise Conflict(f"These lack a level or a sentence of evidence: {named}{more}.")
