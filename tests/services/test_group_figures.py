"""The figures of groups: by school, term and capacities, from rows or kept counts, on every database."""

from collections.abc import Iterator
from dataclasses import astuple, is_dataclass
from math import isclose
from pathlib import Path
from uuid import UUID

import pytest

from observe.core.agreement import counts
from observe.core.agreement.kept import report_of_kept, tables_of
from observe.core.agreement.report import report
from observe.core.pairing import PairedLevels
from observe.services import figures, group_figures, rated
from observe.services.group_figures import GroupFigures
from observe.storage import group_counts, group_ratings, paired_ratings
from observe.storage.database import Database, NetworkSession
from observe.storage.schema import upgrade
from tests.factories import School
from tests.groups import FIRST_DAY, RUBRIC, a_crowd, copied, observed
from tests.groups import rated as seen_by_two
from tests.talks import LATER, a_talk

ASKED = [
    ("roles", ""),
    ("all", ""),
    ("all", "spring-2026"),
    ("roles", "autumn-2026"),
    ("head-leader", ""),
]


@pytest.fixture
def crowd(school: School) -> School:
    return a_crowd(school, lessons=60)


@pytest.fixture
def very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any lesson more than five is one of very many."""
    monkeypatch.setattr(counts, "MANY_LESSONS", 5)
    monkeypatch.setattr(group_figures, "MANY_LESSONS", 5)
    monkeypatch.setattr(group_figures, "_figures", rated.Remembered(64))


def asked(session: NetworkSession, who: str, term: str) -> GroupFigures:
    found = group_figures.of_group(session, who=who, term=term)
    assert found is not None
    return found


def numbers(thing: object) -> Iterator[object]:
    """Everything that a report says, one after the other."""
    if is_dataclass(thing) and not isinstance(thing, type):
        thing = astuple(thing)
    if isinstance(thing, tuple | list):
        for each in thing:
            yield from numbers(each)
    else:
        yield thing


def alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_a_group_is_asked_for_by_term_and_by_two_capacities(crowd: School) -> None:
    with crowd.database.read(crowd.network_id) as session:
        whole = asked(session, "", "")
        spring = asked(session, "", "spring-2026")
    assert whole.selection.who == "roles"
    assert [term.name for term in whole.terms] == ["Summer 2026", "Spring 2026"]
    assert spring.selection.term in whole.terms
    assert spring.report is not None
    assert whole.report is not None
    assert 0 < spring.report.lessons < whole.report.lessons == 52


def test_what_is_not_known_is_as_if_it_were_not_asked_for(crowd: School) -> None:
    with crowd.database.read(crowd.network_id) as session:
        found = asked(session, "head-nobody", "winter-1066")
        assert found.selection == asked(session, "", "").selection


def test_a_school_and_a_term_are_asked_for_together(crowd: School) -> None:
    with crowd.database.read(crowd.network_id) as session:
        whole = asked(session, "roles", "spring-2026")
        found = group_figures.of_group(
            session, school_id=crowd.school_id, who="roles", term="spring-2026"
        )
    assert found is not None
    assert found.report == whole.report
    assert found.left_out == whole.left_out


@pytest.mark.parametrize(("who", "term"), ASKED)
def test_the_kept_counts_give_the_report_that_the_rows_give(
    crowd: School, monkeypatch: pytest.MonkeyPatch, who: str, term: str
) -> None:
    monkeypatch.setattr(counts, "MANY_LESSONS", 0)
    with crowd.database.read(crowd.network_id) as session:
        found = asked(session, who, term)
        criteria = rated.rated_criteria(found.rubric)
        pairs = group_ratings.rated_pairs(session, found.selection)
        ratings = group_figures.ratings_of(found.rubric, pairs)
        by_rows = report(ratings)
        kept = group_counts.kept(session, found.selection, criteria, observers=by_rows.observers)
    by_counts = report_of_kept(kept)
    assert tables_of(kept) == group_figures._tables(ratings)
    told = list(zip(numbers(by_counts), numbers(by_rows), strict=True))
    assert [pair for pair in told if not alike(*pair)] == []
    assert by_rows.lessons > 0


def test_a_group_of_very_many_lessons_reads_no_row(
    crowd: School, very_many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_row(*_: object) -> object:
        raise AssertionError("a row was read")

    monkeypatch.setattr(group_ratings, "rated_pairs", no_row)
    with crowd.database.read(crowd.network_id) as session:
        found = asked(session, "all", "")
    assert found.report is not None
    assert found.report.lessons == 52
    assert sum(found.left_out.values()) == 8


def test_a_criterion_that_few_people_rated_is_held_back_among_very_many(
    crowd: School, very_many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with crowd.database.write(crowd.network_id) as session:
        one, other = observed(crowd, 0)
        for level in range(3):
            pair = PairedLevels("tone-names", "whole", one, other, (level, 1), FIRST_DAY, 1.0)
            seen_by_two(session, crowd, [pair])
    with crowd.database.read(crowd.network_id) as session:
        found = asked(session, "all", "")
    assert found.held_back == {"tone-names"}
    assert found.report is not None
    assert found.report.of("tone-names").n == 0
    assert found.report.of("tone").n > 5


def test_a_withdrawal_shows_at_once_among_very_many(crowd: School, very_many: None) -> None:
    with crowd.database.read(crowd.network_id) as session:
        before = asked(session, "roles", "").report
        pair = group_ratings.rated_pairs(session, asked(session, "roles", "").selection)[0]
    with crowd.database.write(crowd.network_id) as session:
        paired_ratings.leave_out(session, UUID(pair.lesson), [UUID(pair.observer_a)])
    with crowd.database.read(crowd.network_id) as session:
        after = asked(session, "roles", "")
    assert before is not None
    assert after.report is not None
    assert after.report.lessons == before.lessons - 1
    assert {why: n for why, n in after.left_out.items() if why == "withdrawn"} == {"withdrawn": 1}


@pytest.mark.parametrize("from_counts", [False, True])
def test_whole_reports_are_the_same_on_sqlite_and_postgresql(
    crowd: School, tmp_path: Path, request: pytest.FixtureRequest, from_counts: bool
) -> None:
    if crowd.database.engine.dialect.name != "postgresql":
        pytest.skip("compared where there is a PostgreSQL; script/test runs this there")
    if from_counts:
        request.getfixturevalue("very_many")
    a_talk(crowd, {"Sion": {"routines": 2}, "Ruth": {"routines": 3}}, at=LATER)
    url = f"sqlite:///{tmp_path / 'same.sqlite3'}"
    upgrade(url)
    other = Database(url)
    copied(crowd, other)
    told = [all_told(each, crowd) for each in (crowd.database, other)]
    other.engine.dispose()
    assert told[0] == told[1]


def all_told(database: Database, crowd: School) -> list[object]:
    """Everything that is shown of each group and of two people, made anew."""
    group_figures._figures, figures._reports = rated.Remembered(64), rated.Remembered(64)
    digest = crowd.rubrics[RUBRIC]
    with database.read(crowd.network_id) as session:
        groups = [
            group_figures.of_group(session, digest=digest, who=who, term=term)
            for who, term in ASKED
        ]
        pair = figures.with_partner(
            session, crowd["Amina"].id, crowd["Gwen"].id, digest=digest, at=LATER
        )
    assert all(each and each.report for each in groups[:3])
    shown = ("report", "tables", "left_out", "people", "whos", "terms", "versions", "held_back")
    told = [getattr(each, name) for each in groups for name in shown]
    return [*told, pair.report, pair.rows]
