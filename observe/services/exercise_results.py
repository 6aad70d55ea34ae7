"""What somebody's exercises came to: each beside its reference, and figures over several of one rubric."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS, Report
from observe.core.agreement.ratings import PairedRatings
from observe.core.agreement.report import report
from observe.core.exercise_outcomes import Outcome, Tally, outcomes, tally
from observe.core.exercises import Exercise, Group, Mode, Taking
from observe.core.figures_shown import is_open, nth_of
from observe.core.permissions import Person, RoleKind, Thing, may
from observe.core.rubric import Rubric
from observe.services import rated
from observe.services.rated import Remembered
from observe.storage import exercise_takings, exercises, history, opened_figures, people, shelf
from observe.storage.database import NetworkSession

MODES = (Mode.PRACTICE, Mode.TEST, Mode.GROUP)
JUDGED = (Mode.TEST, Mode.GROUP)
READERS = (RoleKind.ADVISER, RoleKind.FACILITATOR)
MAY_SEE = "see figures of a person"

_reports: Remembered[Report] = Remembered(256)


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """One finished exercise beside its reference.

    `cells` are (criterion, mine, reference) as positions from 0, for criteria to which the person
    gave a level. `attempt` counts from 1 in this mode; `knew` says that they had seen the reference.
    """

    exercise_id: UUID
    title: str
    rubric_digest: str
    mode: Mode
    at: datetime
    cells: tuple[tuple[str, int, int], ...]
    attempt: int = 1
    knew: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One finished taking of somebody, with each criterion beside its reference."""

    taking: Taking
    exercise: Exercise
    rubric: Rubric
    outcomes: Sequence[Outcome]
    at: datetime

    @property
    def tally(self) -> Tally:
        """How near the reference it was."""
        return tally(self.outcomes)


def results_of(session: NetworkSession, person_id: UUID) -> list[ExerciseResult]:
    """Somebody's finished tests and groups that were revealed, the earliest first, each attempt."""
    return [
        ExerciseResult(
            exercise_id=line.exercise.id,
            title=line.exercise.title,
            rubric_digest=line.exercise.rubric_digest,
            mode=line.taking.mode,
            at=line.at,
            cells=tuple(
                (each.criterion.criterion, each.mine, each.reference)
                for each in line.outcomes
                if each.mine is not None
            ),
            attempt=line.taking.attempt,
            knew=line.taking.knew,
        )
        for line in lines_of(session, person_id, JUDGED)
    ]


def lines_of(
    session: NetworkSession, person_id: UUID | None, modes: Sequence[Mode] = MODES
) -> list[Line]:
    """What somebody (or everybody) finished and may see the result of, the earliest first."""
    finished = exercise_takings.finished(session, modes, person_id=person_id)
    seen = [taking for taking, group in finished if is_told(taking, group)]
    found = exercises.by_ids(session, {taking.exercise_id for taking in seen})
    references = exercises.references(session, found)
    given = exercise_takings.given_in(session, [taking.id for taking in seen])
    rubrics = {d: shelf.rubric(session, d) for d in {e.rubric_digest for e in found.values()}}
    return [
        Line(
            taking=taking,
            exercise=(of := found[taking.exercise_id]),
            rubric=(rubric := rubrics[of.rubric_digest]),
            outcomes=outcomes(rubric, given.get(taking.id, {}), references.get(of.id, {})),
            at=taking.finished_at,
        )
        for taking in seen
        if taking.finished_at is not None
    ]


def is_told(taking: Taking, group: Group | None) -> bool:
    """Whether the result of a finished taking is no secret any more."""
    return taking.mode is not Mode.GROUP or (group is not None and group.revealed_at is not None)


@dataclass(frozen=True, slots=True)
class VersionFigures:
    """Somebody beside the references of one rubric version; lessons are exercises."""

    digest: str
    rubric: Rubric
    exercises: int
    report: Report

    @property
    def few(self) -> bool:
        """Whether there are too few exercises for any figure."""
        return self.exercises < FEWEST_LESSONS


@dataclass(frozen=True, slots=True)
class Results:
    """All that somebody's own page shows: what they finished, the latest first, and the figures."""

    person_id: UUID
    name: str
    lines: Sequence[Line]
    figures: Sequence[VersionFigures]
    tries: Mapping[tuple[UUID, Mode], int]

    @property
    def enough(self) -> bool:
        """Whether there is a figure with limits."""
        return any(not each.few for each in self.figures)


def of_person(session: NetworkSession, person_id: UUID) -> Results:
    """What somebody finished, compared with the references only."""
    lines = lines_of(session, person_id)
    return Results(
        person_id=person_id,
        name=people.row_of(session, person_id).name,
        lines=lines[::-1],
        figures=_figures(counting(lines)),
        tries=Counter((line.exercise.id, line.taking.mode) for line in lines),
    )


