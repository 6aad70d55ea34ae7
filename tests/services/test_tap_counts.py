"""Taps in the figures: two people's counts side by side, from the reveal to the figures of a group."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import krippendorff
import numpy as np
import pytest
from sqlalchemy import select

from observe.core.agreement import counts
from observe.core.agreement.figures import LEFT_OUT, NOT_LEVELS
from observe.core.agreement.kept import cells_of, report_of_kept, tables_of
from observe.core.agreement.leniency import leniency
from observe.core.agreement.report import report
from observe.core.certification_rule import DEFAULT
from observe.services import certification_lessons, figures, group_figures, rated
from observe.services.figures import PairFigures
from observe.storage import group_counts, group_ratings, shelf
from observe.storage.tables.calibration import PairedRating
from tests import groups
from tests.every_scale import publish_every_scale
from tests.factories import PlannedLesson, School
from tests.services.test_group_figures import alike, asked, numbers
from tests.talks import LATER, a_talk

RUBRIC, EVERY_SCALE = "minute-by-minute", "every-scale-apart"
STARTED = {"clock/started": "2026-11-17T10:05:00.000Z"}
FIVE_MINUTES = {"context/ended": 5 * 60_000, "context/partial": "interval-3"}
TAPPED = ((3, 4), (0, 1), (7, 7), (12, 9), (2, 2), (5, 0), (30, 26))


def counted(
    school: School, sion: Mapping[str, Any], ruth: Mapping[str, Any], day: int = 0
) -> PlannedLesson:
    """A lesson of five minutes that both recorded on a tablet."""
    both = {"Sion": sion, "Ruth": ruth}
    fields = {who: STARTED | FIVE_MINUTES | dict(given) for who, given in both.items()}
    return a_talk(school, fields, at=LATER + timedelta(days=day), rubric=RUBRIC)


def rows(school: School, lesson: PlannedLesson, criterion: str) -> dict[str, tuple[int, int]]:
    """The two counts of each occasion."""
    table = PairedRating
    query = select(table.occasion, table.level_a, table.level_b).where(
        table.lesson_id == lesson.id, table.criterion == criterion
    )
    with school.database.read(school.network_id) as session:
        return {occasion: (a, b) for occasion, a, b in session.execute(query)}


@pytest.fixture
def seven(school: School) -> School:
    for day, (sion, ruth) in enumerate(TAPPED):
        counted(school, {"answerers": sion}, {"answerers": ruth} if ruth else {}, day)
    return school


def of_two(school: School) -> PairFigures:
    with school.database.read(school.network_id) as session:
        return figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)


def test_the_reveal_writes_both_counts_of_each_interval(school: School) -> None:
    lesson = counted(school, {"questions/interval-1": 4}, {"questions/interval-3": 2})
    assert rows(school, lesson, "questions") == {
        "interval-1": (4, 0),
        "interval-2": (0, 0),
        "interval-3": (0, 2),
    }
    assert rows(school, lesson, "answerers") == {"whole": (0, 0)}


def test_an_interval_that_one_of_two_did_not_reach_makes_no_row(school: School) -> None:
    longer = {"context/ended": 7 * 60_000, "context/partial": "interval-4"}
    lesson = counted(school, {"questions/interval-4": 3} | longer, {})
    assert "interval-4" not in rows(school, lesson, "questions")


def test_two_people_see_how_far_their_counts_agree(seven: School) -> None:
    found = of_two(seven).report.of("answerers")
    assert (found.criterion.scale, found.criterion.levels) == ("ratio", tuple(range(31)))
    expected = krippendorff.alpha(np.array(TAPPED).T, level_of_measurement="ratio")
    assert found.alpha.value == pytest.approx(expected, abs=1e-12)
    assert found.icc_a1.value is not None
    assert found.mean_difference.value == pytest.approx(np.mean([a - b for a, b in TAPPED]))
    told = found.exact, found.within_one, found.ac1, found.ac2, found.kappa_linear
    assert {figure.reason for figure in told} == {NOT_LEVELS}
    assert found.table is None


def test_counts_stay_out_of_what_is_put_together(seven: School) -> None:
    pooled = of_two(seven).report.pooled
    assert (pooled.criteria, pooled.n) == (0, 0)
    assert dict(pooled.left_out)["answerers"] in (LEFT_OUT, NOT_LEVELS)


def test_no_lesson_is_said_to_be_counted_by_one_only(seven: School) -> None:
    assert {each.alone for each in of_two(seven).report.criteria} == {0}


@pytest.mark.parametrize(("who", "term"), [("roles", ""), ("all", ""), ("all", "spring-2026")])
def test_the_kept_counts_give_what_the_rows_give_of_taps(
    school: School, monkeypatch: pytest.MonkeyPatch, who: str, term: str
) -> None:
    monkeypatch.setattr(groups, "RUBRIC", RUBRIC)
    intervals = tuple(("questions", f"interval-{number}", 9) for number in (1, 2))
    monkeypatch.setattr(groups, "CELLS", (*intervals, ("answerers", "whole", 40)))
    groups.a_crowd(school, lessons=60)
    monkeypatch.setattr(counts, "MANY_LESSONS", 0)
    with school.database.read(school.network_id) as session:
        found = asked(session, who, term)
        pairs = group_ratings.rated_pairs(session, found.selection)
        ratings = group_figures.ratings_of(found.rubric, pairs)
        by_rows = report(ratings)
        largest = rated.largest_of(found.rubric, group_counts.largest(session, found.selection))
        criteria = rated.rated_criteria(found.rubric, largest)
        kept = group_counts.kept(session, found.selection, criteria, observers=by_rows.observers)
    assert criteria == ratings.criteria
    told = zip(numbers(report_of_kept(kept)), numbers(by_rows), strict=True)
    assert [pair for pair in told if not alike(*pair)] == []
    assert cells_of(kept) == rated.cells_of(ratings) == found.counted
    assert tables_of(kept) == found.tables
    assert by_rows.of("answerers").alpha.value is not None


@pytest.fixture
def both_kinds(school: School) -> School:
    """Lessons in which two gave levels and tapped: alike in levels, far apart in taps."""
    publish_every_scale(school)
    for day, (sion, ruth) in enumerate(TAPPED):
        level = STARTED | {"whole-levels-4": 1 + day % 4, "whole-levels-3": 1 + day % 3}
        taps = {"Sion": 10 * sion, "Ruth": ruth + 1}
        given = {who: level | {"whole-tapped": number} for who, number in taps.items()}
        a_talk(school, given, at=LATER + timedelta(days=day), rubric=EVERY_SCALE)
    return school


def test_taps_say_nothing_of_who_gives_higher_levels(both_kinds: School) -> None:
    digest = both_kinds.rubrics[EVERY_SCALE]
    with both_kinds.database.read(both_kinds.network_id) as session:
        pairs = group_ratings.rated_pairs(session, group_ratings.Selection(digest))
        ratings = group_figures.ratings_of(shelf.rubric(session, digest), pairs)
    ratings = replace(ratings, observers=("Siôn", "Ruth"))
    of_levels = np.array([each.has_levels for each in ratings.criteria])[ratings.criterion]
    rest = ratings.only(np.flatnonzero(of_levels))
    assert 0 < rest.first.size < ratings.first.size
    assert leniency(ratings) == leniency(rest)


def test_taps_are_in_no_certification(both_kinds: School) -> None:
    with both_kinds.database.read(both_kinds.network_id) as session:
        seen = certification_lessons.seen(session, DEFAULT, both_kinds["Sion"].id)
    cells = [cell for lesson in seen for cell in lesson.cells]
    assert {cell.criterion for cell in cells} == {"whole-levels-4", "whole-levels-3"}
    assert {cell.gap for cell in cells} == {0}
