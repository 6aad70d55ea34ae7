"""Improvement cycles: begun with an aim and a measure, measured by day, and brought to an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.ids import new_id
from observe.core.improving import LONGEST, LONGEST_LINE, Aim, Cycle, Measured, Source
from observe.core.permissions import Person, RoleKind
from observe.core.run_chart import FEWEST, RunChart, run_chart
from observe.services import improving_figures
from observe.storage import history, improving, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables.improving import CyclePoint, ImprovementCycle

STALE = "Somebody else changed this meanwhile. Look at what stands there now, then save yours."
OVER = "This cycle has ended. Take it up again to go on."
MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Listed:
    """What somebody finds: cycles that go on, that ended, and groups' in which they have no part."""

    going_on: Sequence[Cycle]
    over: Sequence[Cycle]
    seen: Sequence[Cycle] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A cycle's points with their chart; `why_none` says why figures of a group give none."""

    points: Sequence[Measured]
    chart: RunChart | None
    why_none: str = ""


def listed(session: NetworkSession, person: Person) -> Listed:
    """The cycles of somebody; a facilitator finds those of groups too."""
    mine = improving.of_person(session, person.id)
    others = improving.of_groups(session) if person.has(RoleKind.FACILITATOR) else []
    return Listed(
        going_on=[each for each in mine if each.goes_on],
        over=[each for each in mine if not each.goes_on],
        seen=[each for each in others if person.id not in each.people],
    )


def course(session: NetworkSession, cycle: Cycle) -> Course:
    """What was measured so far, typed or from the figures of the whole group."""
    if cycle.told.source is Source.SAME_LEVEL:
        points, why = improving_figures.same_level(session)
    else:
        points, why = improving.points(session, cycle.id), ""
    until = cycle.baseline_until
    return Course(points, run_chart([p.point for p in points], baseline_until=until), why)


def begin(session: NetworkSession, aim: Aim, *, by: Person, at: datetime) -> UUID:
    """A new cycle in which whoever begins it takes part."""
    _check(aim)
    cycle_id = new_id(at)
    session.add(
        ImprovementCycle(
            id=cycle_id,
            made_by=by.id,
            made_at=at,
            **_columns(aim),
            baseline_until=None,
            learnt="",
            ended_at=None,
            revision=1,
        )
    )
    session.flush()
    improving.add_member(session, cycle_id, by.id)
    _wrote(session, "improvement begun", cycle_id, by=by, at=at)
    return cycle_id


def change(
    session: NetworkSession, cycle_id: UUID, aim: Aim, *, revision: int, by: Person, at: datetime
) -> None:
    """Other words for the aim or the measure; where the points come from stays as it began."""
    kept = must_go_on(session, cycle_id)
    _check(aim)
    columns = {name: told for name, told in _columns(aim).items() if name not in FIXED}
    if all(getattr(kept, name) == told for name, told in columns.items()):
        return
    if kept.revision != revision:
        raise Stale(STALE, field="aim")
    for name, told in columns.items():
        setattr(kept, name, told)
    kept.revision += 1
    _wrote(session, "improvement changed", cycle_id, by=by, at=at)


FIXED = ("source", "of_group")


def _columns(aim: Aim) -> dict[str, Any]:
    return {name: getattr(aim, name) for name in aim.__slots__}


def _check(aim: Aim) -> None:
    if not aim.aim:
        raise Invalid("Say what you want to improve, by how much and by when.", field="aim")
    if not aim.measure:
        raise Invalid("Say what you will measure.", field="measure")
    if aim.source is Source.SAME_LEVEL and not aim.of_group:
        raise Invalid("Figures of the whole group are a measure for a group.", field="source")
    longest = {"aim": LONGEST, "measure": LONGEST_LINE, "unit": LONGEST_LINE}
    for name, most in longest.items():
        if len(getattr(aim, name)) > most:
            raise Invalid(f"This is longer than {most} letters. Make it shorter.", field=name)


def measure(
    session: NetworkSession,
    cycle_id: UUID,
    day: date | None,
    value: float | None,
    note: str = "",
    *,
    by: Person,
    at: datetime,
) -> float | None:
    """Keep what was measured on a day; the value that stood there before, if another did."""
    kept = must_go_on(session, cycle_id)
    if kept.source != Source.TYPED:
        raise Conflict("The points of this measure come from the figures themselves.")
    if day is None or day > (at + timedelta(days=1)).date():
        raise Invalid("Give the day on which it was measured, today or before.", field="day")
    if value is None:
        raise Invalid("Give a number, for example 12 or 12.5.", field="value")
    if len(note) > LONGEST_LINE:
        raise Invalid(f"This is longer than {LONGEST_LINE} letters.", field="note")
    return _keep(session, cycle_id, day, value, note, by=by, at=at)