def counting(lines: Sequence[Line]) -> list[Line]:
    """What counts: the first time that somebody finished each exercise without knowing its reference."""
    first: dict[UUID, Line] = {}
    for line in lines:
        first.setdefault(line.exercise.id, line)
    return [line for line in first.values() if not line.taking.knew and line.tally.rated]


def _figures(lines: Sequence[Line]) -> list[VersionFigures]:
    """One for each rubric version, that of most exercises first; versions are never mixed."""
    used = Counter(line.exercise.rubric_digest for line in lines)
    return [
        _version([line for line in lines if line.exercise.rubric_digest == digest])
        for digest, _times in sorted(used.items(), key=lambda each: (-each[1], each[0]))
    ]


def _version(lines: Sequence[Line]) -> VersionFigures:
    digest, rubric = lines[0].exercise.rubric_digest, lines[0].rubric
    ratings = ratings_of(rubric, lines)
    mark = f"exercises:{rated.fingerprint(digest, ratings)}"
    return VersionFigures(digest, rubric, len(lines), _reports.get(mark, lambda: report(ratings)))


def ratings_of(rubric: Rubric, lines: Sequence[Line]) -> PairedRatings:
    """The person first, the reference second, each exercise a lesson."""
    criteria = rated.rated_criteria(rubric)
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    cells = [
        (place[each.criterion.criterion], number, each.mine, each.reference)
        for number, line in enumerate(lines)
        for each in line.outcomes
        if each.mine is not None
    ]
    criterion, lesson, mine, theirs = (rated.integers(c[n] for c in cells) for n in range(4))
    return PairedRatings(criteria, criterion, lesson, mine, theirs)


def figures_thing(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> Thing:
    """Somebody's figures over exercises as permissions see them; Missing for a stranger.

    They are open once that person opened them, or 28 days after there were five exercises. The
    reference is no partner, so five exercises are enough for a facilitator.
    """
    people.row_of(session, person_id)
    schools = opened_figures.headships(session, [person_id]).get(person_id, frozenset())
    opened = exercise_takings.figures_opened(session, person_id)
    mine = counting(lines_of(session, person_id))
    return _thing(session, person_id, mine, schools, opened, by=by, at=at)


def _thing(
    session: NetworkSession,
    person_id: UUID,
    counted: Sequence[Line],
    schools: frozenset[UUID],
    opened: datetime | None,
    *,
    by: Person,
    at: datetime,
) -> Thing:
    moments = [line.at for line in counted]
    both = schools & by.schools(RoleKind.ADVISER) or schools
    return Thing(
        network_id=session.network_id,
        author_id=person_id,
        school_id=min(both, default=None),
        opened=bool(moments) and is_open(opened, nth_of(moments, FEWEST_LESSONS), at=at),
        enough=len(moments) >= FEWEST_LESSONS,
    )


@dataclass(frozen=True, slots=True)
class Others:
    """(id, name, exercises that count) of those whose figures one may see; how many not yet."""

    shown: Sequence[tuple[UUID, str, int]]
    hidden: int


def others(session: NetworkSession, *, by: Person, at: datetime) -> Others:
    """Whose figures an adviser or a facilitator may see; nobody's for others."""
    things = _things(session, by=by, at=at) if by.has(*READERS) else {}
    ready = {who: replace(each, opened=True, enough=True) for who, (each, _n) in things.items()}
    shown = [who for who, (each, _n) in things.items() if may(by, MAY_SEE, each)]
    later = [who for who in things if who not in shown and may(by, MAY_SEE, ready[who])]
    names = people.names(session, shown)
    told = [(who, names[who], things[who][1]) for who in shown]
    return Others(sorted(told, key=lambda each: each[1].casefold()), len(later))


def _things(
    session: NetworkSession, *, by: Person, at: datetime
) -> Mapping[UUID, tuple[Thing, int]]:
    """The figures of everybody else who finished an exercise, with how many exercises count."""
    mine: dict[UUID, list[Line]] = {}
    for line in lines_of(session, None):
        mine.setdefault(line.taking.person_id, []).append(line)
    mine.pop(by.id, None)
    schools = opened_figures.headships(session, list(mine))
    opened = exercise_takings.all_figures_opened(session)
    found = {}
    for who, lines in mine.items():
        counted, heads = counting(lines), schools.get(who, frozenset())
        thing = _thing(session, who, counted, heads, opened.get(who), by=by, at=at)
        found[who] = (thing, len(counted))
    return found


def note_opened(session: NetworkSession, person_id: UUID, *, at: datetime) -> None:
    """Keep when somebody first saw their own figures; others may see them from then on."""
    if exercise_takings.note_figures_opened(session, person_id, at=at):
        did = "figures over exercises opened"
        history.wrote(session, did, "person", person_id, by=person_id, at=at)
