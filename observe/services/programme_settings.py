"""What a programme under way is called, its days, who leads it, and whether it goes on."""

from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core.errors import Invalid
from observe.core.permissions import Person, RoleKind
from observe.core.programme_group import UnderWay
from observe.core.typed import line_in
from observe.services.programme_under_way import wrote
from observe.storage import people, programmes, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named

LONGEST_NAME = 120
FURTHEST = timedelta(days=366)


def rename(
    session: NetworkSession, programme_id: UUID, name: str, *, by: Person, at: datetime
) -> None:
    """Another name for a programme under way."""
    row, name = programmes.row(session, programme_id), named(name)
    if row.name != name:
        before, row.name = row.name, name
        wrote(session, "renamed", programme_id, by=by, at=at, before=before, after=name)


def move(
    session: NetworkSession, programme_id: UUID, starts_on: date, *, by: Person, at: datetime
) -> None:
    """Another first day; every stage moves by as many days."""
    row = programmes.row(session, programme_id)
    by_days = starts_on - row.starts_on
    if not by_days:
        return
    refuse_far(starts_on, at)
    for each in programmes.find(session, programme_id).dates:
        stage = programmes.stage_row(session, programme_id, each.stage.stage)
        stage.opens_on, stage.due_on = each.opens_on + by_days, each.due_on + by_days
    before, row.starts_on = row.starts_on, starts_on
    wrote(session, "moved", programme_id, by=by, at=at, before=str(before), after=str(starts_on))


def change_dates(
    session: NetworkSession,
    programme_id: UUID,
    stage: str,
    *,
    opens_on: date,
    due_on: date,
    by: Person,
    at: datetime,
) -> None:
    """Other days for one stage: from the programme's first day on, the last after the first."""
    row = programmes.stage_row(session, programme_id, stage)
    if opens_on < programmes.row(session, programme_id).starts_on:
        raise Invalid("A stage cannot begin before its programme.", field="opens_on")
    if due_on < opens_on:
        raise Invalid("It is due before it begins. Give a later day.", field="due_on")
    before, after = (str(row.opens_on), str(row.due_on)), (str(opens_on), str(due_on))
    if before != after:
        row.opens_on, row.due_on = opens_on, due_on
        told = {"stage": stage, "before": before, "after": after}
        wrote(session, "changed the days of a stage", programme_id, by=by, at=at, **told)


def end(session: NetworkSession, programme_id: UUID, *, by: Person, at: datetime) -> None:
    """Close a programme: nobody is asked for its stages any more; what was done stays readable."""
    row = programmes.row(session, programme_id)
    if row.ended_at is None:
        row.ended_at = at
        wrote(session, "ended", programme_id, by=by, at=at)


def reopen(session: NetworkSession, programme_id: UUID, *, by: Person, at: datetime) -> None:
    """Let a programme that was ended go on."""
    row = programmes.row(session, programme_id)
    if row.ended_at is not None:
        row.ended_at = None
        wrote(session, "opened again", programme_id, by=by, at=at)


def hand_over(
    session: NetworkSession, programme_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Let somebody else lead a group: a facilitator, or a head of the school where heads lead."""
    under_way, to = programmes.find(session, programme_id), people.find(session, person_id)
    if to is None or not _can_lead(under_way, to):
        raise Invalid("Choose somebody who may lead this programme.", field="person")
    if programmes.members(session, programme_id=programme_id, person_ids=[person_id]):
        raise Invalid("Nobody leads a group in which they take part.", field="person")
    if under_way.led_by != person_id:
        programmes.row(session, programme_id).led_by = person_id
        wrote(session, "handed over", programme_id, by=by, at=at, to=str(person_id))


def could_lead(session: NetworkSession, programme_id: UUID) -> list[Named]:
    """Who else could lead a programme, by name: nobody who takes part in it."""
    under_way = programmes.find(session, programme_id)
    there = {each.person_id for each in programmes.members(session, programme_id=programme_id)}
    if under_way.school_id is None:
        found = staff.of_schools(session, [RoleKind.FACILITATOR], None)
    else:
        found = staff.of_schools(session, [RoleKind.HEAD], [under_way.school_id])
    return [each for each in found if each.id not in {*there, under_way.led_by}]


def _can_lead(under_way: UnderWay, person: Person) -> bool:
    if under_way.school_id is None:
        return person.has(RoleKind.FACILITATOR)
    return under_way.school_id in person.schools(RoleKind.HEAD)


def refuse_far(day: date, at: datetime) -> None:
    """Invalid for a first day more than a year away."""
    if abs(day - at.date()) > FURTHEST:
        raise Invalid("Choose a day less than a year from now.", field="starts_on")


def named(name: str) -> str:
    """The name as it is kept; Invalid where there is none, or a very long one."""
    words = line_in(name)
    if not 0 < len(words) <= LONGEST_NAME:
        raise Invalid(f"Give it a name of at most {LONGEST_NAME} characters.", field="name")
    return words
