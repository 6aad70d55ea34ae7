"""What is kept of the ratings is held against them, and made anew where it differs."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from observe.storage import paired_check
from observe.storage.database import NetworkSession
from observe.storage.paired_check import BY_LEVELS, Kept
from observe.storage.tables.calibration import (
    CellCount,
    LessonCount,
    ObserverCount,
    PairedLesson,
    PairedRating,
    RaterCount,
)
from tests.factories import School
from tests.groups import RUBRIC, a_crowd

Fault = Callable[[NetworkSession], object]


@pytest.fixture
def crowd(school: School) -> School:
    """Pairs and threes, segments, terms, and lessons that are left out."""
    return a_crowd(school, lessons=12)


def found(school: School, fault: Fault) -> set[tuple[str, Kept]]:
    """(criterion, what is kept) of all that differs after a fault; nothing differs when it is mended."""
    with school.database.write(school.network_id) as session:
        assert paired_check.differences(session) == []
        fault(session)
        told = paired_check.differences(session)
        assert {each.rubric_digest for each in told} <= {school.rubrics[RUBRIC]}
        assert all(each.places for each in told)
        paired_check.mend(session)
        assert paired_check.differences(session) == []
    return {(each.criterion, each.kept) for each in told}


def test_a_count_of_levels_that_is_too_high_is_named_by_its_criterion(crowd: School) -> None:
    one_more = update(CellCount).where(CellCount.criterion == "setting", CellCount.term == "")
    told = found(crowd, lambda session: session.execute(one_more.values(times=CellCount.times + 1)))
    assert told == {("setting", Kept.SUMS), ("setting", Kept.COUNTS)}


def test_a_count_of_a_term_is_no_part_of_the_sums_and_still_found(crowd: School) -> None:
    of_term = delete(CellCount).where(CellCount.criterion == "tone", CellCount.term != "")
    assert found(crowd, lambda session: session.execute(of_term)) == {("tone", Kept.COUNTS)}


@pytest.mark.parametrize("table", [LessonCount, ObserverCount, RaterCount])
def test_every_kept_count_is_held_against_the_rows(crowd: School, table: type[LessonCount]) -> None:
    told = found(crowd, lambda session: session.execute(delete(table)))
    named = {criterion for criterion, kept in told if kept == Kept.COUNTS}
    assert (
        named
        == {
            LessonCount: {"", "setting", "tone", "order", "task-set"},
            ObserverCount: {""},
            RaterCount: {"setting", "tone", "order", "task-set"},
        }[table]
    )


def test_a_rating_that_the_summary_and_the_counts_lack_is_brought_in(crowd: School) -> None:
    def fault(session: NetworkSession) -> None:
        row = session.query(PairedRating).filter_by(criterion="setting", left_out=None).first()
        assert row
        row.level_a += 1
        session.flush()

    assert found(crowd, fault) == {("setting", Kept.SUMS), ("setting", Kept.SUMMARIES)}


def test_a_lesson_without_a_summary_gets_one_and_a_summary_without_ratings_goes(
    crowd: School,
) -> None:
    def fault(session: NetworkSession) -> None:
        one, other = session.query(PairedLesson).filter_by(left_out=None).limit(2)
        session.delete(one)
        session.flush()
        gone = delete(PairedRating).where(PairedRating.lesson_id == other.lesson_id)
        session.execute(gone)

    kinds = {kept for _, kept in found(crowd, fault)}
    assert kinds == set(Kept)


def test_a_block_that_the_summaries_have_wrong_is_found_though_no_level_differs(
    crowd: School,
) -> None:
    def wrong_block(session: NetworkSession) -> None:
        session.execute(update(PairedLesson).values(block=(PairedLesson.block + 1) % 200))

    kinds = {kept for _, kept in found(crowd, wrong_block)}
    assert kinds == {Kept.SUMMARIES, Kept.COUNTS}


def test_the_sums_are_read_from_the_index_alone_in_its_order(crowd: School) -> None:
    if crowd.database.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    with crowd.database.read(crowd.network_id) as session:
        query = f"EXPLAIN QUERY PLAN {BY_LEVELS.compile(session.bind.engine)}"
        asked = (crowd.network_id.hex,)
        plan = [row[3] for row in session.bind.exec_driver_sql(query, asked)]
    assert plan == [
        "SEARCH paired_rating USING COVERING INDEX ix_paired_rating_table (network_id=?)"
    ]
