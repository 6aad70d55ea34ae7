"""The kept counts are at every moment what a fresh count of the rows gives."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from importlib import import_module
from itertools import combinations
from typing import Any
from uuid import UUID

from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from observe.core.counting import CellKind, Counts, LessonKind, ObserverKind, RaterKind
from observe.core.observation import Capacity, Observer
from observe.core.pairing import LeftOut, PairedLevels
from observe.core.permissions import RoleKind
from observe.services import revealing
from observe.storage import paired_counts, paired_ratings
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Source
from observe.storage.tables.calibration import (
    CellCount,
    LessonCount,
    ObserverCount,
    PairedLesson,
    RaterCount,
)
from tests.factories import School, a_lesson, a_person
from tests.talks import LATER, a_talk, begun, same

KINDS: Mapping[Any, Any] = {
    CellKind: CellCount,
    LessonKind: LessonCount,
    ObserverKind: ObserverCount,
    RaterKind: RaterCount,
}
CAPACITIES = {
    "Sion": Capacity.HEAD,
    "Peter": Capacity.HEAD,
    "Helen": Capacity.LEADER,
    "Ruth": Capacity.ADVISER,
}
DAYS = (date(2026, 4, 5), date(2026, 4, 6), date(2026, 11, 17))
Told = Mapping[Any, int]


def kept(session: NetworkSession) -> Told:
    """Every kept count by rubric version and kind."""
    return {
        (row.rubric_digest, *(getattr(row, name) for name in kind._fields)): row.times
        for kind, table in KINDS.items()
        for row in session.scalars(select(table))
    }


def anew(session: NetworkSession) -> Told:
    return {
        (digest, *key): times
        for digest, counts in paired_counts.counted(session).items()
        for key, times in all_of(counts).items()
    }


def all_of(counts: Counts) -> Told:
    parts: Sequence[Told] = (counts.cells, counts.lessons, counts.observers, counts.raters)
    return {kind: times for part in parts for kind, times in part.items()}


def levels_of(
    school: School, who: Sequence[str], cells: Sequence[Sequence[int]], day: date
) -> list[PairedLevels]:
    """Every two of these observers, who each gave so many criteria and occasions a level."""
    observers = [Observer(school[name].id, name, CAPACITIES[name]) for name in who]
    return [
        PairedLevels(
            criterion=("relationships", "routines", "talk:open")[place % 3],
            occasion=f"segment-{place // 3}",
            first=observers[one],
            second=observers[other],
            levels=(levels[one], levels[other]),
            observed_on=day,
            weight=1 / (len(who) - 1),
        )
        for place, levels in enumerate(cells)
        for one, other in combinations(range(len(who)), 2)
    ]


WHO = st.sampled_from(
    [("Sion", "Ruth"), ("Sion", "Helen", "Ruth"), ("Sion", "Peter", "Helen", "Ruth")]
)
CELLS = st.tuples(*[st.integers(0, 3)] * 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"), st.integers(0, 2), WHO, st.lists(CELLS, max_size=6), st.integers(0, 2),
            st.sampled_from([None, *LeftOut]),
        ),
        st.tuples(st.just("clear"), st.integers(0, 2)),
        st.tuples(st.just("leave out"), st.integers(0, 2), st.sampled_from(sorted(CAPACITIES))),
    ),
    max_size=8,
)  # fmt: skip


def three_lessons(school: School) -> list[UUID]:
    if "Peter" not in school.people:
        a_person(school, "Peter Nwosu", RoleKind.HEAD)
    return [a_lesson(school).id for _ in range(3)]


def act(
    session: NetworkSession, school: School, lessons: list[UUID], step: tuple[Any, ...]
) -> None:
    """Reveal a lesson anew, take its rows away, or leave out those of one who withdrew."""
    did, lesson_id, *more = step[0], lessons[step[1]], *step[2:]
    if did == "leave out":
        paired_ratings.leave_out(session, lesson_id, [school[more[0]].id])
        return
    paired_ratings.clear(session, lesson_id)
    if did == "write" and not withdrawn(session, lesson_id):
        who, cells, day, left_out = more
        digest = school.rubrics["teaching-framework"]
        source = Source(lesson_id, school.school_id, digest, left_out)
        paired_ratings.write(session, source, levels_of(school, who, cells, DAYS[day]))


def withdrawn(session: NetworkSession, lesson_id: UUID) -> bool:
    """Whether rows of this lesson stand there for good, which the same two cannot give once more."""
    return (
        session.scalar(select(PairedLesson.lesson_id).where(PairedLesson.lesson_id == lesson_id))
        is not None
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_changes_the_kept_counts_are_those_of_a_fresh_count(
    school: School, steps: list[tuple[Any, ...]]
) -> None:
    lessons = three_lessons(school)
    with school.database.write(school.network_id) as session:
        for step in steps:
            act(session, school, lessons, step)
            assert kept(session) == anew(session)


def test_they_follow_a_reveal_and_a_withdrawal(school: School) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same(level=2)}, at=LATER + timedelta(days=1))
    lesson = a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)})
    with school.database.write(school.network_id) as session:
        before = kept(session)
        assert before == anew(session) != {}
        begun(session, lesson.observations["Helen"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
        assert kept(session) == anew(session) != before


def test_a_count_of_everything_anew_changes_nothing(school: School) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)})
    with school.database.write(school.network_id) as session:
        before = kept(session)
        paired_counts.count_anew(session)
        assert kept(session) == before != {}


def test_a_database_from_before_gets_its_counts(school: School) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same(level=2)}, at=LATER + timedelta(days=1))
    a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)})
    with school.database.read(school.network_id) as session:
        before = kept(session)
    versions = "observe.storage.migrations.versions"
    migration = import_module(f"{versions}.0005_kept_counts")
    with school.database.engine.begin() as connection:
        for table in ("cell_count", "lesson_count", "observer_count", "rater_count"):
            connection.execute(text(f"DROP TABLE {table}"))
        with Operations.context(MigrationContext.configure(connection)) as operations:
            operations.drop_index("ix_paired_lesson_met")
            for columns in migration.INDEXES:
                operations.drop_index(f"ix_paired_lesson_network_id_{'_'.join(columns)}")
            with operations.batch_alter_table("paired_lesson") as paired_lesson:
                paired_lesson.drop_column("observed_on")
            migration.upgrade()
            import_module(f"{versions}.0008_raters").upgrade()
    with school.database.read(school.network_id) as session:
        assert kept(session) == before != {}
