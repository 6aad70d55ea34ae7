"""Certification by exercises, re-checks among real lessons, and certificates set by hand, as they are kept."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from observe.core.certificates import Hand
from observe.core.certification_rule import DEFAULT, THREE_IN_A_ROW, Rule, Scope, Source, as_json
from observe.core.certification_standing import Kind, Stand
from observe.core.certifying import Decision, Recheck
from observe.core.errors import Conflict, Missing
from observe.core.exercises import Use
from observe.core.rechecks import Limits
from observe.services import certificates, certification_lessons, certification_rules, rechecks
from observe.storage import certificates as kept
from observe.storage import certifications
from observe.storage.tables.certification import CertificationResult, CertificationRule
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.lessons import Lesson
from tests.certifications import BEGIN, FAR, NOW, SAME, in_force, judged, place, rated
from tests.exercising import LEVELS, a_group, published, taken
from tests.factories import School, a_lesson, a_network
from tests.talks import a_talk

EXERCISES = replace(DEFAULT, scope=Scope(source=Source.EXERCISES, levels=3), name="Exercises")
EITHER = replace(
    DEFAULT, scope=Scope(source=Source.EITHER, levels=3), exercise_looks=(5, 8), name="Either"
)
EVERY = replace(
    EXERCISES,
    looks=(),
    scope=Scope(
        source=Source.EXERCISES, levels=3, every_exercise=True, rubric="teaching-framework"
    ),
)
CHECKED = replace(THREE_IN_A_ROW, recheck_every=2)
ALWAYS = Limits(unannounced=True, most=2, first_weeks=0, only_free=False)


def sat(school: School, number: int, levels: dict[str, int] = LEVELS) -> list[UUID]:
    """So many exercises, each taken once as a test by the head."""
    found = [published(school, title=f"Ice {n}", use=Use.TEST) for n in range(number)]
    for n, exercise in enumerate(found):
        taken(school, exercise, "Sion", levels, at=BEGIN + timedelta(days=n))
    return [exercise.id for exercise in found]


def counted(school: School) -> list[tuple[Source, int]]:
    """What counts now, by source."""
    found = place(school).tracks
    return [(track.source, len(track.standing.lessons)) for track in found]


def test_exercises_are_judged_with_the_rule_and_the_very_exercises(school: School) -> None:
    in_force(school, EXERCISES)
    ids = sat(school, 5)
    assert judged(school) == [Decision.PASS]
    (result,) = place(school).results
    assert (result.source, set(result.lessons), result.chance) == (Source.EXERCISES, set(ids), 1.0)
    assert set(place(school).titles.values()) == {f"Ice {n}" for n in range(5)}


def test_an_exercise_counts_the_first_time_only(school: School) -> None:
    in_force(school, EXERCISES)
    exercise = published(school, use=Use.TEST)
    taken(school, exercise, "Sion", dict.fromkeys(LEVELS, 1), at=BEGIN)
    taken(school, exercise, "Sion", LEVELS, at=BEGIN + timedelta(days=1))
    (track,) = place(school).tracks
    assert [cell.gap for cell in track.standing.lessons[0].cells] == [2] * 4


def test_practice_never_counts_and_a_group_counts_once_it_was_shown(school: School) -> None:
    in_force(school, EXERCISES)
    taken(school, published(school, title="Practice"), "Sion", LEVELS, at=BEGIN)
    shown, hidden = (published(school, title=name, use=Use.GROUP) for name in ("A", "B"))
    a_group(school, shown, {"Sion": LEVELS}, revealed=True, at=BEGIN)
    a_group(school, hidden, {"Sion": LEVELS}, at=BEGIN)
    assert counted(school) == [(Source.EXERCISES, 1)]


def test_lessons_and_exercises_count_apart(school: School) -> None:
    in_force(school, EITHER)
    rated(school, 3)
    sat(school, 4)
    assert counted(school) == [(Source.LESSONS, 3), (Source.EXERCISES, 4)]
    assert judged(school) == []
    sat(school, 1)
    assert judged(school) == [Decision.PASS]
    assert place(school).results[0].source is Source.EXERCISES


def test_all_published_tests_are_asked_and_new_ones_after_training(school: School) -> None:
    in_force(school, EVERY)
    sat(school, 4)
    assert place(school).tracks[0].standing.look is None
    sat(school, 2, dict.fromkeys(LEVELS, 1))
    published(school, title="Not taken", use=Use.TEST)
    assert place(school).tracks[0].standing.missing == 1


def test_a_rule_that_was_stored_before_exercises_still_reads_and_judges(school: School) -> None:
    body = as_json(DEFAULT)
    del body["exercise_looks"], body["scope"]["source"], body["scope"]["every_exercise"]
    with school.database.write(school.network_id) as session:
        session.add(CertificationRule(version=1, body=body, by=school["Margaret"].id, at=NOW))
    assert in_force(school, expected=1) == 1
    rated(school, 5)
    assert judged(school) == [Decision.PASS]


def test_how_often_a_rule_errs_fits_what_it_judges(school: School) -> None:
    published(school, use=Use.TEST)
    with school.database.read(school.network_id) as session:
        lessons, exercises = certification_rules.errs(session, EITHER)
        assert (lessons.source, exercises.source) == (Source.LESSONS, Source.EXERCISES)
        assert (lessons.cells, exercises.cells) == (16, 4)
        both = certification_rules.by_either([lessons, exercises])
        assert certification_rules.errs(session, EVERY) == []
    assert both
    assert both[0] > max(lessons.low.passed, exercises.low.passed)


def test_a_re_check_says_how_often_it_takes_a_certificate(school: School) -> None:
    with school.database.read(school.network_id) as session:
        (found,) = certification_rules.errs(session, THREE_IN_A_ROW)
    assert found.lost_low
    assert found.lost_high
    assert found.lost_low > found.lost_high


def certified(school: School, rule: Rule = CHECKED) -> None:
    rated(school, 3)
    in_force(school, rule)
    assert judged(school) == [Decision.PASS]


def test_a_re_check_is_the_next_lesson_beside_an_adviser_once_it_is_due(school: School) -> None:
    certified(school)
    rated(school, 2, beside="Helen", begin=BEGIN + timedelta(days=10))
    assert place(school).standing
    assert judged(school) == []
    a_talk(school, {"Sion": SAME, "Ruth": SAME}, at=BEGIN + timedelta(days=20))
    assert judged(school) == [Decision.PASS]
    (result, *_) = place(school).results
    assert (result.kind, result.look, result.share) == (Kind.RECHECK, 1, None)


def test_a_lost_re_check_ends_the_certificate_and_begins_anew(school: School) -> None:
    certified(school, replace(CHECKED, recheck_every=1))
    a_talk(school, {"Sion": FAR, "Ruth": SAME}, at=BEGIN + timedelta(days=20))
    assert judged(school) == [Decision.MORE]
    where = place(school)
    assert (where.certificate.held, where.standing and where.standing.stand) == (
        False,
        Stand.GATHERING,
    )


def agreed(school: School, limits: Limits = ALWAYS) -> None:
    with school.database.write(school.network_id) as session:
        rechecks.agree(session, limits, expected=0, by=school["Margaret"], at=NOW)


def test_where_they_come_unannounced_only_a_planned_lesson_is_a_re_check(school: School) -> None:
    certified(school)
    agreed(school)
    rated(school, 3, begin=BEGIN + timedelta(days=10))
    assert judged(school) == []
    with school.database.read(school.network_id) as session:
        found = certification_lessons.seen(session, CHECKED, school["Sion"].id)
    assert {each.recheck for each in found} == {Recheck.NEVER}


def test_a_planned_re_check_is_judged_after_the_reveal_and_not_if_it_was_moved(
    school: School,
) -> None:
    certified(school)
    agreed(school)
    day = BEGIN + timedelta(days=10)
    one = a_talk(school, {"Sion": SAME, "Ruth": SAME}, at=day)
    said = kept.Planned(
        one.id, school["Sion"].id, day.date() + timedelta(days=1), school["Ruth"].id
    )
    with school.database.write(school.network_id) as session:
        kept.plan(session, said, at=NOW)
    assert judged(school) == []
    with school.database.write(school.network_id) as session:
        kept.plan(session, said._replace(day=day.date()), at=NOW)
    assert judged(school) == [Decision.PASS]


def plan(school: School, lesson_id: UUID, who: str = "Sion", by: str = "Margaret") -> None:
    with school.database.write(school.network_id) as session:
        rechecks.plan(session, lesson_id, school[who].id, by=school[by], at=NOW)


def test_a_re_check_is_planned_once_and_its_history_is_not_the_lessons(school: School) -> None:
    certified(school)
    agreed(school)
    lesson = a_lesson(school, starts_at=NOW + timedelta(days=5))
    plan(school, lesson.id)
    plan(school, lesson.id)
    with school.database.read(school.network_id) as session:
        query = select(HistoryLine.thing).where(HistoryLine.did == "re-check planned")
        assert session.scalars(query).all() == ["planned_recheck"]
        assert len(kept.planned(session, [school["Sion"].id])) == 1


def test_only_a_lesson_with_an_adviser_before_them_can_be_a_re_check(school: School) -> None:
    certified(school)
    agreed(school)
    beside_a_leader = a_lesson(
        school, starts_at=NOW + timedelta(days=5), observers=("Sion", "Helen")
    )
    with pytest.raises(Missing):
        plan(school, beside_a_leader.id)


def test_whoever_is_not_certified_is_not_re_checked(school: School) -> None:
    in_force(school, CHECKED)
    agreed(school)
    lesson = a_lesson(school, starts_at=NOW + timedelta(days=5))
    with pytest.raises(Conflict, match="no certificate"):
        plan(school, lesson.id)


def test_a_cancelled_lesson_makes_room_for_another_re_check(school: School) -> None:
    certified(school)
    agreed(school, replace(ALWAYS, most=1))
    first, second = (a_lesson(school, starts_at=NOW + timedelta(days=n)) for n in (5, 6))
    plan(school, first.id)
    with pytest.raises(Conflict, match="as many"):
        plan(school, second.id)
    with school.database.write(school.network_id) as session:
        session.get_one(Lesson, (school.network_id, first.id)).cancelled_at = NOW
    plan(school, second.id)


def test_a_certificate_set_by_hand_changes_no_result(school: School) -> None:
    certified(school)
    before = place(school).results
    with school.database.write(school.network_id) as session:
        certificates.set_by_hand(
            session,
            school["Sion"].id,
            Hand.NOT_CERTIFIED,
            None,
            "Asked for it",
            by=school["Margaret"],
            at=NOW,
        )
        did = select(HistoryLine.details).where(HistoryLine.did == "certificate set by hand")
        (details,) = session.scalars(did)
    assert details["reason"] == "Asked for it"
    where = place(school)
    assert (where.certificate.held, where.results) == (False, before)


def test_another_network_has_its_own_certificates_and_re_checks(school: School) -> None:
    certified(school)
    agreed(school)
    other = a_network(school.database, name="Elsewhere")
    with school.database.read(other.network_id) as session:
        shown = certificates.shown(session, [school["Sion"].id], today=NOW.date())
        assert shown.held == {}
        assert not kept.agreed(session).limits.unannounced


def test_a_changed_rule_leaves_every_kept_result_as_it_was(school: School) -> None:
    rules = (DEFAULT, EITHER, replace(THREE_IN_A_ROW, recheck_every=1), EXERCISES, EVERY)
    seen: list[dict[str, object]] = []
    for number, rule in enumerate(rules):
        in_force(school, rule, expected=number)
        rated(school, 3, begin=BEGIN + timedelta(days=4 * number))
        judged(school)
        now = rows(school)
        assert now[: len(seen)] == seen
        seen = now
    assert {row["version"] for row in seen} >= {2, 3}


def rows(school: School) -> list[dict[str, object]]:
    """Every column of every result that is kept, the earliest first."""
    with school.database.read(school.network_id) as session:
        query = select(CertificationResult).order_by(*certifications.IN_TIME)
        found = session.scalars(query).all()
        names = [column.name for column in CertificationResult.__table__.columns]
        return [{name: getattr(row, name) for name in names} for row in found]
