"""Where somebody stands under a rule of certification: lessons, looks, attempts and certificates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from observe.core.certification_rule import DEFAULT, THREE_IN_A_ROW, Rule
from observe.core.certification_standing import (
    Result,
    Stand,
    Standing,
    months_after,
    result_of,
    standing,
)
from observe.core.certifying import Decision, LessonSeen, judge
from tests.core.test_certifying import DAY, lessons

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


def test_every_tenth_lesson_after_a_pass_is_a_re_check() -> None:
    results: list[Result] = []
    seen = lessons(3, 0, 0)
    looked(THREE_IN_A_ROW, seen, results)
    more = lessons(10, 0, 0, start=TODAY)
    told = [stands(THREE_IN_A_ROW, seen + more[:n], results).recheck_in for n in (0, 4, 10)]
    assert told == [10, 6, 0]


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
