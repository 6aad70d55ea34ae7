"""Who gives higher levels: told to each person first, and to others only what design allows."""

from datetime import datetime, timedelta

import pytest

from observe.core.figures_shown import Kept
from observe.core.permissions import RoleKind
from observe.services import leniency_figures, revealing
from observe.services.leniency_figures import WHOLE, LeniencyFigures, View, fit_of, of_network
from tests.factories import School, a_person
from tests.observing import a_facilitators_world, a_head_elsewhere, opens, together
from tests.talks import LATER, a_talk, same

SOON = LATER + timedelta(days=2)
NEXT_TERM = LATER + timedelta(days=120)
MUCH_LATER = LATER + timedelta(days=90)


def seen_by(
    school: School, first_name: str, *, at: datetime = SOON, rubric: str = "", view: View = WHOLE
) -> LeniencyFigures:
    with school.database.read(school.network_id) as session:
        digest = school.rubrics.get(rubric, "")
        found = of_network(session, by=school[first_name], digest=digest, view=view, at=at)
    assert found is not None
    return found


def names(found: LeniencyFigures) -> list[str]:
    return [line.name.split()[0] for each in found.components for line in each.lines]


def test_before_any_pair_is_counted_there_is_nothing(school: School) -> None:
    with school.database.read(school.network_id) as session:
        assert of_network(session, by=school["Sion"], at=SOON) is None


def test_whoever_gives_higher_levels_is_positive_and_sees_it_at_once(school: School) -> None:
    together(school, "Sion", "Ruth", 8)
    head, adviser = seen_by(school, "Sion").own, seen_by(school, "Ruth").own
    assert head is not None
    assert adviser is not None
    assert head.logits is not None
    assert adviser.logits == pytest.approx(-head.logits)
    assert (head.low or 0) < head.logits < (head.high or 0)
    assert head.logits > 0


def test_with_fewer_than_five_lessons_there_is_none_and_the_reason(school: School) -> None:
    together(school, "Sion", "Ruth", 4)
    own = seen_by(school, "Sion").own
    assert own is not None
    assert (own.logits, own.reason, own.lessons) == (None, "fewer than 5 lessons", 4)


def test_with_one_partner_nobody_is_told_who_is_the_uneven_one(school: School) -> None:
    together(school, "Sion", "Ruth", 8)
    own = seen_by(school, "Sion").own
    assert own is not None
    assert (own.partners, own.infit) == (1, None)


def test_a_head_sees_nobody_but_themselves(school: School) -> None:
    together(school, "Sion", "Ruth", 8)
    opens(school, "Ruth")
    found = seen_by(school, "Sion", at=MUCH_LATER)
    assert names(found) == ["Siôn"]
    assert found.kept == {Kept.THEIRS: 1}
    assert not found.others


def test_an_adviser_sees_the_head_they_are_assigned_to_once_the_head_has_looked(
    school: School,
) -> None:
    together(school, "Sion", "Ruth", 6)
    assert names(seen_by(school, "Ruth")) == ["Ruth"]
    assert seen_by(school, "Ruth").kept == {Kept.UNOPENED: 1}
    opens(school, "Sion")
    assert names(seen_by(school, "Ruth")) == ["Ruth", "Siôn"]


def test_or_28_days_after_the_fifth_lesson_was_revealed(school: School) -> None:
    together(school, "Sion", "Ruth", 6)
    fifth = LATER + timedelta(days=4)
    assert names(seen_by(school, "Ruth", at=fifth + timedelta(days=27))) == ["Ruth"]
    assert names(seen_by(school, "Ruth", at=fifth + timedelta(days=28))) == ["Ruth", "Siôn"]


def test_an_adviser_sees_no_head_of_a_school_they_do_not_coach(school: School) -> None:
    a_head_elsewhere(school)
    together(school, "Sion", "Ruth", 6)
    together(school, "Nia", "Ruth", 6)
    for who in ("Sion", "Nia"):
        opens(school, who)
    found = seen_by(school, "Ruth", at=MUCH_LATER)
    assert "Nia" not in names(found)
    assert found.kept[Kept.THEIRS] == 1


