"""A network of many lessons, rated by pairs and threes in several terms, segments and nominal codes."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from sqlalchemy import insert, select

from observe.core.ids import new_id
from observe.core.observation import Capacity, Observer
from observe.core.pairing import LeftOut, PairedLevels
from observe.core.permissions import RoleKind
from observe.storage import paired_ratings
from observe.storage.database import Database, NetworkSession
from observe.storage.paired_ratings import Source
from observe.storage.tables import Base
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.people import Network
from tests.factories import NOW, School, a_person

HEADS = [f"{name} Head" for name in ("Amina", "Brian", "Carys", "Dilys", "Elwyn", "Ffion")]
ADVISERS = [f"{name} Adviser" for name in ("Gwen", "Huw", "Ifan", "Joan", "Kay")]
RUBRIC = "two-looks"
FIRST_DAY = date(2026, 1, 12)
CELLS = (
    *(("tone", "segment-1", 4), ("tone", "segment-2", 4)),
    *(("order", "segment-1", 4), ("order", "segment-2", 4)),
    *(("setting", "whole", 5), ("task-set", "segment-1", 2)),
)


def a_crowd(school: School, *, lessons: int, seed: int = 1) -> School:
    """So many lessons; every fifth with a third observer, every seventh left out."""
    rng = random.Random(seed)
    for name in HEADS:
        a_person(school, name, RoleKind.HEAD)
    for name in ADVISERS:
        a_person(school, name, RoleKind.ADVISER)
    with school.database.write(school.network_id) as session:
        for number in range(lessons):
            day = FIRST_DAY + timedelta(days=2 * number)
            left_out = LeftOut.NOT_BLIND if number % 7 == 6 else None
            rated(session, school, _levels(rng, observed(school, number), day), left_out=left_out)
    return school


def rated(
    session: NetworkSession,
    school: School,
    levels: Iterable[PairedLevels],
    *,
    left_out: LeftOut | None = None,
) -> UUID:
    """One lesson with these levels among the rows from which the figures are counted."""
    lesson = Lesson(
        id=new_id(NOW),
        school_id=school.school_id,
        teacher_id=school["Catrin"].id,
        starts_at=NOW,
        rubric_digest=school.rubrics[RUBRIC],
        planned_at=NOW,
    )
    session.add(lesson)
    session.flush()
    source = Source(lesson.id, school.school_id, lesson.rubric_digest, left_out)
    paired_ratings.write(session, source, levels)
    return lesson.id


def observed(school: School, number: int) -> list[Observer]:
    """Who rates the lesson of this number: a head and an adviser, and at times a leader."""
    head, adviser = HEADS[number % len(HEADS)], ADVISERS[number % len(ADVISERS)]
    found = [(head, Capacity.HEAD), (adviser, Capacity.ADVISER)]
    if number % 5 == 4:
        found.insert(1, ("Helen Marsh", Capacity.LEADER))
    return [Observer(school[name.split()[0]].id, name, capacity) for name, capacity in found]


def _levels(rng: random.Random, observers: Sequence[Observer], day: date) -> Iterator[PairedLevels]:
    """Levels near one another; now and then somebody gives none."""
    for criterion, occasion, levels in CELLS:
        true = rng.randrange(levels)
        given = [
            (who, max(0, min(levels - 1, true + rng.choice((-1, 0, 0, 0, 1)))))
            for who in observers
            if rng.random() < 0.9
        ]
        for one, other in combinations(given, 2):
            yield PairedLevels(
                criterion=criterion,
                occasion=occasion,
                first=one[0],
                second=other[0],
                levels=(one[1], other[1]),
                observed_on=day,
                weight=1 / (len(given) - 1),
            )


def copied(school: School, database: Database) -> None:
    """Write all rows of this network into another database."""
    with school.database.outside() as session:
        network = session.execute(select(Network.__table__)).mappings().all()
    with database.outside(writes=True) as session:
        mine = [dict(row) for row in network if row["id"] == school.network_id]
        session.execute(insert(Network), mine)
    with school.database.read(school.network_id) as old, database.write(school.network_id) as new:
        _copy(old, new)


def _copy(old: NetworkSession, new: NetworkSession) -> None:
    for table in Base.metadata.sorted_tables:
        if "network_id" in table.columns:
            query = select(table).where(table.c.network_id == old.network_id)
            rows = [dict(row) for row in old.execute(query).mappings()]
            if rows:
                new.execute(insert(table), rows)