def _keep(
    session: NetworkSession,
    cycle_id: UUID,
    day: date,
    value: float,
    note: str,
    *,
    by: Person,
    at: datetime,
) -> float | None:
    point = improving.point_row(session, cycle_id, day)
    stood = point.value if point else None
    if point is None:
        if len(improving.points(session, cycle_id)) >= MOST_POINTS:
            raise Conflict("There are very many points already. Begin another cycle.")
        told: dict[str, Any] = {"value": value, "note": note, "by": by.id, "at": at}
        session.add(CyclePoint(cycle_id=cycle_id, day=day, **told))
    else:
        point.value, point.note, point.by, point.at = value, note, by.id, at
    session.flush()
    _wrote(session, "improvement measured", cycle_id, by=by, at=at)
    return stood if stood != value else None


def forget(
    session: NetworkSession, cycle_id: UUID, day: date, *, by: Person, at: datetime
) -> Measured:
    """Take a day's value off the chart; what it was, so that it can be put back."""
    must_go_on(session, cycle_id)
    stood = {each.point.day: each for each in improving.points(session, cycle_id)}.get(day)
    if stood is None:
        raise Missing("There is no value on this day.")
    session.delete(improving.point_row(session, cycle_id, day))
    session.flush()
    _wrote(session, "improvement point removed", cycle_id, by=by, at=at)
    return stood


def fix_median(session: NetworkSession, cycle_id: UUID, *, by: Person, at: datetime) -> date:
    """From now on the median is that of the points there are, ten at least; the last of their days."""
    kept = must_go_on(session, cycle_id)
    points = course(session, improving.find(session, cycle_id)).points
    if len(points) < FEWEST:
        raise Conflict("A median that stays needs ten points at least.")
    kept.baseline_until = points[-1].point.day
    _wrote(session, "improvement median fixed", cycle_id, by=by, at=at)
    return kept.baseline_until


def free_median(session: NetworkSession, cycle_id: UUID, *, by: Person, at: datetime) -> None:
    """The median is that of all points again; twice does no harm."""
    kept = must_go_on(session, cycle_id)
    if kept.baseline_until is not None:
        kept.baseline_until = None
        _wrote(session, "improvement median freed", cycle_id, by=by, at=at)


def end(session: NetworkSession, cycle_id: UUID, learnt: str, *, by: Person, at: datetime) -> None:
    """Bring a cycle to an end with what was learnt."""
    kept = must_go_on(session, cycle_id)
    if len(learnt) > LONGEST:
        raise Invalid(f"This is longer than {LONGEST} letters. Make it shorter.", field="learnt")
    kept.learnt, kept.ended_at = learnt, at
    _wrote(session, "improvement ended", cycle_id, by=by, at=at)


def take_up(session: NetworkSession, cycle_id: UUID, *, by: Person, at: datetime) -> None:
    """Go on with a cycle that had ended; twice does no harm."""
    kept = improving.locked(session, cycle_id)
    if kept.ended_at is not None:
        kept.ended_at = None
        _wrote(session, "improvement taken up again", cycle_id, by=by, at=at)


def can_join(session: NetworkSession, cycle: Cycle) -> list[Named]:
    """Those who observe in the network and have no part in this cycle yet, by name."""
    return [each for each in staff.observers(session) if each.id not in cycle.people]


def add_member(
    session: NetworkSession, cycle_id: UUID, person_id: UUID | None, *, by: Person, at: datetime
) -> None:
    """Somebody more takes part: they see everything and can add to it."""
    must_go_on(session, cycle_id)
    cycle = improving.find(session, cycle_id)
    if person_id is None or person_id not in {each.id for each in can_join(session, cycle)}:
        raise Invalid("Choose somebody from the list.", field="person")
    improving.add_member(session, cycle_id, person_id)
    _wrote(session, "improvement joined", cycle_id, by=by, at=at)


def drop_member(
    session: NetworkSession, cycle_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Somebody takes part no longer; whoever began the cycle stays. Twice does no harm."""
    if must_go_on(session, cycle_id).made_by == person_id:
        raise Conflict("Whoever began the cycle stays in it.")
    if improving.drop_member(session, cycle_id, person_id):
        _wrote(session, "improvement left", cycle_id, by=by, at=at)


def must_go_on(session: NetworkSession, cycle_id: UUID) -> ImprovementCycle:
    """The row of a cycle, held; Conflict where it has ended."""
    kept = improving.locked(session, cycle_id)
    if kept.ended_at is not None:
        raise Conflict(OVER)
    return kept


def _wrote(session: NetworkSession, did: str, cycle_id: UUID, *, by: Person, at: datetime) -> None:
    history.wrote(session, did, "improvement", cycle_id, by=by.id, at=at)
