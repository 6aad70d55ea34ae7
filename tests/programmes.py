"""Programmes for tests: one that begins in September, and who is in it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from observe.core.assessing import Moment
from observe.core.exercises import Given
from observe.core.programme import Programme
from observe.core.programme_file import read_programme
from observe.core.workshop import WorkshopWish
from observe.services import (
    assessing,
    assessing_form,
    programme_beginning,
    programme_progress,
    suggesting,
    workshops,
)
from observe.services.programme_progress import Progress
from observe.storage.database import NetworkSession
from tests.assessed import WISH
from tests.factories import NOW, School

YEAR, CASCADE = programme_beginning.shipped()
STARTS = date(2026, 9, 7)
TODAY = NOW.date()
A_SEASON = """\
programme: season
version: 1
language: en
title: A season
for: heads
led_by: facilitator
stages:
  - {stage: meet, title: We meet, kind: workshop, by_week: 2}
  - {stage: practise, title: Practise, kind: practice-lesson, needed: 2, by_week: 8}
  - {stage: pair, title: Pair, kind: paired-lesson, by_week: 12, counts: {beside: [adviser]}}
  - {stage: end, title: The end, kind: paired-lesson, by_week: 14, signed_off_by: adviser}
"""


def a_season(**changed: Any) -> Programme:
    """A short programme, with other words where a test says so."""
    return replace(read_programme(A_SEASON, "season.yaml"), **changed)


def begun(
    school: School,
    programme: Programme = YEAR,
    *,
    members: tuple[str, ...] = ("Sion",),
    by: str = "Margaret",
    starts_on: date = STARTS,
) -> UUID:
    """A programme under way with these members; its id."""
    with school.database.write(school.network_id) as session:
        return programme_beginning.take_into_use(
            session,
            programme,
            starts_on=starts_on,
            members=[school[name].id for name in members],
            by=school[by],
            at=NOW,
        )


def progress(school: School, who: str = "Sion", *, today: date = TODAY) -> Progress:
    """How somebody stands in the programme that they are in."""
    with school.database.read(school.network_id) as session:
        (found,) = programme_progress.of_person(session, school[who].id, today).programmes
    return found


def counted(school: School, stage: str, who: str = "Sion", *, today: date = TODAY) -> int:
    """How many pieces of evidence of one stage are there."""
    found = progress(school, who, today=today).standing(stage)
    assert found is not None
    return found.done


def a_workshop(
    session: NetworkSession,
    school: School,
    programme_id: UUID,
    stage: str,
    came: Collection[UUID],
    *,
    at: datetime = NOW,
) -> UUID:
    """A workshop two hours ago at which these people were."""
    begins = at - timedelta(hours=2)
    wish = WorkshopWish(
        title="We meet", stage=stage, about="", place="", starts_at=begins, ends_at=at
    )
    by = school["Margaret"]
    held = workshops.plan(session, programme_id, wish, by=by, at=begins)
    workshops.say_who_came(session, held, dict.fromkeys(came, True), by=by, at=at)
    return held


def a_planned_workshop(
    school: School,
    programme_id: UUID,
    *,
    stage: str = "first-workshop",
    day: date = date(2026, 11, 24),
) -> UUID:
    """A workshop of an afternoon, of a programme that the facilitator leads."""
    wish = WorkshopWish(
        title="Evidence first",
        stage=stage,
        about="Bring a lesson that you recorded.",
        place="Thornbeck Primary, hall",
        starts_at=datetime.combine(day, time(13), UTC),
        ends_at=datetime.combine(day, time(16), UTC),
    )
    with school.database.write(school.network_id) as session:
        return workshops.plan(session, programme_id, wish, by=school["Margaret"], at=NOW)


def looked_at(
    school: School, of: str, by: str, moment: Moment = Moment.BASELINE, *, at: datetime = NOW
) -> None:
    """Somebody looks at the observing of somebody, or at their own, and seals it."""
    with school.database.write(school.network_id) as session:
        round_id = assessing.begin(session, school[of].id, moment, digest="", by=school[by], at=at)
        form = assessing_form.look(session, round_id, by=school[by])
        for row in form.rows:
            given = Given(row.criterion.scale.levels[1].value, "Seen in three lessons")
            key = row.criterion.criterion
            assessing_form.rate(session, round_id, key, given, by=school[by], at=at)
        if moment is Moment.FINAL and by != of:
            suggesting.suggest(session, round_id, WISH, by=school[by], at=at)
        assessing_form.seal(session, round_id, by=school[by], at=at)
