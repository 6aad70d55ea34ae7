"""A criterion that few people rated cannot be worked out from two groups in which more people did."""

from datetime import date, timedelta

import pytest

from observe.core.agreement import counts
from observe.core.observation import Observer
from observe.core.pairing import PairedLevels
from observe.services import group_figures
from observe.services import rated as figures_of
from tests.factories import School
from tests.groups import FIRST_DAY, a_crowd, observed, rated

AUTUMN = date(2026, 10, 1)


def seen(school: School, number: int, criterion: str, day: date) -> None:
    """One lesson of a head and an adviser, who both gave the lowest level but one."""
    head, adviser = (each for each in observed(school, number) if each.capacity != "leader")
    seen_by(school, head, adviser, criterion, day)


def seen_by(school: School, head: Observer, adviser: Observer, criterion: str, day: date) -> None:
    with school.database.write(school.network_id) as session:
        rated(session, school, [PairedLevels(criterion, "whole", head, adviser, (1, 1), day, 1.0)])


def held_back(school: School, term: str = "") -> frozenset[str]:
    with school.database.read(school.network_id) as session:
        found = group_figures.of_group(session, who="roles", term=term)
    assert found is not None
    assert found.report is not None
    return found.held_back


@pytest.fixture
def crowd(school: School) -> School:
    """Everybody observes in spring and in autumn, when only one pair rates the criterion as well."""
    a_crowd(school, lessons=30)
    for number in range(30):
        seen(school, number, "setting", AUTUMN + timedelta(days=number))
        seen(school, number, "tone-names", FIRST_DAY + timedelta(days=number))
    seen(school, 0, "tone-names", AUTUMN)
    return school


def test_spring_is_held_back_where_the_year_without_it_tells_of_one_pair(crowd: School) -> None:
    assert "tone-names" not in held_back(crowd)
    assert "tone-names" in held_back(crowd, "autumn-2026")
    assert "tone-names" in held_back(crowd, "spring-2026")


def test_it_is_held_back_among_very_many_lessons_too(
    crowd: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Very many lessons are answered from the kept counts, and so is who rated each criterion."""
    monkeypatch.setattr(counts, "MANY_LESSONS", 5)
    monkeypatch.setattr(group_figures, "MANY_LESSONS", 5)
    monkeypatch.setattr(group_figures, "_figures", figures_of.Remembered(64))
    assert "tone-names" not in held_back(crowd)
    assert "tone-names" in held_back(crowd, "autumn-2026")
    assert "tone-names" in held_back(crowd, "spring-2026")
    assert "setting" not in held_back(crowd, "autumn-2026") | held_back(crowd, "spring-2026")


def test_what_everybody_rates_in_both_terms_is_shown_in_both(crowd: School) -> None:
    assert "setting" not in held_back(crowd, "autumn-2026") | held_back(crowd, "spring-2026")