def test_an_adviser_sees_no_other_adviser_and_no_leader(school: School) -> None:
    a_person(school, "David Kerr", RoleKind.ADVISER)
    together(school, "David", "Ruth", 6)
    together(school, "Helen", "Ruth", 6)
    found = seen_by(school, "Ruth", at=MUCH_LATER)
    assert names(found) == ["Ruth"]
    assert found.kept == {Kept.THEIRS: 2}


def test_a_facilitator_sees_a_figure_of_20_lessons_and_3_partners_once_it_was_opened(
    school: School,
) -> None:
    a_facilitators_world(school)
    assert names(seen_by(school, "Margaret")) == []
    assert seen_by(school, "Margaret").kept == {Kept.UNOPENED: 1, Kept.NOT_ENOUGH: 3}
    opens(school, "Sion")
    assert names(seen_by(school, "Margaret")) == ["Siôn"]
    assert seen_by(school, "Margaret").own is None


def test_19_lessons_are_not_enough_for_a_facilitator_however_long_ago(school: School) -> None:
    together(school, "Sion", "Ruth", 19)
    opens(school, "Sion")
    found = seen_by(school, "Margaret", at=MUCH_LATER)
    assert names(found) == []
    assert found.kept == {Kept.NOT_ENOUGH: 2}


def test_who_has_fewer_than_five_lessons_is_counted_as_that(school: School) -> None:
    together(school, "Sion", "Ruth", 6)
    together(school, "Sion", "Helen", 1)
    assert seen_by(school, "Margaret", at=MUCH_LATER).kept[Kept.FEW] == 1


def test_the_last_one_of_a_group_cannot_be_worked_out_from_the_rest(school: School) -> None:
    """The values add up to zero: with the adviser's own and one head's, the other head's is known."""
    a_person(school, "Mair Ellis", RoleKind.HEAD)
    together(school, "Sion", "Ruth", 6)
    together(school, "Mair", "Ruth", 7)
    opens(school, "Sion")
    found = seen_by(school, "Ruth")
    assert names(found) == ["Ruth"]
    assert found.kept == {Kept.UNOPENED: 1, Kept.WORKED_OUT: 1}
    opens(school, "Mair")
    assert names(seen_by(school, "Ruth")) == ["Mair", "Ruth", "Siôn"]


def test_two_groups_that_never_met_are_never_on_one_scale(school: School) -> None:
    a_person(school, "David Kerr", RoleKind.ADVISER)
    together(school, "Sion", "Ruth", 7)
    together(school, "Helen", "David", 6)
    with school.database.read(school.network_id) as session:
        fit = fit_of(session, school.rubrics["teaching-framework"])
    found = seen_by(school, "Margaret")
    assert {(c.observers, c.lessons) for c in found.components} == {(2, 7), (2, 6)}
    for number in (1, 2):
        values = [fit.observers[who].logits or 0.0 for who in fit.of_component(number)]
        assert sum(values) == pytest.approx(0)


def test_the_fit_is_kept_until_a_rating_changes(school: School) -> None:
    digest = school.rubrics["teaching-framework"]
    together(school, "Sion", "Ruth", 6)
    with school.database.read(school.network_id) as session:
        before = fit_of(session, digest)
    with school.database.read(school.network_id) as session:
        assert fit_of(session, digest) is before
    together(school, "Sion", "Ruth", 1, at=LATER + timedelta(days=9))
    with school.database.read(school.network_id) as session:
        after = fit_of(session, digest)
    assert [fit.observers[school["Sion"].id].lessons for fit in (before, after)] == [6, 7]


def test_lessons_that_are_not_revealed_or_were_opened_early_do_not_count(school: School) -> None:
    together(school, "Sion", "Ruth", 5)
    a_talk(school, {"Sion": same(level=4), "Ruth": same(level=1)}, sealed=False)
    early = a_talk(school, {"Sion": same(level=4), "Ruth": same(level=1)}, sealed=False)
    before = seen_by(school, "Sion").own
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, early.id, by=school["Helen"], at=LATER)
    found = seen_by(school, "Sion")
    assert found.own == before
    assert sum(found.left_out.values()) == 1


