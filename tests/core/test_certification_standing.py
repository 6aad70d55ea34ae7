"""Where somebody stands under a rule of certification: lessons, looks, attempts and certificates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from observe.core.certification_rule import (
    DEFAULT,
    PRESETS,
    THREE_IN_A_ROW,
    Rule,
    Scope,
    Source,
)
from observe.core.certification_standing import (
    Kind,
    Result,
    Stand,
    Standing,
    months_after,
    recheck_of,
    result_of,
    standing,
)
from observe.core.certifying import Decision, LessonSeen, Recheck, judge
from tests.core.test_certifying import DAY, a_lesson, lessons

TODAY = date(2026, 12, 1)
ME = uuid4()


def stands(
    rule: Rule,
    seen: Sequence[LessonSeen],
    results: Sequence[Result] = (),
    *,
    today: date = TODAY,
    version: int = 1,
) -> Standing:
    return standing(rule, version, seen, results, today=today)


def looked(
    rule: Rule, seen: Sequence[LessonSeen], results: list[Result], *, today: date = TODAY
) -> Result:
    """The result of the look that is due."""
    now = stands(rule, seen, results, today=today)
    assert now.stand is Stand.DUE
    assert now.look
    found = result_of(
        rule,
        1,
        now,
        judge(rule, now.lessons, look=now.look),
        id=uuid4(),
        person_id=ME,
        chance=0.9,
        by=ME,
        at=datetime.combine(today, datetime.min.time(), UTC),
    )
    results.append(found)
    return found


def test_lessons_gather_until_a_look_is_due() -> None:
    early = stands(DEFAULT, lessons(3, 0))
    assert (early.stand, early.look, early.missing) == (Stand.GATHERING, 5, 2)
    due = stands(DEFAULT, lessons(6, 0))
    assert (due.stand, due.look, due.due_since) == (Stand.DUE, 5, DAY + timedelta(days=4))


def test_a_result_keeps_its_lessons_and_the_next_look_has_more() -> None:
    results: list[Result] = []
    seen = lessons(12, 0, 1, 1, 0, 2)
    first = looked(DEFAULT, seen, results)
    assert first.lessons == tuple(each.lesson_id for each in seen[:5])
    assert (first.decision, first.next_look) == (Decision.MORE, 10)
    assert stands(DEFAULT, seen, results).look == 10


def test_after_training_only_new_lessons_count_and_only_after_the_wait() -> None:
    rule = replace(DEFAULT, wait_days=30)
    results: list[Result] = []
    old = lessons(6, *[0, 2] * 8)
    looked(rule, old, results, today=DAY + timedelta(days=10))
    waiting = stands(rule, old, results, today=DAY + timedelta(days=20))
    assert (waiting.stand, waiting.until) == (Stand.WAITING, DAY + timedelta(days=40))
    new = lessons(2, 0, start=DAY + timedelta(days=20)) + lessons(
        3, 0, start=DAY + timedelta(days=41)
    )
    later = stands(rule, old + new, results)
    assert (later.stand, later.attempt, len(later.lessons)) == (Stand.GATHERING, 2, 3)


def test_lessons_before_the_result_show_no_training() -> None:
    results: list[Result] = []
    seen = lessons(5, *[0, 2] * 8) + lessons(9, 0, start=DAY + timedelta(days=5))
    looked(DEFAULT, seen, results)
    later = stands(DEFAULT, [*seen, *lessons(2, 0, start=TODAY)], results)
    assert (later.stand, later.attempt, len(later.lessons)) == (Stand.GATHERING, 2, 2)


def test_attempts_are_spent_until_another_version_of_the_rule() -> None:
    rule = replace(DEFAULT, attempts=1)
    results: list[Result] = []
    looked(rule, lessons(5, *[0, 2] * 8), results)
    assert stands(rule, [], results).stand is Stand.SPENT
    assert stands(rule, [], results, version=2).stand is Stand.GATHERING


def test_a_certificate_lasts_until_its_day_and_then_lessons_gather_anew() -> None:
    rule = replace(DEFAULT, expiry_months=12)
    results: list[Result] = []
    seen = lessons(5, *[0] * 16)
    passed = looked(rule, seen, results)
    assert passed.expires_on == date(2027, 12, 1)
    assert stands(rule, seen, results, today=date(2027, 12, 1)).stand is Stand.PASSED
    over = stands(rule, seen, results, today=date(2027, 12, 2))
    assert (over.stand, over.lessons, over.attempt) == (Stand.GATHERING, (), 2)


def certified(rule: Rule = THREE_IN_A_ROW) -> tuple[list[LessonSeen], list[Result]]:
    """Lessons with which somebody passed at the first look, and its result."""
    results: list[Result] = []
    seen = lessons(rule.looks[0], 0, 0, 0, 0)
    looked(rule, seen, results)
    return seen, results


def rechecked(rule: Rule, seen: Sequence[LessonSeen], results: list[Result]) -> Result:
    """The record of the re-check that is to be decided."""
    now = stands(rule, seen, results)
    assert now.recheck
    at = datetime.combine(TODAY, datetime.min.time(), UTC)
    results.append(recheck_of(rule, 2, now, now.recheck, id=uuid4(), person_id=ME, by=ME, at=at))
    return results[-1]


def test_every_tenth_lesson_after_a_pass_is_a_re_check() -> None:
    seen, results = certified()
    more = lessons(10, 0, 0, start=TODAY)
    told = [stands(THREE_IN_A_ROW, seen + more[:n], results) for n in (0, 4, 9, 10)]
    assert [each.recheck_in for each in told] == [9, 5, 0, 0]
    assert [each.recheck for each in told] == [None, None, None, more[9]]


def test_a_re_check_waits_for_a_lesson_that_may_be_one() -> None:
    seen, results = certified()
    more = lessons(11, 0, 0, start=TODAY)
    beside_no_adviser = replace(more[9], recheck=Recheck.NEVER)
    told = stands(THREE_IN_A_ROW, [*seen, *more[:9], beside_no_adviser, more[10]], results)
    assert (told.stand, told.recheck) == (Stand.PASSED, more[10])


def test_a_lesson_that_was_planned_as_a_re_check_is_one_before_the_tenth() -> None:
    seen, results = certified()
    more = lessons(2, 0, 0, start=TODAY)
    planned = replace(more[1], recheck=Recheck.PLANNED)
    assert stands(THREE_IN_A_ROW, [*seen, more[0], planned], results).recheck == planned


def test_a_re_check_that_is_passed_renews_and_one_that_is_not_asks_for_more_lessons() -> None:
    yearly = replace(THREE_IN_A_ROW, recheck_every=1, expiry_months=12)
    for gaps, decision in (((0, 0), Decision.PASS), ((2, 2), Decision.MORE)):
        seen, results = certified(yearly)
        again = lessons(1, *gaps, start=TODAY)
        result = rechecked(yearly, seen + again, results)
        assert (result.decision, result.kind, result.version) == (decision, Kind.RECHECK, 2)
        assert (result.lessons, result.share) == ((again[0].lesson_id,), None)
        after = stands(yearly, seen + again, results)
        kept = decision is Decision.PASS
        assert after.stand is (Stand.PASSED if kept else Stand.GATHERING)
        assert (after.until == date(2027, 12, 1)) is kept
        assert (after.look, after.lessons) == (None if kept else 3, ())


def test_lessons_before_a_re_check_that_was_lost_count_no_more() -> None:
    seen, results = certified()
    more = lessons(10, 0, 0, start=TODAY - timedelta(days=20))
    more[9] = replace(more[9], cells=lessons(1, 3, 3)[0].cells)
    rechecked(THREE_IN_A_ROW, seen + more, results)
    new = lessons(2, 0, 0, start=TODAY)
    after = stands(THREE_IN_A_ROW, [*seen, *more, *new], results)
    assert (after.stand, after.lessons, after.attempt) == (Stand.GATHERING, tuple(new), 3)


def test_a_re_check_by_probability_takes_a_certificate_only_when_sure() -> None:
    rule = replace(DEFAULT, recheck_every=1)
    for gaps, decision in (((0, 0, 0, 2), Decision.PASS), ((2,) * 8, Decision.MORE)):
        seen, results = certified(rule)
        again = lessons(1, *gaps, start=TODAY)
        assert rechecked(rule, seen + again, results).decision is decision


EITHER = replace(DEFAULT, scope=Scope(levels=3, source=Source.EITHER), exercise_looks=(5, 8))


def test_lessons_and_exercises_are_never_put_in_one_look() -> None:
    exercises = EITHER.of_source(Source.EXERCISES)
    assert exercises.looks == (5, 8)
    results: list[Result] = []
    between = (0, 0, 0, 2)
    looked(EITHER.of_source(Source.LESSONS), lessons(5, *between), results)
    looked(exercises, lessons(5, *between), results)
    assert [(r.source, r.attempt, r.decision) for r in results] == [
        (Source.LESSONS, 1, Decision.MORE),
        (Source.EXERCISES, 2, Decision.MORE),
    ]
    looked(EITHER.of_source(Source.LESSONS), lessons(10, *between), results)
    assert (results[-1].look, results[-1].attempt) == (10, 1)


def test_whoever_passed_by_exercises_is_certified_for_lessons_too() -> None:
    results: list[Result] = []
    looked(EITHER.of_source(Source.EXERCISES), lessons(5, 0, 0, 0, 0), results)
    stand = stands(EITHER.of_source(Source.LESSONS), lessons(5, 0, 0), results).stand
    assert stand is Stand.PASSED


def test_all_published_exercises_are_asked_whatever_their_number() -> None:
    scope = Scope(source=Source.EXERCISES, every_exercise=True, rubric="r", levels=3)
    rule = replace(DEFAULT, scope=scope, looks=())
    assert [rule.of_source(Source.EXERCISES, n).looks for n in (3, 5, 7)] == [(), (5,), (7,)]
    assert stands(rule.of_source(Source.EXERCISES, 3), lessons(3, 0)).stand is Stand.GATHERING


@given(
    gaps=st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=6, max_size=40),
    first=st.sampled_from(list(PRESETS.values())),
    second=st.sampled_from(list(PRESETS.values())),
    change_at=st.integers(0, 40),
)
def test_a_changed_rule_never_judges_again_what_was_judged(
    gaps: list[list[int]], first: Rule, second: Rule, change_at: int
) -> None:
    seen: list[LessonSeen] = []
    results: list[Result] = []
    kept: list[Result] = []
    for number, row in enumerate(gaps):
        seen.append(a_lesson(*row, day=DAY + timedelta(days=number), levels=7))
        version, rule = (1, first) if number < change_at else (2, second)
        results += decided_on(rule, version, seen, results, DAY + timedelta(days=number))
        assert results[: len(kept)] == kept
        kept = list(results)
    places = [(r.attempt, r.look) for r in results]
    assert len(set(places)) == len(places)
    assert [r.version for r in results] == sorted(r.version for r in results)
    ending = [i for r in results if r.ends for i in r.lessons]
    assert len(set(ending)) == len(ending)


def decided_on(
    rule: Rule, version: int, seen: Sequence[LessonSeen], results: Sequence[Result], day: date
) -> list[Result]:
    """What the rule judges on a day, each in turn."""
    at = datetime.combine(day, datetime.min.time(), UTC)
    found: list[Result] = []
    while True:
        now = stands(rule, seen, [*results, *found], today=day, version=version)
        if now.recheck:
            found.append(
                recheck_of(rule, version, now, now.recheck, id=uuid4(), person_id=ME, by=ME, at=at)
            )
        elif now.stand is Stand.DUE and now.look:
            told = judge(rule, now.lessons, look=now.look)
            found.append(
                result_of(
                    rule, version, now, told, chance=0.5, id=uuid4(), person_id=ME, by=ME, at=at
                )
            )
        else:
            return found


def test_a_changed_rule_never_judges_the_same_look_again() -> None:
    results: list[Result] = []
    seen = lessons(9, 0, 1, 1, 0, 2)
    looked(DEFAULT, seen, results)
    changed = stands(replace(DEFAULT, looks=(5, 8)), seen, results, version=2)
    assert (changed.stand, changed.look) == (Stand.DUE, 8)


def test_a_changed_rule_without_a_later_look_begins_a_new_attempt() -> None:
    results: list[Result] = []
    seen = lessons(9, 0, 1, 1, 0, 2)
    looked(DEFAULT, seen, results)
    changed = stands(replace(DEFAULT, looks=(5,)), seen, results, version=2)
    assert (changed.stand, changed.attempt, len(changed.lessons)) == (Stand.GATHERING, 2, 4)


def test_lessons_outside_the_window_do_not_count() -> None:
    rule = replace(DEFAULT, window_days=30)
    seen = lessons(5, 0, start=TODAY - timedelta(days=31))
    assert len(stands(rule, seen).lessons) == 3


def test_two_versions_of_a_rubric_are_never_put_together() -> None:
    seen = lessons(3, 0, digest="one") + lessons(4, 0, digest="two")
    found = stands(DEFAULT, seen)
    assert {each.rubric_digest for each in found.lessons} == {"two"}


def test_a_result_of_fewer_than_five_lessons_has_counts_and_no_share() -> None:
    found = looked(THREE_IN_A_ROW, lessons(3, 0, 0), [])
    assert (found.points, found.cells) == (6, 6)
    assert (found.share, found.low, found.probability, found.chance) == (None,) * 4


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
