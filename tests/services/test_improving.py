"""Improvement cycles on a real database."""

from datetime import timedelta

import pytest

from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.improving import Aim, Cycle, Source, Words, value_in, value_told
from observe.services import improving, improving_figures, improving_steps
from observe.services.improving import Course
from observe.storage import improving as kept
from tests.factories import NOW, School
from tests.groups import a_crowd
from tests.improving import BETTER, a_cycle, a_step, measured
from tests.talks import a_talk, same


def course_of(school: School, cycle_id: object) -> tuple[Cycle, Course]:
    with school.database.read(school.network_id) as session:
        cycle = kept.find(session, cycle_id)  # type: ignore[arg-type]
        return cycle, improving.course(session, cycle)


def test_a_cycle_is_of_whoever_begins_it_and_of_those_they_add(school: School) -> None:
    cycle_id = a_cycle(school)
    with school.database.write(school.network_id) as session:
        ruth = school["Ruth"].id
        assert not improving.listed(session, school["Ruth"]).going_on
        improving.add_member(session, cycle_id, ruth, by=school["Sion"], at=NOW)
        (found,) = improving.listed(session, school["Ruth"]).going_on
        assert found.people == {ruth, school["Sion"].id}
        with pytest.raises(Invalid):
            improving.add_member(session, cycle_id, school["Catrin"].id, by=school["Sion"], at=NOW)
        with pytest.raises(Conflict):
            improving.drop_member(session, cycle_id, school["Sion"].id, by=school["Ruth"], at=NOW)
        improving.drop_member(session, cycle_id, ruth, by=school["Ruth"], at=NOW)
        assert not improving.listed(session, school["Ruth"]).going_on


def test_a_facilitator_finds_the_cycles_of_groups_and_no_heads_own(school: School) -> None:
    a_cycle(school)
    groups = a_cycle(school, of_group=True)
    with school.database.read(school.network_id) as session:
        found = improving.listed(session, school["Margaret"])
    assert [each.id for each in found.seen] == [groups]
    assert not found.going_on


def test_a_day_has_one_value_and_what_stood_there_is_told(school: School) -> None:
    cycle_id, day = a_cycle(school), NOW.date()
    with school.database.write(school.network_id) as session:
        keep = improving.measure
        assert keep(session, cycle_id, day, 2.0, by=school["Sion"], at=NOW) is None
        assert keep(session, cycle_id, day, 3.0, by=school["Sion"], at=NOW) == 2.0
        stood = improving.forget(session, cycle_id, day, by=school["Sion"], at=NOW)
        assert stood.point.value == 3.0
        with pytest.raises(Missing):
            improving.forget(session, cycle_id, day, by=school["Sion"], at=NOW)


def test_no_point_lies_in_the_future(school: School) -> None:
    cycle_id = a_cycle(school)
    with school.database.write(school.network_id) as session, pytest.raises(Invalid):
        day = (NOW + timedelta(days=3)).date()
        improving.measure(session, cycle_id, day, 2.0, by=school["Sion"], at=NOW)


def test_a_median_that_stays_shows_what_came_after_it(school: School) -> None:
    cycle_id = a_cycle(school)
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        improving.fix_median(session, cycle_id, by=school["Sion"], at=NOW)
    measured(school, cycle_id, BETTER[:10])
    with school.database.write(school.network_id) as session:
        improving.fix_median(session, cycle_id, by=school["Sion"], at=NOW)
        later = NOW + timedelta(weeks=10)
        for week, value in enumerate(BETTER[10:], start=1):
            day = (NOW + timedelta(weeks=week)).date()
            improving.measure(session, cycle_id, day, value, by=school["Sion"], at=later)
    _cycle, course = course_of(school, cycle_id)
    assert course.chart
    assert (course.chart.baseline, course.chart.median) == (10, 1.05)
    assert course.chart.shifts[-1].up
    with school.database.write(school.network_id) as session:
        improving.free_median(session, cycle_id, by=school["Sion"], at=NOW)
    assert not course_of(school, cycle_id)[1].chart.is_fixed  # type: ignore[union-attr]


def test_what_somebody_else_wrote_into_a_round_meanwhile_is_not_lost(school: School) -> None:
    cycle_id = a_cycle(school)
    step_id = a_step(school, cycle_id)
    with school.database.write(school.network_id) as session:
        change, mine = improving_steps.change, (cycle_id, step_id)
        words = Words(change="Count", found="More hands")
        change(session, *mine, words, None, "keep", revision=1, by=school["Sion"], at=NOW)
        with pytest.raises(Stale):
            other = Words(change="Something else")
            change(session, *mine, other, None, "drop", revision=1, by=school["Sion"], at=NOW)
        change(session, *mine, words, None, "keep", revision=1, by=school["Sion"], at=NOW)
        with pytest.raises(Invalid):
            change(session, *mine, words, None, "perhaps", revision=2, by=school["Sion"], at=NOW)


def test_what_ended_takes_no_more_points_until_it_is_taken_up_again(school: School) -> None:
    cycle_id = a_cycle(school)
    with school.database.write(school.network_id) as session:
        improving.end(session, cycle_id, "Three seconds are long", by=school["Sion"], at=NOW)
        with pytest.raises(Conflict):
            improving.measure(session, cycle_id, NOW.date(), 1.0, by=school["Sion"], at=NOW)
        improving.take_up(session, cycle_id, by=school["Sion"], at=NOW)
        improving.measure(session, cycle_id, NOW.date(), 1.0, by=school["Sion"], at=NOW)


def test_figures_of_observe_are_a_measure_of_groups_alone(school: School) -> None:
    with school.database.write(school.network_id) as session, pytest.raises(Invalid):
        own = Aim(aim="Agree", measure="Same level", source=Source.SAME_LEVEL)
        improving.begin(session, own, by=school["Sion"], at=NOW)


def test_figures_of_observe_are_the_windows_of_the_group_and_of_five_people_at_least(
    school: School,
) -> None:
    from observe.services import over_time_figures

    cycle_id = a_cycle(school, of_group=True, source=Source.SAME_LEVEL)
    assert course_of(school, cycle_id)[1].why_none == improving_figures.NOTHING_YET
    a_talk(school, {"Sion": same(), "Ruth": same()})
    assert course_of(school, cycle_id)[1].why_none == improving_figures.TOO_SMALL
    a_crowd(school, lessons=60)
    _cycle, course = course_of(school, cycle_id)
    with school.database.read(school.network_id) as session:
        shown = over_time_figures.of_group(session)
    assert shown
    assert len(course.points) == len(shown.course.drift.windows) > 0
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        improving.measure(session, cycle_id, NOW.date(), 1.0, by=school["Sion"], at=NOW)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("12", 12.0), ("12,5", 12.5), (" 68 % ", 68.0), ("−3", -3.0), ("", None)),
        *(("nan", None), ("inf", None), ("1e300", None), ("a few", None)),
    ],
)
def test_a_value_is_read_as_people_write_it(typed: str, value: float | None) -> None:
    assert value_in(typed) == value


@pytest.mark.parametrize(("value", "told"), [(12.0, "12"), (0.50, "0.5"), (-0.0, "0"), (-3, "−3")])
def test_a_value_is_told_without_digits_that_say_nothing(value: float, told: str) -> None:
    assert value_told(value) == told