def test_versions_of_a_rubric_are_apart_and_ones_own_comes_first(school: School) -> None:
    together(school, "Sion", "Ruth", 6)
    for day in range(5):
        given = {"Helen": {"thinking": 3}, "Ruth": {"thinking": 2}}
        a_talk(school, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    assert seen_by(school, "Helen").digest == school.rubrics["work-scrutiny"]
    assert seen_by(school, "Sion").digest == school.rubrics["teaching-framework"]
    asked = seen_by(school, "Sion", rubric="work-scrutiny")
    assert (asked.digest, asked.own) == (school.rubrics["work-scrutiny"], None)


def test_another_networks_figures_are_never_looked_at(school: School) -> None:
    together(school, "Sion", "Ruth", 6)
    with school.database.read(school.network_id) as session:
        fit = leniency_figures.fit_of(session, school.rubrics["teaching-framework"])
    assert set(fit.observers) == {school["Sion"].id, school["Ruth"].id}


def test_a_group_is_drawn_only_where_a_figure_may_be_seen(school: School) -> None:
    together(school, "Sion", "Ruth", 3)
    assert not seen_by(school, "Sion").drawn
    together(school, "Sion", "Ruth", 3, at=LATER + timedelta(days=9))
    assert len(seen_by(school, "Sion").drawn) == 1
    assert not seen_by(school, "Margaret").drawn


def test_twenty_lessons_and_three_partners_are_asked_of_the_term_that_is_shown(
    school: School,
) -> None:
    a_facilitators_world(school)
    together(school, "Sion", "Ruth", 19, at=NEXT_TERM)
    opens(school, "Sion")
    at = NEXT_TERM + timedelta(days=90)
    assert names(seen_by(school, "Margaret", at=at)) == ["Siôn"]
    assert names(seen_by(school, "Margaret", at=at, view=View(term="autumn-2026"))) == ["Siôn"]
    later = seen_by(school, "Margaret", at=at, view=View(term="spring-2027"))
    assert not names(later)
    assert later.kept == {Kept.NOT_ENOUGH: 2}


def test_28_days_count_from_the_lessons_of_the_term_that_is_shown(school: School) -> None:
    together(school, "Sion", "Ruth", 6)
    together(school, "Sion", "Ruth", 6, at=NEXT_TERM)
    for days, seen in ((20, ["Ruth"]), (40, ["Ruth", "Siôn"])):
        at = NEXT_TERM + timedelta(days=days)
        found = seen_by(school, "Ruth", at=at, view=View(term="spring-2027"))
        assert names(found) == seen
        assert names(seen_by(school, "Ruth", at=at)) == ["Ruth", "Siôn"]


def test_a_fit_on_one_criterion_rests_on_its_rows_only(school: School) -> None:
    together(school, "Sion", "Ruth", 8)
    for day in range(5):
        given = {"Sion": {"routines": 1}, "Ruth": {"routines": 4}}
        a_talk(school, given, at=LATER + timedelta(days=20 + day))
    lower = seen_by(school, "Sion", view=View(criterion="routines")).own
    higher = seen_by(school, "Sion", view=View(criterion="relationships")).own
    assert lower is not None
    assert higher is not None
    assert (lower.lessons, higher.lessons) == (13, 8)
    assert (lower.logits or 0) < 0 < (higher.logits or 0)


def test_only_observers_of_the_chosen_school_are_listed_and_the_others_counted(
    school: School,
) -> None:
    a_head_elsewhere(school)
    for name in ("David Kerr", "Amina Farouk"):
        a_person(school, name, RoleKind.ADVISER)
    for head in ("Sion", "Nia"):
        for partner, number in (("Ruth", 8), ("David", 7), ("Amina", 6)):
            together(school, head, partner, number)
        opens(school, head)
    every = seen_by(school, "Margaret", at=MUCH_LATER)
    assert set(names(every)) >= {"Siôn", "Nia"}
    (away,) = (key for key, name in every.schools.items() if name == "School of Nia Bevan")
    found = seen_by(school, "Margaret", at=MUCH_LATER, view=View(school_id=away))
    assert names(found) == ["Nia"]
    assert found.elsewhere == len(names(every)) - 1
    assert found.components[0].observers == every.components[0].observers
    assert seen_by(school, "Sion", view=View(school_id=away)).view.school_id is None
