"""Certification of people: the rule with its versions, the rows that count, and who may see what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from observe.core.certification_rule import (
    BY_POINTS,
    CLASS_LIKE,
    DEFAULT,
    NONE_FAR_APART,
    THREE_IN_A_ROW,
    Beside,
    Floor,
    Scope,
)
from observe.core.certification_standing import Stand
from observe.core.certifying import Clause, Decision
from observe.core.errors import Invalid, Missing, Stale
from observe.core.ids import new_id
from observe.core.permissions import RoleKind, may
from observe.services import certification_rules, certification_seen, certifying, figures, revealing
from observe.storage import certifications, paired_ratings
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.people import School as SchoolRow
from tests.certifications import (
    BEGIN,
    FAR,
    NOW,
    SAME,
    in_force,
    judged,
    opened,
    place,
    rated,
)
from tests.factories import School, a_network, a_person
from tests.talks import a_talk


def test_a_rule_in_force_is_followed_by_another_version(school: School) -> None:
    assert in_force(school) == 1
    assert in_force(school, BY_POINTS, expected=1) == 2
    with school.database.read(school.network_id) as session:
        newest, first = certification_rules.kept(session)
    assert (newest.version.rule, newest.version.ended_at) == (BY_POINTS, None)
    assert (first.version.ended_by, first.ended_by) == (school["Margaret"].id, "Margaret Obi")


def test_the_same_rule_once_more_changes_nothing(school: School) -> None:
    in_force(school)
    assert in_force(school, expected=1) == 1


def test_a_rule_that_somebody_changed_meanwhile_is_not_overwritten(school: School) -> None:
    in_force(school)
    with pytest.raises(Stale):
        in_force(school, BY_POINTS, expected=0)


def test_a_rule_with_a_fault_is_refused_with_its_part(school: School) -> None:
    with pytest.raises(Invalid, match="at most at 100") as refused:
        in_force(school, replace(DEFAULT, threshold=1.2))
    assert refused.value.field == "threshold"


@pytest.mark.parametrize(
    ("scope", "floors", "told"),
    [
        (Scope(rubric="nowhere", levels=3), (), "Choose a rubric"),
        (Scope(rubric="teaching-framework", levels=7), (), "as many levels"),
        (Scope(rubric="teaching-framework", levels=3), (Floor(0.5, "juggling"),), "juggling"),
    ],
)
def test_a_rule_that_does_not_fit_the_rubric_is_refused(
    school: School, scope: Scope, floors: tuple[Floor, ...], told: str
) -> None:
    with pytest.raises(Invalid, match=told):
        in_force(school, replace(DEFAULT, scope=scope, floors=floors))


def test_each_change_of_the_rule_writes_its_line_of_history(school: School) -> None:
    in_force(school)
    with school.database.write(school.network_id) as session:
        certification_rules.end(session, expected=1, by=school["Margaret"], at=NOW)
        assert certifications.in_force(session) is None
        did = session.scalars(
            select(HistoryLine.did).where(HistoryLine.thing == "certification_rule")
        ).all()
    assert set(did) == {"certification rule put in force", "certification rule ended"}


def test_without_a_rule_nobody_is_judged(school: School) -> None:
    rated(school, 6)
    assert judged(school) == []
    assert place(school).standing is None


def test_a_look_is_judged_once_and_names_lessons_rule_and_clause(school: School) -> None:
    rated(school, 6)
    version = in_force(school)
    assert judged(school) == [Decision.PASS]
    assert judged(school) == []
    (result,) = place(school).results
    assert (result.version, result.clause, result.look) == (version, Clause.PROBABLE, 5)
    assert (len(result.lessons), result.points, result.cells) == (5, 20, 20)
    assert (result.share, result.by) == (1.0, school["Sion"].id)
    assert result.chance == 1.0


def test_every_look_that_is_due_is_judged_in_turn(school: School) -> None:
    rated(school, 10, SAME | {"routines": 1})
    in_force(school)
    assert judged(school) == [Decision.MORE, Decision.MORE]
    assert [result.look for result in place(school).results] == [10, 5]


def test_a_changed_rule_never_judges_again(school: School) -> None:
    rated(school, 5, FAR)
    in_force(school)
    assert judged(school) == [Decision.TRAIN]
    in_force(school, replace(DEFAULT, threshold=0.1, name="Easier"), expected=1)
    assert judged(school) == []
    rated(school, 5, begin=NOW)
    assert judged(school, at=NOW + timedelta(days=6)) == [Decision.PASS]
    assert [result.version for result in place(school).results] == [2, 1]


def test_a_result_stays_when_its_lesson_is_withdrawn_later(school: School) -> None:
    rated(school, 4)
    last = a_talk(school, {"Sion": SAME, "Ruth": SAME}, at=BEGIN + timedelta(days=9))
    in_force(school)
    judged(school)
    with school.database.write(school.network_id) as session:
        paired_ratings.leave_out(session, last.id, [school["Ruth"].id])
    assert last.id in place(school).results[0].lessons


def test_a_lesson_counts_only_after_the_reveal(school: School) -> None:
    rated(school, 4)
    a_talk(school, {"Sion": SAME, "Ruth": SAME}, at=BEGIN + timedelta(days=9), sealed=False)
    in_force(school)
    stands = place(school).standing
    assert stands
    assert (stands.stand, len(stands.lessons)) == (Stand.GATHERING, 4)


def test_a_lesson_that_was_opened_early_does_not_count(school: School) -> None:
    rated(school, 4)
    early = a_talk(school, {"Sion": SAME, "Ruth": SAME}, sealed=False)
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, early.id, by=school["Helen"], at=NOW)
    in_force(school)
    assert judged(school) == []


def test_beside_an_adviser_other_partners_do_not_count(school: School) -> None:
    a_person(school, "Nia Head", RoleKind.HEAD)
    rated(school, 3, beside="Nia")
    rated(school, 2, begin=BEGIN + timedelta(days=20))
    rule = replace(CLASS_LIKE, scope=Scope(beside=Beside.ADVISER, levels=4))
    in_force(school, rule)
    stands = place(school).standing
    assert stands
    assert len(stands.lessons) == 2


def test_a_rule_of_seven_levels_finds_no_criterion_of_four(school: School) -> None:
    rated(school, 5)
    in_force(school, CLASS_LIKE)
    assert judged(school) == []


def test_a_rubric_that_the_rule_does_not_name_does_not_count(school: School) -> None:
    rated(school, 5)
    marked = {"Sion": {"order": 2}, "Ruth": {"order": 2}}
    a_talk(school, marked, rubric="work-scrutiny", at=BEGIN + timedelta(days=30))
    in_force(school, replace(NONE_FAR_APART, scope=Scope(rubric="work-scrutiny")))
    stands = place(school).standing
    assert stands
    assert len(stands.lessons) == 1


def test_two_partners_of_one_lesson_are_two_sets_of_cells(school: School) -> None:
    a_talk(school, {"Sion": SAME, "Ruth": SAME, "Helen": FAR})
    in_force(school)
    stands = place(school).standing
    assert stands
    (lesson,) = stands.lessons
    assert sorted(cell.gap for cell in lesson.cells) == [0] * 4 + [2] * 4


def test_a_gap_names_its_criterion(school: School) -> None:
    rated(school, 4)
    rated(school, 1, SAME | {"routines": 1}, begin=BEGIN + timedelta(days=20))
    in_force(school, NONE_FAR_APART)
    assert judged(school) == [Decision.TRAIN]
    assert place(school).results[0].criterion == "routines"


def test_three_in_a_row_are_judged_lesson_by_lesson(school: School) -> None:
    rated(school, 2, FAR)
    rated(school, 3, begin=BEGIN + timedelta(days=10))
    in_force(school, THREE_IN_A_ROW)
    assert judged(school) == [Decision.MORE, Decision.MORE, Decision.PASS]
    first = place(school).results[-1]
    assert (first.look, first.share, first.points) == (3, None, 4)


def test_a_certificate_says_until_when(school: School) -> None:
    rated(school, 5)
    in_force(school, replace(DEFAULT, expiry_months=12))
    judged(school)
    now, later = place(school), place(school, at=NOW + timedelta(days=366))
    assert now.standing
    assert later.standing
    assert (now.standing.stand, str(now.standing.until)) == (Stand.PASSED, "2027-11-20")
    assert later.standing.stand is Stand.GATHERING


def test_judging_oneself_opens_ones_figures_and_is_in_history(school: School) -> None:
    rated(school, 5)
    in_force(school)
    judged(school)
    with school.database.read(school.network_id) as session:
        assert figures.opened_at(session, school["Sion"].id)
        line = session.scalars(
            select(HistoryLine).where(HistoryLine.did == "certification judged")
        ).one()
    assert (line.details["decision"], line.details["version"]) == ("pass", 1)


def test_another_network_has_its_own_rule_and_results(school: School) -> None:
    other = a_network(school.database, name="Elsewhere")
    rated(other, 5)
    in_force(other)
    judged(other)
    rated(school, 5)
    in_force(school, BY_POINTS)
    assert place(school).results == []
    with school.database.read(school.network_id) as session, pytest.raises(Missing):
        certifying.place_of(session, other["Sion"].id, at=NOW)


def shown(school: School, reader: str) -> tuple[list[str], int]:
    with school.database.read(school.network_id) as session:
        found = certification_seen.others(session, by=school[reader], at=NOW)
    return [line.name.split()[0] for line in found.lines], found.hidden


def test_an_adviser_sees_a_head_of_theirs_once_the_head_has_opened(school: School) -> None:
    rated(school, 3, begin=NOW - timedelta(days=5))
    assert shown(school, "Ruth") == ([], 1)
    opened(school, "Sion")
    assert shown(school, "Ruth") == (["Siôn"], 0)


def test_a_facilitator_needs_twenty_lessons_and_three_partners(school: School) -> None:
    rated(school, 19)
    opened(school, "Sion")
    assert shown(school, "Margaret") == ([], 2)
    rated(school, 1, beside="Helen", begin=BEGIN + timedelta(days=30))
    a_person(school, "Nia Head", RoleKind.HEAD)
    rated(school, 1, beside="Nia", begin=BEGIN + timedelta(days=31))
    assert shown(school, "Margaret") == (["Siôn"], 3)


def test_a_head_sees_nobody_else(school: School) -> None:
    rated(school, 6)
    opened(school, "Ruth")
    assert shown(school, "Sion") == ([], 0)


def test_an_adviser_judges_a_look_only_when_it_has_waited_28_days(school: School) -> None:
    rated(school, 5, begin=NOW - timedelta(days=30))
    opened(school, "Sion")
    in_force(school)

    def may_judge(days: int) -> bool:
        at = NOW + timedelta(days=days)
        with school.database.read(school.network_id) as session:
            thing = certifying.judging_thing(session, school["Sion"].id, by=school["Ruth"], at=at)
        return may(school["Ruth"], "judge certification", thing)

    assert [may_judge(days) for days in (0, 1, 2, 3)] == [False, False, True, True]
    assert judged(school, by="Ruth", at=NOW + timedelta(days=3)) == [Decision.PASS]
    assert not may_judge(4)


def test_an_adviser_of_another_school_sees_nobody(school: School) -> None:
    rated(school, 6)
    opened(school, "Sion")
    elsewhere = replace(school, school_id=new_id(NOW), people=school.people)
    with school.database.write(school.network_id) as session:
        session.add(SchoolRow(id=elsewhere.school_id, name="Elsewhere"))
    a_person(elsewhere, "Amina Adviser", RoleKind.ADVISER)
    assert shown(school, "Amina") == ([], 0)


def test_results_are_told_of_oneself_and_of_those_one_may_see(school: School) -> None:
    rated(school, 5)
    in_force(school)
    judged(school)
    with school.database.read(school.network_id) as session:
        told = {
            reader: [
                name
                for name, _ in certification_seen.results_shown(session, by=school[reader], at=NOW)
            ]
            for reader in ("Sion", "Ruth", "Helen", "Margaret")
        }
    assert told == {
        "Sion": ["Siôn Prydderch"],
        "Ruth": ["Siôn Prydderch"],
        "Helen": [],
        "Margaret": [],
    }


def test_the_odds_of_a_rule_use_the_criteria_of_its_rubric(school: School) -> None:
    rule = replace(DEFAULT, scope=Scope(rubric="teaching-framework", levels=3))
    with school.database.read(school.network_id) as session:
        assert certification_rules.errs(session, rule)[0].cells == 16
        again = certification_rules.errs(session, rule)[0]
        assert certification_rules.errs(session, rule)[0] is again
