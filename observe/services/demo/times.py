"""When the people of the demonstration are free: half days of advisers, days away, a teacher's week."""

from datetime import datetime, time, timedelta
from itertools import islice
from uuid import UUID

from observe.services.demo import calendar
from observe.services.demo.cast import Cast, Taught
from observe.storage.rows import Rows

# The half days that an adviser gives to lessons: (weekday, part).
GIVEN = ((0, "afternoon"), (1, "morning"), (2, "morning"), (2, "afternoon"), (3, "morning"))
TIMETABLED = 3
WEEK = ((0, time(9, 15)), (2, time(10, 30)), (3, time(13, 20)))


def write(rows: Rows, cast: Cast, *, at: datetime) -> None:
    """Advisers gave half days of their week; some are away soon; some teachers typed in their lessons."""
    advisers = dict.fromkeys(a.id for school in cast.schools for a in school.advisers)
    for adviser_id in advisers:
        for weekday, part in GIVEN:
            rows.add("free_time", person_id=adviser_id, weekday=weekday, part=part)
    heads = (school.head.id for school in cast.schools[::4])
    for person_id in (*islice(advisers, 2), *heads):
        _away(rows, person_id, at=at)
    for school in cast.schools:
        for taught in school.teachers[:TIMETABLED]:
            _week(rows, school.id, taught)


def _away(rows: Rows, person_id: UUID, *, at: datetime) -> None:
    """Two school days in the weeks to come, other ones for each person."""
    days = list(islice(calendar.after(at.date() + timedelta(days=6)), 12))
    first = days[person_id.int % 10]
    last = days[days.index(first) + 1]
    # One line a person, so the person's id serves the line as well.
    rows.add("away", id=person_id, person_id=person_id, first_day=first, last_day=last)


def _week(rows: Rows, school_id: UUID, taught: Taught) -> None:
    for number, (weekday, begins_at) in enumerate(WEEK):
        rows.add(
            "taught_time",
            id=UUID(int=taught.person.id.int + number),
            person_id=taught.person.id,
            school_id=school_id,
            weekday=weekday,
            begins_at=begins_at,
            minutes=60,
            class_id=taught.class_id,
            school_subject=taught.subjects[number % len(taught.subjects)],
        )
