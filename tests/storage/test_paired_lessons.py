"""The kept summary of the paired ratings says what their rows say."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, text

from observe.services import revealing
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedLesson, PairedRating
from tests.factories import School
from tests.talks import LATER, a_talk, begun, same

Told = set[tuple[object, ...]]


def shared(row: PairedRating | PairedLesson) -> tuple[object, ...]:
    """Why it is left out comes last."""
    names = (
        "lesson_id",
        "observer_a",
        "observer_b",
        "capacity_a",
        "capacity_b",
        "school_id",
        "observed_on",
    )
    return tuple(getattr(row, name) for name in (*names, "rubric_digest", "block", "left_out"))


def told_by_rows(session: NetworkSession) -> Told:
    return {
        (*shared(r), r.criterion, r.occasion, r.weight, r.level_a, r.level_b)
        for r in session.scalars(select(PairedRating))
    }


def told_by_summary(session: NetworkSession) -> Told:
    return {
        (*shared(r), *cell)
        for r in session.scalars(select(PairedLesson))
        for cell in zip(*r.rated, *r.levels, strict=True)
    }


def three_observers(school: School) -> UUID:
    a_talk(school, {"Sion": same(), "Ruth": same(level=2)}, at=LATER + timedelta(days=1))
    return a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)}).id


def test_the_summary_tells_what_the_rows_tell(school: School) -> None:
    three_observers(school)
    with school.database.read(school.network_id) as session:
        assert told_by_summary(session) == told_by_rows(session)
        assert len(told_by_rows(session)) == 4 * (1 + 3)


def test_it_still_does_when_somebody_withdraws(school: School) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same(), "Helen": same(level=1)})
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Helen"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
    with school.database.read(school.network_id) as session:
        told = told_by_summary(session)
        assert told == told_by_rows(session)
        assert "withdrawn" in {each[9] for each in told}


def test_a_database_from_before_gets_its_summary(school: School) -> None:
    three_observers(school)
    with school.database.engine.begin() as connection:
        for table in (
            "paired_lesson",
            "cell_count",
            "lesson_count",
            "observer_count",
            "rater_count",
        ):
            connection.execute(text(f"DROP TABLE {table}"))
        with Operations.context(MigrationContext.configure(connection)):
            for name in ("0002_paired_lessons", "0005_kept_counts", "0008_raters"):
                import_module(f"observe.storage.migrations.versions.{name}").upgrade()
    with school.database.read(school.network_id) as session:
        assert told_by_summary(session) == told_by_rows(session) != set()
